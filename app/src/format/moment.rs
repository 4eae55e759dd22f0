//! Times and durations. The business zone is fixed at +08:00 (architecture §2): no time-zone data is shipped.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, Timelike, Utc};

/// Seconds the business zone is ahead of UTC.
const ZONE_SECONDS: i32 = 8 * 3600;

/// The instant in the business zone.
pub fn local(at: DateTime<Utc>) -> DateTime<FixedOffset> {
    let zone = FixedOffset::east_opt(ZONE_SECONDS).expect("eight hours are within a day");
    at.with_timezone(&zone)
}

/// The business date of an instant.
pub fn today(now: DateTime<Utc>) -> NaiveDate {
    local(now).date_naive()
}

// The forms are written out: a formatter that reads patterns costs the first download more than all of them.

fn day_of_year(day: NaiveDate) -> String {
    format!("{:02}-{:02}", day.month(), day.day())
}

fn minute(then: DateTime<FixedOffset>) -> String {
    format!("{:02}:{:02}", then.hour(), then.minute())
}

/// An instant seen from `now`: today `14:05`, this year `03-16 09:12`, else `2025-12-30`.
pub fn moment(at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let (then, here) = (local(at), local(now));
    if then.date_naive() == here.date_naive() {
        minute(then)
    } else if then.year() == here.year() {
        format!("{} {}", day_of_year(then.date_naive()), minute(then))
    } else {
        full_date(then.date_naive())
    }
}

/// The whole instant, for tooltips and print: `2026-03-16 09:12:05`.
pub fn stamp(at: DateTime<Utc>) -> String {
    format!("{} {}", full_date(local(at).date_naive()), second_time(at))
}

/// The time of day: `16:10`.
pub fn clock_time(at: DateTime<Utc>) -> String {
    minute(local(at))
}

/// The time of day with seconds, for the age of data and of drafts: `14:32:05`.
pub fn second_time(at: DateTime<Utc>) -> String {
    let then = local(at);
    format!("{}:{:02}", minute(then), then.second())
}

/// A date seen from `today`: this year `03-23`, else `2025-12-30`.
pub fn date(day: NaiveDate, today: NaiveDate) -> String {
    if day.year() == today.year() { day_of_year(day) } else { full_date(day) }
}

/// A date with its year: `2026-03-23`.
pub fn full_date(day: NaiveDate) -> String {
    format!("{:04}-{}", day.year(), day_of_year(day))
}

/// A duration of business minutes as hours and minutes: `3:12`; negative with a minus sign.
pub fn hours(minutes: i64) -> String {
    let magnitude = minutes.unsigned_abs();
    let sign = if minutes < 0 { "\u{2212}" } else { "" };
    format!("{sign}{}:{:02}", magnitude / 60, magnitude % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("a test instant is RFC 3339")
    }

    #[test]
    fn a_moment_is_as_short_as_it_can_be() {
        let now = at("2026-03-18T14:32:05+08:00");
        let cases = [
            ("2026-03-18T14:05:59+08:00", "14:05"),
            ("2026-03-18T00:00:00+08:00", "00:00"),
            ("2026-03-17T23:59:00+08:00", "03-17 23:59"),
            ("2025-12-31T23:59:00+08:00", "2025-12-31"),
        ];
        for (then, text) in cases {
            assert_eq!(moment(at(then), now), text);
        }
        assert_eq!(stamp(now), "2026-03-18 14:32:05");
        assert_eq!((clock_time(now), second_time(now)), ("14:32".into(), "14:32:05".into()));
    }

    #[test]
    fn the_business_date_is_that_of_the_zone() {
        assert_eq!(today(at("2026-03-17T16:00:00Z")), NaiveDate::from_ymd_opt(2026, 3, 18).expect("a date"));
    }

    #[test]
    fn durations_are_hours_and_minutes() {
        let cases = [(0, "0:00"), (38, "0:38"), (192, "3:12"), (-90, "−1:30"), (6000, "100:00")];
        for (minutes, text) in cases {
            assert_eq!(hours(minutes), text);
        }
    }

    #[test]
    fn dates_of_another_year_say_so() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).expect("a date");
        assert_eq!(date(day(2026, 3, 23), day(2026, 1, 1)), "03-23");
        assert_eq!(date(day(2025, 12, 30), day(2026, 1, 1)), "2025-12-30");
        assert_eq!(full_date(day(2026, 3, 23)), "2026-03-23");
    }
}
