//! Imported cases, read.

use super::{CaseRow, batch_kind, stage};
use crate::{
    case::past_events,
    dialect::{Conn, Db},
    error::store_error,
    rows::push_sees,
    text::small,
};
use chrono::{DateTime, Utc};
use domain::{
    api::case::{ImportedCase, ImportedStep},
    id::{CaseId, PersonId, UnitId},
};
use sqlx::QueryBuilder;
use std::collections::{BTreeMap, BTreeSet};
use store::{Batch, ImportedRow, SourceSummary, Standing, StoreError};
use uuid::Uuid;

/// Notes given with a case at most; nobody writes so many.
const NOTES: u32 = 1_000;

pub(super) async fn one(
    conn: &mut Conn,
    id: CaseId,
    units: &BTreeSet<UnitId>,
) -> Result<Option<ImportedCase>, StoreError> {
    struct Scoped {
        unit: String,
    }
    let scoped =
        sqlx::query_as!(Scoped, r#"SELECT unit AS "unit!" FROM imported_case WHERE case_id = $1"#, id.0)
            .fetch_optional(&mut *conn)
            .await
            .map_err(store_error)?;
    if !scoped.is_some_and(|row| units.contains(&UnitId(row.unit))) {
        return Ok(None);
    }
    let row = sqlx::query_as!(
        CaseRow,
        r#"SELECT case_id AS "case_id!: Uuid", source AS "source!", number AS "number!", channel, department,
                  deadline AS "deadline: DateTime<Utc>", end_at AS "end_at: DateTime<Utc>",
                  is_open AS "is_open!: bool", by_day AS "by_day!: bool"
           FROM imported_case WHERE case_id = $1"#,
        id.0
    )
    .fetch_one(&mut *conn)
    .await
    .map_err(store_error)?;
    let (mut case, _) = row.into();
    case.steps = steps(conn, &[id]).await?.remove(&id).unwrap_or_default();
    case.notes = past_events(conn, id, 0, NOTES).await?;
    Ok(Some(case))
}

#[derive(sqlx::FromRow)]
struct StepRow {
    case_id: Uuid,
    at: DateTime<Utc>,
    started_at: Option<DateTime<Utc>>,
    activity: String,
    stage: String,
    resource: Option<String>,
    team: Option<String>,
    rework: bool,
    referral: bool,
}

async fn steps(conn: &mut Conn, cases: &[CaseId]) -> Result<BTreeMap<CaseId, Vec<ImportedStep>>, StoreError> {
    let mut steps: BTreeMap<CaseId, Vec<ImportedStep>> = BTreeMap::new();
    for some in cases.chunks(500) {
        let mut query = QueryBuilder::<Db>::new(
            "SELECT case_id, at, started_at, activity, stage, resource, team, rework, referral FROM imported_step WHERE case_id IN (",
        );
        let mut ids = query.separated(", ");
        for id in some {
            ids.push_bind(id.0);
        }
        query.push(") ORDER BY case_id, step_no");
        let rows: Vec<StepRow> = query.build_query_as().fetch_all(&mut *conn).await.map_err(store_error)?;
        for row in rows {
            steps.entry(CaseId(row.case_id)).or_default().push(ImportedStep {
                at: row.at,
                started_at: row.started_at,
                activity: row.activity,
                stage: stage(&row.stage)?,
                resource: row.resource,
                group: row.team,
                rework: row.rework,
                referral: row.referral,
            });
        }
    }
    Ok(steps)
}

/// Imported cases of these ids, as they stand.
pub(super) async fn standing(conn: &mut Conn, ids: &[CaseId]) -> Result<Vec<Standing>, StoreError> {
    #[derive(sqlx::FromRow)]
    struct Head {
        unit: String,
        version: i64,
        #[sqlx(flatten)]
        case: CaseRow,
    }
    let mut found = Vec::new();
    for some in ids.chunks(500) {
        let mut query = QueryBuilder::<Db>::new(
            "SELECT case_id, source, number, channel, department, deadline, end_at, is_open, by_day, unit, version \
             FROM imported_case WHERE case_id IN (",
        );
        let mut list = query.separated(", ");
        for id in some {
            list.push_bind(id.0);
        }
        query.push(") ORDER BY case_id");
        let rows: Vec<Head> = query.build_query_as().fetch_all(&mut *conn).await.map_err(store_error)?;
        let mut steps = steps(conn, some).await?;
        for row in rows {
            let (mut case, _): (ImportedCase, bool) = row.case.into();
            case.steps = steps.remove(&case.id).unwrap_or_default();
            found.push(Standing { case, unit: UnitId(row.unit), version: small(row.version)? });
        }
    }
    Ok(found)
}

pub(super) async fn behind(
    conn: &mut Conn,
    source: &str,
    behind: Option<&str>,
    limit: u32,
) -> Result<Vec<ImportedRow>, StoreError> {
    let (behind, limit) = (behind.unwrap_or_default(), i64::from(limit));
    let rows = sqlx::query_as!(
        CaseRow,
        r#"SELECT case_id AS "case_id!: Uuid", source AS "source!", number AS "number!", channel, department,
                  deadline AS "deadline: DateTime<Utc>", end_at AS "end_at: DateTime<Utc>",
                  is_open AS "is_open!: bool", by_day AS "by_day!: bool"
           FROM imported_case WHERE source = $1 AND number > $2 ORDER BY number LIMIT $3"#,
        source,
        behind,
        limit
    )
    .fetch_all(&mut *conn)
    .await
    .map_err(store_error)?;
    let cases: Vec<(ImportedCase, bool)> = rows.into_iter().map(Into::into).collect();
    let ids: Vec<CaseId> = cases.iter().map(|(case, _)| case.id).collect();
    let mut steps = steps(conn, &ids).await?;
    Ok(cases
        .into_iter()
        .map(|(mut case, open)| {
            case.steps = steps.remove(&case.id).unwrap_or_default();
            ImportedRow { case, open }
        })
        .collect())
}

pub(super) async fn open(conn: &mut Conn, units: &BTreeSet<UnitId>) -> Result<u64, StoreError> {
    let mut query = QueryBuilder::<Db>::new("SELECT COUNT(*) FROM imported_case i WHERE i.is_open");
    push_sees(&mut query, &["i.unit"], units);
    let (n,): (i64,) = query.build_query_as().fetch_one(conn).await.map_err(store_error)?;
    small(n)
}

pub(super) async fn sources(conn: &mut Conn) -> Result<Vec<SourceSummary>, StoreError> {
    struct SourceRow {
        source: String,
        cases: i64,
        steps: i64,
        first: Option<DateTime<Utc>>,
        last: Option<DateTime<Utc>>,
    }
    let rows = sqlx::query_as!(
        SourceRow,
        r#"SELECT source AS "source!", COUNT(*) AS "cases!: i64", CAST(SUM(steps) AS BIGINT) AS "steps!: i64",
                  MIN(first_at) AS "first: DateTime<Utc>", MAX(last_at) AS "last: DateTime<Utc>"
           FROM imported_case GROUP BY source ORDER BY source"#
    )
    .fetch_all(conn)
    .await
    .map_err(store_error)?;
    rows.into_iter()
        .map(|row| {
            Ok(SourceSummary {
                source: row.source,
                cases: small(row.cases)?,
                steps: small(row.steps)?,
                first: row.first,
                last: row.last,
            })
        })
        .collect()
}

pub(super) async fn batches(conn: &mut Conn, limit: u32) -> Result<Vec<Batch>, StoreError> {
    struct BatchRow {
        source: String,
        file_hash: String,
        kind: String,
        rows_read: i64,
        cases: i64,
        at: DateTime<Utc>,
        person: Option<String>,
    }
    let limit = i64::from(limit);
    let rows = sqlx::query_as!(
        BatchRow,
        r#"SELECT source AS "source!", file_hash AS "file_hash!", kind AS "kind!", rows_read AS "rows_read!: i64",
                  cases AS "cases!: i64", at AS "at!: DateTime<Utc>", person
           FROM import_batch ORDER BY at DESC, source, file_hash LIMIT $1"#,
        limit
    )
    .fetch_all(conn)
    .await
    .map_err(store_error)?;
    rows.into_iter()
        .map(|row| {
            Ok(Batch {
                kind: batch_kind(&row.kind)?,
                source: row.source,
                file_hash: row.file_hash,
                rows: small(row.rows_read)?,
                cases: small(row.cases)?,
                at: row.at,
                by: row.person.map(PersonId),
            })
        })
        .collect()
}
