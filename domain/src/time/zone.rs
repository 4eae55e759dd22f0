//! Instants and the fixed business zone.

use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveTime, TimeDelta, Utc};

/// An instant in UTC, in whole milliseconds.
///
/// The injected clock gives no finer part: the two stores keep different fractions, and hashes over an instant
/// must not differ between them. Types with a schema of the interface spell `DateTime<Utc>` out, which the schema derive
/// knows by that name alone.
pub type Timestamp = DateTime<Utc>;

/// Seconds east of Greenwich of the business zone: +08:00, without daylight saving time.
const OFFSET_SECONDS: i32 = 8 * 60 * 60;

/// The business zone, +08:00.
pub const fn zone() -> FixedOffset {
    match FixedOffset::east_opt(OFFSET_SECONDS) {
        Some(zone) => zone,
        None => unreachable!(),
    }
}

/// The instant as the wall clock in the house shows it.
pub fn local(at: Timestamp) -> DateTime<FixedOffset> {
    at.with_timezone(&zone())
}

/// The day in the house on which the instant falls.
pub fn local_date(at: Timestamp) -> NaiveDate {
    wall(at).0
}

/// The first instant of the day in the house.
pub fn start_of_day(date: NaiveDate) -> Timestamp {
    from_wall(date, 0)
}

/// The instant at which the day in the house is over: the first one of the next day, so it is *exclusive*.
pub fn end_of_day(date: NaiveDate) -> Timestamp {
    date.checked_add_days(Days::new(1)).map_or(Timestamp::MAX_UTC, start_of_day)
}

/// Milliseconds of a minute.
pub(super) const MINUTE: i64 = 60_000;

/// The day, and the milliseconds since its midnight, of an instant on the wall clock of the house.
pub(super) fn wall(at: Timestamp) -> (NaiveDate, i64) {
    let naive = at.naive_utc().checked_add_offset(zone()).unwrap_or(chrono::NaiveDateTime::MAX);
    (naive.date(), (naive.time() - NaiveTime::MIN).num_milliseconds())
}

/// The instant of so many milliseconds after midnight of a day in the house; what no instant can hold saturates.
pub(super) fn from_wall(date: NaiveDate, millis: i64) -> Timestamp {
    let beyond = if date.year() < 1970 { Timestamp::MIN_UTC } else { Timestamp::MAX_UTC };
    date.and_time(NaiveTime::MIN)
        .checked_add_signed(TimeDelta::milliseconds(millis))
        .and_then(|naive| naive.checked_sub_offset(zone()))
        .map_or(beyond, |naive| naive.and_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn a_day_in_the_house_begins_at_16_utc() {
        let at: Timestamp = "2026-03-17T16:00:00Z".parse().unwrap();
        assert_eq!(local_date(at), date(2026, 3, 18));
        assert_eq!(local_date(at - TimeDelta::milliseconds(1)), date(2026, 3, 17));
        assert_eq!(local(at).to_rfc3339(), "2026-03-18T00:00:00+08:00");
        assert_eq!(start_of_day(date(2026, 3, 18)), at);
        assert_eq!(end_of_day(date(2026, 3, 17)), at);
    }

    #[test]
    fn the_ends_of_time_saturate() {
        assert_eq!(end_of_day(NaiveDate::MAX), Timestamp::MAX_UTC);
        assert_eq!(start_of_day(NaiveDate::MIN), Timestamp::MIN_UTC);
        assert_eq!(local_date(Timestamp::MAX_UTC), NaiveDate::MAX);
    }
}
