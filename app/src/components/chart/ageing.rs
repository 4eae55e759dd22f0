//! Ageing of open work: a dot per case over the zones of what finished cases took.

use super::drawing::{Anchor, Drawing, text_width};
use super::scale::{Scale, ticks_from_zero};
use crate::format::{count, decimal};

/// One post.
#[derive(Debug, Clone, PartialEq)]
pub struct AgeingColumn {
    /// Name of the post.
    pub label: String,
    /// Percentiles 50, 70, 85, 95 of the last 90 days' finished visits, in business hours.
    pub zones: [f64; 4],
    /// Age of each open case in business hours.
    pub ages: Vec<f64>,
    /// What is said of the column: how many, how many of them late.
    pub words: String,
}

/// Columns of open cases by age.
#[derive(Debug, Clone, PartialEq)]
pub struct AgeingChart {
    /// The posts.
    pub columns: Vec<AgeingColumn>,
    /// Word for the unit of the axis.
    pub hours_word: String,
}

/// Above this many cases a column is binned with counts, so that a page keeps few elements and dots stay apart.
pub const MOST_DOTS: usize = 120;
/// Distance of two dots, in pixels.
const DOT: f64 = 5.2;
/// Most dots beside each other; a column is never wider.
const MOST_BESIDE: u32 = 80;

impl AgeingChart {
    /// Draws it for a card of that width.
    pub fn draw(&self, width: f64, height: f64) -> Drawing {
        let mut drawing = Drawing::new(width, height);
        let oldest = self.columns.iter().flat_map(|c| c.ages.iter().chain(&c.zones[3..])).copied();
        let ticks = ticks_from_zero(oldest.fold(0.0, f64::max), true);
        let axis = ticks.iter().map(|t| text_width(&decimal(*t, 0), 11.0)).fold(0.0, f64::max);
        let (left, right, top, bottom) = (axis + 8.0, width - 2.0, 16.0, height - 24.0);
        let y = Scale::new((0.0, ticks.last().copied().unwrap_or(1.0)), (bottom, top));
        drawing.text("", (0.0, 10.0), Anchor::Start, &self.hours_word);
        #[expect(clippy::cast_precision_loss, reason = "a few columns")]
        let slot = (right - left) / (self.columns.len().max(1) as f64);
        for (c, column) in self.columns.iter().enumerate() {
            #[expect(clippy::cast_precision_loss, reason = "a few columns")]
            let x = left + slot * c as f64 + 3.0;
            let mut from = 0.0;
            for (zone, class) in column.zones.iter().zip(["z1", "z2", "z3", "z4"]) {
                let (low, high) = (y.within(from), y.within(*zone));
                drawing.rect(class, (x, high), (slot - 6.0, low - high), 0.0);
                from = zone.max(from);
            }
        }
        for (i, tick) in ticks.iter().enumerate() {
            drawing.line(if i == 0 { "ax" } else { "g" }, (left, y.at(*tick)), (right, y.at(*tick)));
            drawing.text("", (left - 6.0, y.at(*tick) + 4.0), Anchor::End, &decimal(*tick, 0));
        }
        for (c, column) in self.columns.iter().enumerate() {
            #[expect(clippy::cast_precision_loss, reason = "a few columns")]
            let middle = left + slot * (c as f64 + 0.5);
            drawing.text("ti", (middle, height - 6.0), Anchor::Middle, &column.label);
            if column.ages.len() > MOST_DOTS {
                draw_bins(&mut drawing, column, (middle, slot), y, &ticks, c);
            } else {
                draw_dots(&mut drawing, column, (middle, slot), y, c);
            }
        }
        drawing
    }
}

