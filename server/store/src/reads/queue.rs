//! Queues: pages and counts.

use crate::{NextAsk, Place, StoreError};
use async_trait::async_trait;
use chrono::NaiveDate;
use domain::{
    api::queue::{BandLimits, QueueQuery, QueueRow, Tab},
    id::{CaseId, PersonId, UnitId},
    post::Queue,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Value a list is sorted by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SortKey {
    /// Of the sorts [`Due` and `Arrived`](domain::api::queue::Sort); the tab done today: when it was finished.
    Time(Timestamp),
    /// Of the sort [`Amount`](domain::api::queue::Sort::Amount).
    Amount(i64),
    /// Of the sort [`Number`](domain::api::queue::Sort::Number).
    Number(String),
}

/// Where a page ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cursor {
    /// Sort value of its last row.
    pub key: SortKey,
    /// Case of its last row.
    pub case: CaseId,
}

/// Which page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Position {
    /// The first.
    First,
    /// Behind a row.
    Behind(Cursor),
    /// The last, read backwards; its rows come in list order.
    Last,
}

/// What a list shows.
#[derive(Debug, Clone, Copy)]
pub struct QueueAsk<'a> {
    /// The queue.
    pub queue: Queue,
    /// Who asks.
    pub person: &'a PersonId,
    /// Units the person sees.
    pub units: &'a BTreeSet<UnitId>,
    /// The unit of the filter with all below it; empty = not filtered.
    pub within: &'a BTreeSet<UnitId>,
    /// Limits of the bands.
    pub bands: BandLimits,
    /// Business date, for the tab done today.
    pub today: NaiveDate,
    /// Tab, filters and sort. `unit`, `limit`, `after` and `last` are not read here.
    pub query: &'a QueueQuery,
}

impl QueueAsk<'_> {
    /// The tab.
    pub const fn tab(&self) -> Tab {
        self.query.tab
    }
}

/// Rows of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueSlice {
    /// The rows in list order. Those of the tab done today bear the moment they were finished as `until`.
    pub rows: Vec<QueueRow>,
    /// Where the next page begins, if more rows follow; none on the last page.
    pub next: Option<Cursor>,
    /// Rows of the whole list per band, in order of `Band::ALL`, without its band filter. Their sum, or the one of the
    /// band filtered by, is the list's count. The tab done today is counted in the last place.
    pub band_counts: [u64; 4],
}

/// Counts of one queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TabCounts {
    /// Rows per tab, in order of [`Tab::ALL`].
    pub tabs: [u64; 6],
    /// Of the first tab, overdue.
    pub overdue: u64,
}

/// Queues.
#[async_trait]
pub trait QueueReads {
    /// A page of a list, with the list's counts.
    async fn queue_page(
        &self,
        ask: &QueueAsk<'_>,
        at: &Position,
        limit: u32,
    ) -> Result<QueueSlice, StoreError>;

    /// Counts of one queue per tab, without filters but for the units looked at; where none are named, all of the scope.
    async fn tab_counts(
        &self,
        queue: Queue,
        person: &PersonId,
        units: &BTreeSet<UnitId>,
        within: &BTreeSet<UnitId>,
        now: Timestamp,
        today: NaiveDate,
    ) -> Result<TabCounts, StoreError>;

    /// How many cases of the pool in scope come after a candidate in its band, counted up to a number: for the
    /// reason get-next gives.
    async fn behind(&self, ask: &NextAsk<'_>, place: &Place, at_most: u32) -> Result<u64, StoreError>;
}
