//! Instants as they cross the wire, RFC 3339.
//!
//! chrono reads them by a parser for patterns of every kind, which is more than the browser's first download has room
//! for. What the queue shows is read by this one; what it does not know it refuses.

use super::Timestamp;
use chrono::{NaiveDate, SubsecRound as _, TimeDelta};
use serde::de::{Deserialize, Deserializer, Error};

/// An instant of RFC 3339, such as `2026-03-18T06:32:05Z` or `2026-03-18T14:32:05.120+08:00`.
pub fn parse(text: &str) -> Option<Timestamp> {
    let digits = |from: usize, to: usize| -> Option<u32> {
        let part = text.get(from..to)?;
        part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse().ok())?
    };
    let marks = [(4, "-"), (7, "-"), (10, "T"), (13, ":"), (16, ":")];
    if !marks.iter().all(|(at, mark)| text.get(*at..at + 1) == Some(*mark)) {
        return None;
    }
    let day = NaiveDate::from_ymd_opt(i32::try_from(digits(0, 4)?).ok()?, digits(5, 7)?, digits(8, 10)?)?;
    let rest = text.get(19..)?;
    let fraction = rest
        .strip_prefix('.')
        .map_or(0, |rest| rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len()));
    let nanos = match fraction {
        0 if rest.starts_with('.') => return None,
        0 => 0,
        length => digits(20, 20 + length.min(9))? * 10_u32.pow(9 - u32::try_from(length.min(9)).ok()?),
    };
    let zone = if fraction == 0 { 19 } else { 20 + fraction };
    let ahead = match text.get(zone..)? {
        "Z" => 0,
        offset if offset.len() == 6 && offset.get(3..4) == Some(":") => {
            let (hours, minutes) = (digits(zone + 1, zone + 3)?, digits(zone + 4, zone + 6)?);
            let seconds = i64::from((hours < 24 && minutes < 60).then_some((hours * 60 + minutes) * 60)?);
            match offset.get(..1)? {
                "+" => seconds,
                "-" => -seconds,
                _ => return None,
            }
        }
        _ => return None,
    };
    let local = day.and_hms_nano_opt(digits(11, 13)?, digits(14, 16)?, digits(17, 19)?, nanos)?;
    Some(local.checked_sub_signed(TimeDelta::seconds(ahead))?.and_utc())
}

/// Reads an instant; for `#[serde(deserialize_with)]`.
pub fn instant<'de, D: Deserializer<'de>>(value: D) -> Result<Timestamp, D::Error> {
    read(&String::deserialize(value)?)
}

/// Reads an instant that may be missing; for `#[serde(default, deserialize_with)]`.
pub fn maybe<'de, D: Deserializer<'de>>(value: D) -> Result<Option<Timestamp>, D::Error> {
    Option::<String>::deserialize(value)?.map(|text| read(&text)).transpose()
}

/// Reads an instant that comes in and is kept, cut to the milliseconds that everything is stored in: what is derived
/// from it must be what is derived from the stored one. For `#[serde(deserialize_with)]` of every such field.
pub fn millis<'de, D: Deserializer<'de>>(value: D) -> Result<Timestamp, D::Error> {
    Timestamp::deserialize(value).map(whole)
}

/// An instant cut to whole milliseconds.
pub fn whole(at: Timestamp) -> Timestamp {
    at.trunc_subsecs(3)
}

fn read<E: Error>(text: &str) -> Result<Timestamp, E> {
    parse(text).ok_or_else(|| E::custom("not an instant of RFC 3339"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_no_instant_is_refused() {
        let broken = [
            "",
            "2026-03-18",
            "2026-03-18T14:32:05",
            "2026-03-18 14:32:05Z",
            "2026-03-18T14:32:05.Z",
            "2026-02-30T14:32:05Z",
            "2026-03-18T24:32:05Z",
            "2026-03-18T14:32:05+8:00",
            "2026-03-18T14:32:05+25:00",
            "2026-03-18T14:32:05~08:00",
            "2026-03-18T14:32:05Z ",
            "+026-03-18T14:32:05Z",
            "二〇二六-03-18T14:32:05Z",
        ];
        for text in broken {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_chrono_writes_is_read_as_chrono_reads_it(
            seconds in -60_000_000_000_i64..250_000_000_000,
            nanos in prop_oneof![Just(0), (0_u32..1000).prop_map(|ms| ms * 1_000_000), 0_u32..1_000_000_000],
            quarters in -56_i32..=56,
        ) {
            let at = Timestamp::from_timestamp(seconds, nanos).expect("a moment of four-digit years");
            let zone = chrono::FixedOffset::east_opt(quarters * 900).expect("less than a day");
            prop_assert_eq!(parse(&serde_json::to_string(&at).expect("an instant")[1..].replace('"', "")), Some(at));
            prop_assert_eq!(parse(&at.with_timezone(&zone).to_rfc3339()), Some(at));
        }
    }
}
