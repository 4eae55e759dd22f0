//! Search: by number, policy, name, and exactly by the keyed hash of a personal value.

use crate::{
    dialect::{Conn, Db},
    error::store_error,
    rows::push_sees,
    text::{named, prefix_end, read_json},
};
use chrono::{DateTime, Utc};
use domain::{
    api::case::Found,
    id::{CaseId, ItemCode, UnitId},
    policy::PolicyNumber,
};
use sqlx::QueryBuilder;
use std::collections::BTreeSet;
use store::StoreError;
use uuid::Uuid;

#[derive(sqlx::FromRow)]
struct FoundRow {
    case_id: Uuid,
    number: String,
    policy_no: String,
    applicant: String,
    items: String,
    stage: String,
    accepting: String,
    is_open: bool,
    imported: bool,
    began_at: DateTime<Utc>,
}

/// Columns of a case in the order of the row.
const OF_CASE: &str = "SELECT c.case_id, c.number, c.policy_no, c.applicant, c.items, c.stage, c.accepting, \
    c.ended_at IS NULL AS is_open, false AS imported, c.received_at AS began_at FROM case_state c";

/// The same of an imported case, which knows neither policy nor applicant.
const OF_IMPORTED: &str = "SELECT c.case_id, c.number, '' AS policy_no, '' AS applicant, '[]' AS items, c.stage, \
    c.unit AS accepting, c.is_open, true AS imported, c.first_at AS began_at FROM imported_case c";

pub(super) async fn by_text(
    conn: &mut Conn,
    text: &str,
    units: &BTreeSet<UnitId>,
    limit: u32,
) -> Result<Vec<Found>, StoreError> {
    let text = text.trim();
    if text.is_empty() || units.is_empty() {
        return Ok(Vec::new());
    }
    let mut rows = Vec::new();
    let policy_no = PolicyNumber::new(text);
    // One search per index: together they would use none.
    for (select, column, text) in [
        (OF_CASE, "c.number", text),
        (OF_CASE, "c.policy_no", policy_no.as_str()),
        (OF_CASE, "c.applicant", text),
        (OF_IMPORTED, "c.number", text),
    ] {
        if text.is_empty() {
            continue;
        }
        let mut query = QueryBuilder::<Db>::new(select);
        query.push(" WHERE ").push(column).push(" >= ").push_bind(text);
        query.push(" AND ").push(column).push(" < ").push_bind(prefix_end(text));
        if select == OF_CASE {
            push_sees(&mut query, &["c.accepting", "c.unit"], units);
        } else {
            push_sees(&mut query, &["c.unit"], units);
        }
        // The newest of all that match, and not of those that come first in the alphabet.
        query.push(" ORDER BY began_at DESC, c.case_id LIMIT ").push_bind(i64::from(limit));
        rows.extend(query.build_query_as::<FoundRow>().fetch_all(&mut *conn).await.map_err(store_error)?);
    }
    found(rows, limit)
}

pub(super) async fn by_digest(
    conn: &mut Conn,
    digest: &str,
    units: &BTreeSet<UnitId>,
    limit: u32,
) -> Result<Vec<Found>, StoreError> {
    if units.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = QueryBuilder::<Db>::new(OF_CASE);
    query.push(" JOIN party p ON p.case_id = c.case_id WHERE p.digest = ").push_bind(digest);
    push_sees(&mut query, &["c.accepting", "c.unit"], units);
    query.push(" ORDER BY c.received_at DESC, c.case_id LIMIT ").push_bind(i64::from(limit));
    let rows = query.build_query_as::<FoundRow>().fetch_all(conn).await.map_err(store_error)?;
    found(rows, limit)
}

/// Each case once, newest first.
fn found(mut rows: Vec<FoundRow>, limit: u32) -> Result<Vec<Found>, StoreError> {
    rows.sort_by(|a, b| b.began_at.cmp(&a.began_at).then_with(|| a.case_id.cmp(&b.case_id)));
    rows.dedup_by_key(|row| row.case_id);
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    rows.into_iter()
        .map(|row| {
            let stage = named(&row.stage)?;
            Ok(Found {
                id: CaseId(row.case_id),
                number: row.number,
                policy_no: row.policy_no,
                applicant: row.applicant,
                items: read_json(&row.items)?,
                stage: row.is_open.then_some(stage),
                accepting: UnitId(row.accepting),
                imported: row.imported,
            })
        })
        .collect()
}

/// Open cases on a policy with their items.
pub(super) async fn open_cases(
    conn: &mut Conn,
    policy_no: &PolicyNumber,
) -> Result<Vec<(CaseId, String, Vec<ItemCode>)>, StoreError> {
    struct Open {
        case_id: Uuid,
        number: String,
        items: String,
    }
    let rows = sqlx::query_as!(
        Open,
        r#"SELECT case_id AS "case_id!: Uuid", number AS "number!", items AS "items!" FROM work_item
           WHERE policy_no = $1 AND NOT imported ORDER BY number"#,
        policy_no.as_str()
    )
    .fetch_all(conn)
    .await
    .map_err(store_error)?;
    rows.into_iter().map(|row| Ok((CaseId(row.case_id), row.number, read_json(&row.items)?))).collect()
}
