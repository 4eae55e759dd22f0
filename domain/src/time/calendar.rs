//! The business calendar of a unit: which days are worked, and between which hours.
//!
//! A calendar is data ([`CalendarData`]) with an index over it. The index holds, for every dated rule, by how many
//! days and minutes the calendar has departed from a plain week up to then; so the working days or minutes before
//! any date are one division and one binary search, and adding an amount is a binary search over those. Nothing
//! walks through days or minutes: ten thousand minutes cost what ten do.

mod data;
mod days;
mod explain;
mod minutes;
mod national;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

pub use data::{CalendarData, CalendarError, DayName, DayRule, OpenHours, RuleKind};
pub use days::DueDay;
pub use explain::{Amount, Counted, CountedSpan, Explain};

/// The business calendar of a unit.
///
/// The working week is Monday to Friday; dated rules change single days (holidays, make-up working days, half
/// days with hours of their own); the years somebody has confirmed are known, and a due date that reaches into
/// another one says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "CalendarData", into = "CalendarData")]
pub struct Calendar {
    data: CalendarData,
    /// Open minutes of an ordinary working day.
    plain_minutes: i64,
    /// One entry per dated rule, in order of date.
    index: Vec<Indexed>,
}

/// A dated rule in the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Indexed {
    /// Day number, 1 = 0001-01-01.
    day: i32,
    /// Working days more (or fewer) than in a plain week, up to and including this day.
    days: i64,
    /// Open minutes more (or fewer) than in a plain week, up to and including this day.
    minutes: i64,
}

/// What a day is in a calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DayKind {
    /// An ordinary working day.
    Working,
    /// A Saturday or Sunday worked to make up for a holiday 调休.
    MakeUp,
    /// A working day with hours of its own, such as a half day.
    OwnHours,
    /// A Saturday or Sunday.
    Weekend,
    /// A holiday.
    Holiday,
}

impl DayKind {
    /// Whether work is done on such a day.
    pub const fn is_working(self) -> bool {
        matches!(self, Self::Working | Self::MakeUp | Self::OwnHours)
    }
}

impl Calendar {
    /// A calendar over checked data: hours in order and not overlapping, one rule a day.
    pub fn new(mut data: CalendarData) -> Result<Self, CalendarError> {
        data::check(&mut data)?;
        let plain_minutes = data::open_minutes(&data.hours);
        let mut index = Vec::with_capacity(data.days.len());
        let (mut days, mut minutes) = (0, 0);
        for rule in &data.days {
            let weekday = is_weekday(rule.date);
            let (worked, open) = match &rule.kind {
                RuleKind::Holiday => (0, 0),
                RuleKind::Working => (1, plain_minutes),
                RuleKind::Hours(hours) => (1, data::open_minutes(hours)),
            };
            days += worked - i64::from(weekday);
            minutes += open - if weekday { plain_minutes } else { 0 };
            index.push(Indexed { day: rule.date.num_days_from_ce(), days, minutes });
        }
        Ok(Self { data, plain_minutes, index })
    }

    /// The data the calendar was made from, rules in order of date.
    pub const fn data(&self) -> &CalendarData {
        &self.data
    }

    /// The same days with other office hours on ordinary working days.
    pub fn with_hours(&self, hours: Vec<OpenHours>) -> Result<Self, CalendarError> {
        Self::new(CalendarData { hours, ..self.data.clone() })
    }

    /// The same calendar with further dated rules; a rule for a day that has one takes its place.
    pub fn with_days(&self, rules: impl IntoIterator<Item = DayRule>) -> Result<Self, CalendarError> {
        let mut data = self.data.clone();
        let rules: Vec<DayRule> = rules.into_iter().collect();
        let replaced: BTreeSet<NaiveDate> = rules.iter().map(|rule| rule.date).collect();
        data.days.retain(|rule| !replaced.contains(&rule.date));
        data.days.extend(rules);
        Self::new(data)
    }

