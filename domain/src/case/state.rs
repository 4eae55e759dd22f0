//! The state of a case.

use super::{
    item::CaseItem,
    registration::{Material, Registration, Shortfall},
    returns::Return,
    visit::{Transit, Visit},
};
use crate::{
    actor::By,
    catalogue::CatalogueVersion,
    id::{CaseId, CheckId, PersonId, SlipId, UnitId},
    post::Stage,
    time::DayEnd,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Priority within a band of the queue; the order of the variants is the order of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Priority {
    /// A complaint hangs on it.
    Complaint,
    /// An important customer.
    Vip,
    /// None.
    #[default]
    None,
}

/// Where the case came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Origin {
    /// Registered by a clerk.
    Registered,
    /// Registered by another system or from a case list: its name.
    Integration(String),
}

/// Why a case waits. Kinds whose desks are not there yet are absent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Hold {
    /// Why 暂挂.
    pub reason: String,
    /// Until when.
    pub until: DateTime<Utc>,
    /// Since when.
    pub since: DateTime<Utc>,
    /// It was approved that the due time moves.
    pub moves_due: bool,
}

/// A transfer of holding under way: the giver stays custodian until the receiver confirms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Transfer {
    /// The receiver.
    pub to: PersonId,
    /// The slip it travels on.
    pub slip: SlipId,
    /// When it was offered.
    pub since: DateTime<Utc>,
}

/// Who holds a case, with the lease.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Holding {
    /// The holder.
    pub by: PersonId,
    /// Since when.
    pub since: DateTime<Utc>,
    /// Last activity: the lease runs from here in business minutes.
    pub active_at: DateTime<Utc>,
    /// A transfer under way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transfer: Option<Transfer>,
}

/// Pages counted by a receiver, unseen, per material in the order of the slip line.
pub type Count = Vec<u16>;

/// A case on a slip 交接清单: given, not yet confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Line {
    /// Who put it there, custodian until the receiver confirms.
    pub giver: PersonId,
    /// A lead sent it back from the pool: then the post is the giver and custodian, and after a difference or a
    /// take-back the case is in the pool again.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub from_post: bool,
    /// The slip.
    pub slip: SlipId,
    /// Stage it goes to.
    pub to: Stage,
    /// Unit that works that stage.
    pub unit: UnitId,
    /// Since when: the visit of the giver ends here once the receiver confirms.
    pub since: DateTime<Utc>,
    /// Set on a return.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returned: Option<Return>,
    /// First and second count that differed from what the slip states.
    #[serde(default)]
    pub counts: Vec<Count>,
    /// Who counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counted_by: Option<PersonId>,
    /// Sent back by a lead who did not hold it: the step it comes from was not finished, and is no recheck.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unfinished: bool,
}

/// Status of an open case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Status {
    /// In the shared pool of its stage.
    Ready,
    /// Held by a person.
    Claimed(Holding),
    /// Held, and waiting.
    Waiting {
        /// Who holds it.
        holding: Holding,
        /// Why it waits.
        hold: Hold,
    },
    /// On a slip to another stage.
    HandedOver(Line),
}

/// How a case ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Ending {
    /// 下发
    Released,
    /// 撤销
    Withdrawn,
    /// 拒绝
    Declined,
}

/// Open or ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum State {
    /// In the house.
    Open {
        /// The stage it stands at.
        stage: Stage,
        /// Its status there.
        status: Status,
    },
    /// Out of the house.
    Ended {
        /// How.
        ending: Ending,
        /// When.
        at: DateTime<Utc>,
        /// The stage it stood at.
        stage: Stage,
    },
}

/// A proposal to decline 拟拒绝.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Proposal {
    /// Stage that proposed.
    pub stage: Stage,
    /// Why.
    pub reason: String,
    /// Items it names.
    pub items: Vec<u8>,
    /// Who proposed.
    pub by: PersonId,
}

