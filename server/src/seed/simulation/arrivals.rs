//! When applications reach the house: by weekday, hour and season, on the business calendar.

use chrono::{Datelike, NaiveDate, TimeDelta, Weekday};
use domain::time::{Calendar, DayKind, Timestamp, start_of_day};

use super::super::chance::Chance;

/// Share of applications that come online, at any hour.
const ONLINE: f64 = 0.12;
/// Minutes before the end of the story in which no counter takes anybody.
pub(super) const LAST_CALL: TimeDelta = TimeDelta::minutes(20);

/// An arrival.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Arrival {
    /// When.
    pub at: Timestamp,
    /// Not at a counter.
    pub online: bool,
}

/// How many business days so many cases are spread over: an even pace from some thousand on, at least two weeks.
pub(in crate::seed) fn business_days(cases: u32) -> usize {
    // (days, cases) between which the pace is interpolated; beyond the last it stays what it is there.
    const PACE: [(u32, u32); 5] = [(8, 0), (10, 500), (20, 2_000), (40, 8_000), (65, 20_000)];
    let (last_days, last) = PACE[PACE.len() - 1];
    if cases >= last {
        return (u64::from(last_days) * u64::from(cases) / u64::from(last)).try_into().unwrap_or(usize::MAX);
    }
    PACE.windows(2)
        .find(|pair| cases < pair[1].1)
        .map_or(last_days, |pair| {
            let ((from, low), (to, high)) = (pair[0], pair[1]);
            from + (to - from) * (cases - low) / (high - low)
        })
        .try_into()
        .unwrap_or(usize::MAX)
}

/// The business days of the story, the day it ends on the last where that is one.
pub(in crate::seed) fn days_until(calendar: &Calendar, until: Timestamp, count: usize) -> Vec<NaiveDate> {
    let mut days = Vec::with_capacity(count);
    let mut day = calendar.last_working_day(domain::time::local_date(until));
    for _ in 0..count.max(1) {
        days.push(day);
        day = calendar.previous_working_day(day);
    }
    days.reverse();
    days
}

/// So many arrivals, in order of time.
pub(super) fn arrivals(
    calendar: &Calendar,
    days: &[NaiveDate],
    until: Timestamp,
    cases: u32,
    chance: &mut Chance,
) -> Vec<Arrival> {
    let counters = counter_slots(calendar, days, until - LAST_CALL);
    let anywhere = online_slots(days, until);
    let mut arrivals: Vec<Arrival> = (0..cases)
        .map(|_| {
            let online = counters.is_empty() || chance.happens(ONLINE);
            let slots = if online { &anywhere } else { &counters };
            Arrival { at: draw(slots, chance), online }
        })
        .collect();
    arrivals.sort();
    arrivals
}

/// A stretch of time with the weight of everything up to its end.
struct Slot {
    from: Timestamp,
    millis: i64,
    weight_to: f64,
}

fn draw(slots: &[Slot], chance: &mut Chance) -> Timestamp {
    let total = slots.last().map_or(0.0, |slot| slot.weight_to);
    let at = chance.share() * total;
    let found = slots.partition_point(|slot| slot.weight_to <= at).min(slots.len() - 1);
    slots[found].from + TimeDelta::milliseconds(chance.between(0, slots[found].millis - 1))
}

fn push(slots: &mut Vec<Slot>, from: Timestamp, to: Timestamp, weight: f64) {
    let millis = (to - from).num_milliseconds();
    if millis > 0 && weight > 0.0 {
        let before = slots.last().map_or(0.0, |slot| slot.weight_to);
        slots.push(Slot { from, millis, weight_to: before + weight });
    }
}

/// Half hours of the counters.
fn counter_slots(calendar: &Calendar, days: &[NaiveDate], until: Timestamp) -> Vec<Slot> {
    let mut slots = Vec::new();
    for (at, day) in days.iter().enumerate() {
        let weight = day_weight(calendar, *day) * rush(days.len() - at);
        for open in calendar.hours(*day) {
            let (mut minute, end) = (i64::from(open.from), i64::from(open.to));
            while minute < end {
                let next = (minute + 30).min(end);
                let instant = |minute: i64| (start_of_day(*day) + TimeDelta::minutes(minute)).min(until);
                #[expect(clippy::cast_precision_loss, reason = "minutes of a half hour")]
                let part = (instant(next) - instant(minute)).num_minutes() as f64 / 30.0;
                push(&mut slots, instant(minute), instant(next), weight * half_hour(minute) * part);
                minute = next;
            }
        }
    }
    slots
}

