//! The case under the cursor, beside the list; its content is a part of its own, fetched when first shown.

use super::desk::use_desk;
use leptos::prelude::*;

/// The pane beside the list.
#[component]
pub fn PreviewPane() -> impl IntoView {
    let desk = use_desk();
    view! { {move || desk.preview.get().then(|| ())} }
}
