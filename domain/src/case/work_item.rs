//! The narrow row of open work that queues read, derived from the case alone.

use super::state::{Approval, ApprovalState, Case, Priority, State, Status};
use crate::{
    actor::Person,
    catalogue::{Catalogue, FeeDirection, ItemClass, compute_fees},
    id::{CaseId, ItemCode, PersonId, UnitId},
    money::Money,
    post::{Queue, Stage},
    time::DayEnd,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Status of a row of work, as tabs and filters know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum WorkStatus {
    /// In the pool.
    Ready,
    /// Held.
    Claimed,
    /// Held, waiting.
    Waiting,
    /// On a slip to this queue's stage, to be received.
    HandedOver,
}

impl WorkStatus {
    /// The wire and database name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Claimed => "claimed",
            Self::Waiting => "waiting",
            Self::HandedOver => "handed_over",
        }
    }

    /// The status of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Ready, Self::Claimed, Self::Waiting, Self::HandedOver]
            .into_iter()
            .find(|status| status.as_str() == name)
    }
}

/// A row of open work. There is one per open case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WorkItem {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// Its version.
    pub version: u64,
    /// The stage it stands at (the giver's while on a slip).
    pub stage: Stage,
    /// Its status there.
    pub status: WorkStatus,
    /// Accepting unit.
    pub accepting: UnitId,
    /// Working unit of the stage.
    pub unit: UnitId,
    /// Who holds it; the giver while on a slip.
    pub holder: Option<PersonId>,
    /// Stage and unit that are to receive it, while on a slip.
    pub to: Option<(Stage, UnitId)>,
    /// The receiver of an open transfer.
    pub transfer_to: Option<PersonId>,
    /// Until when it waits.
    pub until: Option<DateTime<Utc>>,
    /// Earlier of post due and breach: the order of the queue.
    pub act_by: DateTime<Utc>,
    /// Post due.
    pub due_at: DateTime<Utc>,
    /// Promised end.
    pub breach_at: Option<DayEnd>,
    /// Order within a band before `act_by`: 0 returned … see [`rank`].
    pub rank: u8,
    /// Arrival at the stage.
    pub arrived_at: DateTime<Utc>,
    /// Start of the cycle.
    pub received_at: DateTime<Utc>,
    /// Last event.
    pub moved_at: DateTime<Utc>,
    /// Times returned.
    pub returns: u16,
    /// It stands here because of a return.
    pub returned: bool,
    /// Kept for this person after a return.
    pub reserved_for: Option<PersonId>,
    /// Until when it is kept.
    pub reserved_until: Option<DateTime<Utc>>,
    /// Priority.
    pub priority: Priority,
    /// Items, in order.
    pub items: Vec<ItemCode>,
    /// Class of the first item.
    pub class: ItemClass,
    /// Amount a grant must cover at recheck: largest over the classes, minor units.
    pub amount: Money,
    /// Policy number.
    pub policy_no: String,
    /// Applicant's name.
    pub applicant: String,
    /// Channel.
    pub channel: crate::catalogue::Channel,
    /// Who handed it over to this stage, for *from* 来自.
    pub from: Option<(Stage, PersonId)>,
    /// Stages somebody worked at with everyone who did: separation in SQL.
    pub worked: Vec<(Stage, PersonId)>,
    /// Open requests for approval.
    pub approvals: Vec<Approval>,
    /// A proposal to decline is open.
    pub proposal: bool,
    /// A major finding bars the release.
    pub barred: bool,
}

/// Order within a band (process §3): returned, then priority, then `act_by`. An unread reply, which
/// comes before both, has its place kept: 0 and 1 belong to it.
pub const fn rank(returned: bool, priority: Priority) -> u8 {
    let priority = match priority {
        Priority::Complaint => 0,
        Priority::Vip => 1,
        Priority::None => 2,
    };
    2 + (if returned { 0 } else { 3 }) + priority
}

