//! Open work: the narrow row queues read, with who worked on the case and its items.

use crate::{
    dialect::Conn,
    error::store_error,
    rows::{Row, Values, insert},
    text::{int, json, name, whole},
};
use chrono::{DateTime, Utc};
use domain::{
    case::{Case, WorkItem},
    id::{CaseId, ItemCode, PersonId},
    post::Stage,
};
use store::{Change, StoreError};

/// A row of open work to be written.
pub(crate) struct WorkRow<'w> {
    item: &'w WorkItem,
    version: i64,
    active_at: Option<DateTime<Utc>>,
    priority: String,
    items: String,
    class: String,
    channel: String,
    approvals: i64,
}

impl<'w> WorkRow<'w> {
    pub(crate) fn of(item: &'w WorkItem, case: &Case) -> Result<Self, StoreError> {
        Ok(Self {
            item,
            version: int(item.version)?,
            active_at: case.holding().map(|holding| whole(holding.active_at)),
            priority: name(&item.priority)?,
            items: json(&item.items)?,
            class: name(&item.class)?,
            channel: name(&item.channel)?,
            approvals: int(item.approvals.len() as u64)?,
        })
    }
}

impl Row for WorkRow<'_> {
    const TABLE: &'static str = "work_item";
    const COLUMNS: &'static [&'static str] = &[
        "case_id",
        "number",
        "version",
        "queue",
        "stage",
        "status",
        "accepting",
        "unit",
        "act_unit",
        "holder",
        "to_stage",
        "to_unit",
        "transfer_to",
        "until_at",
        "act_by",
        "due_at",
        "breach_at",
        "rank",
        "arrived_at",
        "received_at",
        "moved_at",
        "active_at",
        "return_count",
        "returned",
        "reserved_for",
        "reserved_until",
        "priority",
        "items",
        "class",
        "amount",
        "policy_no",
        "applicant",
        "channel",
        "from_stage",
        "from_person",
        "approvals",
        "proposal",
        "barred",
        "imported",
    ];
    const TAIL: &'static str = " ON CONFLICT (case_id) DO UPDATE SET version = excluded.version, \
        queue = excluded.queue, stage = excluded.stage, status = excluded.status, unit = excluded.unit, \
        act_unit = excluded.act_unit, holder = excluded.holder, to_stage = excluded.to_stage, \
        to_unit = excluded.to_unit, transfer_to = excluded.transfer_to, until_at = excluded.until_at, \
        act_by = excluded.act_by, due_at = excluded.due_at, breach_at = excluded.breach_at, rank = excluded.rank, \
        arrived_at = excluded.arrived_at, received_at = excluded.received_at, moved_at = excluded.moved_at, \
        active_at = excluded.active_at, return_count = excluded.return_count, returned = excluded.returned, \
        reserved_for = excluded.reserved_for, reserved_until = excluded.reserved_until, \
        priority = excluded.priority, items = excluded.items, class = excluded.class, amount = excluded.amount, \
        policy_no = excluded.policy_no, applicant = excluded.applicant, channel = excluded.channel, \
        from_stage = excluded.from_stage, from_person = excluded.from_person, approvals = excluded.approvals, \
        proposal = excluded.proposal, barred = excluded.barred";

    fn bind(&self, values: &mut Values<'_>) {
        let item = self.item;
        let act_unit = item.to.as_ref().map_or(&item.unit, |(_, unit)| unit);
        values
            .push_bind(item.case.0)
            .push_bind(item.number.as_str())
            .push_bind(self.version)
            .push_bind(item.queue().as_str())
            .push_bind(item.stage.as_str())
            .push_bind(item.status.as_str())
            .push_bind(item.accepting.as_str())
            .push_bind(item.unit.as_str())
            .push_bind(act_unit.as_str())
            .push_bind(item.holder.as_ref().map(PersonId::as_str))
            .push_bind(item.to.as_ref().map(|(stage, _)| stage.as_str()))
            .push_bind(item.to.as_ref().map(|(_, unit)| unit.as_str()))
            .push_bind(item.transfer_to.as_ref().map(PersonId::as_str))
            .push_bind(item.until.map(whole))
            .push_bind(whole(item.act_by))
            .push_bind(whole(item.due_at))
            .push_bind(item.breach_at.map(|promised| whole(promised.first_too_late())))
            .push_bind(i64::from(item.rank))
            .push_bind(whole(item.arrived_at))
            .push_bind(whole(item.received_at))
            .push_bind(whole(item.moved_at))
            .push_bind(self.active_at)
            .push_bind(i64::from(item.returns))
            .push_bind(item.returned)
            .push_bind(item.reserved_for.as_ref().map(PersonId::as_str))
            .push_bind(item.reserved_until.map(whole))
            .push_bind(self.priority.as_str())
            .push_bind(self.items.as_str())
            .push_bind(self.class.as_str())
            .push_bind(item.amount.minor)
            .push_bind(item.policy_no.as_str())
            .push_bind(item.applicant.as_str())
            .push_bind(self.channel.as_str())
            .push_bind(item.from.as_ref().map(|(stage, _)| stage.as_str()))
            .push_bind(item.from.as_ref().map(|(_, person)| person.as_str()))
            .push_bind(self.approvals)
            .push_bind(item.proposal)
            .push_bind(item.barred)
            .push_bind(false);
    }
}

