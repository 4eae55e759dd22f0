//! How long requests took: every one is kept, percentiles are exact.

use std::time::Duration;

/// Times of requests, in the order in which they ended.
#[derive(Clone, Debug, Default)]
pub struct Latencies {
    times: Vec<Duration>,
}

impl Latencies {
    /// Keeps one more.
    pub fn push(&mut self, time: Duration) {
        self.times.push(time);
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.times.len()
    }

    /// Several percentiles, each in thousandths (500 is the median, 990 the p99), by nearest rank: the smallest time
    /// that so many of all do not exceed. No time, no percentile.
    pub fn percentiles<const N: usize>(&self, thousandths: [usize; N]) -> Option<[Duration; N]> {
        if self.times.is_empty() {
            return None;
        }
        let mut sorted = self.times.clone();
        sorted.sort_unstable();
        Some(thousandths.map(|share| sorted[rank(sorted.len(), share)]))
    }
}

/// Place, counted from 0, of a percentile among so many sorted values.
fn rank(count: usize, thousandths: usize) -> usize {
    (count * thousandths).div_ceil(1_000).clamp(1, count) - 1
}

/// Milliseconds.
pub fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(millis: impl IntoIterator<Item = u64>) -> Latencies {
        Latencies { times: millis.into_iter().map(Duration::from_millis).collect() }
    }

    #[test]
    fn a_percentile_is_a_time_that_was_measured() {
        let hundred = of((1..=100).rev());
        let [median, p99, most] = hundred.percentiles([500, 990, 1_000]).unwrap();
        assert_eq!((ms(median), ms(p99), ms(most)), (50.0, 99.0, 100.0));
        assert_eq!(of([7]).percentiles([1, 500, 990]), Some([Duration::from_millis(7); 3]));
        assert_eq!(Latencies::default().percentiles([500]), None);
    }

    #[test]
    fn few_times_round_up_so_that_the_worst_is_not_hidden() {
        // 99 % of fifty are 49.5: the fiftieth.
        assert_eq!(of(1..=50).percentiles([990]), Some([Duration::from_millis(50)]));
        assert_eq!(rank(200, 990), 197);
        assert_eq!(rank(201, 990), 198);
    }
}
