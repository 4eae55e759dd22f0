//! Parts of the app that are fetched when they are first wanted.
//!
//! The first download holds shell, sign-in and queue. Everything else is in a part named by its `wasm_split`: pages
//! that are worked together are in one, because every further part multiplies what several of them share into files
//! of its own, and each file is a request. Their style is one sheet, fetched beside the first of them.

use crate::components::Failed;
use crate::components::icon::asset;
use leptos::prelude::*;
use leptos::wasm_split::SplitLoaderError;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlLinkElement;

/// Marks the link to the style of pages.
const STYLE: &str = "style-of-pages";

/// Makes a page. A part gives its makers, not its pages, so that they are made where they belong.
pub type Make = fn() -> AnyView;

/// A page of a part, once its style is there too; where the part did not come, what says so. Trying again loads the
/// whole page: after a new version was installed the parts of the one before are gone.
pub async fn arrive(page: impl Future<Output = Result<Make, SplitLoaderError>>) -> Make {
    with_style(page).await.unwrap_or(|| {
        let again = Callback::new(|()| {
            // Where the browser refuses there is nothing else to try.
            let _refused = location().reload();
        });
        view! { <main class="sheet"><Failed on_retry=again/></main> }.into_any()
    })
}

/// What is fetched, once the style of pages is there too.
pub async fn with_style<T>(part: impl Future<Output = T>) -> T {
    let style = style_of_pages();
    let part = part.await;
    if let Some(link) = style {
        settled(&link).await;
    }
    part
}

/// Has the style of pages fetched, for what is shown before there is a page.
pub fn want_style() {
    // Where it does not come things are plain, and all there.
    let _link = style_of_pages();
}

/// The link to the style of pages, put into the page where it is not there; from then on it is on its way.
fn style_of_pages() -> Option<HtmlLinkElement> {
    let document = document();
    if let Some(link) = document.get_element_by_id(STYLE) {
        return link.dyn_into().ok();
    }
    let link: HtmlLinkElement = document.create_element("link").ok()?.dyn_into().ok()?;
    link.set_id(STYLE);
    link.set_rel("stylesheet");
    link.set_href(&asset("pages.css"));
    document.head()?.append_child(&link).ok()?;
    Some(link)
}

/// Waits until the style is there or known not to come; then it is asked for again with the next page.
async fn settled(link: &HtmlLinkElement) {
    if link.sheet().is_some() {
        return;
    }
    let ended = js_sys::Promise::new(&mut |resolve, _| {
        for event in ["load", "error"] {
            // A link that hears nothing is waited for by nobody: the page is shown as it is.
            if link.add_event_listener_with_callback(event, &resolve).is_err() {
                let _called = resolve.call0(&wasm_bindgen::JsValue::UNDEFINED);
            }
        }
    });
    // The promise is never rejected.
    let _ended = JsFuture::from(ended).await;
    if link.sheet().is_none() {
        link.remove();
    }
}
