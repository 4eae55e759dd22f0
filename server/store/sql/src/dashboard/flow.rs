//! What moved and what was finished.

use crate::{
    dialect::{Conn, Db},
    error::store_error,
    rows::push_list,
    text::{named, named_option, small},
};
use chrono::NaiveDate;
use domain::{id::UnitId, time::Timestamp};
use sqlx::QueryBuilder;
use std::collections::BTreeSet;
use store::{AgeRow, MovementRow, StepCount, StoreError};

#[derive(sqlx::FromRow)]
struct Moved {
    accepting: String,
    kind: String,
    from_unit: Option<String>,
    from_stage: Option<String>,
    to_unit: Option<String>,
    to_stage: Option<String>,
    hour: i64,
    n: i64,
}

const MOVED: &str = "SELECT m.accepting, m.kind, m.from_unit, m.from_stage, m.to_unit, m.to_stage, m.hour, \
    COUNT(*) AS n FROM movement m WHERE ";

pub(super) async fn of_day(
    conn: &mut Conn,
    day: NaiveDate,
    units: &BTreeSet<UnitId>,
) -> Result<Vec<MovementRow>, StoreError> {
    let mut query = QueryBuilder::<Db>::new(MOVED);
    query.push("m.business_date = ").push_bind(day);
    grouped(conn, query, units).await
}

pub(super) async fn since(
    conn: &mut Conn,
    since: Timestamp,
    units: &BTreeSet<UnitId>,
) -> Result<Vec<MovementRow>, StoreError> {
    let mut query = QueryBuilder::<Db>::new(MOVED);
    query.push("m.at >= ").push_bind(since);
    grouped(conn, query, units).await
}

async fn grouped(
    conn: &mut Conn,
    mut query: QueryBuilder<Db>,
    units: &BTreeSet<UnitId>,
) -> Result<Vec<MovementRow>, StoreError> {
    query.push(" AND m.accepting");
    push_list(&mut query, units.iter().map(UnitId::as_str));
    query.push(
        " GROUP BY m.accepting, m.kind, m.from_unit, m.from_stage, m.to_unit, m.to_stage, m.hour \
         ORDER BY m.hour, m.accepting, m.kind",
    );
    let rows: Vec<Moved> = query.build_query_as().fetch_all(conn).await.map_err(store_error)?;
    rows.into_iter()
        .map(|row| {
            Ok(MovementRow {
                accepting: UnitId(row.accepting),
                kind: named(&row.kind)?,
                from: row.from_unit.map(UnitId).zip(named_option(row.from_stage.as_deref())?),
                to: row.to_unit.map(UnitId).zip(named_option(row.to_stage.as_deref())?),
                hour: small(row.hour)?,
                n: small(row.n)?,
            })
        })
        .collect()
}

#[derive(sqlx::FromRow)]
struct Steps {
    business_date: NaiveDate,
    accepting: String,
    stage: String,
    n: i64,
    due: i64,
}

pub(super) async fn steps(
    conn: &mut Conn,
    days: (NaiveDate, NaiveDate),
    units: &BTreeSet<UnitId>,
    due_before: Timestamp,
) -> Result<Vec<StepCount>, StoreError> {
    let mut query = QueryBuilder::<Db>::new(
        "SELECT s.business_date, s.accepting, s.stage, COUNT(*) AS n, COUNT(*) FILTER (WHERE s.due_at < ",
    );
    query.push_bind(due_before).push(") AS due FROM step s WHERE s.business_date >= ").push_bind(days.0);
    query.push(" AND s.business_date <= ").push_bind(days.1).push(" AND s.accepting");
    push_list(&mut query, units.iter().map(UnitId::as_str));
    query.push(
        " GROUP BY s.business_date, s.accepting, s.stage ORDER BY s.business_date, s.accepting, s.stage",
    );
    let rows: Vec<Steps> = query.build_query_as().fetch_all(conn).await.map_err(store_error)?;
    rows.into_iter()
        .map(|row| {
            Ok(StepCount {
                day: row.business_date,
                accepting: UnitId(row.accepting),
                stage: named(&row.stage)?,
                n: small(row.n)?,
                due: small(row.due)?,
            })
        })
        .collect()
}

pub(super) async fn ages(
    conn: &mut Conn,
    from: NaiveDate,
    units: &BTreeSet<UnitId>,
) -> Result<Vec<AgeRow>, StoreError> {
    let mut query =
        QueryBuilder::<Db>::new("SELECT s.stage, s.age, COUNT(*) FROM step s WHERE s.business_date >= ");
    query.push_bind(from).push(" AND s.accepting");
    push_list(&mut query, units.iter().map(UnitId::as_str));
    query.push(" GROUP BY s.stage, s.age ORDER BY s.stage, s.age");
    let rows: Vec<(String, i64, i64)> = query.build_query_as().fetch_all(conn).await.map_err(store_error)?;
    rows.into_iter().map(|(stage, age, n)| Ok(AgeRow { stage: named(&stage)?, age, n: small(n)? })).collect()
}
