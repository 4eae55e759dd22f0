//! Tooltips: one for the whole page, for whatever carries `data-tip`.

use super::place::{Side, hide, show_at};
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::{ev, html, prelude::*};
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget, HtmlElement};

/// How long the pointer rests on something before its tooltip comes.
const REST: Duration = Duration::from_millis(350);

/// Shows the words of `data-tip` at what the pointer rests on or the keyboard stands at.
///
/// It stands once, at the end of the page. The words repeat what readers get by name or description.
#[component]
pub fn TipLayer() -> impl IntoView {
    let layer = NodeRef::<html::Div>::new();
    let (words, set_words) = signal(String::new());
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let shown_at = StoredValue::new_local(None::<Element>);
    let forget = move || {
        waiting.update_value(|handle| {
            if let Some(handle) = handle.take() {
                handle.clear();
            }
        });
    };
    let gone = move || {
        forget();
        shown_at.set_value(None);
        if let Some(layer) = layer.get_untracked() {
            hide(&layer);
        }
    };
    let show = move |anchor: &Element| {
        let Some(text) = anchor.get_attribute("data-tip").filter(|text| !text.is_empty()) else { return };
        let Some(element) = layer.get_untracked() else { return };
        let element: HtmlElement = element.into();
        set_words.set(text);
        shown_at.set_value(Some(anchor.clone()));
        let anchor = anchor.clone();
        // Its size is that of the new words once they are on the page.
        request_animation_frame(move || {
            if anchor.is_connected() {
                show_at(&element, &anchor, Side::AboveCentre);
            }
        });
    };
    let over = window_event_listener(ev::pointerover, move |event| {
        let anchor = carrier(event.target());
        if anchor == shown_at.get_value() {
            return;
        }
        gone();
        if let Some(anchor) = anchor.filter(|_| event.pointer_type() != "touch") {
            let anchor = StoredValue::new_local(anchor);
            let handle = set_timeout_with_handle(move || anchor.with_value(show), REST);
            waiting.set_value(handle.ok());
        }
    });
    let into = window_event_listener(ev::focusin, move |event| {
        gone();
        if let Some(anchor) = carrier(event.target())
            .filter(|a| a.matches(":focus-visible, [aria-disabled=true]").unwrap_or(false))
        {
            show(&anchor);
        }
    });
    let out = window_event_listener(ev::focusout, move |_| gone());
    let down = window_event_listener(ev::keydown, move |event| {
        if event.key() == "Escape" {
            gone();
        }
    });
    let moved = window_event_listener(ev::wheel, move |_| gone());
    on_cleanup(move || {
        over.remove();
        into.remove();
        out.remove();
        down.remove();
        moved.remove();
    });
    view! {
        <div class="tip" role="tooltip" popover="manual" node_ref=layer>
            {move || words.get()}
        </div>
    }
}

/// The nearest element around the target that has words.
fn carrier(target: Option<EventTarget>) -> Option<Element> {
    target?.dyn_into::<Element>().ok()?.closest("[data-tip]").ok().flatten()
}
