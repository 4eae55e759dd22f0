//! Small marks: tags, meters, and the states they share.

use super::icon::{Icon, IconName};
use leptos::prelude::*;

/// What a mark says. Colour repeats it; shape and words carry it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum State {
    /// Nothing in particular.
    #[default]
    Plain,
    /// In order.
    Ok,
    /// Near a limit.
    Soon,
    /// Beyond a limit, wrong.
    Over,
    /// Waiting, answered from outside.
    Wait,
    /// Came back.
    Back,
    /// Special, ours, new.
    Accent,
    /// A plain fact, outlined.
    Line,
}

impl State {
    /// The value of `data-s`.
    pub const fn attribute(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Ok => Some("ok"),
            Self::Soon => Some("soon"),
            Self::Over => Some("over"),
            Self::Wait => Some("wait"),
            Self::Back => Some("back"),
            Self::Accent => Some("acc"),
            Self::Line => Some("line"),
        }
    }
}

/// A fact of a row or a head: at most three stand beside each other, the rest as +n.
#[component]
pub fn Tag(
    /// Its words.
    children: Children,
    /// What it says.
    #[prop(optional)]
    state: State,
    /// Icon before the words.
    #[prop(optional)]
    icon: Option<IconName>,
) -> impl IntoView {
    view! {
        <span class="tag" data-s=state.attribute()>
            {icon.map(|name| view! { <Icon name=name/> })}
            {children()}
        </span>
    }
}

/// A bar of a share.
#[component]
pub fn Meter(
    /// The share, 0 to 1.
    #[prop(into)]
    share: Signal<f64>,
    /// What it is a share of, for readers.
    #[prop(into)]
    label: TextProp,
) -> impl IntoView {
    let percent = move || (share.get().clamp(0.0, 1.0) * 100.0).round();
    view! {
        <span
            class="meter"
            role="meter"
            aria-label=move || label.get()
            aria-valuemin="0"
            aria-valuemax="100"
            aria-valuenow=move || percent().to_string()
            style:--v=move || format!("{}%", percent())
        ></span>
    }
}
