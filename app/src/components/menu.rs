//! Menus: acts behind a button.

use super::focus::rove;
use super::icon::{Icon, IconName};
use super::keycap::Keys;
use super::place::Side;
use super::popover::Popover;
use crate::keys::Shortcut;
use leptos::html::ElementType;
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::Element;

/// One act of a menu.
#[derive(Clone, Debug)]
pub struct MenuItem {
    /// Its words.
    pub label: TextProp,
    /// Icon before the words.
    pub icon: Option<IconName>,
    /// The shortcut that does the same.
    pub shortcut: Option<Shortcut>,
    /// For a choice: whether it is the one in force.
    pub checked: Option<bool>,
    /// Why it cannot be done now.
    pub disabled: Option<String>,
    /// Does it.
    pub act: Callback<()>,
}

impl MenuItem {
    /// An act with words alone.
    pub fn new(label: impl Into<TextProp>, act: impl Into<Callback<()>>) -> Self {
        Self {
            label: label.into(),
            icon: None,
            shortcut: None,
            checked: None,
            disabled: None,
            act: act.into(),
        }
    }

    /// The same with an icon.
    #[must_use]
    pub fn with_icon(self, icon: IconName) -> Self {
        Self { icon: Some(icon), ..self }
    }

    /// The same with the caps of its shortcut.
    #[must_use]
    pub fn with_shortcut(self, shortcut: Shortcut) -> Self {
        Self { shortcut: Some(shortcut), ..self }
    }

    /// The same as a choice.
    #[must_use]
    pub fn checked(self, checked: bool) -> Self {
        Self { checked: Some(checked), ..self }
    }

    /// The same, not possible now for this reason.
    #[must_use]
    pub fn disabled(self, reason: Option<String>) -> Self {
        Self { disabled: reason, ..self }
    }
}

/// Acts at an anchor: arrows move, Enter acts, Escape closes.
#[component]
pub fn Menu<E>(
    /// The button it opens at.
    anchor: NodeRef<E>,
    /// Whether it is open.
    open: RwSignal<bool>,
    /// What it is, for readers.
    #[prop(into)]
    label: TextProp,
    /// Its acts.
    #[prop(into)]
    items: Signal<Vec<MenuItem>>,
    /// On which side of the anchor.
    #[prop(optional)]
    side: Side,
) -> impl IntoView
where
    E: ElementType + 'static,
    E::Output: JsCast + Clone + AsRef<Element> + 'static,
{
    let keys = move |event: ev::KeyboardEvent| {
        rove(&event, "[role^=menuitem]");
    };
    let one = move |item: MenuItem| {
        let MenuItem { label, icon, shortcut, checked, disabled, act } = item;
        let allowed = disabled.is_none();
        view! {
            <button
                type="button"
                role=if checked.is_some() { "menuitemradio" } else { "menuitem" }
                aria-checked=checked.map(|on| if on { "true" } else { "false" })
                aria-disabled=disabled.as_ref().map(|_| "true")
                aria-keyshortcuts=shortcut.and_then(Shortcut::aria)
                data-tip=disabled
                tabindex="-1"
                on:click=move |_| {
                    if allowed {
                        open.set(false);
                        act.run(());
                    }
                }
            >
                {match (icon, checked) {
                    (Some(name), _) => view! { <Icon name=name/> }.into_any(),
                    (None, Some(on)) => view! { <span class="tick">{on.then(|| view! { <Icon name=IconName::Check/> })}</span> }.into_any(),
                    (None, None) => ().into_any(),
                }}
                {move || label.get()}
                {shortcut.map(|of| view! { <Keys of=of/> })}
            </button>
        }
    };
    view! {
        <Popover anchor=anchor open=open label=label side=side role="menu">
            <div class="menu" role="none" on:keydown=keys>
                {move || items.get().into_iter().map(one).collect_view()}
            </div>
        </Popover>
    }
}
