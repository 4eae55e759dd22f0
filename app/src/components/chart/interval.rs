//! One estimate with its interval and a tick at the target: what stands under the figure of a tile.

use super::drawing::Drawing;
use super::scale::Scale;

/// A rate, its 95 % interval and its target on one line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct IntervalStrip {
    /// Left end of the scale.
    pub from: f64,
    /// Right end of the scale.
    pub to: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
    /// The estimate.
    pub value: f64,
    /// The target, if there is one.
    pub target: Option<f64>,
}

impl IntervalStrip {
    /// A strip whose scale begins at zero and has some room beyond interval and target.
    pub fn from_zero(low: f64, high: f64, value: f64, target: Option<f64>) -> Self {
        let to = high.max(target.unwrap_or(0.0)) * 1.3;
        Self { from: 0.0, to: if to > 0.0 { to } else { 1.0 }, low, high, value, target }
    }

    /// Draws it; 22 pixels high.
    pub fn draw(&self, width: f64) -> Drawing {
        let mut drawing = Drawing::new(width, 22.0);
        let x = Scale::new((self.from, self.to), (4.0, width - 4.0));
        drawing.line("g", (4.0, 11.0), (width - 4.0, 11.0));
        let (low, high) = (x.within(self.low), x.within(self.high));
        drawing.rect("f2", (low, 8.0), ((high - low).max(2.0), 6.0), 3.0);
        drawing.dots("fa", &[(x.within(self.value), 11.0)], 4.5);
        if let Some(target) = self.target {
            drawing.line("lim2", (x.within(target), 2.0), (x.within(target), 20.0));
        }
        drawing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leaves_the_strip() {
        let strip = IntervalStrip { from: 0.0, to: 1.0, low: -1.0, high: 5.0, value: 2.0, target: Some(9.0) };
        insta::assert_snapshot!(strip.draw(200.0).markup);
    }

    #[test]
    fn no_errors_at_all_still_has_a_scale() {
        assert!((IntervalStrip::from_zero(0.0, 0.0, 0.0, None).to - 1.0).abs() < 1e-9);
    }
}
