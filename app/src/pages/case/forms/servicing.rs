//! Servicing.

use leptos::prelude::*;

/// The form of Servicing.
#[component]
pub fn ServicingForm() -> impl IntoView {
}
