//! Time that moves only when told to, and randomness that is real.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::TimeDelta;
use domain::time::Timestamp;
use server::source::{Clock, Source, SystemEntropy};

/// A clock that is set by hand.
#[derive(Debug)]
pub struct TestClock {
    millis: AtomicI64,
    /// By how many milliseconds it will be said to have jumped when it is next looked at.
    pub jumps: AtomicI64,
}

impl TestClock {
    /// Shows this moment.
    pub fn new(now: Timestamp) -> Self {
        Self { millis: AtomicI64::new(now.timestamp_millis()), jumps: AtomicI64::new(0) }
    }

    /// Goes on by this much.
    pub fn pass(&self, time: TimeDelta) {
        self.millis.fetch_add(time.num_milliseconds(), Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_timestamp_millis(self.millis.load(Ordering::SeqCst)).expect("a moment")
    }

    fn hear(&self, _: Timestamp) -> TimeDelta {
        TimeDelta::milliseconds(self.jumps.swap(0, Ordering::SeqCst))
    }
}

/// A source with this clock.
pub fn source(clock: Arc<TestClock>) -> Source {
    Source::new(clock, Arc::new(SystemEntropy))
}