/// What an approval is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Matter {
    /// The count of a material is amended.
    AmendCount {
        /// Index of the material.
        material: u16,
        /// New number of pages.
        pages: u16,
    },
    /// Items effective in the core are returned.
    ReturnEffective {
        /// To this stage.
        to: Stage,
        /// The effective items, by number; a request of an older version named none and allows none.
        #[serde(default)]
        items: Vec<u8>,
    },
    /// The core result of an item is cancelled after it took effect.
    CancelEffective {
        /// The item's number.
        item: u8,
    },
    /// A fee deviates from the computed line by more than the grant.
    FeeDeviation {
        /// The item's number.
        item: u8,
        /// In whose favour: `refund` = the customer gets more or pays less than computed, `collect` = less or
        /// more. A request of an older version named none and allows none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        towards: Option<crate::catalogue::FeeDirection>,
        /// By how much at most.
        amount: crate::money::Money,
    },
    /// The application of an item is keyed blind a third time.
    AskedAgain {
        /// The item's number.
        item: u8,
    },
    /// A hold that moves the due time.
    HoldMovesDue {
        /// Until when.
        #[serde(deserialize_with = "crate::time::wire::millis")]
        until: DateTime<Utc>,
    },
}

/// How a request for approval stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ApprovalState {
    /// Waiting for an answer.
    Open,
    /// Given, and not used yet.
    Granted(PersonId),
    /// Refused.
    Refused {
        /// By whom.
        by: PersonId,
        /// Why.
        reason: String,
    },
    /// Used up by the act it was asked for.
    Used,
    /// Fell with a hand-over, a return or the end.
    Fallen,
}

/// A request for approval.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Approval {
    /// Number within the case, from 1.
    pub no: u16,
    /// What for.
    pub matter: Matter,
    /// Why.
    pub reason: String,
    /// Who asked.
    pub by: PersonId,
    /// When.
    pub at: DateTime<Utc>,
    /// The first of two signatures, where what is asked for is beyond every grant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed: Option<PersonId>,
    /// How it stands.
    pub state: ApprovalState,
}

impl Approval {
    /// Whether the person gave it, alone or as one of two.
    pub fn given_by(&self, person: &PersonId) -> bool {
        self.signed.as_ref() == Some(person)
            || matches!(&self.state, ApprovalState::Granted(by) if by == person)
    }
}

/// A major finding that bars the release until the second check of that step conforms (quality §3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Bar {
    /// The check that found it.
    pub check: CheckId,
    /// The step checked.
    pub stage: Stage,
    /// Who found it.
    pub by: PersonId,
    /// When.
    pub at: DateTime<Utc>,
}

/// After a return was received: who last did the step named, and until when the case is kept for them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Reserved {
    /// For whom.
    pub person: PersonId,
    /// Until when: one business day.
    pub until: DateTime<Utc>,
}

/// A case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Case {
    /// Its id.
    pub id: CaseId,
    /// What people read: `SH-260318-0417`.
    pub number: String,
    /// Number of events applied.
    pub version: u64,
    /// The catalogue it began with and keeps.
    pub catalogue: CatalogueVersion,
    /// Where it came from.
    pub origin: Origin,
    /// Accepting unit 受理机构.
    pub accepting: UnitId,
    /// Working unit 作业机构 of each stage it has been at.
    #[cfg_attr(feature = "openapi", schema(value_type = std::collections::HashMap<String, UnitId>))]
    pub working: BTreeMap<Stage, UnitId>,
    /// What intake wrote down.
    pub registration: Registration,
    /// Lines on which the registration falls short.
    pub shortfalls: Vec<Shortfall>,
    /// When it was registered.
    pub registered_at: DateTime<Utc>,
    /// The items.
    pub items: Vec<CaseItem>,
    /// The papers.
    pub materials: Vec<Material>,
    /// Papers travel with the case; without, hand-overs are their own receipt.
    pub paper: bool,
    /// Open or ended.
    pub state: State,
    /// Priority.
    pub priority: Priority,
    /// Promised end, the earliest over the items; none where nothing is promised.
    pub breach_at: Option<DayEnd>,
    /// Due time of the present visit.
    pub due_at: DateTime<Utc>,
    /// Arrival at the present stage: never overwritten by claims, holds or transfers.
    pub arrived_at: DateTime<Utc>,
    /// Visits to stages.
    pub visits: Vec<Visit>,
    /// Time on slips between visits.
    pub transits: Vec<Transit>,
    /// Who worked on it, by stage (separation, process §3).
    #[cfg_attr(feature = "openapi", schema(value_type = std::collections::HashMap<String, Vec<PersonId>>))]
    pub worked: BTreeMap<Stage, BTreeSet<PersonId>>,
    /// Who last handed over from each stage.
    #[cfg_attr(feature = "openapi", schema(value_type = std::collections::HashMap<String, PersonId>))]
    pub last_done: BTreeMap<Stage, PersonId>,
    /// Rounds of recheck so far.
    pub recheck_rounds: u16,
    /// Returns received so far.
    pub returns: u16,
    /// The return that brought it here, until it leaves the stage again.
    pub returned: Option<Return>,
    /// Kept for a person after a return.
    pub reserved: Option<Reserved>,
    /// Open proposal to decline.
    pub proposal: Option<Proposal>,
    /// Requests for approval.
    pub approvals: Vec<Approval>,
    /// Major findings that bar the release.
    pub bars: Vec<Bar>,
    /// Last event.
    pub moved_at: DateTime<Utc>,
}

