//! The change feed: what browsers are told.

use crate::StoreError;
use async_trait::async_trait;
use domain::{id::UnitId, post::Queue, time::Timestamp};
use uuid::Uuid;

/// A change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedEntry {
    /// Place in the feed; 0 while it is not written.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// `case`, `slip`, `check`, `people`, `catalogue`.
    pub aggregate: String,
    /// Which one.
    pub id: Uuid,
    /// Its version.
    pub version: u64,
    /// Queues it left or entered.
    pub queues: Vec<Queue>,
    /// Working unit.
    pub unit: UnitId,
    /// Accepting unit: whoever sees either is told.
    pub accepting: UnitId,
}

/// A stretch of the feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// Changes in order.
    pub entries: Vec<FeedEntry>,
    /// What came directly behind the place asked for has been removed: whoever follows fetches anew.
    pub gap: bool,
}

/// The change feed. Nothing a running transaction can still undercut is given, so that whoever goes on behind
/// the last entry misses none.
#[async_trait]
pub trait FeedReads {
    /// Changes behind a place.
    async fn feed(&self, behind: i64, limit: u32) -> Result<Feed, StoreError>;

    /// The place of the newest change that may be given.
    async fn feed_end(&self) -> Result<i64, StoreError>;
}
