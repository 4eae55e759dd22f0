//! Hand-over slips: the open one for a receiver.

use crate::StoreError;
use async_trait::async_trait;
use domain::{
    api::slip::SlipKind,
    id::{PersonId, SlipId, UnitId},
    post::Stage,
};

/// Which slip a line belongs on: one giver's unit and stage, one receiver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlipKey {
    /// What it passes.
    pub kind: SlipKind,
    /// From which stage and unit.
    pub from: (Stage, UnitId),
    /// To which stage and unit.
    pub to: (Stage, UnitId),
    /// To which person, on a transfer.
    pub to_person: Option<PersonId>,
}

/// Slips in a transaction. Lines are written by appending events.
#[async_trait]
pub trait SlipTx {
    /// The slip of that giver and receiver that still takes lines: none of its lines is settled by its
    /// receiver yet.
    async fn open_slip(&mut self, key: &SlipKey) -> Result<Option<SlipId>, StoreError>;
}