impl Case {
    /// The stage of an open case.
    pub const fn stage(&self) -> Option<Stage> {
        match &self.state {
            State::Open { stage, .. } => Some(*stage),
            State::Ended { .. } => None,
        }
    }

    /// The status of an open case.
    pub const fn status(&self) -> Option<&Status> {
        match &self.state {
            State::Open { status, .. } => Some(status),
            State::Ended { .. } => None,
        }
    }

    /// Who holds it, claimed or waiting.
    pub const fn holding(&self) -> Option<&Holding> {
        match self.status() {
            Some(Status::Claimed(holding) | Status::Waiting { holding, .. }) => Some(holding),
            _ => None,
        }
    }

    /// The open slip line, if it is on a slip.
    pub const fn line(&self) -> Option<&Line> {
        match self.status() {
            Some(Status::HandedOver(line)) => Some(line),
            _ => None,
        }
    }

    /// The unit that works the present (or last) stage.
    pub fn working_unit(&self) -> &UnitId {
        let stage = match &self.state {
            State::Open { stage, .. } | State::Ended { stage, .. } => *stage,
        };
        self.working.get(&stage).unwrap_or(&self.accepting)
    }

    /// Items not dropped.
    pub fn open_items(&self) -> impl Iterator<Item = &CaseItem> {
        self.items.iter().filter(|item| item.is_open())
    }

    /// The item of that number, if it is open.
    pub fn item(&self, no: u8) -> Option<&CaseItem> {
        self.items.iter().find(|item| item.no == no && item.is_open())
    }

    /// Whether any core result is recorded and not cancelled.
    pub fn core_outstanding(&self) -> bool {
        self.items.iter().any(CaseItem::core_outstanding)
    }

    /// Whether the person worked on it at any of these stages.
    pub fn worked_at(&self, stages: &[Stage], person: &PersonId) -> bool {
        stages.iter().any(|stage| self.worked.get(stage).is_some_and(|people| people.contains(person)))
    }

    /// Everyone who worked on it.
    pub fn workers(&self) -> BTreeSet<&PersonId> {
        self.worked.values().flatten().collect()
    }
}

/// Exactly one custodian: the holder, else the giver of the open line, else the post of the unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Custodian<'c> {
    /// A person.
    Person(&'c PersonId),
    /// The post of the working unit.
    Post(Stage, &'c UnitId),
    /// The case has left the house.
    Nobody,
}

impl Case {
    /// Who has the case now (process §1, custody).
    pub fn custodian(&self) -> Custodian<'_> {
        match &self.state {
            State::Ended { .. } => Custodian::Nobody,
            State::Open { stage, status } => match status {
                Status::Ready => Custodian::Post(*stage, self.working_unit()),
                Status::Claimed(holding) | Status::Waiting { holding, .. } => Custodian::Person(&holding.by),
                Status::HandedOver(line) if line.from_post => Custodian::Post(*stage, self.working_unit()),
                Status::HandedOver(line) => Custodian::Person(&line.giver),
            },
        }
    }
}

/// Who recorded an event counts as having worked on the case only for persons.
pub(super) fn worker(by: &By) -> Option<&PersonId> {
    by.person()
}
