//! Which rows are in view: plain numbers.

use std::ops::Range;
use web_sys::{Element, HtmlElement};

/// Rows drawn beyond those in view, on either side.
const AHEAD: usize = 4;
/// The first row drawn is a multiple of this, so that a short scroll changes nothing on the page.
const STEP: usize = 4;

/// What is known of the frame and which rows stand in it. Lengths are pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Window {
    /// How far it is scrolled.
    pub top: f64,
    /// Height of the frame below the head.
    pub height: f64,
    /// Height of a row.
    pub row: f64,
    /// First row drawn.
    pub start: usize,
    /// How many rows are drawn.
    pub slots: usize,
    /// First row wholly in view.
    pub first_seen: usize,
    /// How many rows there are.
    pub count: usize,
}

impl Default for Window {
    /// Before anything is measured: a short list at the normal density, so that first rows come at once.
    fn default() -> Self {
        Self { top: 0.0, height: 720.0, row: 36.0, start: 0, slots: 0, first_seen: 0, count: 0 }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "rows and pixels: never negative, far below 2^52"
)]
impl Window {
    /// The same for a list of `count` rows.
    #[must_use]
    pub fn fitted(self, count: usize) -> Self {
        let in_view = (self.height / self.row).ceil().max(1.0) as usize;
        let slots = (in_view + 2 * AHEAD + STEP).min(count);
        let first = (self.top / self.row).floor().max(0.0) as usize;
        let start = (first.saturating_sub(AHEAD) / STEP * STEP).min(count - slots);
        let first_seen = ((self.top / self.row).ceil().max(0.0) as usize).min(count.saturating_sub(1));
        Self { start, slots, first_seen, count, ..self }
    }

    /// The rows drawn.
    pub fn range(&self) -> Range<usize> {
        self.start..self.start + self.slots
    }

    /// Height of the rows before those drawn.
    pub fn before(&self) -> f64 {
        self.start as f64 * self.row
    }

    /// Height of the rows after those drawn.
    pub fn after(&self) -> f64 {
        self.count.saturating_sub(self.start + self.slots) as f64 * self.row
    }

    /// How many rows a page key moves by.
    pub fn page(&self) -> usize {
        ((self.height / self.row).floor() as usize).max(2) - 1
    }

    /// Where to scroll so that a row is wholly in view; none when it is.
    pub fn scroll_for(&self, index: usize) -> Option<i32> {
        let (upper, lower) = (index as f64 * self.row, (index + 1) as f64 * self.row);
        let target = if upper < self.top {
            upper
        } else if lower > self.top + self.height {
            lower - self.height
        } else {
            return None;
        };
        Some(target.round() as i32)
    }

    /// The same, scrolled as the frame is now. Nothing else is read: reading sizes makes the browser lay out the page.
    pub(super) fn scrolled(frame: &Element, before: Self) -> Self {
        Self { top: f64::from(frame.scroll_top()), ..before }
    }

    /// What the page says now; what it does not say stays as it was.
    pub(super) fn measured(frame: &Element, before: Self) -> Self {
        let height_of = |selector: &str| {
            let found = frame.query_selector(selector).ok().flatten()?;
            Some(found.get_bounding_client_rect().height()).filter(|h| *h > 0.0)
        };
        let head = height_of("thead").unwrap_or(0.0);
        let bulk = frame
            .next_element_sibling()
            .filter(|sibling| sibling.class_list().contains("bulk"))
            .map_or(0.0, |bulk| f64::from(bulk.unchecked_height()) + 12.0);
        let height = f64::from(frame.client_height()) - head - bulk;
        Self {
            top: f64::from(frame.scroll_top()),
            height: if height > 0.0 { height } else { before.height },
            row: height_of("tbody tr[data-index]").unwrap_or(before.row),
            ..before
        }
    }
}

/// Heights of elements that are HTML elements.
trait Height {
    /// Height in pixels, zero where it has none.
    fn unchecked_height(&self) -> i32;
}

impl Height for Element {
    fn unchecked_height(&self) -> i32 {
        use wasm_bindgen::JsCast;
        self.dyn_ref::<HtmlElement>().map_or(0, HtmlElement::offset_height)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scrolled(top: f64, count: usize) -> Window {
        Window { top, height: 720.0, row: 36.0, ..Window::default() }.fitted(count)
    }

    #[test]
    fn few_rows_are_all_drawn() {
        let window = scrolled(0.0, 7);
        assert_eq!((window.range(), window.before(), window.after()), (0..7, 0.0, 0.0));
        assert_eq!(scrolled(0.0, 0).range(), 0..0);
    }

    #[test]
    fn of_many_rows_only_those_about_the_view_are_drawn() {
        let window = scrolled(36.0 * 50_000.0, 100_000);
        assert_eq!(window.range(), 49_996..50_028);
        let drawn = 32.0 * window.row;
        assert!((window.before() + window.after() + drawn - 3_600_000.0).abs() < 1e-6);
        assert_eq!(window.first_seen, 50_000);
    }

    #[test]
    fn every_row_in_view_is_drawn_wherever_it_is_scrolled() {
        for count in [1, 19, 33, 34, 1000] {
            for top in 0..(count * 36) {
                let window = scrolled(f64::from(top), usize::try_from(count).expect("small"));
                let first = usize::try_from(top / 36).expect("small");
                let last = usize::try_from(((top + 719) / 36).min(count - 1)).expect("small");
                assert!(window.range().contains(&first) && window.range().contains(&last), "{count} {top}");
            }
        }
    }

    #[test]
    fn a_short_scroll_changes_nothing() {
        let at = |top| scrolled(top, 1000).range();
        assert_eq!(at(36.0 * 40.0), at(36.0 * 43.9));
        assert_ne!(at(36.0 * 40.0), at(36.0 * 44.0));
    }

    #[test]
    fn a_list_that_became_shorter_is_drawn_to_its_end() {
        let window = scrolled(36.0 * 500.0, 40);
        assert_eq!(window.range().end, 40);
        assert!(window.after().abs() < 1e-9);
    }

    #[test]
    fn a_row_is_scrolled_to_only_when_it_is_cut() {
        let window = scrolled(360.0, 1000);
        assert_eq!(window.scroll_for(10), None);
        assert_eq!(window.scroll_for(29), None);
        assert_eq!(window.scroll_for(9), Some(324));
        assert_eq!(window.scroll_for(30), Some(31 * 36 - 720));
        assert_eq!(window.page(), 19);
    }
}
