//! Holding still: a list keeps its order while a finger or the keyboard is on it.

use crate::follow::follow;
use leptos::prelude::*;
use leptos::{ev, html};
use wasm_bindgen::JsCast;
use web_sys::{Element, Node};

/// Follows `source`, but not while the pointer is over `frame` or focus is inside it: nothing moves under the hand.
/// What came meanwhile is shown when both have left.
pub fn held_still<T, E>(source: Signal<T>, frame: NodeRef<E>) -> Signal<T>
where
    T: Clone + PartialEq + Send + Sync + 'static,
    E: html::ElementType + 'static,
    E::Output: JsCast + Clone + AsRef<Element> + 'static,
{
    let pointed = RwSignal::new(false);
    let focused = RwSignal::new(false);
    let inside = move |target: Option<web_sys::EventTarget>| {
        let node = target.and_then(|target| target.dyn_into::<Node>().ok());
        frame.get_untracked().is_some_and(|element| {
            let element: &Node = AsRef::<Element>::as_ref(&element);
            node.as_ref().is_some_and(|node| element.contains(Some(node)))
        })
    };
    let set = |signal: RwSignal<bool>, now: bool| {
        if signal.get_untracked() != now {
            signal.set(now);
        }
    };
    let handles = [
        window_event_listener(ev::pointerover, move |event| set(pointed, inside(event.target()))),
        window_event_listener(ev::pointerup, move |event| {
            // A finger that has left is nowhere; a mouse is still where it was.
            if event.pointer_type() == "touch" {
                set(pointed, false);
            }
        }),
        window_event_listener(ev::pointercancel, move |_| set(pointed, false)),
    ];
    let focus = window_event_listener(ev::focusin, move |event| set(focused, inside(event.target())));
    let blur = window_event_listener(ev::focusout, move |event| {
        set(focused, inside(event.related_target()));
    });
    on_cleanup(move || {
        for handle in handles {
            handle.remove();
        }
        focus.remove();
        blur.remove();
    });
    let shown = RwSignal::new(source.get_untracked());
    follow(move || {
        let newest = source.get();
        if !pointed.get() && !focused.get() && shown.with_untracked(|shown| *shown != newest) {
            shown.set(newest);
        }
    });
    shown.into()
}
