//! Pages on which something is typed wait for what was typed before.

use crate::components::Skeleton;
use crate::keys::Shortcut;
use crate::state::drafts::use_drafts;
use crate::state::keyboard::use_keyboard;
use crate::state::session::use_session;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What is shown once the drafts that were left in this browser are there again: a moment, once after signing in.
#[component]
pub fn Restored(children: ChildrenFn) -> impl IntoView {
    let (drafts, session) = (use_drafts(), use_session());
    let there = RwSignal::new(drafts.is_open());
    if !drafts.is_open() {
        spawn_local(async move {
            drafts.open(session).await;
            there.try_set(true);
        });
    }
    use_keyboard().on_shortcut(move |shortcut| {
        let asked = shortcut == Shortcut::SaveDraft;
        if asked {
            drafts.save_now();
        }
        asked
    });
    move || if there.get() { children() } else { view! { <Skeleton lines=8/> }.into_any() }
}
