//! The forms of dates and times that can be read in one way only.

use chrono::{Days, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime};
use serde::Deserialize;

use super::serial::looks_serial;

/// Which of day and month comes first where a date does not begin with the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// 18/03/2026
    Dmy,
    /// 03/18/2026
    Mdy,
}

/// What was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// A day.
    Day(NaiveDate),
    /// A day and a time.
    Time(NaiveDateTime),
}

/// Reads a text of ASCII digits and signs: the year first with `-`, `/`, `.` or 年月日 between, or eight digits; then,
/// where there is one, a time with `:` or 时分秒, fractions behind `.` or `,`, 上午 or 下午, 24:00, and an offset.
///
/// # Errors
/// In words that follow the text: what is wrong with it and what to do.
pub fn read(text: &str, order: Option<Order>) -> Result<(Written, Option<FixedOffset>), String> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return digits(text).map(|written| (written, None));
    }
    if looks_serial(text) {
        return Err(SERIAL.to_owned());
    }
    let mut scan = Scan { rest: text };
    let day = scan.day(order)?;
    scan.blanks();
    if scan.rest.is_empty() {
        return Ok((Written::Day(day), None));
    }
    let time = scan.time(day).ok_or_else(|| NONE.to_owned())?;
    let offset = scan.offset().ok_or_else(|| NONE.to_owned())?;
    if scan.rest.is_empty() { Ok((Written::Time(time), offset)) } else { Err(NONE.to_owned()) }
}

const NONE: &str =
    "is no day or time: write it like 2026-03-18 09:00, or name its form in the mapping (time.format)";
const SERIAL: &str = "looks like a day that a spreadsheet counts: set time.serial = \"1900\" in the mapping, or give the \
    column the form of a date there";

/// Digits alone: 20260318, 20260318090000; others are numbers of something.
fn digits(text: &str) -> Result<Written, String> {
    let date = |text: &str| NaiveDate::parse_from_str(text, "%Y%m%d").map_err(|_| NONE.to_owned());
    match text.len() {
        8 => date(text).map(Written::Day),
        14 => NaiveDateTime::parse_from_str(text, "%Y%m%d%H%M%S")
            .map(Written::Time)
            .map_err(|_| NONE.to_owned()),
        5 => Err(SERIAL.to_owned()),
        10 => Err("looks like seconds since 1970: set time.format = \"epoch_s\" in the mapping".to_owned()),
        13 => {
            Err("looks like milliseconds since 1970: set time.format = \"epoch_ms\" in the mapping"
                .to_owned())
        }
        _ => Err(NONE.to_owned()),
    }
}

struct Scan<'t> {
    rest: &'t str,
}

