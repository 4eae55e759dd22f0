//! Hand-over slips.

use crate::StoreError;
use async_trait::async_trait;
use domain::{
    api::slip::{Slip, SlipSummary},
    id::{PersonId, SlipId, UnitId},
    post::Stage,
    time::Timestamp,
};
use std::collections::BTreeSet;

/// Slips. Pages stated are always given: whoever answers a receiver hides them until the line is settled.
#[async_trait]
pub trait SlipReads {
    /// Slips with open lines that this person is to receive: from other posts to one of these stages in one
    /// of these units, or from another person; oldest first.
    async fn incoming_slips(
        &self,
        stages: &BTreeSet<Stage>,
        units: &BTreeSet<UnitId>,
        person: &PersonId,
    ) -> Result<Vec<SlipSummary>, StoreError>;

    /// Slips with open lines given from one of these stages in one of these units, or by this person;
    /// oldest first.
    async fn outgoing_slips(
        &self,
        stages: &BTreeSet<Stage>,
        units: &BTreeSet<UnitId>,
        person: &PersonId,
    ) -> Result<Vec<SlipSummary>, StoreError>;

    /// Slips from or to these units on which somebody has received since a moment what he had given himself
    /// 自行签收; newest first.
    async fn own_receipts(
        &self,
        units: &BTreeSet<UnitId>,
        since: Timestamp,
    ) -> Result<Vec<SlipSummary>, StoreError>;

    /// A slip with its lines in the order they were put on, if its giving or receiving unit is among these.
    async fn slip(&self, id: SlipId, units: &BTreeSet<UnitId>) -> Result<Option<Slip>, StoreError>;

    /// The slip of that number, as it is scanned, under the same condition.
    async fn slip_numbered(&self, number: &str, units: &BTreeSet<UnitId>)
    -> Result<Option<Slip>, StoreError>;

    /// Number of a slip.
    async fn slip_number(&self, id: SlipId) -> Result<Option<String>, StoreError>;
}
