//! Key hints, drawn on buttons and in help; hidden where the pointer is a finger.

use crate::keys::Shortcut;
use leptos::prelude::*;

/// The caps of a shortcut. Readers get it from `aria-keyshortcuts` of the control instead.
#[component]
pub fn Keys(
    /// Which shortcut.
    of: Shortcut,
) -> impl IntoView {
    of.caps().iter().map(|cap| view! { <kbd aria-hidden="true">{*cap}</kbd> }).collect_view()
}