/// Somebody who worked on an open case.
pub(crate) struct WorkerRow<'w> {
    pub(crate) case: CaseId,
    pub(crate) person: &'w PersonId,
    pub(crate) stage: Stage,
}

impl Row for WorkerRow<'_> {
    const TABLE: &'static str = "work_person";
    const COLUMNS: &'static [&'static str] = &["case_id", "person", "stage"];
    const TAIL: &'static str = " ON CONFLICT (case_id, person, stage) DO NOTHING";

    fn bind(&self, values: &mut Values<'_>) {
        values.push_bind(self.case.0).push_bind(self.person.as_str()).push_bind(self.stage.as_str());
    }
}

/// An item of an open case.
pub(crate) struct ItemRow<'w> {
    pub(crate) case: CaseId,
    pub(crate) no: i64,
    pub(crate) item: &'w ItemCode,
}

impl Row for ItemRow<'_> {
    const TABLE: &'static str = "work_line";
    const COLUMNS: &'static [&'static str] = &["case_id", "line_no", "item"];

    fn bind(&self, values: &mut Values<'_>) {
        values.push_bind(self.case.0).push_bind(self.no).push_bind(self.item.as_str());
    }
}

/// Items of a case with their numbers.
pub(crate) fn items(change: &Change) -> impl Iterator<Item = ItemRow<'_>> {
    change.after.open_items().map(|item| ItemRow {
        case: change.after.id,
        no: i64::from(item.no),
        item: &item.code,
    })
}

/// Writes the open work of a case anew, or takes it away once the case has ended.
pub(super) async fn replace(conn: &mut Conn, change: &Change) -> Result<(), StoreError> {
    let id = change.after.id;
    let Some(work) = &change.work else {
        for statement in [
            sqlx::query!("DELETE FROM work_item WHERE case_id = $1", id.0),
            sqlx::query!("DELETE FROM work_person WHERE case_id = $1", id.0),
            sqlx::query!("DELETE FROM work_line WHERE case_id = $1", id.0),
        ] {
            statement.execute(&mut *conn).await.map_err(store_error)?;
        }
        return Ok(());
    };
    insert(conn, &[WorkRow::of(work, &change.after)?]).await.map_err(store_error)?;
    let workers: Vec<WorkerRow<'_>> =
        change.worked.iter().map(|(stage, person)| WorkerRow { case: id, person, stage: *stage }).collect();
    insert(conn, &workers).await.map_err(store_error)?;
    if change.items_changed {
        sqlx::query!("DELETE FROM work_line WHERE case_id = $1", id.0)
            .execute(&mut *conn)
            .await
            .map_err(store_error)?;
        let items: Vec<ItemRow<'_>> = items(change).collect();
        insert(conn, &items).await.map_err(store_error)?;
    }
    Ok(())
}
