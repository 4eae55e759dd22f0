//! Finished steps: the frames of draws.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::flow::Step;
use domain::id::{CaseId, UnitId};
use domain::post::Stage;
use domain::time::{Timestamp, local_date};
use store::FrameStep;

type Key = (CaseId, Stage, u16);

/// A step, and when what it passed on was received; none while it is on a slip.
#[derive(Debug)]
struct Finished {
    step: FrameStep,
    received_at: Option<Timestamp>,
}

/// Steps by case, stage and round; one finished anew replaces itself, as in the store.
#[derive(Debug, Default)]
pub(super) struct Steps {
    steps: BTreeMap<Key, Finished>,
    days: BTreeMap<NaiveDate, BTreeSet<Key>>,
}

impl Steps {
    /// Notes a finished step; `on_slip`: it passed papers on, which are still to be received.
    pub(super) fn finished(&mut self, step: &Step, number: &str, on_slip: bool) {
        let key = (step.case, step.stage, step.round);
        let frame = FrameStep {
            case: step.case,
            number: number.to_owned(),
            case_version: step.version,
            stage: step.stage,
            round: step.round,
            operator: step.operator.clone(),
            unit: step.unit.clone(),
            accepting: step.accepting.clone(),
            items: step.items.clone(),
            finished_at: step.finished_at,
        };
        let received_at = (!on_slip).then_some(step.finished_at);
        if let Some(before) = self.steps.insert(key, Finished { step: frame, received_at })
            && let Some(day) = self.days.get_mut(&local_date(before.step.finished_at))
        {
            day.remove(&key);
        }
        self.days.entry(local_date(step.finished_at)).or_default().insert(key);
    }

    /// What a step passed on was received.
    pub(super) fn received(&mut self, case: CaseId, stage: Stage, round: u16, at: Timestamp) {
        if let Some(finished) = self.steps.get_mut(&(case, stage, round)) {
            finished.received_at = finished.received_at.or(Some(at));
        }
    }

    /// Steps of a day at these stages in these units, received by a moment: what a frame is made of.
    pub(super) fn of_day(
        &self,
        day: NaiveDate,
        units: &BTreeSet<UnitId>,
        stages: &BTreeSet<Stage>,
        by: Timestamp,
    ) -> Vec<&FrameStep> {
        self.days
            .get(&day)
            .into_iter()
            .flatten()
            .filter_map(|key| self.steps.get(key))
            .filter(|finished| finished.received_at.is_some_and(|at| at <= by))
            .map(|finished| &finished.step)
            .filter(|step| units.contains(&step.unit) && stages.contains(&step.stage))
            .collect()
    }

    /// The last step of a case at a stage, from a round on.
    pub(super) fn last(&self, case: CaseId, stage: Stage, from: u16) -> Option<&FrameStep> {
        self.steps
            .range((case, stage, from)..=(case, stage, u16::MAX))
            .next_back()
            .map(|(_, finished)| &finished.step)
    }
}
