//! Finished steps: the frames draws are made from.

use crate::{
    dialect::{Conn, Db},
    error::store_error,
    rows::push_list,
    text::{named, read_json, small},
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    id::{CaseId, PersonId, UnitId},
    post::Stage,
    time::Timestamp,
};
use sqlx::QueryBuilder;
use std::collections::BTreeSet;
use store::{Frame, FrameSize, FrameStep, StoreError};
use uuid::Uuid;

#[derive(sqlx::FromRow)]
struct StepRow {
    case_id: Uuid,
    number: String,
    version: i64,
    stage: String,
    round: i64,
    person: String,
    unit: String,
    accepting: String,
    items: String,
    finished_at: DateTime<Utc>,
}

const OF_STEP: &str = "SELECT s.case_id, s.number, s.version, s.stage, s.round, s.person, s.unit, s.accepting, \
    s.items, s.finished_at FROM step s";

impl TryFrom<StepRow> for FrameStep {
    type Error = StoreError;

    fn try_from(row: StepRow) -> Result<Self, StoreError> {
        Ok(Self {
            case: CaseId(row.case_id),
            number: row.number,
            case_version: small(row.version)?,
            stage: named(&row.stage)?,
            round: small(row.round)?,
            operator: PersonId(row.person),
            unit: UnitId(row.unit),
            accepting: UnitId(row.accepting),
            items: read_json(&row.items)?,
            finished_at: row.finished_at,
        })
    }
}

pub(super) async fn steps(conn: &mut Conn, frame: &Frame) -> Result<Vec<FrameStep>, StoreError> {
    let mut query = QueryBuilder::<Db>::new(OF_STEP);
    query.push(" WHERE s.business_date = ").push_bind(frame.day).push(" AND s.stage");
    push_list(&mut query, frame.stages.iter().map(|stage| stage.as_str()));
    query.push(" AND s.unit");
    push_list(&mut query, frame.units.iter().map(UnitId::as_str));
    push_received(&mut query, frame.until);
    query.push(" ORDER BY s.case_id, s.stage, s.round");
    let rows: Vec<StepRow> = query.build_query_as().fetch_all(conn).await.map_err(store_error)?;
    rows.into_iter().map(FrameStep::try_from).collect()
}

/// Only steps whose line on a slip was received by then; those without a line needed no receipt.
fn push_received(query: &mut QueryBuilder<Db>, until: Timestamp) {
    query.push(
        " AND NOT EXISTS (SELECT 1 FROM slip_line l WHERE l.case_id = s.case_id AND l.version = s.version \
         AND (l.state <> 'confirmed' OR l.settled_at > ",
    );
    query.push_bind(until).push("))");
}

pub(super) async fn sizes(
    conn: &mut Conn,
    day: NaiveDate,
    units: &BTreeSet<UnitId>,
    until: Timestamp,
) -> Result<[FrameSize; 6], StoreError> {
    let mut query = QueryBuilder::<Db>::new(
        "SELECT s.stage, COUNT(*), COUNT(*) FILTER (WHERE EXISTS (SELECT 1 FROM sample_check k \
         WHERE k.case_id = s.case_id AND k.stage = s.stage AND k.round = s.round AND k.draw_id IS NOT NULL)) \
         FROM step s WHERE s.business_date = ",
    );
    query.push_bind(day).push(" AND s.unit");
    push_list(&mut query, units.iter().map(UnitId::as_str));
    push_received(&mut query, until);
    query.push(" GROUP BY s.stage");
    let rows: Vec<(String, i64, i64)> = query.build_query_as().fetch_all(conn).await.map_err(store_error)?;
    let mut sizes = [FrameSize::default(); 6];
    for (stage, steps, drawn) in rows {
        let stage: Stage = named(&stage)?;
        for (place, size) in Stage::ALL.iter().zip(&mut sizes) {
            if *place == stage {
                *size = FrameSize { steps: small(steps)?, drawn: small(drawn)? };
            }
        }
    }
    Ok(sizes)
}

pub(super) async fn step(
    conn: &mut Conn,
    case: CaseId,
    stage: Stage,
    round: u16,
) -> Result<Option<FrameStep>, StoreError> {
    let mut query = QueryBuilder::<Db>::new(OF_STEP);
    query.push(" WHERE s.case_id = ").push_bind(case.0).push(" AND s.stage = ").push_bind(stage.as_str());
    query.push(" AND s.round = ").push_bind(i64::from(round));
    let row: Option<StepRow> = query.build_query_as().fetch_optional(conn).await.map_err(store_error)?;
    row.map(FrameStep::try_from).transpose()
}
