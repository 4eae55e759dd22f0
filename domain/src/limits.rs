//! How long, how many and how far: what nothing that comes from outside may exceed, whatever it is for.
//!
//! Rules about single fields are narrower and say more; these hold for every command and every query alike, so that
//! what no rule looks at can neither fill a store nor lie beyond what can be counted. The server asks them of
//! everything it is sent, before anything else is read of it.

use std::ops::RangeInclusive;

/// Longest free text, characters: notes, reasons, evidence.
pub const TEXT: usize = 2_000;
/// Longest text where a free text may stand, characters: up to it the rule of the field speaks, and says so better.
const FREE: usize = 2 * TEXT;
/// Longest other text, characters: names, numbers, codes. Some are looked up by an index, whose entries have at most
/// 2,700 bytes.
pub const LINE: usize = 400;
/// Most entries of a list or a map.
pub const LIST: usize = 500;
/// The largest number, either side of zero: ten trillion yuan in fen, and well within what can be counted exactly.
pub const NUMBER: u64 = 1_000_000_000_000_000;
/// Years a date can be of.
pub const YEARS: RangeInclusive<i32> = 1900..=2199;

/// Most cases of one bulk command.
pub const BULK: usize = 200;
/// Longest text searched for, characters.
pub const SEARCH: usize = 100;
/// Most rows of a page.
pub const PAGE: u16 = 200;
/// Longest place in a list that is sent back for the next page, bytes.
pub const CURSOR: usize = 4_000;

/// Names of what holds free text: the words there are people's own, whatever they look like.
const FREE_TEXTS: [&str; 4] = ["text", "reason", "difference", "evidence"];

/// What is beyond its limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Beyond {
    /// A text.
    #[error("longer than {0} characters")]
    Text(usize),
    /// A list or a map.
    #[error("more than {LIST} entries")]
    List,
    /// A number.
    #[error("a number beyond {NUMBER}")]
    Number,
    /// A date.
    #[error("a date outside of the years {} to {}", YEARS.start(), YEARS.end())]
    Date,
}

/// Whether a text under a name keeps within the limits. A text that reads as a date is taken for one.
///
/// # Errors
/// `Text` or `Date`.
pub fn text(name: &str, text: &str) -> Result<(), Beyond> {
    let free = FREE_TEXTS.contains(&name);
    let most = if free { FREE } else { LINE };
    // No character is shorter than a byte: most texts need not be counted.
    if text.len() > most && text.chars().count() > most {
        return Err(Beyond::Text(most));
    }
    if !free && year_of(text).is_some_and(|year| !YEARS.contains(&year)) {
        return Err(Beyond::Date);
    }
    Ok(())
}

/// Whether a list or a map keeps within the limits.
///
/// # Errors
/// `List`.
pub const fn entries(many: usize) -> Result<(), Beyond> {
    if many > LIST { Err(Beyond::List) } else { Ok(()) }
}

/// Whether a number, of which this is the size without its sign, keeps within the limits.
///
/// # Errors
/// `Number`.
pub const fn number(size: u64) -> Result<(), Beyond> {
    if size > NUMBER { Err(Beyond::Number) } else { Ok(()) }
}

/// The year of what reads as a date, or as a date and a time; one too long for a number is as late as can be.
fn year_of(text: &str) -> Option<i32> {
    let text = text.trim();
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (digits, rest) = unsigned.split_at(unsigned.find(|c: char| !c.is_ascii_digit())?);
    let signed = unsigned.len() < text.len();
    if digits.is_empty() || (digits.len() < 4 && !signed) {
        return None;
    }
    let mut parts = rest.splitn(3, '-').map(str::trim);
    let (before, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let of_two = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    let day = &day[..day.find(|c: char| !c.is_ascii_digit()).unwrap_or(day.len())];
    if !before.is_empty() || !of_two(month) || !of_two(day) {
        return None;
    }
    Some(text[..text.len() - rest.len()].trim_start_matches('+').parse().unwrap_or(i32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_beyond_the_calendar_are_told_however_they_are_written() {
        let beyond = [
            "9999-12-31",
            "0001-01-01",
            "-0001-01-01",
            "-1-1-1",
            "+262142-12-31",
            "262142-1-1",
            " 2200-01-01 ",
            "2200 - 01 - 01",
            "1899-12-31T23:59:59Z",
            "99999999999999999999-01-01",
            "+10000-01-01T00:00:00+08:00",
        ];
        for date in beyond {
            assert_eq!(text("day", date), Err(Beyond::Date), "{date}");
        }
        for fine in [
            "2026-03-18",
            "1900-01-01",
            "2199-12-31T00:00:00Z",
            "SH-260318-0417",
            "0318-0417",
            "26-03-18",
            "",
        ] {
            assert_eq!(text("day", fine), Ok(()), "{fine}");
        }
        assert_eq!(text("text", "9999-12-31"), Ok(()));
    }

    #[test]
    fn whatever_chrono_reads_as_a_date_is_within_the_years_or_told() {
        use chrono::{Datelike as _, NaiveDate};
        for year in [-262_143, -10_000, -1, 0, 999, 1899, 1900, 2199, 2200, 9_999, 10_000, 262_142] {
            let date = NaiveDate::from_ymd_opt(year, 6, 1).unwrap();
            let written = date.to_string();
            assert_eq!(written.parse::<NaiveDate>().unwrap().year(), year);
            assert_eq!(text("day", &written).is_ok(), YEARS.contains(&year), "{written}");
        }
    }

    #[test]
    fn texts_lists_and_numbers_have_their_ends() {
        assert_eq!(text("name", &"长".repeat(LINE)), Ok(()));
        assert_eq!(text("name", &"长".repeat(LINE + 1)), Err(Beyond::Text(LINE)));
        assert_eq!(text("reason", &"长".repeat(TEXT + 1)), Ok(()));
        assert_eq!(text("reason", &"长".repeat(FREE + 1)), Err(Beyond::Text(FREE)));
        assert_eq!((entries(LIST), entries(LIST + 1)), (Ok(()), Err(Beyond::List)));
        assert_eq!((number(NUMBER), number(NUMBER + 1)), (Ok(()), Err(Beyond::Number)));
    }
}
