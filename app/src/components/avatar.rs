//! A person: one character in a circle of a stable hue.

use crate::format::initial;
use leptos::prelude::*;

/// A person by one character; the full name on hover and to readers.
#[component]
pub fn Avatar(
    /// Full name.
    #[prop(into)]
    name: Signal<String>,
    /// What makes the hue: the person's number, which does not change with the name.
    #[prop(into)]
    person: Signal<String>,
    /// Larger, in heads.
    #[prop(optional)]
    large: bool,
) -> impl IntoView {
    move || {
        let name = name.get();
        let (letter, label, tip) = (initial(&name), name.clone(), name);
        view! {
            <span
                class="av"
                role="img"
                aria-label=label
                data-tip=tip
                data-z=large.then_some("lg")
                style:--h=person.with(|p| hue(p)).to_string()
            >
                {letter}
            </span>
        }
    }
}

/// A hue in degrees for a key: twelve of them, clear of red, so that no person looks overdue.
fn hue(key: &str) -> u32 {
    // FNV-1a: stable across builds, which the standard hasher does not promise.
    let hash =
        key.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    60 + (hash % 12) * 25
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hues_are_stable_and_keep_clear_of_red() {
        assert_eq!(hue("SH3107"), hue("SH3107"));
        let hues: std::collections::BTreeSet<u32> = (0..200).map(|i| hue(&format!("SH{i}"))).collect();
        assert_eq!(hues.len(), 12);
        assert!(hues.iter().all(|h| (60..=335).contains(h)));
    }
}
