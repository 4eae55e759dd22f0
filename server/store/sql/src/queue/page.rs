//! A page of a list: the first, one behind a row, or the last read backwards.

use super::{
    filter::{push_band, push_where},
    row::{ListRow, OF_WORK},
};
use crate::{
    dialect::{Conn, Db},
    error::store_error,
};
use domain::api::queue::{QueueRow, Sort};
use sqlx::QueryBuilder;
use store::{Cursor, Position, QueueAsk, SortKey, StoreError};

/// Rows of a page, and where the next one begins.
pub(super) type Page = (Vec<QueueRow>, Option<Cursor>);

/// Column of an order, and whether it falls.
const fn order(sort: Sort) -> (&'static str, bool) {
    match sort {
        Sort::Due => ("w.act_by", false),
        Sort::Arrived => ("w.arrived_at", false),
        Sort::Amount => ("w.amount", true),
        Sort::Number => ("w.number", false),
    }
}

pub(super) async fn page(
    conn: &mut Conn,
    ask: &QueueAsk<'_>,
    at: &Position,
    limit: u32,
) -> Result<Page, StoreError> {
    let mut query = statement(ask, at, limit)?;
    let rows = query.build_query_as::<ListRow>().fetch_all(conn).await.map_err(store_error)?;
    let rows = rows.into_iter().map(QueueRow::try_from).collect::<Result<Vec<_>, _>>()?;
    let cursor = |row: &QueueRow| Cursor { key: key(ask.query.sort, row), case: row.id };
    Ok(slice(rows, at, limit, cursor))
}

/// Cuts what was read one row too many, or backwards, to a page.
pub(super) fn slice(
    mut rows: Vec<QueueRow>,
    at: &Position,
    limit: u32,
    cursor: impl Fn(&QueueRow) -> Cursor,
) -> Page {
    if *at == Position::Last {
        rows.reverse();
        return (rows, None);
    }
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > wanted;
    rows.truncate(wanted);
    let next = rows.last().filter(|_| more).map(cursor);
    (rows, next)
}

pub(crate) fn statement(
    ask: &QueueAsk<'_>,
    at: &Position,
    limit: u32,
) -> Result<QueryBuilder<Db>, StoreError> {
    let (column, falls) = order(ask.query.sort);
    let mut query = QueryBuilder::<Db>::new(OF_WORK);
    push_where(&mut query, ask)?;
    if let Some(band) = ask.query.band {
        push_band(&mut query, &ask.bands, band);
    }
    if let Position::Behind(cursor) = at {
        query
            .push(" AND (")
            .push(column)
            .push(", w.case_id) ")
            .push(if falls { "<" } else { ">" })
            .push(" (");
        match &cursor.key {
            SortKey::Time(at) => query.push_bind(*at),
            SortKey::Amount(amount) => query.push_bind(*amount),
            SortKey::Number(number) => query.push_bind(number.as_str()),
        };
        query.push(", ").push_bind(cursor.case.0).push(")");
    }
    let last = *at == Position::Last;
    let direction = if falls == last { "ASC" } else { "DESC" };
    query.push(format_args!(" ORDER BY {column} {direction}, w.case_id {direction} LIMIT "));
    query.push_bind(if last { i64::from(limit) } else { i64::from(limit) + 1 });
    Ok(query)
}

fn key(sort: Sort, row: &QueueRow) -> SortKey {
    match sort {
        Sort::Due => SortKey::Time(row.act_by),
        Sort::Arrived => SortKey::Time(row.arrived_at),
        Sort::Amount => SortKey::Amount(row.amount.minor),
        Sort::Number => SortKey::Number(row.number.clone()),
    }
}
