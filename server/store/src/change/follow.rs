//! Carries events out one by one and notes what each brings about.

use super::{LineChange, Minutes, Moved, Rechecked, StepDone, begins, secrets};
use crate::StoreError;
use chrono::Timelike;
use domain::{
    api::slip::{LineMaterial, LineState},
    case::{Case, Event, Fact, Status, returns::Ground},
    flow::{finished_step, movement},
    id::{PersonId, SlipId},
    post::Stage,
    quality::points::ErrorPoint,
    time::{local, local_date},
};
use std::collections::BTreeSet;

pub(super) struct Follow<'m> {
    minutes: Minutes<'m>,
    pub(super) moved: Vec<Moved>,
    pub(super) steps: Vec<StepDone>,
    pub(super) rechecked: Vec<Rechecked>,
    pub(super) lines: Vec<LineChange>,
    pub(super) digests: BTreeSet<String>,
}

impl<'m> Follow<'m> {
    pub(super) fn new(minutes: Minutes<'m>) -> Self {
        Self {
            minutes,
            moved: Vec::new(),
            steps: Vec::new(),
            rechecked: Vec::new(),
            lines: Vec::new(),
            digests: BTreeSet::new(),
        }
    }

    /// The case after the event.
    pub(super) fn event(&mut self, before: Option<Case>, event: &Event) -> Result<Case, StoreError> {
        if !event.at.timestamp_subsec_nanos().is_multiple_of(1_000_000) {
            return Err(StoreError::Invalid("a time with parts of a millisecond"));
        }
        if event.version != before.as_ref().map_or(0, |case| case.version) + 1 {
            return Err(StoreError::Invalid("versions that do not follow one another"));
        }
        self.digests.extend(secrets::digests(&event.fact)?);
        self.note_movement(before.as_ref(), event);
        let Some(before) = before else {
            return Case::registered(event)
                .filter(|_| begins(&event.fact))
                .ok_or(StoreError::Invalid("a case that does not begin with its registration"));
        };
        if before.id != event.case {
            return Err(StoreError::Invalid("an event of another case"));
        }
        self.note_step(&before, event);
        let mut after = before.clone();
        after.apply(event);
        self.note_line(&before, &after, event);
        Ok(after)
    }

    fn note_movement(&mut self, before: Option<&Case>, event: &Event) {
        let Some(movement) = movement(before, event) else { return };
        let local = local(event.at);
        self.moved.push(Moved {
            version: event.version,
            at: event.at,
            day: local.date_naive(),
            hour: u8::try_from(local.hour()).unwrap_or(0),
            person: event.by.person().cloned(),
            movement,
        });
    }

    fn note_step(&mut self, before: &Case, event: &Event) {
        let Some(step) = finished_step(before, event) else { return };
        let day = local_date(event.at);
        if matches!(step.stage, Stage::Recheck | Stage::FinalCheck) {
            self.rechecked.push(rechecked(before, event, &step, day));
        }
        let age = (self.minutes)(&before.accepting, before.registration.received_at, event.at);
        let visit = (self.minutes)(before.working_unit(), before.arrived_at, event.at);
        self.steps.push(StepDone {
            step,
            day,
            arrived_at: before.arrived_at,
            due_at: before.due_at,
            age,
            visit,
        });
    }

    fn note_line(&mut self, before: &Case, after: &Case, event: &Event) {
        let (was, is) = (open_line(before), open_line(after));
        let at = event.at;
        if was == is {
            if let (Some((slip, _)), Fact::CountDiffered { .. }, Some(line)) = (is, &event.fact, after.line())
            {
                self.lines.push(LineChange::Counted { slip, counts: line.counts.clone() });
            }
            return;
        }
        if let Some((slip, _)) = was {
            let (state, difference) = match &event.fact {
                Fact::Arrived(_) | Fact::TransferConfirmed { .. } => (LineState::Confirmed, None),
                Fact::DifferenceReported { difference, .. } => {
                    (LineState::Different, Some(difference.clone()))
                }
                _ => (LineState::Withdrawn, None),
            };
            let by = event.by.person().cloned();
            self.lines.push(LineChange::Settled { slip, state, by, at, difference });
        }
        if let Some((slip, giver)) = is {
            let returned = after.line().is_some_and(|line| line.returned.is_some());
            let materials = materials(after);
            let version = event.version;
            self.lines.push(LineChange::Given {
                version,
                slip,
                giver: giver.clone(),
                returned,
                materials,
                at,
            });
        }
    }
}

/// The slip a case is on, with its giver: towards another post, or towards another person. Where no papers
/// travel a return passes through the status within one command; no slip lists it.
fn open_line(case: &Case) -> Option<(SlipId, &PersonId)> {
    match case.status()? {
        Status::HandedOver(line) => case.paper.then_some((line.slip, &line.giver)),
        Status::Claimed(holding) | Status::Waiting { holding, .. } => {
            holding.transfer.as_ref().map(|transfer| (transfer.slip, &holding.by))
        }
        Status::Ready => None,
    }
}

fn materials(case: &Case) -> Vec<LineMaterial> {
    case.materials
        .iter()
        .map(|material| LineMaterial {
            kind: material.kind.clone(),
            copies: material.copies,
            pages: Some(material.pages),
        })
        .collect()
}

fn rechecked(before: &Case, event: &Event, step: &domain::flow::Step, day: chrono::NaiveDate) -> Rechecked {
    let returned = match &event.fact {
        Fact::Returned { returned, .. } => Some(returned.as_ref()),
        _ => None,
    };
    let grounds = returned.map_or_else(Vec::new, |returned| returned.grounds.clone());
    // E07 is the rechecker's own: no item is in error by it.
    let wrong = grounds.iter().any(
        |ground| matches!(ground, Ground::Finding { error_point, .. } if *error_point != ErrorPoint::E07),
    );
    let items = before
        .open_items()
        .map(|item| {
            let named = returned.is_some_and(|returned| returned.items.contains(&item.no));
            (item.no, item.code.clone(), wrong && named)
        })
        .collect();
    // Rounds count rechecks, not stays: a case a lead sent back unseen comes to its first recheck later.
    let round = match step.stage {
        Stage::Recheck => before.recheck_rounds + 1,
        _ => step.round,
    };
    Rechecked {
        step: domain::flow::Step { round, ..step.clone() },
        day,
        items,
        to: returned.map(|returned| returned.to),
        responsible: returned.and_then(|returned| before.last_done.get(&returned.to)).cloned(),
        grounds,
    }
}
