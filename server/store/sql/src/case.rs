//! Cases: held, appended to, read, searched.

mod append;
mod events;
mod keys;
mod lines;
mod outcomes;
mod read;
mod search;
mod state;
mod work;

pub(crate) use append::{follow, follow_up};
pub(crate) use events::{EventRow, StoredRow, events as past_events};
pub(crate) use keys::next_number;
pub(crate) use lines::SlipRow;
pub(crate) use read::record;
pub(crate) use state::StateRow;

use crate::{dialect, error::store_error, ledger::Is, sql_store::SqlStore, tx::SqlTx};
use async_trait::async_trait;
use chrono::NaiveDate;
use domain::{
    api::case::Found,
    case::Event,
    id::{CaseId, ItemCode, PersonId, UnitId},
    policy::PolicyNumber,
    time::Timestamp,
};
use std::collections::BTreeSet;
use store::{
    AccessRecord, Appended, CaseReads, CaseRecord, CaseTx, Change, Holder, SealedCase, StoreError, WrappedKey,
};

/// A case as its row says it.
pub(crate) struct HeldRow {
    pub(crate) version: i64,
    pub(crate) link: Vec<u8>,
    pub(crate) body: String,
}

#[async_trait]
impl CaseTx for SqlTx<'_> {
    async fn case(&mut self, id: CaseId) -> Result<Option<CaseRecord>, StoreError> {
        let row = dialect::held_case(self.read(), id).await.map_err(store_error)?;
        row.as_ref().map(record).transpose()
    }

    async fn append(&mut self, change: &Change) -> Result<Appended, StoreError> {
        append::append(self, change).await
    }

    async fn next_number(&mut self, unit: &UnitId, day: NaiveDate, letter: char) -> Result<u32, StoreError> {
        next_number(self.write(), unit, day, letter).await
    }

    async fn open_items(
        &mut self,
        policy_no: &PolicyNumber,
        except: CaseId,
    ) -> Result<Vec<ItemCode>, StoreError> {
        dialect::hold_policy(self.read(), policy_no.as_str()).await.map_err(store_error)?;
        let cases = search::open_cases(self.read(), policy_no).await?;
        Ok(cases.into_iter().filter(|case| case.0 != except).flat_map(|case| case.2).collect())
    }

    async fn open_cases(
        &mut self,
        policy_no: &PolicyNumber,
    ) -> Result<Vec<(String, Vec<ItemCode>)>, StoreError> {
        let cases = search::open_cases(self.read(), policy_no).await?;
        Ok(cases.into_iter().map(|(_, number, items)| (number, items)).collect())
    }

    async fn case_key(&mut self, id: CaseId) -> Result<Option<WrappedKey>, StoreError> {
        keys::key_of(self.read(), id).await
    }

    async fn put_case_key(&mut self, id: CaseId, key: &WrappedKey) -> Result<(), StoreError> {
        keys::put_key(self.write(), id, key).await
    }

    async fn record_access(&mut self, access: &AccessRecord) -> Result<(), StoreError> {
        keys::record_access(self.write(), access).await?;
        let person = [Is::Text(access.person.to_string())];
        self.note_those("access_record", ("person", &person), &[("at", Is::At(access.at))]).await
    }

    async fn exact_searches(
        &mut self,
        person: &PersonId,
        after: Timestamp,
    ) -> Result<Vec<Timestamp>, StoreError> {
        dialect::hold_key(self.read(), person.as_str(), "exact search").await.map_err(store_error)?;
        keys::exact_searches(self.read(), person, after).await
    }
}

#[async_trait]
impl CaseReads for SqlStore {
    async fn case_in(&self, id: CaseId, units: &BTreeSet<UnitId>) -> Result<Option<CaseRecord>, StoreError> {
        read::case_in(&mut *self.reader().await?, id, units).await
    }

    async fn events(&self, id: CaseId, behind: u64, limit: u32) -> Result<Vec<Event>, StoreError> {
        events::events(&mut *self.reader().await?, id, behind, limit).await
    }

    async fn search(
        &self,
        text: &str,
        units: &BTreeSet<UnitId>,
        limit: u32,
    ) -> Result<Vec<Found>, StoreError> {
        search::by_text(&mut *self.reader().await?, text, units, limit).await
    }

    async fn search_digest(
        &self,
        digest: &str,
        units: &BTreeSet<UnitId>,
        limit: u32,
    ) -> Result<Vec<Found>, StoreError> {
        search::by_digest(&mut *self.reader().await?, digest, units, limit).await
    }

    async fn key_of(&self, id: CaseId) -> Result<Option<WrappedKey>, StoreError> {
        keys::key_of(&mut *self.reader().await?, id).await
    }

    async fn keys_behind(&self, behind: Option<CaseId>, limit: u32) -> Result<Vec<SealedCase>, StoreError> {
        keys::keys_behind(&mut *self.reader().await?, behind, limit).await
    }

    async fn keys_of_others(&self, master: &str) -> Result<u64, StoreError> {
        keys::keys_of_others(&mut *self.reader().await?, master).await
    }

    async fn accesses(&self, id: CaseId, limit: u32) -> Result<Vec<AccessRecord>, StoreError> {
        keys::accesses(&mut *self.reader().await?, id, limit).await
    }

    async fn idle_claims(&self, before: Timestamp, limit: u32) -> Result<Vec<Holder>, StoreError> {
        read::idle_claims(&mut *self.reader().await?, before, limit).await
    }

    async fn ended_holds(&self, now: Timestamp, limit: u32) -> Result<Vec<CaseId>, StoreError> {
        read::ended_holds(&mut *self.reader().await?, now, limit).await
    }
}
