//! Error points in falling order, by findings or by severity points.

use super::url::Weigh;
use crate::components::chart::{ChartTable, ParetoChart, ParetoRow as Bar};
use crate::format::{count, decimal};
use crate::i18n::Locale;
use crate::i18n::quality::QualityPage as Words;
use crate::i18n::wording::label;
use domain::api::dashboard::ParetoRow;
use domain::quality::points::ErrorPoint;
use domain::statistics::pareto;

/// One error point.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// Which.
    #[expect(clippy::struct_field_names, reason = "the field's standard term")]
    pub error_point: ErrorPoint,
    /// What it is ordered by: findings or points.
    pub weight: i64,
    /// Share of this and those before it, 0 to 1.
    pub cumulative: f64,
    /// One of the few that make the first 80 %.
    pub vital: bool,
    /// Findings.
    pub count: i64,
    /// Severity points.
    pub points: i64,
    /// Major, ordinary, minor.
    pub by_severity: [i64; 3],
}

/// All fourteen in falling order: a point without an error is a result too.
pub fn in_order(rows: &[ParetoRow], weigh: Weigh) -> Vec<Point> {
    let of = |point: ErrorPoint| rows.iter().find(|row| row.error_point == point);
    let weight = |point: ErrorPoint| {
        of(point).map_or(0, |row| match weigh {
            Weigh::Count => u64::from(row.count),
            Weigh::Points => u64::from(row.points),
        })
    };
    pareto(ErrorPoint::ALL.map(|point| (point, weight(point))))
        .into_iter()
        .map(|row| {
            let found = of(row.key);
            Point {
                error_point: row.key,
                weight: whole(row.count),
                cumulative: row.cumulative,
                vital: row.vital,
                count: found.map_or(0, |row| row.count.into()),
                points: found.map_or(0, |row| row.points.into()),
                by_severity: found.map_or([0; 3], |row| row.by_severity.map(i64::from)),
            }
        })
        .collect()
}

/// The whole weight.
pub fn total(points: &[Point]) -> i64 {
    points.iter().map(|point| point.weight).sum()
}

/// How many make the first 80 %, and their share.
pub fn vital(points: &[Point]) -> (i64, String) {
    let few: Vec<&Point> = points.iter().filter(|point| point.vital).collect();
    let share = few.last().map_or(0.0, |point| point.cumulative);
    (i64::try_from(few.len()).unwrap_or(i64::MAX), rounded(share))
}

/// The chart.
pub fn chart(points: &[Point], weigh: Weigh, words: &Words, locale: Locale) -> ParetoChart {
    let amount = |n: i64| match weigh {
        Weigh::Count => (words.findings)(n),
        Weigh::Points => (words.points)(n),
    };
    let rows = points.iter().map(|point| {
        let (code, name) = (point.error_point.as_str(), name(point.error_point, locale));
        Bar {
            words: (words.bar)(code, &name, &amount(point.weight), &rounded(point.cumulative)),
            code: code.to_owned(),
            name,
            count: point.weight,
        }
    });
    let head = match weigh {
        Weigh::Count => words.by_count,
        Weigh::Points => words.by_points,
    };
    ParetoChart { rows: rows.collect(), heads: [head.to_owned(), words.cumulative.to_owned()] }
}

/// What the chart says.
pub fn summary(points: &[Point], words: &Words, locale: Locale) -> String {
    match points.first().filter(|point| point.weight > 0) {
        Some(first) => (words.pareto_summary)(
            first.error_point.as_str(),
            &name(first.error_point, locale),
            &rounded(first.cumulative),
        ),
        None => words.no_findings.to_owned(),
    }
}

/// Its figures.
pub fn table(points: &[Point], words: &Words, locale: Locale) -> ChartTable {
    let heads = [
        words.error_point,
        words.by_count,
        words.severity_points,
        words.major,
        words.ordinary,
        words.minor,
        words.cumulative,
    ];
    let row = |point: &Point| {
        let name = format!("{} {}", point.error_point, name(point.error_point, locale));
        let mut row = vec![name, count(point.count), count(point.points)];
        row.extend(point.by_severity.map(count));
        row.push(rounded(point.cumulative));
        row
    };
    ChartTable { heads: heads.map(str::to_owned).to_vec(), rows: points.iter().map(row).collect() }
}

/// The name of an error point.
pub fn name(point: ErrorPoint, locale: Locale) -> String {
    label(&point.spec().label, locale)
}

fn rounded(share: f64) -> String {
    format!("{}%", decimal(share * 100.0, 0))
}

fn whole(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> Vec<ParetoRow> {
        let row = |error_point, by: [u32; 3]| ParetoRow {
            error_point,
            count: by.iter().sum(),
            points: by[0] * 10 + by[1] * 3 + by[2],
            by_severity: by,
        };
        vec![
            row(ErrorPoint::E03, [0, 10, 60]),
            row(ErrorPoint::E05, [9, 1, 0]),
            row(ErrorPoint::E02, [1, 9, 10]),
        ]
    }

    #[test]
    fn order_follows_what_is_weighed() {
        let first = |weigh| in_order(&rows(), weigh).into_iter().map(|p| (p.error_point, p.weight)).next();
        assert_eq!(first(Weigh::Count), Some((ErrorPoint::E03, 70)));
        assert_eq!(first(Weigh::Points), Some((ErrorPoint::E05, 93)));
        assert_eq!(in_order(&rows(), Weigh::Count).len(), 14);
    }

    #[test]
    fn the_few_that_make_four_fifths_are_the_same_in_words_and_drawing() {
        let points = in_order(&rows(), Weigh::Count);
        assert_eq!((total(&points), vital(&points)), (100, (2, "90%".to_owned())));
        assert_eq!(chart(&points, Weigh::Count, &Words::ZH, Locale::ZhHans).vital(), 2);
        assert!(summary(&points, &Words::ZH, Locale::ZhHans).starts_with("E03 "));
        assert_eq!(table(&points, &Words::EN, Locale::En).rows[1][1..], ["20", "47", "1", "9", "10", "90%"]);
    }

    #[test]
    fn without_findings_nothing_comes_first() {
        let points = in_order(&[], Weigh::Count);
        assert_eq!((total(&points), vital(&points).0), (0, 0));
        assert_eq!(summary(&points, &Words::ZH, Locale::ZhHans), "本期没有差错认定");
    }
}
