//! What is written when events are appended: everything that follows from them, worked out by pure functions.

mod follow;
mod secrets;

use crate::{StoreError, chain::Link};
use chrono::NaiveDate;
use domain::{
    api::slip::{LineMaterial, LineState, SlipKind},
    case::{Case, Event, Fact, State, Status, WorkItem, returns::Ground},
    catalogue::{Catalogue, ItemClass},
    flow::{Movement, Step},
    id::{CaseId, ItemCode, PersonId, SlipId, UnitId},
    money::Money,
    post::{Queue, Stage},
    time::Timestamp,
};
use std::collections::BTreeSet;

/// Business minutes between two moments by the calendar of a unit.
pub type Minutes<'a> = &'a dyn Fn(&UnitId, Timestamp, Timestamp) -> i64;

/// Where a chain stands: what an append is decided on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// Version of the case.
    pub version: u64,
    /// Link of its last event.
    pub link: Link,
}

/// A case as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseRecord {
    /// The case.
    pub case: Case,
    /// Where its chain stands.
    pub head: Head,
}

/// A slip a command may begin: written with the first line on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSlip {
    /// Its id, made by the server.
    pub id: SlipId,
    /// What it passes.
    pub kind: SlipKind,
    /// From which stage and unit.
    pub from: (Stage, UnitId),
    /// To which stage and unit.
    pub to: (Stage, UnitId),
    /// To which person, on a transfer.
    pub to_person: Option<PersonId>,
    /// When it is begun.
    pub since: Timestamp,
    /// Its number, where it bears one already (bulk); else the store allots it in the giver's unit.
    pub number: Option<String>,
}

/// A movement between cells, with when and by whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// Version of the case that made it.
    pub version: u64,
    /// When.
    pub at: Timestamp,
    /// Business date at +08:00.
    pub day: NaiveDate,
    /// Hour of that day, 0–23.
    pub hour: u8,
    /// Who recorded it.
    pub person: Option<PersonId>,
    /// What moved.
    pub movement: Movement,
}

/// A finished step with its times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepDone {
    /// The step.
    pub step: Step,
    /// Business date it was finished on.
    pub day: NaiveDate,
    /// Arrival at the stage.
    pub arrived_at: Timestamp,
    /// Post due of the visit.
    pub due_at: Timestamp,
    /// Age of the case since receipt, business minutes of the accepting unit.
    pub age: i64,
    /// Length of the visit so far, business minutes of the working unit.
    pub visit: i64,
}

/// A round of recheck or final check with its items: the census of quality §1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rechecked {
    /// The step; its operator is the rechecker.
    pub step: Step,
    /// Business date.
    pub day: NaiveDate,
    /// Items checked: number, code, whether a finding concerns it.
    pub items: Vec<(u8, ItemCode, bool)>,
    /// Stage it was returned to.
    pub to: Option<Stage>,
    /// Who last did that stage's step.
    pub responsible: Option<PersonId>,
    /// Grounds of the return.
    pub grounds: Vec<Ground>,
}

/// What an event does to a line of a slip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineChange {
    /// A case is put on it.
    Given {
        /// Version of the case that put it there.
        version: u64,
        /// The slip.
        slip: SlipId,
        /// Who gives.
        giver: PersonId,
        /// It is a return.
        returned: bool,
        /// Papers with the pages stated.
        materials: Vec<LineMaterial>,
        /// When.
        at: Timestamp,
    },
    /// A count differed.
    Counted {
        /// The slip.
        slip: SlipId,
        /// Counts so far.
        counts: Vec<Vec<u16>>,
    },
    /// The line is open no more.
    Settled {
        /// The slip.
        slip: SlipId,
        /// How it ended.
        state: LineState,
        /// Who settled it; none for the system.
        by: Option<PersonId>,
        /// When.
        at: Timestamp,
        /// The difference, in words.
        difference: Option<String>,
    },
}

