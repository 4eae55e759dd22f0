//! A histogram on a logarithmic scale: percentiles of durations from roll-ups of a fixed size.
//!
//! Roll-ups keep counts, which add up over days, posts and units, whereas percentiles do not. Values
//! below 128 have a bucket each; above, each octave has 64, so a percentile is off by less than 1/64 of itself.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::percentile::neighbours;
use super::real;

/// Buckets per octave.
const STEPS: u64 = 64;

/// Whole numbers (minutes, as a rule) counted in buckets; on the wire `[[bucket, count], …]`, empty ones left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<(u16, u64)>", into = "Vec<(u16, u64)>")]
pub struct LogHistogram {
    counts: BTreeMap<u16, u64>,
}

/// A bucket that is not empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bucket {
    /// The least value it counts.
    pub least: u64,
    /// The greatest value it counts.
    pub greatest: u64,
    /// How many.
    pub count: u64,
}

impl LogHistogram {
    /// Counts a value.
    pub fn record(&mut self, value: u64) {
        self.record_many(value, 1);
    }

    /// Counts a value so many times.
    pub fn record_many(&mut self, value: u64, times: u64) {
        self.add_to(bucket_of(value), times);
    }

    /// Adds what another one has counted.
    pub fn merge(&mut self, other: &Self) {
        for (bucket, count) in &other.counts {
            self.add_to(*bucket, *count);
        }
    }

    /// How many values were counted.
    pub fn count(&self) -> u64 {
        self.counts.values().fold(0, |sum, count| sum.saturating_add(*count))
    }

    /// Its buckets in order, empty ones left out.
    pub fn buckets(&self) -> impl Iterator<Item = Bucket> {
        self.counts.iter().map(|(bucket, count)| {
            let (least, width) = bounds(*bucket);
            Bucket { least, greatest: least + (width - 1), count: *count }
        })
    }

    /// How many values are at most `value`; of the bucket it falls into, the part that lies below, rounded down.
    /// Exact below 128.
    pub fn count_up_to(&self, value: u64) -> u64 {
        self.buckets()
            .take_while(|bucket| bucket.least <= value)
            .map(|bucket| {
                let inside = u128::from(value.min(bucket.greatest) - bucket.least) + 1;
                let width = u128::from(bucket.greatest - bucket.least) + 1;
                u64::try_from(u128::from(bucket.count) * inside / width).unwrap_or(bucket.count)
            })
            .fold(0, u64::saturating_add)
    }

    /// The percentile as [`Sorted::percentile`](super::Sorted::percentile) takes it, the values of a bucket taken as
    /// spread evenly over it. Exact below 128, off by less than 1/64 above; none where nothing was counted.
    pub fn percentile(&self, p: f64) -> Option<f64> {
        let (below, above, fraction) = neighbours(self.count(), p)?;
        let (low, high) = (self.at_rank(below)?, self.at_rank(above)?);
        Some(low + (high - low) * fraction)
    }

    /// The value at a rank from 0.
    fn at_rank(&self, rank: u64) -> Option<f64> {
        let mut before = 0;
        for bucket in self.buckets() {
            if rank - before < bucket.count {
                let place = (real(rank - before) + 0.5) / real(bucket.count);
                return Some(real(bucket.least) + real(bucket.greatest - bucket.least) * place);
            }
            before += bucket.count;
        }
        None
    }

    fn add_to(&mut self, bucket: u16, count: u64) {
        if count > 0 {
            let sum = self.counts.entry(bucket).or_default();
            *sum = sum.saturating_add(count);
        }
    }
}

impl Extend<u64> for LogHistogram {
    fn extend<I: IntoIterator<Item = u64>>(&mut self, values: I) {
        values.into_iter().for_each(|value| self.record(value));
    }
}

impl FromIterator<u64> for LogHistogram {
    fn from_iter<I: IntoIterator<Item = u64>>(values: I) -> Self {
        let mut histogram = Self::default();
        histogram.extend(values);
        histogram
    }
}

