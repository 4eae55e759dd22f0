//! The Bernoulli CUSUM: unit by unit, the soonest to see that a small error rate has risen.

use serde::{Deserialize, Serialize};

use super::ChartRefused;

/// A Bernoulli CUSUM: S = max(0, S + X − 1/m), where X is 1 for an error, signals where S ≥ h.
///
/// It is counted in whole steps of 1/m, in which a clean unit takes one and an error adds m − 1, so that sums are
/// exact. m follows from the rate in control and the one to be found (Reynolds and Stoumbos 1999):
/// r₁ = −ln((1 − p₁)/(1 − p₀)), r₂ = ln(p₁(1 − p₀)/(p₀(1 − p₁))), 1/m ≈ r₁/r₂.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CusumDesign {
    /// m: an error weighs as much as so many clean units less one.
    pub units_per_error: u32,
    /// h·m: the steps at which it signals.
    pub threshold: u32,
}

/// A Bernoulli CUSUM run over units.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Cusum {
    /// How it was run.
    pub design: CusumDesign,
    /// S after each unit, in errors; after a signal it begins anew from 0.
    pub sums: Vec<f64>,
    /// The places of the units at which it signalled.
    pub signals: Vec<usize>,
}

impl CusumDesign {
    /// The design that is to tell rate `found` from rate `in_control`, signalling at `threshold` steps of 1/m.
    /// Refused unless 0 < `in_control` < `found` < 1.
    pub fn new(in_control: f64, found: f64, threshold: u32) -> Result<Self, ChartRefused> {
        if !(in_control > 0.0 && in_control < 1.0) {
            return Err(ChartRefused::BadBaseline { rate: in_control });
        }
        if !(found > in_control && found < 1.0) {
            return Err(ChartRefused::BadBaseline { rate: found });
        }
        let r1 = f64::ln_1p(-in_control) - f64::ln_1p(-found);
        let r2 = (found * (1.0 - in_control) / (in_control * (1.0 - found))).ln();
        Ok(Self { units_per_error: whole(r2 / r1).max(2), threshold: threshold.max(1) })
    }

