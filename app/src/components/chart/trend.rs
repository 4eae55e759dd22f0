//! A rate per period with its interval: never a bare line between points that may be noise.

use super::Format;
use super::drawing::{Anchor, Drawing, text_width};
use super::scale::{Scale, ticks_from_zero};

/// One period.
#[derive(Debug, Clone, PartialEq)]
pub struct TrendPoint {
    /// The period in words.
    pub label: String,
    /// The estimate; none where nothing was checked.
    pub value: Option<f64>,
    /// Lower end of its interval.
    pub low: f64,
    /// Upper end of its interval.
    pub high: f64,
    /// What is said of it: `6 / 1,436 件，95% 区间 0.19–0.91%`.
    pub words: String,
}

/// Estimates with intervals over periods.
#[derive(Debug, Clone)]
pub struct TrendChart {
    /// In order of time.
    pub points: Vec<TrendPoint>,
    /// The target and its words.
    pub target: Option<(f64, String)>,
    /// How rates are written.
    pub format: Format,
}

impl TrendChart {
    /// Draws it for a card of that width.
    pub fn draw(&self, width: f64, height: f64) -> Drawing {
        let mut drawing = Drawing::new(width, height);
        let with_value = self.points.iter().filter(|p| p.value.is_some());
        let highest = with_value.map(|p| p.high).chain(self.target.iter().map(|t| t.0)).fold(0.0, f64::max);
        let ticks = ticks_from_zero(highest, false);
        let axis = ticks.iter().map(|t| text_width(&(self.format)(*t), 11.0)).fold(0.0, f64::max);
        // The target's words stand beside its line, where no point can be under them.
        let beside = self.target.iter().map(|t| text_width(&t.1, 11.0) + 12.0).fold(8.0, f64::max);
        let (left, right, top, bottom) = (axis + 6.0, width - beside, 12.0, height - 24.0);
        let y = Scale::new((0.0, ticks.last().copied().unwrap_or(1.0)), (bottom, top));
        for (i, tick) in ticks.iter().enumerate() {
            drawing.line(if i == 0 { "ax" } else { "g" }, (left, y.at(*tick)), (right, y.at(*tick)));
            drawing.text("", (left - 6.0, y.at(*tick) + 4.0), Anchor::End, &(self.format)(*tick));
        }
        if let Some((target, words)) = &self.target {
            drawing.line("lim2", (left, y.at(*target)), (right, y.at(*target)));
            drawing.text("", (right + 6.0, y.at(*target) + 4.0), Anchor::Start, words);
        }
        #[expect(clippy::cast_precision_loss, reason = "a few dozen points")]
        let slot = (right - left) / (self.points.len().max(1) as f64);
        let widest = self.points.iter().map(|p| text_width(&p.label, 11.0)).fold(1.0, f64::max) + 12.0;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small and positive")]
        let every = (widest / slot).ceil().max(1.0) as usize;
        let mut dots = Vec::new();
        for (i, point) in self.points.iter().enumerate() {
            #[expect(clippy::cast_precision_loss, reason = "a few dozen points")]
            let x = left + slot * (i as f64 + 0.5);
            if (self.points.len() - 1 - i).is_multiple_of(every) {
                drawing.text("", (x, height - 6.0), Anchor::Middle, &point.label);
            }
            let Some(value) = point.value else { continue };
            let (low, high) = (y.within(point.low), y.within(point.high));
            drawing.rect("f2", (x - 2.0, high), (4.0, low - high), 2.0);
            dots.push((x, y.within(value)));
            drawing.mark((x, y.within(value)), i, format!("{} {}", point.label, point.words));
        }
        drawing.dots("fa", &dots, 4.0);
        drawing
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::percent;

    #[test]
    fn a_period_without_checks_is_a_gap_and_not_a_zero() {
        let point = |label: &str, value: Option<f64>| TrendPoint {
            label: label.into(),
            value,
            low: 0.002,
            high: 0.009,
            words: "6 / 1,436 件".into(),
        };
        let points = vec![point("1月", Some(0.004)), point("2月", None), point("3月", Some(0.005))];
        let chart = TrendChart { points, target: Some((0.005, "目标 0.50%".into())), format: percent };
        let drawing = chart.draw(400.0, 180.0);
        assert_eq!(drawing.marks.iter().map(|m| m.index).collect::<Vec<_>>(), [0, 2]);
        insta::assert_snapshot!(drawing.markup);
    }
}
