//! Pareto: bars in falling order, cumulative shares as a column of figures, a cut where 80 % are reached.

use super::drawing::{Anchor, Drawing, text_width};
use super::scale::Scale;
use crate::format::{count, decimal};

/// One bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParetoRow {
    /// Short code, in grey.
    pub code: String,
    /// What it is.
    pub name: String,
    /// How many, or how many points.
    pub count: i64,
    /// What is said of it: what, how many, the share reached.
    pub words: String,
}

/// Bars in the order given, which is falling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParetoChart {
    /// The bars.
    pub rows: Vec<ParetoRow>,
    /// Words above the bars and above the shares.
    pub heads: [String; 2],
}

/// Height of a row in pixels.
const ROW: f64 = 22.0;

impl ParetoChart {
    /// The height it needs, in pixels.
    pub fn height(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a few dozen rows")]
        let rows = self.rows.len() as f64;
        22.0 + rows * ROW
    }

    /// How many rows reach 80 % of the whole.
    pub fn vital(&self) -> usize {
        let total = self.total();
        let mut sum = 0;
        for (i, row) in self.rows.iter().enumerate() {
            sum += row.count;
            if sum * 5 >= total * 4 && total > 0 {
                return i + 1;
            }
        }
        self.rows.len()
    }

    /// Draws it for a card of that width; its height is its own.
    pub fn draw(&self, width: f64) -> Drawing {
        let mut drawing = Drawing::new(width, self.height());
        let code = self.rows.iter().map(|r| text_width(&r.code, 11.0)).fold(0.0, f64::max);
        let name = self.rows.iter().map(|r| text_width(&r.name, 12.0)).fold(0.0, f64::max);
        let code = if code > 0.0 { code + 8.0 } else { 0.0 };
        let left = (code + name + 12.0).min(width * 0.45);
        let most = self.rows.iter().map(|r| r.count).max().unwrap_or(0).max(1);
        #[expect(clippy::cast_precision_loss, reason = "counts of findings")]
        let x = Scale::new((0.0, most as f64), (left, width - 92.0));
        drawing.text("", (left, 11.0), Anchor::Start, &self.heads[0]);
        drawing.text("", (width, 11.0), Anchor::End, &self.heads[1]);
        drawing.line("ax", (left, 20.0), (left, drawing.height - 2.0));
        let (vital, total) = (self.vital(), self.total().max(1));
        let mut sum = 0;
        for (i, row) in self.rows.iter().enumerate() {
            sum += row.count;
            #[expect(clippy::cast_precision_loss, reason = "counts of findings")]
            let (y, end, share) =
                (22.0 + ROW * i as f64, x.at(row.count as f64), sum as f64 / total as f64 * 100.0);
            let few = i < vital;
            drawing.text("", (0.0, y + 13.0), Anchor::Start, &row.code);
            drawing.text("tx", (code, y + 13.0), Anchor::Start, &row.name);
            drawing.rect(if few { "f4" } else { "f2" }, (left, y + 2.0), (end - left, 14.0), 2.0);
            drawing.text("ti", (end + 5.0, y + 13.0), Anchor::Start, &count(row.count));
            let words = format!("{}%", decimal(share, 0));
            drawing.text(if few { "ta" } else { "tx" }, (width, y + 13.0), Anchor::End, &words);
            drawing.mark((end, y + 9.0), i, row.words.clone());
        }
        if vital < self.rows.len() {
            #[expect(clippy::cast_precision_loss, reason = "a few dozen rows")]
            let y = 20.0 + ROW * vital as f64;
            drawing.line("lim2", (0.0, y), (width, y));
        }
        drawing
    }

    fn total(&self) -> i64 {
        self.rows.iter().map(|r| r.count).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(counts: &[i64]) -> ParetoChart {
        let row = |(i, count): (usize, &i64)| ParetoRow {
            code: format!("E{:02}", i + 1),
            name: "录入内容错误".into(),
            count: *count,
            words: format!("{count}"),
        };
        ParetoChart {
            rows: counts.iter().enumerate().map(row).collect(),
            heads: ["件数".into(), "累计".into()],
        }
    }

    #[test]
    fn the_cut_stands_where_four_fifths_are_reached() {
        assert_eq!(chart(&[70, 47, 31, 26, 21, 16, 12, 10, 8, 6, 4, 4, 2, 1]).vital(), 6);
        assert_eq!(chart(&[5]).vital(), 1);
        assert_eq!(chart(&[0, 0]).vital(), 2);
        assert_eq!(chart(&[]).vital(), 0);
    }

    #[test]
    fn bars_and_shares_are_drawn() {
        insta::assert_snapshot!(chart(&[70, 20, 10]).draw(482.0).markup);
    }
}
