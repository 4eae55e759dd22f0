//! Moving focus: among the members of a group, into what opened, back to what opened it.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

/// What takes focus by Tab.
pub const TABBABLE: &str = ":is(a[href], button, input:not([type=hidden]), select, textarea, summary, \
    [tabindex]):not([tabindex='-1'])";

/// The elements within `container` that match, are on screen and not disabled, in order.
pub fn members(container: &Element, selector: &str) -> Vec<HtmlElement> {
    let Ok(found) = container.query_selector_all(selector) else { return Vec::new() };
    (0..found.length())
        .filter_map(|i| found.item(i)?.dyn_into::<HtmlElement>().ok())
        .filter(|element| !element.has_attribute("disabled") && element.offset_parent().is_some())
        .collect()
}

/// Which member of a group the arrows lead to: both axes move, Home and End go to the ends, and it goes round.
pub fn arrow_target(key: &str, at: Option<usize>, count: usize) -> Option<usize> {
    if count == 0 {
        return None;
    }
    match key {
        "ArrowRight" | "ArrowDown" => Some(at.map_or(0, |i| (i + 1) % count)),
        "ArrowLeft" | "ArrowUp" => Some(at.map_or(count - 1, |i| (i + count - 1) % count)),
        "Home" => Some(0),
        "End" => Some(count - 1),
        _ => None,
    }
}

/// Moves focus among the members of the group the event came through; true when it did.
///
/// The stroke is then the group's own: the page does not hear it.
pub fn rove(event: &KeyboardEvent, selector: &str) -> Option<HtmlElement> {
    let group: Element = event.current_target()?.dyn_into().ok()?;
    let members = members(&group, selector);
    let active = document().active_element();
    let at = members.iter().position(|member| active.as_ref() == Some(member.as_ref()));
    let target = arrow_target(&event.key(), at, members.len())?;
    event.prevent_default();
    let member = members.into_iter().nth(target)?;
    give(&member);
    Some(member)
}

/// Gives an element focus; one that has left the page meanwhile cannot take it, which is no error.
pub fn give(element: &HtmlElement) {
    let _gone = element.focus();
}

/// The element that has focus now, to give it back later.
pub fn active() -> Option<HtmlElement> {
    document().active_element()?.dyn_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_go_round() {
        let cases = [
            ("ArrowRight", Some(2), 3, Some(0)),
            ("ArrowUp", Some(0), 3, Some(2)),
            ("ArrowDown", None, 3, Some(0)),
            ("Home", Some(2), 3, Some(0)),
            ("End", None, 3, Some(2)),
            ("a", Some(1), 3, None),
            ("Home", None, 0, None),
        ];
        for (key, at, count, target) in cases {
            assert_eq!(arrow_target(key, at, count), target, "{key}");
        }
    }
}
