//! Cases: one by id, its events, search.

use crate::{AccessRecord, CaseRecord, StoreError, WrappedKey};
use async_trait::async_trait;
use domain::{
    api::case::Found,
    case::Event,
    id::{CaseId, UnitId},
    time::Timestamp,
};
use std::collections::BTreeSet;

/// A case whose holder has done nothing for a while, or whose hold is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The case.
    pub case: CaseId,
    /// Working unit: its calendar decides.
    pub unit: UnitId,
    /// Last activity of its holder.
    pub active_at: Timestamp,
}

/// The data key of a case with the case's units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedCase {
    /// The case.
    pub case: CaseId,
    /// Its key.
    pub key: WrappedKey,
}

/// Cases.
#[async_trait]
pub trait CaseReads {
    /// The case, if its accepting or working unit is among these, or the unit that is to receive it.
    async fn case_in(&self, id: CaseId, units: &BTreeSet<UnitId>) -> Result<Option<CaseRecord>, StoreError>;

    /// Its events behind a version, oldest first, at most `limit`.
    async fn events(&self, id: CaseId, behind: u64, limit: u32) -> Result<Vec<Event>, StoreError>;

    /// Cases whose number or policy number begins with the text, or whose applicant's name does; newest
    /// first, imported ones too.
    async fn search(
        &self,
        text: &str,
        units: &BTreeSet<UnitId>,
        limit: u32,
    ) -> Result<Vec<Found>, StoreError>;

    /// Cases that hold a personal value, by its keyed hash; newest first.
    async fn search_digest(
        &self,
        digest: &str,
        units: &BTreeSet<UnitId>,
        limit: u32,
    ) -> Result<Vec<Found>, StoreError>;

    /// The data key of a case.
    async fn key_of(&self, id: CaseId) -> Result<Option<WrappedKey>, StoreError>;

    /// Cases with their data keys, by id, behind one: for rotation of the master key.
    async fn keys_behind(&self, behind: Option<CaseId>, limit: u32) -> Result<Vec<SealedCase>, StoreError>;

    /// How many data keys are wrapped by another master key than this one.
    async fn keys_of_others(&self, master: &str) -> Result<u64, StoreError>;

    /// Who saw full personal values of a case, newest first.
    async fn accesses(&self, id: CaseId, limit: u32) -> Result<Vec<AccessRecord>, StoreError>;

    /// Claimed cases whose holders were last active before a moment, longest first.
    async fn idle_claims(&self, before: Timestamp, limit: u32) -> Result<Vec<Holder>, StoreError>;

    /// Waiting cases whose hold is over.
    async fn ended_holds(&self, now: Timestamp, limit: u32) -> Result<Vec<CaseId>, StoreError>;
}
