//! Checks and findings, read.

use super::row::{OF_CHECK, StoredCheck};
use crate::{
    dialect::{Conn, Db},
    error::store_error,
    rows::push_sees,
    text::{named, named_option, small},
};
use chrono::{DateTime, Utc};
use domain::{
    api::check::{CheckRow, FindingInput, FindingView, PointVerdict},
    id::{CaseId, CheckId, FieldKey, FindingId, PersonId, UnitId},
};
use sqlx::QueryBuilder;
use std::collections::BTreeSet;
use store::{CheckFilter, CheckRecord, StoreError};
use uuid::Uuid;

async fn all(conn: &mut Conn, mut query: QueryBuilder<Db>) -> Result<Vec<CheckRecord>, StoreError> {
    let rows: Vec<StoredCheck> = query.build_query_as().fetch_all(conn).await.map_err(store_error)?;
    rows.into_iter().map(CheckRecord::try_from).collect()
}

pub(super) async fn check(conn: &mut Conn, id: CheckId) -> Result<Option<CheckRecord>, StoreError> {
    let mut query = QueryBuilder::<Db>::new(OF_CHECK);
    query.push(" WHERE k.id = ").push_bind(id.0);
    let Some(mut check) = all(conn, query).await?.pop() else { return Ok(None) };
    check.points = points(conn, id).await?;
    Ok(Some(check))
}

async fn points(conn: &mut Conn, id: CheckId) -> Result<Vec<PointVerdict>, StoreError> {
    struct PointRow {
        point: i64,
        verdict: String,
        evidence: String,
        cause: Option<String>,
    }
    let rows = sqlx::query_as!(
        PointRow,
        r#"SELECT point AS "point!: i64", verdict AS "verdict!", evidence AS "evidence!", cause
           FROM check_verdict WHERE check_id = $1 ORDER BY point"#,
        id.0
    )
    .fetch_all(conn)
    .await
    .map_err(store_error)?;
    rows.into_iter()
        .map(|row| {
            Ok(PointVerdict {
                point: small(row.point)?,
                verdict: named(&row.verdict)?,
                evidence: row.evidence,
                cause: named_option(row.cause.as_deref())?,
            })
        })
        .collect()
}

pub(super) async fn checks(conn: &mut Conn, filter: &CheckFilter) -> Result<Vec<CheckRow>, StoreError> {
    let mut query = QueryBuilder::<Db>::new(OF_CHECK);
    query.push(" WHERE (k.state = 'open' OR k.done_on = ").push_bind(filter.day).push(")");
    push_sees(&mut query, &["k.unit", "k.accepting"], &filter.units);
    if let Some(inspector) = &filter.inspector {
        query.push(" AND k.inspector = ").push_bind(inspector.as_str());
    }
    query.push(" ORDER BY k.finished_at, k.id");
    Ok(all(conn, query).await?.into_iter().map(|check| check.row).collect())
}

pub(super) async fn open(conn: &mut Conn, inspector: &PersonId) -> Result<u64, StoreError> {
    let open = sqlx::query_scalar!(
        r#"SELECT COUNT(*) AS "n!: i64" FROM sample_check WHERE inspector = $1 AND state = 'open'"#,
        inspector.as_str()
    )
    .fetch_one(conn)
    .await
    .map_err(store_error)?;
    small(open)
}

pub(super) async fn of_case(conn: &mut Conn, case: CaseId) -> Result<Vec<CheckRecord>, StoreError> {
    let mut query = QueryBuilder::<Db>::new(OF_CHECK);
    query.push(" WHERE k.case_id = ").push_bind(case.0).push(" ORDER BY k.id DESC");
    let mut checks = all(conn, query).await?;
    for check in &mut checks {
        check.points = points(conn, check.row.id).await?;
    }
    Ok(checks)
}

/// Checks that found something major on a case still in the house. What lifts the bar is a second check, done
/// and conforming, of the same step.
pub(super) async fn second_due(
    conn: &mut Conn,
    units: &BTreeSet<UnitId>,
) -> Result<Vec<CheckRow>, StoreError> {
    let mut query = QueryBuilder::<Db>::new(OF_CHECK);
    query.push(
        " JOIN work_item w ON w.case_id = k.case_id WHERE k.state = 'done' \
         AND EXISTS (SELECT 1 FROM finding f WHERE f.check_id = k.id AND f.severity = 'major') \
         AND NOT EXISTS (SELECT 1 FROM sample_check n WHERE n.second_of = k.id AND n.conforms)",
    );
    push_sees(&mut query, &["k.unit", "k.accepting"], units);
    query.push(" ORDER BY k.done_at, k.id");
    Ok(all(conn, query).await?.into_iter().map(|check| check.row).collect())
}

pub(super) async fn findings(conn: &mut Conn, check: CheckId) -> Result<Vec<FindingView>, StoreError> {
    struct FindingRow {
        id: Uuid,
        error_point: String,
        severity: String,
        cause: String,
        item_no: Option<i64>,
        field: Option<String>,
        responsible: String,
        evidence: String,
        affected: i64,
        person: String,
        at: DateTime<Utc>,
    }
    let rows = sqlx::query_as!(
        FindingRow,
        r#"SELECT id AS "id!: Uuid", error_point AS "error_point!", severity AS "severity!", cause AS "cause!",
                  item_no AS "item_no: i64", field, responsible AS "responsible!", evidence AS "evidence!",
                  affected AS "affected!: i64", person AS "person!", at AS "at!: DateTime<Utc>"
           FROM finding WHERE check_id = $1 ORDER BY error_point, id"#,
        check.0
    )
    .fetch_all(conn)
    .await
    .map_err(store_error)?;
    rows.into_iter()
        .map(|row| {
            Ok(FindingView {
                id: FindingId(row.id),
                finding: FindingInput {
                    error_point: named(&row.error_point)?,
                    severity: named(&row.severity)?,
                    cause: named(&row.cause)?,
                    item: row.item_no.map(small).transpose()?,
                    field: row.field.map(FieldKey),
                    responsible: PersonId(row.responsible),
                    evidence: row.evidence,
                    affected_minor: row.affected,
                },
                by: PersonId(row.person),
                at: row.at,
            })
        })
        .collect()
}

/// Who has given a verdict on a check of the case.
pub(super) async fn inspectors(conn: &mut Conn, case: CaseId) -> Result<BTreeSet<PersonId>, StoreError> {
    let people = sqlx::query_scalar!(
        r#"SELECT DISTINCT inspector AS "inspector!" FROM sample_check WHERE case_id = $1 AND state = 'done'"#,
        case.0
    )
    .fetch_all(conn)
    .await
    .map_err(store_error)?;
    Ok(people.into_iter().map(PersonId).collect())
}
