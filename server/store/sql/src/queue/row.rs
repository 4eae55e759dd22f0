//! A row of a list.

use crate::text::{named, named_option, read_json, small};
use chrono::{DateTime, Utc};
use domain::{
    api::queue::QueueRow,
    id::{CaseId, PersonId, UnitId},
    money::Money,
    time::DayEnd,
};
use store::StoreError;
use uuid::Uuid;

/// A row as read.
#[derive(sqlx::FromRow)]
pub(crate) struct ListRow {
    pub(crate) case_id: Uuid,
    pub(crate) number: String,
    pub(crate) version: i64,
    pub(crate) status: String,
    pub(crate) stage: String,
    pub(crate) accepting: String,
    pub(crate) unit: String,
    pub(crate) holder: Option<String>,
    pub(crate) until_at: Option<DateTime<Utc>>,
    pub(crate) act_by: DateTime<Utc>,
    pub(crate) due_at: DateTime<Utc>,
    pub(crate) breach_at: Option<DateTime<Utc>>,
    pub(crate) arrived_at: DateTime<Utc>,
    pub(crate) received_at: DateTime<Utc>,
    pub(crate) return_count: i64,
    pub(crate) returned: bool,
    pub(crate) priority: String,
    pub(crate) items: String,
    pub(crate) class: String,
    pub(crate) amount: i64,
    pub(crate) policy_no: String,
    pub(crate) applicant: String,
    pub(crate) channel: String,
    pub(crate) from_stage: Option<String>,
    pub(crate) from_person: Option<String>,
    pub(crate) proposal: bool,
    pub(crate) barred: bool,
    pub(crate) imported: bool,
}

/// Columns of `work_item` (alias `w`) in the order of the row.
pub(crate) const OF_WORK: &str = "SELECT w.case_id, w.number, w.version, w.status, w.stage, w.accepting, w.unit, \
    w.holder, w.until_at, w.act_by, w.due_at, w.breach_at, w.arrived_at, w.received_at, w.return_count, w.returned, \
    w.priority, w.items, w.class, w.amount, w.policy_no, w.applicant, w.channel, w.from_stage, w.from_person, \
    w.proposal, w.barred, w.imported FROM work_item w";

impl TryFrom<ListRow> for QueueRow {
    type Error = StoreError;

    fn try_from(row: ListRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: CaseId(row.case_id),
            number: row.number,
            version: small(row.version)?,
            status: named(&row.status)?,
            stage: named(&row.stage)?,
            accepting: UnitId(row.accepting),
            unit: UnitId(row.unit),
            holder: row.holder.map(PersonId),
            until: row.until_at,
            act_by: row.act_by,
            due_at: row.due_at,
            breach_at: row.breach_at.map(DayEnd::before),
            arrived_at: row.arrived_at,
            received_at: row.received_at,
            returns: small(row.return_count)?,
            returned: row.returned,
            priority: named(&row.priority)?,
            items: read_json(&row.items)?,
            class: named(&row.class)?,
            amount: Money::fen(row.amount),
            policy_no: row.policy_no,
            applicant: row.applicant,
            channel: named(&row.channel)?,
            from: named_option(row.from_stage.as_deref())?.zip(row.from_person.map(PersonId)),
            proposal: row.proposal,
            barred: row.barred,
            imported: row.imported,
        })
    }
}
