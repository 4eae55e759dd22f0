//! What was done on a day, one by one: the steps and movements that the figures of the day count.

use crate::{
    dialect::{Conn, Db},
    error::store_error,
    rows::{push_list, push_sees},
    text::{name, named, read_json},
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::id::{CaseId, PersonId, UnitId};
use sqlx::QueryBuilder;
use std::collections::BTreeSet;
use store::{DoneRow, DoneWhat, StoreError};
use uuid::Uuid;

#[derive(sqlx::FromRow)]
struct Row {
    case_id: Uuid,
    number: String,
    items: String,
    stage: String,
    accepting: String,
    unit: String,
    person: Option<String>,
    at: DateTime<Utc>,
    /// Of a movement there is none.
    #[sqlx(default)]
    due_at: Option<DateTime<Utc>>,
}

const OF_STEP: &str = "SELECT s.case_id, s.number, s.items, s.stage, s.accepting, s.unit, s.person, \
    s.finished_at AS at, s.due_at FROM step s WHERE s.business_date = ";

const OF_MOVEMENT: &str = "SELECT m.case_id, c.number, c.items, COALESCE(m.from_stage, m.to_stage) AS stage, \
    m.accepting, COALESCE(m.from_unit, m.to_unit) AS unit, m.person, m.at \
    FROM movement m JOIN case_state c ON c.case_id = m.case_id \
    WHERE m.business_date = ";

pub(super) async fn rows(
    conn: &mut Conn,
    day: NaiveDate,
    units: &BTreeSet<UnitId>,
    what: DoneWhat<'_>,
) -> Result<Vec<DoneRow>, StoreError> {
    let mut query = match what {
        DoneWhat::Due { before } => {
            let mut query = QueryBuilder::<Db>::new(OF_STEP);
            query.push_bind(day).push(" AND s.due_at < ").push_bind(before).push(" AND s.accepting");
            push_list(&mut query, units.iter().map(UnitId::as_str));
            query.push(" ORDER BY s.finished_at DESC, s.case_id, s.stage, s.round");
            query
        }
        DoneWhat::By { person } => {
            let mut query = QueryBuilder::<Db>::new(OF_STEP);
            query.push_bind(day);
            if let Some(person) = person {
                query.push(" AND s.person = ").push_bind(person.as_str());
            }
            push_sees(&mut query, &["s.accepting", "s.unit"], units);
            query.push(" ORDER BY s.finished_at DESC, s.case_id, s.stage, s.round");
            query
        }
        DoneWhat::Moved { kind } => {
            let mut query = QueryBuilder::<Db>::new(OF_MOVEMENT);
            query.push_bind(day).push(" AND m.kind = ").push_bind(name(&kind)?).push(" AND m.accepting");
            push_list(&mut query, units.iter().map(UnitId::as_str));
            query.push(" ORDER BY m.at DESC, m.case_id, m.version");
            query
        }
    };
    let rows: Vec<Row> = query.build_query_as().fetch_all(conn).await.map_err(store_error)?;
    rows.into_iter()
        .map(|row| {
            Ok(DoneRow {
                case: CaseId(row.case_id),
                number: row.number,
                items: read_json(&row.items)?,
                stage: named(&row.stage)?,
                accepting: UnitId(row.accepting),
                unit: UnitId(row.unit),
                person: row.person.map(PersonId),
                late: row.due_at.is_some_and(|due| due < row.at),
                at: row.at,
            })
        })
        .collect()
}
