//! What stands where data would be: nothing yet, nothing there, nothing came.

use super::icon::{Icon, IconName, IconSize};
use super::{Button, ButtonVariant};
use crate::i18n::use_messages;
use leptos::prelude::*;

/// Lines in the place of data; they show after 300 ms, at the height the data will have.
#[component]
pub fn Skeleton(
    /// How many lines.
    #[prop(default = 6)]
    lines: u32,
) -> impl IntoView {
    let t = use_messages();
    view! {
        <div class="skels" aria-busy="true">
            <span class="vh" role="status">{move || t.get().state.loading}</span>
            {(0..lines).map(|_| view! { <span class="skel" aria-hidden="true"></span> }).collect_view()}
        </div>
    }
}

/// Nothing is there: what to do next, under the plumb line.
#[component]
pub fn Empty(
    /// What is so.
    #[prop(into)]
    title: TextProp,
    /// What to do next.
    #[prop(optional, into)]
    hint: Option<TextProp>,
    /// It is all the page shows: its title is the page's.
    #[prop(optional)]
    page: bool,
    /// A button or link that does it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let words = if page {
        view! { <h1>{move || title.get()}</h1> }.into_any()
    } else {
        view! { <strong>{move || title.get()}</strong> }.into_any()
    };
    view! {
        <div class="empty">
            <svg class="plumb" viewBox="0 0 24 64" aria-hidden="true">
                <path class="beam" d="M6 .5h12"></path>
                <path class="cord" d="M12 1v42"></path>
                <path class="bob" d="M12 42l5 7-5 14-5-14z"></path>
            </svg>
            {words}
            {hint.map(|hint| view! { <span>{move || hint.get()}</span> })}
            {children.map(|act| act())}
        </div>
    }
}

/// Data did not come: what, whether anything is lost, and again.
#[component]
pub fn Failed(
    /// What is so; 未能载入 unless something more exact is known.
    #[prop(optional, into)]
    title: Option<TextProp>,
    /// Whether anything is lost, who can help.
    #[prop(optional, into)]
    hint: Option<TextProp>,
    /// Tries again.
    #[prop(into)]
    on_retry: Callback<()>,
    /// It is being tried again.
    #[prop(optional, into)]
    busy: Signal<bool>,
) -> impl IntoView {
    let t = use_messages();
    let title = title.unwrap_or_else(|| (move || t.get().state.failed).into());
    let hint = hint.unwrap_or_else(|| (move || t.get().state.failed_hint).into());
    view! {
        <div class="empty" role="alert">
            <span class="t-over">
                <Icon name=IconName::Warning size=IconSize::Large/>
            </span>
            <strong>{move || title.get()}</strong>
            <span>{move || hint.get()}</span>
            <Button variant=ButtonVariant::Normal icon=IconName::Refresh busy=busy on_press=on_retry>
                {move || t.get().common.retry}
            </Button>
        </div>
    }
}
