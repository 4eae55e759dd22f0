//! Where live notices come from.

/// The stream of server-sent events.
pub const URL: &str = "/api/live";
