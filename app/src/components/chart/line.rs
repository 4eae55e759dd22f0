//! Lines over time: forecasts with a band, arrivals and completions of a day.

use super::Format;
use super::drawing::{Anchor, Drawing, area, polyline, text_width};
use super::scale::{Scale, spread, ticks_from_zero};

/// The horizontal axis: business hours or business days, closed time left out by whoever makes the values.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeAxis {
    /// First value.
    pub from: f64,
    /// Last value.
    pub to: f64,
    /// Values marked, with their words.
    pub ticks: Vec<(f64, String)>,
}

/// How a line looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineStyle {
    /// What the chart is about.
    Main,
    /// What it is compared with.
    Second,
    /// An earlier period.
    Ghost,
}

/// One line with its label at its end.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// How it looks.
    pub style: LineStyle,
    /// Time and value, in order.
    pub points: Vec<(f64, f64)>,
    /// Words at its end.
    pub label: String,
    /// Drawn as steps: the value changes at the moment, not between moments.
    pub stepped: bool,
}

/// Lines over a common axis, from zero.
#[derive(Debug, Clone)]
pub struct LineChart {
    /// The horizontal axis.
    pub time: TimeAxis,
    /// The lines, at most five.
    pub lines: Vec<Line>,
    /// An interval: time, lower, upper.
    pub band: Vec<(f64, f64, f64)>,
    /// *Now*, where the plumb line hangs.
    pub now: Option<f64>,
    /// Where a forecast ends.
    pub horizon: Option<f64>,
    /// A target and its words.
    pub target: Option<(f64, String)>,
    /// What is said at each point of the main line: when and how many.
    pub words: Vec<String>,
    /// Values are counts: no half ticks.
    pub whole: bool,
    /// How values are written.
    pub format: Format,
}

impl LineChart {
    /// Draws it for a card of that width.
    pub fn draw(&self, width: f64, height: f64) -> Drawing {
        let mut drawing = Drawing::new(width, height);
        let band_top = self.band.iter().map(|b| b.2);
        let line_top = self.lines.iter().flat_map(|l| l.points.iter().map(|p| p.1));
        let highest = band_top.chain(line_top).chain(self.target.iter().map(|t| t.0)).fold(0.0, f64::max);
        let ticks = ticks_from_zero(highest, self.whole);
        let axis = ticks.iter().map(|t| text_width(&(self.format)(*t), 11.0)).fold(0.0, f64::max);
        let labels = self.end_labels().into_iter().map(|(_, _, text)| text_width(&text, 12.0) + 8.0);
        // Labels stand beside the end of their line; where it ends early there is room inside the frame.
        let right = if self.now.is_some_and(|now| now < self.time.to * 0.7 + self.time.from * 0.3) {
            self.ghost_label_width()
        } else {
            labels.fold(self.ghost_label_width(), f64::max)
        };
        let beside = self.target.iter().map(|t| text_width(&t.1, 11.0) + 12.0).fold(8.0, f64::max);
        let (left, right) = (axis + 6.0, width - right.max(beside));
        let (top, bottom) = (12.0, height - 24.0);
        let x = Scale::new((self.time.from, self.time.to), (left, right));
        let y = Scale::new((0.0, ticks.last().copied().unwrap_or(1.0)), (bottom, top));

        for (i, tick) in ticks.iter().enumerate() {
            let at = y.at(*tick);
            drawing.line(if i == 0 { "ax" } else { "g" }, (left, at), (right, at));
            drawing.text("", (left - 6.0, at + 4.0), Anchor::End, &(self.format)(*tick));
        }
        for (at, word) in &self.time.ticks {
            drawing.text("", (x.at(*at), height - 6.0), Anchor::Middle, word);
        }
        let upper: Vec<_> = self.band.iter().map(|&(t, _, high)| (x.at(t), y.at(high))).collect();
        let lower: Vec<_> = self.band.iter().map(|&(t, low, _)| (x.at(t), y.at(low))).collect();
        if !upper.is_empty() {
            drawing.path("fs", &area(&upper, &lower));
        }
        if let Some((value, word)) = &self.target {
            drawing.line("lim2", (left, y.at(*value)), (right, y.at(*value)));
            drawing.text("", (right + 6.0, y.at(*value) + 4.0), Anchor::Start, word);
        }
        for line in &self.lines {
            let class = match line.style {
                LineStyle::Main => "l",
                LineStyle::Second => "l2",
                LineStyle::Ghost => "l3",
            };
            let points: Vec<_> = line.points.iter().map(|&(t, v)| (x.at(t), y.at(v))).collect();
            drawing.path(class, &polyline(&if line.stepped { corners(&points) } else { points }));
        }
        if let Some(horizon) = self.horizon {
            drawing.line("lim2", (x.at(horizon), top), (x.at(horizon), bottom));
        }
        if let Some(now) = self.now {
            drawing.plumb(x.at(now), top - 4.0, bottom + 1.0);
        }
        self.draw_end_labels(&mut drawing, x, y, (top, bottom));
        if let Some(main) = self.lines.iter().find(|l| l.style == LineStyle::Main) {
            if let (Some(_), Some(&(t, v))) = (self.horizon, main.points.last()) {
                drawing.dots("pt", &[(x.at(t), y.at(v))], 3.5);
            }
            for (i, &(t, v)) in main.points.iter().enumerate() {
                let words = self.words.get(i).cloned().unwrap_or_else(|| (self.format)(v));
                drawing.mark((x.at(t), y.at(v)), i, words);
            }
        }
        drawing
    }

