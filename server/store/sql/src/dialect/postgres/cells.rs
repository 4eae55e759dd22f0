//! Values of any column, read and written without knowing the table.

use super::Db;
use crate::{dialect::Conn, error::store_error, rows::ToCell};
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{Row, TypeInfo, ValueRef, postgres::PgRow, query_builder::Separated};
use std::collections::BTreeMap;
use store::{StoreError, table::Cell};
use uuid::Uuid;

/// The value of a column.
pub(crate) fn cell(row: &PgRow, at: usize) -> Result<Cell, StoreError> {
    let value = row.try_get_raw(at).map_err(store_error)?;
    if value.is_null() {
        return Ok(Cell::Null);
    }
    let kind = value.type_info().name().to_owned();
    match kind.as_str() {
        "INT8" => row.try_get(at).map(Cell::Int),
        "BOOL" => row.try_get::<bool, _>(at).map(|truth| truth.cell()),
        "TEXT" => row.try_get(at).map(Cell::Text),
        "BYTEA" => row.try_get(at).map(Cell::Bytes),
        "UUID" => row.try_get::<Uuid, _>(at).map(|id| id.cell()),
        "DATE" => row.try_get::<NaiveDate, _>(at).map(|day| day.cell()),
        "TIMESTAMPTZ" => row.try_get::<DateTime<Utc>, _>(at).map(|moment| moment.cell()),
        other => return Err(StoreError::Corrupt(format!("a value of type {other}"))),
    }
    .map_err(store_error)
}

/// Types of a table's columns by name, for [`push_cell`].
pub(crate) async fn column_types(
    conn: &mut Conn,
    table: &str,
) -> Result<BTreeMap<String, String>, StoreError> {
    let rows: Vec<(String, String)> = sqlx::query_as(
        "SELECT CAST(column_name AS TEXT), CAST(data_type AS TEXT) FROM information_schema.columns
         WHERE table_schema = 'public' AND table_name = $1",
    )
    .bind(table)
    .fetch_all(conn)
    .await
    .map_err(store_error)?;
    Ok(rows.into_iter().collect())
}

/// Binds a value of a column of a type.
pub(crate) fn push_cell(
    values: &mut Separated<'_, Db, &'static str>,
    cell: &Cell,
    kind: Option<&str>,
) -> Result<(), StoreError> {
    let wrong = || StoreError::Corrupt(format!("a value that is no {}", kind.unwrap_or("column")));
    match (kind, cell) {
        (Some("bigint"), Cell::Null) => values.push_bind(None::<i64>),
        (Some("bigint"), Cell::Int(number)) => values.push_bind(*number),
        (Some("boolean"), Cell::Null) => values.push_bind(None::<bool>),
        (Some("boolean"), Cell::Int(truth @ (0 | 1))) => values.push_bind(*truth == 1),
        (Some("text"), Cell::Null) => values.push_bind(None::<String>),
        (Some("text"), Cell::Text(text)) => values.push_bind(text.as_str()),
        (Some("bytea"), Cell::Null) => values.push_bind(None::<Vec<u8>>),
        (Some("bytea"), Cell::Bytes(bytes)) => values.push_bind(bytes.as_slice()),
        (Some("uuid"), Cell::Null) => values.push_bind(None::<Uuid>),
        (Some("uuid"), Cell::Bytes(bytes)) => values.push_bind(Uuid::from_slice(bytes).map_err(|_| wrong())?),
        (Some("date"), Cell::Null) => values.push_bind(None::<NaiveDate>),
        (Some("date"), Cell::Text(day)) => values.push_bind(day.parse::<NaiveDate>().map_err(|_| wrong())?),
        (Some("timestamp with time zone"), Cell::Null) => values.push_bind(None::<DateTime<Utc>>),
        (Some("timestamp with time zone"), Cell::Text(at)) => {
            values.push_bind(at.parse::<DateTime<Utc>>().map_err(|_| wrong())?)
        }
        _ => return Err(wrong()),
    };
    Ok(())
}

/// Counts the tables of a name.
pub(crate) const TABLE_COUNT: &str =
    "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = 'public' AND table_name = $1";

/// Statements that find statements that take everything out of the way of who tampers.
#[cfg(feature = "scratch")]
pub(crate) const IN_THE_WAY: &[&str] = &[
    "SELECT 'DROP TRIGGER ' || t.tgname || ' ON ' || t.tgrelid::regclass FROM pg_trigger t WHERE NOT t.tgisinternal",
    "SELECT 'ALTER TABLE ' || c.conrelid::regclass || ' DROP CONSTRAINT ' || c.conname FROM pg_constraint c
     JOIN pg_namespace n ON n.oid = c.connamespace WHERE n.nspname = 'public' AND c.contype IN ('c', 'f')",
];
