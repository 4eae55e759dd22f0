//! The next step on a held case, by what its lists leave open, and how long it takes.

use domain::case::list::{ListLine, is_done};
use domain::case::registration::Shortfall;
use domain::case::state::ApprovalState;
use domain::case::{CaseItem, Command};
use domain::post::Stage;

use super::Simulation;
use super::agenda::{CaseNo, Happening, WorkerNo};
use super::carry::Who;
use super::live::{Intention, Live};
use crate::seed::chance::Chance;
use crate::seed::department::BRANCHES;

/// A step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Act {
    /// Nothing can be done now: an approval is awaited.
    Wait,
    /// What the holder does beside the list.
    Beside(Intention),
    /// Asks for the approval that takes.
    Ask(Intention),
    /// Waits for a paper that is missing.
    WaitForPaper,
    /// Waits for the second check after a major finding.
    WaitForCheck,
    /// A line of the list of an item.
    Line(u8, ListLine),
    /// The core result is of other values: it is cancelled first.
    CancelCore(u8),
    /// Keys what the application says.
    KeyAsked(u8),
    /// Decides on a proposal to decline.
    Answer,
    /// Passes the case on.
    HandOver,
    /// The policy leaves the department.
    Release,
}

/// Minutes of work on a case at each stage, receipt and idling included: what the pace is set by.
const WORK: [f64; 5] = [12.0, 13.5, 20.0, 12.5, 9.5];

/// By how much work is slowed down so that people are as busy as in such departments: some eighty per cent of their
/// time, in two places nearly all of it.
pub(super) fn pace(daily: f64, chance: &mut Chance) -> Vec<[f64; 6]> {
    let all: f64 = BRANCHES.iter().map(|branch| branch.weight).sum();
    BRANCHES
        .iter()
        .map(|branch| {
            let cases = daily * branch.weight / all * 1.08;
            let mut pace = [1.0; 6];
            for (at, (clerks, work)) in branch.clerks.into_iter().zip(&WORK[1..]).enumerate() {
                let busy = match (branch.code, at) {
                    ("GD", 1) | ("JS", 2) => 0.97,
                    _ => 0.74 + 0.14 * chance.share(),
                };
                pace[at + 1] = (busy * f64::from(clerks) * 480.0 * 0.95 / (cases * work)).clamp(0.6, 4.0);
            }
            pace
        })
        .collect()
}

