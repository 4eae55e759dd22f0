//! Points in time and days as files write them.
//!
//! What can be read in one way only is read without a word in the mapping; what could mean two things is refused, and the
//! refusal says which setting decides.

mod form;
mod serial;

use chrono::{
    DateTime, Days, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, SubsecRound as _, TimeDelta,
    Timelike as _, Utc,
};
use domain::text::{narrow, trimmed};
use domain::time::Timestamp;
use serde::Deserialize;

pub use form::Order;
use form::Written;
pub use serial::Serial;

/// How a file writes times.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimeForm {
    /// Pattern of `strftime` where times are written in a way that is not recognised; `epoch_s` and `epoch_ms` for
    /// seconds and milliseconds since 1970.
    pub format: Option<String>,
    /// Offset of times that carry none: `+08:00`. Without it they are refused, because nobody could say when it was.
    pub offset: Option<String>,
    /// Which comes first where a date does not begin with the year: `dmy` or `mdy`.
    pub order: Option<Order>,
    /// Numbers are the days of a spreadsheet: since 1900, or since 1904.
    pub serial: Option<Serial>,
    /// When on its day a step was that has a day and no time.
    pub days: Option<WholeDays>,
    /// No day before this one is believed; 1980-01-01 where it is not given.
    pub from: Option<NaiveDate>,
    /// No day behind this one is believed; 2100-12-31 where it is not given.
    pub until: Option<NaiveDate>,
}

/// When on its day something was that has a day and no time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WholeDays {
    /// At its first moment.
    Begin,
    /// At its last millisecond.
    End,
    /// At the time of the row before of the same case where that is of the same day, else at its first moment: for logs
    /// whose rows stand in the order of the work.
    Rows,
}

/// A point in time that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Read {
    /// To the full precision written, for the order of steps; see [`whole`].
    pub at: DateTime<Utc>,
    /// Only its day was written.
    pub day_only: bool,
}

/// Reads times of one form.
#[derive(Clone, Debug)]
pub struct Times {
    form: TimeForm,
    offset: Option<FixedOffset>,
    from: NaiveDate,
    until: NaiveDate,
}

impl Times {
    /// A reader of that form.
    ///
    /// # Errors
    /// The offset, where it is none.
    pub fn new(form: &TimeForm) -> Result<Self, String> {
        let offset = form.offset.as_deref().map(|text| {
            text.parse::<FixedOffset>()
                .map_err(|_| format!("time.offset = {text:?} is no offset like +08:00"))
        });
        let (from, until) = (
            form.from.unwrap_or_else(|| year(1980)),
            form.until.unwrap_or_else(|| year(2101).pred_opt().unwrap_or(NaiveDate::MAX)),
        );
        Ok(Self { form: form.clone(), offset: offset.transpose()?, from, until })
    }

    /// How days without a time are taken; none where they are refused.
    pub const fn whole_days(&self) -> Option<WholeDays> {
        self.form.days
    }

    /// The offset of days and times without one.
    pub const fn offset(&self) -> Option<FixedOffset> {
        self.offset
    }

    /// A point in time.
    ///
    /// # Errors
    /// In words, what is wrong and what to do.
    pub fn read(&self, text: &str) -> Result<Read, String> {
        self.read_as(text, self.form.days)
    }

    fn read_as(&self, text: &str, days: Option<WholeDays>) -> Result<Read, String> {
        // The usual form first: whole logs are written in it.
        if self.form.format.is_none()
            && let Ok(at) = DateTime::parse_from_rfc3339(text)
        {
            return self.real(at.to_utc(), text).map(|at| Read { at, day_only: false });
        }
        let narrowed = narrow(trimmed(text));
        let narrowed = trimmed(&narrowed);
        let (local, offset) = self.written(narrowed, text)?;
        let (local, day_only) = match local {
            Written::Day(day) => (on(days, day, text)?, true),
            Written::Time(local) => (local, false),
        };
        let offset = offset.or(self.offset).ok_or_else(|| {
            format!("{text:?} has no offset: write it, or set time.offset in the mapping, such as \"+08:00\"")
        })?;
        let at = local.and_local_timezone(offset).single();
        let at = at.ok_or_else(|| format!("{text:?} is beyond what can be counted"))?;
        self.real(at.to_utc(), text).map(|at| Read { at, day_only })
    }

