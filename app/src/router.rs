//! The address: what it says, going elsewhere by a link, a call or the browser's own buttons.
//!
//! A small one of our own: a dozen flat paths need none of what the framework's router can do beyond them, and that
//! was a twentieth of the first download.

mod links;
mod params;

pub use params::{Params, fit};

use crate::scope::provide;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

/// The address. A handle: copies are the same address.
#[derive(Debug, Clone, Copy)]
pub struct Address {
    path: RwSignal<String>,
    query: RwSignal<Params>,
}

/// How to go somewhere.
#[derive(Debug, Clone, Copy)]
pub struct NavigateOptions {
    /// Instead of the entry of the history one is at, not after it.
    pub replace: bool,
    /// To the top of the page.
    pub scroll: bool,
}

impl Default for NavigateOptions {
    fn default() -> Self {
        Self { replace: false, scroll: true }
    }
}

impl Address {
    /// The address of the window, followed for the life of the calling owner.
    pub fn start() -> Self {
        let address = Self { path: RwSignal::new(String::new()), query: RwSignal::new(Params::default()) };
        address.read();
        let back = window_event_listener(ev::popstate, move |_| address.read());
        let links = window_event_listener(ev::click, move |event| links::follow(address, &event));
        on_cleanup(move || {
            back.remove();
            links.remove();
        });
        address
    }

    /// Whether that is the path one is at.
    pub fn is_at(self, path: &str) -> bool {
        self.path.with_untracked(|now| now == path)
    }

    /// Goes to a path of ours, with what stands behind its question mark.
    pub fn go(self, target: &str, options: NavigateOptions) {
        let Ok(history) = window().history() else { return };
        let gone = if options.replace {
            history.replace_state_with_url(&JsValue::NULL, "", Some(target))
        } else {
            history.push_state_with_url(&JsValue::NULL, "", Some(target))
        };
        if let Err(error) = gone {
            leptos::logging::error!("{target}: {error:?}");
            return;
        }
        self.read();
        if options.scroll {
            window().scroll_to_with_x_and_y(0.0, 0.0);
        }
    }

    /// Takes over what the window's address says; what is the same tells nobody.
    fn read(self) {
        let location = location();
        let path = location.pathname().unwrap_or_default();
        if self.path.with_untracked(|now| *now != path) {
            self.path.set(path);
        }
        let query = Params::of_query(&location.search().unwrap_or_default());
        if self.query.with_untracked(|now| *now != query) {
            self.query.set(query);
        }
    }
}

/// What the path of the page of the calling owner names.
#[derive(Debug, Clone, Copy)]
struct PageParams(Signal<Params>);

/// Makes a page that finds what its path names.
pub fn with_params(params: impl Into<Signal<Params>>, make: impl FnOnce() -> AnyView) -> AnyView {
    provide(PageParams(params.into()), make)
}

/// The address of the calling owner's window.
pub fn use_address() -> Address {
    expect_context::<Address>()
}

/// The path, without what stands behind the question mark.
pub fn use_path() -> Signal<String> {
    use_address().path.into()
}

/// What stands behind the question mark.
pub fn use_query_map() -> Signal<Params> {
    use_address().query.into()
}

/// What the path names.
pub fn use_params_map() -> Signal<Params> {
    expect_context::<PageParams>().0
}

/// Goes to a path of ours.
pub fn use_navigate() -> impl Fn(&str, NavigateOptions) + Copy + Send + Sync + 'static {
    let address = use_address();
    move |target: &str, options: NavigateOptions| address.go(target, options)
}
