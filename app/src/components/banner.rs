//! Banners, notes and the mark of the connection.

use super::icon::{Icon, IconName};
use super::mark::State;
use crate::i18n::use_messages;
use leptos::prelude::*;

/// A line under the top bar: offline, late, session about to end, read-only, updates.
#[component]
pub fn Banner(
    /// How grave it is.
    state: State,
    /// Its icon.
    icon: IconName,
    /// What it says.
    #[prop(into)]
    text: TextProp,
    /// What can be done about it: a small button.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div
            class="banner"
            data-s=state.attribute()
            role=if state == State::Over { "alert" } else { "status" }
        >
            <Icon name=icon/>
            <span>{move || text.get()}</span>
            {children.map(|act| act())}
        </div>
    }
}

/// A remark inside a page.
#[component]
pub fn Note(
    /// What it says.
    children: Children,
    /// How grave it is.
    state: State,
    /// Its icon.
    #[prop(default = IconName::Info)]
    icon: IconName,
) -> impl IntoView {
    view! {
        <div class="note" data-s=state.attribute()>
            <Icon name=icon/>
            <span>{children()}</span>
        </div>
    }
}

/// How live the data is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LiveState {
    /// Changes arrive as they happen.
    Live,
    /// Changes arrive late.
    Late {
        /// Seconds.
        seconds: i64,
    },
    /// Nothing arrives.
    Cut,
}

/// The connection: dot, hollow ring or diamond, always with the time of the data.
#[component]
pub fn Live(
    /// The connection.
    #[prop(into)]
    state: Signal<LiveState>,
    /// Time of the data, in words.
    #[prop(into)]
    time: TextProp,
) -> impl IntoView {
    let t = use_messages();
    // Announced only when the state changes: the time alone would be read out every few seconds.
    let spoken = Memo::new(move |_| match state.get() {
        LiveState::Live => None,
        LiveState::Late { .. } => Some(State::Soon),
        LiveState::Cut => Some(State::Over),
    });
    view! {
        <span class="live" data-s=move || spoken.get().and_then(State::attribute)>
            {move || (t.get().common.data_as_of)(&time.get())}
            {move || match state.get() {
                LiveState::Live => None,
                LiveState::Late { seconds } => {
                    Some(view! { <span>{(t.get().banner.late)(seconds)}</span> })
                }
                LiveState::Cut => Some(view! { <span>{t.get().banner.cut.to_owned()}</span> }),
            }}
            <span class="vh" role="status">
                {move || match spoken.get() {
                    Some(State::Over) => t.get().banner.cut,
                    _ => "",
                }}
            </span>
        </span>
    }
}
