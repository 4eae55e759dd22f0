//! Sizes of elements on the page, followed as they change.

use crate::follow::follow;
use leptos::html::ElementType;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, ResizeObserver};

/// The width of an element in pixels; zero until it is on the page.
pub fn measured_width<E>(node: NodeRef<E>) -> Signal<f64>
where
    E: ElementType + 'static,
    E::Output: JsCast + Clone + AsRef<Element> + 'static,
{
    let (width, set_width) = signal(0.0);
    on_resize(node, move |element| {
        let now = element.get_bounding_client_rect().width();
        if (width.get_untracked() - now).abs() >= 0.5 {
            set_width.set(now);
        }
    });
    width.into()
}

/// Calls `changed` when the element appears and whenever its box changes, until the calling owner ends.
pub fn on_resize<E>(node: NodeRef<E>, changed: impl Fn(&Element) + Clone + 'static)
where
    E: ElementType + 'static,
    E::Output: JsCast + Clone + AsRef<Element> + 'static,
{
    let watch = StoredValue::new_local(None::<(ResizeObserver, Closure<dyn FnMut(js_sys::Array)>)>);
    follow(move || {
        let Some(element) = node.get() else { return };
        let element: Element = AsRef::<Element>::as_ref(&element).clone();
        let (target, report) = (element.clone(), changed.clone());
        let closure =
            Closure::<dyn FnMut(js_sys::Array)>::new(move |_entries: js_sys::Array| report(&target));
        changed(&element);
        let observer = ResizeObserver::new(closure.as_ref().unchecked_ref::<js_sys::Function>());
        match observer {
            Ok(observer) => {
                observer.observe(&element);
                if let Some(Some((before, _closure))) =
                    watch.try_update_value(|watch| watch.replace((observer, closure)))
                {
                    before.disconnect();
                }
            }
            Err(error) => leptos::logging::error!("sizes cannot be observed: {error:?}"),
        }
    });
    on_cleanup(move || {
        if let Some(Some((observer, _closure))) = watch.try_update_value(Option::take) {
            observer.disconnect();
        }
    });
}
