//! The database's clock, as it was last heard and carried on by a clock that nobody sets.

use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use chrono::TimeDelta;
use domain::time::Timestamp;

use super::{Clock, SystemClock};

/// A clock that follows another one.
///
/// Between two hearings it goes on by the machine's monotonic clock. So it stands by the database's time whatever is
/// done to the machine's own, and the difference of the two is known at every moment, not only when the database is
/// asked.
#[derive(Debug, Default)]
pub struct HeardClock(Mutex<Option<Heard>>);

#[derive(Clone, Copy, Debug)]
struct Heard {
    shown: Timestamp,
    at: Instant,
}

impl Heard {
    fn now(self, at: Instant) -> Timestamp {
        let passed = TimeDelta::from_std(at.saturating_duration_since(self.at)).unwrap_or(TimeDelta::MAX);
        self.shown.checked_add_signed(passed).unwrap_or(Timestamp::MAX_UTC)
    }
}

impl HeardClock {
    /// Hears at a moment of the monotonic clock what the followed one shows; gives by how much it has left the way it
    /// was expected to go, forwards or back.
    fn hear_at(&self, shown: Timestamp, at: Instant) -> TimeDelta {
        let mut heard = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let before = heard.replace(Heard { shown, at });
        before.map_or(TimeDelta::zero(), |before| shown - before.now(at))
    }
}

impl Clock for HeardClock {
    /// Until the followed clock was heard, the machine's own.
    fn now(&self) -> Timestamp {
        let heard = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        heard.map_or_else(
            || SystemClock.now(),
            |heard| {
                let now = heard.now(Instant::now());
                Timestamp::from_timestamp_millis(now.timestamp_millis()).unwrap_or(now)
            },
        )
    }

    fn hear(&self, shown: Timestamp) -> TimeDelta {
        self.hear_at(shown, Instant::now())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_timestamp(1_790_000_000 + seconds, 0).unwrap()
    }

    #[test]
    fn it_goes_on_by_itself_and_says_how_far_the_other_jumped() {
        let (clock, begun) = (HeardClock::default(), Instant::now());
        let later = |seconds| begun + Duration::from_secs(seconds);
        assert_eq!(clock.hear_at(at(0), begun), TimeDelta::zero());
        assert_eq!(clock.hear_at(at(10), later(10)), TimeDelta::zero());
        assert_eq!(clock.hear_at(at(3_620), later(20)), TimeDelta::hours(1));
        assert_eq!(clock.hear_at(at(3_630), later(30)), TimeDelta::zero());
        assert_eq!(clock.hear_at(at(40), later(40)), TimeDelta::hours(-1));
    }

    #[test]
    fn what_was_heard_holds_whatever_the_machine_shows() {
        let clock = HeardClock::default();
        clock.hear(at(0));
        let passed = clock.now() - at(0);
        assert!((TimeDelta::zero()..TimeDelta::minutes(1)).contains(&passed), "{passed}");
    }
}