impl Simulation<'_> {
    /// A clerk takes the next step.
    pub(super) fn work(&mut self, worker: WorkerNo, case: CaseNo) {
        if !self.holds(worker, case) {
            return self.free_at(worker, 0.5);
        }
        if !self.workers[worker].is_there(self.now) {
            // Called away overnight: the case stays in hand, or its lease runs out.
            self.workers[worker].hands.push(case);
            return self.free_at(worker, 1.0);
        }
        self.intend(worker, case);
        let act = self.next_act(case);
        if act == Act::Wait {
            return self.free_at(worker, 1.0);
        }
        if !self.perform(worker, case, act) {
            // The rules say no: somebody else may see further.
            self.cases[case].shunned += 1;
            self.cases[case].intention = None;
            self.act(Who::Worker(worker), case, Command::Unclaim {});
            return self.free_at(worker, 2.0);
        }
        if !self.holds(worker, case) {
            return self.free_at(worker, 0.5);
        }
        match self.next_act(case) {
            Act::Wait => self.free_at(worker, 0.5),
            next => {
                let minutes = self.minutes(worker, case, &next);
                let at = self.world.later(self.now, minutes, &mut self.chance);
                self.agenda.put(at, Happening::Work(worker, case));
            }
        }
    }

    /// What the lists of the case leave open first.
    pub(super) fn next_act(&self, case: CaseNo) -> Act {
        let live = &self.cases[case];
        let Some(stage) = live.case.stage() else { return Act::Wait };
        if live.case.proposal.is_some() {
            return if stage == Stage::Recheck { Act::Answer } else { Act::HandOver };
        }
        let asked_first = stage == Stage::Recheck && !live.case.open_items().all(|item| item.pass.is_some());
        if asked_first && let Some(item) = live.case.open_items().find(|item| self.unasked(live, item)) {
            return if item.asked_again == 0 {
                Act::KeyAsked(item.no)
            } else {
                approved(live, &Intention::AskAgain { item: item.no }, Act::KeyAsked(item.no))
            };
        }
        if let Some(intention) = &live.intention
            && let Some(act) = beside(live, intention)
        {
            return act;
        }
        if stage == Stage::Entry && !live.case.shortfalls.is_empty() {
            return Act::WaitForPaper;
        }
        for item in live.case.open_items() {
            for line in domain::case::list::lines_of(stage) {
                if is_done(item, *line, self.world.catalogue) {
                    continue;
                }
                if *line == ListLine::CoreResult && Self::core_is_other(live, item) {
                    let cancel = Act::CancelCore(item.no);
                    return if item.core_effective() {
                        approved(live, &Intention::CancelEffective { item: item.no }, cancel)
                    } else {
                        cancel
                    };
                }
                return Act::Line(item.no, *line);
            }
        }
        match stage {
            Stage::Binding if live.case.bars.is_empty() => Act::Release,
            Stage::Binding => Act::WaitForCheck,
            _ => Act::HandOver,
        }
    }

    /// Whether key fields of an item are to be keyed from the paper, for the first time or because they read
    /// otherwise now.
    fn unasked(&self, live: &Live, item: &CaseItem) -> bool {
        let read = self.read_paper(live, item.no).unwrap_or_default();
        let keys = self.world.catalogue.item(&item.code).map(|entry| self.world.catalogue.key_fields(entry));
        let missing = keys.into_iter().flatten().any(|spec| !item.asked.contains_key(&spec.key));
        missing || (!read.is_empty() && live.keyed.get(&item.no) != Some(&read))
    }

    /// Whether the core holds other values than are entered now: keyed there wrongly and overlooked, also where it is
    /// effective already, or entered anew since.
    fn core_is_other(live: &Live, item: &CaseItem) -> bool {
        item.core.is_some() && live.core.get(&item.no).map(|(_, fields)| fields) != live.entered.get(&item.no)
    }

    /// How long a step takes.
    pub(super) fn minutes(&mut self, worker: WorkerNo, case: CaseNo, act: &Act) -> f64 {
        let usual = match act {
            Act::Wait | Act::Ask(_) | Act::HandOver => 1.2,
            Act::Beside(Intention::PutBack) => 0.6,
            Act::Beside(_) | Act::CancelCore(_) => 2.2,
            Act::WaitForPaper | Act::WaitForCheck => 2.0,
            Act::KeyAsked(_) | Act::Answer => 3.0,
            Act::Release => 1.5,
            Act::Line(_, line) => match line {
                ListLine::Review => 3.2,
                ListLine::Enter | ListLine::Preparation => 3.5,
                ListLine::Confirm => 1.6,
                ListLine::CoreResult => 6.0,
                ListLine::Fees | ListLine::Pass => 2.5,
                ListLine::Endorsement => 3.0,
                ListLine::CoreEffective => 2.0,
                ListLine::Bind => 5.0,
            },
        };
        let stage = self.cases[case].case.stage().unwrap_or(Stage::Intake);
        self.chance.skewed(usual) * self.slowness(worker, stage)
    }
}

/// The step an intention asks for now; none where it was refused.
fn beside(live: &Live, intention: &Intention) -> Option<Act> {
    let Some(matter) = live.matter(intention) else { return Some(Act::Beside(intention.clone())) };
    let approval = live.case.approvals.iter().rev().find(|approval| approval.matter == matter);
    match approval.map(|approval| &approval.state) {
        None | Some(ApprovalState::Fallen | ApprovalState::Used) => Some(Act::Ask(intention.clone())),
        Some(ApprovalState::Open) => Some(Act::Wait),
        // A deviating fee is not settled beside the list, but in its line.
        Some(ApprovalState::Granted(_)) => {
            (!matches!(intention, Intention::Deviate { .. })).then(|| Act::Beside(intention.clone()))
        }
        Some(ApprovalState::Refused { .. }) => None,
    }
}

/// The step that an approval of an intention lets be taken; until then what leads to it. Where it was refused it is
/// asked for again: there is no other way on.
fn approved(live: &Live, intention: &Intention, act: Act) -> Act {
    match beside(live, intention) {
        Some(Act::Beside(_)) => act,
        Some(other) => other,
        None => Act::Ask(intention.clone()),
    }
}

/// Whether a case lacks papers alone.
pub(super) fn lacks_papers(live: &Live) -> bool {
    !live.case.shortfalls.is_empty()
        && live.case.shortfalls.iter().all(|line| matches!(line, Shortfall::Missing { .. }))
}
