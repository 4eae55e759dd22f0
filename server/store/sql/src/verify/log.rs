//! The log read so that a row that makes no sense is named and stops nothing.

use crate::{
    dialect::{Conn, Db},
    error::store_error,
    ledger::{cells, names},
    text,
};
use domain::{id::CaseId, time::local_date};
use sqlx::QueryBuilder;
use std::collections::BTreeMap;
use store::{EventPlace, LogRow, StoreError, StoredEvent, table::Cell};
use uuid::Uuid;

pub(super) async fn behind(
    conn: &mut Conn,
    behind: Option<EventPlace>,
    limit: u32,
) -> Result<Vec<LogRow>, StoreError> {
    let mut query = QueryBuilder::<Db>::new("SELECT * FROM event WHERE (case_id, version) > (");
    query.push_bind(behind.map_or(Uuid::nil(), |place| place.case.0)).push(", ");
    query.push_bind(text::int(behind.map_or(0, |place| place.version))?);
    query.push(") ORDER BY case_id, version LIMIT ").push_bind(i64::from(limit));
    let rows = query.build().fetch_all(conn).await.map_err(store_error)?;
    let Some(first) = rows.first() else { return Ok(Vec::new()) };
    let columns = names(first);
    rows.iter()
        .map(|row| {
            let cells = cells(row)?;
            log_row(&columns.iter().map(String::as_str).zip(&cells).collect())
        })
        .collect()
}

fn log_row(row: &BTreeMap<&str, &Cell>) -> Result<LogRow, StoreError> {
    let (Some(Cell::Bytes(case)), Some(Cell::Int(version))) = (row.get("case_id"), row.get("version")) else {
        return Err(StoreError::Corrupt("an event without case or version".to_owned()));
    };
    let case = Uuid::from_slice(case).map_err(|error| StoreError::Corrupt(error.to_string()))?;
    let place = EventPlace { case: CaseId(case), version: u64::try_from(*version).unwrap_or(0) };
    let event = StoredEvent::of_row(row);
    let mut faults = Vec::new();
    if let Ok(event) = &event {
        let day = local_date(event.envelope.at).to_string();
        if row.get("business_date") != Some(&&Cell::Text(day)) {
            faults.push("its business_date is not that of its time".to_owned());
        }
        // A payload that does not open is told when the case is replayed.
        if let Ok(opened) = event.envelope.open(&event.payload)
            && row.get("kind") != Some(&&Cell::Text(opened.fact.name().to_owned()))
        {
            faults.push("its kind is not that of its payload".to_owned());
        }
    }
    Ok(LogRow { place, event, faults })
}
