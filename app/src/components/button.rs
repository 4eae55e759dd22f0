//! Buttons.

use super::icon::{Icon, IconName};
use super::id::unique;
use super::keycap::Keys;
use crate::keys::Shortcut;
use leptos::{ev, html, prelude::*};

/// What a button is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ButtonVariant {
    /// One of several acts.
    #[default]
    Normal,
    /// The act of the screen; there is one.
    Primary,
    /// Rarely used, without a box.
    Quiet,
    /// Sends a case back.
    Return,
    /// Cannot be undone, or takes something away.
    Danger,
}

/// How high a button is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ButtonSize {
    /// 24 pixels.
    Small,
    /// 32 pixels.
    #[default]
    Normal,
    /// 40 pixels.
    Large,
}

impl ButtonVariant {
    const fn attribute(self) -> Option<&'static str> {
        match self {
            Self::Normal => None,
            Self::Primary => Some("primary"),
            Self::Quiet => Some("quiet"),
            Self::Return => Some("return"),
            Self::Danger => Some("danger"),
        }
    }
}

impl ButtonSize {
    const fn attribute(self) -> Option<&'static str> {
        match self {
            Self::Small => Some("sm"),
            Self::Normal => None,
            Self::Large => Some("lg"),
        }
    }
}

/// A button with words, or with an icon alone where `label` says what it does.
///
/// Disabled it keeps its place in the tab order and says why: `disabled` holds the reason, which is its tooltip
/// and its description. Busy it keeps its width, shows that work is under way, and does not act again. The second click of
/// a double click and the repeats of a key held down do nothing: what the first one did may have put another button there.
#[component]
pub fn Button(
    /// Words on the button; with `square` none.
    #[prop(optional)]
    children: Option<Children>,
    /// What it does, for readers and as tooltip; needed where there are no words on it.
    #[prop(optional, into)]
    label: Option<TextProp>,
    /// What it is for.
    #[prop(optional)]
    variant: ButtonVariant,
    /// How high it is.
    #[prop(optional)]
    size: ButtonSize,
    /// Icon before the words.
    #[prop(optional)]
    icon: Option<IconName>,
    /// As wide as high: an icon alone.
    #[prop(optional)]
    square: bool,
    /// The shortcut that does the same; its caps are drawn on the button.
    #[prop(optional)]
    shortcut: Option<Shortcut>,
    /// Work is under way.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Why it cannot be pressed; none when it can.
    #[prop(optional, into)]
    disabled: MaybeProp<String>,
    /// For a toggle: whether it is on.
    #[prop(optional, into)]
    pressed: MaybeProp<bool>,
    /// What it opens: `menu`, `listbox`, `dialog`.
    #[prop(optional)]
    popup: Option<&'static str>,
    /// Whether what it opens is open.
    #[prop(optional, into)]
    expanded: MaybeProp<bool>,
    /// Submits the form it stands in.
    #[prop(optional)]
    submit: bool,
    /// Its element, for focus and placing.
    #[prop(optional)]
    node_ref: NodeRef<html::Button>,
    /// Called when it is pressed and neither disabled nor busy.
    #[prop(optional, into)]
    on_press: Option<Callback<()>>,
) -> impl IntoView {
    let reason_id = unique("why");
    let described = reason_id.clone();
    let is_disabled = Memo::new(move |_| disabled.with(Option::is_some));
    let press = move |event: ev::MouseEvent| {
        if is_disabled.get_untracked() || busy.get_untracked() || event.detail() > 1 {
            event.prevent_default();
            event.stop_propagation();
        } else if let Some(on_press) = on_press {
            on_press.run(());
        }
    };
    let flag = |on: Option<bool>| on.map(|on| if on { "true" } else { "false" });
    let tip = {
        let label = label.clone();
        move || {
            disabled.get().or_else(|| square.then(|| label.as_ref().map(|l| l.get().to_string())).flatten())
        }
    };
    view! {
        <button
            class="btn"
            type=if submit { "submit" } else { "button" }
            data-v=variant.attribute()
            data-z=size.attribute()
            data-sq=square.then_some("")
            data-tip=tip
            aria-label=label.map(|label| move || label.get())
            aria-disabled=move || is_disabled.get().then_some("true")
            aria-busy=move || busy.get().then_some("true")
            aria-pressed=move || flag(pressed.get())
            aria-haspopup=popup
            aria-expanded=move || flag(expanded.get())
            aria-keyshortcuts=shortcut.and_then(Shortcut::aria)
            aria-describedby=move || is_disabled.get().then(|| described.clone())
            node_ref=node_ref
            on:click=press
            on:keydown=move |event| {
                if event.repeat() && matches!(event.key().as_str(), "Enter" | " ") {
                    event.prevent_default();
                }
            }
        >
            {icon.map(|name| view! { <Icon name=name/> })}
            {children.map(|words| words())}
            {shortcut.filter(|_| !square).map(|of| view! { <Keys of=of/> })}
        </button>
        {move || disabled.get().map(|reason| view! { <span class="vh" id=reason_id.clone()>{reason}</span> })}
    }
}

/// A link that looks like a button: it leads somewhere and does nothing.
#[component]
pub fn LinkButton(
    /// Words on it.
    children: Children,
    /// Where it leads.
    #[prop(into)]
    href: Signal<String>,
    /// What it is for.
    #[prop(optional)]
    variant: ButtonVariant,
    /// How high it is.
    #[prop(optional)]
    size: ButtonSize,
    /// Icon before the words.
    #[prop(optional)]
    icon: Option<IconName>,
) -> impl IntoView {
    view! {
        <a class="btn" href=href data-v=variant.attribute() data-z=size.attribute()>
            {icon.map(|name| view! { <Icon name=name/> })}
            {children()}
        </a>
    }
}
