//! What a calendar is made of, as it is stored and sent.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A calendar as data: stored per unit, edited by one administrator, confirmed by another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CalendarData {
    /// Office hours of an ordinary working day, in order.
    pub hours: Vec<OpenHours>,
    /// Days that differ from a plain week; in any order, kept by date.
    pub days: Vec<DayRule>,
    /// Years whose days a second person has confirmed.
    pub confirmed: BTreeSet<i32>,
}

/// Open from one minute of the day to another, as on the wall clock of the house.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OpenHours {
    /// Minutes after midnight at which work begins.
    pub from: u16,
    /// Minutes after midnight at which it stops; at most 1440.
    pub to: u16,
}

impl OpenHours {
    /// From an hour and minute to another, as `OpenHours::at((8, 30), (12, 0))`.
    pub const fn at(from: (u16, u16), to: (u16, u16)) -> Self {
        Self { from: from.0 * 60 + from.1, to: to.0 * 60 + to.1 }
    }

    /// Minutes between the two.
    pub const fn minutes(self) -> u16 {
        self.to.saturating_sub(self.from)
    }
}

/// One day that differs from a plain week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DayRule {
    /// The day.
    pub date: NaiveDate,
    /// What is different.
    pub kind: RuleKind,
    /// What people call it.
    pub name: DayName,
}

/// What is different on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RuleKind {
    /// Not worked.
    Holiday,
    /// Worked in ordinary hours, even if it is a Saturday or Sunday.
    Working,
    /// Worked in these hours: a half day, or a longer one.
    Hours(Vec<OpenHours>),
}

/// The name of a day in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DayName {
    /// Simplified Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl DayName {
    /// A name in both languages.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }
}

/// Why data is no calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum CalendarError {
    /// A working day without a minute of work; `None`: the ordinary one.
    #[error("no open hours on {}", day_text(*date))]
    NoHours {
        /// The day, or none for the ordinary working day.
        date: Option<NaiveDate>,
    },
    /// Hours that end before they begin, end after midnight, overlap or are out of order.
    #[error("hours {from}–{to} (minutes of the day) do not fit on {}", day_text(*date))]
    BadHours {
        /// The day, or none for the ordinary working day.
        date: Option<NaiveDate>,
        /// Minutes after midnight.
        from: u16,
        /// Minutes after midnight.
        to: u16,
    },
    /// Two rules for one day.
    #[error("two rules for {date}")]
    TwoRules {
        /// The day.
        date: NaiveDate,
    },
}

fn day_text(date: Option<NaiveDate>) -> String {
    date.map_or_else(|| "an ordinary working day".to_owned(), |date| date.to_string())
}

/// Puts the rules in order of date and refuses what no calendar can be.
pub(super) fn check(data: &mut CalendarData) -> Result<(), CalendarError> {
    data.days.sort_by_key(|rule| rule.date);
    check_hours(None, &data.hours)?;
    for rule in &data.days {
        if let RuleKind::Hours(hours) = &rule.kind {
            check_hours(Some(rule.date), hours)?;
        }
    }
    for (rule, next) in data.days.iter().zip(data.days.iter().skip(1)) {
        if rule.date == next.date {
            return Err(CalendarError::TwoRules { date: rule.date });
        }
    }
    Ok(())
}

/// Minutes in all the hours together.
pub(super) fn open_minutes(hours: &[OpenHours]) -> i64 {
    hours.iter().map(|open| i64::from(open.minutes())).sum()
}

fn check_hours(date: Option<NaiveDate>, hours: &[OpenHours]) -> Result<(), CalendarError> {
    if hours.is_empty() {
        return Err(CalendarError::NoHours { date });
    }
    let mut earliest = 0;
    for open in hours {
        if open.from < earliest || open.to <= open.from || open.to > 24 * 60 {
            return Err(CalendarError::BadHours { date, from: open.from, to: open.to });
        }
        earliest = open.to;
    }
    Ok(())
}
