//! Rows of an imported event log.

use super::START;
use crate::{
    rows::{Row, Values},
    text::{name, whole},
};
use chrono::{DateTime, Utc};
use domain::{
    api::case::ImportedStep,
    case::{state::Priority, work_item::rank},
    catalogue::Channel,
    id::CaseId,
};
use store::{Imported, StoreError};

/// A number a source has brought.
pub(super) struct SourceRow<'s> {
    pub(super) source: &'s str,
    pub(super) number: &'s str,
    pub(super) case: CaseId,
}

impl Row for SourceRow<'_> {
    const TABLE: &'static str = "source_case";
    const COLUMNS: &'static [&'static str] = &["source", "number", "case_id"];

    fn bind(&self, values: &mut Values<'_>) {
        values.push_bind(self.source).push_bind(self.number).push_bind(self.case.0);
    }
}

/// An imported case.
pub(super) struct ImportedRow<'i> {
    source: &'i str,
    case: &'i Imported,
    first: &'i ImportedStep,
    last: &'i ImportedStep,
    steps: i64,
}

impl<'i> ImportedRow<'i> {
    pub(super) fn of(source: &'i str, case: &'i Imported) -> Result<Self, StoreError> {
        let (Some(first), Some(last)) = (case.steps.first(), case.steps.last()) else {
            return Err(StoreError::Invalid("an imported case without a step"));
        };
        Ok(Self { source, case, first, last, steps: i64::try_from(case.steps.len()).unwrap_or(i64::MAX) })
    }
}

impl Row for ImportedRow<'_> {
    const TABLE: &'static str = "imported_case";
    const COLUMNS: &'static [&'static str] = &[
        "case_id",
        "source",
        "number",
        "unit",
        "channel",
        "department",
        "deadline",
        "end_at",
        "is_open",
        "by_day",
        "stage",
        "steps",
        "first_at",
        "last_at",
        "version",
        "link",
    ];

    fn bind(&self, values: &mut Values<'_>) {
        values
            .push_bind(self.case.id.0)
            .push_bind(self.source)
            .push_bind(self.case.number.as_str())
            .push_bind(self.case.unit.as_str())
            .push_bind(self.case.channel.as_deref())
            .push_bind(self.case.department.as_deref())
            .push_bind(self.case.deadline.map(whole))
            .push_bind(self.case.end.map(whole))
            .push_bind(self.case.open)
            .push_bind(self.case.by_day)
            .push_bind(self.last.stage.as_str())
            .push_bind(self.steps)
            .push_bind(whole(self.first.at))
            .push_bind(whole(self.last.at))
            .push_bind(0_i64)
            .push_bind(START.as_slice());
    }
}

/// A step of an imported case.
pub(super) struct StepRow<'s> {
    case: CaseId,
    no: i64,
    step: &'s ImportedStep,
}

impl<'s> StepRow<'s> {
    pub(super) fn of(case: &'s Imported) -> impl Iterator<Item = Self> {
        (1..).zip(&case.steps).map(|(no, step)| Self { case: case.id, no, step })
    }
}

impl Row for StepRow<'_> {
    const TABLE: &'static str = "imported_step";
    const COLUMNS: &'static [&'static str] = &[
        "case_id",
        "step_no",
        "at",
        "started_at",
        "activity",
        "stage",
        "resource",
        "team",
        "rework",
        "referral",
    ];

    fn bind(&self, values: &mut Values<'_>) {
        values
            .push_bind(self.case.0)
            .push_bind(self.no)
            .push_bind(whole(self.step.at))
            .push_bind(self.step.started_at.map(whole))
            .push_bind(self.step.activity.as_str())
            .push_bind(self.step.stage.as_str())
            .push_bind(self.step.resource.as_deref())
            .push_bind(self.step.group.as_deref())
            .push_bind(self.step.rework)
            .push_bind(self.step.referral);
    }
}

/// An open imported case in lists: under the stage of its last step, in nobody's pool.
pub(super) struct WorkRow<'w> {
    case: &'w Imported,
    version: i64,
    last: &'w ImportedStep,
    received_at: DateTime<Utc>,
    act_by: DateTime<Utc>,
    channel: String,
}

impl<'w> WorkRow<'w> {
    /// A case with so many notes; none where it has no step.
    pub(super) fn of(case: &'w Imported, version: i64) -> Option<Self> {
        let (first, last) = (case.steps.first()?, case.steps.last()?);
        Some(Self {
            case,
            version,
            last,
            received_at: whole(first.at),
            act_by: whole(case.deadline.unwrap_or(last.at)),
            channel: name(&channel(case.channel.as_deref())).ok()?,
        })
    }
}

/// The channel of ours a word of another system comes nearest to; what came as data counts as online.
fn channel(word: Option<&str>) -> Channel {
    match word.unwrap_or_default().to_lowercase().as_str() {
        "desk" | "counter" | "柜面" => Channel::Counter,
        "post" | "mail" | "邮寄" => Channel::Post,
        "phone" | "telephone" | "电话" => Channel::Phone,
        "agent" | "业务员" => Channel::Agent,
        _ => Channel::Online,
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
        "act_by",
        "due_at",
        "breach_at",
        "rank",
        "arrived_at",
        "received_at",
        "moved_at",
        "return_count",
        "returned",
        "priority",
        "items",
        "class",
        "amount",
        "policy_no",
        "applicant",
        "channel",
        "approvals",
        "proposal",
        "barred",
        "imported",
    ];

    fn bind(&self, values: &mut Values<'_>) {
        let (case, stage) = (self.case, self.last.stage);
        let last_at = whole(self.last.at);
        values
            .push_bind(case.id.0)
            .push_bind(case.number.as_str())
            .push_bind(self.version)
            .push_bind(stage.queue().as_str())
            .push_bind(stage.as_str())
            .push_bind("ready")
            .push_bind(case.unit.as_str())
            .push_bind(case.unit.as_str())
            .push_bind(case.unit.as_str())
            .push_bind(self.act_by)
            .push_bind(self.act_by)
            .push_bind(case.deadline.map(whole))
            .push_bind(i64::from(rank(false, Priority::None)))
            .push_bind(last_at)
            .push_bind(self.received_at)
            .push_bind(last_at)
            .push_bind(0_i64)
            .push_bind(false)
            .push_bind("none")
            .push_bind("[]")
            .push_bind("other")
            .push_bind(0_i64)
            .push_bind("")
            .push_bind("")
            .push_bind(self.channel.as_str())
            .push_bind(0_i64)
            .push_bind(false)
            .push_bind(false)
            .push_bind(true);
    }
}
