//! Reading what people type: dates without separators, amounts with or without commas, counts and times, full-width
//! digits.

use chrono::{Datelike, NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

/// Why a typed amount is not one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum AmountError {
    /// Not digits with an optional decimal point.
    NotANumber,
    /// One decimal, or more than two: an amount has none or two.
    Decimals,
    /// Larger than can be kept.
    TooLarge,
    /// A separator that groups no three digits: `1,2480` may be 12,480 or a slip.
    Grouping,
}

/// Why a typed date is not one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum DateError {
    /// Not of a form that is read (`0318`, `260318`, `20260318`, with or without separators).
    Form,
    /// No such day in the calendar.
    NoSuchDay,
}

/// Reads an amount in yuan into minor units. Commas and spaces may group its digits in threes, and nothing else.
pub fn parse_amount(text: &str) -> Result<i64, AmountError> {
    let plain = half_width(text);
    let plain = plain.trim();
    let (sign, digits) = match plain.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (-1, rest.trim_start()),
        None => (1, plain),
    };
    let (whole, cents) = digits.split_once('.').map_or((digits, None), |(w, c)| (w, Some(c)));
    let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    let groups: Vec<&str> = whole.split([',', ' ', '\u{a0}', '\u{202f}']).collect();
    if groups.iter().all(|group| group.is_empty())
        || !groups.iter().all(|group| all_digits(group))
        || !cents.is_none_or(|cents| all_digits(&cents.replace([',', ' '], "")))
    {
        return Err(AmountError::NotANumber);
    }
    let first = groups.first().map_or(0, |group| group.len());
    let in_threes =
        groups.len() == 1 || (1..=3).contains(&first) && groups.iter().skip(1).all(|group| group.len() == 3);
    if !in_threes || cents.is_some_and(|cents| !all_digits(cents)) {
        return Err(AmountError::Grouping);
    }
    let whole = groups.concat();
    let cents = match cents {
        None => 0,
        Some(c) if c.len() == 2 => c.parse::<i64>().map_err(|_| AmountError::NotANumber)?,
        Some(_) => return Err(AmountError::Decimals),
    };
    let whole: i64 = whole.parse().map_err(|_| AmountError::TooLarge)?;
    whole
        .checked_mul(100)
        .and_then(|minor| minor.checked_add(cents))
        .map(|minor| sign * minor)
        .ok_or(AmountError::TooLarge)
}

/// Reads a count above zero.
pub fn parse_count(text: &str) -> Option<u16> {
    half_width(text).trim().parse().ok().filter(|n| *n > 0)
}

/// Reads a time of day: `14:05`, `1405`, `9:5`.
pub fn parse_time(text: &str) -> Option<NaiveTime> {
    let text = half_width(text);
    let text = text.trim();
    let (hours, minutes) = match text.split_once([':', '.']) {
        Some((hours, minutes)) => (hours.trim(), minutes.trim()),
        None => text.split_at_checked(2).filter(|_| text.len() == 4)?,
    };
    let part = |part: &str| {
        let digits = (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| part.parse().ok()).flatten()
    };
    NaiveTime::from_hms_opt(part(hours)?, part(minutes)?, 0)
}

/// Reads a typed date: `0318` and `3-18` are of the year of `today`, `260318` of this century.
pub fn parse_date(text: &str, today: NaiveDate) -> Result<NaiveDate, DateError> {
    let text = half_width(text.trim());
    let parts: Vec<&str> =
        text.split(['-', '/', '.', ' ', '年', '月', '日']).filter(|part| !part.is_empty()).collect();
    if parts.is_empty()
        || parts.iter().any(|part| part.len() > 8 || !part.bytes().all(|b| b.is_ascii_digit()))
    {
        return Err(DateError::Form);
    }
    let number = |s: &str| s.parse::<u32>().map_err(|_| DateError::Form);
    let (year, month, day) = match parts.as_slice() {
        [all] => {
            let (year, rest) = match all.len() {
                4 => (None, *all),
                6 => (Some(&all[..2]), &all[2..]),
                8 => (Some(&all[..4]), &all[4..]),
                _ => return Err(DateError::Form),
            };
            (year, number(&rest[..2])?, number(&rest[2..])?)
        }
        [month, day] => (None, number(month)?, number(day)?),
        [year, month, day] => (Some(*year), number(month)?, number(day)?),
        _ => return Err(DateError::Form),
    };
    let year = match year {
        None => today.year(),
        Some(y) if y.len() == 2 => 2000 + i32::try_from(number(y)?).map_err(|_| DateError::Form)?,
        Some(y) if y.len() == 4 => i32::try_from(number(y)?).map_err(|_| DateError::Form)?,
        Some(_) => return Err(DateError::Form),
    };
    NaiveDate::from_ymd_opt(year, month, day).ok_or(DateError::NoSuchDay)
}

