//! The clocks of a row, from its instants and the business calendar.

use crate::components::{ClockState, State};
use chrono::NaiveDate;
use domain::api::queue::QueueRow;
use domain::case::work_item::WorkStatus;
use domain::time::{Calendar, DayEnd, TimeState, Timestamp, local_date};

/// A large amount, company-set: above it a row says so, minor units.
pub const LARGE: i64 = 20_000_000;

/// The clock at the post.
pub fn post_clock(row: &QueueRow, calendar: &Calendar, now: Timestamp, hold: &str) -> ClockState {
    if row.status == WorkStatus::Waiting {
        return ClockState::Wait { why: hold.to_owned() };
    }
    let target = calendar.minutes_between(row.arrived_at, row.due_at).get();
    let used = calendar.minutes_between(row.arrived_at, now).get();
    ClockState::of(used, target)
}

/// Business minutes at the post.
pub fn at_post(row: &QueueRow, calendar: &Calendar, now: Timestamp) -> i64 {
    calendar.minutes_between(row.arrived_at, now).get().max(0)
}

/// Per cent of the post's time used.
pub fn urgency(row: &QueueRow, calendar: &Calendar, now: Timestamp) -> u32 {
    let target = calendar.minutes_between(row.arrived_at, row.due_at).get();
    let used = at_post(row, calendar, now);
    if target <= 0 {
        return 100;
    }
    u32::try_from((used * 100 / target).clamp(0, 100)).unwrap_or(100)
}

/// The whole cycle: working days gone, working days there are, state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cycle {
    /// Working days gone.
    pub day: u32,
    /// Working days there are.
    pub of: u32,
    /// Ok, soon or over.
    pub state: State,
    /// The last day on which it is on time.
    pub due: NaiveDate,
}

/// The whole cycle of a case received and promised then; none where nothing is promised.
pub fn cycle(
    received: Timestamp,
    promised: Option<DayEnd>,
    calendar: &Calendar,
    now: Timestamp,
) -> Option<Cycle> {
    let promised = promised?;
    let due = promised.last_day();
    let days = |to: NaiveDate| calendar.business_days_between(local_date(received), to);
    let (day, of) = (days(local_date(now)), days(due));
    let state = match TimeState::of_days(day, of) {
        // The day after the last is late also where nobody works on it and no working day more has gone.
        _ if promised.is_over(now) => State::Over,
        TimeState::Over => State::Over,
        TimeState::Soon => State::Soon,
        TimeState::Ok => State::Ok,
    };
    Some(Cycle { day: day.get(), of: of.get(), state, due })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a test day")
    }

    fn at(text: &str) -> Timestamp {
        format!("{text}+08:00").parse().expect("a test instant")
    }

    #[test]
    fn the_cycle_counts_working_days() {
        let calendar = Calendar::national();
        let cycle = cycle(
            at("2026-03-16T09:12:00"),
            Some(DayEnd::of(day("2026-03-23"))),
            &calendar,
            at("2026-03-18T14:32:00"),
        );
        let cycle = cycle.expect("something is promised");
        assert_eq!((cycle.day, cycle.of, cycle.state), (2, 5, State::Ok));
        assert_eq!(cycle.due, day("2026-03-23"), "the last day, not the midnight at which it ends");
    }

    #[test]
    fn a_broken_promise_looks_broken_from_the_next_midnight_on() {
        let calendar = Calendar::national();
        // Friday the 20th is the last day; Saturday is nobody's working day.
        let state = |now: &str| {
            let promised = Some(DayEnd::of(day("2026-03-20")));
            cycle(at("2026-03-16T09:12:00"), promised, &calendar, at(now)).map(|cycle| cycle.state)
        };
        assert_eq!(state("2026-03-20T23:59:00"), Some(State::Soon));
        assert_eq!(state("2026-03-21T00:00:00"), Some(State::Over));
        assert_eq!(state("2026-03-23T09:00:00"), Some(State::Over));
    }

    #[test]
    fn nothing_promised_has_no_cycle() {
        assert_eq!(
            cycle(at("2026-03-16T09:12:00"), None, &Calendar::national(), at("2026-03-18T09:00:00")),
            None
        );
    }
}
