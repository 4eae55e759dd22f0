//! An empty store filled from an archive.

use crate::{
    dialect::{self, Conn, Db},
    error::store_error,
};
use sqlx::QueryBuilder;
use std::collections::BTreeMap;
use store::{
    ArchivePart, ArchiveSource, Restored, StoreError,
    table::{Cell, TABLES, Table},
};

/// Values bound to one statement at most.
const MOST_BINDS: usize = 30_000;
/// Rows of one statement at most.
const MOST_ROWS: usize = 500;

/// Fills the store in one transaction; it is undone where the source fails, at its very end too.
pub(crate) async fn restore(conn: &mut Conn, source: &mut dyn ArchiveSource) -> Result<Restored, StoreError> {
    sqlx::raw_sql(dialect::BEGIN_RESTORING).execute(&mut *conn).await.map_err(store_error)?;
    let filled = fill(conn, source).await;
    let end = if filled.is_ok() { "COMMIT" } else { "ROLLBACK" };
    sqlx::query(end).execute(&mut *conn).await.map_err(store_error)?;
    if filled.is_ok() {
        sqlx::query("ANALYZE").execute(conn).await.map_err(store_error)?;
    }
    filled
}

async fn fill(conn: &mut Conn, source: &mut dyn ArchiveSource) -> Result<Restored, StoreError> {
    for table in TABLES.iter().filter(|table| table.is_kept()) {
        let mut query = QueryBuilder::<Db>::new("SELECT COUNT(*) FROM (SELECT 1 FROM ");
        // A table of a later schema than the archive's is not there yet.
        if !exists(conn, table.name).await? {
            continue;
        }
        let count: (i64,) = query
            .push(table.name)
            .push(" LIMIT 1) AS some_row")
            .build_query_as()
            .fetch_one(&mut *conn)
            .await
            .map_err(store_error)?;
        if count.0 > 0 {
            return Err(StoreError::Duplicate(format!(
                "rows of {}: a store is restored into an empty one",
                table.name
            )));
        }
    }
    let mut restored = Restored::default();
    let mut filling: Option<Filling> = None;
    while let Some(part) = source.next_part()? {
        match (part, &mut filling) {
            (ArchivePart::Table(name, columns), before) => {
                if let Some(before) = before {
                    before.write(conn).await?;
                }
                restored.tables += 1;
                filling = Some(Filling::of(conn, &name, columns).await?);
            }
            (ArchivePart::Row(row), Some(filling)) => {
                restored.rows += 1;
                filling.add(conn, row).await?;
            }
            (ArchivePart::Row(_), None) => {
                return Err(StoreError::Corrupt("a row of no table".to_owned()));
            }
        }
    }
    if let Some(last) = &mut filling {
        last.write(conn).await?;
    }
    Ok(restored)
}

async fn exists(conn: &mut Conn, table: &str) -> Result<bool, StoreError> {
    let (found,): (i64,) =
        sqlx::query_as(dialect::TABLE_COUNT).bind(table).fetch_one(conn).await.map_err(store_error)?;
    Ok(found > 0)
}

/// A table that is being filled.
struct Filling {
    table: &'static Table,
    columns: Vec<String>,
    kinds: BTreeMap<String, String>,
    rows: Vec<Vec<Cell>>,
}

impl Filling {
    async fn of(conn: &mut Conn, name: &str, columns: Vec<String>) -> Result<Self, StoreError> {
        let table = Table::named(name)
            .filter(|table| table.is_kept())
            .ok_or_else(|| StoreError::Corrupt(format!("an archive with a table {name:?}")))?;
        // Names go into the statement as they are.
        let plain = |name: &String| name.bytes().all(|byte| byte == b'_' || byte.is_ascii_lowercase());
        if !columns.iter().all(plain) {
            return Err(StoreError::Corrupt(format!("a column of {name} that is none")));
        }
        let kinds = dialect::column_types(conn, name).await?;
        Ok(Self { table, columns, kinds, rows: Vec::new() })
    }

    async fn add(&mut self, conn: &mut Conn, row: Vec<Cell>) -> Result<(), StoreError> {
        if row.len() != self.columns.len() {
            return Err(StoreError::Corrupt(format!("a row of {} with other columns", self.table.name)));
        }
        self.rows.push(row);
        let enough = MOST_ROWS.min(MOST_BINDS / self.columns.len().max(1)).max(1);
        if self.rows.len() >= enough { self.write(conn).await } else { Ok(()) }
    }

    async fn write(&mut self, conn: &mut Conn) -> Result<(), StoreError> {
        if self.rows.is_empty() {
            return Ok(());
        }
        let mut query = QueryBuilder::<Db>::new("INSERT INTO ");
        query.push(self.table.name).push(" (").push(self.columns.join(", ")).push(") ");
        let mut outcome = Ok(());
        query.push_values(&self.rows, |mut values, row| {
            for (column, cell) in self.columns.iter().zip(row) {
                let kind = self.kinds.get(column).map(String::as_str);
                if let Err(error) = dialect::push_cell(&mut values, cell, kind) {
                    outcome = Err(error);
                }
            }
        });
        outcome?;
        query.build().persistent(false).execute(conn).await.map_err(store_error)?;
        self.rows.clear();
        Ok(())
    }
}
