//! The window's key strokes, given to a [`Keyboard`].

use super::keyboard::{Focus, Heard, Keyboard, Stroke};
use super::shortcut::Shortcut;
use crate::follow::follow;
use leptos::ev;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

/// A bar code read by a scanner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scan {
    /// What the code says.
    pub text: String,
    /// It stands in the field that has focus and is meant for bar codes (`data-scan`).
    pub into_field: bool,
}

/// Hears shortcuts and scans for as long as the calling owner lives.
///
/// Strokes a component has answered itself (`preventDefault`) are not heard.
pub fn listen(single_letters: Signal<bool>, on_shortcut: Callback<Shortcut>, on_scan: Callback<Scan>) {
    let keyboard = StoredValue::new(Keyboard::new(single_letters.get_untracked()));
    let focus_now = StoredValue::new(Focus::Page);
    let timer = StoredValue::new(None::<TimeoutHandle>);
    follow(move || {
        let on = single_letters.get();
        keyboard.update_value(|k| k.set_single_letters(on));
    });
    let tell = move |heard: Heard| match heard {
        Heard::Shortcut(shortcut) => on_shortcut.run(shortcut),
        Heard::Scan(text) => {
            on_scan.run(Scan { text, into_field: focus_now.get_value() == Focus::ScanField });
        }
    };
    let handle = window_event_listener(ev::keydown, move |event: KeyboardEvent| {
        if event.default_prevented() {
            return;
        }
        let key = event.key();
        let at = event.time_stamp();
        let target = event.target().and_then(|t| t.dyn_into::<Element>().ok());
        let focus = target.as_ref().map_or(Focus::Page, focus_of);
        focus_now.set_value(focus);
        let stroke = Stroke {
            key: &key,
            command: event.ctrl_key() || event.meta_key(),
            shift: event.shift_key(),
            alt: event.alt_key(),
            repeat: event.repeat(),
            composing: event.is_composing() || event.key_code() == 229,
            focus,
            at,
        };
        let Some(reaction) = keyboard.try_update_value(|k| k.press(&stroke)) else { return };
        if reaction.prevent {
            event.prevent_default();
        }
        timer.update_value(|t| {
            if let Some(running) = t.take() {
                running.clear();
            }
        });
        for heard in reaction.heard {
            tell(heard);
        }
        let Some(Some(deadline)) = keyboard.try_with_value(Keyboard::deadline) else { return };
        // Timers fire late, never early by more than a rounding: the deadline itself is what is settled.
        let wait = Duration::from_secs_f64(((deadline - at).max(0.0) + 1.0) / 1000.0);
        let settled = set_timeout_with_handle(
            move || {
                if let Some(Some(heard)) = keyboard.try_update_value(|k| k.settle(deadline)) {
                    tell(heard);
                }
            },
            wait,
        );
        timer.set_value(settled.ok());
    });
    on_cleanup(move || handle.remove());
}

/// Where a stroke on `target` lands.
fn focus_of(target: &Element) -> Focus {
    let within = |selector: &str| target.closest(selector).ok().flatten().is_some();
    if within("dialog[open]") {
        Focus::Dialog
    } else if within("[data-scan]") {
        Focus::ScanField
    } else if within(
        "textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=button])",
    ) {
        Focus::Field
    } else if within(
        "button, a[href], summary, input, [role=tab], [role=option], [role=menuitem], [role=radio], [role=slider]",
    ) {
        Focus::Control
    } else {
        Focus::Page
    }
}
