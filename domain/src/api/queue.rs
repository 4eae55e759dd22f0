//! Queues: counts, pages, get-next.

use super::case::CaseView;
use crate::{
    case::{WorkItem, state::Priority, work_item::WorkStatus},
    catalogue::{Channel, ItemClass},
    id::{CaseId, ItemCode, PersonId, UnitId},
    money::Money,
    post::{Queue, Stage},
    time::DayEnd,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Tabs of a queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Tab {
    /// 待办: in the pool or in hand, workable.
    #[default]
    Todo,
    /// 我的: held by me.
    Mine,
    /// 等待中
    Waiting,
    /// 退回: here because of a return.
    Returned,
    /// 待签收: on a slip to this post, or a transfer to me.
    Receive,
    /// 今日办结
    Done,
}

impl Tab {
    /// All tabs in order.
    pub const ALL: [Self; 6] =
        [Self::Todo, Self::Mine, Self::Waiting, Self::Returned, Self::Receive, Self::Done];

    /// The wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Todo => "todo",
            Self::Mine => "mine",
            Self::Waiting => "waiting",
            Self::Returned => "returned",
            Self::Receive => "receive",
            Self::Done => "done",
        }
    }
}

/// Bands of `act_by` (process §3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Band {
    /// 已逾期
    Overdue,
    /// 2 小时内
    Soon,
    /// 今日
    Today,
    /// 之后
    Later,
}

impl Band {
    /// All bands in order of work.
    pub const ALL: [Self; 4] = [Self::Overdue, Self::Soon, Self::Today, Self::Later];

    /// The wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::Soon => "soon",
            Self::Today => "today",
            Self::Later => "later",
        }
    }
}

/// Limits of the bands for one unit at one moment, computed from its calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BandLimits {
    /// Now.
    #[serde(deserialize_with = "crate::time::wire::instant")]
    pub now: DateTime<Utc>,
    /// Two business hours from now.
    #[serde(deserialize_with = "crate::time::wire::instant")]
    pub soon: DateTime<Utc>,
    /// End of the business day.
    #[serde(deserialize_with = "crate::time::wire::instant")]
    pub today: DateTime<Utc>,
}

impl BandLimits {
    /// The band of a moment.
    pub fn band(&self, act_by: DateTime<Utc>) -> Band {
        if act_by < self.now {
            Band::Overdue
        } else if act_by < self.soon {
            Band::Soon
        } else if act_by < self.today {
            Band::Today
        } else {
            Band::Later
        }
    }
}

/// Order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Sort {
    /// By `act_by`, earliest first.
    #[default]
    Due,
    /// By arrival at the stage, earliest first.
    Arrived,
    /// By amount, largest first.
    Amount,
    /// By number.
    Number,
}

/// Query of `GET /api/queues/{queue}`. What is not set is not filtered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
pub struct QueueQuery {
    /// Tab.
    pub tab: Tab,
    /// Band of `act_by`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub band: Option<Band>,
    /// One unit of the scope with all below it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// One item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<ItemCode>,
    /// One class.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<ItemClass>,
    /// One channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// One holder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holder: Option<PersonId>,
    /// Only returned cases.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub returned: Option<bool>,
    /// Only this priority.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    /// Amount from, minor units.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount_from: Option<i64>,
    /// Case or policy number begins with, or applicant's name is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub search: Option<String>,
    /// Order.
    pub sort: Sort,
    /// Rows wanted, at most 200.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where the page before ended: opaque, bound to filter and sort.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// From the end backwards: the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<bool>,
}

