//! The command palette: cases, pages, commands.

use super::place::places;
use crate::api::{Api, Failure, use_api};
use crate::components::{IconName, Palette, PaletteEntry, PaletteGroup, Toast, Toasts, use_toasts};
use crate::format::is_number;
use crate::i18n::failure::word_generally;
use crate::i18n::{Locale, Messages, Text, use_locale, use_messages};
use crate::keys::Shortcut;
use crate::router::{NavigateOptions, use_navigate};
use crate::routes::{REGISTER, case_path};
use crate::state::keyboard::use_keyboard;
use crate::state::session::use_session;
use crate::state::settings::{Theme, use_settings};
use crate::state::timer::pause;
use domain::api::case::{Found, SHORTEST_EXACT};
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

/// Id of the entry that searches by a whole personal value.
const EXACTLY: &str = "exactly";

/// Whether a text may be an identity number, a telephone or an account: mostly digits, and enough of them.
fn may_be_personal(text: &str) -> bool {
    let folded = domain::secret::normalise(text);
    let digits = folded.chars().filter(char::is_ascii_digit).count();
    let length = folded.chars().filter(|c| *c != '-').count();
    digits >= SHORTEST_EXACT - 1 && length >= SHORTEST_EXACT && length - digits <= 2
}
/// Cases shown of those found, the newest.
const SHOWN: usize = 8;
/// Most the server looks up: where it found so many there may be more.
const MOST: usize = 50;

/// Opens the case a scanned code names.
pub fn scanned(api: Api, toasts: Toasts, t: Text<Messages>, open: Callback<CaseId>, text: String) {
    spawn_local(async move {
        let found = match api.search(&text).await {
            Ok(found) => found,
            // Not found is something else than not looked for.
            Err(failure) => {
                toasts.show(Toast::failed(word_generally(&failure, t.locale_now())));
                return;
            }
        };
        match found.iter().find(|one| one.number == text).or(found.first()) {
            Some(found) => {
                open.try_run(found.id);
            }
            // A reader may have sent an identity card's number: only what is a case's number is said again.
            None if is_number(&text) => toasts.show(Toast::failed((t.now().palette().nothing)(&text))),
            None => toasts.show(Toast::failed(t.now().palette().no_such_scan)),
        }
    });
}

/// The palette with what can be found and done.
pub fn palette(open: RwSignal<bool>, help: RwSignal<bool>) -> AnyView {
    let (t, api, session, settings) = (use_messages(), use_api(), use_session(), use_settings());
    let (keyboard, navigate) = (use_keyboard(), use_navigate());
    let words = crate::i18n::use_text::<crate::i18n::queue_page::QueuePage>();
    let (toasts, locale) = (use_toasts(), use_locale());
    let text = RwSignal::new(String::new());
    let found = RwSignal::new(Vec::<Found>::new());
    let busy = RwSignal::new(false);
    let unsearched = RwSignal::new(None::<Failure>);
    let remark = Signal::derive(move || {
        if let Some(failure) = unsearched.get() {
            return Some(word_generally(&failure, t.locale()));
        }
        let all = found.with(Vec::len);
        let further = i64::try_from(all.saturating_sub(SHOWN)).unwrap_or(i64::MAX);
        let words = t.get().palette();
        match further {
            0 => None,
            n if all >= MOST => Some((words.further_many)(n)),
            n => Some((words.further)(n)),
        }
    });
    let close = Callback::new(move |()| {
        open.set(false);
        text.set(String::new());
        found.set(Vec::new());
        unsearched.set(None);
    });
    let on_query = Callback::new(move |typed: String| {
        text.set(typed.clone());
        let wanted = typed.trim().to_owned();
        if wanted.chars().count() < 2 {
            found.set(Vec::new());
            unsearched.set(None);
            busy.set(false);
            return;
        }
        busy.set(true);
        spawn_local(async move {
            pause(REST).await;
            if text.try_get_untracked().as_ref() != Some(&typed) {
                return;
            }
            let answer = api.search(&wanted).await;
            if text.try_get_untracked() == Some(typed) {
                // Not found is something else than not looked for.
                unsearched.set(answer.as_ref().err().cloned());
                found.set(answer.unwrap_or_default());
                busy.set(false);
            }
        });
    });
    let groups = Signal::derive(move || {
        let (t, page) = (t.get(), words.get());
        let wanted = text.get().trim().to_lowercase();
        let fits = |label: &str| wanted.is_empty() || label.to_lowercase().contains(&wanted);
        let mut cases: Vec<PaletteEntry> = found
            .get()
            .into_iter()
            .take(SHOWN)
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
        // Counted by the server, so it is done on purpose and not with every letter.
        if cases.is_empty() && may_be_personal(&wanted) {
            cases.push(PaletteEntry {
                id: EXACTLY.to_owned(),
                icon: IconName::Search,
                label: t.palette().exactly.to_owned(),
                detail: Some(t.palette().exactly_hint.to_owned()),
                shortcut: None,
            });
        }
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
    let exactly = move || {
        let wanted = text.get_untracked();
        busy.set(true);
        spawn_local(async move {
            let answer = api.search_exactly(wanted.trim()).await;
            if text.try_get_untracked().as_ref() != Some(&wanted) {
                return;
            }
            busy.set(false);
            let words = t.now().palette();
            match answer {
                Ok(none) if none.is_empty() => toasts.show(Toast::failed(words.nothing_exactly)),
                Ok(some) => found.set(some),
                Err(failure) => {
                    let words = match failure.status() {
                        (429, Some(seconds), _) => (words.too_many_exactly)((seconds + 59) / 60),
                        _ => word_generally(&failure, locale.get_untracked()),
                    };
                    toasts.show(Toast::failed(words));
                }
            }
        });
    };
    let on_choose = Callback::new(move |id: String| {
        if id == EXACTLY {
            exactly();
            return;
        }
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
            remark=remark
            on_query=on_query
            on_choose=on_choose
            on_close=close
        />
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_people_are_long_and_mostly_digits() {
        for number in ["13812341234", "138 1234 1234", "31010519491231002X", "E12345678", "021-58881234"] {
            assert!(may_be_personal(number), "{number}");
        }
        for other in ["1381234", "顾文娟", "SH-260318", "baoquan2024", ""] {
            assert!(!may_be_personal(other), "{other}");
        }
    }
}
