//! What is open now: counts, ages, loads. Imported cases enter none of it.

use crate::{
    dialect::{Conn, Db},
    error::store_error,
    rows::{push_list, push_sees},
    text::{named, read_json, small},
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    id::{CaseId, PersonId, UnitId},
    time::Timestamp,
};
use sqlx::QueryBuilder;
use std::collections::{BTreeMap, BTreeSet};
use store::{LoadRow, OpenAge, OpenCount, OpenFilter, StoreError};
use uuid::Uuid;

fn push_filter(query: &mut QueryBuilder<Db>, filter: &OpenFilter<'_>) {
    push_sees(query, &["w.accepting", "w.unit"], filter.units);
    if !filter.stages.is_empty() {
        query.push(" AND w.stage");
        push_list(query, filter.stages.iter().map(|stage| stage.as_str()));
    }
}

#[derive(sqlx::FromRow)]
struct CountRow {
    accepting: String,
    unit: String,
    stage: String,
    status: String,
    open: i64,
    overdue: i64,
    due_today: i64,
}

pub(super) async fn counts(
    conn: &mut Conn,
    filter: &OpenFilter<'_>,
    now: Timestamp,
    end_of_day: Timestamp,
) -> Result<Vec<OpenCount>, StoreError> {
    let mut query = QueryBuilder::<Db>::new(
        "SELECT w.accepting, w.unit, w.stage, w.status, COUNT(*) AS open, COUNT(*) FILTER (WHERE w.act_by < ",
    );
    query.push_bind(now).push(") AS overdue, COUNT(*) FILTER (WHERE w.act_by >= ").push_bind(now);
    query.push(" AND w.act_by < ").push_bind(end_of_day);
    query.push(") AS due_today FROM work_item w WHERE NOT w.imported");
    push_filter(&mut query, filter);
    query.push(
        " GROUP BY w.accepting, w.unit, w.stage, w.status ORDER BY w.accepting, w.unit, w.stage, w.status",
    );
    let rows: Vec<CountRow> = query.build_query_as().fetch_all(conn).await.map_err(store_error)?;
    rows.into_iter()
        .map(|row| {
            Ok(OpenCount {
                accepting: UnitId(row.accepting),
                unit: UnitId(row.unit),
                stage: named(&row.stage)?,
                status: named(&row.status)?,
                open: small(row.open)?,
                overdue: small(row.overdue)?,
                due_today: small(row.due_today)?,
            })
        })
        .collect()
}

#[derive(sqlx::FromRow)]
struct AgeRow {
    case_id: Uuid,
    number: String,
    items: String,
    stage: String,
    accepting: String,
    unit: String,
    status: String,
    holder: Option<String>,
    received_at: DateTime<Utc>,
    moved_at: DateTime<Utc>,
    due_at: DateTime<Utc>,
    act_by: DateTime<Utc>,
}

const OF_WORK: &str = "SELECT w.case_id, w.number, w.items, w.stage, w.accepting, w.unit, w.status, w.holder, \
    w.received_at, w.moved_at, w.due_at, w.act_by FROM work_item w WHERE NOT w.imported";

async fn listed(conn: &mut Conn, mut query: QueryBuilder<Db>) -> Result<Vec<OpenAge>, StoreError> {
    let rows: Vec<AgeRow> = query.build_query_as().fetch_all(conn).await.map_err(store_error)?;
    rows.into_iter()
        .map(|row| {
            Ok(OpenAge {
                case: CaseId(row.case_id),
                number: row.number,
                items: read_json(&row.items)?,
                stage: named(&row.stage)?,
                accepting: UnitId(row.accepting),
                unit: UnitId(row.unit),
                status: named(&row.status)?,
                holder: row.holder.map(PersonId),
                received_at: row.received_at,
                moved_at: row.moved_at,
                due_at: row.due_at,
                act_by: row.act_by,
            })
        })
        .collect()
}

pub(super) async fn ages(
    conn: &mut Conn,
    filter: &OpenFilter<'_>,
    limit: u32,
) -> Result<Vec<OpenAge>, StoreError> {
    let mut query = QueryBuilder::<Db>::new(OF_WORK);
    push_filter(&mut query, filter);
    query.push(" ORDER BY w.received_at, w.case_id LIMIT ").push_bind(i64::from(limit));
    listed(conn, query).await
}

pub(super) async fn unmoved(
    conn: &mut Conn,
    filter: &OpenFilter<'_>,
    before: Timestamp,
    limit: u32,
) -> Result<Vec<OpenAge>, StoreError> {
    let mut query = QueryBuilder::<Db>::new(OF_WORK);
    query.push(" AND w.moved_at < ").push_bind(before);
    push_filter(&mut query, filter);
    query.push(" ORDER BY w.moved_at, w.case_id LIMIT ").push_bind(i64::from(limit));
    listed(conn, query).await
}

pub(super) async fn loads(
    conn: &mut Conn,
    units: &BTreeSet<UnitId>,
    now: Timestamp,
    day: NaiveDate,
) -> Result<Vec<LoadRow>, StoreError> {
    let mut loads: BTreeMap<String, LoadRow> = BTreeMap::new();
    let load = |person: &str| LoadRow { person: person.into(), open: 0, overdue: 0, finished: 0 };
    let mut query = QueryBuilder::<Db>::new("SELECT w.holder, COUNT(*), COUNT(*) FILTER (WHERE w.act_by < ");
    query
        .push_bind(now)
        .push(") FROM work_item w WHERE w.status IN ('claimed', 'waiting') AND NOT w.imported");
    push_sees(&mut query, &["w.accepting", "w.unit"], units);
    query.push(" GROUP BY w.holder");
    let held: Vec<(String, i64, i64)> =
        query.build_query_as().fetch_all(&mut *conn).await.map_err(store_error)?;
    for (person, open, overdue) in held {
        let row = loads.entry(person.clone()).or_insert_with(|| load(&person));
        row.open = small(open)?;
        row.overdue = small(overdue)?;
    }
    let mut query = QueryBuilder::<Db>::new("SELECT s.person, COUNT(*) FROM step s WHERE s.business_date = ");
    query.push_bind(day);
    push_sees(&mut query, &["s.accepting", "s.unit"], units);
    query.push(" GROUP BY s.person");
    let finished: Vec<(String, i64)> = query.build_query_as().fetch_all(conn).await.map_err(store_error)?;
    for (person, n) in finished {
        loads.entry(person.clone()).or_insert_with(|| load(&person)).finished = small(n)?;
    }
    Ok(loads.into_values().collect())
}

pub(super) async fn barred(conn: &mut Conn, units: &BTreeSet<UnitId>) -> Result<u64, StoreError> {
    let mut query = QueryBuilder::<Db>::new("SELECT COUNT(*) FROM work_item w WHERE w.barred");
    push_sees(&mut query, &["w.accepting", "w.unit"], units);
    let (n,): (i64,) = query.build_query_as().fetch_one(conn).await.map_err(store_error)?;
    small(n)
}
