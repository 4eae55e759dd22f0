//! The Plumbline browser app: one page in the first download, every other page a lazy route.

use app::app::App;
use std::panic::{PanicHookInfo, set_hook};

fn main() {
    set_hook(Box::new(stopped));
    leptos::mount::mount_to_body(App);
}

/// Nothing of the app runs after a panic: `boot.js`, which hears this event, tells the person.
fn stopped(what: &PanicHookInfo) {
    console_error_panic_hook::hook(what);
    if let (Some(window), Ok(event)) = (web_sys::window(), web_sys::Event::new("plumbline-stopped")) {
        // An event that cannot be cancelled has no answer; a trap that follows is heard by boot.js as well.
        let _heard = window.dispatch_event(&event);
    }
}
