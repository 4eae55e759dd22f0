//! Draws, sample checks, findings.

mod draws;
mod frame;
mod read;
mod row;
mod write;

pub(crate) use draws::seed as seed_of;

use crate::{dialect, error::store_error, ledger::Is, sql_store::SqlStore, tx::SqlTx};
use async_trait::async_trait;
use chrono::NaiveDate;
use domain::{
    api::check::{CheckRow, DrawView, FindingView},
    id::{CaseId, CheckId, DrawId, PersonId, UnitId},
    post::Stage,
    time::Timestamp,
};
use std::collections::BTreeSet;
use store::{
    CheckFilter, CheckReads, CheckRecord, CheckTx, DrawSeed, Frame, FrameSize, FrameStep, StoreError,
};

#[async_trait]
impl CheckTx for SqlTx<'_> {
    async fn draw_seed(&mut self, day: NaiveDate) -> Result<Option<DrawSeed>, StoreError> {
        draws::seed(self.read(), day).await
    }

    async fn put_draw_seed(&mut self, seed: &DrawSeed) -> Result<(), StoreError> {
        draws::put_seed(self.write(), seed).await?;
        self.note("draw_seed", "business_date", &[Is::Day(seed.day)]).await
    }

    async fn insert_draw(&mut self, draw: &DrawView, checks: &[CheckRecord]) -> Result<(), StoreError> {
        let conn = self.write();
        draws::insert(conn, draw).await?;
        write::insert_checks(conn, checks).await?;
        self.note("draw", "id", &[Is::Id(draw.id.0)]).await?;
        let checks: Vec<Is> = checks.iter().map(|check| Is::Id(check.row.id.0)).collect();
        self.note("sample_check", "id", &checks).await
    }

    async fn insert_check(&mut self, check: &CheckRecord) -> Result<(), StoreError> {
        write::insert_checks(self.write(), std::slice::from_ref(check)).await?;
        self.note("sample_check", "id", &[Is::Id(check.row.id.0)]).await
    }

    async fn check(&mut self, id: CheckId) -> Result<Option<CheckRecord>, StoreError> {
        let conn = self.read();
        dialect::hold_check(conn, id.0).await.map_err(store_error)?;
        read::check(conn, id).await
    }

    async fn finish_check(
        &mut self,
        check: &CheckRecord,
        findings: &[FindingView],
    ) -> Result<(), StoreError> {
        write::finish(self.write(), check, findings).await?;
        let id = [Is::Id(check.row.id.0)];
        self.note("sample_check", "id", &id).await?;
        self.note("check_verdict", "check_id", &id).await?;
        self.note("finding", "check_id", &id).await
    }

    async fn inspectors(&mut self, case: CaseId) -> Result<BTreeSet<PersonId>, StoreError> {
        read::inspectors(self.read(), case).await
    }

    async fn mark_verified(&mut self, draw: DrawId, at: Timestamp) -> Result<(), StoreError> {
        draws::mark_verified(self.write(), draw, at).await?;
        self.note("draw", "id", &[Is::Id(draw.0)]).await
    }
}

#[async_trait]
impl CheckReads for SqlStore {
    async fn frame(&self, frame: &Frame) -> Result<Vec<FrameStep>, StoreError> {
        frame::steps(&mut *self.reader().await?, frame).await
    }

    async fn frame_sizes(
        &self,
        day: NaiveDate,
        units: &BTreeSet<UnitId>,
        until: Timestamp,
    ) -> Result<[FrameSize; 6], StoreError> {
        frame::sizes(&mut *self.reader().await?, day, units, until).await
    }

    async fn step_of(&self, case: CaseId, stage: Stage, round: u16) -> Result<Option<FrameStep>, StoreError> {
        frame::step(&mut *self.reader().await?, case, stage, round).await
    }

    async fn checks(&self, filter: &CheckFilter) -> Result<Vec<CheckRow>, StoreError> {
        read::checks(&mut *self.reader().await?, filter).await
    }

    async fn open_checks(&self, inspector: &PersonId) -> Result<u64, StoreError> {
        read::open(&mut *self.reader().await?, inspector).await
    }

    async fn checks_of(&self, case: CaseId) -> Result<Vec<CheckRecord>, StoreError> {
        read::of_case(&mut *self.reader().await?, case).await
    }

    async fn inspectors(&self, case: CaseId) -> Result<BTreeSet<PersonId>, StoreError> {
        read::inspectors(&mut *self.reader().await?, case).await
    }

    async fn check_in(
        &self,
        id: CheckId,
        units: &BTreeSet<UnitId>,
    ) -> Result<Option<CheckRecord>, StoreError> {
        let check = read::check(&mut *self.reader().await?, id).await?;
        Ok(check.filter(|check| units.contains(&check.row.unit) || units.contains(&check.accepting)))
    }

    async fn findings(&self, check: CheckId) -> Result<Vec<FindingView>, StoreError> {
        read::findings(&mut *self.reader().await?, check).await
    }

    async fn draws(&self, day: NaiveDate, units: &BTreeSet<UnitId>) -> Result<Vec<DrawView>, StoreError> {
        draws::of_day(&mut *self.reader().await?, day, units).await
    }

    async fn draw(&self, id: DrawId) -> Result<Option<DrawView>, StoreError> {
        draws::one(&mut *self.reader().await?, id).await
    }

    async fn draws_behind(&self, behind: Option<DrawId>, limit: u32) -> Result<Vec<DrawView>, StoreError> {
        draws::behind(&mut *self.reader().await?, behind, limit).await
    }

    async fn drawn(&self, id: DrawId) -> Result<Vec<(CaseId, Stage, u16)>, StoreError> {
        draws::drawn(&mut *self.reader().await?, id).await
    }

    async fn commitment(&self, day: NaiveDate) -> Result<Option<DrawSeed>, StoreError> {
        let seed = draws::seed(&mut *self.reader().await?, day).await?;
        Ok(seed.map(|seed| DrawSeed { seed: String::new(), ..seed }))
    }

    async fn second_due(&self, units: &BTreeSet<UnitId>) -> Result<Vec<CheckRow>, StoreError> {
        read::second_due(&mut *self.reader().await?, units).await
    }
}
