//! Who opened which case lately, so that a page that reads its case anew leaves one access record, not twenty.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use chrono::TimeDelta;
use domain::id::CaseId;
use domain::time::Timestamp;

/// Reads of one session within this time are one opening.
const ONE_OPENING: TimeDelta = TimeDelta::minutes(10);

/// Openings by session and case. Kept in memory: after a restart there is a record more, never one less.
#[derive(Debug, Default)]
pub struct Openings(Mutex<HashMap<([u8; 32], CaseId), Timestamp>>);

impl Openings {
    /// Whether this read is a new opening, to be recorded.
    pub fn is_new(&self, session: [u8; 32], case: CaseId, now: Timestamp) -> bool {
        let openings = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        openings.get(&(session, case)).is_none_or(|at| now - *at >= ONE_OPENING)
    }

    /// The opening has been recorded.
    pub fn recorded(&self, session: [u8; 32], case: CaseId, now: Timestamp) {
        let mut openings = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        openings.retain(|_, at| now - *at < ONE_OPENING);
        openings.insert((session, case), now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn reads_within_ten_minutes_are_one_opening() {
        let (openings, case) = (Openings::default(), CaseId(Uuid::nil()));
        let at = |minutes: i64| Timestamp::from_timestamp(1_790_000_000 + minutes * 60, 0).unwrap();
        assert!(openings.is_new([1; 32], case, at(0)));
        openings.recorded([1; 32], case, at(0));
        assert!(!openings.is_new([1; 32], case, at(9)));
        assert!(openings.is_new([1; 32], case, at(10)));
        assert!(openings.is_new([2; 32], case, at(1)));
    }
}
