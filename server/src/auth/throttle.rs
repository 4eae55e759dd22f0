//! Slows down guessing without locking anyone out.
//!
//! What is slowed is an account as seen from one place, never a place: after a few wrong passwords each further one costs
//! a wait that doubles up to five minutes. A place is a browser in which that account has signed in before, told by a
//! cookie ([`super::known`]), else an address. So whoever guesses delays himself:
//!
//! - The person goes on from a known browser, whatever is tried elsewhere, from the same office too.
//! - Colleagues behind the same address go on: their accounts are others, and nothing is counted for the address alone.
//! - Guessing at one account from very many addresses leaves each of them a single try before it waits; a person at an
//!   address of one's own still has that one, so that no crowd shuts anybody out.
//!
//! The counts live in the store, so that several servers count together. Their names are buckets of a keyed hash: a
//! stranger who makes up accounts and addresses makes no more rows than there are buckets.

use chrono::TimeDelta;
use domain::id::PersonId;
use domain::time::Timestamp;
use store::Throttle;

use crate::seal::Vault;

/// Wrong tries that cost nothing, for an account from one place.
const FREE: u32 = 4;
/// The same for an address where the account is tried from everywhere.
const FREE_PRESSED: u32 = 1;
/// Wrong tries from unknown places, within an hour of each other, from which on an account counts as tried from everywhere.
const PRESSED: u32 = 100;
/// The first wait, seconds.
const FIRST: i64 = 2;
/// The longest wait, seconds.
const LONGEST: i64 = 5 * 60;
/// After this long without a wrong try everything is forgotten.
pub const FORGET: TimeDelta = TimeDelta::hours(1);
/// Buckets of a kind; two accounts in one are slowed together, which chance alone brings about.
const BUCKETS: u32 = 1 << 16;

/// From where an account is tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A browser in which the account has signed in before.
    KnownBrowser([u8; 16]),
    /// Anywhere else: the address, of IPv6 its /64.
    Address(std::net::IpAddr),
}

/// Under which names the tries of an account from a place are counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    /// The account from that place.
    pub place: String,
    /// The account from all unknown places; none for a known one.
    pub account: Option<String>,
}

impl Names {
    /// Of an account, there or not, tried from a place.
    pub fn of(vault: &Vault, account: &PersonId, from: &Place) -> Self {
        let bucket =
            |kind: &str, of: &str| format!("{kind} {}", vault.bucket(&format!("{kind} {of}"), BUCKETS));
        match from {
            Place::KnownBrowser(id) => {
                let id = crate::seal::hex(id);
                Self { place: bucket("browser", &format!("{account} {id}")), account: None }
            }
            Place::Address(address) => Self {
                place: bucket("address", &format!("{account} {address}")),
                account: Some(bucket("account", account.as_str())),
            },
        }
    }
}

/// Seconds a try must still wait, by what was counted for its place and for the account from everywhere.
pub fn wait(place: Option<&Throttle>, account: Option<&Throttle>, now: Timestamp) -> Option<u32> {
    let fresh = |known: &&Throttle| now - known.last_at < FORGET;
    let place = place.filter(fresh)?;
    let pressed = account.filter(fresh).is_some_and(|account| account.failures >= PRESSED);
    let free = if pressed { FREE_PRESSED } else { FREE };
    let doublings = place.failures.checked_sub(free)?.min(16);
    let delay = (FIRST << doublings).min(LONGEST);
    // A clock set back makes nobody wait for longer than that.
    let since = place.last_at.min(now);
    let left = (since + TimeDelta::seconds(delay) - now).num_milliseconds();
    (left > 0).then(|| u32::try_from((left + 999) / 1_000).unwrap_or(u32::MAX))
}

/// What is noted once another try begins.
pub fn one_more(known: Option<&Throttle>, now: Timestamp) -> Throttle {
    let before = known.filter(|known| now - known.last_at < FORGET).map_or(0, |known| known.failures);
    Throttle { failures: before.saturating_add(1), last_at: now, wait_until: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_timestamp_millis(1_790_000_000_000 + seconds * 1_000).unwrap()
    }

    fn wrong(failures: u32) -> Throttle {
        Throttle { failures, last_at: at(0), wait_until: None }
    }

    #[test]
    fn waits_double_and_end() {
        let place = |failures, passed| wait(Some(&wrong(failures)), None, at(passed));
        assert_eq!(wait(None, None, at(0)), None);
        assert_eq!(place(3, 0), None);
        assert_eq!(place(4, 0), Some(2));
        assert_eq!(place(4, 2), None);
        assert_eq!(place(5, 0), Some(4));
        assert_eq!(place(6, 3), Some(5));
        assert_eq!(place(40, 0), Some(300));
        assert_eq!(place(40, 3_600), None);
    }

    #[test]
    fn an_account_tried_from_everywhere_leaves_each_address_one_try() {
        let pressed = wrong(PRESSED);
        assert_eq!(wait(None, Some(&pressed), at(0)), None);
        assert_eq!(wait(Some(&wrong(1)), Some(&pressed), at(0)), Some(2));
        assert_eq!(wait(Some(&wrong(1)), Some(&wrong(PRESSED - 1)), at(0)), None);
        assert_eq!(wait(Some(&wrong(1)), Some(&pressed), at(3_600)), None);
    }

    #[test]
    fn a_clock_set_back_does_not_lock_out() {
        assert_eq!(wait(Some(&wrong(4)), None, at(-5)), Some(2));
        assert_eq!(wait(Some(&wrong(40)), None, at(-50_000)), Some(300));
    }

    #[test]
    fn after_an_hour_counting_begins_anew() {
        assert_eq!(one_more(Some(&wrong(7)), at(60)).failures, 8);
        assert_eq!(one_more(Some(&wrong(7)), at(3_600)).failures, 1);
        assert_eq!(one_more(None, at(0)).failures, 1);
    }
}