/// Dots beside each other where their ages are close, in the middle first.
fn draw_dots(
    drawing: &mut Drawing,
    column: &AgeingColumn,
    (middle, slot): (f64, f64),
    y: Scale,
    index: usize,
) {
    let mut heights: Vec<f64> = column.ages.iter().map(|age| y.within(*age)).collect();
    heights.sort_by(f64::total_cmp);
    let late = y.within(column.zones[3]);
    let mut placed: Vec<(f64, f64)> = Vec::with_capacity(heights.len());
    for at in heights {
        let taken: Vec<f64> = placed.iter().filter(|(_, h)| (h - at).abs() < DOT).map(|(x, _)| *x).collect();
        let half = slot / 2.0 - 8.0;
        let free = (0..=MOST_BESIDE)
            .map(|k| f64::from(k.div_ceil(2)) * DOT * if k.is_multiple_of(2) { 1.0 } else { -1.0 })
            .filter(|dx| dx.abs() <= half)
            .find(|dx| taken.iter().all(|x| (x - (middle + dx)).abs() >= DOT - 0.01));
        // A full row puts its last dots over others: they are then counted by the mark's words, not by eye.
        placed.push((middle + free.unwrap_or(half), at));
    }
    let (over, within): (Vec<_>, Vec<_>) = placed.into_iter().partition(|(_, h)| *h < late);
    drawing.dots("f5", &within, 2.2);
    drawing.diamonds("fo", &over, 3.6);
    let top = over.first().or(within.first()).map_or(y.at(0.0), |(_, h)| *h);
    drawing.mark((middle, top), index, column.words.clone());
}

/// Bars by age between two ticks, with their counts.
fn draw_bins(
    drawing: &mut Drawing,
    column: &AgeingColumn,
    (middle, slot): (f64, f64),
    y: Scale,
    ticks: &[f64],
    index: usize,
) {
    let step = ticks.get(1).copied().unwrap_or(1.0) / 4.0;
    let bins = ticks.len().saturating_sub(1) * 4;
    let mut counts = vec![0_i64; bins.max(1)];
    for age in &column.ages {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "cut to the bins there are"
        )]
        let bin = ((age / step).max(0.0) as usize).min(counts.len() - 1);
        counts[bin] += 1;
    }
    let most = counts.iter().copied().max().unwrap_or(0).max(1);
    for (i, n) in counts.iter().enumerate().filter(|(_, n)| **n > 0) {
        #[expect(clippy::cast_precision_loss, reason = "counts of cases on a chart")]
        let (from, width) = (step * i as f64, (slot - 40.0).max(8.0) * *n as f64 / most as f64);
        let (low, high) = (y.within(from), y.within(from + step));
        let class = if from >= column.zones[3] { "fo" } else { "f4" };
        drawing.rect(class, (middle - width / 2.0, high + 1.0), (width.max(2.0), low - high - 2.0), 1.0);
        if low - high >= 11.0 {
            drawing.text(
                "halo",
                (middle + slot / 2.0 - 6.0, f64::midpoint(low, high) + 4.0),
                Anchor::End,
                &count(*n),
            );
        }
    }
    drawing.mark((middle, y.within(column.zones[3])), index, column.words.clone());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(ages: Vec<f64>) -> AgeingChart {
        let words = format!("录入 {} 件", ages.len());
        let column = AgeingColumn { label: "录入".into(), zones: [1.0, 2.0, 4.0, 8.0], ages, words };
        AgeingChart { columns: vec![column], hours_word: "工作小时".into() }
    }

    #[test]
    fn dots_of_one_age_stand_side_by_side() {
        let drawing = chart(vec![1.0, 1.0, 1.0, 9.0]).draw(200.0, 280.0);
        assert_eq!(drawing.markup.matches("class=\"f5\"").count(), 1);
        assert_eq!(drawing.markup.matches("class=\"fo\"").count(), 1);
        assert_eq!(drawing.marks[0].label, "录入 4 件");
        insta::assert_snapshot!(drawing.markup);
    }

    #[test]
    fn a_crowd_is_binned_and_keeps_the_page_small() {
        let ages: Vec<f64> = (0..5000).map(|i| f64::from(i % 97) / 10.0).collect();
        let drawing = chart(ages).draw(200.0, 280.0);
        assert!(drawing.markup.lines().count() < 60);
    }

    #[test]
    fn an_empty_post_has_its_zones_and_its_name() {
        let drawing = chart(vec![]).draw(200.0, 280.0);
        assert!(drawing.markup.contains("class=\"z4\"") && drawing.markup.contains("录入"));
        assert!(!drawing.markup.contains("NaN"));
    }
}
