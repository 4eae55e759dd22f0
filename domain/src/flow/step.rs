//! Finished steps: what spot checks draw from, and the rounds of recheck (quality §1, §4).

use crate::{
    case::{Case, Event, Fact, returns::Ground, state::Ending, state::Status},
    id::{CaseId, ItemCode, PersonId, UnitId},
    post::Stage,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// How a step ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepOutcome {
    /// Passed on, or released.
    Forward,
    /// Sent back, with its grounds.
    Returned(Vec<Ground>),
    /// Declined in whole or in part.
    Declined,
}

/// A finished step of a stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// The case.
    pub case: CaseId,
    /// The stage.
    pub stage: Stage,
    /// Which stay at that stage, from 1.
    pub round: u16,
    /// Version of the case after the step: what an inspector is shown.
    pub version: u64,
    /// Who did it.
    pub operator: PersonId,
    /// Working unit.
    pub unit: UnitId,
    /// Accepting unit.
    pub accepting: UnitId,
    /// Open items.
    pub items: Vec<ItemCode>,
    /// When.
    pub finished_at: Timestamp,
    /// How it ended.
    pub outcome: StepOutcome,
}

/// The step an event finishes, if any. A line taken back and given again finishes the same step (case,
/// stage, round) anew; the later one holds.
pub fn finished_step(before: &Case, event: &Event) -> Option<Step> {
    let stage = before.stage()?;
    let on_slip = matches!(before.status(), Some(Status::HandedOver(_)));
    // Of a proposal answered by declining some of its items none is open any more when the rest goes back; refusing it
    // declines nothing.
    let declined = stage == Stage::Recheck
        && before
            .proposal
            .as_ref()
            .is_some_and(|proposal| proposal.items.iter().all(|no| before.item(*no).is_none()));
    let outcome = match &event.fact {
        Fact::HandedOver { .. } | Fact::Ended { ending: Ending::Released, .. } => StepOutcome::Forward,
        Fact::Arrived(arrival) if !on_slip && arrival.returned.is_none() => StepOutcome::Forward,
        // A lead who sends back what others work on, or nobody yet, has not done the step.
        Fact::Returned { unfinished: true, .. } => return None,
        Fact::Returned { .. } if declined => StepOutcome::Declined,
        Fact::Returned { returned, .. } => StepOutcome::Returned(returned.grounds.clone()),
        Fact::Ended { ending: Ending::Declined, .. } => StepOutcome::Declined,
        _ => return None,
    };
    let operator =
        before.holding().map(|holding| holding.by.clone()).or_else(|| event.by.person().cloned())?;
    let round = before.visits.iter().filter(|visit| visit.stage == stage).count();
    Some(Step {
        case: before.id,
        stage,
        round: u16::try_from(round).unwrap_or(u16::MAX),
        version: event.version,
        operator,
        unit: before.working_unit().clone(),
        accepting: before.accepting.clone(),
        items: before.open_items().map(|item| item.code.clone()).collect(),
        finished_at: event.at,
        outcome,
    })
}
