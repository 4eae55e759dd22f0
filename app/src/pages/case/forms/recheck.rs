//! Recheck.

use leptos::prelude::*;

/// The form of Recheck.
#[component]
pub fn RecheckForm() -> impl IntoView {}
