//! Binding.

use leptos::prelude::*;

/// The form of Binding.
#[component]
pub fn BindingForm() -> impl IntoView {}
