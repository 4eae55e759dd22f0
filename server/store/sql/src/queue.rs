//! Queues: lists, counts, get-next.

mod count;
mod done;
mod filter;
mod next;
mod page;
mod row;

pub(crate) use row::{ListRow, OF_WORK};
#[cfg(test)]
pub(crate) use {count::tab_statement, next::pool as next_statement, page::statement as page_statement};

use crate::{sql_store::SqlStore, tx::SqlTx};
use async_trait::async_trait;
use chrono::NaiveDate;
use domain::{
    api::queue::Tab,
    id::{PersonId, UnitId},
    post::Queue,
    time::Timestamp,
};
use std::collections::BTreeSet;
use store::{
    Candidate, NextAsk, NextTx, Place, Position, QueueAsk, QueueReads, QueueSlice, StoreError, TabCounts,
};

#[async_trait]
impl QueueReads for SqlStore {
    async fn queue_page(
        &self,
        ask: &QueueAsk<'_>,
        at: &Position,
        limit: u32,
    ) -> Result<QueueSlice, StoreError> {
        let mut conn = self.reader().await?;
        let (band_counts, (rows, next)) = match ask.tab() {
            Tab::Done => {
                let count = done::count(&mut conn, ask).await?;
                ([0, 0, 0, count], done::page(&mut conn, ask, at, limit).await?)
            }
            _ => (count::bands(&mut conn, ask).await?, page::page(&mut conn, ask, at, limit).await?),
        };
        Ok(QueueSlice { rows, next, band_counts })
    }

    async fn tab_counts(
        &self,
        queue: Queue,
        person: &PersonId,
        units: &BTreeSet<UnitId>,
        within: &BTreeSet<UnitId>,
        now: Timestamp,
        today: NaiveDate,
    ) -> Result<TabCounts, StoreError> {
        let mut conn = self.reader().await?;
        count::tabs(&mut conn, queue, person, (units, within), now, today).await
    }

    async fn behind(&self, ask: &NextAsk<'_>, place: &Place, at_most: u32) -> Result<u64, StoreError> {
        next::behind(&mut *self.reader().await?, ask, place, at_most).await
    }
}

#[async_trait]
impl NextTx for SqlTx<'_> {
    async fn next_candidate(
        &mut self,
        ask: &NextAsk<'_>,
        behind: Option<&Place>,
    ) -> Result<Option<Candidate>, StoreError> {
        next::candidate(self.read(), ask, behind).await
    }
}
