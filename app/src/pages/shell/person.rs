//! The person: menu of own settings, watermark.

use crate::api::use_api;
use crate::components::place::Side;
use crate::components::{Avatar, IconName, Menu, MenuItem};
use crate::format::full_date;
use crate::i18n::{Locale, use_messages};
use crate::keys::Shortcut;
use crate::pages::leave::use_leave;
use crate::pages::overlays::{OnDemand, Overlays};
use crate::router::{NavigateOptions, use_navigate};
use crate::routes::ACCOUNT;
use crate::state::clock::use_clock;
use crate::state::session::{SessionState, use_session};
use crate::state::settings::{Settings, Theme, use_settings};
use crate::state::windows::{Said, use_windows};
use domain::time::local_date;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Signs out; what was not sent waits, sealed, until the person is back.
pub fn sign_out(session: SessionState) -> Callback<()> {
    let (api, leave, windows) = (use_api(), use_leave(), use_windows());
    Callback::new(move |()| {
        spawn_local(async move {
            // Where the server is not reached the cookie stays until it runs out; the page is left all the same.
            let _told = api.sign_out().await;
            session.signed_out();
            windows.say(&Said::Left);
            leave.run().await;
        });
    })
}

/// Settings as acts of a menu.
pub fn settings_items(settings: Settings, help: RwSignal<bool>) -> Vec<MenuItem> {
    let t = use_messages();
    let mut items = Vec::new();
    for theme in Theme::ALL {
        let name = move || match theme {
            Theme::System => t.get().shell.theme_system,
            Theme::Light => t.get().shell.theme_light,
            Theme::Dark => t.get().shell.theme_dark,
        };
        items.push(
            MenuItem::new(TextProp::from(name), move || settings.wear(theme))
                .with_icon(match theme {
                    Theme::System => IconName::Gear,
                    Theme::Light => IconName::Sun,
                    Theme::Dark => IconName::Moon,
                })
                .checked(settings.theme.get() == theme),
        );
    }
    for locale in Locale::ALL {
        items.push(
            MenuItem::new(TextProp::from(locale.own_name()), move || settings.speak(locale))
                .with_icon(IconName::Globe)
                .checked(settings.locale.get() == locale),
        );
    }
    let compact = settings.compact.get();
    items.push(
        MenuItem::new(TextProp::from(move || t.get().shell.density_compact), move || {
            settings.pack(!compact);
        })
        .with_icon(IconName::Rows)
        .checked(compact),
    );
    items.push(
        MenuItem::new(TextProp::from(move || t.get().shell.all_keys), move || help.set(true))
            .with_icon(IconName::Keyboard)
            .with_shortcut(Shortcut::Help),
    );
    items
}

/// The way to one's own account.
pub fn account_item(navigate: impl Fn(&str, NavigateOptions) + Send + Sync + 'static) -> MenuItem {
    let t = use_messages();
    MenuItem::new(TextProp::from(move || t.get().shell.account), move || {
        navigate(ACCOUNT, NavigateOptions::default());
    })
    .with_icon(IconName::Lock)
}

/// The person at the right of the top bar.
#[component]
pub fn PersonMenu(help: RwSignal<bool>) -> impl IntoView {
    let (t, session) = (use_messages(), use_session());
    let anchor = NodeRef::<html::Button>::new();
    let open = RwSignal::new(false);
    let title = move || {
        session.person().map_or_else(String::new, |person| {
            format!("{} {} {}", person.name, person.id, t.get().post.role(person.role))
        })
    };
    let person = Memo::new(move |_| session.person().map(|person| (person.name, person.id.to_string())));
    view! {
        <button
            class="row who"
            type="button"
            data-on="wide"
            data-tip=title
            aria-haspopup="menu"
            aria-expanded=move || if open.get() { "true" } else { "false" }
            node_ref=anchor
            on:click=move |_| open.update(|open| *open = !*open)
        >
            <span class="vh">{move || t.get().shell.person_menu}</span>
            {move || {
                person
                    .get()
                    .map(|(name, id)| {
                        view! {
                            <span aria-hidden="true"><Avatar name=name.clone() person=id/></span>
                            <span class="med nw">{name}</span>
                        }
                    })
            }}
        </button>
        <OnDemand open=open make=Callback::new(move |part: &Overlays| (part.person)(anchor, open, help))/>
    }
}

/// Its menu.
pub fn menu(anchor: NodeRef<html::Button>, open: RwSignal<bool>, help: RwSignal<bool>) -> AnyView {
    let (t, session, settings) = (use_messages(), use_session(), use_settings());
    let navigate = use_navigate();
    let leave = sign_out(session);
    let items = Signal::derive(move || {
        let mut items = settings_items(settings, help);
        items.push(account_item(navigate));
        items.push(
            MenuItem::new(TextProp::from(move || t.get().shell.sign_out), leave).with_icon(IconName::Out),
        );
        items
    });
    view! {
        <Menu
            anchor=anchor
            open=open
            label=move || t.get().shell.person_menu
            items=items
            side=Side::BelowEnd
        />
    }
    .into_any()
}

/// Person, number and date, faint over everything: a photograph of the screen says whose it was.
#[component]
pub fn Watermark() -> impl IntoView {
    let (session, clock) = (use_session(), use_clock());
    let day = Memo::new(move |_| local_date(clock.now()));
    let image = move || {
        let person = session.person()?;
        let text: String =
            format!("{} {} {}", person.name, person.id, full_date(day.get())).replace(['<', '&', '\''], " ");
        let svg = format!(
            "<svg xmlns='http://www.w3.org/2000/svg' width='340' height='220'><text x='20' y='150' \
             transform='rotate(-20 20 150)' font-family='sans-serif' font-size='15'>{text}</text></svg>"
        );
        Some(format!("url(\"data:image/svg+xml,{}\")", crate::api::load::escape(&svg)))
    };
    view! { <div class="watermark" aria-hidden="true" style:--wm=image></div> }
}
