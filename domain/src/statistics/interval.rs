//! Intervals for a proportion.
//!
//! Jeffreys with equal tails is what every [`Rate`](super::Rate) shows: at error rates around one percent and some
//! hundred checks it is the narrowest that still covers the truth as often as it says. Wilson and Clopper–Pearson
//! are there for comparison and for claims that must hold in the worst case.

use serde::{Deserialize, Serialize};
use statrs::function::erf::erfc_inv;

use super::{Tally, beta, real};

/// How often an interval covers the truth, between 0 and 1.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Confidence(f64);

impl Confidence {
    /// 95 %: of every rate.
    pub const P95: Self = Self(0.95);

    /// 99.8 %: the outer limits of a funnel.
    pub const P998: Self = Self(0.998);

    /// A level strictly between 0 and 1.
    pub fn new(level: f64) -> Option<Self> {
        (level > 0.0 && level < 1.0).then_some(Self(level))
    }

    /// The level.
    pub const fn level(self) -> f64 {
        self.0
    }

    /// The share left out at each end.
    pub(super) const fn tail(self) -> f64 {
        (1.0 - self.0) / 2.0
    }

    /// The standard normal deviate with that share beyond it: 1.96 for 95 %.
    pub(super) fn deviate(self) -> f64 {
        std::f64::consts::SQRT_2 * erfc_inv(1.0 - self.0)
    }
}

/// From one proportion to another, both between 0 and 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Interval {
    /// Its lower end.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
}

impl Interval {
    /// What is known before anything is checked.
    pub const UNKNOWN: Self = Self { low: 0.0, high: 1.0 };

    /// Whether it and another have a value in common.
    pub fn overlaps(self, other: Self) -> bool {
        self.low <= other.high && other.low <= self.high
    }
}

/// The Jeffreys interval with equal tails: quantiles of Beta(x+½, n−x+½), the lower end 0 where x = 0 and the upper
/// end 1 where x = n (Brown, Cai, `DasGupta` 2001). Unknown where nothing was checked.
pub fn jeffreys(tally: Tally, confidence: Confidence) -> Interval {
    jeffreys_real(real(tally.hits()), real(tally.checked()), confidence)
}

/// [`jeffreys`] on effective counts, which need not be whole.
pub(super) fn jeffreys_real(hits: f64, checked: f64, confidence: Confidence) -> Interval {
    if checked <= 0.0 {
        return Interval::UNKNOWN;
    }
    let (a, b) = (hits + 0.5, checked - hits + 0.5);
    Interval {
        low: if hits <= 0.0 { 0.0 } else { beta::quantile(confidence.tail(), a, b) },
        high: if hits >= checked { 1.0 } else { beta::quantile(1.0 - confidence.tail(), a, b) },
    }
}

/// The Wilson score interval (Newcombe 1998). Unknown where nothing was checked.
pub fn wilson(tally: Tally, confidence: Confidence) -> Interval {
    wilson_with(tally, confidence.deviate())
}

fn wilson_with(tally: Tally, z: f64) -> Interval {
    let Some(share) = tally.share() else { return Interval::UNKNOWN };
    let n = real(tally.checked());
    let middle = share + z * z / (2.0 * n);
    let reach = z * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + z * z / n;
    Interval {
        low: if tally.hits() == 0 { 0.0 } else { (middle - reach) / scale },
        high: if tally.hits() == tally.checked() { 1.0 } else { (middle + reach) / scale },
    }
}

/// The Clopper–Pearson interval: never covers less often than it says, and is wide for it. Unknown where nothing
/// was checked.
pub fn clopper_pearson(tally: Tally, confidence: Confidence) -> Interval {
    let (x, n) = (real(tally.hits()), real(tally.checked()));
    Interval {
        low: if tally.hits() == 0 { 0.0 } else { beta::quantile(confidence.tail(), x, n - x + 1.0) },
        high: if tally.hits() == tally.checked() {
            1.0
        } else {
            beta::quantile(1.0 - confidence.tail(), x + 1.0, n - x)
        },
    }
}

/// The highest rate that fits: the upper end of the 95 % Jeffreys interval. For 0 of 40 it is 6.0 %, which is
/// what is shown in place of "0 %".
pub fn at_most(tally: Tally) -> f64 {
    jeffreys(tally, Confidence::P95).high
}