impl WorkItem {
    /// The row of an open case; none once it has ended.
    pub fn of(case: &Case, catalogue: &Catalogue) -> Option<Self> {
        let State::Open { stage, status } = &case.state else { return None };
        let (status, holder, to, transfer_to, until) = match status {
            Status::Ready => (WorkStatus::Ready, None, None, None, None),
            Status::Claimed(holding) => (
                WorkStatus::Claimed,
                Some(holding.by.clone()),
                None,
                holding.transfer.as_ref().map(|transfer| transfer.to.clone()),
                None,
            ),
            Status::Waiting { holding, hold } => (
                WorkStatus::Waiting,
                Some(holding.by.clone()),
                None,
                holding.transfer.as_ref().map(|transfer| transfer.to.clone()),
                Some(hold.until),
            ),
            Status::HandedOver(line) => (
                WorkStatus::HandedOver,
                Some(line.giver.clone()),
                Some((line.to, line.unit.clone())),
                None,
                None,
            ),
        };
        let amounts = case.amounts(catalogue);
        Some(Self {
            case: case.id,
            number: case.number.clone(),
            version: case.version,
            stage: *stage,
            status,
            accepting: case.accepting.clone(),
            unit: case.working_unit().clone(),
            holder,
            to,
            transfer_to,
            until,
            act_by: case.act_by(),
            due_at: case.due_at,
            breach_at: case.breach_at,
            rank: rank(case.returned.is_some(), case.priority),
            arrived_at: case.arrived_at,
            received_at: case.registration.received_at,
            moved_at: case.moved_at,
            returns: case.returns,
            returned: case.returned.is_some(),
            reserved_for: case.reserved.as_ref().map(|reserved| reserved.person.clone()),
            reserved_until: case.reserved.as_ref().map(|reserved| reserved.until),
            priority: case.priority,
            items: case.open_items().map(|item| item.code.clone()).collect(),
            class: case.class(catalogue),
            amount: amounts.values().copied().max().unwrap_or(Money::ZERO),
            policy_no: case.registration.policy.policy_no.to_string(),
            applicant: case.registration.applicant.clone(),
            channel: case.registration.channel,
            from: case.came_from(),
            worked: case
                .worked
                .iter()
                .flat_map(|(stage, people)| people.iter().map(|person| (*stage, person.clone())))
                .collect(),
            approvals: case
                .approvals
                .iter()
                .filter(|approval| approval.state == ApprovalState::Open)
                .cloned()
                .collect(),
            proposal: case.proposal.is_some(),
            barred: !case.bars.is_empty(),
        })
    }

    /// The queue it stands in: the receiving stage's while on a slip.
    pub fn queue(&self) -> Queue {
        self.to.as_ref().map_or(self.stage, |(stage, _)| *stage).queue()
    }
}

impl Case {
    /// Amount per class that a grant must cover: the sum over the items of the larger of total refund
    /// and total collect, as settled (process §2).
    pub fn amounts(&self, catalogue: &Catalogue) -> BTreeMap<ItemClass, Money> {
        let mut amounts = BTreeMap::new();
        for item in self.open_items() {
            let Some(entry) = catalogue.item(&item.code) else { continue };
            let (collect, refund) =
                if item.fees.is_some() { item.totals() } else { self.computed_totals(item, entry) };
            *amounts.entry(entry.class).or_insert(Money::ZERO) += collect.max(refund);
        }
        amounts
    }

    /// Totals to collect and to refund as computed, before they are settled; zero where the rule cannot
    /// compute yet.
    fn computed_totals(&self, item: &super::CaseItem, entry: &crate::catalogue::Item) -> (Money, Money) {
        let none = super::item::Fields::new();
        let fields = item.entered.as_ref().map_or(&none, |entered| &entered.fields);
        let on = self.registration.applied_on;
        let computed = compute_fees(entry, &self.registration.policy, fields, on).unwrap_or_default();
        let sum = |direction| {
            computed.iter().filter(|fee| fee.direction == direction).map(|fee| fee.amount).sum::<Money>()
        };
        (sum(FeeDirection::Collect), sum(FeeDirection::Refund))
    }

    /// Class of the case: the one with the longest targets among its open items, which is the order of
    /// [`ItemClass`].
    pub fn class(&self, catalogue: &Catalogue) -> ItemClass {
        self.open_items()
            .filter_map(|item| catalogue.item(&item.code))
            .map(|item| item.class)
            .max()
            .unwrap_or(ItemClass::Other)
    }

    /// Earlier of post due and breach.
    pub fn act_by(&self) -> DateTime<Utc> {
        self.breach_at.map_or(self.due_at, |breach| breach.first_too_late().min(self.due_at))
    }

    /// Who sent it here: the return's stage or the last post before this one.
    fn came_from(&self) -> Option<(Stage, PersonId)> {
        let stage = match &self.returned {
            Some(returned) => returned.from,
            None => self.visits.iter().rev().nth(1)?.stage,
        };
        self.last_done.get(&stage).map(|person| (stage, person.clone()))
    }

    /// The open request of that number.
    pub fn open_approval(&self, no: u16) -> Option<&Approval> {
        self.approvals.iter().find(|approval| approval.no == no && approval.state == ApprovalState::Open)
    }
}

/// Whether a person may be offered this row at all, by what the row knows: scope and separation. The
/// last word is `decide(Claim)`.
pub fn may_offer(item: &WorkItem, person: &Person) -> bool {
    person.holds(item.stage.post()) && person.scope.contains(&item.unit)
}
