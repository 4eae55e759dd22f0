//! Rates of groups side by side, each a point with its interval: no order of merit, no bare number.

use super::Format;
use super::drawing::{Anchor, Drawing, text_width};
use super::scale::{Scale, ticks_between, ticks_from_zero};

/// One group.
#[derive(Debug, Clone, PartialEq)]
pub struct RangeRow {
    /// Short code, in grey.
    pub code: String,
    /// What it is.
    pub name: String,
    /// The estimate; none where nothing was checked.
    pub value: Option<f64>,
    /// Lower end of its interval.
    pub low: f64,
    /// Upper end of its interval.
    pub high: f64,
    /// The figure at the right: `0.42%`, `至多 6.05%`.
    pub figure: String,
    /// Its counts, in grey before the figure: `6 / 1,436`.
    pub counts: String,
    /// What is said of it in whole.
    pub words: String,
}

/// Groups in the order given.
#[derive(Debug, Clone)]
pub struct RangeChart {
    /// The groups.
    pub rows: Vec<RangeRow>,
    /// The axis begins at zero and ends above the highest interval; else it begins below the lowest and ends at one.
    pub from_zero: bool,
    /// The rate of all together: a line through the rows.
    pub whole: Option<f64>,
    /// How rates are written on the axis.
    pub format: Format,
}

/// Height of a row in pixels.
const ROW: f64 = 24.0;
/// Room for the axis below the rows.
const AXIS: f64 = 22.0;

impl RangeChart {
    /// The height it needs, in pixels.
    pub fn height(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a few dozen rows")]
        let rows = self.rows.len() as f64;
        rows * ROW + AXIS + 4.0
    }

    /// Draws it for a card of that width; its height is its own.
    pub fn draw(&self, width: f64) -> Drawing {
        let mut drawing = Drawing::new(width, self.height());
        let widest = |of: fn(&RangeRow) -> &str, size: f64| {
            self.rows.iter().map(|row| text_width(of(row), size)).fold(0.0, f64::max)
        };
        let code = widest(|row| &row.code, 11.0);
        let code = if code > 0.0 { code + 8.0 } else { 0.0 };
        let name = widest(|row| &row.name, 12.0).min(width * 0.34 - code);
        let figure = widest(|row| &row.figure, 12.0) + 8.0;
        let counts = widest(|row| &row.counts, 11.0) + 12.0;
        // Counts stand in the words of the mark and in the table too: a narrow card drops them.
        let counts = if width < 380.0 { 0.0 } else { counts };
        let (left, right) = (code + name + 14.0, width - figure - counts - 4.0);
        let ticks = self.ticks();
        let ends = (ticks.first().copied().unwrap_or(0.0), ticks.last().copied().unwrap_or(1.0));
        let x = Scale::new(ends, (left, right));
        let bottom = drawing.height - AXIS;
        for (i, tick) in ticks.iter().enumerate() {
            drawing.line(if i == 0 { "ax" } else { "g" }, (x.at(*tick), 2.0), (x.at(*tick), bottom));
        }
        // Every other word goes where two would touch.
        let word = ticks.iter().map(|tick| text_width(&(self.format)(*tick), 11.0)).fold(0.0, f64::max) + 8.0;
        #[expect(clippy::cast_precision_loss, reason = "a handful of ticks")]
        let crowded = word * ticks.len() as f64 > right - left + word;
        for (i, tick) in ticks.iter().enumerate().filter(|(i, _)| !crowded || i.is_multiple_of(2)) {
            let anchor = if i == 0 && self.from_zero { Anchor::Start } else { Anchor::Middle };
            drawing.text("", (x.at(*tick), bottom + 14.0), anchor, &(self.format)(*tick));
        }
        if let Some(whole) = self.whole {
            drawing.line("lim2", (x.within(whole), 2.0), (x.within(whole), bottom));
        }
        for (i, row) in self.rows.iter().enumerate() {
            #[expect(clippy::cast_precision_loss, reason = "a few dozen rows")]
            let middle = ROW * (i as f64 + 0.5);
            drawing.text("", (0.0, middle + 4.0), Anchor::Start, &row.code);
            drawing.text("tx", (code, middle + 4.0), Anchor::Start, &shorten(&row.name, name));
            if counts > 0.0 {
                drawing.text("", (width - figure, middle + 4.0), Anchor::End, &row.counts);
            }
            drawing.text("ti", (width, middle + 4.0), Anchor::End, &row.figure);
            let Some(value) = row.value else {
                drawing.mark((left, middle), i, row.words.clone());
                continue;
            };
            let (low, high) = (x.within(row.low), x.within(row.high));
            drawing.rect("f2", (low, middle - 3.0), ((high - low).max(2.0), 6.0), 3.0);
            drawing.dots("fa", &[(x.within(value), middle)], 4.0);
            drawing.mark((x.within(value), middle), i, row.words.clone());
        }
        drawing
    }

