//! Arrivals and completions of the day as lines.

use crate::components::chart::{ChartTable, Line, LineChart, LineStyle, TimeAxis};
use crate::format::{clock_time, count, decimal, delta, local};
use crate::i18n::backlog::BacklogPage as Words;
use chrono::Timelike;
use domain::api::dashboard::{Backlog, FlowPoint};
use domain::time::Timestamp;

/// Arrivals and completions of a day, and completions of the day before.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Flow {
    today: Vec<FlowPoint>,
    before: Vec<FlowPoint>,
    now: Timestamp,
}

impl Flow {
    /// Those of a dashboard.
    pub fn of(data: &Backlog) -> Self {
        Self { today: data.today.clone(), before: data.before.clone(), now: data.as_of }
    }

    /// Whether nothing has come or gone today or the day before.
    pub fn is_empty(&self) -> bool {
        let last = |points: &[FlowPoint]| points.last().is_none_or(|p| p.arrived == 0 && p.finished == 0);
        last(&self.today) && last(&self.before)
    }

    /// Arrived less finished, so far today.
    pub fn net(&self) -> i64 {
        self.today.last().map_or(0, |point| i64::from(point.arrived) - i64::from(point.finished))
    }

    /// Finished by the same hour of the day before; none where that day is not known.
    fn finished_before(&self) -> Option<u32> {
        let now = hour(self.now);
        self.before.iter().take_while(|point| hour(point.at) <= now + 1e-6).last().map(|point| point.finished)
    }

    /// What the chart says.
    pub fn summary(&self, words: &Words) -> String {
        let Some(last) = self.today.last() else { return words.flow_empty.to_owned() };
        let time = clock_time(self.now);
        let said = (words.flow_summary)(&time, last.arrived.into(), last.finished.into(), &delta(self.net()));
        match self.finished_before() {
            Some(before) => (words.flow_summary_before)(&said, before.into()),
            None => said,
        }
    }

    /// The chart.
    pub fn chart(&self, words: &Words) -> LineChart {
        let line = |style, points: &[FlowPoint], of: fn(&FlowPoint) -> u32, label: String| Line {
            style,
            points: points.iter().map(|point| (hour(point.at), f64::from(of(point)))).collect(),
            label,
            stepped: false,
        };
        let last = self.today.last().copied();
        let label = |word: fn(i64) -> String, of: fn(&FlowPoint) -> u32| {
            last.as_ref().map(|point| word(of(point).into())).unwrap_or_default()
        };
        let (from, to) = self.span();
        LineChart {
            time: TimeAxis { from, to, ticks: ticks(from, to) },
            lines: vec![
                line(LineStyle::Ghost, &self.before, |p| p.finished, words.finished_before.to_owned()),
                line(LineStyle::Second, &self.today, |p| p.arrived, label(words.arrived, |p| p.arrived)),
                line(LineStyle::Main, &self.today, |p| p.finished, label(words.finished, |p| p.finished)),
            ],
            band: Vec::new(),
            now: Some(hour(self.now)).filter(|now| (from..=to).contains(now)),
            horizon: None,
            target: None,
            words: self
                .today
                .iter()
                .map(|p| (words.flow_point)(&clock_time(p.at), p.arrived.into(), p.finished.into()))
                .collect(),
            whole: true,
            format: whole,
        }
    }

    /// Its figures.
    pub fn table(&self, words: &Words) -> ChartTable {
        let before = |at: Timestamp| {
            self.before
                .iter()
                .find(|point| (hour(point.at) - hour(at)).abs() < 1e-6)
                .map_or_else(|| "–".to_owned(), |point| count(point.finished.into()))
        };
        ChartTable {
            heads: [words.time, words.arrived_head, words.finished_head, words.before_head]
                .map(str::to_owned)
                .to_vec(),
            rows: self
                .today
                .iter()
                .map(|p| {
                    vec![clock_time(p.at), count(p.arrived.into()), count(p.finished.into()), before(p.at)]
                })
                .collect(),
        }
    }