    /// A point in time by which something is to be: a day without a time is its last millisecond.
    ///
    /// # Errors
    /// In words, what is wrong and what to do.
    pub fn by(&self, text: &str) -> Result<DateTime<Utc>, String> {
        self.read_as(text, Some(WholeDays::End)).map(|read| read.at)
    }

    /// A day. A time of day behind it must be its first moment.
    ///
    /// # Errors
    /// In words, what is wrong and what to do.
    pub fn day(&self, text: &str) -> Result<NaiveDate, String> {
        let narrowed = narrow(trimmed(text));
        let written = self.recognised(trimmed(&narrowed), text)?.0;
        match written {
            Written::Day(day) => Ok(day),
            Written::Time(at) if at.time() == NaiveTime::MIN => Ok(at.date()),
            Written::Time(_) => Err(format!("{text:?} has a time of day: write the day alone")),
        }
    }

    fn written(&self, narrowed: &str, text: &str) -> Result<(Written, Option<FixedOffset>), String> {
        let Some(format) = &self.form.format else { return self.recognised(narrowed, text) };
        let unlike = || format!("{text:?} is not written {format}, as time.format says");
        let since = |count: Option<DateTime<Utc>>| {
            let at = count.ok_or_else(unlike)?;
            Ok((Written::Time(at.naive_utc()), Some(FixedOffset::east_opt(0).ok_or_else(unlike)?)))
        };
        match format.as_str() {
            "epoch_s" | "%s" => {
                since(narrowed.parse().ok().and_then(|count| DateTime::from_timestamp(count, 0)))
            }
            "epoch_ms" => since(narrowed.parse().ok().and_then(DateTime::from_timestamp_millis)),
            _ => {
                if let Ok(at) = DateTime::parse_from_str(narrowed, format) {
                    return Ok((Written::Time(at.naive_local()), Some(*at.offset())));
                }
                if let Ok(local) = NaiveDateTime::parse_from_str(narrowed, format) {
                    return Ok((Written::Time(local), None));
                }
                let day = NaiveDate::parse_from_str(narrowed, format).map_err(|_| unlike())?;
                Ok((Written::Day(day), None))
            }
        }
    }

    fn recognised(&self, narrowed: &str, text: &str) -> Result<(Written, Option<FixedOffset>), String> {
        if let Some(written) = self.form.serial.and_then(|serial| serial.read(narrowed)) {
            return Ok((written, None));
        }
        form::read(narrowed, self.form.order).map_err(|why| format!("{text:?} {why}"))
    }

    /// A time that can have been: no leap second, and within the years that are believed.
    fn real(&self, at: DateTime<Utc>, text: &str) -> Result<DateTime<Utc>, String> {
        if at.nanosecond() >= 1_000_000_000 {
            return Err(format!("{text:?} is a leap second, which no clock here has: write second 59"));
        }
        let day = at.date_naive();
        if day < self.from || day > self.until {
            return Err(format!(
                "{text:?} is not within {} to {}: mend it, or set time.from and time.until in the mapping",
                self.from, self.until
            ));
        }
        Ok(at)
    }
}

/// The point in time that stands for a day without one; refused without a setting.
fn on(days: Option<WholeDays>, day: NaiveDate, text: &str) -> Result<NaiveDateTime, String> {
    match days {
        Some(WholeDays::Begin | WholeDays::Rows) => Ok(day.and_time(NaiveTime::MIN)),
        Some(WholeDays::End) => {
            let next = day.checked_add_days(Days::new(1)).map(|day| day.and_time(NaiveTime::MIN));
            next.and_then(|next| next.checked_sub_signed(TimeDelta::milliseconds(1)))
                .ok_or_else(|| format!("{text:?} is beyond what can be counted"))
        }
        None => Err(format!(
            "{text:?} is a day without a time: set time.days in the mapping to \"begin\", \"end\" or \"rows\" (the \
             order of the rows)"
        )),
    }
}

/// The first day of a year.
fn year(year: i32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default()
}

/// The same in whole milliseconds, as everything is stored and counted; a finer part is cut off.
pub fn whole(at: DateTime<Utc>) -> Timestamp {
    at.trunc_subsecs(3)
}

#[cfg(test)]
mod tests;
