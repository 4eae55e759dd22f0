//! Where something that floats stands: beside its anchor, inside the window.

use crate::format::pixels;
use leptos::prelude::window;
use web_sys::{Element, HtmlElement};

/// A box in pixels of the window.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// On which side of its anchor it stands if there is room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Side {
    /// Below, left edges in line.
    #[default]
    Below,
    /// Below, right edges in line.
    BelowEnd,
    /// Above, centred: tooltips.
    AboveCentre,
}

/// Distance from the anchor and from the edge of the window, in pixels.
const GAP: f64 = 4.0;
const MARGIN: f64 = 8.0;

/// The upper left corner of a box of `measure` (width, height) at `anchor` within `window`.
///
/// It turns over to the other side where it would be cut and there is more room, and slides sideways to stay inside.
pub fn corner(anchor: Area, measure: (f64, f64), window: (f64, f64), side: Side) -> (f64, f64) {
    let (width, height) = measure;
    let below = anchor.y + anchor.height + GAP;
    let above = anchor.y - GAP - height;
    let room_below = window.1 - MARGIN - below;
    let room_above = anchor.y - GAP - MARGIN;
    let y = match side {
        Side::Below | Side::BelowEnd if height <= room_below || room_below >= room_above => below,
        Side::AboveCentre if height > room_above && room_below > room_above => below,
        Side::Below | Side::BelowEnd | Side::AboveCentre => above,
    };
    let x = match side {
        Side::Below => anchor.x,
        Side::BelowEnd => anchor.x + anchor.width - width,
        Side::AboveCentre => anchor.x + anchor.width / 2.0 - width / 2.0,
    };
    let inside = |at: f64, length: f64, window: f64| at.min(window - MARGIN - length).max(MARGIN);
    (inside(x, width, window.0), inside(y, height, window.1))
}

/// The box of an element.
pub fn area_of(element: &Element) -> Area {
    let rect = element.get_bounding_client_rect();
    Area { x: rect.left(), y: rect.top(), width: rect.width(), height: rect.height() }
}

/// Shows a `popover` element at its anchor.
pub fn show_at(floating: &HtmlElement, anchor: &Element, side: Side) {
    // Shown already: only its place is new.
    let _shown_already = floating.show_popover();
    let read = |value: Result<wasm_bindgen::JsValue, _>| value.ok().and_then(|v| v.as_f64()).unwrap_or(0.0);
    let view = (read(window().inner_width()), read(window().inner_height()));
    let own = area_of(floating);
    let (x, y) = corner(area_of(anchor), (own.width, own.height), view, side);
    let style = floating.style();
    for (name, value) in [("--x", x), ("--y", y)] {
        if let Err(error) = style.set_property(name, &pixels(value)) {
            leptos::logging::error!("a popover could not be placed: {error:?}");
        }
    }
}

/// Hides a `popover` element; one that is hidden already stays so.
pub fn hide(floating: &HtmlElement) {
    let _hidden_already = floating.hide_popover();
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOW: (f64, f64) = (1000.0, 700.0);

    fn button(x: f64, y: f64) -> Area {
        Area { x, y, width: 80.0, height: 32.0 }
    }

    #[test]
    fn it_stands_below_its_anchor_where_there_is_room() {
        assert_eq!(corner(button(100.0, 100.0), (200.0, 300.0), WINDOW, Side::Below), (100.0, 136.0));
        assert_eq!(corner(button(300.0, 100.0), (200.0, 300.0), WINDOW, Side::BelowEnd), (180.0, 136.0));
    }

    #[test]
    fn it_turns_over_at_the_edge() {
        assert_eq!(corner(button(100.0, 600.0), (200.0, 300.0), WINDOW, Side::Below), (100.0, 296.0));
        assert_eq!(corner(button(100.0, 0.0), (90.0, 30.0), WINDOW, Side::AboveCentre), (95.0, 36.0));
        assert_eq!(corner(button(100.0, 300.0), (90.0, 30.0), WINDOW, Side::AboveCentre), (95.0, 266.0));
    }

    #[test]
    fn it_stays_inside_the_window() {
        assert_eq!(corner(button(950.0, 100.0), (200.0, 100.0), WINDOW, Side::Below), (792.0, 136.0));
        assert_eq!(corner(button(10.0, 100.0), (200.0, 100.0), WINDOW, Side::BelowEnd), (8.0, 136.0));
        let (x, y) = corner(button(10.0, 400.0), (2000.0, 2000.0), WINDOW, Side::Below);
        assert_eq!((x, y), (8.0, 8.0));
    }
}
