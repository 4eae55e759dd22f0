//! What `verify` reads.

mod compare;
mod ledger;
mod log;
mod orphans;
mod seals;

pub(crate) use compare::Expected;

use crate::{
    case::{HeldRow, StoredRow, record},
    check,
    dialect::Db,
    error::store_error,
    ledger::{cells, names},
    queue::{ListRow, OF_WORK},
    sql_store::{self, SqlStore},
    text::{int, small},
};
use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use domain::{api::queue::QueueRow, id::CaseId};
use futures::TryStreamExt;
use sqlx::QueryBuilder;
use std::collections::BTreeMap;
use store::{
    DrawSeed, EventPlace, Known, LedgerState, LogRow, RowSink, SealState, StoreCounts, StoreError,
    StoredCase, StoredEvent, TableFault, VerifyReads, seal::SealKey, table::Table,
};
use uuid::Uuid;

#[async_trait]
impl VerifyReads for SqlStore {
    async fn events_behind(
        &self,
        behind: Option<EventPlace>,
        limit: u32,
    ) -> Result<Vec<StoredEvent>, StoreError> {
        let case = behind.map_or(Uuid::nil(), |place| place.case.0);
        let (version, limit) = (int(behind.map_or(0, |place| place.version))?, i64::from(limit));
        let rows = sqlx::query_as!(
            StoredRow,
            r#"SELECT seq AS "seq!: i64", case_id AS "case_id!: Uuid", version AS "version!: i64",
                      at AS "at!: DateTime<Utc>", actor_kind AS "actor_kind!", actor, stage, unit AS "unit!",
                      catalogue AS "catalogue!: i64", form AS "form!: i64", command_key, payload AS "payload!",
                      link AS "link!: Vec<u8>"
               FROM event WHERE (case_id, version) > ($1, $2) ORDER BY case_id, version LIMIT $3"#,
            case,
            version,
            limit
        )
        .fetch_all(&mut *self.reader().await?)
        .await
        .map_err(store_error)?;
        rows.into_iter().map(StoredEvent::try_from).collect()
    }

    async fn cases_behind(&self, behind: Option<CaseId>, limit: u32) -> Result<Vec<StoredCase>, StoreError> {
        let mut conn = self.reader().await?;
        let (behind, limit) = (behind.map_or(Uuid::nil(), |id| id.0), i64::from(limit));
        let states = sqlx::query_as!(
            HeldRow,
            r#"SELECT version AS "version!: i64", link AS "link!: Vec<u8>", body AS "body!" FROM case_state
               WHERE case_id > $1 ORDER BY case_id LIMIT $2"#,
            behind,
            limit
        )
        .fetch_all(&mut *conn)
        .await
        .map_err(store_error)?;
        let records = states.iter().map(record).collect::<Result<Vec<_>, _>>()?;
        let Some(last) = records.last().map(|record| record.case.id.0) else { return Ok(Vec::new()) };
        let mut query = QueryBuilder::<Db>::new(OF_WORK);
        query.push(" WHERE w.case_id > ").push_bind(behind).push(" AND w.case_id <= ").push_bind(last);
        let rows: Vec<ListRow> = query.build_query_as().fetch_all(&mut *conn).await.map_err(store_error)?;
        let mut rows = rows
            .into_iter()
            .map(|row| QueueRow::try_from(row).map(|row| (row.id, row)))
            .collect::<Result<BTreeMap<_, _>, _>>()?;
        Ok(records
            .into_iter()
            .map(|record| StoredCase { row: rows.remove(&record.case.id), record })
            .collect())
    }

    async fn orphans(&self) -> Result<Vec<String>, StoreError> {
        orphans::all(&mut *self.reader().await?).await
    }

    async fn log_behind(&self, behind: Option<EventPlace>, limit: u32) -> Result<Vec<LogRow>, StoreError> {
        log::behind(&mut *self.reader().await?, behind, limit).await
    }

    async fn compare(
        &self,
        behind: Option<CaseId>,
        to: Option<CaseId>,
        known: &[Known],
    ) -> Result<Vec<TableFault>, StoreError> {
        compare::compare(&mut *self.reader().await?, (behind, to), known).await
    }

    async fn seals(&self, key: &SealKey) -> Result<SealState, StoreError> {
        seals::all(&mut *self.reader().await?, key).await
    }

    async fn ledger(&self) -> Result<LedgerState, StoreError> {
        ledger::compare(&mut *self.reader().await?).await
    }

    async fn fixed_seed(&self, day: NaiveDate) -> Result<Option<DrawSeed>, StoreError> {
        check::seed_of(&mut *self.reader().await?, day).await
    }

    async fn rows(&self, table: &'static Table, sink: RowSink<'_>) -> Result<u64, StoreError> {
        let mut conn = self.reader().await?;
        let mut query = QueryBuilder::<Db>::new("SELECT * FROM ");
        query.push(table.name).push(" ORDER BY ").push(table.key.join(", "));
        let (mut columns, mut rows) = (Vec::new(), 0);
        let mut found = query.build().persistent(false).fetch(&mut *conn);
        while let Some(row) = found.try_next().await.map_err(store_error)? {
            if columns.is_empty() {
                columns = names(&row);
            }
            sink(&columns, cells(&row)?)?;
            rows += 1;
        }
        Ok(rows)
    }

    async fn schema(&self) -> Result<Vec<i64>, StoreError> {
        sql_store::applied(&mut *self.reader().await?).await
    }

    async fn counts(&self) -> Result<StoreCounts, StoreError> {
        struct CountRow {
            cases: i64,
            open: i64,
            events: i64,
            imported: i64,
            people: i64,
        }
        let row = sqlx::query_as!(
            CountRow,
            r#"SELECT (SELECT COUNT(*) FROM case_state) AS "cases!: i64",
                      (SELECT COUNT(*) FROM work_item WHERE NOT imported) AS "open!: i64",
                      (SELECT COUNT(*) FROM event) AS "events!: i64",
                      (SELECT COUNT(*) FROM imported_case) AS "imported!: i64",
                      (SELECT COUNT(*) FROM person) AS "people!: i64""#
        )
        .fetch_one(&mut *self.reader().await?)
        .await
        .map_err(store_error)?;
        Ok(StoreCounts {
            cases: small(row.cases)?,
            open: small(row.open)?,
            events: small(row.events)?,
            imported: small(row.imported)?,
            people: small(row.people)?,
        })
    }
}
