//! Links of ours lead elsewhere without loading the page anew.

use super::{Address, NavigateOptions};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlAnchorElement, MouseEvent};

/// Goes where a pressed link leads, unless the browser is meant to: another button or a modifier key, another window,
/// a download, another site, a place on the same page.
pub(super) fn follow(address: Address, event: &MouseEvent) {
    let modified = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
    if event.default_prevented() || event.button() != 0 || modified {
        return;
    }
    let pressed = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let link = pressed.and_then(|element| element.closest("a[href]").ok().flatten());
    let Some(link) = link.and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok()) else { return };
    let elsewhere = !matches!(link.target().as_str(), "" | "_self") || link.has_attribute("download");
    let here = location();
    if elsewhere || here.origin().ok() != Some(link.origin()) {
        return;
    }
    let target = format!("{}{}", link.pathname(), link.search());
    let now = format!("{}{}", here.pathname().unwrap_or_default(), here.search().unwrap_or_default());
    if target == now && !link.hash().is_empty() {
        return;
    }
    event.prevent_default();
    address.go(&target, NavigateOptions { replace: target == now, scroll: true });
}
