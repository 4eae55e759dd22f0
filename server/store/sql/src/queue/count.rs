//! Counts of a list per band, and of a queue per tab: one statement each.

use super::filter::{push_queue, push_tab_condition, push_units, push_where, range};
use crate::{
    dialect::{Conn, Db},
    error::store_error,
    rows::push_sees,
    text::small,
};
use chrono::NaiveDate;
use domain::{
    api::queue::{Band, Tab},
    id::{PersonId, UnitId},
    post::Queue,
    time::Timestamp,
};
use sqlx::QueryBuilder;
use std::collections::BTreeSet;
use store::{QueueAsk, StoreError, TabCounts};

pub(super) async fn bands(conn: &mut Conn, ask: &QueueAsk<'_>) -> Result<[u64; 4], StoreError> {
    let mut query = band_statement(ask)?;
    let counts: (i64, i64, i64, i64) = query.build_query_as().fetch_one(conn).await.map_err(store_error)?;
    Ok([small(counts.0)?, small(counts.1)?, small(counts.2)?, small(counts.3)?])
}

pub(super) fn band_statement(ask: &QueueAsk<'_>) -> Result<QueryBuilder<Db>, StoreError> {
    let mut query = QueryBuilder::<Db>::new("SELECT ");
    for (place, band) in Band::ALL.into_iter().enumerate() {
        if place > 0 {
            query.push(", ");
        }
        let (from, to) = range(&ask.bands, band);
        query.push("COUNT(*) FILTER (WHERE true");
        if let Some(from) = from {
            query.push(" AND w.act_by >= ").push_bind(from);
        }
        if let Some(to) = to {
            query.push(" AND w.act_by < ").push_bind(to);
        }
        query.push(")");
    }
    query.push(" FROM work_item w");
    push_where(&mut query, ask)?;
    Ok(query)
}

pub(super) async fn tabs(
    conn: &mut Conn,
    queue: Queue,
    person: &PersonId,
    (units, within): (&BTreeSet<UnitId>, &BTreeSet<UnitId>),
    now: Timestamp,
    today: NaiveDate,
) -> Result<TabCounts, StoreError> {
    let mut query = tab_statement(queue, person, units, now);
    if !within.is_empty() {
        push_sees(&mut query, &["w.accepting", "w.act_unit"], within);
    }
    let (todo, mine, waiting, returned, receive, overdue): (i64, i64, i64, i64, i64, i64) =
        query.build_query_as().fetch_one(&mut *conn).await.map_err(store_error)?;
    let done = match queue.stage() {
        Some(stage) => {
            let mut query = QueryBuilder::<Db>::new("SELECT COUNT(*) FROM step s WHERE s.stage = ");
            query.push_bind(stage.as_str()).push(" AND s.business_date = ").push_bind(today);
            push_sees(&mut query, &["s.accepting", "s.unit"], units);
            if !within.is_empty() {
                push_sees(&mut query, &["s.accepting", "s.unit"], within);
            }
            let (done,): (i64,) = query.build_query_as().fetch_one(conn).await.map_err(store_error)?;
            done
        }
        None => 0,
    };
    Ok(TabCounts {
        tabs: [small(todo)?, small(mine)?, small(waiting)?, small(returned)?, small(receive)?, small(done)?],
        overdue: small(overdue)?,
    })
}

pub(crate) fn tab_statement(
    queue: Queue,
    person: &PersonId,
    units: &BTreeSet<UnitId>,
    now: Timestamp,
) -> QueryBuilder<Db> {
    let mut query = QueryBuilder::<Db>::new("SELECT ");
    for (place, tab) in
        [Tab::Todo, Tab::Mine, Tab::Waiting, Tab::Returned, Tab::Receive].into_iter().enumerate()
    {
        if place > 0 {
            query.push(", ");
        }
        query.push("COUNT(*) FILTER (WHERE ");
        match (queue, tab) {
            (Queue::Approval, Tab::Todo) => {
                query.push("true");
            }
            (Queue::Approval, _) => {
                query.push("false");
            }
            (_, tab) => push_tab_condition(&mut query, tab, person),
        }
        if tab == Tab::Receive {
            push_units(&mut query, "w.act_unit", units);
        }
        query.push(")");
    }
    query.push(", COUNT(*) FILTER (WHERE w.act_by < ").push_bind(now);
    if queue != Queue::Approval {
        query.push(" AND ");
        push_tab_condition(&mut query, Tab::Todo, person);
    }
    query.push(") FROM work_item w");
    push_queue(&mut query, queue);
    push_sees(&mut query, &["w.accepting", "w.act_unit"], units);
    query
}
