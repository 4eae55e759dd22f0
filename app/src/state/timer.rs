//! Pauses and repeated calls.

use js_sys::Promise;
use leptos::prelude::*;
use std::time::Duration;
use wasm_bindgen_futures::JsFuture;

/// Ends after so many milliseconds.
pub async fn pause(milliseconds: i32) {
    let waited = Promise::new(&mut |resolve, _| {
        let set = web_sys::window().and_then(|window| {
            window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds).ok()
        });
        if set.is_none() {
            // Without a timer nothing is waited for; the promise still ends.
            let _called = resolve.call0(&wasm_bindgen::JsValue::UNDEFINED);
        }
    });
    // The promise is never rejected.
    let _ended = JsFuture::from(waited).await;
}

/// Calls `act` at every interval for as long as the calling owner lives.
pub fn every(interval: Duration, act: impl Fn() + 'static) {
    if let Ok(handle) = set_interval_with_handle(act, interval) {
        on_cleanup(move || handle.clear());
    }
}

/// Calls `act` once after a delay unless the calling owner is gone by then.
pub fn after(delay: Duration, act: impl FnOnce() + 'static) {
    if let Ok(handle) = set_timeout_with_handle(act, delay) {
        on_cleanup(move || handle.clear());
    }
}
