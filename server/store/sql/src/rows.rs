//! Rows written many at a time: one statement for up to 500 rows and 30,000 binds, the same for one row of a
//! command and for the hundreds of thousands of an import.

use crate::dialect::{Conn, Db};
use domain::id::UnitId;
use sqlx::{QueryBuilder, query_builder::Separated};
use std::collections::BTreeSet;

/// Values of one row, in the order of [`Row::COLUMNS`].
pub(crate) type Values<'b> = Separated<'b, Db, &'static str>;

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
}

const MOST_ROWS: usize = 500;
const MOST_BINDS: usize = 30_000;

/// Writes rows.
pub(crate) async fn insert<R: Row>(conn: &mut Conn, rows: &[R]) -> Result<(), sqlx::Error> {
    for chunk in rows.chunks(MOST_ROWS.min(MOST_BINDS / R::COLUMNS.len().max(1)).max(1)) {
        let mut query = QueryBuilder::<Db>::new("INSERT INTO ");
        query.push(R::TABLE).push(" (").push(R::COLUMNS.join(", ")).push(") ");
        query.push_values(chunk, |mut values, row| row.bind(&mut values));
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