/// Hours of all days, nights and weekends too.
fn online_slots(days: &[NaiveDate], until: Timestamp) -> Vec<Slot> {
    const HOURS: [f64; 24] = [
        1.0, 0.5, 0.3, 0.2, 0.2, 0.4, 1.0, 2.0, 4.0, 5.5, 6.0, 5.5, 5.0, 4.5, 5.0, 5.0, 5.0, 4.5, 4.0, 5.0,
        6.5, 6.5, 4.5, 2.5,
    ];
    let mut slots = Vec::new();
    let Some(first) = days.first() else { return slots };
    let mut day = *first;
    while start_of_day(day) < until {
        for (hour, weight) in (0_i64..).zip(HOURS) {
            let from = (start_of_day(day) + TimeDelta::hours(hour)).min(until);
            push(&mut slots, from, (from + TimeDelta::hours(1)).min(until), weight);
        }
        let Some(next) = day.succ_opt() else { break };
        day = next;
    }
    slots
}

/// Mondays and the days after holidays are full, Fridays and made-up Saturdays are not.
fn day_weight(calendar: &Calendar, day: NaiveDate) -> f64 {
    let weekday = match day.weekday() {
        Weekday::Mon => 1.24,
        Weekday::Tue => 1.06,
        Weekday::Wed => 0.97,
        Weekday::Thu => 0.95,
        Weekday::Fri => 0.90,
        Weekday::Sat | Weekday::Sun => 0.7,
    };
    let closed = (day - calendar.previous_working_day(day)).num_days();
    let after_holiday = if closed > 3 { 1.35 } else { 1.0 };
    let made_up = if calendar.kind(day) == DayKind::MakeUp { 0.8 } else { 1.0 };
    let end_of_month = if day.day() >= 26 { 1.06 } else { 1.0 };
    weekday * after_holiday * made_up * end_of_month
}

/// The last days of the story see more than the department can do at once: its screens show what that means.
const fn rush(days_left: usize) -> f64 {
    match days_left {
        1..=3 => 1.6,
        _ => 1.0,
    }
}

/// Mornings are fuller than afternoons; minutes after midnight.
const fn half_hour(minute: i64) -> f64 {
    match minute {
        ..540 | 960..1_020 => 0.8,
        540..600 => 1.25,
        600..690 => 1.5,
        690..840 => 0.9,
        840..960 => 1.2,
        _ => 0.4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::time::local;

    #[test]
    fn the_story_grows_with_its_cases() {
        let days: Vec<usize> = [0, 300, 2_000, 20_000, 40_000].map(business_days).to_vec();
        assert_eq!(days, [8, 9, 20, 65, 130]);
    }

    #[test]
    fn arrivals_follow_calendar_and_clock() {
        let calendar = Calendar::national();
        let until = "2026-11-20T10:00:00+08:00".parse().unwrap();
        let days = days_until(&calendar, until, 60);
        assert_eq!(days.last().copied(), NaiveDate::from_ymd_opt(2026, 11, 20));
        let arrivals = arrivals(&calendar, &days, until, 12_000, &mut Chance::new(1, "arrivals"));
        assert_eq!(arrivals.len(), 12_000);
        assert!(arrivals.is_sorted() && arrivals.iter().all(|arrival| arrival.at <= until));
        let at_counters = || arrivals.iter().filter(|arrival| !arrival.online);
        assert!(at_counters().all(|arrival| calendar.is_open(arrival.at)));
        let on = |day: Weekday| at_counters().filter(|arrival| local(arrival.at).weekday() == day).count();
        assert!(on(Weekday::Mon) > on(Weekday::Wed), "{} {}", on(Weekday::Mon), on(Weekday::Wed));
        let holiday = NaiveDate::from_ymd_opt(2026, 10, 2).unwrap();
        assert!(at_counters().all(|arrival| local(arrival.at).date_naive() != holiday));
        assert!(arrivals.iter().any(|arrival| arrival.online && !calendar.is_open(arrival.at)));
    }
}
