//! Chips: filters, on by fill and `aria-pressed`.

use super::icon::{Icon, IconName, IconSize};
use super::keycap::Keys;
use super::mark::State;
use crate::keys::Shortcut;
use leptos::{html, prelude::*};

/// A filter or a small choice.
#[component]
pub fn Chip(
    /// Its words.
    #[prop(into)]
    label: TextProp,
    /// The value in force, or a count, after the words.
    #[prop(optional, into)]
    value: Option<TextProp>,
    /// For a toggle: whether it is on.
    #[prop(optional, into)]
    pressed: MaybeProp<bool>,
    /// State whose colour its icon has.
    #[prop(optional)]
    state: State,
    /// Icon before the words.
    #[prop(optional)]
    icon: Option<IconName>,
    /// It opens something: an arrow after the words, and what it opens.
    #[prop(optional)]
    popup: Option<&'static str>,
    /// Whether what it opens is open.
    #[prop(optional, into)]
    expanded: MaybeProp<bool>,
    /// Pressing it takes the filter away: a cross after the words.
    #[prop(optional)]
    removes: bool,
    /// Dashed: it adds a filter.
    #[prop(optional)]
    dashed: bool,
    /// The shortcut that does the same.
    #[prop(optional)]
    shortcut: Option<Shortcut>,
    /// Its element, for focus and placing.
    #[prop(optional)]
    node_ref: NodeRef<html::Button>,
    /// Called when it is pressed.
    #[prop(into)]
    on_press: Callback<()>,
) -> impl IntoView {
    let flag = |on: Option<bool>| on.map(|on| if on { "true" } else { "false" });
    view! {
        <button
            class="chip"
            type="button"
            data-s=state.attribute()
            data-dash=dashed.then_some("")
            aria-pressed=move || flag(pressed.get())
            aria-haspopup=popup
            aria-expanded=move || flag(expanded.get())
            aria-keyshortcuts=shortcut.and_then(Shortcut::aria)
            node_ref=node_ref
            on:click=move |_| on_press.run(())
        >
            {icon.map(|name| view! { <Icon name=name/> })}
            {move || label.get()}
            {value.map(|value| view! { <b>{move || value.get()}</b> })}
            {popup.map(|_| view! { <Icon name=IconName::Down size=IconSize::Small/> })}
            {removes.then(|| view! { <Icon name=IconName::Cross size=IconSize::Small/> })}
            {shortcut.map(|of| view! { <Keys of=of/> })}
        </button>
    }
}
