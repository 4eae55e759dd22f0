//! "By the end of that day", as a type of its own.

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize};

use super::{DueDay, Timestamp, end_of_day, local_date, wire};
use chrono::TimeDelta;

/// What has to be done by the end of a day, as a promise to a customer is.
///
/// It is stored and sent as the first instant that is too late, which is the midnight at which the *next* day begins. Shown as
/// an instant it would read a day late, so it cannot be: people are told its [last day](Self::last_day), rules ask
/// whether it [is over](Self::is_over), and only what sorts or stores it takes the [instant](Self::first_too_late).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String, format = DateTime))]
pub struct DayEnd(Timestamp);

impl DayEnd {
    /// By the end of this day in the house.
    pub fn of(day: NaiveDate) -> Self {
        Self(end_of_day(day))
    }

    /// By an instant that is the first one too late, as it is stored; other systems promise within a day, too.
    pub const fn before(first_too_late: Timestamp) -> Self {
        Self(first_too_late)
    }

    /// The last day on which it is on time.
    pub fn last_day(self) -> NaiveDate {
        local_date(self.0.checked_sub_signed(TimeDelta::milliseconds(1)).unwrap_or(self.0))
    }

    /// The first instant that is too late: for sorting and storing, not for showing.
    pub const fn first_too_late(self) -> Timestamp {
        self.0
    }

    /// Whether what is not done now is late.
    pub fn is_over(self, now: Timestamp) -> bool {
        now >= self.0
    }
}

impl From<DueDay> for DayEnd {
    fn from(due: DueDay) -> Self {
        Self::of(due.date)
    }
}

impl<'de> Deserialize<'de> for DayEnd {
    fn deserialize<D: Deserializer<'de>>(value: D) -> Result<Self, D::Error> {
        wire::instant(value).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a test day")
    }

    fn at(text: &str) -> Timestamp {
        format!("{text}+08:00").parse().expect("a test instant")
    }

    #[test]
    fn the_last_day_is_the_day_itself_and_not_the_one_that_then_begins() {
        let end = DayEnd::of(day("2026-03-23"));
        assert_eq!(end.last_day(), day("2026-03-23"));
        assert!(!end.is_over(at("2026-03-23T23:59:59.999")));
        assert!(end.is_over(at("2026-03-24T00:00:00")));
    }

    #[test]
    fn a_promise_within_a_day_is_of_that_day() {
        let end = DayEnd::before(at("2026-03-23T17:30:00"));
        assert_eq!(end.last_day(), day("2026-03-23"));
        assert!(!end.is_over(at("2026-03-23T17:29:00")) && end.is_over(at("2026-03-23T17:30:00")));
    }

    #[test]
    fn it_lies_in_the_log_as_the_instant_it_always_was() {
        let end = DayEnd::of(day("2026-03-23"));
        let json = serde_json::to_string(&end).expect("writes");
        assert_eq!(json, r#""2026-03-23T16:00:00Z""#);
        assert_eq!(serde_json::from_str::<DayEnd>(&json).expect("reads"), end);
    }

    #[test]
    fn the_end_of_time_has_a_last_day() {
        assert_eq!(DayEnd::of(NaiveDate::MAX).last_day(), NaiveDate::MAX);
    }
}
