//! A case with what only the simulation knows of it.

use std::collections::{BTreeMap, BTreeSet};

use domain::case::item::Fields;
use domain::case::state::{Ending, Matter, Priority};
use domain::case::{Case, Event, State, Status};
use domain::catalogue::FeeDirection;
use domain::id::{FieldKey, SlipId};
use domain::post::Stage;
use domain::quality::points::{Cause, ErrorPoint, Severity};
use domain::time::Timestamp;
use store::WrappedKey;

use super::super::invent::Fate;
use crate::seal::DataKey;

/// A case on its way.
#[derive(Debug)]
pub(super) struct Live {
    /// The case.
    pub case: Case,
    /// Everything that happened to it.
    pub events: Vec<Event>,
    /// Its data key.
    pub key: DataKey,
    /// The key as it is kept.
    pub wrapped: WrappedKey,
    /// Place of its counter.
    pub counter: usize,
    /// What its paper says, by item number, plain.
    pub asked: BTreeMap<u8, Fields>,
    /// What the rechecker keyed from it last, by item number, plain.
    pub keyed: BTreeMap<u8, Fields>,
    /// What was keyed at Entry, plain.
    pub entered: BTreeMap<u8, Fields>,
    /// Reference and values in the core, plain.
    pub core: BTreeMap<u8, (String, Fields)>,
    /// What will come of it.
    pub fate: Fate,
    /// Its fate has been met.
    pub fated: bool,
    /// Errors in it, found or not.
    pub faults: Vec<Fault>,
    /// What the holder of this visit is about to do beside the list.
    pub intention: Option<Intention>,
    /// The intention of this visit was made up already.
    pub intended: bool,
    /// How often the customer was waited for.
    pub waits: u8,
    /// Priority a lead will set.
    pub priority: Option<Priority>,
    /// Slip lines that will not be found for a while, until then.
    pub mislaid: Option<(SlipId, Timestamp)>,
    /// Slips a line of which was counted wrong or taken back once: that does not happen twice.
    pub troubled: BTreeSet<SlipId>,
    /// A refused step made the holder put it back so many times.
    pub shunned: u8,
}

/// An error made in a step.
#[derive(Clone, Debug)]
pub(super) struct Fault {
    /// The stage.
    pub stage: Stage,
    /// Which stay at that stage.
    pub round: u16,
    /// The item concerned.
    pub item: u8,
    /// What is wrong.
    pub point: ErrorPoint,
    /// How bad.
    pub severity: Severity,
    /// Why.
    pub cause: Cause,
    /// The field, where one value is wrong.
    pub field: Option<FieldKey>,
    /// Whether it stands still.
    pub stands: bool,
    /// The rechecker at work has overlooked it.
    pub overlooked: bool,
}

/// Something beside the list of the stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Intention {
    /// Puts it back after a look.
    PutBack,
    /// Stops it for a reason, for so many business minutes.
    Hold { reason: &'static str, minutes: i64 },
    /// Stops it so that the due time moves: with approval.
    LongHold { until: Timestamp },
    /// A count is wrong: with approval.
    Recount { material: u16, pages: u16 },
    /// A fee differs from the computed one by so much: with approval.
    Deviate { item: u8, fen: i64 },
    /// Sends it back to a stage: no fault, or errors seen.
    Back { to: Stage, no_fault: bool },
    /// Sends an effective item back: with approval.
    BackEffective { to: Stage },
    /// Records that the core has cancelled what was in force: with approval.
    CancelEffective { item: u8 },
    /// Keys the application a third time: with approval.
    AskAgain { item: u8 },
    /// Proposes to decline.
    Propose,
    /// Takes the customer's withdrawal.
    Withdraw,
}

/// Status of a case as the simulation sorts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// In the pool.
    Ready,
    /// Held.
    Claimed,
    /// On hold.
    Waiting,
    /// On a slip.
    HandedOver,
    /// Out of the house.
    Ended(Ending),
}

impl Live {
    /// Its status.
    pub(super) const fn kind(&self) -> Kind {
        match &self.case.state {
            State::Open { status, .. } => match status {
                Status::Ready => Kind::Ready,
                Status::Claimed(_) => Kind::Claimed,
                Status::Waiting { .. } => Kind::Waiting,
                Status::HandedOver(_) => Kind::HandedOver,
            },
            State::Ended { ending, .. } => Kind::Ended(*ending),
        }
    }

    /// Which stay at its stage this is.
    pub(super) fn round(&self, stage: Stage) -> u16 {
        let visits = self.case.visits.iter().filter(|visit| visit.stage == stage).count();
        u16::try_from(visits).unwrap_or(u16::MAX)
    }

    /// Errors that stand, made at these stages.
    pub(super) fn standing(&self, stages: &[Stage]) -> impl Iterator<Item = &Fault> {
        self.faults.iter().filter(move |fault| fault.stands && stages.contains(&fault.stage))
    }

    /// What is done again is right again: errors at or after that stage of these items stand no more.
    pub(super) fn mend(&mut self, from: Stage, items: &[u8]) {
        for fault in &mut self.faults {
            if fault.stage >= from && (items.is_empty() || items.contains(&fault.item)) {
                fault.stands = false;
            }
        }
    }

    /// What an intention needs approved before it may be carried out.
    pub(super) fn matter(&self, intention: &Intention) -> Option<Matter> {
        match intention {
            Intention::LongHold { until } => Some(Matter::HoldMovesDue { until: *until }),
            Intention::Recount { material, pages } => {
                Some(Matter::AmendCount { material: *material, pages: *pages })
            }
            Intention::Deviate { item, fen } => {
                // What the customers of the story are granted is in their favour.
                Some(Matter::FeeDeviation {
                    item: *item,
                    towards: Some(FeeDirection::Refund),
                    amount: domain::money::Money::fen(fen.abs()),
                })
            }
            Intention::BackEffective { to } => {
                let effective = self.case.open_items().filter(|item| item.core_effective());
                Some(Matter::ReturnEffective { to: *to, items: effective.map(|item| item.no).collect() })
            }
            Intention::CancelEffective { item } => Some(Matter::CancelEffective { item: *item }),
            Intention::AskAgain { item } => Some(Matter::AskedAgain { item: *item }),
            _ => None,
        }
    }
}
