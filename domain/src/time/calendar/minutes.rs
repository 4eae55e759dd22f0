//! Counting business minutes: those inside the office hours of the calendar.
//!
//! Between two instants the *minute marks* of open time are counted: 09:00:30 to 09:01:10 passes one (09:01).
//! That is exact for whole minutes, within one minute of the truth otherwise, and, unlike rounding each interval,
//! additive: splitting an interval never changes the sum.

use chrono::{Datelike, NaiveDate};

use super::super::zone::{MINUTE, from_wall, wall};
use super::super::{BusinessMinutes, Timestamp};
use super::{Calendar, first_day};

impl Calendar {
    /// Open minutes of the day.
    pub fn minutes_of(&self, date: NaiveDate) -> BusinessMinutes {
        BusinessMinutes(super::data::open_minutes(self.hours(date)))
    }

    /// Whether the instant lies in open hours; the closing minute itself does not.
    pub fn is_open(&self, at: Timestamp) -> bool {
        let (date, millis) = wall(at);
        self.hours(date).iter().any(|open| (minute(open.from)..minute(open.to)).contains(&millis))
    }

    /// The instant itself if it is open, else the next opening.
    pub fn next_open(&self, at: Timestamp) -> Timestamp {
        let (date, millis) = wall(at);
        if let Some(open) = self.hours(date).iter().find(|open| millis < minute(open.to)) {
            return if minute(open.from) <= millis { at } else { from_wall(date, minute(open.from)) };
        }
        let next = Some(self.next_working_day(date)).filter(|next| *next > date);
        next.and_then(|next| self.open_of(next)).unwrap_or(Timestamp::MAX_UTC)
    }

    /// When the day opens; none if it is not worked.
    pub fn open_of(&self, date: NaiveDate) -> Option<Timestamp> {
        self.hours(date).first().map(|open| from_wall(date, minute(open.from)))
    }

    /// When the day closes; none if it is not worked.
    pub fn close_of(&self, date: NaiveDate) -> Option<Timestamp> {
        self.hours(date).last().map(|open| from_wall(date, minute(open.to)))
    }

    /// The business minutes from one instant to another; negative if the second is earlier.
    pub fn minutes_between(&self, from: Timestamp, to: Timestamp) -> BusinessMinutes {
        BusinessMinutes(self.open_millis(to).div_euclid(MINUTE) - self.open_millis(from).div_euclid(MINUTE))
    }

    /// The earliest instant by which so many business minutes have passed, so a target that ends with the morning
    /// is due at noon, not after lunch. Nothing to add leaves the instant as it is; a negative amount goes back,
    /// to the latest instant from which so many minutes have passed. What no instant can hold saturates.
    pub fn add_minutes(&self, start: Timestamp, minutes: BusinessMinutes) -> Timestamp {
        self.add_open_millis(start, minutes.get().saturating_mul(MINUTE))
    }

    /// Open milliseconds before the instant, counted from a fixed origin.
    pub(in crate::time) fn open_millis(&self, at: Timestamp) -> i64 {
        let (date, millis) = wall(at);
        let today: i64 = self
            .hours(date)
            .iter()
            .map(|open| (millis.min(minute(open.to)) - minute(open.from)).max(0))
            .sum();
        self.minutes_before(date.num_days_from_ce()) * MINUTE + today
    }

    /// As [`Self::add_minutes`], in open milliseconds.
    pub(in crate::time) fn add_open_millis(&self, start: Timestamp, millis: i64) -> Timestamp {
        let target = self.open_millis(start).saturating_add(millis);
        match millis {
            0 => start,
            1.. => self.reach(target),
            _ => self.reach_back(target),
        }
    }

    /// The earliest instant with so many open milliseconds before it.
    fn reach(&self, target: i64) -> Timestamp {
        let Some(date) = first_day(|day| self.minutes_before(day + 1).saturating_mul(MINUTE) >= target)
        else {
            return Timestamp::MAX_UTC;
        };
        let mut rest = target - self.minutes_before(date.num_days_from_ce()) * MINUTE;
        for open in self.hours(date) {
            let length = minute(open.minutes());
            if rest <= length {
                return from_wall(date, minute(open.from) + rest);
            }
            rest -= length;
        }
        Timestamp::MAX_UTC
    }

    /// The latest instant with so many open milliseconds before it.
    fn reach_back(&self, target: i64) -> Timestamp {
        let Some(date) = first_day(|day| self.minutes_before(day + 1).saturating_mul(MINUTE) > target) else {
            return Timestamp::MAX_UTC;
        };
        let mut rest = target - self.minutes_before(date.num_days_from_ce()) * MINUTE;
        for open in self.hours(date) {
            let length = minute(open.minutes());
            if (0..length).contains(&rest) {
                return from_wall(date, minute(open.from) + rest);
            }
            rest -= length;
        }
        Timestamp::MIN_UTC
    }
}

/// Milliseconds of so many minutes of the day.
fn minute(minutes: u16) -> i64 {
    i64::from(minutes) * MINUTE
}