impl From<Vec<(u16, u64)>> for LogHistogram {
    fn from(pairs: Vec<(u16, u64)>) -> Self {
        let mut histogram = Self::default();
        for (bucket, count) in pairs {
            // A bucket beyond the last one holds nothing that can have been counted.
            histogram.add_to(bucket.min(bucket_of(u64::MAX)), count);
        }
        histogram
    }
}

impl From<LogHistogram> for Vec<(u16, u64)> {
    fn from(histogram: LogHistogram) -> Self {
        histogram.counts.into_iter().collect()
    }
}

#[expect(clippy::cast_possible_truncation, reason = "64 buckets for each of fewer than 64 octaves")]
const fn bucket_of(value: u64) -> u16 {
    if value < 2 * STEPS {
        return value as u16;
    }
    let octave = (value.ilog2() - STEPS.ilog2()) as u64;
    (octave * STEPS + (value >> octave)) as u16
}

/// The least value of a bucket, and how many values it holds.
const fn bounds(bucket: u16) -> (u64, u64) {
    let bucket = bucket as u64;
    if bucket < 2 * STEPS {
        return (bucket, 1);
    }
    let octave = bucket / STEPS - 1;
    ((bucket - octave * STEPS) << octave, 1 << octave)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::Sorted;
    use proptest::prelude::*;

    #[test]
    fn buckets_follow_one_another_without_a_gap() {
        let mut next = 0;
        for bucket in 0..=bucket_of(u64::MAX) {
            let (least, width) = bounds(bucket);
            assert_eq!(least, next, "bucket {bucket}");
            assert_eq!((bucket_of(least), bucket_of(least + (width - 1))), (bucket, bucket));
            next = least.wrapping_add(width);
        }
        assert_eq!(next, 0, "the last bucket ends with the last number");
    }

    #[test]
    fn it_is_exact_below_128() {
        let values = [3, 3, 17, 60, 127, 0, 95];
        let histogram: LogHistogram = values.into_iter().collect();
        let sorted = Sorted::new(values.map(real));
        for p in [0.0, 0.1, 0.5, 0.85, 0.95, 1.0] {
            assert_eq!(histogram.percentile(p), sorted.percentile(p));
        }
        assert_eq!((histogram.count_up_to(17), histogram.count_up_to(16)), (4, 3));
    }

    #[test]
    fn the_wire_form_is_sparse_and_bounded() {
        let mut histogram: LogHistogram = [5, 5, 1_000].into_iter().collect();
        histogram.record_many(9, 0);
        let json = serde_json::to_string(&histogram).unwrap();
        assert_eq!(json, "[[5,2],[317,1]]");
        assert_eq!(serde_json::from_str::<LogHistogram>(&json).unwrap(), histogram);
        let beyond: LogHistogram = serde_json::from_str("[[65535,1]]").unwrap();
        assert!(beyond.percentile(0.5).is_some());
        assert_eq!(LogHistogram::default().percentile(0.5), None);
    }

    proptest! {
        #[test]
        fn a_percentile_is_close(values in prop::collection::vec(0_u64..5_000_000, 1..300), p in 0.0_f64..=1.0) {
            let histogram: LogHistogram = values.iter().copied().collect();
            let exact = Sorted::new(values.iter().copied().map(real)).percentile(p).unwrap();
            let found = histogram.percentile(p).unwrap();
            prop_assert!((found - exact).abs() <= exact / 64.0 + 1e-9, "{found} for {exact}");
        }

        #[test]
        fn merging_is_counting_together(a in prop::collection::vec(any::<u64>(), 0..50), b in prop::collection::vec(any::<u64>(), 0..50)) {
            let mut merged: LogHistogram = a.iter().copied().collect();
            merged.merge(&b.iter().copied().collect());
            prop_assert_eq!(merged.count(), (a.len() + b.len()) as u64);
            prop_assert_eq!(merged, a.into_iter().chain(b).collect());
        }
    }
}
