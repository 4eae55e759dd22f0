//! One case, and the lists the server's own jobs work from.

use super::HeldRow;
use crate::{
    dialect::Conn,
    error::store_error,
    text::{hash, read_json, small},
};
use chrono::{DateTime, Utc};
use domain::{
    case::Case,
    id::{CaseId, UnitId},
    time::Timestamp,
};
use std::collections::BTreeSet;
use store::{CaseRecord, Head, Holder, StoreError};
use uuid::Uuid;

/// The case of a row.
pub(crate) fn record(row: &HeldRow) -> Result<CaseRecord, StoreError> {
    let case: Case = read_json(&row.body)?;
    Ok(CaseRecord { case, head: Head { version: small(row.version)?, link: hash(&row.link)? } })
}

pub(super) async fn case_in(
    conn: &mut Conn,
    id: CaseId,
    units: &BTreeSet<UnitId>,
) -> Result<Option<CaseRecord>, StoreError> {
    struct Scoped {
        version: i64,
        link: Vec<u8>,
        body: String,
        accepting: String,
        unit: String,
    }
    let row = sqlx::query_as!(
        Scoped,
        r#"SELECT version AS "version!: i64", link AS "link!: Vec<u8>", body AS "body!", accepting AS "accepting!",
                  unit AS "unit!"
           FROM case_state WHERE case_id = $1"#,
        id.0
    )
    .fetch_optional(conn)
    .await
    .map_err(store_error)?;
    let Some(row) = row else { return Ok(None) };
    let told = [&row.accepting, &row.unit].map(|unit| units.contains(&UnitId::from(unit.as_str())));
    let record = record(&HeldRow { version: row.version, link: row.link, body: row.body })?;
    // Who is to receive it sees it too, though it is not in the receiving unit yet.
    let to_come = record.case.line().is_some_and(|line| units.contains(&line.unit));
    Ok((told.contains(&true) || to_come).then_some(record))
}

pub(super) async fn idle_claims(
    conn: &mut Conn,
    before: Timestamp,
    limit: u32,
) -> Result<Vec<Holder>, StoreError> {
    struct Idle {
        case_id: Uuid,
        unit: String,
        active_at: DateTime<Utc>,
    }
    let limit = i64::from(limit);
    let rows = sqlx::query_as!(
        Idle,
        r#"SELECT case_id AS "case_id!: Uuid", unit AS "unit!", active_at AS "active_at!: DateTime<Utc>"
           FROM work_item WHERE status = 'claimed' AND active_at < $1
           ORDER BY active_at LIMIT $2"#,
        before,
        limit
    )
    .fetch_all(conn)
    .await
    .map_err(store_error)?;
    let holder =
        |row: Idle| Holder { case: CaseId(row.case_id), unit: UnitId(row.unit), active_at: row.active_at };
    Ok(rows.into_iter().map(holder).collect())
}

pub(super) async fn ended_holds(
    conn: &mut Conn,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<CaseId>, StoreError> {
    let limit = i64::from(limit);
    let rows = sqlx::query_scalar!(
        r#"SELECT case_id AS "case_id!: Uuid" FROM work_item WHERE status = 'waiting' AND until_at <= $1
           ORDER BY until_at LIMIT $2"#,
        now,
        limit
    )
    .fetch_all(conn)
    .await
    .map_err(store_error)?;
    Ok(rows.into_iter().map(CaseId).collect())
}