/// A row of a queue: only what the list shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QueueRow {
    /// The case.
    pub id: CaseId,
    /// Its number.
    pub number: String,
    /// Its version.
    pub version: u64,
    /// Its status.
    pub status: WorkStatus,
    /// Stage it stands at.
    pub stage: Stage,
    /// Accepting unit.
    pub accepting: UnitId,
    /// Working unit.
    pub unit: UnitId,
    /// Holder, or giver while on a slip.
    pub holder: Option<PersonId>,
    /// Until when it waits.
    #[serde(default, deserialize_with = "crate::time::wire::maybe")]
    pub until: Option<DateTime<Utc>>,
    /// Earlier of post due and breach.
    #[serde(deserialize_with = "crate::time::wire::instant")]
    pub act_by: DateTime<Utc>,
    /// Post due.
    #[serde(deserialize_with = "crate::time::wire::instant")]
    pub due_at: DateTime<Utc>,
    /// Promised end.
    #[serde(default)]
    pub breach_at: Option<DayEnd>,
    /// Arrival at the stage.
    #[serde(deserialize_with = "crate::time::wire::instant")]
    pub arrived_at: DateTime<Utc>,
    /// Start of the cycle.
    #[serde(deserialize_with = "crate::time::wire::instant")]
    pub received_at: DateTime<Utc>,
    /// Times returned.
    pub returns: u16,
    /// Here because of a return.
    pub returned: bool,
    /// Priority.
    pub priority: Priority,
    /// Items.
    pub items: Vec<ItemCode>,
    /// Class.
    pub class: ItemClass,
    /// Amount, minor units.
    pub amount: Money,
    /// Policy number.
    pub policy_no: String,
    /// Applicant's name.
    pub applicant: String,
    /// Channel.
    pub channel: Channel,
    /// Who sent it here.
    pub from: Option<(Stage, PersonId)>,
    /// A proposal to decline is open.
    pub proposal: bool,
    /// A major finding bars the release.
    pub barred: bool,
    /// Imported from another system's log: read-only.
    pub imported: bool,
}

impl From<WorkItem> for QueueRow {
    fn from(work: WorkItem) -> Self {
        Self {
            id: work.case,
            number: work.number,
            version: work.version,
            status: work.status,
            stage: work.stage,
            accepting: work.accepting,
            unit: work.unit,
            holder: work.holder,
            until: work.until,
            act_by: work.act_by,
            due_at: work.due_at,
            breach_at: work.breach_at,
            arrived_at: work.arrived_at,
            received_at: work.received_at,
            returns: work.returns,
            returned: work.returned,
            priority: work.priority,
            items: work.items,
            class: work.class,
            amount: work.amount,
            policy_no: work.policy_no,
            applicant: work.applicant,
            channel: work.channel,
            from: work.from,
            proposal: work.proposal,
            barred: work.barred,
            imported: false,
        }
    }
}

/// A page of a queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QueuePage {
    /// The rows.
    pub items: Vec<QueueRow>,
    /// Where the next page begins.
    pub next: Option<String>,
    /// Rows in all under this filter.
    pub count: u64,
    /// Limits of the bands the counts below were taken with.
    pub bands: BandLimits,
    /// Rows per band, in order of [`Band::ALL`], without the band filter.
    pub band_counts: [u64; 4],
    /// Time of the data.
    #[serde(deserialize_with = "crate::time::wire::instant")]
    pub as_of: DateTime<Utc>,
}

/// Counts of one queue for the person who asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QueueCounts {
    /// The queue.
    pub queue: Queue,
    /// Per tab, in order of [`Tab::ALL`].
    pub tabs: [u64; 6],
    /// Of the first tab, overdue.
    pub overdue: u64,
}

/// Query of `GET /api/queues`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
pub struct QueuesQuery {
    /// One unit of the scope with all below it, as the lists show it; none = all of the scope.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
}

/// `GET /api/queues`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Queues {
    /// Queues of the person, in order.
    pub queues: Vec<QueueCounts>,
    /// Slips to receive.
    pub slips: u64,
    /// Sample checks open for this inspector.
    pub checks: u64,
    /// Time of the data.
    #[serde(deserialize_with = "crate::time::wire::instant")]
    pub as_of: DateTime<Utc>,
}

/// Why get-next gave this case: sentences in the lexicographic order of the rule, as typed facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Reason {
    /// It came back to the person who did the step.
    ReturnedToYou,
    /// Its band.
    Band(Band),
    /// It is here because of a return.
    Returned,
    /// Priority.
    Priority(Priority),
    /// Post due.
    PostDue(#[serde(deserialize_with = "crate::time::wire::instant")] DateTime<Utc>),
    /// Promised end, where it is the earlier one.
    Promised(DayEnd),
    /// Cases of the same band that are worked after it.
    BeforeOthers(u64),
}

/// `POST /api/queues/{queue}/next`: 200 with this, or 204 when there is nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Next {
    /// The case, now held.
    pub case: CaseView,
    /// Why this one.
    pub reason: Vec<Reason>,
}
