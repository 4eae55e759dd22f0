//! Ageing of open work: a dot per case over the zones of what finished cases took; counts where there are many.

use super::drawing::{Anchor, Drawing, text_width};
use super::scale::{Scale, ticks_from_zero};
use crate::format::{count, decimal};

/// One open case.
#[derive(Debug, Clone, PartialEq)]
pub struct AgeingDot {
    /// Its age in business hours.
    pub age: f64,
    /// Past due.
    pub late: bool,
    /// What is said of it: number, age.
    pub words: String,
}

/// Cases of one span of ages, where a dot each would be too many.
#[derive(Debug, Clone, PartialEq)]
pub struct AgeingBin {
    /// From, in business hours.
    pub from: f64,
    /// To.
    pub to: f64,
    /// How many.
    pub count: i64,
    /// Of these past due.
    pub late: i64,
    /// What is said of it.
    pub words: String,
}

/// One post.
#[derive(Debug, Clone, PartialEq)]
pub struct AgeingColumn {
    /// Name of the post.
    pub label: String,
    /// Percentiles 50, 70, 85, 95 of the ages at which finished cases left the post, in business hours; none where
    /// too few were finished.
    pub zones: Option<[f64; 4]>,
    /// Open cases.
    pub dots: Vec<AgeingDot>,
    /// Open cases in spans, where they are too many for dots.
    pub bins: Vec<AgeingBin>,
}

/// Columns of open cases by age. A mark stands at every dot and bin; its index counts the dots, then the bins, of the
/// first column, then those of the next.
#[derive(Debug, Clone, PartialEq)]
pub struct AgeingChart {
    /// The posts.
    pub columns: Vec<AgeingColumn>,
    /// Word for the unit of the axis.
    pub hours_word: String,
    /// Words for the upper ends of the zones: 50, 70, 85, 95.
    pub zone_words: [String; 4],
}

/// Distance of two dots, in pixels.
const DOT: f64 = 5.2;
/// Most dots beside each other; a column is never wider.
const MOST_BESIDE: u32 = 80;

impl AgeingChart {
    /// Draws it for a card of that width.
    pub fn draw(&self, width: f64, height: f64) -> Drawing {
        let mut drawing = Drawing::new(width, height);
        let ticks = ticks_from_zero(self.highest(), true);
        let axis = ticks.iter().map(|t| text_width(&decimal(*t, 0), 11.0)).fold(0.0, f64::max);
        let words = self.zone_words.iter().map(|w| text_width(w, 11.0)).fold(0.0, f64::max);
        let has_zones = self.columns.last().is_some_and(|column| column.zones.is_some());
        let right = if has_zones { width - words - 8.0 } else { width - 2.0 };
        let (left, top, bottom) = (axis + 8.0, 24.0, height - 24.0);
        let y = Scale::new((0.0, ticks.last().copied().unwrap_or(1.0)), (bottom, top));
        drawing.text("", (0.0, 10.0), Anchor::Start, &self.hours_word);
        #[expect(clippy::cast_precision_loss, reason = "a few columns")]
        let slot = (right - left) / (self.columns.len().max(1) as f64);
        #[expect(clippy::cast_precision_loss, reason = "a few columns")]
        let start = |c: usize| left + slot * c as f64;
        for (c, column) in self.columns.iter().enumerate() {
            let mut from = 0.0;
            for (zone, class) in column.zones.iter().flatten().zip(["z1", "z2", "z3", "z4"]) {
                let (low, high) = (y.within(from), y.within(*zone));
                drawing.rect(class, (start(c) + 3.0, high), (slot - 6.0, low - high), 0.0);
                from = zone.max(from);
            }
        }
        for (i, tick) in ticks.iter().enumerate() {
            drawing.line(if i == 0 { "ax" } else { "g" }, (left, y.at(*tick)), (right, y.at(*tick)));
            drawing.text("", (left - 6.0, y.at(*tick) + 4.0), Anchor::End, &decimal(*tick, 0));
        }
        let mut index = 0;
        for (c, column) in self.columns.iter().enumerate() {
            let middle = start(c) + slot / 2.0;
            drawing.text("ti", (middle, height - 6.0), Anchor::Middle, &column.label);
            draw_dots(&mut drawing, &column.dots, (middle, slot), y, index);
            index += column.dots.len();
            draw_bins(&mut drawing, &column.bins, (middle, slot), y, index);
            index += column.bins.len();
        }
        self.draw_zone_words(&mut drawing, y, right);
        drawing
    }

    /// The highest value on the axis. One case forgotten for months would press all others flat: zones and nine in
    /// ten of the cases have their place, what is older stands at the top and says its age.
    fn highest(&self) -> f64 {
        let zones = self.columns.iter().filter_map(|c| c.zones).map(|zones| zones[3]).fold(0.0, f64::max);
        let mut ages: Vec<f64> = Vec::new();
        for column in &self.columns {
            ages.extend(column.dots.iter().map(|dot| dot.age));
            ages.extend(
                column.bins.iter().flat_map(|bin| {
                    std::iter::repeat_n(bin.to, usize::try_from(bin.count).unwrap_or_default())
                }),
            );
        }
        ages.sort_by(f64::total_cmp);
        let at = (ages.len() * 9 / 10).min(ages.len().saturating_sub(1));
        let most = ages.get(at).copied().unwrap_or(0.0).max(zones * 1.25);
        ages.last().copied().unwrap_or(0.0).max(zones).min(most.max(1.0))
    }

    /// The percentiles are named at the right, where the last column has them.
    fn draw_zone_words(&self, drawing: &mut Drawing, y: Scale, right: f64) {
        let Some(zones) = self.columns.last().and_then(|column| column.zones) else { return };
        let wanted = zones.map(|zone| y.within(zone) + 4.0);
        let at = super::scale::spread(&wanted, 13.0, 16.0, drawing.height - 26.0);
        for (word, at) in self.zone_words.iter().zip(at) {
            drawing.text("", (right + 4.0, at), Anchor::Start, word);
        }
    }
}