/// Events of one case with everything that follows from them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Where the chain stood; none for a case that begins.
    pub before: Option<Head>,
    /// The case after them.
    pub after: Case,
    /// The events.
    pub events: Vec<Event>,
    /// Its row of open work; none once it has ended.
    pub work: Option<WorkItem>,
    /// Class, also once it has ended.
    pub class: ItemClass,
    /// Largest amount over the classes, also once it has ended.
    pub amount: Money,
    /// Idempotency key of the command.
    pub key: Option<String>,
    /// The slip a new line may begin.
    pub slip: Option<NewSlip>,
    /// Queues it left, entered or stands in.
    pub queues: Vec<Queue>,
    /// Who joined those who worked on it, by stage.
    pub worked: Vec<(Stage, PersonId)>,
    /// Its open items are not those of before.
    pub items_changed: bool,
    /// Movements.
    pub moved: Vec<Moved>,
    /// Finished steps.
    pub steps: Vec<StepDone>,
    /// Rounds of recheck.
    pub rechecked: Vec<Rechecked>,
    /// Changes of slip lines.
    pub lines: Vec<LineChange>,
    /// Keyed hashes of the personal values the events name, for exact search.
    pub digests: BTreeSet<String>,
}

impl Change {
    /// Works out what follows from events. `before` is the case they were decided on, none where the first
    /// one registers it; `minutes` counts by the calendars of the units.
    ///
    /// # Errors
    /// `Invalid` if there is no event, the first of a new case is no registration, versions do not follow
    /// one another, a time has parts of a millisecond, or a personal value is not sealed.
    pub fn new(
        before: Option<CaseRecord>,
        events: Vec<Event>,
        catalogue: &Catalogue,
        minutes: Minutes<'_>,
    ) -> Result<Self, StoreError> {
        let head = before.as_ref().map(|record| record.head);
        let mut queues: BTreeSet<Queue> = BTreeSet::new();
        queues.extend(before.iter().flat_map(|record| queues_of(&record.case)));
        let known = before.as_ref().map(|record| workers(&record.case)).unwrap_or_default();
        let items = before.as_ref().map(|record| items(&record.case));
        let mut follow = follow::Follow::new(minutes);
        let mut case = before.map(|record| record.case);
        for event in &events {
            case = Some(follow.event(case, event)?);
        }
        let Some(after) = case.filter(|_| !events.is_empty()) else {
            return Err(StoreError::Invalid("no event"));
        };
        queues.extend(queues_of(&after));
        Ok(Self {
            worked: workers(&after).difference(&known).cloned().collect(),
            items_changed: items.is_none_or(|items| items != self::items(&after)),
            before: head,
            work: WorkItem::of(&after, catalogue),
            class: after.class(catalogue),
            amount: after.amounts(catalogue).values().copied().max().unwrap_or(Money::ZERO),
            after,
            key: None,
            slip: None,
            queues: queues.into_iter().collect(),
            moved: follow.moved,
            steps: follow.steps,
            rechecked: follow.rechecked,
            lines: follow.lines,
            digests: follow.digests,
            events,
        })
    }

    /// With the idempotency key of the command.
    #[must_use]
    pub fn with_key(mut self, key: Option<&str>) -> Self {
        self.key = key.map(str::to_owned);
        self
    }

    /// With the slip a new line begins, if no open one was found.
    #[must_use]
    pub fn with_slip(mut self, slip: Option<NewSlip>) -> Self {
        self.slip = slip;
        self
    }

    /// The case.
    pub const fn case(&self) -> CaseId {
        self.after.id
    }
}

/// Queues a case shows in: where it is to be received and where it stands, and approvals asked for.
pub fn queues_of(case: &Case) -> Vec<Queue> {
    let State::Open { stage, status } = &case.state else { return Vec::new() };
    let mut queues = vec![stage.queue()];
    if let Status::HandedOver(line) = status {
        queues.push(line.to.queue());
    }
    let asks =
        |approval: &domain::case::state::Approval| approval.state == domain::case::state::ApprovalState::Open;
    if case.approvals.iter().any(asks) {
        queues.push(Queue::Approval);
    }
    queues
}

fn workers(case: &Case) -> BTreeSet<(Stage, PersonId)> {
    let of = |(stage, people): (&Stage, &BTreeSet<PersonId>)| {
        people.iter().map(|person| (*stage, person.clone())).collect::<Vec<_>>()
    };
    case.worked.iter().flat_map(of).collect()
}

fn items(case: &Case) -> Vec<(u8, ItemCode)> {
    case.open_items().map(|item| (item.no, item.code.clone())).collect()
}

/// Whether an event may be the first of a case.
const fn begins(fact: &Fact) -> bool {
    matches!(fact, Fact::Registered { .. })
}
