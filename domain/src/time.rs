//! Time.
/// A moment in UTC, whole milliseconds.
pub type Timestamp = chrono::DateTime<chrono::Utc>;
