//! The tab done today: steps of the queue's stage finished on the business date, newest first.

use super::{
    filter::push_search,
    page::{Page, slice},
    row::ListRow,
};
use crate::{
    dialect::{Conn, Db},
    error::store_error,
    rows::push_sees,
    text::name,
};
use domain::api::queue::QueueRow;
use sqlx::QueryBuilder;
use store::{Cursor, Position, QueueAsk, SortKey, StoreError};

/// A finished step as a row of the list: `until` is when it was finished, the holder who did it.
const OF_STEP: &str = "SELECT s.case_id, c.number, c.version, 'handed_over' AS status, s.stage, c.accepting, s.unit, \
    s.person AS holder, s.finished_at AS until_at, s.due_at AS act_by, s.due_at, c.breach_at, s.arrived_at, \
    c.received_at, c.return_count, s.outcome = 'returned' AS returned, c.priority, s.items, c.class, c.amount, \
    c.policy_no, c.applicant, c.channel, NULL AS from_stage, NULL AS from_person, \
    COALESCE(w.proposal, false) AS proposal, COALESCE(w.barred, false) AS barred, false AS imported";

const FROM_STEP: &str =
    " FROM step s JOIN case_state c ON c.case_id = s.case_id LEFT JOIN work_item w ON w.case_id = s.case_id";

pub(super) async fn page(
    conn: &mut Conn,
    ask: &QueueAsk<'_>,
    at: &Position,
    limit: u32,
) -> Result<Page, StoreError> {
    let mut query = QueryBuilder::<Db>::new(OF_STEP);
    query.push(FROM_STEP);
    push_where(&mut query, ask)?;
    if let Position::Behind(Cursor { key: SortKey::Time(finished), case }) = at {
        query.push(" AND (s.finished_at, s.case_id) < (").push_bind(*finished);
        query.push(", ").push_bind(case.0).push(")");
    }
    let last = *at == Position::Last;
    let direction = if last { "ASC" } else { "DESC" };
    query.push(format_args!(" ORDER BY s.finished_at {direction}, s.case_id {direction} LIMIT "));
    query.push_bind(if last { i64::from(limit) } else { i64::from(limit) + 1 });
    let rows = query.build_query_as::<ListRow>().fetch_all(conn).await.map_err(store_error)?;
    let rows = rows.into_iter().map(QueueRow::try_from).collect::<Result<Vec<_>, _>>()?;
    let cursor =
        |row: &QueueRow| Cursor { key: SortKey::Time(row.until.unwrap_or(row.arrived_at)), case: row.id };
    Ok(slice(rows, at, limit, cursor))
}

pub(super) async fn count(conn: &mut Conn, ask: &QueueAsk<'_>) -> Result<u64, StoreError> {
    let mut query = QueryBuilder::<Db>::new("SELECT COUNT(*)");
    query.push(FROM_STEP);
    push_where(&mut query, ask)?;
    let (count,): (i64,) = query.build_query_as().fetch_one(conn).await.map_err(store_error)?;
    crate::text::small(count)
}

fn push_where(query: &mut QueryBuilder<Db>, ask: &QueueAsk<'_>) -> Result<(), StoreError> {
    query.push(" WHERE s.stage = ").push_bind(ask.queue.stage().map_or("", domain::post::Stage::as_str));
    query.push(" AND s.business_date = ").push_bind(ask.today);
    push_sees(query, &["s.accepting", "s.unit"], ask.units);
    if !ask.within.is_empty() {
        push_sees(query, &["s.accepting", "s.unit"], ask.within);
    }
    let filter = ask.query;
    if let Some(item) = &filter.item {
        // Items are a list of codes in quotes; one that holds the code is another text without it.
        query.push(" AND replace(s.items, ").push_bind(format!("\"{item}\"")).push(", '') <> s.items");
    }
    if let Some(class) = &filter.class {
        query.push(" AND c.class = ").push_bind(name(class)?);
    }
    if let Some(channel) = &filter.channel {
        query.push(" AND c.channel = ").push_bind(name(channel)?);
    }
    if let Some(person) = &filter.holder {
        query.push(" AND s.person = ").push_bind(person.as_str());
    }
    match filter.returned {
        Some(true) => query.push(" AND s.outcome = 'returned'"),
        Some(false) => query.push(" AND s.outcome <> 'returned'"),
        None => query,
    };
    if let Some(priority) = &filter.priority {
        query.push(" AND c.priority = ").push_bind(name(priority)?);
    }
    if let Some(amount) = filter.amount_from {
        query.push(" AND c.amount >= ").push_bind(amount);
    }
    push_search(query, "c", filter.search.as_deref());
    Ok(())
}
