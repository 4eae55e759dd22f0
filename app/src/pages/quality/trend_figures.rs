//! The course of a rate: a control chart where the data bears one, points with intervals and the reason where not.

use crate::components::chart::{ChartTable, ControlChart, ControlPoint, TrendChart, TrendPoint};
use crate::format::{decimal, percent, percent_range};
use crate::i18n::quality::QualityPage as Words;
use crate::i18n::rate::Rates;
use chrono::{Days, NaiveDate};
use domain::api::dashboard::TrendPoint as Week;
use domain::statistics::chart::laney_chart;
use domain::statistics::{Rate, Tally};

/// What is drawn.
#[derive(Debug, Clone)]
pub enum Course {
    /// Limits by n, signals marked.
    Control {
        /// The chart.
        chart: ControlChart,
        /// How much weeks differ more than by chance.
        spread: f64,
        /// Weeks outside the limits.
        signals: usize,
    },
    /// Points with intervals; why there are no limits.
    Plain {
        /// The chart.
        chart: TrendChart,
        /// Why.
        why: String,
    },
    /// Nothing was checked.
    Nothing,
}

/// The course of a rate week by week.
pub fn course(weeks: &[Week], words: &Words, rates: &Rates) -> Course {
    let checked: Vec<&Week> = weeks.iter().filter(|week| week.rate.denominator > 0).collect();
    if checked.is_empty() {
        return Course::Nothing;
    }
    let unequal = checked.iter().any(|week| is_unequal(&week.rate));
    let tallies: Result<Vec<Tally>, _> =
        checked.iter().map(|week| Tally::new(week.rate.numerator, week.rate.denominator)).collect();
    let limits = match tallies {
        Ok(tallies) if !unequal => laney_chart(&tallies).map_err(|why| rates.refused(&why)),
        Ok(_) => Err(rates.unequal.to_owned()),
        Err(_) => Err(rates.too_little.to_owned()),
    };
    match limits {
        Ok(limits) => {
            let signals = limits.signals().len();
            let points = checked
                .iter()
                .zip(&limits.points)
                .map(|(week, point)| {
                    let said = said(week, words, rates);
                    ControlPoint {
                        label: short(week.week),
                        value: point.value,
                        n: real(week.rate.denominator),
                        lower: point.lower,
                        upper: point.upper,
                        words: if point.signal.is_some() { (words.signal_words)(&said) } else { said },
                        signal: point.signal.is_some(),
                    }
                })
                .collect();
            let last = limits.points.last();
            let chart = ControlChart {
                points,
                centre: limits.centre,
                limit_words: [
                    (words.upper)(&percent(last.map_or(0.0, |point| point.upper))),
                    (words.mean)(&percent(limits.centre)),
                    (words.lower)(&percent(last.map_or(0.0, |point| point.lower))),
                ],
                n_word: words.checked.to_owned(),
                format: axis,
            };
            Course::Control { chart, spread: limits.spread.unwrap_or(1.0), signals }
        }
        Err(why) => Course::Plain { chart: plain(weeks, rates), why },
    }
}

/// Points with intervals; weeks without checks between them are gaps.
fn plain(weeks: &[Week], rates: &Rates) -> TrendChart {
    let mut points = Vec::new();
    let mut next = weeks.first().map(|week| week.week);
    for week in weeks {
        while let Some(day) = next.filter(|day| *day < week.week) {
            points.push(TrendPoint {
                label: short(day),
                value: None,
                low: 0.0,
                high: 0.0,
                words: rates.nothing_checked.to_owned(),
            });
            next = day.checked_add_days(Days::new(7));
        }
        points.push(TrendPoint {
            label: short(week.week),
            value: week.rate.estimate,
            low: week.rate.low,
            high: week.rate.high,
            words: rates.errors(&week.rate).detail,
        });
        next = week.week.checked_add_days(Days::new(7));
    }
    TrendChart { points, target: None, format: axis }
}

/// Its figures.
pub fn table(weeks: &[Week], words: &Words, rates: &Rates) -> ChartTable {
    ChartTable {
        heads: [words.week, words.rate, words.counts, words.interval].map(str::to_owned).to_vec(),
        rows: weeks
            .iter()
            .map(|week| {
                let said = rates.errors(&week.rate);
                vec![
                    week.week.to_string(),
                    said.figure,
                    said.counts,
                    percent_range(week.rate.low, week.rate.high),
                ]
            })
            .collect(),
    }
}

