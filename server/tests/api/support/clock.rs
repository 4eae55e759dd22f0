//! Time that moves only when told to, and randomness that is real.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::TimeDelta;
use domain::time::Timestamp;
use server::source::{Clock, Source, SystemEntropy};

/// A clock that is set by hand.
#[derive(Debug)]
pub struct TestClock(AtomicI64);

impl TestClock {
    /// Shows this moment.
    pub fn new(now: Timestamp) -> Self {
        Self(AtomicI64::new(now.timestamp_millis()))
    }

    /// Goes on by this much.
    pub fn pass(&self, time: TimeDelta) {
        self.0.fetch_add(time.num_milliseconds(), Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_timestamp_millis(self.0.load(Ordering::SeqCst)).expect("a moment")
    }
}

/// A source with this clock.
pub fn source(clock: Arc<TestClock>) -> Source {
    Source::new(clock, Arc::new(SystemEntropy))
}
