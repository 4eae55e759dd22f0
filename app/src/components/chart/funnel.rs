//! Funnel: rates against their number of cases, with exact limits; only who is outside is named.

use super::Format;
use super::drawing::{Anchor, Drawing, area, polyline, text_width};
use super::scale::{Scale, spread, ticks_between, ticks_from_zero};
use crate::format::decimal;

/// The limits at one number of cases.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FunnelLimits {
    /// Number of cases.
    pub n: f64,
    /// Lower and upper limit at 95 %.
    pub inner: (f64, f64),
    /// Lower and upper limit at 99.8 %.
    pub outer: (f64, f64),
}

/// One person or unit.
#[derive(Debug, Clone, PartialEq)]
pub struct FunnelDot {
    /// Number of cases.
    pub n: f64,
    /// The rate.
    pub rate: f64,
    /// Name with figures; shown beside the dot where it is outside, else only at the mark.
    pub words: String,
    /// Where it lies.
    pub place: FunnelPlace,
}

/// Where a dot lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FunnelPlace {
    /// Inside both limits.
    Inside,
    /// Above the 95 % limit.
    Warn,
    /// Above the 99.8 % limit.
    High,
    /// Below the lower 99.8 % limit.
    Low,
}

/// Rates by number of cases.
#[derive(Debug, Clone)]
pub struct FunnelChart {
    /// Limits in rising order of n.
    pub limits: Vec<FunnelLimits>,
    /// The common rate.
    pub centre: f64,
    /// The dots, in any order; there is no ranking.
    pub dots: Vec<FunnelDot>,
    /// Words below the axis of n.
    pub n_words: String,
    /// How rates are written.
    pub format: Format,
}

impl FunnelChart {
    /// Draws it for a card of that width.
    pub fn draw(&self, width: f64, height: f64) -> Drawing {
        let mut drawing = Drawing::new(width, height);
        let limits = self.limits.iter().map(|l| l.outer.1);
        let highest = limits.chain(self.dots.iter().map(|d| d.rate)).fold(self.centre, f64::max);
        let ticks = ticks_from_zero(highest, false);
        let (left, right, top, bottom) = (40.0, width - 58.0, 12.0, height - 40.0);
        let (least, most) = match (self.limits.first(), self.limits.last()) {
            (Some(first), Some(last)) => (first.n, last.n),
            _ => (0.0, 1.0),
        };
        let x = Scale::new((least, most), (left, right));
        let y = Scale::new((0.0, ticks.last().copied().unwrap_or(1.0)), (bottom, top));
        for (i, tick) in ticks.iter().enumerate() {
            drawing.line(if i == 0 { "ax" } else { "g" }, (left, y.at(*tick)), (right, y.at(*tick)));
            drawing.text("", (left - 6.0, y.at(*tick) + 4.0), Anchor::End, &(self.format)(*tick));
        }
        for tick in ticks_between(least, most, 7, true) {
            drawing.text("", (x.at(tick), bottom + 18.0), Anchor::Middle, &decimal(tick, 0));
        }
        drawing.text("", (f64::midpoint(left, right), height - 4.0), Anchor::Middle, &self.n_words);
        let curve = |value: fn(&FunnelLimits) -> f64| -> Vec<(f64, f64)> {
            self.limits.iter().map(|l| (x.at(l.n), y.within(value(l)))).collect()
        };
        let (outer_high, outer_low) = (curve(|l| l.outer.1), curve(|l| l.outer.0));
        let (inner_high, inner_low) = (curve(|l| l.inner.1), curve(|l| l.inner.0));
        drawing.path("z1", &area(&outer_high, &outer_low));
        drawing.path("z2", &area(&inner_high, &inner_low));
        for (class, line) in
            [("lim2", &inner_high), ("lim2", &inner_low), ("lim", &outer_high), ("lim", &outer_low)]
        {
            drawing.path(class, &polyline(line));
        }
        drawing.line("lim", (left, y.at(self.centre)), (right, y.at(self.centre)));
        if let Some(last) = self.limits.last() {
            let wanted = [y.within(last.outer.1), y.within(last.inner.1), y.at(self.centre)].map(|v| v + 4.0);
            let words = ["99.8%".to_owned(), "95%".to_owned(), (self.format)(self.centre)];
            for ((at, text), class) in
                spread(&wanted, 14.0, top, bottom).into_iter().zip(words).zip(["", "", "ti"])
            {
                drawing.text(class, (right + 6.0, at), Anchor::Start, &text);
            }
        }
        self.draw_dots(&mut drawing, x, y, right);
        drawing
    }

    fn draw_dots(&self, drawing: &mut Drawing, x: Scale, y: Scale, right: f64) {
        let at = |d: &FunnelDot| (x.within(d.n), y.within(d.rate));
        let of = |place| self.dots.iter().filter(move |d| d.place == place).map(at).collect::<Vec<_>>();
        drawing.dots("pt", &of(FunnelPlace::Inside), 3.0);
        drawing.dots("fa", &of(FunnelPlace::Low), 3.5);
        drawing.diamonds("fq", &of(FunnelPlace::Warn), 4.0);
        drawing.diamonds("fo", &of(FunnelPlace::High), 5.0);
        for dot in self.dots.iter().filter(|d| d.place != FunnelPlace::Inside) {
            let (px, py) = at(dot);
            let fits = px + 9.0 + text_width(&dot.words, 12.0) < right + 50.0;
            let (dx, anchor) = if fits { (9.0, Anchor::Start) } else { (-9.0, Anchor::End) };
            let class = if dot.place == FunnelPlace::High { "to halo" } else { "ti halo" };
            drawing.text(class, (px + dx, py + 4.0), anchor, &dot.words);
        }
        let mut order: Vec<usize> = (0..self.dots.len()).collect();
        order.sort_by(|&a, &b| self.dots[a].n.total_cmp(&self.dots[b].n));
        for i in order {
            drawing.mark(at(&self.dots[i]), i, self.dots[i].words.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::percent;

    #[test]
    fn only_who_is_outside_is_named_on_the_chart() {
        let dot = |n, rate, words: &str, place| FunnelDot { n, rate, words: words.into(), place };
        let chart = FunnelChart {
            limits: vec![
                FunnelLimits { n: 300.0, inner: (0.0, 0.023), outer: (0.0, 0.033) },
                FunnelLimits { n: 960.0, inner: (0.004, 0.0175), outer: (0.001, 0.022) },
            ],
            centre: 0.0109,
            dots: vec![
                dot(505.0, 0.0297, "赵晴 2.97%，15 / 505", FunnelPlace::High),
                dot(480.0, 0.012, "林悦 1.20%", FunnelPlace::Inside),
                dot(415.0, 0.0218, "秦川 2.18%", FunnelPlace::Warn),
            ],
            n_words: "复核件数".into(),
            format: percent,
        };
        let drawing = chart.draw(482.0, 404.0);
        assert!(!drawing.markup.contains("林悦"));
        assert_eq!(
            drawing.marks.iter().map(|m| m.index).collect::<Vec<_>>(),
            [2, 1, 0],
            "from left to right"
        );
        insta::assert_snapshot!(drawing.markup);
    }
}