    fn ticks(&self) -> Vec<f64> {
        let known = || self.rows.iter().filter(|row| row.value.is_some());
        if self.from_zero {
            let mut ticks = ticks_from_zero(known().map(|row| row.high).fold(0.0, f64::max), false);
            // A rate has no values above one.
            ticks.retain(|tick| *tick <= 1.0 + 1e-9);
            return ticks;
        }
        let lowest = known().map(|row| row.low).fold(1.0, f64::min).clamp(0.0, 0.99);
        let inner = ticks_between(lowest, 1.0, 4, false);
        let step = inner.windows(2).map(|pair| pair[1] - pair[0]).next().unwrap_or(1.0 - lowest);
        let first = inner.first().copied().unwrap_or(lowest) - step;
        let mut ticks = vec![first.max(0.0)];
        ticks.extend(inner.into_iter().filter(|tick| *tick > first.max(0.0) + 1e-9));
        ticks
    }
}

/// As much of a name as there is room for.
fn shorten(name: &str, room: f64) -> String {
    if text_width(name, 12.0) <= room + 0.5 {
        return name.to_owned();
    }
    let mut kept = String::new();
    for c in name.chars() {
        if text_width(&kept, 12.0) + 20.0 > room {
            break;
        }
        kept.push(c);
    }
    kept + "…"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::percent;

    fn row(name: &str, value: Option<f64>, low: f64, high: f64) -> RangeRow {
        RangeRow {
            code: String::new(),
            name: name.into(),
            value,
            low,
            high,
            figure: value.map_or_else(|| "–".into(), percent),
            counts: "6 / 1,436".into(),
            words: name.into(),
        }
    }

    fn chart(rows: Vec<RangeRow>, from_zero: bool) -> RangeChart {
        RangeChart { rows, from_zero, whole: None, format: percent }
    }

    #[test]
    fn what_was_not_checked_has_a_row_and_no_point() {
        let rows = vec![row("录入岗", Some(0.01), 0.004, 0.021), row("保全岗", None, 0.0, 1.0)];
        let drawing = chart(rows, true).draw(420.0);
        assert_eq!(drawing.markup.matches("class=\"fa\"").count(), 1);
        assert_eq!(drawing.marks.len(), 2);
        insta::assert_snapshot!(drawing.markup);
    }

    #[test]
    fn no_axis_leaves_zero_to_one() {
        for (from_zero, low, high) in
            [(true, 0.0, 1.0), (true, 0.0, 0.93), (false, 0.0, 1.0), (false, 0.985, 1.0), (false, 1.0, 1.0)]
        {
            let ticks = chart(vec![row("x", Some(0.5), low, high)], from_zero).ticks();
            assert!(ticks.len() >= 2, "{ticks:?}");
            assert!(ticks.iter().all(|tick| (-1e-9..=1.0 + 1e-9).contains(tick)), "{ticks:?}");
            assert!(ticks[0] <= low + 1e-9 || from_zero, "{low} {ticks:?}");
        }
    }

    #[test]
    fn long_names_are_cut_and_never_overlap_the_points() {
        let name = "北京市朝阳区第三支公司保全作业中心";
        let drawing = chart(vec![row(name, Some(0.1), 0.05, 0.2)], true).draw(320.0);
        assert!(drawing.markup.contains('…'));
        assert!(shorten("短", 100.0) == "短");
    }
}
