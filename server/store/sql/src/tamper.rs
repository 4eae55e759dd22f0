//! For the tests of other packages: somebody who can write to the database and takes away what stands in the way.

use crate::{
    dialect::{self, Conn, Db},
    error::store_error,
    ledger::{cells, names},
};
use sqlx::{AssertSqlSafe, Connection, QueryBuilder};
use std::collections::BTreeMap;
use store::{
    StoreError,
    table::{Cell, Table},
};

/// Somebody at the database.
pub struct Tamper {
    conn: Conn,
}

/// Rows taken away, changed by the many or put in, and what is said of each.
pub const GONE_OR_ADDED: &[(&str, &str)] = &[
    ("DELETE FROM access_record", "access_record"),
    ("DELETE FROM movement WHERE kind = 'registered'", "movement"),
    ("DELETE FROM party", "party"),
    ("UPDATE work_item SET barred = NOT barred WHERE NOT imported", "work_item"),
    (
        "INSERT INTO import_batch (source, file_hash, kind, rows_read, cases, at)
         VALUES ('s', 'h', 'case_list', 1, 1, '2026-03-18T01:00:00+00:00')",
        "import_batch s h was not written",
    ),
    ("DELETE FROM ledger WHERE table_name = 'draw'", "entries of the ledger"),
];

/// Every seal taken away.
pub const NO_SEALS: &str = "DELETE FROM seal";

/// A value that was changed.
#[derive(Debug, Clone)]
pub struct Changed {
    table: &'static str,
    column: String,
    /// The row before, by its columns.
    pub before: BTreeMap<String, Cell>,
    /// The value now.
    pub after: Cell,
}

impl Tamper {
    /// Comes to a database, drops every trigger and looks past every check.
    pub async fn with(url: &str) -> Result<Self, StoreError> {
        let mut conn = <Db as sqlx::Database>::Connection::connect(url).await.map_err(store_error)?;
        for list in dialect::IN_THE_WAY {
            let found: Vec<(String,)> =
                sqlx::query_as(*list).fetch_all(&mut conn).await.map_err(store_error)?;
            for (statement,) in found {
                sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut conn).await.map_err(store_error)?;
            }
        }
        Ok(Self { conn })
    }

    /// Runs a statement as it is.
    pub async fn run(&mut self, sql: &'static str) -> Result<u64, StoreError> {
        let done = sqlx::raw_sql(sql).execute(&mut self.conn).await.map_err(store_error)?;
        Ok(done.rows_affected())
    }

    /// Columns of a table; empty where it has no row.
    pub async fn columns(&mut self, table: &'static Table) -> Result<Vec<String>, StoreError> {
        Ok(self.rows(table).await?.first().map(|row| row.keys().cloned().collect()).unwrap_or_default())
    }

    async fn rows(&mut self, table: &'static Table) -> Result<Vec<BTreeMap<String, Cell>>, StoreError> {
        let mut query = QueryBuilder::<Db>::new("SELECT * FROM ");
        query.push(table.name).push(" ORDER BY ").push(table.key.join(", "));
        let rows = query.build().persistent(false).fetch_all(&mut self.conn).await.map_err(store_error)?;
        rows.iter().map(|row| Ok(names(row).into_iter().zip(cells(row)?).collect())).collect()
    }

    /// Changes the value of a column in one row: the first that says anything there, else the first at all; another
    /// one where a unique key stands against it.
    pub async fn change(&mut self, table: &'static Table, column: &str) -> Result<Changed, StoreError> {
        let rows = self.rows(table).await?;
        let kinds = dialect::column_types(&mut self.conn, table.name).await?;
        let kind = kinds.get(column).map(String::as_str);
        let (says, silent): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row[column] != Cell::Null);
        let mut outcome = Err(StoreError::Invalid("a table without rows"));
        for row in says.into_iter().chain(silent).take(20) {
            for after in others(&row[column], kind, column) {
                let changed =
                    Changed { table: table.name, column: column.to_owned(), before: row.clone(), after };
                match self.set(&changed, &row[column], &changed.after, &kinds).await {
                    Ok(()) => return Ok(changed),
                    Err(error) => outcome = Err(error),
                }
            }
        }
        outcome
    }

    /// Puts a value back as it was.
    pub async fn undo(&mut self, changed: &Changed) -> Result<(), StoreError> {
        let kinds = dialect::column_types(&mut self.conn, changed.table).await?;
        self.set(changed, &changed.after, &changed.before[&changed.column], &kinds).await
    }

    async fn set(
        &mut self,
        changed: &Changed,
        from: &Cell,
        to: &Cell,
        kinds: &BTreeMap<String, String>,
    ) -> Result<(), StoreError> {
        let mut query = QueryBuilder::<Db>::new("UPDATE ");
        let kind = |column: &str| kinds.get(column).map(String::as_str);
        query.push(changed.table).push(" SET ").push(&changed.column).push(" = ");
        dialect::push_cell(&mut query.separated(""), to, kind(&changed.column))?;
        query.push(" WHERE ");
        for (place, (column, cell)) in changed.before.iter().enumerate() {
            let cell = if *column == changed.column { from } else { cell };
            query.push(if place > 0 { " AND " } else { "" }).push(column);
            if *cell == Cell::Null {
                query.push(" IS NULL");
            } else {
                query.push(" = ");
                dialect::push_cell(&mut query.separated(""), cell, kind(column))?;
            }
        }
        let done = query.build().persistent(false).execute(&mut self.conn).await.map_err(store_error)?;
        if done.rows_affected() == 1 { Ok(()) } else { Err(StoreError::Invalid("not one row was changed")) }
    }
}

