//! Control charts: a rate per day against limits that follow its number of cases.

use super::Format;
use super::drawing::{Anchor, Drawing, area, polyline, steps, text_width};
use super::scale::{Scale, ticks_from_zero};

/// One day or lot.
#[derive(Debug, Clone, PartialEq)]
pub struct ControlPoint {
    /// When, in words.
    pub label: String,
    /// The rate.
    pub value: f64,
    /// Cases it is of.
    pub n: f64,
    /// Lower limit for that many cases.
    pub lower: f64,
    /// Upper limit for that many cases.
    pub upper: f64,
    /// What is said of it: date, value, counts.
    pub words: String,
    /// It is a signal: a diamond, with its words beside it.
    pub signal: bool,
}

/// A chart of rates with limits by n.
#[derive(Debug, Clone)]
pub struct ControlChart {
    /// In order of time.
    pub points: Vec<ControlPoint>,
    /// The centre line.
    pub centre: f64,
    /// Words at the right: upper limit, centre line, lower limit.
    pub limit_words: [String; 3],
    /// Words of the row of case numbers below.
    pub n_word: String,
    /// How rates are written.
    pub format: Format,
}

impl ControlChart {
    /// Draws it for a card of that width.
    pub fn draw(&self, width: f64, height: f64) -> Drawing {
        let mut drawing = Drawing::new(width, height);
        let highest = self.points.iter().map(|p| p.value.max(p.upper)).fold(self.centre, f64::max);
        let ticks = ticks_from_zero(highest, false);
        let axis = ticks.iter().map(|t| text_width(&(self.format)(*t), 11.0)).fold(0.0, f64::max);
        let words = self.limit_words.iter().map(|w| text_width(w, 12.0)).fold(0.0, f64::max);
        let (left, right) = (axis.max(text_width(&self.n_word, 11.0)) + 6.0, width - words - 8.0);
        let (top, bottom) = (14.0, height - 44.0);
        let y = Scale::new((0.0, ticks.last().copied().unwrap_or(1.0)), (bottom, top));
        for (i, tick) in ticks.iter().enumerate() {
            let at = y.at(*tick);
            drawing.line(if i == 0 { "ax" } else { "g" }, (left, at), (right, at));
            drawing.text("", (left - 6.0, at + 4.0), Anchor::End, &(self.format)(*tick));
        }
        if self.points.is_empty() {
            return drawing;
        }
        #[expect(clippy::cast_precision_loss, reason = "a few dozen points")]
        let slot = (right - left) / self.points.len() as f64;
        #[expect(clippy::cast_precision_loss, reason = "a few dozen points")]
        let x = |i: usize| left + slot * (i as f64 + 0.5);
        let line = |value: fn(&ControlPoint) -> f64| -> Vec<(f64, f64)> {
            self.points.iter().enumerate().map(|(i, p)| (x(i), y.within(value(p)))).collect()
        };
        let upper = steps(&line(|p| p.upper), slot / 2.0);
        let lower = steps(&line(|p| p.lower), slot / 2.0);
        drawing.path("z2", &area(&upper, &lower));
        drawing.path("lim2", &polyline(&upper));
        drawing.path("lim2", &polyline(&lower));
        drawing.line("lim", (left, y.at(self.centre)), (right, y.at(self.centre)));
        let values = line(|p| p.value);
        drawing.path("l", &polyline(&values));
        let (out, inside): (Vec<_>, Vec<_>) = (0..values.len()).partition(|&i| self.points[i].signal);
        drawing.dots("pt", &inside.iter().map(|&i| values[i]).collect::<Vec<_>>(), 3.0);
        drawing.diamonds("fo", &out.iter().map(|&i| values[i]).collect::<Vec<_>>(), 5.0);
        for &i in &out {
            let words = &self.points[i].words;
            let (at, fits) = (values[i], values[i].0 - left > text_width(words, 12.0) + 12.0);
            let (dx, anchor) = if fits { (-10.0, Anchor::End) } else { (10.0, Anchor::Start) };
            drawing.text("to halo", (at.0 + dx, at.1 - 2.0), anchor, words);
        }
        self.draw_words(&mut drawing, y, right);
        self.draw_dates(&mut drawing, (left, right), bottom, x);
        self.draw_counts(&mut drawing, height, slot, x);
        for (i, point) in self.points.iter().enumerate() {
            drawing.mark(values[i], i, point.words.clone());
        }
        drawing
    }

