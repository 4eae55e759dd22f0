//! How many cases were open at the end of each month.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Months, NaiveDate, NaiveTime, Utc};
use domain::time::Timestamp;

/// Most months that are listed one by one: a century. A single step of the year 9999 must not make a list of a
/// hundred thousand lines.
const MOST: i32 = 1_200;

/// By the last day of each month from the first step to the last; where these are too many, of the months at whose
/// end the number is another than before.
pub(super) fn open_at_ends(spans: &[(Timestamp, Timestamp)]) -> BTreeMap<NaiveDate, u64> {
    let first = spans.iter().map(|(first, _)| *first).min();
    let last = spans.iter().map(|(_, last)| *last).max();
    let (Some(first), Some(last)) = (first, last) else { return BTreeMap::new() };
    // Begun before midnight, and a last step still to come then: a case counts in the months from the one behind its
    // first step to the one of its last.
    let mut changes: BTreeMap<NaiveDate, i64> = BTreeMap::new();
    for (first, last) in spans {
        let (Some(begin), Some(end)) = (after(*first), after(*last)) else { continue };
        *changes.entry(begin).or_default() += 1;
        *changes.entry(end).or_default() -= 1;
    }
    let months = (last.year() - first.year()) * 12;
    let (mut ends, mut open) = (BTreeMap::new(), 0_i64);
    let mut changes = changes.into_iter().peekable();
    let mut next = after(first);
    while let Some(month) = next.filter(|month| *month <= last.date_naive()) {
        let before = open;
        while let Some((_, change)) = changes.next_if(|(at, _)| *at <= month) {
            open += change;
        }
        if (months <= MOST || open != before)
            && let Some(day) = month.pred_opt()
        {
            ends.insert(day, u64::try_from(open).unwrap_or_default());
        }
        next = if months <= MOST {
            month.checked_add_months(Months::new(1))
        } else {
            changes.peek().map(|(at, _)| *at)
        };
    }
    ends
}

/// The first day of the month behind a point in time. One of the first moment of a month is of that month: at that
/// midnight it had not begun, and a case whose last step it is was open still.
fn after(at: DateTime<Utc>) -> Option<NaiveDate> {
    let month = at.date_naive().with_day(1)?;
    debug_assert!(month.and_time(NaiveTime::MIN).and_utc() <= at);
    month.checked_add_months(Months::new(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a time")
    }

    #[test]
    fn a_case_is_open_until_its_last_step() {
        let spans = [
            (at("2026-01-31T23:59:59.999Z"), at("2026-02-01T00:00:00Z")),
            (at("2026-02-01T00:00:00Z"), at("2026-04-10T00:00:00Z")),
            (at("2026-01-05T00:00:00Z"), at("2026-01-31T23:59:59.999Z")),
        ];
        let open: Vec<_> =
            open_at_ends(&spans).into_iter().map(|(day, open)| (day.to_string(), open)).collect();
        let expected = [("2026-01-31", 1), ("2026-02-28", 1), ("2026-03-31", 1)];
        assert_eq!(open, expected.map(|(day, open)| (day.to_owned(), open)));
    }

    #[test]
    fn ages_give_a_line_only_where_something_changes() {
        let spans = [
            (at("0026-03-05T00:00:00Z"), at("2026-03-05T00:00:00Z")),
            (at("2026-05-05T00:00:00Z"), at("9999-12-31T00:00:00Z")),
        ];
        let open: Vec<_> = open_at_ends(&spans).into_values().collect();
        assert_eq!(open, [1, 0, 1]);
        let far = [(at("0026-03-05T00:00:00Z"), at("9999-12-31T00:00:00Z"))];
        assert_eq!(open_at_ends(&far).len(), 1);
    }
}
