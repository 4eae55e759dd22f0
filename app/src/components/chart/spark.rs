//! A sparkline: the shape of a series in the height of a line of text.

use super::drawing::{Drawing, area, polyline};
use super::scale::Scale;

/// A short series from zero.
#[derive(Debug, Clone, PartialEq)]
pub struct Sparkline {
    /// Values in order of time, evenly spaced.
    pub values: Vec<f64>,
}

impl Sparkline {
    /// Draws it.
    pub fn draw(&self, width: f64, height: f64) -> Drawing {
        let mut drawing = Drawing::new(width, height);
        let highest = self.values.iter().copied().fold(0.0, f64::max).max(1e-9);
        #[expect(clippy::cast_precision_loss, reason = "a few dozen values")]
        let x = Scale::new((0.0, self.values.len().saturating_sub(1).max(1) as f64), (2.0, width - 4.0));
        let y = Scale::new((0.0, highest), (height - 2.0, 3.0));
        #[expect(clippy::cast_precision_loss, reason = "a few dozen values")]
        let points: Vec<_> =
            self.values.iter().enumerate().map(|(i, v)| (x.at(i as f64), y.at(*v))).collect();
        let Some(&last) = points.last() else { return drawing };
        let base: Vec<_> = points.iter().map(|(px, _)| (*px, height - 2.0)).collect();
        drawing.path("fs", &area(&points, &base));
        drawing.path("l", &polyline(&points));
        drawing.dots("fa", &[last], 2.5);
        drawing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_series_of_any_length_has_a_shape() {
        for values in [vec![], vec![3.0], vec![0.0, 0.0], vec![1.0, 4.0, 2.0]] {
            assert!(!Sparkline { values }.draw(80.0, 20.0).markup.contains("NaN"));
        }
    }
}
