//! Stacked areas: the cumulative flow of posts over days.

use super::Format;
use super::drawing::{Anchor, Drawing, area};
use super::line::TimeAxis;
use super::scale::{Scale, spread, ticks_from_zero};
use crate::components::chart::drawing::text_width;

/// One layer, from the bottom up.
#[derive(Debug, Clone, PartialEq)]
pub struct Layer {
    /// Its name, at the right end.
    pub label: String,
    /// Its value at each time of the chart.
    pub values: Vec<f64>,
}

/// Layers over common times.
#[derive(Debug, Clone)]
pub struct StackedChart {
    /// The horizontal axis.
    pub time: TimeAxis,
    /// The times the values are of.
    pub times: Vec<f64>,
    /// Layers from the bottom up, at most five.
    pub layers: Vec<Layer>,
    /// What is said of each time: the parts by name.
    pub words: Vec<String>,
    /// How values are written.
    pub format: Format,
}

impl StackedChart {
    /// Draws it for a card of that width.
    pub fn draw(&self, width: f64, height: f64) -> Drawing {
        let mut drawing = Drawing::new(width, height);
        let mut edges = vec![vec![0.0; self.times.len()]];
        for layer in &self.layers {
            let below = edges.last().cloned().unwrap_or_default();
            let at = |i: usize| layer.values.get(i).copied().unwrap_or(0.0);
            edges.push(below.iter().enumerate().map(|(i, v)| v + at(i)).collect());
        }
        let highest = edges.last().into_iter().flatten().copied().fold(0.0, f64::max);
        let ticks = ticks_from_zero(highest, true);
        let axis = ticks.iter().map(|t| text_width(&(self.format)(*t), 11.0)).fold(0.0, f64::max);
        let words = self.layers.iter().map(|l| text_width(&l.label, 12.0)).fold(0.0, f64::max);
        let (left, right, top, bottom) = (axis + 6.0, width - words - 14.0, 12.0, height - 24.0);
        let x = Scale::new((self.time.from, self.time.to), (left, right));
        let y = Scale::new((0.0, ticks.last().copied().unwrap_or(1.0)), (bottom, top));
        let line = |edge: &[f64]| -> Vec<(f64, f64)> {
            self.times.iter().zip(edge).map(|(t, v)| (x.at(*t), y.at(*v))).collect()
        };
        for (i, pair) in edges.windows(2).enumerate() {
            drawing.path(["f1", "f2", "f3", "f4", "f5"][i.min(4)], &area(&line(&pair[1]), &line(&pair[0])));
        }
        for (i, tick) in ticks.iter().enumerate() {
            drawing.line(if i == 0 { "ax" } else { "g" }, (left, y.at(*tick)), (right, y.at(*tick)));
            drawing.text("", (left - 6.0, y.at(*tick) + 4.0), Anchor::End, &(self.format)(*tick));
        }
        for (at, word) in &self.time.ticks {
            drawing.text("", (x.at(*at), height - 6.0), Anchor::Middle, word);
        }
        let ends: Vec<f64> = edges
            .windows(2)
            .map(|pair| match (pair[0].last(), pair[1].last()) {
                (Some(low), Some(high)) => y.at(f64::midpoint(*low, *high)) + 4.0,
                _ => bottom,
            })
            .collect();
        for (layer, at) in self.layers.iter().zip(spread(&ends, 15.0, top + 4.0, bottom)) {
            drawing.text("tx", (right + 8.0, at), Anchor::Start, &layer.label);
        }
        for (i, t) in self.times.iter().enumerate() {
            let total = edges.last().and_then(|e| e.get(i)).copied().unwrap_or(0.0);
            let words = self.words.get(i).cloned().unwrap_or_else(|| (self.format)(total));
            drawing.mark((x.at(*t), y.at(total)), i, words);
        }
        drawing
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::decimal;

    #[test]
    fn layers_stand_on_each_other() {
        let layer = |label: &str, values: &[f64]| Layer { label: label.into(), values: values.to_vec() };
        let chart = StackedChart {
            time: TimeAxis { from: 0.0, to: 2.0, ticks: vec![(0.0, "03-16".into()), (2.0, "03-18".into())] },
            times: vec![0.0, 1.0, 2.0],
            layers: vec![layer("装订", &[5.0, 6.0, 7.0]), layer("复核", &[10.0, 12.0, 9.0])],
            words: vec!["a".into(), "装订 6，复核 12".into(), "c".into()],
            format: |v| decimal(v, 0),
        };
        let drawing = chart.draw(400.0, 180.0);
        assert_eq!(drawing.marks[1].label, "装订 6，复核 12");
        insta::assert_snapshot!(drawing.markup);
    }
}
