//! Days as spreadsheets count them: 46356.3819444 is 2026-11-30 09:10.

use chrono::{Days, NaiveDate, NaiveTime, TimeDelta};
use serde::Deserialize;

use super::form::Written;

/// From where a spreadsheet counts its days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum Serial {
    /// Day 1 is 1 January 1900: the usual one.
    #[serde(rename = "1900")]
    Since1900,
    /// Day 0 is 1 January 1904: files of older Macs.
    #[serde(rename = "1904")]
    Since1904,
}

/// Whether a text looks like such a number: five digits, and a fraction of a day.
pub fn looks_serial(text: &str) -> bool {
    let (days, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    days.len() == 5 && digits(days) && digits(fraction)
}

impl Serial {
    /// The day and time of a number, to the second, which is as fine as the numbers are exact; none where it is none.
    pub fn read(self, text: &str) -> Option<Written> {
        if !looks_serial(text) {
            return None;
        }
        let (days, fraction) = text.split_once('.').unwrap_or((text, ""));
        // A spreadsheet takes 1900 for a leap year, so that its days behind that February count one more.
        let start = match self {
            Self::Since1900 => NaiveDate::from_ymd_opt(1899, 12, 30)?,
            Self::Since1904 => NaiveDate::from_ymd_opt(1904, 1, 1)?,
        };
        let day = start.checked_add_days(Days::new(days.parse().ok()?))?;
        if fraction.bytes().all(|byte| byte == b'0') {
            return Some(Written::Day(day));
        }
        let digits: String = fraction.chars().take(15).collect();
        let scale = 10_i64.checked_pow(u32::try_from(digits.len()).ok()?)?;
        let part: i64 = digits.parse().ok()?;
        let seconds = (i128::from(part) * 86_400 * 2 + i128::from(scale)) / (i128::from(scale) * 2);
        let seconds = TimeDelta::seconds(i64::try_from(seconds).ok()?);
        Some(Written::Time(day.and_time(NaiveTime::MIN).checked_add_signed(seconds)?))
    }
}
