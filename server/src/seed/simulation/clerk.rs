//! What a clerk does who is free: goes on with what is in hand, serves customers, counts slips, takes the next case.

use domain::api::queue::Band;
use domain::case::work_item::rank;
use domain::case::{Command, Status};
use domain::id::UnitId;
use domain::post::Stage;
use domain::time::{BusinessMinutes, Timestamp, end_of_day, local_date};

use super::Simulation;
use super::acts::Act;
use super::agenda::{CaseNo, Happening, WorkerNo};
use super::carry::Who;

/// Most lines counted in one go.
const ROUND: usize = 12;
/// How many of the pool are tried.
const TRIED: usize = 10;
/// Amount beyond which a branch asks the head office, minor units.
const BRANCH_LIMIT: i64 = 100_000_000;

impl Simulation<'_> {
    /// A clerk is free.
    pub(super) fn free(&mut self, worker: WorkerNo) {
        if let Some(at) = self.not_now(worker) {
            self.agenda.put(at, Happening::Free(worker));
            return;
        }
        if let Some(case) = self.in_hand(worker) {
            return self.go_on(worker, case);
        }
        if self.serve(worker) || self.count_slips(worker, false) {
            return;
        }
        if let Some(case) = self.take_next(worker) {
            return self.go_on(worker, case);
        }
        if self.count_slips(worker, true) {
            return;
        }
        let minutes = 2.0 + self.chance.skewed(4.0);
        self.free_at(worker, minutes);
    }

    /// When to look again, where the person is not at work now.
    fn not_now(&mut self, worker: WorkerNo) -> Option<Timestamp> {
        let minutes = self.chance.skewed(3.0);
        if !self.workers[worker].is_there(self.now) {
            return Some(self.world.next_morning(local_date(self.now), minutes, &mut self.chance));
        }
        let open = self.world.calendar.is_open(self.now);
        (!open).then(|| self.world.later(self.now, minutes, &mut self.chance))
    }

    /// The first held case that can be gone on with.
    fn in_hand(&mut self, worker: WorkerNo) -> Option<CaseNo> {
        let mut hands = std::mem::take(&mut self.workers[worker].hands);
        let at = hands.iter().position(|case| self.holds(worker, *case) && self.next_act(*case) != Act::Wait);
        let case = at.map(|at| hands.remove(at));
        // What waits for an answer comes back with it; what is held no more is gone.
        hands.retain(|case| self.holds(worker, *case));
        self.workers[worker].hands = hands;
        case
    }

    /// Whether the person holds the case and has not offered it to somebody else.
    pub(super) fn holds(&self, worker: WorkerNo, case: CaseNo) -> bool {
        match self.cases[case].case.status() {
            Some(Status::Claimed(holding)) => {
                holding.by == self.workers[worker].person.id && holding.transfer.is_none()
            }
            _ => false,
        }
    }

    /// Puts the next step on a held case down.
    pub(super) fn go_on(&mut self, worker: WorkerNo, case: CaseNo) {
        self.intend(worker, case);
        let act = self.next_act(case);
        let minutes = self.minutes(worker, case, &act);
        let at = self.world.later(self.now, minutes, &mut self.chance);
        self.agenda.put(at, Happening::Work(worker, case));
    }

    /// Serves the next customer, at the own counter or one where nobody does.
    fn serve(&mut self, worker: WorkerNo) -> bool {
        if self.closed {
            return false;
        }
        let own = self.workers[worker].person.unit.clone();
        let waiting = self.workers[worker].cells.iter().find_map(|cell| {
            let (unit, stage) = self.world.cell_name(*cell)?;
            let counter = self.world.counters.iter().position(|counter| counter.unit == *unit)?;
            let first = *self.queues[counter].front()?;
            let patient = self.now - self.arrivals[first].at < chrono::TimeDelta::minutes(25);
            (*stage == Stage::Intake && (*unit == own || !patient)).then_some(counter)
        });
        let Some(place) = waiting.and_then(|counter| self.queues[counter].pop_front()) else { return false };
        let items =
            self.applications[place].as_ref().map_or(1, |application| application.registration.items.len());
        let more = if items > 1 { 1.3 } else { 1.0 };
        let minutes = self.chance.skewed(8.0) * more * self.slowness(worker, Stage::Intake);
        let at = self.world.later(self.now, minutes, &mut self.chance);
        self.workers[worker].serving = Some(at);
        self.agenda.put(at, Happening::Registered(worker, place));
        true
    }

    /// Counts what lies at the post: what has lain for a while, or with nothing else to do whatever there is.
    fn count_slips(&mut self, worker: WorkerNo, idle: bool) -> bool {
        let patience = chrono::TimeDelta::minutes(if idle { 3 } else { self.chance.between(22, 50) });
        let cells = self.workers[worker].cells.clone();
        let own: Vec<usize> = cells.into_iter().filter(|cell| self.is_own(worker, *cell)).collect();
        let lies = |cell: &&usize| {
            self.slips.at(**cell).iter().any(|line| {
                self.now - line.since >= patience && !self.mislaid(line) && !self.is_anothers(worker, line)
            })
        };
        let Some(cell) = own.iter().find(lies).copied() else { return false };
        let left = |line: &&super::slips::Line| self.mislaid(line) || self.is_anothers(worker, line);
        let left: Vec<CaseNo> = self.slips.at(cell).iter().filter(left).map(|line| line.case).collect();
        let lines = self.slips.take(cell, ROUND, |line| !left.contains(&line.case));
        let mut minutes = 0.0;
        for (at, line) in lines.iter().enumerate() {
            minutes += self.chance.skewed(1.0);
            let when = self.world.later(self.now, minutes, &mut self.chance);
            let last = at + 1 == lines.len();
            self.agenda.put(when, Happening::Count(worker, line.case, line.slip, last));
        }
        !lines.is_empty()
    }

    /// Whether a line is the worker's own while somebody else could receive it.
    fn is_anothers(&self, worker: WorkerNo, line: &super::slips::Line) -> bool {
        let me = &self.workers[worker].person.id;
        self.cases[line.case].case.line().is_some_and(|given| given.giver == *me)
            && matches!(
                self.decide(
                    Who::Worker(worker),
                    line.case,
                    &Command::ConfirmReceipt { counted: Vec::new() },
                    line.slip
                ),
                Err(domain::case::Refusal::OwnLine {})
            )
    }

    fn mislaid(&self, line: &super::slips::Line) -> bool {
        self.cases[line.case].mislaid.is_some_and(|(slip, until)| slip == line.slip && until > self.now)
    }

    /// Whether a cell is the person's own place of work, not one helped out at.
    fn is_own(&self, worker: WorkerNo, cell: usize) -> bool {
        let unit = self.world.cell_name(cell).map(|(unit, _)| unit);
        unit == Some(&self.workers[worker].person.unit)
    }

    /// Takes the next case from the pool, in the order of work.
    fn take_next(&mut self, worker: WorkerNo) -> Option<CaseNo> {
        let mut candidates: Vec<(Order, CaseNo)> = Vec::new();
        let soon = self.world.calendar.add_minutes(self.now, BusinessMinutes(120));
        for cell in &self.workers[worker].cells {
            for case in &self.pools[*cell] {
                if let Some(order) = self.order(worker, *cell, *case, soon) {
                    candidates.push((order, *case));
                }
            }
        }
        candidates.sort();
        candidates
            .into_iter()
            .take(TRIED)
            .map(|(_, case)| case)
            .find(|case| self.try_act(Who::Worker(worker), *case, Command::Claim {}).is_ok())
    }

    /// Place of a case in the order of work; none where it is not to be offered.
    fn order(&self, worker: WorkerNo, cell: usize, case: CaseNo, soon: Timestamp) -> Option<Order> {
        let live = &self.cases[case];
        let me = &self.workers[worker].person;
        if live.shunned > 2 {
            return None;
        }
        let reserved = live.case.reserved.as_ref().filter(|reserved| reserved.until > self.now);
        if reserved.is_some_and(|reserved| reserved.person != me.id) {
            return None;
        }
        if self.workers[worker].branch.is_none() {
            // The head office takes what no branch may decide.
            let amounts = live.case.amounts(self.world.catalogue);
            amounts.values().find(|amount| amount.minor > BRANCH_LIMIT)?;
        }
        if !self.is_own(worker, cell) && self.now - live.case.arrived_at < chrono::TimeDelta::minutes(40) {
            return None;
        }
        let act_by = live.case.act_by();
        Some(Order {
            not_mine: reserved.is_none(),
            band: self.band(act_by, soon),
            rank: rank(live.case.returned.is_some(), live.case.priority),
            act_by,
            arrived: live.case.arrived_at,
        })
    }

    fn band(&self, act_by: Timestamp, soon: Timestamp) -> Band {
        if act_by <= self.now {
            Band::Overdue
        } else if act_by <= soon {
            Band::Soon
        } else if act_by < end_of_day(local_date(self.now)) {
            Band::Today
        } else {
            Band::Later
        }
    }

    /// How much longer a step takes here than it needs to.
    pub(super) fn slowness(&self, worker: WorkerNo, stage: Stage) -> f64 {
        let of_branch = self.workers[worker].branch.map_or(1.0, |branch| self.pace[branch][stage as usize]);
        of_branch * self.workers[worker].skill.pace
    }

    /// Somebody of a cell who is there, not these.
    pub(super) fn somebody(
        &self,
        unit: &UnitId,
        stage: Stage,
        at: Timestamp,
        not: WorkerNo,
    ) -> Vec<WorkerNo> {
        let cell = self.world.cell(unit, stage);
        (0..self.workers.len())
            .filter(|worker| *worker != not)
            .filter(|worker| {
                self.workers[*worker].cells.contains(&cell) && self.workers[*worker].is_there(at)
            })
            .filter(|worker| self.workers[*worker].branch.is_some())
            .collect()
    }
}

/// The order of work (process §3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Order {
    not_mine: bool,
    band: Band,
    rank: u8,
    act_by: Timestamp,
    arrived: Timestamp,
}
