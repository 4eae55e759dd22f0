//! Percentiles with linear interpolation between order statistics.

use serde::{Deserialize, Serialize};

use super::real;

/// Values in order, of which any percentile can be taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Sorted(Vec<f64>);

impl Sorted {
    /// Puts the values in order; what is not a number comes last.
    pub fn new(values: impl IntoIterator<Item = f64>) -> Self {
        let mut values: Vec<f64> = values.into_iter().collect();
        values.sort_by(f64::total_cmp);
        Self(values)
    }

    /// The values.
    pub fn values(&self) -> &[f64] {
        &self.0
    }

    /// The value below which a share `p` lies, by linear interpolation between the neighbours of rank (n − 1)·p:
    /// type 7 of Hyndman and Fan 1996, the default of R and of pandas. `p` is held between 0 and 1; none where
    /// there is no value.
    pub fn percentile(&self, p: f64) -> Option<f64> {
        let (below, above, fraction) = neighbours(self.0.len() as u64, p)?;
        let at = |rank: u64| self.0.get(usize::try_from(rank).ok()?).copied();
        let (low, high) = (at(below)?, at(above)?);
        Some(low + (high - low) * fraction)
    }
}

/// The ranks, from 0, next to rank (n − 1)·p, and how far it lies between them.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a whole number between 0 and the number of values"
)]
pub(super) fn neighbours(count: u64, p: f64) -> Option<(u64, u64, f64)> {
    let last = count.checked_sub(1)?;
    let rank = real(last) * p.clamp(0.0, 1.0);
    let below = (rank.floor() as u64).min(last);
    Some((below, (below + 1).min(last), rank - real(below)))
}

/// What a table of durations shows of a column.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Summary {
    /// How many values.
    pub count: u64,
    /// Their mean, in their unit.
    pub mean: f64,
    /// Half of them lie below.
    pub p50: f64,
    /// 85 % of them lie below.
    pub p85: f64,
    /// 95 % of them lie below.
    pub p95: f64,
}

impl Summary {
    /// The summary of values in any order; none where there is none.
    pub fn of(values: impl IntoIterator<Item = f64>) -> Option<Self> {
        let sorted = Sorted::new(values);
        let count = sorted.0.len() as u64;
        Some(Self {
            count,
            mean: sorted.0.iter().sum::<f64>() / real(count),
            p50: sorted.percentile(0.50)?,
            p85: sorted.percentile(0.85)?,
            p95: sorted.percentile(0.95)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    /// By hand: rank (n − 1)·p of 15, 20, 35, 40, 50.
    #[rstest]
    #[case(0.0, 15.0)]
    #[case(0.25, 20.0)]
    #[case(0.4, 29.0)]
    #[case(0.5, 35.0)]
    #[case(0.85, 44.0)]
    #[case(1.0, 50.0)]
    #[case(2.0, 50.0)]
    fn interpolates(#[case] p: f64, #[case] expected: f64) {
        let sorted = Sorted::new([50.0, 20.0, 35.0, 15.0, 40.0]);
        assert!((sorted.percentile(p).unwrap() - expected).abs() < 1e-12);
    }

    #[test]
    fn one_value_and_none() {
        assert_eq!(Sorted::new([3.0]).percentile(0.95), Some(3.0));
        assert_eq!(Sorted::new([]).percentile(0.5), None);
        assert_eq!(Summary::of([]), None);
    }

    /// A real event log, its durations in hours; the expected figures were computed with pandas.
    #[test]
    fn the_durations_of_a_real_log() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/logs/receipt.csv");
        let Ok(file) = std::fs::read_to_string(path) else {
            println!("skipped: {path} is not here");
            return;
        };
        let mut cases = std::collections::BTreeMap::new();
        for line in file.lines().skip(1) {
            let (case, time) = (line.split(',').nth(1).unwrap(), line.rsplit(',').next().unwrap());
            let time = chrono::DateTime::parse_from_str(time, "%Y-%m-%d %H:%M:%S%.f%:z").unwrap();
            let (first, last) = cases.entry(case).or_insert((time, time));
            (*first, *last) = (time.min(*first), time.max(*last));
        }
        let hours = cases.values().map(|(first, last)| (*last - *first).as_seconds_f64() / 3_600.0);
        let summary = Summary::of(hours).unwrap();
        assert_eq!(summary.count, 1_434);
        let found = [summary.mean, summary.p50, summary.p85, summary.p95];
        for (found, expected) in found.into_iter().zip([129.795_5, 0.796_8, 265.940_5, 573.899_1]) {
            assert!((found - expected).abs() <= 5e-5, "{found} is not {expected}");
        }
    }

    /// The six cases of the running example of process mining, in hours.
    #[test]
    fn a_summary() {
        let hours = [195.366_667, 216.55, 380.216_667, 144.7, 437.9, 236.75];
        let summary = Summary::of(hours).unwrap();
        assert_eq!(summary.count, 6);
        assert!((summary.mean - 268.580_555_67).abs() < 1e-6);
        assert!((summary.p50 - 226.65).abs() < 1e-9);
        assert!((summary.p85 - 394.637_500_25).abs() < 1e-6);
    }
}
