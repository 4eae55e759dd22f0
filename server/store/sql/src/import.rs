//! Imported event logs: read-only cases that stand in lists beside those worked here.

mod grow;
mod read;
mod rows;
mod stand;

pub(crate) use stand::work_rows;

use crate::{
    case::EventRow,
    dialect::Db,
    error::store_error,
    feed,
    ledger::Is,
    rows::insert,
    sql_store::SqlStore,
    text::{hash, int, named, small},
    tx::SqlTx,
};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    api::case::ImportedCase,
    case::Event,
    id::{CaseId, PersonId, UnitId},
    post::Stage,
};
use rows::{ImportedRow, SourceRow, StepRow, WorkRow};
use sqlx::QueryBuilder;
use std::collections::BTreeSet;
use store::{
    Batch, BatchKind, FeedEntry, Grown, Head, ImportReads, ImportTx, Imported, SourceSummary, Standing,
    StoreError, chain,
};
use uuid::Uuid;

#[async_trait]
impl ImportTx for SqlTx<'_> {
    async fn batch(&mut self, source: &str, file_hash: &str) -> Result<Option<Batch>, StoreError> {
        struct BatchRow {
            kind: String,
            rows_read: i64,
            cases: i64,
            at: DateTime<Utc>,
            person: Option<String>,
        }
        let row = sqlx::query_as!(
            BatchRow,
            r#"SELECT kind AS "kind!", rows_read AS "rows_read!: i64", cases AS "cases!: i64",
                      at AS "at!: DateTime<Utc>", person
               FROM import_batch WHERE source = $1 AND file_hash = $2"#,
            source,
            file_hash
        )
        .fetch_optional(self.read())
        .await
        .map_err(store_error)?;
        row.map(|row| {
            Ok(Batch {
                kind: batch_kind(&row.kind)?,
                source: source.to_owned(),
                file_hash: file_hash.to_owned(),
                rows: small(row.rows_read)?,
                cases: small(row.cases)?,
                at: row.at,
                by: row.person.map(PersonId),
            })
        })
        .transpose()
    }

    async fn source_cases(&mut self, source: &str) -> Result<Vec<(String, CaseId)>, StoreError> {
        let mut query = QueryBuilder::<Db>::new("SELECT number, case_id FROM source_case WHERE source = ");
        query.push_bind(source).push(" ORDER BY number");
        let found: Vec<(String, Uuid)> =
            query.build_query_as().fetch_all(self.read()).await.map_err(store_error)?;
        Ok(found.into_iter().map(|(number, id)| (number, CaseId(id))).collect())
    }

    async fn imported_cases(&mut self, ids: &[CaseId]) -> Result<Vec<Standing>, StoreError> {
        read::standing(self.read(), ids).await
    }

    async fn grow(&mut self, cases: &[Grown]) -> Result<(), StoreError> {
        grow::grow(self.write(), cases).await?;
        let ids: Vec<Is> = cases.iter().map(|grown| Is::Id(grown.case.id.0)).collect();
        self.note("imported_case", "case_id", &ids).await?;
        self.note("imported_step", "case_id", &ids).await
    }

    async fn import(&mut self, batch: &Batch, cases: &[Imported]) -> Result<(), StoreError> {
        if cases.iter().any(|case| case.steps.is_empty()) {
            return Err(StoreError::Invalid("an imported case without a step"));
        }
        let (kind, rows, many) = (kind_name(batch.kind), int(batch.rows)?, int(batch.cases)?);
        let conn = self.write();
        sqlx::query!(
            "INSERT INTO import_batch (source, file_hash, kind, rows_read, cases, at, person)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            batch.source,
            batch.file_hash,
            kind,
            rows,
            many,
            batch.at,
            batch.by.as_ref().map(PersonId::as_str)
        )
        .execute(&mut *conn)
        .await
        .map_err(store_error)?;
        let sources: Vec<_> = cases
            .iter()
            .map(|case| SourceRow { source: &batch.source, number: &case.number, case: case.id })
            .collect();
        insert(conn, &sources).await.map_err(store_error)?;
        let imported =
            cases.iter().map(|case| ImportedRow::of(&batch.source, case)).collect::<Result<Vec<_>, _>>()?;
        insert(conn, &imported).await.map_err(store_error)?;
        let steps: Vec<_> = cases.iter().flat_map(StepRow::of).collect();
        insert(conn, &steps).await.map_err(store_error)?;
        let work: Vec<_> =
            cases.iter().filter(|case| case.open).filter_map(|case| WorkRow::of(case, 0)).collect();
        insert(conn, &work).await.map_err(store_error)?;
        self.note("import_batch", "file_hash", &[Is::Text(batch.file_hash.clone())]).await?;
        let ids: Vec<Is> = cases.iter().map(|case| Is::Id(case.id.0)).collect();
        self.note("source_case", "case_id", &ids).await?;
        self.note("imported_case", "case_id", &ids).await?;
        self.note("imported_step", "case_id", &ids).await
    }

    async fn note_source(&mut self, source: &str, number: &str, case: CaseId) -> Result<(), StoreError> {
        insert(self.write(), &[SourceRow { source, number, case }]).await.map_err(store_error)?;
        self.note("source_case", "case_id", &[Is::Id(case.0)]).await
    }

    async fn imported_head(&mut self, id: CaseId) -> Result<Option<(Head, UnitId)>, StoreError> {
        struct HeadRow {
            version: i64,
            link: Vec<u8>,
            unit: String,
        }
        let row = sqlx::query_as!(
            HeadRow,
            r#"SELECT version AS "version!: i64", link AS "link!: Vec<u8>", unit AS "unit!" FROM imported_case
               WHERE case_id = $1"#,
            id.0
        )
        .fetch_optional(self.read())
        .await
        .map_err(store_error)?;
        row.map(|row| Ok((Head { version: small(row.version)?, link: hash(&row.link)? }, UnitId(row.unit))))
            .transpose()
    }

    async fn append_note(
        &mut self,
        before: Head,
        event: &Event,
        key: Option<&str>,
    ) -> Result<i64, StoreError> {
        if event.version != before.version + 1 {
            return Err(StoreError::Invalid("versions that do not follow one another"));
        }
        let place = self.places(1).await?;
        let (rows, link) = EventRow::seal(std::slice::from_ref(event), key, before.link, place)?;
        let (version, expected) = (int(event.version)?, int(before.version)?);
        let conn = self.write();
        let done = sqlx::query!(
            "UPDATE imported_case SET version = $3, link = $4 WHERE case_id = $1 AND version = $2",
            event.case.0,
            expected,
            version,
            link.as_slice()
        )
        .execute(&mut *conn)
        .await
        .map_err(store_error)?;
        if done.rows_affected() != 1 {
            let (case, expected) = (event.case, before.version);
            return Err(StoreError::Stale { case, expected, found: None });
        }
        insert(conn, &rows).await.map_err(store_error)?;
        sqlx::query!("UPDATE work_item SET version = $2 WHERE case_id = $1", event.case.0, version)
            .execute(&mut *conn)
            .await
            .map_err(store_error)?;
        let entry = FeedEntry {
            seq: place,
            at: event.at,
            aggregate: "case".to_owned(),
            id: event.case.0,
            version: event.version,
            queues: Vec::new(),
            unit: event.unit.clone(),
            accepting: event.unit.clone(),
        };
        feed::add(conn, place, &entry).await?;
        Ok(place)
    }
}

