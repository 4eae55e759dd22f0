//! Where one begins, and where there is nothing.

use super::place::places;
use crate::components::{Empty, LinkButton};
use crate::follow::follow;
use crate::i18n::use_messages;
use crate::router::{NavigateOptions, use_navigate};
use crate::routes::{BACKLOG, CHECKS, HOME};
use crate::state::session::use_session;
use domain::actor::Role;
use leptos::prelude::*;

/// Leads on to where the person works.
#[component]
pub fn Home() -> impl IntoView {
    let (t, session, navigate) = (use_messages(), use_session(), use_navigate());
    let nowhere = RwSignal::new(false);
    follow(move || {
        let Some(session) = session.get() else { return };
        let first = match session.person.role {
            Role::Manager => Some(BACKLOG.to_owned()),
            Role::Inspector => Some(CHECKS.to_owned()),
            _ => places(&session).first().map(|place| place.href()),
        };
        match first {
            Some(target) => navigate(&target, NavigateOptions { replace: true, ..Default::default() }),
            None => nowhere.set(true),
        }
    });
    view! {
        <main class="sheet">
            {move || nowhere.get().then(|| view! { <Empty title=move || t.get().state.not_allowed/> })}
        </main>
    }
}

/// There is no such page.
#[component]
pub fn Missing() -> impl IntoView {
    let t = use_messages();
    view! {
        <main class="sheet">
            <Empty page=true title=move || t.get().shell.page_missing hint=move || t.get().shell.page_missing_hint>
                <LinkButton href=Signal::stored(HOME.to_owned())>{move || t.get().shell.home}</LinkButton>
            </Empty>
        </main>
    }
}
