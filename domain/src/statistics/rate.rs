//! A rate as it is shown: never without its counts and its interval.

use serde::{Deserialize, Serialize};

use super::{Confidence, Interval, Sampled, Tally, WeightError, jeffreys, weighted};
use crate::time::Period;

/// What a rate counts. Units of different kinds are never added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum UnitOfCount {
    /// Change items, at their first recheck.
    ChangeItem,
    /// Bound policies, at final check or finished-product check.
    BoundPolicy,
    /// Printed notices.
    Notice,
    /// Items of hand-over slips.
    SlipItem,
    /// Completed steps of a post.
    Step,
    /// Whole cases.
    Case,
    /// Expected batch reports of a day.
    BatchReport,
    /// Verdicts on check points, of a conformity rate.
    Verdict,
    /// Visits of cases at posts, of timeliness.
    Visit,
    /// Statutory clocks that ran out in the period, of timeliness.
    StatutoryClock,
    /// Payment orders.
    PaymentOrder,
    /// Benefits due.
    BenefitDue,
    /// Units graded by two inspectors.
    DoubleGraded,
}

/// A rate with everything it takes to read it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Rate {
    /// Units with what is counted, as found: also of a weighted rate the plain number of them.
    pub numerator: u64,
    /// Units checked, likewise.
    pub denominator: u64,
    /// Whether the units were weighted by their inclusion probability; the estimate is then not the quotient of the
    /// two numbers above.
    pub weighted: bool,
    /// How many units drawn with equal probability would tell as much: the denominator itself unless weighted.
    pub effective_size: f64,
    /// The rate, between 0 and 1; none where nothing was checked, which is not the same as no error.
    pub estimate: Option<f64>,
    /// The lower end of the 95 % Jeffreys interval.
    pub low: f64,
    /// Its upper end. Where the numerator is 0 this is what is shown: "at most …".
    pub high: f64,
    /// What was counted.
    pub unit: UnitOfCount,
    /// The period it is of, where it is of one.
    pub period: Option<Period>,
}

impl Rate {
    /// The rate of units that were all as likely to be checked.
    pub fn of(tally: Tally, unit: UnitOfCount) -> Self {
        let Interval { low, high } = jeffreys(tally, Confidence::P95);
        Self {
            numerator: tally.hits(),
            denominator: tally.checked(),
            weighted: false,
            effective_size: super::real(tally.checked()),
            estimate: tally.share(),
            low,
            high,
            unit,
            period: None,
        }
    }

    /// The rate of units drawn with known but different probabilities; see [`hajek`](super::hajek).
    pub fn weighted(units: &[Sampled], unit: UnitOfCount) -> Result<Self, WeightError> {
        let estimate = weighted::hajek(units)?;
        let tally = Tally::of(units.iter().map(|unit| unit.hit));
        Ok(Self {
            weighted: true,
            effective_size: estimate.effective_size,
            estimate: estimate.share,
            low: estimate.interval.low,
            high: estimate.interval.high,
            ..Self::of(tally, unit)
        })
    }

    /// The same rate, named as that of a period.
    #[must_use]
    pub const fn within(mut self, period: Period) -> Self {
        self.period = Some(period);
        self
    }

    /// Its interval.
    pub const fn interval(self) -> Interval {
        Interval { low: self.low, high: self.high }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_carries_its_counts_and_interval() {
        let rate = Rate::of(Tally::new(1, 200).unwrap(), UnitOfCount::ChangeItem);
        assert_eq!((rate.numerator, rate.denominator, rate.estimate), (1, 200, Some(0.005)));
        assert!(rate.low < 0.005 && rate.high > 0.005);
        let json = serde_json::to_value(rate).unwrap();
        assert_eq!(json["unit"], "change_item");
        assert_eq!(json["period"], serde_json::Value::Null);
        assert_eq!(serde_json::from_value::<Rate>(json).unwrap(), rate);
    }

    #[test]
    fn nothing_checked_is_no_rate_of_zero() {
        let rate = Rate::of(Tally::default(), UnitOfCount::Case);
        assert_eq!((rate.estimate, rate.low, rate.high), (None, 0.0, 1.0));
        assert_eq!(Rate::weighted(&[], UnitOfCount::Case).unwrap().estimate, None);
    }

    #[test]
    fn equal_weights_change_nothing() {
        let units: Vec<Sampled> =
            (0..200).map(|at| Sampled { hit: at % 40 == 0, inclusion: 0.125 }).collect();
        let weighted = Rate::weighted(&units, UnitOfCount::Step).unwrap();
        let plain = Rate::of(Tally::new(5, 200).unwrap(), UnitOfCount::Step);
        assert!((weighted.low - plain.low).abs() < 1e-12 && (weighted.high - plain.high).abs() < 1e-12);
        assert!(weighted.weighted && !plain.weighted);
    }
}
