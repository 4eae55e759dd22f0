//! Values of any column, read and written without knowing the table.

use super::Db;
use crate::{dialect::Conn, error::store_error};
use sqlx::{Row, TypeInfo, ValueRef, query_builder::Separated, sqlite::SqliteRow};
use std::collections::BTreeMap;
use store::{StoreError, table::Cell};

/// The value of a column. A text that is none is given as its bytes.
pub(crate) fn cell(row: &SqliteRow, at: usize) -> Result<Cell, StoreError> {
    let value = row.try_get_raw(at).map_err(store_error)?;
    if value.is_null() {
        return Ok(Cell::Null);
    }
    let kind = value.type_info().name().to_owned();
    Ok(match kind.as_str() {
        "INTEGER" => Cell::Int(row.try_get_unchecked(at).map_err(store_error)?),
        "TEXT" => match row.try_get_unchecked(at) {
            Ok(text) => Cell::Text(text),
            Err(_) => Cell::Bytes(row.try_get_unchecked(at).map_err(store_error)?),
        },
        "BLOB" => Cell::Bytes(row.try_get_unchecked(at).map_err(store_error)?),
        other => return Err(StoreError::Corrupt(format!("a value of type {other}"))),
    })
}

/// Types of a table's columns by name, for [`push_cell`]: here a value says its own.
#[expect(clippy::unused_async, reason = "the other engine asks the database")]
pub(crate) async fn column_types(
    _conn: &mut Conn,
    _table: &str,
) -> Result<BTreeMap<String, String>, StoreError> {
    Ok(BTreeMap::new())
}

/// Binds a value of a column.
#[expect(clippy::unnecessary_wraps, reason = "the other engine reads the value as its column's type")]
pub(crate) fn push_cell(
    values: &mut Separated<'_, Db, &'static str>,
    cell: &Cell,
    _kind: Option<&str>,
) -> Result<(), StoreError> {
    match cell {
        Cell::Null => values.push_bind(None::<i64>),
        Cell::Int(number) => values.push_bind(*number),
        Cell::Text(text) => values.push_bind(text.as_str()),
        Cell::Bytes(bytes) => values.push_bind(bytes.as_slice()),
    };
    Ok(())
}

/// Counts the tables of a name.
pub(crate) const TABLE_COUNT: &str = "SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table' AND name = $1";

/// Statements that find statements that take everything out of the way of who tampers.
#[cfg(feature = "scratch")]
pub(crate) const IN_THE_WAY: &[&str] =
    &["SELECT 'PRAGMA ignore_check_constraints = ON' UNION ALL SELECT 'PRAGMA foreign_keys = OFF'
     UNION ALL SELECT 'DROP TRIGGER ' || name FROM sqlite_schema WHERE type = 'trigger'"];