impl Scan<'_> {
    fn blanks(&mut self) {
        self.rest = self.rest.trim_start();
    }

    /// So many digits, `min` at least and `max` at most.
    fn number(&mut self, min: usize, max: usize) -> Option<u32> {
        let length = self.rest.bytes().take(max).take_while(u8::is_ascii_digit).count();
        let (number, rest) = self.rest.split_at_checked(length).filter(|_| length >= min)?;
        self.rest = rest;
        number.parse().ok()
    }

    fn take(&mut self, any: &[char]) -> Option<char> {
        let c = self.rest.chars().next().filter(|c| any.contains(c))?;
        self.rest = &self.rest[c.len_utf8()..];
        Some(c)
    }

    fn word(&mut self, word: &str) -> bool {
        let starts = self.rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        if starts {
            self.rest = &self.rest[word.len()..];
        }
        starts
    }

    fn day(&mut self, order: Option<Order>) -> Result<NaiveDate, String> {
        let start = self.rest;
        let first = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        let read = if first == 4 { self.year_first() } else { self.year_last(order)? };
        let (year, month, day) = read.ok_or_else(|| NONE.to_owned())?;
        let year = i32::try_from(year).unwrap_or_default();
        let text = &start[..start.len() - self.rest.len()];
        NaiveDate::from_ymd_opt(year, month, day)
            .ok_or_else(|| format!("is no day of the calendar ({}): mend it", text.trim()))
    }

    fn year_first(&mut self) -> Option<(u32, u32, u32)> {
        let year = self.number(4, 4)?;
        let between = self.take(&['-', '/', '.', '年'])?;
        let month = self.number(1, 2)?;
        self.take(&[if between == '年' { '月' } else { between }])?;
        let day = self.number(1, 2)?;
        if between == '年' {
            self.take(&['日', '号']);
        }
        Some((year, month, day))
    }

    /// Day and month in front of the year: which is which, the mapping must say.
    fn year_last(&mut self, order: Option<Order>) -> Result<Option<(u32, u32, u32)>, String> {
        let mut read = || {
            let one = self.number(1, 2)?;
            let between = self.take(&['-', '/', '.'])?;
            let other = self.number(1, 2)?;
            self.take(&[between])?;
            let digits = self.rest.bytes().take_while(u8::is_ascii_digit).count();
            Some((one, other, self.number(2, 4)?, digits))
        };
        let Some((one, other, year, digits)) = read() else { return Ok(None) };
        if digits != 4 {
            return Err("has a year of two digits: write it with four, or name the form in the mapping \
                        (time.format)"
                .to_owned());
        }
        match order {
            Some(Order::Dmy) => Ok(Some((year, other, one))),
            Some(Order::Mdy) => Ok(Some((year, one, other))),
            None => Err(
                "has day and month in front of the year: set time.order in the mapping to \"dmy\" or \"mdy\""
                    .to_owned(),
            ),
        }
    }

    fn time(&mut self, day: NaiveDate) -> Option<NaiveDateTime> {
        if !self.word("T") {
            self.blanks();
        }
        let mut half = self.half();
        self.blanks();
        let hour = self.number(1, 2)?;
        let between = self.take(&[':', '时', '点'])?;
        let minute = self.number(1, 2)?;
        let (mut second, mut nanos) = (0, 0);
        let more = if between == ':' { self.take(&[':']) } else { self.take(&['分']) };
        if more == Some(':') || (more.is_some() && self.rest.starts_with(|c: char| c.is_ascii_digit())) {
            second = self.number(1, 2)?;
            if self.take(&['.', ',']).is_some() {
                nanos = self.fraction()?;
            }
            self.take(&['秒']);
        }
        self.blanks();
        half = half.or_else(|| self.half());
        let hour = match (half, hour) {
            (Some(Half::Morning), 12) => 0,
            (Some(Half::Morning), 13..) => return None,
            (Some(Half::Afternoon), hour) if hour < 12 => hour + 12,
            (None | Some(Half::Morning | Half::Afternoon), hour) => hour,
        };
        // 24:00 is the end of a day: the first moment of the next.
        if (hour, minute, second, nanos) == (24, 0, 0, 0) {
            return Some(day.checked_add_days(Days::new(1))?.and_time(NaiveTime::MIN));
        }
        Some(day.and_time(NaiveTime::from_hms_nano_opt(hour, minute, second, nanos)?))
    }

    /// Nanoseconds of the digits behind a decimal sign.
    fn fraction(&mut self) -> Option<u32> {
        let length = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, rest) = self.rest.split_at(length);
        self.rest = rest;
        let nine: String = digits.chars().chain("000000000".chars()).take(9).collect();
        nine.parse().ok().filter(|_| length > 0)
    }

    fn half(&mut self) -> Option<Half> {
        let halves = [
            ("上午", Half::Morning),
            ("AM", Half::Morning),
            ("下午", Half::Afternoon),
            ("PM", Half::Afternoon),
        ];
        halves.into_iter().find_map(|(word, half)| self.word(word).then_some(half))
    }

    /// `Z`, `+08`, `+0800` or `+08:00`; none where nothing is left. None of these at all where something else is.
    #[expect(clippy::option_option, reason = "no offset is an answer, another text is none")]
    fn offset(&mut self) -> Option<Option<FixedOffset>> {
        self.blanks();
        if self.rest.is_empty() {
            return Some(None);
        }
        if self.word("Z") {
            return Some(FixedOffset::east_opt(0));
        }
        let sign = if self.take(&['+', '-'])? == '-' { -1 } else { 1 };
        let hours = i32::try_from(self.number(2, 2)?).ok()?;
        self.take(&[':']);
        let minutes = if self.rest.is_empty() { 0 } else { i32::try_from(self.number(2, 2)?).ok()? };
        FixedOffset::east_opt(sign * (hours * 3_600 + minutes * 60)).map(Some)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Half {
    Morning,
    Afternoon,
}
