//! The account of a due time, day by day: how a clock was counted.

use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::super::zone::wall;
use super::super::{BusinessDays, BusinessMinutes, Timestamp, end_of_day, start_of_day};
use super::{Calendar, DayKind, DayName};

/// An amount of business time to be counted, in one of the two units that never mix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Amount {
    /// Business minutes.
    Minutes(BusinessMinutes),
    /// Business days.
    Days(BusinessDays),
}

/// One day of the account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Counted {
    /// The day.
    pub date: NaiveDate,
    /// What it is in the calendar.
    pub kind: DayKind,
    /// Its name, if it has a rule of its own.
    pub name: Option<DayName>,
    /// Whether its year is confirmed.
    pub confirmed: bool,
    /// The open hours that counted; empty when days are counted.
    pub spans: Vec<CountedSpan>,
    /// What the day added.
    pub counted: Amount,
    /// What has been counted up to the end of the day.
    pub total: Amount,
}

/// Open time that counted, from one instant to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CountedSpan {
    /// Its beginning.
    pub from: DateTime<Utc>,
    /// Its end.
    pub to: DateTime<Utc>,
}

/// The days from the start to the due time, one after the other; see [`Calendar::explain`].
#[derive(Clone, Debug)]
pub struct Explain<'a> {
    calendar: &'a Calendar,
    start: Timestamp,
    due: Timestamp,
    amount: Amount,
    first: NaiveDate,
    last: NaiveDate,
    next: Option<NaiveDate>,
}

impl Calendar {
    /// How the due time of an amount that begins at `start` is counted: every day from the start day to the day it
    /// is due on, those that count for nothing included. The last total is the amount, and the account ends at
    /// [`Calendar::add_minutes`] or on the day of [`Calendar::due_day`]. An amount below zero counts as zero.
    ///
    /// The days are made one by one as they are asked for: a careless amount costs no memory.
    pub fn explain(&self, start: Timestamp, amount: Amount) -> Explain<'_> {
        let first = wall(start).0;
        let (due, last, amount) = match amount {
            Amount::Minutes(minutes) => {
                let minutes = minutes.max(BusinessMinutes::ZERO);
                let due = self.add_minutes(start, minutes);
                (due, wall(due).0, Amount::Minutes(minutes))
            }
            Amount::Days(days) => {
                let due = self.add_business_days(first, days);
                (due.ends_at(), due.date, amount)
            }
        };
        Explain { calendar: self, start, due, amount, first, last, next: Some(first) }
    }
}

impl Explain<'_> {
    /// The due time the account leads to: of minutes the instant itself, of days the first one that is too late.
    pub const fn due(&self) -> Timestamp {
        self.due
    }

    fn counted(&self, date: NaiveDate) -> (Vec<CountedSpan>, Amount, Amount) {
        let calendar = self.calendar;
        match self.amount {
            Amount::Minutes(_) => {
                let spans = self.spans(date);
                let (from, to) = (start_of_day(date).max(self.start), end_of_day(date).min(self.due));
                let counted = calendar.minutes_between(from, to);
                (spans, Amount::Minutes(counted), Amount::Minutes(calendar.minutes_between(self.start, to)))
            }
            Amount::Days(_) => {
                let counts = date != self.first && calendar.is_working_day(date);
                let total = calendar.business_days_between(self.first, date);
                (Vec::new(), Amount::Days(BusinessDays(u32::from(counts))), Amount::Days(total))
            }
        }
    }

    fn spans(&self, date: NaiveDate) -> Vec<CountedSpan> {
        let midnight = start_of_day(date);
        let at = |minutes: u16| midnight + chrono::TimeDelta::minutes(i64::from(minutes));
        self.calendar
            .hours(date)
            .iter()
            .map(|open| CountedSpan { from: at(open.from).max(self.start), to: at(open.to).min(self.due) })
            .filter(|span| span.from < span.to)
            .collect()
    }
}

impl Iterator for Explain<'_> {
    type Item = Counted;

    fn next(&mut self) -> Option<Counted> {
        let date = self.next?;
        self.next = date.checked_add_days(Days::new(1)).filter(|next| *next <= self.last);
        let (spans, counted, total) = self.counted(date);
        Some(Counted {
            date,
            kind: self.calendar.kind(date),
            name: self.calendar.rule(date).map(|rule| rule.name.clone()),
            confirmed: self.calendar.is_confirmed(date, date),
            spans,
            counted,
            total,
        })
    }
}
