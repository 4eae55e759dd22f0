//! Figures of the dashboards.

mod done;
mod flow;
mod open;
mod quality;

use crate::sql_store::SqlStore;
use async_trait::async_trait;
use chrono::NaiveDate;
use domain::{id::UnitId, time::Timestamp};
use std::collections::BTreeSet;
use store::{
    AgeRow, DashboardReads, DoneRow, DoneWhat, LoadRow, MovementRow, OpenAge, OpenCount, OpenFilter,
    PointCount, QualityAsk, RecheckCount, RecheckFinding, SampleCount, SampleFinding, StepCount, StoreError,
};

#[async_trait]
impl DashboardReads for SqlStore {
    async fn open_counts(
        &self,
        filter: &OpenFilter<'_>,
        now: Timestamp,
        end_of_day: Timestamp,
    ) -> Result<Vec<OpenCount>, StoreError> {
        open::counts(&mut *self.reader().await?, filter, now, end_of_day).await
    }

    async fn movements(
        &self,
        day: NaiveDate,
        units: &BTreeSet<UnitId>,
    ) -> Result<Vec<MovementRow>, StoreError> {
        flow::of_day(&mut *self.reader().await?, day, units).await
    }

    async fn movements_since(
        &self,
        since: Timestamp,
        units: &BTreeSet<UnitId>,
    ) -> Result<Vec<MovementRow>, StoreError> {
        flow::since(&mut *self.reader().await?, since, units).await
    }

    async fn step_counts(
        &self,
        from: NaiveDate,
        to: NaiveDate,
        units: &BTreeSet<UnitId>,
        due_before: Timestamp,
    ) -> Result<Vec<StepCount>, StoreError> {
        flow::steps(&mut *self.reader().await?, (from, to), units, due_before).await
    }

    async fn open_ages(&self, filter: &OpenFilter<'_>, limit: u32) -> Result<Vec<OpenAge>, StoreError> {
        open::ages(&mut *self.reader().await?, filter, limit).await
    }

    async fn unmoved(
        &self,
        filter: &OpenFilter<'_>,
        before: Timestamp,
        limit: u32,
    ) -> Result<Vec<OpenAge>, StoreError> {
        open::unmoved(&mut *self.reader().await?, filter, before, limit).await
    }

    async fn finished_ages(
        &self,
        from: NaiveDate,
        units: &BTreeSet<UnitId>,
    ) -> Result<Vec<AgeRow>, StoreError> {
        flow::ages(&mut *self.reader().await?, from, units).await
    }

    async fn loads(
        &self,
        units: &BTreeSet<UnitId>,
        now: Timestamp,
        day: NaiveDate,
    ) -> Result<Vec<LoadRow>, StoreError> {
        open::loads(&mut *self.reader().await?, units, now, day).await
    }

    async fn done(
        &self,
        day: NaiveDate,
        units: &BTreeSet<UnitId>,
        what: DoneWhat<'_>,
    ) -> Result<Vec<DoneRow>, StoreError> {
        done::rows(&mut *self.reader().await?, day, units, what).await
    }

    async fn sample_counts(&self, ask: &QualityAsk<'_>) -> Result<Vec<SampleCount>, StoreError> {
        quality::samples(&mut *self.reader().await?, ask).await
    }

    async fn point_counts(&self, ask: &QualityAsk<'_>) -> Result<Vec<PointCount>, StoreError> {
        quality::points(&mut *self.reader().await?, ask).await
    }

    async fn sample_findings(&self, ask: &QualityAsk<'_>) -> Result<Vec<SampleFinding>, StoreError> {
        quality::findings(&mut *self.reader().await?, ask).await
    }

    async fn recheck_counts(&self, ask: &QualityAsk<'_>) -> Result<Vec<RecheckCount>, StoreError> {
        quality::rechecks(&mut *self.reader().await?, ask).await
    }

    async fn recheck_findings(&self, ask: &QualityAsk<'_>) -> Result<Vec<RecheckFinding>, StoreError> {
        quality::recheck_findings(&mut *self.reader().await?, ask).await
    }

    async fn barred(&self, units: &BTreeSet<UnitId>) -> Result<u64, StoreError> {
        open::barred(&mut *self.reader().await?, units).await
    }
}