impl Course {
    /// What the chart says.
    pub fn summary(&self, weeks: &[Week], words: &Words, rates: &Rates) -> String {
        match self {
            Self::Control { chart, signals, .. } => {
                let signals = match i64::try_from(*signals).unwrap_or(i64::MAX) {
                    0 => words.no_signal.to_owned(),
                    n => (words.signals)(n),
                };
                (words.control_summary)(&percent(chart.centre), &signals)
            }
            Self::Plain { why, .. } => {
                let latest = weeks.iter().rfind(|week| week.rate.denominator > 0);
                match latest {
                    Some(week) => (words.trend_summary)(&said(week, words, rates), why),
                    None => why.clone(),
                }
            }
            Self::Nothing => words.nothing_checked.to_owned(),
        }
    }
}

/// A week in words: from when, the rate, counts and interval.
fn said(week: &Week, words: &Words, rates: &Rates) -> String {
    let said = rates.errors(&week.rate);
    format!("{} {} {}", (words.week_of)(&short(week.week)), said.figure, said.counts)
}

/// Whether the weights move the estimate: limits of plain counts would then be those of another rate.
fn is_unequal(rate: &Rate) -> bool {
    let plain = real(rate.numerator) / real(rate.denominator.max(1));
    rate.weighted && rate.estimate.is_some_and(|estimate| (estimate - plain).abs() > 1e-6)
}

fn short(day: NaiveDate) -> String {
    crate::format::date(day, day)
}

/// A rate on an axis: no more decimals than it needs.
pub fn axis(share: f64) -> String {
    let text = decimal(share * 100.0, 2);
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    format!("{text}%")
}

#[expect(clippy::cast_precision_loss, reason = "counts of checks")]
fn real(n: u64) -> f64 {
    n as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::statistics::UnitOfCount;

    fn week(day: &str, hits: u64, checked: u64) -> Week {
        let tally = Tally::new(hits, checked).expect("a tally");
        Week { week: day.parse().expect("a date"), rate: Rate::of(tally, UnitOfCount::ChangeItem) }
    }

    #[test]
    fn enough_data_gets_limits_and_signals() {
        let weeks: Vec<Week> = [(20, 1000), (22, 1010), (19, 990), (90, 1000), (21, 1005)]
            .into_iter()
            .enumerate()
            .map(|(i, (hits, n))| week(&format!("2026-02-{:02}", 2 + 5 * i), hits, n))
            .collect();
        let course = course(&weeks, &Words::ZH, &Rates::ZH);
        let Course::Control { chart, .. } = &course else { panic!("{course:?}") };
        assert_eq!(chart.points.len(), 5);
        assert!(chart.limit_words[1].starts_with("均值 3."), "{:?}", chart.limit_words);
        assert!(!chart.draw(690.0, 318.0).markup.contains("NaN"));
        assert!(course.summary(&weeks, &Words::ZH, &Rates::ZH).starts_with("差错率 p′ 图：均值"));
    }

    #[test]
    fn too_little_data_is_drawn_without_limits_and_says_why() {
        let weeks = [week("2026-03-02", 1, 40), week("2026-03-16", 0, 35)];
        let course = course(&weeks, &Words::ZH, &Rates::ZH);
        let Course::Plain { chart, why } = &course else { panic!("{course:?}") };
        assert!(why.starts_with("样本不足，不作判断"), "{why}");
        // The week between them was not checked: a gap, not a zero.
        let labels: Vec<_> = chart.points.iter().map(|p| (p.label.as_str(), p.value.is_some())).collect();
        assert_eq!(labels, [("03-02", true), ("03-09", false), ("03-16", true)]);
        let summary = course.summary(&weeks, &Words::ZH, &Rates::ZH);
        assert!(summary.contains("03-16 起 至多") && summary.contains("样本不足"), "{summary}");
    }

    #[test]
    fn weights_that_move_the_estimate_forbid_limits_of_plain_counts() {
        let units = [(true, 0.05), (false, 1.0), (false, 1.0)]
            .map(|(hit, inclusion)| domain::statistics::Sampled { hit, inclusion });
        let rate = Rate::weighted(&units, UnitOfCount::Step).expect("probabilities");
        let weeks = [Week { week: "2026-03-02".parse().expect("a date"), rate }];
        let Course::Plain { why, .. } = course(&weeks, &Words::ZH, &Rates::ZH) else { panic!("limits") };
        assert_eq!(why, Rates::ZH.unequal);
    }

    #[test]
    fn nothing_checked_is_nothing_drawn() {
        assert!(matches!(course(&[], &Words::EN, &Rates::EN), Course::Nothing));
        let empty = [week("2026-03-02", 0, 0)];
        assert!(matches!(course(&empty, &Words::EN, &Rates::EN), Course::Nothing));
    }

    #[test]
    fn an_axis_has_no_needless_decimals() {
        assert_eq!([axis(0.0), axis(0.02), axis(0.025), axis(1.0)], ["0%", "2%", "2.5%", "100%"]);
    }
}