    /// The same calendar with a further year confirmed.
    #[must_use]
    pub fn with_confirmed(&self, year: i32) -> Self {
        let mut calendar = self.clone();
        calendar.data.confirmed.insert(year);
        calendar
    }

    /// Whether every year touched from one day to the other, both included, is confirmed.
    pub fn is_confirmed(&self, from: NaiveDate, to: NaiveDate) -> bool {
        let (first, last) = (from.min(to).year(), from.max(to).year());
        // Counted over what is confirmed, not over the years asked about: those may be a quarter of a million.
        let touched = i64::from(last) - i64::from(first) + 1;
        i64::try_from(self.data.confirmed.range(first..=last).count()) == Ok(touched)
    }

    /// What the day is.
    pub fn kind(&self, date: NaiveDate) -> DayKind {
        match (self.rule(date).map(|rule| &rule.kind), is_weekday(date)) {
            (Some(RuleKind::Holiday), _) => DayKind::Holiday,
            (Some(RuleKind::Hours(_)), _) => DayKind::OwnHours,
            (Some(RuleKind::Working), false) => DayKind::MakeUp,
            (Some(RuleKind::Working) | None, true) => DayKind::Working,
            (None, false) => DayKind::Weekend,
        }
    }

    /// The dated rule of the day, with its name; none on ordinary days.
    pub fn rule(&self, date: NaiveDate) -> Option<&DayRule> {
        self.data
            .days
            .binary_search_by_key(&date, |rule| rule.date)
            .ok()
            .and_then(|at| self.data.days.get(at))
    }

    /// The open hours of the day in order; empty if it is not worked.
    pub fn hours(&self, date: NaiveDate) -> &[OpenHours] {
        match self.rule(date).map(|rule| &rule.kind) {
            Some(RuleKind::Hours(hours)) => hours,
            Some(RuleKind::Working) => &self.data.hours,
            None if is_weekday(date) => &self.data.hours,
            Some(RuleKind::Holiday) | None => &[],
        }
    }

    /// By how many days and minutes the calendar departs from a plain week before the day.
    fn departure_before(&self, day: i32) -> (i64, i64) {
        let later = self.index.partition_point(|entry| entry.day < day);
        later
            .checked_sub(1)
            .and_then(|at| self.index.get(at))
            .map_or((0, 0), |entry| (entry.days, entry.minutes))
    }

    /// Working days before the day, counted from a fixed origin.
    fn days_before(&self, day: i32) -> i64 {
        weekdays_before(day) + self.departure_before(day).0
    }

    /// Open minutes before the day, counted from a fixed origin.
    fn minutes_before(&self, day: i32) -> i64 {
        weekdays_before(day) * self.plain_minutes + self.departure_before(day).1
    }
}

impl TryFrom<CalendarData> for Calendar {
    type Error = CalendarError;

    fn try_from(data: CalendarData) -> Result<Self, CalendarError> {
        Self::new(data)
    }
}

impl From<Calendar> for CalendarData {
    fn from(calendar: Calendar) -> Self {
        calendar.data
    }
}

/// Whether the day is one of Monday to Friday.
fn is_weekday(date: NaiveDate) -> bool {
    date.weekday().num_days_from_monday() < 5
}

/// Days from Monday to Friday before day number `day`; day 1 is a Monday.
fn weekdays_before(day: i32) -> i64 {
    let past = i64::from(day) - 1;
    past.div_euclid(7) * 5 + past.rem_euclid(7).min(5)
}

/// The first day for which `holds` is true, if it is false up to some day and true from there on; none if it is
/// true for no day a date can name.
fn first_day(holds: impl Fn(i32) -> bool) -> Option<NaiveDate> {
    let (mut low, mut high) = (NaiveDate::MIN.num_days_from_ce(), NaiveDate::MAX.num_days_from_ce());
    if !holds(high) {
        return None;
    }
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    NaiveDate::from_num_days_from_ce_opt(low)
}
