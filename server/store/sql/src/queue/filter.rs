//! What narrows a list: only what is set is pushed, so that every statement can use its index.

use crate::{
    dialect::Db,
    rows::{push_list, push_sees},
    text::{name, prefix_end},
};
use domain::{
    api::queue::{Band, BandLimits, QueueQuery, Tab},
    id::{PersonId, UnitId},
    policy::PolicyNumber,
    post::Queue,
    time::Timestamp,
};
use sqlx::QueryBuilder;
use store::{QueueAsk, StoreError};

/// Columns of the unit a case was accepted by and of the unit whose people act on it next.
const UNITS: [&str; 2] = ["w.accepting", "w.act_unit"];

/// Queue, tab, scope and filters, but for the band.
pub(super) fn push_where(query: &mut QueryBuilder<Db>, ask: &QueueAsk<'_>) -> Result<(), StoreError> {
    push_queue(query, ask.queue);
    push_tab(query, ask.queue, ask.tab(), ask.person);
    match ask.tab() {
        // Only who works there can receive there.
        Tab::Receive => push_sees(query, &["w.act_unit"], ask.units),
        _ => push_sees(query, &UNITS, ask.units),
    }
    if !ask.within.is_empty() {
        push_sees(query, &UNITS, ask.within);
    }
    push_filters(query, ask.query)
}

/// The queue; approvals stand in every queue.
pub(super) fn push_queue(query: &mut QueryBuilder<Db>, queue: Queue) {
    match queue {
        Queue::Approval => query.push(" WHERE w.approvals > 0"),
        queue => query.push(" WHERE w.queue = ").push_bind(queue.as_str()),
    };
}

fn push_tab(query: &mut QueryBuilder<Db>, queue: Queue, tab: Tab, person: &PersonId) {
    if queue == Queue::Approval {
        if tab != Tab::Todo {
            query.push(" AND false");
        }
        return;
    }
    query.push(" AND ");
    push_tab_condition(query, tab, person);
}

/// What a tab shows.
pub(super) fn push_tab_condition(query: &mut QueryBuilder<Db>, tab: Tab, person: &PersonId) {
    match tab {
        Tab::Todo => query.push("w.status IN ('ready', 'claimed')"),
        Tab::Mine => {
            query.push("w.status IN ('claimed', 'waiting') AND w.holder = ").push_bind(person.as_str())
        }
        Tab::Waiting => query.push("w.status = 'waiting'"),
        Tab::Returned => query.push("w.returned AND w.status <> 'handed_over'"),
        Tab::Receive => {
            query.push("(w.status = 'handed_over' OR w.transfer_to = ").push_bind(person.as_str()).push(")")
        }
        Tab::Done => query.push("false"),
    };
}

fn push_filters(query: &mut QueryBuilder<Db>, filter: &QueueQuery) -> Result<(), StoreError> {
    if let Some(item) = &filter.item {
        query
            .push(" AND EXISTS (SELECT 1 FROM work_line l WHERE l.case_id = w.case_id AND l.item = ")
            .push_bind(item.as_str())
            .push(")");
    }
    if let Some(class) = &filter.class {
        query.push(" AND w.class = ").push_bind(name(class)?);
    }
    if let Some(channel) = &filter.channel {
        query.push(" AND w.channel = ").push_bind(name(channel)?);
    }
    if let Some(holder) = &filter.holder {
        query.push(" AND w.holder = ").push_bind(holder.as_str());
    }
    match filter.returned {
        Some(true) => query.push(" AND w.returned"),
        Some(false) => query.push(" AND NOT w.returned"),
        None => query,
    };
    if let Some(priority) = &filter.priority {
        query.push(" AND w.priority = ").push_bind(name(priority)?);
    }
    if let Some(amount) = filter.amount_from {
        query.push(" AND w.amount >= ").push_bind(amount);
    }
    push_search(query, "w", filter.search.as_deref());
    Ok(())
}

/// Number, policy number or name begin with a text.
pub(super) fn push_search(query: &mut QueryBuilder<Db>, alias: &str, text: Option<&str>) {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { return };
    query.push(" AND (");
    let policy_no = PolicyNumber::new(text);
    let columns = [("number", text), ("policy_no", policy_no.as_str()), ("applicant", text)];
    // Of a text without a letter or digit nothing is left to begin a policy number with.
    for (place, (column, text)) in columns.into_iter().filter(|(_, text)| !text.is_empty()).enumerate() {
        if place > 0 {
            query.push(" OR ");
        }
        for (sign, bound) in [(" >= ", text.to_owned()), (" < ", prefix_end(text))] {
            query.push(if sign == " < " { " AND " } else { "(" });
            query.push(alias).push(".").push(column).push(sign).push_bind(bound);
        }
        query.push(")");
    }
    query.push(")");
}

/// A band as a range of `act_by`: from, to.
pub(super) const fn range(bands: &BandLimits, band: Band) -> (Option<Timestamp>, Option<Timestamp>) {
    match band {
        Band::Overdue => (None, Some(bands.now)),
        Band::Soon => (Some(bands.now), Some(bands.soon)),
        Band::Today => (Some(bands.soon), Some(bands.today)),
        Band::Later => (Some(bands.today), None),
    }
}

/// Narrows to a band.
pub(super) fn push_band(query: &mut QueryBuilder<Db>, bands: &BandLimits, band: Band) {
    let (from, to) = range(bands, band);
    if let Some(from) = from {
        query.push(" AND w.act_by >= ").push_bind(from);
    }
    if let Some(to) = to {
        query.push(" AND w.act_by < ").push_bind(to);
    }
}

/// Narrows a column to units.
pub(super) fn push_units<'u>(
    query: &mut QueryBuilder<Db>,
    column: &str,
    units: impl IntoIterator<Item = &'u UnitId>,
) {
    query.push(" AND ").push(column);
    push_list(query, units.into_iter().map(UnitId::as_str));
}
