//! Ids that tie labels, hints and panels to their elements.

use std::sync::atomic::{AtomicU32, Ordering};

static LAST: AtomicU32 = AtomicU32::new(0);

/// An id that no other element of this page has.
pub fn unique(prefix: &str) -> String {
    let number = LAST.fetch_add(1, Ordering::Relaxed);
    format!("{prefix}-{number}")
}
