//! Due times: targets moved by pauses, natural days, and how close a clock is to its target.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::zone::MINUTE;
use super::{BusinessDays, BusinessMinutes, Calendar, DueDay, Span, Timestamp, local_date};

/// Share of a target, in percent, from which on a clock is due soon.
const SOON_PERCENT: i64 = 80;

/// How close a clock is to its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TimeState {
    /// Less than 80 % used.
    Ok,
    /// At least 80 % used, but not more than all of it.
    Soon,
    /// More than the target used.
    Over,
}

impl TimeState {
    /// By business minutes used of a target.
    pub fn of(used: BusinessMinutes, target: BusinessMinutes) -> Self {
        Self::of_numbers(used.get(), target.get())
    }

    /// By business days used of a target: T+N with N used is on time until that day ends.
    pub fn of_days(used: BusinessDays, target: BusinessDays) -> Self {
        Self::of_numbers(i64::from(used.get()), i64::from(target.get()))
    }

    /// By the instants at which it becomes soon and is due; exactly at the due instant it is still on time.
    pub fn at(now: Timestamp, soon_at: Timestamp, due_at: Timestamp) -> Self {
        if now > due_at {
            Self::Over
        } else if now >= soon_at {
            Self::Soon
        } else {
            Self::Ok
        }
    }

    fn of_numbers(used: i64, target: i64) -> Self {
        if used > target {
            Self::Over
        } else if i128::from(used) * 100 >= i128::from(target) * i128::from(SOON_PERCENT) {
            Self::Soon
        } else {
            Self::Ok
        }
    }
}

impl BusinessMinutes {
    /// The part of a target after which it is due soon: 80 %, rounded up to a whole minute.
    #[must_use]
    pub fn soon(self) -> Self {
        let part = (i128::from(self.get()) * i128::from(SOON_PERCENT) + 99).div_euclid(100);
        Self(i64::try_from(part).unwrap_or(self.get()))
    }
}

/// When a target is used up that stands still during pauses: the earliest instant at which so many business
/// minutes outside them have passed since the start.
///
/// A pause after that instant moves nothing. One that still runs counts up to `now`, so the answer moves on with
/// it. Pauses may overlap and come in any order.
pub fn due_at(
    calendar: &Calendar,
    start: Timestamp,
    target: BusinessMinutes,
    pauses: impl IntoIterator<Item = Span>,
    now: Timestamp,
) -> Timestamp {
    let mut pauses: Vec<Span> = pauses.into_iter().collect();
    pauses.sort_by_key(|pause| pause.from);
    let mut rest = target.get().saturating_mul(MINUTE);
    let mut mark = start;
    for pause in pauses {
        let worked = calendar.open_millis(pause.from.max(mark)) - calendar.open_millis(mark);
        if rest <= worked {
            break;
        }
        rest -= worked;
        mark = mark.max(pause.end(now));
    }
    calendar.add_open_millis(mark, rest)
}

/// T+N of a clock that stands still during pauses (by law, medical examinations): working days after the day a
/// pause began, up to and including the day it ended, do not count, just as a start day does not.
///
/// A pause that begins after the due day moves nothing; one that still runs counts up to `now`. Pauses may overlap
/// and come in any order.
pub fn due_day_with_pauses(
    calendar: &Calendar,
    start: Timestamp,
    days: BusinessDays,
    pauses: impl IntoIterator<Item = Span>,
    now: Timestamp,
) -> DueDay {
    let mut pauses: Vec<Span> = pauses.into_iter().collect();
    pauses.sort_by_key(|pause| pause.from);
    let start = local_date(start);
    let (mut days, mut counted_to) = (days, start);
    let mut due = calendar.add_business_days(start, days);
    for pause in pauses {
        let (from, to) = (local_date(pause.from).max(counted_to), local_date(pause.end(now)));
        if from > due.date {
            break;
        }
        days += calendar.business_days_between(from, to);
        counted_to = counted_to.max(to);
        due = calendar.add_business_days(start, days);
    }
    due
}

