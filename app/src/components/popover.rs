//! Popovers: what opens at a button and closes by Escape, by leaving, by pressing elsewhere.

use super::focus::{TABBABLE, active, give, members};
use super::place::{Side, hide, show_at};
use crate::follow::follow;
use leptos::html::ElementType;
use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};

/// Content at an anchor, above everything else. Focus goes in when it opens and back when it closes.
#[component]
pub fn Popover<E>(
    /// What it holds; made when it opens.
    children: ChildrenFn,
    /// The element it opens at; pressing that does not close it, so that a button can toggle it.
    anchor: NodeRef<E>,
    /// Whether it is open; it closes itself by setting this.
    open: RwSignal<bool>,
    /// What it is, for readers.
    #[prop(into)]
    label: TextProp,
    /// On which side of the anchor.
    #[prop(optional)]
    side: Side,
    /// Its role: `dialog`, `menu` and `listbox` go by their content.
    #[prop(default = "dialog")]
    role: &'static str,
) -> impl IntoView
where
    E: ElementType + 'static,
    E::Output: JsCast + Clone + AsRef<Element> + 'static,
{
    let floating = NodeRef::<html::Div>::new();
    let came_from = StoredValue::new_local(None::<HtmlElement>);
    let inside = move |target: &Element| {
        let node: &Node = target;
        let in_floating = floating.get_untracked().is_some_and(|f| f.contains(Some(node)));
        let in_anchor =
            anchor.get_untracked().is_some_and(|a| AsRef::<Element>::as_ref(&a).contains(Some(node)));
        in_floating || in_anchor
    };
    let close = move || {
        // Focus goes back only from inside: who pressed elsewhere wants to be elsewhere.
        let was_inside = active().is_some_and(|element| inside(&element));
        open.set(false);
        if let Some(element) = came_from.try_update_value(Option::take).flatten().filter(|_| was_inside) {
            give(&element);
        }
    };
    follow(move || {
        let Some(element) = floating.get() else { return };
        if !open.get() {
            hide(&element);
            return;
        }
        came_from.set_value(active());
        // The content is on the page after this turn; only then has it a size and something to focus.
        request_animation_frame(move || {
            let anchor = anchor.try_get_untracked().flatten().map(|a| AsRef::<Element>::as_ref(&a).clone());
            let (Some(element), Some(anchor)) = (floating.try_get_untracked().flatten(), anchor) else {
                return;
            };
            show_at(&element, &anchor, side);
            let first =
                members(&element, "[data-focus], [tabindex='0'], [aria-selected=true], [role^=menuitem]")
                    .into_iter()
                    .next();
            if let Some(first) = first.or_else(|| members(&element, TABBABLE).into_iter().next()) {
                give(&first);
            }
        });
    });
    let pressed = window_event_listener(ev::pointerdown, move |event| {
        let target = event.target().and_then(|t| t.dyn_into::<Element>().ok());
        if open.get_untracked() && target.is_none_or(|target| !inside(&target)) {
            close();
        }
    });
    let resized = window_event_listener(ev::resize, move |_| {
        if open.get_untracked() {
            close();
        }
    });
    on_cleanup(move || {
        pressed.remove();
        resized.remove();
    });
    let keys = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && !event.is_composing() {
            event.prevent_default();
            event.stop_propagation();
            close();
        }
    };
    let left = move |event: ev::FocusEvent| {
        let to = event.related_target().and_then(|t| t.dyn_into::<Element>().ok());
        if open.try_get_untracked() == Some(true) && to.is_some_and(|to| !inside(&to)) {
            open.set(false);
        }
    };
    view! {
        <div
            class="pop"
            popover="manual"
            role=role
            aria-label=move || label.get()
            node_ref=floating
            on:keydown=keys
            on:focusout=left
        >
            {move || open.get().then(|| children())}
        </div>
    }
}
