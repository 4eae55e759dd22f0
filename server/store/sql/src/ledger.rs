//! The ledger: hashes of rows that are no events, noted in the transaction that wrote them.

use crate::{
    dialect::{self, Conn, Db},
    error::store_error,
    rows::{Row, Values, insert},
};
use chrono::{DateTime, NaiveDate, Utc};
use futures::TryStreamExt;
use sqlx::{Column, QueryBuilder, Row as _};
use store::{
    StoreError,
    seal::Group,
    table::{Cell, Role, TABLES, Table},
};
use uuid::Uuid;

/// What rows to be noted are found by.
#[derive(Debug, Clone)]
pub(crate) enum Is {
    /// An identifier.
    Id(Uuid),
    /// A text.
    Text(String),
    /// A number.
    Int(i64),
    /// A date.
    Day(NaiveDate),
    /// A moment.
    At(DateTime<Utc>),
}

impl Is {
    fn push(&self, query: &mut QueryBuilder<Db>) {
        match self {
            Self::Id(id) => query.push_bind(*id),
            Self::Text(text) => query.push_bind(text.as_str()),
            Self::Int(number) => query.push_bind(*number),
            Self::Day(day) => query.push_bind(*day),
            Self::At(at) => query.push_bind(*at),
        };
    }
}

/// Values one statement asks for.
const ASKED: usize = 500;

/// An entry to be written.
struct EntryRow {
    seq: i64,
    entry: i64,
    table: &'static str,
    key: String,
    hash: [u8; 32],
}

impl Row for EntryRow {
    const TABLE: &'static str = "ledger";
    const COLUMNS: &'static [&'static str] = &["seq", "entry", "table_name", "row_key", "hash"];

    fn bind(&self, values: &mut Values<'_>) {
        values
            .push_bind(self.seq)
            .push_bind(self.entry)
            .push_bind(self.table)
            .push_bind(self.key.as_str())
            .push_bind(self.hash.as_slice());
    }
}

/// The noted table of a name.
fn noted(name: &str) -> Result<&'static Table, StoreError> {
    Table::named(name)
        .filter(|table| table.role == Role::Noted)
        .ok_or(StoreError::Invalid("a table the ledger does not note"))
}

/// Groups of rows of which a column has one of these values, as they stand.
pub(crate) async fn groups(
    conn: &mut Conn,
    name: &str,
    (column, values): (&str, &[Is]),
    others: &[(&str, Is)],
) -> Result<Vec<(&'static Table, Group)>, StoreError> {
    let table = noted(name)?;
    let mut groups = Vec::new();
    for some in values.chunks(ASKED) {
        let mut query = QueryBuilder::<Db>::new("SELECT * FROM ");
        query.push(table.name).push(" WHERE ").push(column).push(" IN (");
        for (place, value) in some.iter().enumerate() {
            if place > 0 {
                query.push(", ");
            }
            value.push(&mut query);
        }
        query.push(")");
        for (column, value) in others {
            query.push(" AND ").push(column).push(" = ");
            value.push(&mut query);
        }
        query.push(" ORDER BY ");
        query.push(table.key.join(", "));
        gather(conn, table, query, |group| {
            groups.push((table, group));
            Ok(())
        })
        .await?;
    }
    Ok(groups)
}

/// Every group of a table.
pub(crate) async fn all_groups(
    conn: &mut Conn,
    table: &'static Table,
    each: impl FnMut(Group) -> Result<(), StoreError> + Send,
) -> Result<u64, StoreError> {
    let mut query = QueryBuilder::<Db>::new("SELECT * FROM ");
    query.push(table.name).push(" ORDER BY ").push(table.key.join(", "));
    gather(conn, table, query, each).await
}

async fn gather(
    conn: &mut Conn,
    table: &'static Table,
    mut query: QueryBuilder<Db>,
    mut each: impl FnMut(Group) -> Result<(), StoreError> + Send,
) -> Result<u64, StoreError> {
    let (mut current, mut rows): (Option<Group>, u64) = (None, 0);
    let mut columns: Vec<String> = Vec::new();
    let mut found = query.build().fetch(conn);
    while let Some(row) = found.try_next().await.map_err(store_error)? {
        if columns.is_empty() {
            columns = names(&row);
        }
        let cells = cells(&row)?;
        let key = Group::key_of(table, &columns, &cells);
        if current.as_ref().is_none_or(|group| group.key != key)
            && let Some(done) = current.replace(Group::new(key))
        {
            each(done)?;
        }
        if let Some(group) = &mut current {
            group.add(table, &columns, &cells);
        }
        rows += 1;
    }
    if let Some(done) = current {
        each(done)?;
    }
    Ok(rows)
}

/// Names of the columns of a row.
pub(crate) fn names(row: &<Db as sqlx::Database>::Row) -> Vec<String> {
    row.columns().iter().map(|column| column.name().to_owned()).collect()
}

/// Values of a row.
pub(crate) fn cells(row: &<Db as sqlx::Database>::Row) -> Result<Vec<Cell>, StoreError> {
    (0..row.columns().len()).map(|at| dialect::cell(row, at)).collect()
}

/// Writes entries behind those of the transaction so far; gives how many there are then.
pub(crate) async fn enter(
    conn: &mut Conn,
    (seq, before): (i64, i64),
    groups: Vec<(&'static Table, Group)>,
) -> Result<i64, StoreError> {
    let rows: Vec<EntryRow> = (before + 1..)
        .zip(groups)
        .map(|(entry, (table, group))| {
            let key = group.key.clone();
            EntryRow { seq, entry, table: table.name, key, hash: group.hash(table) }
        })
        .collect();
    insert(conn, &rows).await.map_err(store_error)?;
    Ok(rows.last().map_or(before, |row| row.entry))
}

/// Tables the ledger notes.
pub(crate) fn tables() -> impl Iterator<Item = &'static Table> {
    TABLES.iter().filter(|table| table.role == Role::Noted)
}
