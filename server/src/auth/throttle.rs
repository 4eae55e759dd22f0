//! Slows down guessing without locking anyone out: after a few wrong passwords each further one costs a wait that
//! doubles up to fifteen minutes, for the account from that address, and more leniently for the address alone.
//!
//! The delay is per account *and* address: whoever guesses at an account from elsewhere delays himself, not the
//! person who owns it. The counts live in the store, so that several servers count together.

use chrono::TimeDelta;
use domain::time::Timestamp;

/// Wrong tries that cost nothing, for an account from one address.
const FREE_PAIR: u32 = 4;
/// Wrong tries that cost nothing, for one address over all accounts: a branch may share one.
const FREE_ADDRESS: u32 = 40;
/// The first wait, seconds.
const FIRST: i64 = 2;
/// The longest wait, seconds.
const LONGEST: i64 = 15 * 60;
/// After this long without a wrong try everything is forgotten.
pub const FORGET: TimeDelta = TimeDelta::hours(1);

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// An account from one address.
    Pair,
    /// An address.
    Address,
}

/// Seconds a try must still wait, after so many wrong ones, the last of them at `last`.
pub fn wait(counted: Counted, wrong: u32, last: Timestamp, now: Timestamp) -> Option<u32> {
    let free = match counted {
        Counted::Pair => FREE_PAIR,
        Counted::Address => FREE_ADDRESS,
    };
    if wrong < free || now - last >= FORGET {
        return None;
    }
    let doublings = (wrong - free).min(16);
    let delay = (FIRST << doublings).min(LONGEST);
    let left = (last + TimeDelta::seconds(delay) - now).num_milliseconds();
    (left > 0).then(|| u32::try_from((left + 999) / 1_000).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_timestamp_millis(1_790_000_000_000 + seconds * 1_000).unwrap()
    }

    #[test]
    fn waits_double_and_end() {
        let pair = |wrong, passed| wait(Counted::Pair, wrong, at(0), at(passed));
        assert_eq!(pair(3, 0), None);
        assert_eq!(pair(4, 0), Some(2));
        assert_eq!(pair(4, 2), None);
        assert_eq!(pair(5, 0), Some(4));
        assert_eq!(pair(6, 3), Some(5));
        assert_eq!(pair(40, 0), Some(900));
        assert_eq!(pair(40, 3_600), None);
    }

    #[test]
    fn an_address_shared_by_a_branch_is_slowed_late() {
        assert_eq!(wait(Counted::Address, 39, at(0), at(0)), None);
        assert_eq!(wait(Counted::Address, 41, at(0), at(0)), Some(4));
    }

    #[test]
    fn a_clock_set_back_does_not_lock_out() {
        assert!(wait(Counted::Pair, 4, at(0), at(-5)).unwrap() <= 7);
    }
}
