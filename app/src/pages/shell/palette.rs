//! The command palette: cases, pages, commands.

use super::place::places;
use crate::api::{Api, use_api};
use crate::components::{IconName, Palette, PaletteEntry, PaletteGroup, Toast, Toasts};
use crate::i18n::{Locale, Messages, Text, use_messages};
use crate::keys::Shortcut;
use crate::router::{NavigateOptions, use_navigate};
use crate::routes::{REGISTER, case_path};
use crate::state::keyboard::use_keyboard;
use crate::state::session::use_session;
use crate::state::settings::{Theme, use_settings};
use crate::state::timer::pause;
use domain::api::case::Found;
use domain::id::CaseId;
use domain::post::Post;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Wait after the last letter before the server is asked, in milliseconds.
const REST: i32 = 180;

/// Commands that make sense on some page; those no page answers do nothing.
const COMMANDS: [Shortcut; 9] = [
    Shortcut::GetNext,
    Shortcut::Claim,
    Shortcut::Unclaim,
    Shortcut::Assign,
    Shortcut::Hold,
    Shortcut::Note,
    Shortcut::Return,
    Shortcut::Pass,
    Shortcut::ShowUpdates,
];

/// Opens the case a scanned code names.
pub fn scanned(api: Api, toasts: Toasts, t: Text<Messages>, open: Callback<CaseId>, text: String) {
    spawn_local(async move {
        let found = api.search(&text).await.unwrap_or_default();
        match found.iter().find(|one| one.number == text).or(found.first()) {
            Some(found) => open.run(found.id),
            None => toasts.show(Toast::failed((t.now().palette().nothing)(&text))),
        }
    });
}

/// The palette with what can be found and done.
pub fn palette(open: RwSignal<bool>, help: RwSignal<bool>) -> AnyView {
    let (t, api, session, settings) = (use_messages(), use_api(), use_session(), use_settings());
    let (keyboard, navigate) = (use_keyboard(), use_navigate());
    let words = crate::i18n::use_text::<crate::i18n::queue_page::QueuePage>();
    let text = RwSignal::new(String::new());
    let found = RwSignal::new(Vec::<Found>::new());
    let busy = RwSignal::new(false);
    let close = Callback::new(move |()| {
        open.set(false);
        text.set(String::new());
        found.set(Vec::new());
    });
    let on_query = Callback::new(move |typed: String| {
        text.set(typed.clone());
        let wanted = typed.trim().to_owned();
        if wanted.chars().count() < 2 {
            found.set(Vec::new());
            busy.set(false);
            return;
        }
        busy.set(true);
        spawn_local(async move {
            pause(REST).await;
            if text.get_untracked() != typed {
                return;
            }
            // A failed search finds nothing; the banner says why where the server is not reached.
            let answer = api.search(&wanted).await.unwrap_or_default();
            if text.get_untracked() == typed {
                found.set(answer);
                busy.set(false);
            }
        });
    });
    let groups = Signal::derive(move || {
        let (t, page) = (t.get(), words.get());
        let wanted = text.get().trim().to_lowercase();
        let fits = |label: &str| wanted.is_empty() || label.to_lowercase().contains(&wanted);
        let cases: Vec<PaletteEntry> = found
            .get()
            .into_iter()
            .take(8)
            .map(|one| PaletteEntry {
                id: format!("case:{}", one.id),
                icon: IconName::Document,
                detail: Some(format!(
                    "{} {} {}",
                    one.applicant,
                    one.policy_no,
                    one.stage.map_or("", |stage| t.post.stage(stage))
                )),
                label: one.number,
                shortcut: None,
            })
            .collect();
        let mut pages: Vec<PaletteEntry> = Vec::new();
        let here = session.get();
        for place in here.iter().flat_map(|session| places(session)) {
            pages.push(PaletteEntry {
                id: format!("go:{}", place.href()),
                icon: place.icon(),
                label: place.name(t).to_owned(),
                detail: None,
                shortcut: None,
            });
        }
        for queue in here.iter().flat_map(|session| session.queues.clone()) {
            pages.push(PaletteEntry {
                id: format!("go:{}", crate::routes::queue_path(queue)),
                icon: IconName::Queue,
                label: (t.post.queue_of)(t.post.queue(queue)),
                detail: None,
                shortcut: None,
            });
        }
        if here.is_some_and(|session| session.person.holds(Post::Intake)) {
            pages.push(PaletteEntry {
                id: format!("go:{REGISTER}"),
                icon: IconName::Plus,
                label: page.register.to_owned(),
                detail: None,
                shortcut: None,
            });
        }
        pages.retain(|entry| fits(&entry.label));
        let mut commands: Vec<PaletteEntry> = COMMANDS
            .into_iter()
            .enumerate()
            .map(|(index, shortcut)| PaletteEntry {
                id: format!("do:{index}"),
                icon: IconName::Keyboard,
                label: t.keys().name(shortcut).to_owned(),
                detail: None,
                shortcut: Some(shortcut),
            })
            .collect();
        let other = |id: &str, icon, label: &str| PaletteEntry {
            id: id.to_owned(),
            icon,
            label: label.to_owned(),
            detail: None,
            shortcut: None,
        };
        commands.push(other("theme:light", IconName::Sun, t.shell.theme_light));
        commands.push(other("theme:dark", IconName::Moon, t.shell.theme_dark));
        for locale in Locale::ALL {
            commands.push(other(&format!("locale:{}", locale.tag()), IconName::Globe, locale.own_name()));
        }
        commands.push(other("help", IconName::Keyboard, t.shell.all_keys));
        commands.retain(|entry| fits(&entry.label));
        [(t.palette().cases, cases), (t.palette().pages, pages), (t.palette().commands, commands)]
            .into_iter()
            .filter(|(_, entries)| !entries.is_empty())
            .map(|(title, entries)| PaletteGroup { title: title.to_owned(), entries })
            .collect::<Vec<_>>()
    });
    let on_choose = Callback::new(move |id: String| {
        close.run(());
        let (kind, rest) = id.split_once(':').unwrap_or((id.as_str(), ""));
        match kind {
            "case" => {
                if let Some(id) = crate::api::key::parse_id(rest) {
                    navigate(&case_path(CaseId(id)), NavigateOptions::default());
                }
            }
            "go" => navigate(rest, NavigateOptions::default()),
            "do" => {
                if let Some(shortcut) = rest.parse().ok().and_then(|index: usize| COMMANDS.get(index)) {
                    keyboard.tell(*shortcut);
                }
            }
            "theme" => settings.wear(if rest == "dark" { Theme::Dark } else { Theme::Light }),
            "locale" => {
                if let Some(locale) = Locale::of_tag(rest) {
                    settings.speak(locale);
                }
            }
            _ => help.set(true),
        }
    });
    view! {
        <Palette
            open=open
            query=text
            groups=groups
            busy=busy
            on_query=on_query
            on_choose=on_choose
            on_close=close
        />
    }
    .into_any()
}
