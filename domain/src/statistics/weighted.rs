//! Rates from units that were not all as likely to be drawn.

use super::{Confidence, Interval, interval::jeffreys_real, real};

/// A checked unit and the probability with which it was drawn, as written in the ledger at the time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sampled {
    /// Whether an error was found.
    pub hit: bool,
    /// Its inclusion probability π, above 0 and at most 1.
    pub inclusion: f64,
}

/// A unit whose inclusion probability is none: hand-picked units have no place in a rate.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error("unit {position} has the inclusion probability {inclusion}")]
pub struct WeightError {
    /// Its place among the units given.
    pub position: usize,
    /// What was given.
    pub inclusion: f64,
}

/// A weighted share with what is known about it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weighted {
    /// The share; none where there is no unit.
    pub share: Option<f64>,
    /// How many units drawn with equal probability would tell as much.
    pub effective_size: f64,
    /// The 95 % interval.
    pub interval: Interval,
}

/// The Hájek estimate Σ(y/π) ÷ Σ(1/π) of the share of hits, with a 95 % interval.
///
/// The interval is that of Jeffreys on effective counts: the estimate times, and out of, an effective sample size.
/// That size is the smaller of two: Kish's (Σw)² ÷ Σw² with w = 1/π, which knows the weights alone, and
/// p(1−p)(Σw)² ÷ Σw²(y−p)², which is smaller where the errors sit among the units that stand for many. Equal
/// probabilities give the plain sample size by both, so that the interval is then the unweighted one. It leaves
/// out the gain of having checked a large part of the frame, and so errs to the wide side.
pub fn hajek(units: &[Sampled]) -> Result<Weighted, WeightError> {
    for (position, unit) in units.iter().enumerate() {
        if !(unit.inclusion > 0.0 && unit.inclusion <= 1.0) {
            return Err(WeightError { position, inclusion: unit.inclusion });
        }
    }
    let weights = || units.iter().map(|unit| (1.0 / unit.inclusion, unit.hit));
    let total: f64 = weights().map(|(weight, _)| weight).sum();
    if total <= 0.0 {
        return Ok(Weighted { share: None, effective_size: 0.0, interval: Interval::UNKNOWN });
    }
    let hits: f64 = weights().filter(|(_, hit)| *hit).map(|(weight, _)| weight).sum();
    let any_clean = units.iter().any(|unit| !unit.hit);
    // Rounding must not leave a hair's breadth between the share and the end it stands at.
    let share = if any_clean { hits / total } else { 1.0 };
    let kish = total * total / weights().map(|(weight, _)| weight * weight).sum::<f64>();
    let spread: f64 =
        weights().map(|(weight, hit)| (weight * (f64::from(u8::from(hit)) - share)).powi(2)).sum();
    let by_design = if spread > 0.0 { share * (1.0 - share) * total * total / spread } else { kish };
    let effective_size = kish.min(by_design).min(real(units.len() as u64));
    let effective_hits = if any_clean { share * effective_size } else { effective_size };
    let interval = jeffreys_real(effective_hits, effective_size, Confidence::P95);
    Ok(Weighted { share: Some(share), effective_size, interval })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn unit(hit: bool, inclusion: f64) -> Sampled {
        Sampled { hit, inclusion }
    }

    /// Two strata: 10 of 20 risky items checked, 5 wrong; 10 of 1,000 plain ones, none wrong. The weighted share is
    /// the stratified one, 10 ÷ 1,020; the naive one would be 25 %.
    #[test]
    fn oversampled_risk_is_weighted_down() {
        let mut units: Vec<Sampled> = (0..10).map(|at| unit(at < 5, 0.5)).collect();
        units.extend((0..10).map(|_| unit(false, 0.01)));
        let found = hajek(&units).unwrap();
        assert!((found.share.unwrap() - 10.0 / 1_020.0).abs() < 1e-15);
        let kish = 1_020.0_f64.powi(2) / (10.0 * 4.0 + 10.0 * 10_000.0);
        assert!((found.effective_size - kish).abs() < 1e-9);
    }

    #[test]
    fn an_error_that_stands_for_many_widens_the_interval() {
        let units = |heavy: bool| -> Vec<Sampled> {
            let light = (0..50).map(|at| unit(!heavy && at == 0, 1.0));
            light.chain((0..50).map(|at| unit(heavy && at == 0, 0.1))).collect()
        };
        let (heavy, light) = (hajek(&units(true)).unwrap(), hajek(&units(false)).unwrap());
        assert!(heavy.effective_size < light.effective_size);
        assert!(heavy.interval.high > light.interval.high);
    }

    #[test]
    fn all_or_nothing_touches_the_end() {
        let all = hajek(&[unit(true, 0.3), unit(true, 0.7)]).unwrap();
        assert_eq!((all.share, all.interval.high), (Some(1.0), 1.0));
        let none = hajek(&[unit(false, 0.3), unit(false, 0.7)]).unwrap();
        assert_eq!((none.share, none.interval.low), (Some(0.0), 0.0));
        assert!(none.interval.high > 0.5);
    }

    #[test]
    fn no_probability_no_rate() {
        for inclusion in [0.0, -0.5, 1.5, f64::NAN] {
            let error = hajek(&[unit(false, 0.5), unit(true, inclusion)]).unwrap_err();
            assert_eq!(error.position, 1);
        }
    }

    /// A frame of 20,000 with 5 % risky items at 10 % errors and the rest at 0.4 %, risk drawn ten times as often:
    /// the naive rate is some three times too high, the weighted one is right on average, and its interval covers
    /// the truth at least about as often as it says.
    #[test]
    fn the_interval_covers_under_risk_weighted_draws() {
        let truth = 0.05 * 0.10 + 0.95 * 0.004;
        let mut state = 20_260_318_u64;
        // SplitMix64: a fixed stream, so that the test is the same every time.
        let mut next = || {
            state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let mut z = state;
            z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            real((z ^ (z >> 31)) >> 11) / real(1 << 53)
        };
        let (rounds, mut covered, mut weighted, mut naive) = (400, 0_u32, 0.0, 0.0);
        for _ in 0..rounds {
            let mut units = Vec::new();
            for item in 0..20_000 {
                let (inclusion, error) = if item % 20 == 0 { (0.2, 0.10) } else { (0.02, 0.004) };
                let (drawn, hit) = (next() < inclusion, next() < error);
                if drawn {
                    units.push(unit(hit, inclusion));
                }
            }
            let found = hajek(&units).unwrap();
            covered += u32::from(found.interval.low <= truth && truth <= found.interval.high);
            weighted += found.share.unwrap() / f64::from(rounds);
            naive += real(units.iter().filter(|unit| unit.hit).count() as u64)
                / real(units.len() as u64)
                / f64::from(rounds);
        }
        assert!((weighted - truth).abs() < 0.000_5, "weighted {weighted}, truth {truth}");
        assert!(naive > 3.0 * truth, "naive {naive}, truth {truth}");
        assert!(f64::from(covered) / f64::from(rounds) >= 0.94, "covered {covered} of {rounds}");
    }

    proptest! {
        #[test]
        fn the_share_lies_in_its_interval(units in prop::collection::vec((any::<bool>(), 0.001_f64..=1.0), 1..80)) {
            let units: Vec<Sampled> = units.into_iter().map(|(hit, inclusion)| unit(hit, inclusion)).collect();
            let found = hajek(&units).unwrap();
            let share = found.share.unwrap();
            prop_assert!((0.0..=1.0).contains(&share));
            prop_assert!(found.effective_size > 0.0 && found.effective_size <= real(units.len() as u64));
            prop_assert!(found.interval.low <= share && share <= found.interval.high);
        }
    }
}
