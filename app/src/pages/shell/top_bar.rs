//! The top bar: what belongs to the page at the left, what belongs to everything at the right.

use super::person::{PersonMenu, account_item, settings_items, sign_out};
use super::place::places;
use super::use_counts;
use crate::components::place::Side;
use crate::components::{Icon, IconName, Live, LiveState, Menu, MenuItem};
use crate::follow::follow;
use crate::format::second_time;
use crate::i18n::use_messages;
use crate::pages::frame::use_frame;
use crate::pages::overlays::{OnDemand, Overlays};
use crate::router::{NavigateOptions, use_navigate};
use crate::state::clock::use_clock;
use crate::state::connection::use_connection;
use crate::state::session::use_session;
use crate::state::settings::{Theme, use_settings};
use leptos::html;
use leptos::prelude::*;

/// The top bar.
#[component]
pub fn TopBar(palette: RwSignal<bool>, help: RwSignal<bool>) -> impl IntoView {
    let counts = use_counts();
    let (t, frame, settings) = (use_messages(), use_frame(), use_settings());
    let (connection, clock, session) = (use_connection(), use_clock(), use_session());
    follow(move || {
        if let Some(queues) = counts.get() {
            connection.data(queues.as_of);
        }
    });
    let state = Signal::derive(move || {
        if connection.is_offline() {
            return LiveState::Cut;
        }
        if connection.is_live() {
            return LiveState::Live;
        }
        let at = connection.data_at().unwrap_or_else(|| clock.now());
        LiveState::Late { seconds: (clock.now() - at).num_seconds().max(0) }
    });
    // While notices arrive, what is shown is as of now.
    let time = move || {
        let at = if connection.is_live() { Some(clock.now()) } else { connection.data_at() };
        second_time(at.unwrap_or_else(|| clock.now()))
    };
    let theme = move |_| settings.wear(if settings.is_dark() { Theme::Light } else { Theme::Dark });
    let theme_label = move || {
        let t = t.get();
        if settings.is_dark() { t.shell.to_light } else { t.shell.to_dark }
    };
    view! {
        <header class="topbar">
            {move || frame.bar().map(|view| view.run())}
            <span class="push"></span>
            <button
                class="search"
                type="button"
                data-tip=move || t.get().shell.search
                aria-keyshortcuts="Control+K Meta+K"
                on:click=move |_| palette.set(true)
            >
                <Icon name=IconName::Search/>
                <span>{move || t.get().shell.search}</span>
                <kbd>"Ctrl"</kbd>
                <kbd>"K"</kbd>
            </button>
            {move || session.sees_cases().then(|| view! { <Live state=state time=time/> })}
            <button
                class="btn"
                type="button"
                data-on="wide"
                data-sq=""
                data-v="quiet"
                aria-label=theme_label
                data-tip=theme_label
                on:click=theme
            >
                {move || {
                    let name = if settings.is_dark() { IconName::Sun } else { IconName::Moon };
                    view! { <Icon name=name/> }
                }}
            </button>
            <PersonMenu help=help/>
            <More help=help/>
        </header>
    }
}

/// What a narrow top bar has no room for: the rest of the navigation, settings, signing out.
#[component]
fn More(help: RwSignal<bool>) -> impl IntoView {
    let t = use_messages();
    let anchor = NodeRef::<html::Button>::new();
    let open = RwSignal::new(false);
    view! {
        <button
            class="btn"
            type="button"
            data-on="narrow"
            data-sq=""
            data-v="quiet"
            aria-haspopup="menu"
            aria-expanded=move || if open.get() { "true" } else { "false" }
            aria-label=move || t.get().common.more
            node_ref=anchor
            on:click=move |_| open.update(|open| *open = !*open)
        >
            <Icon name=IconName::Dots/>
        </button>
        <OnDemand open=open make=Callback::new(move |part: &Overlays| (part.more)(anchor, open, help))/>
    }
}

/// Its menu.
pub fn more(anchor: NodeRef<html::Button>, open: RwSignal<bool>, help: RwSignal<bool>) -> AnyView {
    let (t, session, settings, navigate) = (use_messages(), use_session(), use_settings(), use_navigate());
    let leave = sign_out(session);
    let items = Signal::derive(move || {
        let mut items: Vec<MenuItem> = Vec::new();
        for place in session.get().map(|session| places(&session)).unwrap_or_default() {
            items.push(
                MenuItem::new(TextProp::from(move || place.name(t.get())), move || {
                    navigate(&place.href(), NavigateOptions::default());
                })
                .with_icon(place.icon()),
            );
        }
        items.extend(settings_items(settings, help));
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
            label=move || t.get().common.more
            items=items
            side=Side::BelowEnd
        />
    }
    .into_any()
}
