//! Where time, ids and randomness come from: injected, so that a test decides them and `clippy.toml` can forbid
//! every other source.

use std::fmt;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use chrono::TimeDelta;
use domain::time::Timestamp;
use uuid::Uuid;

mod heard;

pub use heard::HeardClock;

/// Tells the time.
pub trait Clock: fmt::Debug + Send + Sync {
    /// Now, in whole milliseconds: the two stores keep different fractions and hashes would differ.
    fn now(&self) -> Timestamp;

    /// Is told what the clock shows that it follows; gives by how much that one has jumped. Most follow none.
    fn hear(&self, _shown: Timestamp) -> TimeDelta {
        TimeDelta::zero()
    }
}

/// Gives unforeseeable bytes.
pub trait Entropy: fmt::Debug + Send + Sync {
    /// Fills the buffer.
    fn fill(&self, buffer: &mut [u8]);
}

/// The clock and the random source of this process.
#[derive(Clone, Debug)]
pub struct Source {
    clock: Arc<dyn Clock>,
    store_clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
}

impl Source {
    /// The machine's own clock and random source.
    pub fn system() -> Self {
        Self::new(Arc::new(SystemClock), Arc::new(SystemEntropy))
    }

    /// A clock and a random source of one's own.
    pub fn new(clock: Arc<dyn Clock>, entropy: Arc<dyn Entropy>) -> Self {
        Self { store_clock: Arc::clone(&clock), clock, entropy }
    }

    /// The same, with a clock of its own for the store.
    #[must_use]
    pub fn with_store_clock(self, store_clock: Arc<dyn Clock>) -> Self {
        Self { store_clock, ..self }
    }

    /// Now by the database's clock: what several servers agree on. Sessions, leases and sweeps go by it.
    pub fn store_now(&self) -> Timestamp {
        self.store_clock.now()
    }

    /// Is told what the database's clock shows; gives by how much it has jumped.
    pub fn hear(&self, shown: Timestamp) -> TimeDelta {
        self.store_clock.hear(shown)
    }

    /// By how much this process' clock and the database's differ.
    pub fn skew(&self) -> TimeDelta {
        (self.now() - self.store_now()).abs()
    }

    /// Now, in whole milliseconds.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// `N` random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.entropy.fill(&mut bytes);
        bytes
    }

    /// A new id: UUID v7, so that ids made later sort later.
    pub fn id(&self) -> Uuid {
        let millis = u64::try_from(self.now().timestamp_millis()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &self.bytes()).into_uuid()
    }
}

/// The machine's clock.
#[derive(Debug)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        #[expect(clippy::disallowed_methods, reason = "the one place where the machine's clock is read")]
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let millis = i64::try_from(since.as_millis()).unwrap_or(i64::MAX);
        Timestamp::from_timestamp_millis(millis).unwrap_or(Timestamp::MAX_UTC)
    }
}

/// The operating system's random source.
#[derive(Debug)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    /// # Panics
    /// Where the operating system has no randomness: no token or key may then be made.
    fn fill(&self, buffer: &mut [u8]) {
        #[expect(clippy::disallowed_methods, reason = "the one place where randomness is read")]
        getrandom::fill(buffer).expect("the operating system gives random bytes");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_made_later_sort_later_and_carry_their_time() {
        let source = Source::system();
        let before = source.now();
        let id = source.id();
        let (seconds, _) = id.get_timestamp().expect("v7 carries a time").to_unix();
        assert_eq!(id.get_version_num(), 7);
        assert!(seconds.cast_signed() >= before.timestamp());
        assert_eq!(source.now().timestamp_subsec_micros() % 1_000, 0);
    }
}