/// Other values that a column of that kind takes.
fn others(cell: &Cell, kind: Option<&str>, column: &str) -> Vec<Cell> {
    let other = other(cell, kind, column);
    match (cell, &other) {
        // Numbers that come one after another leave no room beside them.
        (Cell::Int(number), Cell::Int(_)) if kind != Some("boolean") => {
            vec![other, Cell::Int(number + 1_000_000_007)]
        }
        // An engine that names no types for its columns refuses what is of another one.
        (Cell::Null, _) if kind.is_none() => vec![other, Cell::Int(1), Cell::Bytes(vec![7; 16])],
        _ => vec![other],
    }
}

/// Another value that a column of that kind takes.
fn other(cell: &Cell, kind: Option<&str>, column: &str) -> Cell {
    match cell {
        Cell::Int(truth @ (0 | 1)) => Cell::Int(1 - truth),
        Cell::Int(number) => Cell::Int(number + 1),
        Cell::Text(text) => Cell::Text(match text.parse::<chrono::NaiveDate>() {
            Ok(day) => day.succ_opt().unwrap_or(day).to_string(),
            // A moment a minute off, another letter in anything else.
            Err(_) if text.parse::<chrono::DateTime<chrono::Utc>>().is_ok() => {
                let (head, tail) = text.split_at(14);
                let minute = if tail.starts_with("00") { "01" } else { "00" };
                format!("{head}{minute}{}", &tail[2..])
            }
            Err(_) => format!("{text}x"),
        }),
        Cell::Bytes(bytes) => {
            let mut bytes = bytes.clone();
            if let Some(last) = bytes.last_mut() {
                *last ^= 1;
            }
            Cell::Bytes(bytes)
        }
        Cell::Null if kind == Some("bigint") || kind == Some("boolean") => Cell::Int(1),
        Cell::Null if kind == Some("uuid") => Cell::Bytes(vec![7; 16]),
        Cell::Null if kind == Some("date") || column.ends_with("_on") => Cell::Text("2026-01-01".to_owned()),
        Cell::Null if kind == Some("timestamp with time zone") || column.ends_with("_at") => {
            Cell::Text("2026-01-01T00:00:00+00:00".to_owned())
        }
        Cell::Null => Cell::Text("x".to_owned()),
    }
}
