//! The time.

use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{DateTime, FixedOffset, TimeDelta};

/// Now, at the department's offset.
pub fn now() -> DateTime<FixedOffset> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let seconds = TimeDelta::seconds(i64::try_from(since.as_secs()).unwrap_or(0));
    let offset = FixedOffset::east_opt(8 * 3_600).expect("eight hours are an offset");
    (DateTime::UNIX_EPOCH + seconds).with_timezone(&offset)
}