/// The N-th natural day after the start day, which does not count (Civil Code art. 201).
///
/// It is not moved when it falls on a holiday, which the Civil Code (art. 203) would allow: whoever keeps the
/// earlier day keeps the later one as well. Saturates at the last day a date can name.
pub fn natural_due(start: NaiveDate, days: u32) -> NaiveDate {
    start.checked_add_days(Days::new(u64::from(days))).unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn at(text: &str) -> Timestamp {
        format!("{text}+08:00").parse().unwrap()
    }

    fn span(from: &str, to: &str) -> Span {
        Span::closed(at(from), at(to))
    }

    #[rstest]
    #[case(0, 120, TimeState::Ok)]
    #[case(95, 120, TimeState::Ok)]
    #[case(96, 120, TimeState::Soon)]
    #[case(120, 120, TimeState::Soon)]
    #[case(121, 120, TimeState::Over)]
    #[case(1, 0, TimeState::Over)]
    #[case(i64::MAX, i64::MAX, TimeState::Soon)]
    fn soon_begins_at_four_fifths(#[case] used: i64, #[case] target: i64, #[case] state: TimeState) {
        assert_eq!(TimeState::of(BusinessMinutes(used), BusinessMinutes(target)), state);
    }

    #[test]
    fn the_last_day_of_t_plus_n_is_on_time() {
        assert_eq!(TimeState::of_days(BusinessDays(2), BusinessDays(2)), TimeState::Soon);
        assert_eq!(TimeState::of_days(BusinessDays(3), BusinessDays(2)), TimeState::Over);
    }

    #[test]
    fn instants_and_minutes_agree_on_soon() {
        let (calendar, start, target) =
            (Calendar::national(), at("2026-03-17T09:00:00"), BusinessMinutes(30));
        let soon_at = calendar.add_minutes(start, target.soon());
        let due = calendar.add_minutes(start, target);
        for minutes in 0..40 {
            let now = calendar.add_minutes(start, BusinessMinutes(minutes));
            let state = TimeState::at(now, soon_at, due);
            assert_eq!(state, TimeState::of(BusinessMinutes(minutes), target), "after {minutes} minutes");
        }
    }

    #[rstest]
    #[case::no_pause(&[], "2026-03-17T11:00:00")]
    #[case::half_an_hour(&[span("2026-03-17T09:30:00", "2026-03-17T10:00:00")], "2026-03-17T11:30:00")]
    #[case::into_lunch(&[span("2026-03-17T11:00:00", "2026-03-17T13:00:00")], "2026-03-17T11:00:00")]
    #[case::over_night(&[span("2026-03-17T10:00:00", "2026-03-18T09:00:00")], "2026-03-18T10:00:00")]
    #[case::outside_hours(&[span("2026-03-16T18:00:00", "2026-03-17T08:00:00")], "2026-03-17T11:00:00")]
    #[case::after_the_due_time(&[span("2026-03-17T11:00:01", "2026-03-20T13:00:00")], "2026-03-17T11:00:00")]
    #[case::overlapping(
        &[span("2026-03-17T09:40:00", "2026-03-17T10:00:00"), span("2026-03-17T09:30:00", "2026-03-17T09:50:00")],
        "2026-03-17T11:30:00"
    )]
    // Two hours of which one is paused end with the morning, not after lunch.
    #[case::within_another(
        &[span("2026-03-17T09:30:00", "2026-03-17T10:30:00"), span("2026-03-17T09:40:00", "2026-03-17T09:50:00")],
        "2026-03-17T12:00:00"
    )]
    #[case::still_running(&[Span::open(at("2026-03-17T09:30:00"))], "2026-03-17T13:30:00")]
    fn pauses_move_the_due_time(#[case] pauses: &[Span], #[case] due: &str) {
        let (start, now) = (at("2026-03-17T09:00:00"), at("2026-03-17T11:00:00"));
        let found = due_at(&Calendar::national(), start, BusinessMinutes(120), pauses.iter().copied(), now);
        assert_eq!(found, at(due));
    }

    #[rstest]
    #[case::none(&[], "2026-03-24")]
    #[case::same_day(&[span("2026-03-18T09:00:00", "2026-03-18T15:00:00")], "2026-03-24")]
    #[case::two_days(&[span("2026-03-18T09:00:00", "2026-03-20T15:00:00")], "2026-03-26")]
    #[case::over_a_weekend(&[span("2026-03-20T09:00:00", "2026-03-23T15:00:00")], "2026-03-25")]
    #[case::overlapping(
        &[span("2026-03-18T09:00:00", "2026-03-20T15:00:00"), span("2026-03-19T09:00:00", "2026-03-20T15:00:00")],
        "2026-03-26"
    )]
    #[case::after_the_due_day(&[span("2026-03-25T09:00:00", "2026-03-30T15:00:00")], "2026-03-24")]
    #[case::before_the_start(&[span("2026-03-10T09:00:00", "2026-03-12T15:00:00")], "2026-03-24")]
    fn an_examination_stops_a_clock_of_days(#[case] pauses: &[Span], #[case] due: NaiveDate) {
        let start = at("2026-03-17T09:00:00");
        let found =
            due_day_with_pauses(&Calendar::national(), start, BusinessDays(5), pauses.iter().copied(), start);
        assert_eq!(found.date, due);
    }

    #[test]
    fn natural_days_pass_over_holidays() {
        let start = NaiveDate::from_ymd_opt(2026, 2, 13).unwrap();
        assert_eq!(natural_due(start, 10), NaiveDate::from_ymd_opt(2026, 2, 23).unwrap());
        assert_eq!(natural_due(NaiveDate::MAX, 1), NaiveDate::MAX);
    }
}
