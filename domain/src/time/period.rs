//! A period of days, as reports and rates name it.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{Timestamp, end_of_day, start_of_day};

/// Days in the house from `from` to `to`, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(try_from = "Bounds", into = "Bounds")]
pub struct Period {
    from: NaiveDate,
    to: NaiveDate,
}

/// The wire form of a [`Period`].
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Bounds {
    from: NaiveDate,
    to: NaiveDate,
}

/// Why two days are no period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a period ends on {to}, before it begins on {from}")]
pub struct PeriodError {
    /// The first day given.
    pub from: NaiveDate,
    /// The last day given.
    pub to: NaiveDate,
}

impl Period {
    /// The days from `from` to `to`, both included; refused if `to` is earlier.
    pub fn new(from: NaiveDate, to: NaiveDate) -> Result<Self, PeriodError> {
        if to < from { Err(PeriodError { from, to }) } else { Ok(Self { from, to }) }
    }

    /// One day.
    pub const fn day(date: NaiveDate) -> Self {
        Self { from: date, to: date }
    }

    /// The first day.
    pub const fn from(self) -> NaiveDate {
        self.from
    }

    /// The last day, which belongs to the period.
    pub const fn to(self) -> NaiveDate {
        self.to
    }

    /// Whether the day lies in the period.
    pub fn contains(self, date: NaiveDate) -> bool {
        self.from <= date && date <= self.to
    }

    /// The first instant of the period and the first one after it.
    pub fn instants(self) -> (Timestamp, Timestamp) {
        (start_of_day(self.from), end_of_day(self.to))
    }

    /// Its days in order.
    pub fn days(self) -> impl Iterator<Item = NaiveDate> {
        std::iter::successors(Some(self.from), |date| date.checked_add_days(Days::new(1)))
            .take_while(move |date| *date <= self.to)
    }
}

impl TryFrom<Bounds> for Period {
    type Error = PeriodError;

    fn try_from(bounds: Bounds) -> Result<Self, PeriodError> {
        Self::new(bounds.from, bounds.to)
    }
}

impl From<Period> for Bounds {
    fn from(Period { from, to }: Period) -> Self {
        Self { from, to }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ends_belong_to_it() {
        let period: Period = serde_json::from_str(r#"{"from":"2026-02-28","to":"2026-03-02"}"#).unwrap();
        assert_eq!(period.days().count(), 3);
        let (start, end) = period.instants();
        assert_eq!((end - start).num_days(), 3);
        assert!(period.contains(period.from()) && period.contains(period.to()));
        assert_eq!(Period::day(period.from()).days().count(), 1);
    }

    #[test]
    fn it_does_not_end_before_it_begins() {
        assert!(serde_json::from_str::<Period>(r#"{"from":"2026-03-02","to":"2026-02-28"}"#).is_err());
    }
}