    fn draw_words(&self, drawing: &mut Drawing, y: Scale, right: f64) {
        let Some(last) = self.points.last() else { return };
        let [upper, centre, lower] = &self.limit_words;
        let wanted = [y.at(last.upper) + 4.0, y.at(self.centre) + 4.0, y.at(last.lower) + 4.0];
        let at = super::scale::spread(&wanted, 14.0, 14.0, drawing.height - 40.0);
        for ((text, at), class) in [upper, centre, lower].into_iter().zip(at).zip(["", "ti", ""]) {
            drawing.text(class, (right + 6.0, at), Anchor::Start, text);
        }
    }

    /// As many dates as fit, the last one always.
    fn draw_dates(
        &self,
        drawing: &mut Drawing,
        (left, right): (f64, f64),
        bottom: f64,
        x: impl Fn(usize) -> f64,
    ) {
        let widest = self.points.iter().map(|p| text_width(&p.label, 11.0)).fold(1.0, f64::max) + 16.0;
        let fit = ((right - left) / widest).floor().max(1.0);
        #[expect(clippy::cast_precision_loss, reason = "a few dozen points")]
        let count = self.points.len() as f64;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small and positive")]
        let every = (count / fit).ceil().max(1.0) as usize;
        for (i, point) in self.points.iter().enumerate() {
            if (self.points.len() - 1 - i).is_multiple_of(every) {
                drawing.text("", (x(i), bottom + 18.0), Anchor::Middle, &point.label);
            }
        }
    }

    fn draw_counts(&self, drawing: &mut Drawing, height: f64, slot: f64, x: impl Fn(usize) -> f64) {
        let most = self.points.iter().map(|p| p.n).fold(1.0, f64::max);
        drawing.text("", (0.0, height - 4.0), Anchor::Start, &self.n_word);
        for (i, point) in self.points.iter().enumerate() {
            let (w, h) = (slot * 0.62, 15.0 * point.n / most);
            drawing.rect("fn", (x(i) - w / 2.0, height - 2.0 - h), (w, h), 0.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::percent;

    fn chart() -> ControlChart {
        let point = |label: &str, value, n, words: &str| ControlPoint {
            label: label.into(),
            value,
            n,
            lower: 0.0,
            upper: 0.022,
            words: words.into(),
            signal: value > 0.022,
        };
        ControlChart {
            points: vec![
                point("03-10", 0.009, 980.0, "03-10，0.92%，9 / 980 件"),
                point("03-11", 0.0277, 975.0, "03-11，2.77%，27 / 975 件"),
                point("03-12", 0.012, 900.0, "03-12，1.22%，11 / 900 件"),
            ],
            centre: 0.0109,
            limit_words: ["上限 2.20".into(), "均值 1.09".into(), "下限 0.00".into()],
            n_word: "件数".into(),
            format: percent,
        }
    }

    #[test]
    fn points_outside_are_diamonds_with_their_words() {
        let drawing = chart().draw(690.0, 318.0);
        insta::assert_snapshot!(drawing.markup);
        assert_eq!(drawing.marks[1].label, "03-11，2.77%，27 / 975 件");
    }

    #[test]
    fn too_little_data_still_shows_the_axis() {
        let drawing = ControlChart { points: vec![], ..chart() }.draw(690.0, 318.0);
        assert!(drawing.markup.contains("class=\"ax\"") && drawing.marks.is_empty());
    }
}