    /// The design with the lowest threshold that keeps the average number of units between false alarms at
    /// `false_alarm_every` or more. Refused as [`Self::new`], and where not even twenty errors in a row would suffice.
    pub fn with_false_alarms(
        in_control: f64,
        found: f64,
        false_alarm_every: f64,
    ) -> Result<Self, ChartRefused> {
        let design = |threshold| Self::new(in_control, found, threshold);
        let (mut low, mut high) = (1, design(1)?.units_per_error.saturating_mul(20));
        let suffices =
            |threshold| design(threshold).map(|design| design.average_run(in_control) >= false_alarm_every);
        if !suffices(high)? {
            return Err(ChartRefused::BadBaseline { rate: in_control });
        }
        while low < high {
            let middle = low.midpoint(high);
            if suffices(middle)? {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        design(low)
    }

    /// The average number of units until it signals, from S = 0, at a true rate: exact, by the Markov chain over the
    /// steps. At the rate in control it is the time between false alarms. Infinite at rate 0.
    pub fn average_run(self, rate: f64) -> f64 {
        if rate <= 0.0 {
            return f64::INFINITY;
        }
        let (rate, clean) = (rate.min(1.0), 1.0 - rate.min(1.0));
        let (jump, top) = (self.units_per_error.saturating_sub(1).max(1) as usize, self.threshold as usize);
        // A clean unit leads one step down, so the expectation at s is a line in that at s − 1:
        // E(s) = base[s] + slope[s]·E(s−1). An error leads to s + jump, whose lines lead back down to s one by one.
        let (mut base, mut slope) = (vec![0.0; top], vec![0.0; top]);
        // The line from s + jump down to s: its steps are s+1 … s+jump, a window that moves with s.
        for s in (0..top).rev() {
            let (mut offset, mut factor) = (0.0, 0.0);
            if s + jump < top {
                factor = 1.0;
                for step in (s + 1..=s + jump).rev() {
                    offset += factor * base[step];
                    factor *= slope[step];
                }
            }
            let stays = if s == 0 { clean } else { 0.0 };
            let rest = 1.0 - rate * factor - stays;
            base[s] = (1.0 + rate * offset) / rest;
            slope[s] = clean / rest;
        }
        base[0]
    }

    /// Runs it over units in the order in which they were checked, true where there is an error.
    pub fn run(self, outcomes: impl IntoIterator<Item = bool>) -> Cusum {
        let (mut steps, mut sums, mut signals) = (0_u32, Vec::new(), Vec::new());
        for (place, error) in outcomes.into_iter().enumerate() {
            steps = if error {
                steps.saturating_add(self.units_per_error.saturating_sub(1))
            } else {
                steps.saturating_sub(1)
            };
            sums.push(f64::from(steps) / f64::from(self.units_per_error.max(1)));
            if steps >= self.threshold {
                signals.push(place);
                steps = 0;
            }
        }
        Cusum { design: self, sums, signals }
    }

    /// The smallest number of errors that signals if they come one right after the other.
    pub fn errors_to_signal(self) -> u64 {
        u64::from(self.threshold.div_ceil(self.units_per_error.saturating_sub(1).max(1)))
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "positive; saturates")]
const fn whole(value: f64) -> u32 {
    value.round() as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::real;
    use rstest::rstest;

    #[test]
    fn m_follows_from_the_two_rates() {
        assert_eq!(
            CusumDesign::new(0.005, 0.02, 184).unwrap(),
            CusumDesign { units_per_error: 92, threshold: 184 }
        );
    }

    /// Average runs at 0.5, 1, 2 and 4 %, computed exactly and by simulation elsewhere.
    #[rstest]
    #[case(92, [746.037, 266.857, 109.458, 50.624_2])]
    #[case(138, [1_123.81, 353.298, 129.001, 54.278_4])]
    #[case(184, [3_000.68, 630.355, 191.362, 78.292_9])]
    #[case(230, [5_702.2, 898.769, 234.841, 88.567_7])]
    #[case(276, [12_535.0, 1_297.57, 291.84, 108.835])]
    #[case(322, [25_476.9, 1_759.92, 345.054, 124.237])]
    fn average_runs(#[case] threshold: u32, #[case] expected: [f64; 4]) {
        let design = CusumDesign { units_per_error: 92, threshold };
        for (rate, expected) in [0.005, 0.01, 0.02, 0.04].into_iter().zip(expected) {
            let found = design.average_run(rate);
            assert!((found - expected).abs() <= 1e-5 * expected, "{found} is not {expected} at {rate}");
        }
    }

    #[test]
    fn the_threshold_keeps_false_alarms_apart() {
        let design = CusumDesign::with_false_alarms(0.005, 0.02, 3_000.0).unwrap();
        assert!(design.average_run(0.005) >= 3_000.0);
        let lower = CusumDesign { threshold: design.threshold - 1, ..design };
        assert!(lower.average_run(0.005) < 3_000.0);
        assert!(CusumDesign::with_false_alarms(0.005, 0.02, f64::INFINITY).is_err());
    }

    #[test]
    fn it_signals_and_begins_anew() {
        let design = CusumDesign { units_per_error: 10, threshold: 18 };
        assert_eq!(design.errors_to_signal(), 2);
        let cusum = design.run([true, true, false, true, false, true]);
        assert_eq!(cusum.signals, [1]);
        assert_eq!(cusum.sums, [0.9, 1.8, 0.0, 0.9, 0.8, 1.7]);
    }

    #[test]
    fn certain_errors_signal_as_soon_as_they_can() {
        let design = CusumDesign { units_per_error: 92, threshold: 184 };
        assert!((design.average_run(1.0) - real(design.errors_to_signal())).abs() < 1e-9);
        assert!(design.average_run(0.0).is_infinite());
    }

    #[test]
    fn rates_that_tell_nothing_apart_are_refused() {
        for (in_control, found) in [(0.0, 0.02), (0.02, 0.02), (0.02, 0.01), (0.02, 1.0), (f64::NAN, 0.5)] {
            assert!(CusumDesign::new(in_control, found, 100).is_err());
        }
    }
}
