//! Rows written many at a time: one statement for up to 500 rows and 30,000 binds, the same for one row of a
//! command and for the hundreds of thousands of an import.

use crate::dialect::{Conn, Db};
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use domain::id::UnitId;
use sqlx::{Encode, QueryBuilder, Type, query_builder::Separated};
use std::collections::BTreeSet;
use store::table::Cell;
use uuid::Uuid;

/// Where the values of one row go, in the order of [`Row::COLUMNS`].
pub(crate) enum Values<'b> {
    /// Into a statement.
    Bound(Separated<'b, Db, &'static str>),
    /// Into cells, to be compared with what is stored.
    Cells(Vec<Cell>),
}

impl Values<'_> {
    /// The next value.
    pub(crate) fn push_bind<'t, T>(&mut self, value: T) -> &mut Self
    where
        T: ToCell + Encode<'t, Db> + Type<Db>,
    {
        match self {
            Self::Bound(values) => {
                values.push_bind(value);
            }
            Self::Cells(cells) => cells.push(value.cell()),
        }
        self
    }
}

/// A value as it stands in a column, in the form both engines share.
pub(crate) trait ToCell {
    /// The cell.
    fn cell(&self) -> Cell;
}

impl ToCell for i64 {
    fn cell(&self) -> Cell {
        Cell::Int(*self)
    }
}

impl ToCell for bool {
    fn cell(&self) -> Cell {
        Cell::Int(i64::from(*self))
    }
}

impl ToCell for &str {
    fn cell(&self) -> Cell {
        Cell::Text((*self).to_owned())
    }
}

impl ToCell for String {
    fn cell(&self) -> Cell {
        Cell::Text(self.clone())
    }
}

impl ToCell for &[u8] {
    fn cell(&self) -> Cell {
        Cell::Bytes(self.to_vec())
    }
}

impl ToCell for Uuid {
    fn cell(&self) -> Cell {
        Cell::Bytes(self.as_bytes().to_vec())
    }
}

impl ToCell for DateTime<Utc> {
    fn cell(&self) -> Cell {
        Cell::Text(self.to_rfc3339_opts(SecondsFormat::AutoSi, false))
    }
}

impl ToCell for NaiveDate {
    fn cell(&self) -> Cell {
        Cell::Text(self.to_string())
    }
}

impl<T: ToCell> ToCell for Option<T> {
    fn cell(&self) -> Cell {
        self.as_ref().map_or(Cell::Null, T::cell)
    }
}

/// A row to be written.
pub(crate) trait Row {
    /// Its table.
    const TABLE: &'static str;
    /// Its columns.
    const COLUMNS: &'static [&'static str];
    /// What follows the values: where a row that is there already is changed or left alone.
    const TAIL: &'static str = "";

    /// Binds its values.
    fn bind(&self, values: &mut Values<'_>);

    /// Its values, to be compared with what is stored.
    fn cells(&self) -> Vec<Cell> {
        let mut values = Values::Cells(Vec::with_capacity(Self::COLUMNS.len()));
        self.bind(&mut values);
        match values {
            Values::Cells(cells) => cells,
            Values::Bound(_) => Vec::new(),
        }
    }
}

const MOST_ROWS: usize = 500;
const MOST_BINDS: usize = 30_000;

/// Writes rows.
pub(crate) async fn insert<R: Row>(conn: &mut Conn, rows: &[R]) -> Result<(), sqlx::Error> {
    for chunk in rows.chunks(MOST_ROWS.min(MOST_BINDS / R::COLUMNS.len().max(1)).max(1)) {
        let mut query = QueryBuilder::<Db>::new("INSERT INTO ");
        query.push(R::TABLE).push(" (").push(R::COLUMNS.join(", ")).push(") ");
        query.push_values(chunk, |values, row| row.bind(&mut Values::Bound(values)));
        query.push(R::TAIL);
        // One text per number of rows: only the small ones, which come with every command, are kept prepared.
        query.build().persistent(chunk.len() <= 4).execute(&mut *conn).await?;
    }
    Ok(())
}

/// Pushes a list of values in brackets; one that no value is in where there is none.
pub(crate) fn push_list<'v>(query: &mut QueryBuilder<Db>, values: impl IntoIterator<Item = &'v str>) {
    query.push(" IN (");
    let mut empty = true;
    let mut list = query.separated(", ");
    for value in values {
        list.push_bind(value);
        empty = false;
    }
    if empty {
        // No unit, stage or item is named so.
        list.push("''");
    }
    list.push_unseparated(")");
}

/// Narrows to rows of which one of the columns names a unit the person sees.
pub(crate) fn push_sees(query: &mut QueryBuilder<Db>, columns: &[&str], units: &BTreeSet<UnitId>) {
    query.push(" AND (");
    for (place, column) in columns.iter().enumerate() {
        if place > 0 {
            query.push(" OR ");
        }
        query.push(column);
        push_list(query, units.iter().map(UnitId::as_str));
    }
    query.push(")");
}