/// Dots beside each other where their ages are close, in the middle first.
fn draw_dots(drawing: &mut Drawing, dots: &[AgeingDot], (middle, slot): (f64, f64), y: Scale, first: usize) {
    let mut order: Vec<usize> = (0..dots.len()).collect();
    order.sort_by(|&a, &b| dots[b].age.total_cmp(&dots[a].age));
    let mut placed: Vec<(f64, f64, usize)> = Vec::with_capacity(dots.len());
    for i in order {
        let at = y.within(dots[i].age);
        let taken: Vec<f64> =
            placed.iter().filter(|(_, h, _)| (h - at).abs() < DOT).map(|(x, ..)| *x).collect();
        let half = slot / 2.0 - 8.0;
        let free = (0..=MOST_BESIDE)
            .map(|k| f64::from(k.div_ceil(2)) * DOT * if k.is_multiple_of(2) { 1.0 } else { -1.0 })
            .filter(|dx| dx.abs() <= half)
            .find(|dx| taken.iter().all(|x| (x - (middle + dx)).abs() >= DOT - 0.01));
        // A full row puts its last dots over others; each still has its mark.
        placed.push((middle + free.unwrap_or(half), at, i));
    }
    let of = |late: bool| -> Vec<(f64, f64)> {
        placed.iter().filter(|(.., i)| dots[*i].late == late).map(|(x, h, _)| (*x, *h)).collect()
    };
    drawing.dots("f5", &of(false), 2.2);
    drawing.diamonds("fo", &of(true), 3.6);
    for (x, h, i) in placed {
        drawing.mark((x, h), first + i, dots[i].words.clone());
    }
}

/// Bars as wide as their count; the part past due is red and at the right.
fn draw_bins(drawing: &mut Drawing, bins: &[AgeingBin], (middle, slot): (f64, f64), y: Scale, first: usize) {
    let most = bins.iter().map(|bin| bin.count).max().unwrap_or(0).max(1);
    for (i, bin) in bins.iter().enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "counts of cases on a chart")]
        let (width, late) = (
            ((slot - 44.0).max(8.0) * bin.count as f64 / most as f64).max(2.0),
            bin.late as f64 / bin.count.max(1) as f64,
        );
        let (low, high) = (y.within(bin.from), y.within(bin.to));
        let tall = (low - high - 1.0).max(2.0);
        let x = middle - (slot - 44.0).max(8.0) / 2.0 - 10.0;
        drawing.rect("f4", (x, high + 0.5), (width * (1.0 - late), tall), 0.0);
        if late > 0.0 {
            drawing.rect("fo", (x + width * (1.0 - late), high + 0.5), (width * late, tall), 0.0);
        }
        if tall >= 10.0 {
            let at = (x + width + 4.0, f64::midpoint(low, high) + 4.0);
            drawing.text("halo", at, Anchor::Start, &count(bin.count));
        }
        drawing.mark((x + width / 2.0, f64::midpoint(low, high)), first + i, bin.words.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(ages: &[(f64, bool)], bins: Vec<AgeingBin>) -> AgeingChart {
        let dot = |&(age, late): &(f64, bool)| AgeingDot { age, late, words: format!("{age}") };
        let column = AgeingColumn {
            label: "录入".into(),
            zones: Some([1.0, 2.0, 4.0, 8.0]),
            dots: ages.iter().map(dot).collect(),
            bins,
        };
        AgeingChart {
            columns: vec![column],
            hours_word: "工作小时".into(),
            zone_words: ["P50", "P70", "P85", "P95"].map(Into::into),
        }
    }

    #[test]
    fn dots_of_one_age_stand_side_by_side() {
        let drawing =
            chart(&[(1.0, false), (1.0, false), (1.0, false), (9.0, true)], vec![]).draw(200.0, 280.0);
        assert_eq!(drawing.markup.matches("class=\"f5\"").count(), 1);
        assert_eq!(drawing.markup.matches("class=\"fo\"").count(), 1);
        let mut marks: Vec<_> = drawing.marks.iter().map(|mark| (mark.index, mark.label.as_str())).collect();
        marks.sort_unstable();
        assert_eq!(marks, [(0, "1"), (1, "1"), (2, "1"), (3, "9")]);
        insta::assert_snapshot!(drawing.markup);
    }

    #[test]
    fn a_crowd_comes_in_bins_and_keeps_the_page_small() {
        let bins = (0..24_i32)
            .map(|i| AgeingBin {
                from: f64::from(i),
                to: f64::from(i + 1),
                count: 200,
                late: 20,
                words: String::new(),
            })
            .collect();
        let drawing = chart(&[], bins).draw(200.0, 280.0);
        assert_eq!(drawing.marks.len(), 24);
        assert!(drawing.markup.lines().count() < 120);
    }

    #[test]
    fn an_empty_post_has_its_zones_and_its_name() {
        let drawing = chart(&[], vec![]).draw(200.0, 280.0);
        assert!(drawing.markup.contains("class=\"z4\"") && drawing.markup.contains("录入"));
        assert!(!drawing.markup.contains("NaN"));
    }

    #[test]
    fn one_forgotten_case_does_not_press_the_others_flat() {
        let mut ages: Vec<(f64, bool)> = (0..40).map(|i| (f64::from(i) / 10.0, false)).collect();
        ages.push((900.0, true));
        assert!(chart(&ages, vec![]).highest() < 12.0);
        assert!((chart(&[(900.0, true)], vec![]).highest() - 900.0).abs() < 1e-9);
    }
}
