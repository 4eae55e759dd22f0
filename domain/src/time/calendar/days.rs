//! Counting working days: T+N is the N-th working day after the start day.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::super::{BusinessDays, Timestamp, end_of_day, local_date};
use super::{Calendar, first_day};

/// The day by the end of which something is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DueDay {
    /// The day; on time until it ends.
    pub date: NaiveDate,
    /// Whether every year counted through is confirmed; if not, the day may still move.
    pub confirmed: bool,
}

impl DueDay {
    /// The first instant that is too late.
    pub fn ends_at(self) -> Timestamp {
        end_of_day(self.date)
    }

    /// Whether what is done at this instant is on time.
    pub fn is_met_at(self, done: Timestamp) -> bool {
        done < self.ends_at()
    }
}

impl Calendar {
    /// Whether the day is worked.
    pub fn is_working_day(&self, date: NaiveDate) -> bool {
        self.kind(date).is_working()
    }

    /// T+N: the N-th working day after the start day, which itself never counts, be it worked or not
    /// (Civil Code art. 201). T+0 is the start day. Saturates at the last day a date can name.
    pub fn add_business_days(&self, start: NaiveDate, days: BusinessDays) -> DueDay {
        let date = if days == BusinessDays::ZERO {
            start
        } else {
            let wanted = self.days_before(start.num_days_from_ce() + 1) + i64::from(days.get());
            first_day(|day| self.days_before(day + 1) >= wanted).unwrap_or(NaiveDate::MAX)
        };
        DueDay { date, confirmed: self.is_confirmed(start, date) }
    }

    /// T+N from an instant: the day in the house on which it falls is the start day, at any hour.
    pub fn due_day(&self, start: Timestamp, days: BusinessDays) -> DueDay {
        self.add_business_days(local_date(start), days)
    }

    /// The working days after `start` up to and including `end`, so that T+N of the start has N of them; zero if
    /// `end` is not later.
    pub fn business_days_between(&self, start: NaiveDate, end: NaiveDate) -> BusinessDays {
        let days =
            self.days_before(end.num_days_from_ce() + 1) - self.days_before(start.num_days_from_ce() + 1);
        BusinessDays(u32::try_from(days.max(0)).unwrap_or(u32::MAX))
    }

    /// The first working day after the day.
    pub fn next_working_day(&self, date: NaiveDate) -> NaiveDate {
        self.add_business_days(date, BusinessDays(1)).date
    }

    /// The last working day before the day, for "open yesterday" and the close before this one.
    pub fn previous_working_day(&self, date: NaiveDate) -> NaiveDate {
        let wanted = self.days_before(date.num_days_from_ce());
        first_day(|day| self.days_before(day + 1) >= wanted).unwrap_or(NaiveDate::MIN)
    }

    /// The day itself where people work on it, else the last working day before it: there is nothing of a Sunday to
    /// look at.
    pub fn last_working_day(&self, date: NaiveDate) -> NaiveDate {
        if self.is_working_day(date) { date } else { self.previous_working_day(date) }
    }
}