/// The checks, all without error, it takes to claim a rate of at most `rate`: the least n with (1 − rate)^n ≤ 1 −
/// confidence. 149 for 2 % at 95 %. None where no number of checks suffices (`rate` not between 0 and 1).
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a positive whole number; beyond what u64 holds it saturates"
)]
pub fn clean_checks_to_claim(rate: f64, confidence: Confidence) -> Option<u64> {
    let checks = (1.0 - confidence.0).ln() / f64::ln_1p(-rate);
    (rate > 0.0 && rate < 1.0).then_some(checks.ceil() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    fn tally(hits: u64, checked: u64) -> Tally {
        Tally::new(hits, checked).unwrap()
    }

    fn close(found: f64, expected: f64, absolute: f64) {
        assert!((found - expected).abs() <= absolute, "{found} is not {expected}");
    }

    #[test]
    fn the_deviate_of_95_percent() {
        close(Confidence::P95.deviate(), 1.959_963_984_540_054, 1e-14);
        close(Confidence::P998.deviate(), 3.090_232_306_167_813, 1e-13);
        assert_eq!(Confidence::new(1.0), None);
        assert_eq!(Confidence::new(f64::NAN), None);
    }

    /// Newcombe 1998, Stat. Med. 17:857–872, method 3.
    #[rstest]
    #[case(81, 263, 0.2553, 0.3662)]
    #[case(15, 148, 0.0624, 0.1605)]
    #[case(0, 20, 0.0, 0.1611)]
    #[case(1, 29, 0.0061, 0.1718)]
    fn wilson_as_published(#[case] hits: u64, #[case] checked: u64, #[case] low: f64, #[case] high: f64) {
        let interval = wilson(tally(hits, checked), Confidence::P95);
        close(interval.low, low, 5e-5);
        close(interval.high, high, 5e-5);
    }

    /// Values for z = 1.96 exactly.
    #[rstest]
    #[case(1, 11, 0.016_231_752, 0.377_364_625)]
    #[case(25, 100, 0.175_450_940, 0.343_046_464)]
    #[case(0, 100, 0.0, 0.036_994_807)]
    fn wilson_with_a_rounded_deviate(
        #[case] hits: u64,
        #[case] checked: u64,
        #[case] low: f64,
        #[case] high: f64,
    ) {
        let interval = wilson_with(tally(hits, checked), 1.96);
        close(interval.low, low, 5e-10);
        close(interval.high, high, 5e-10);
    }

    /// Equal-tailed Jeffreys and Clopper–Pearson limits computed with R 4.2 (`qbeta`).
    #[rstest]
    #[case(81, 263, [0.254_521_934_991_0, 0.365_647_499_174, 0.252_736_745_585_271, 0.367_621_922_601])]
    #[case(0, 20, [0.0, 0.116_638_982_905, 0.0, 0.168_433_470_983])]
    #[case(1, 200, [0.000_540_018_284_0, 0.023_128_682_015, 0.000_126_581_027_867, 0.027_541_898_457])]
    #[case(5, 5_000, [0.000_381_673_779_3, 0.002_190_589_210, 0.000_324_774_474_778, 0.002_332_110_591])]
    #[case(29, 29, [0.917_713_517_076_2, 1.0, 0.880_555_130_930_497, 1.0])]
    fn exact_intervals_as_computed_by_r(#[case] hits: u64, #[case] checked: u64, #[case] expected: [f64; 4]) {
        let tally = tally(hits, checked);
        let (j, c) = (jeffreys(tally, Confidence::P95), clopper_pearson(tally, Confidence::P95));
        for (found, expected) in [j.low, j.high, c.low, c.high].into_iter().zip(expected) {
            close(found, expected, 1e-12);
        }
    }

    #[test]
    fn every_reference_interval() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/stats/ref_binomial_intervals.csv");
        let Ok(file) = std::fs::read_to_string(path) else {
            println!("skipped: {path} is not here");
            return;
        };
        for line in file.lines().skip(1) {
            let n: Vec<f64> = line.split(',').map(|field| field.parse().unwrap()).collect();
            let count = |at: usize| line.split(',').nth(at).unwrap().parse().unwrap();
            let (tally, level) = (tally(count(0), count(1)), Confidence::new(n[2]).unwrap());
            let found = [wilson(tally, level), jeffreys(tally, level), clopper_pearson(tally, level)];
            for (interval, expected) in found.into_iter().zip(n[3..9].chunks(2)) {
                close(interval.low, expected[0], 1e-12);
                close(interval.high, expected[1], 1e-12);
            }
        }
    }

    #[test]
    fn nothing_of_forty_is_at_most_six_percent() {
        assert_eq!(format!("{:.1}", at_most(tally(0, 40)) * 100.0), "6.0");
    }

    #[rstest]
    #[case(0.02, 149)]
    #[case(0.01, 299)]
    #[case(0.005, 598)]
    fn clean_checks(#[case] rate: f64, #[case] checks: u64) {
        assert_eq!(clean_checks_to_claim(rate, Confidence::P95), Some(checks));
        assert!((1.0 - rate).powf(real(checks)) <= 0.05);
        assert!((1.0 - rate).powf(real(checks - 1)) > 0.05);
    }

    #[test]
    fn no_claim_of_a_rate_that_cannot_be_shown() {
        for rate in [0.0, -0.1, 1.0, f64::NAN] {
            assert_eq!(clean_checks_to_claim(rate, Confidence::P95), None);
        }
    }

    #[test]
    fn nothing_checked_is_unknown() {
        let none = Tally::default();
        for method in [jeffreys, wilson, clopper_pearson] {
            assert_eq!(method(none, Confidence::P95), Interval::UNKNOWN);
        }
    }

    proptest! {
        #[test]
        fn each_interval_holds_its_estimate(hits in 0_u64..300, clean in 0_u64..100_000) {
            prop_assume!(hits + clean > 0);
            let tally = tally(hits, hits + clean);
            let share = tally.share().unwrap();
            for method in [jeffreys, wilson, clopper_pearson] {
                let interval = method(tally, Confidence::P95);
                prop_assert!(0.0 <= interval.low && interval.low <= share + 1e-12);
                prop_assert!(share <= interval.high + 1e-12 && interval.high <= 1.0);
            }
        }

        #[test]
        fn jeffreys_lies_within_clopper_pearson(hits in 0_u64..300, clean in 0_u64..10_000) {
            prop_assume!(hits + clean > 0);
            let tally = tally(hits, hits + clean);
            let (j, c) = (jeffreys(tally, Confidence::P95), clopper_pearson(tally, Confidence::P95));
            prop_assert!(c.low <= j.low && j.high <= c.high);
        }
    }
}
