//! Get-next: candidates in the order of work.

use crate::StoreError;
use async_trait::async_trait;
use domain::{
    actor::Person,
    api::queue::{Band, BandLimits},
    id::CaseId,
    post::Stage,
    time::Timestamp,
};
use std::sync::Arc;

/// Whose next case is asked for.
#[derive(Debug, Clone, Copy)]
pub struct NextAsk<'a> {
    /// The stage whose pool is taken from.
    pub stage: Stage,
    /// Who asks: narrows by scope, separation, items and amount.
    pub person: &'a Person,
    /// Limits of the bands.
    pub bands: BandLimits,
    /// Now: what is kept for somebody else until later than this is passed over.
    pub now: Timestamp,
    /// People of the stage's post who are present. What came back is kept for one of them alone, and only while
    /// that person may work it: of who is away, shut out or barred it is offered to everyone at once.
    pub keepers: &'a [Arc<Person>],
}

/// Place of a candidate in the order of work: the next one is looked for behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// It came back to the person who asks.
    pub returned_to_me: bool,
    /// Its band.
    pub band: Band,
    /// Its rank within the band.
    pub rank: u8,
    /// Its `act_by`.
    pub act_by: Timestamp,
    /// Its arrival.
    pub arrived_at: Timestamp,
    /// Its number.
    pub number: String,
}

/// A case that may be offered, held for writing; `decide(Claim)` has the last word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The case.
    pub case: CaseId,
    /// Where it stands in the order.
    pub place: Place,
}

/// Get-next in a transaction.
#[async_trait]
pub trait NextTx {
    /// The first candidate behind a place, or the first of all: what was returned to this person, then the
    /// pool by band, and within it by rank, `act_by`, arrival and number. A case another transaction holds at
    /// this instant is passed over, and no other is.
    async fn next_candidate(
        &mut self,
        ask: &NextAsk<'_>,
        behind: Option<&Place>,
    ) -> Result<Option<Candidate>, StoreError>;
}