/// Full-width digits and punctuation, as an input method leaves them, in their ASCII forms.
fn half_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            '\u{3000}' => ' ',
            '。' => '.',
            _ => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_with_and_without_separators() {
        let cases = [
            ("12480", Ok(1_248_000)),
            ("12,480.05", Ok(1_248_005)),
            ("-3.00", Ok(-300)),
            ("１２．３４", Ok(1234)),
            ("40120.0", Err(AmountError::Decimals)),
            ("1.234", Err(AmountError::Decimals)),
            ("", Err(AmountError::NotANumber)),
            ("1.2.3", Err(AmountError::NotANumber)),
            ("abc", Err(AmountError::NotANumber)),
            ("99999999999999999999", Err(AmountError::TooLarge)),
            ("1,248,000", Ok(124_800_000)),
            ("１，２４８．００", Ok(124_800)),
            ("12 480.05", Ok(1_248_005)),
            ("- 3.00", Ok(-300)),
            ("1,2480", Err(AmountError::Grouping)),
            ("12480,05", Err(AmountError::Grouping)),
            ("1,24,800", Err(AmountError::Grouping)),
            (",248", Err(AmountError::Grouping)),
            ("1,,248", Err(AmountError::Grouping)),
            ("1248,", Err(AmountError::Grouping)),
            ("1.24,8", Err(AmountError::Grouping)),
            (",", Err(AmountError::NotANumber)),
        ];
        for (text, read) in cases {
            assert_eq!(parse_amount(text), read, "{text}");
        }
    }

    #[test]
    fn every_amount_is_read_back_as_it_is_shown() {
        for minor in [0, 5, -5, 1_248_000, -8_642_001, 99_999_999_999] {
            assert_eq!(parse_amount(&super::super::amount(minor)), Ok(minor));
            assert_eq!(parse_amount(&super::super::amount_plain(minor)), Ok(minor));
        }
    }

    #[test]
    fn counts_and_times_are_read_in_any_width() {
        assert_eq!(
            ["12", "１２", " 3 ", "0", "x", ""].map(parse_count),
            [Some(12), Some(12), Some(3), None, None, None,]
        );
        let at = |h, m| NaiveTime::from_hms_opt(h, m, 0);
        for (text, time) in [
            ("14:05", at(14, 5)),
            ("1405", at(14, 5)),
            ("9：30", at(9, 30)),
            ("１４０５", at(14, 5)),
            ("9:5", at(9, 5)),
            ("25:00", None),
            ("140", None),
            ("14:", None),
            ("", None),
            ("午后两点", None),
        ] {
            assert_eq!(parse_time(text), time, "{text}");
        }
    }

    #[test]
    fn dates_are_read_in_the_forms_people_type() {
        let today = NaiveDate::from_ymd_opt(2026, 3, 18).expect("a date");
        let day = |y, m, d| Ok(NaiveDate::from_ymd_opt(y, m, d).expect("a date"));
        let cases = [
            ("0318", day(2026, 3, 18)),
            ("3-18", day(2026, 3, 18)),
            ("3月18日", day(2026, 3, 18)),
            ("251230", day(2025, 12, 30)),
            ("20240229", day(2024, 2, 29)),
            ("2026/3/1", day(2026, 3, 1)),
            ("２０２６－０３－１８", day(2026, 3, 18)),
            ("0230", Err(DateError::NoSuchDay)),
            ("20230229", Err(DateError::NoSuchDay)),
            ("318", Err(DateError::Form)),
            ("", Err(DateError::Form)),
            ("18 March", Err(DateError::Form)),
            ("1-2-3-4", Err(DateError::Form)),
        ];
        for (text, read) in cases {
            assert_eq!(parse_date(text, today), read, "{text}");
        }
    }
}
