//! The time on screen: the server's, as far as the browser knows it.

use domain::time::Timestamp;
use leptos::prelude::*;
use std::time::Duration;

/// How often figures of minutes move on.
const BEAT: Duration = Duration::from_secs(10);

/// The time.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    now: RwSignal<Timestamp>,
    /// Milliseconds the server's clock is ahead of the browser's.
    ahead: StoredValue<i64>,
}

impl Clock {
    /// Starts the clock for the life of the calling owner.
    pub fn start() -> Self {
        let clock = Self { now: RwSignal::new(browser()), ahead: StoredValue::new(0) };
        super::timer::every(BEAT, move || clock.now.set(clock.exact()));
        clock
    }

    /// The server said what time it is.
    pub fn set(self, server: Timestamp) {
        let ahead = (server - browser()).num_milliseconds();
        self.ahead.set_value(ahead);
        self.now.set(self.exact());
    }

    /// The time; who reads it is run again every ten seconds.
    pub fn now(self) -> Timestamp {
        self.now.get()
    }

    /// The time to the millisecond, not followed: for what is decided or sent now.
    pub fn exact(self) -> Timestamp {
        browser() + chrono::TimeDelta::milliseconds(self.ahead.get_value())
    }

    /// The time as a signal.
    pub fn signal(self) -> Signal<Timestamp> {
        self.now.into()
    }
}

/// The browser's own time in whole milliseconds.
pub(super) fn browser() -> Timestamp {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::disallowed_methods,
        reason = "milliseconds since 1970 fit; the app's clock is the one place that reads the browser's"
    )]
    let millis = js_sys::Date::now() as i64;
    Timestamp::from_timestamp_millis(millis).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// The clock of the calling owner.
pub fn use_clock() -> Clock {
    expect_context::<Clock>()
}