    /// The end of each line that has words: line, point, words.
    fn end_labels(&self) -> Vec<(usize, (f64, f64), String)> {
        let ends = self.lines.iter().enumerate();
        ends.filter(|(_, l)| !l.label.is_empty() && l.style != LineStyle::Ghost)
            .filter_map(|(i, l)| l.points.last().map(|&p| (i, p, l.label.clone())))
            .collect()
    }

    fn ghost_label_width(&self) -> f64 {
        let ghosts = self.lines.iter().filter(|l| l.style == LineStyle::Ghost);
        ghosts.map(|l| text_width(&l.label, 11.0) + 8.0).fold(0.0, f64::max)
    }

    fn draw_end_labels(&self, drawing: &mut Drawing, x: Scale, y: Scale, (top, bottom): (f64, f64)) {
        let ends = self.end_labels();
        let wanted: Vec<f64> = ends.iter().map(|(_, (_, v), _)| y.at(*v) + 4.0).collect();
        for ((i, (t, _), text), at) in ends.iter().zip(spread(&wanted, 15.0, top + 4.0, bottom)) {
            let class = if self.lines[*i].style == LineStyle::Main { "ta halo" } else { "ti halo" };
            drawing.text(class, (x.at(*t) + 8.0, at), Anchor::Start, text);
        }
        for ghost in self.lines.iter().filter(|l| l.style == LineStyle::Ghost) {
            if let Some(&(t, v)) = ghost.points.last() {
                drawing.text("", (x.at(t) + 6.0, y.at(v) + 4.0), Anchor::Start, &ghost.label);
            }
        }
    }
}

/// The corners of a line that keeps its value until the next point.
fn corners(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut out = Vec::with_capacity(points.len() * 2);
    for pair in points.windows(2) {
        out.push(pair[0]);
        out.push((pair[1].0, pair[0].1));
    }
    out.extend(points.last());
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::decimal;

    fn whole(v: f64) -> String {
        decimal(v, 0)
    }

    fn forecast() -> LineChart {
        let hours = [(14.5, "14:30"), (15.0, "15:00"), (16.0, "16:00"), (17.0, "17:00")];
        LineChart {
            time: TimeAxis {
                from: 14.5,
                to: 17.5,
                ticks: hours.iter().map(|(t, w)| (*t, (*w).to_owned())).collect(),
            },
            lines: vec![Line {
                style: LineStyle::Main,
                points: vec![(14.5, 0.0), (16.0, 5.0), (17.5, 12.0)],
                label: "12".into(),
                stepped: false,
            }],
            band: vec![(14.5, 0.0, 0.0), (17.5, 8.0, 17.0)],
            now: Some(14.5),
            horizon: Some(17.5),
            target: None,
            words: ["14:30 0 件", "16:00 5 件", "17:30 12 件"].map(Into::into).to_vec(),
            whole: true,
            format: whole,
        }
    }

    #[test]
    fn a_forecast_is_drawn_from_now_to_its_horizon() {
        insta::assert_snapshot!(forecast().draw(350.0, 150.0).markup);
    }

    #[test]
    fn every_point_can_be_reached_and_says_when_and_how_many() {
        let drawing = forecast().draw(350.0, 150.0);
        let labels: Vec<_> = drawing.marks.iter().map(|m| m.label.as_str()).collect();
        assert_eq!(labels, ["14:30 0 件", "16:00 5 件", "17:30 12 件"]);
        assert!(drawing.marks.iter().all(|m| (0.0..=350.0).contains(&m.x) && (0.0..=150.0).contains(&m.y)));
    }

    #[test]
    fn an_empty_chart_keeps_its_axis() {
        let drawing = LineChart { lines: vec![], band: vec![], ..forecast() }.draw(350.0, 150.0);
        assert!(drawing.marks.is_empty());
        assert!(drawing.markup.contains("class=\"ax\""));
        assert!(!drawing.markup.contains("NaN"));
    }

    #[test]
    fn steps_hold_their_value() {
        assert_eq!(corners(&[(0.0, 1.0), (2.0, 3.0)]), [(0.0, 1.0), (2.0, 1.0), (2.0, 3.0)]);
        assert!(corners(&[]).is_empty());
    }
}