#[async_trait]
impl ImportReads for SqlStore {
    async fn imported(
        &self,
        id: CaseId,
        units: &BTreeSet<UnitId>,
    ) -> Result<Option<ImportedCase>, StoreError> {
        read::one(&mut *self.reader().await?, id, units).await
    }

    async fn imported_behind(
        &self,
        source: &str,
        behind: Option<&str>,
        limit: u32,
    ) -> Result<Vec<store::ImportedRow>, StoreError> {
        read::behind(&mut *self.reader().await?, source, behind, limit).await
    }

    async fn imported_open(&self, units: &BTreeSet<UnitId>) -> Result<u64, StoreError> {
        read::open(&mut *self.reader().await?, units).await
    }

    async fn sources(&self) -> Result<Vec<SourceSummary>, StoreError> {
        read::sources(&mut *self.reader().await?).await
    }

    async fn batches(&self, limit: u32) -> Result<Vec<Batch>, StoreError> {
        read::batches(&mut *self.reader().await?, limit).await
    }
}

const fn kind_name(kind: BatchKind) -> &'static str {
    match kind {
        BatchKind::EventLog => "event_log",
        BatchKind::CaseList => "case_list",
    }
}

fn batch_kind(name: &str) -> Result<BatchKind, StoreError> {
    match name {
        "event_log" => Ok(BatchKind::EventLog),
        "case_list" => Ok(BatchKind::CaseList),
        name => Err(StoreError::Corrupt(format!("a batch of {name}"))),
    }
}

/// A case's row as lists and reads need it.
#[derive(sqlx::FromRow)]
struct CaseRow {
    case_id: Uuid,
    source: String,
    number: String,
    channel: Option<String>,
    department: Option<String>,
    deadline: Option<DateTime<Utc>>,
    end_at: Option<DateTime<Utc>>,
    is_open: bool,
    by_day: bool,
}

impl From<CaseRow> for (ImportedCase, bool) {
    fn from(row: CaseRow) -> Self {
        let case = ImportedCase {
            id: CaseId(row.case_id),
            source: row.source,
            number: row.number,
            channel: row.channel,
            department: row.department,
            deadline: row.deadline,
            end: row.end_at,
            by_day: row.by_day,
            steps: Vec::new(),
            notes: Vec::new(),
        };
        (case, row.is_open)
    }
}

/// The stage of a name in a row.
fn stage(name: &str) -> Result<Stage, StoreError> {
    named(name)
}

/// A chain that has not begun.
const START: chain::Link = chain::START;