    /// The hours drawn: those in which something came or went on either day, and now.
    fn span(&self) -> (f64, f64) {
        let moved = |points: &[FlowPoint]| -> Vec<f64> {
            let total = points.last().map(|p| (p.arrived, p.finished));
            points
                .iter()
                .filter(|p| (p.arrived, p.finished) != (0, 0) && Some((p.arrived, p.finished)) != total)
                .map(|p| hour(p.at))
                .collect()
        };
        let all: Vec<f64> =
            [moved(&self.today), moved(&self.before), vec![hour(self.now)]].into_iter().flatten().collect();
        let first = all.iter().copied().fold(24.0, f64::min);
        let last = all.iter().copied().fold(0.0, f64::max);
        // The hour before the first movement and the one after the last, so that lines begin and end.
        ((first - 1.0).floor().max(0.0), (last + 1.0).ceil().min(24.0))
    }
}

fn whole(value: f64) -> String {
    decimal(value, 0)
}

/// Hours of the business day of an instant; the end of a day is 24.
fn hour(at: Timestamp) -> f64 {
    let at = local(at);
    f64::from(at.num_seconds_from_midnight()) / 3600.0
}

/// Full hours, at most six.
fn ticks(from: f64, to: f64) -> Vec<(f64, String)> {
    let step = ((to - from) / 5.0).ceil().max(1.0);
    let mut at = from;
    let mut ticks = Vec::new();
    while at <= to + 1e-9 {
        ticks.push((at, format!("{}:00", decimal(at, 0))));
        at += step;
    }
    ticks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hour: u32, minute: u32) -> Timestamp {
        format!("2026-03-18T{hour:02}:{minute:02}:00+08:00").parse().expect("a test instant")
    }

    fn point(at: Timestamp, arrived: u32, finished: u32) -> FlowPoint {
        FlowPoint { at, arrived, finished }
    }

    fn flow() -> Flow {
        let day = chrono::TimeDelta::days(1);
        Flow {
            today: vec![
                point(at(9, 0), 0, 0),
                point(at(10, 0), 120, 60),
                point(at(11, 0), 240, 180),
                point(at(11, 30), 300, 200),
            ],
            before: vec![
                point(at(9, 0) - day, 0, 0),
                point(at(11, 0) - day, 200, 170),
                point(at(17, 0) - day, 900, 880),
                point(at(18, 0) - day, 900, 880),
            ],
            now: at(11, 30),
        }
    }

    #[test]
    fn the_summary_says_what_the_lines_show() {
        assert_eq!(
            flow().summary(&Words::ZH),
            "今日到 11:30：到达 300，办结 200，净增 +100；昨日同刻办结 170"
        );
        assert_eq!(flow().net(), 100);
        assert_eq!(Flow::default().summary(&Words::EN), "Nothing has arrived or been finished today");
    }

    #[test]
    fn the_axis_holds_the_hours_that_moved_and_now() {
        let chart = flow().chart(&Words::ZH);
        assert!(chart.time.from <= 9.0 && chart.time.to >= 12.0, "{:?}", chart.time);
        assert_eq!(chart.now, Some(11.5));
        assert!(chart.time.ticks.len() <= 7);
        let drawing = chart.draw(350.0, 168.0);
        assert_eq!(drawing.marks.last().map(|mark| mark.label.as_str()), Some("11:30 到达 300，办结 200"));
        assert!(!drawing.markup.contains("NaN"));
    }

    #[test]
    fn a_day_without_anything_is_empty_and_still_draws() {
        assert!(Flow::default().is_empty() && !flow().is_empty());
        assert!(!Flow::default().chart(&Words::EN).draw(350.0, 168.0).markup.contains("NaN"));
        assert_eq!(flow().table(&Words::EN).rows[2], ["11:00", "240", "180", "170"]);
        assert_eq!(flow().table(&Words::EN).rows[3][3], "–");
    }
}
