//! What `verify`, `backup` and recomputation read: everything, page by page, by key.

use crate::{
    CaseRecord, StoreError,
    chain::{Envelope, Link},
};
use async_trait::async_trait;
use domain::{api::queue::QueueRow, id::CaseId};

/// Place of an event by case and version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventPlace {
    /// The case.
    pub case: CaseId,
    /// Version.
    pub version: u64,
}

/// An event as stored: its payload bytes are what was sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEvent {
    /// Place in the whole log.
    pub seq: i64,
    /// Envelope.
    pub envelope: Envelope,
    /// Payload bytes.
    pub payload: Vec<u8>,
    /// Its link.
    pub link: Link,
}

/// A case's state with its queue row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredCase {
    /// The state.
    pub record: CaseRecord,
    /// Its row of open work.
    pub row: Option<QueueRow>,
}

/// How much there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StoreCounts {
    /// Cases.
    pub cases: u64,
    /// Open cases.
    pub open: u64,
    /// Events.
    pub events: u64,
    /// Imported cases.
    pub imported: u64,
    /// People.
    pub people: u64,
}

/// Reading everything.
#[async_trait]
pub trait VerifyReads {
    /// Events by case and version, behind a place.
    async fn events_behind(
        &self,
        behind: Option<EventPlace>,
        limit: u32,
    ) -> Result<Vec<StoredEvent>, StoreError>;

    /// Cases by id, behind one.
    async fn cases_behind(&self, behind: Option<CaseId>, limit: u32) -> Result<Vec<StoredCase>, StoreError>;

    /// Queue rows, seals, slip lines and indexes that belong to nothing, in words; empty where all is well.
    async fn orphans(&self) -> Result<Vec<String>, StoreError>;

    /// The first seal that does not agree with the events it covers, in words.
    async fn broken_seal(&self) -> Result<Option<String>, StoreError>;

    /// How much there is.
    async fn counts(&self) -> Result<StoreCounts, StoreError>;
}
