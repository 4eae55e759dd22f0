//! Leave and illness, transfers of what is in hand, holds that end and claims that run out.

use chrono::NaiveDate;
use domain::case::decide::LEASE;
use domain::case::{Command, Status};
use domain::id::SlipId;
use domain::post::{Post, Stage};
use domain::time::{Timestamp, local_date};

use super::Simulation;
use super::agenda::{CaseNo, Happening, WorkerNo};
use super::carry::Who;

impl Simulation<'_> {
    /// The one binder of the smallest branch has been ill for three days: what that does stands on the dashboard.
    pub(super) fn fall_ill(&mut self, days: &[NaiveDate]) {
        let smallest = crate::seed::department::BRANCHES.len() - 1;
        let ill = self
            .workers
            .iter_mut()
            .find(|worker| worker.branch == Some(smallest) && worker.person.holds(Post::Binding));
        if let Some(ill) = ill {
            ill.away.extend(days.iter().rev().take(3));
        }
    }

    /// Who is away tomorrow offers everything in hand to colleagues.
    pub(super) fn evening(&mut self) {
        let today = local_date(self.now);
        let tomorrow = self.world.calendar.next_working_day(today);
        let opening = self.world.calendar.open_of(tomorrow).unwrap_or(self.now);
        for worker in 0..self.workers.len() {
            let away = &self.workers[worker].away;
            if away.contains(&today) || !away.contains(&tomorrow) {
                continue;
            }
            for case in self.held_by(worker) {
                self.offer(worker, case, opening);
            }
        }
    }

    /// Cases a person holds, claimed or waiting, and has not offered yet.
    fn held_by(&self, worker: WorkerNo) -> Vec<CaseNo> {
        let me = &self.workers[worker].person.id;
        let held = |case: &CaseNo| {
            self.cases[*case]
                .case
                .holding()
                .is_some_and(|holding| holding.by == *me && holding.transfer.is_none())
        };
        (0..self.cases.len()).filter(held).collect()
    }

    /// Offers a case to a colleague who will be there.
    fn offer(&mut self, worker: WorkerNo, case: CaseNo, opening: Timestamp) {
        let Some(stage) = self.cases[case].case.stage() else { return };
        let unit = self.cases[case].case.working_unit().clone();
        for to in self.somebody(&unit, stage, opening, worker) {
            let receiver = self.workers[to].person.id.clone();
            if self.try_act(Who::Worker(worker), case, Command::TransferHolding { to: receiver }).is_ok() {
                self.offered(case, to, opening);
                return;
            }
        }
    }

    /// Puts down when the receiver takes over.
    pub(super) fn offered(&mut self, case: CaseNo, to: WorkerNo, from: Timestamp) {
        let slip = self.cases[case].case.holding().and_then(|holding| holding.transfer.as_ref());
        if let Some(slip) = slip.map(|transfer| transfer.slip) {
            let at = self.world.later(from, self.chance.skewed(55.0), &mut self.chance);
            self.agenda.put(at, Happening::TakeOver(to, case, slip));
        }
    }

    /// A receiver takes over what a colleague offered.
    pub(super) fn take_over(&mut self, worker: WorkerNo, case: CaseNo, slip: SlipId) {
        let offered = self.cases[case].case.holding().and_then(|holding| holding.transfer.as_ref());
        if offered.is_none_or(|transfer| transfer.slip != slip) {
            return;
        }
        if !self.workers[worker].is_there(self.now) {
            let minutes = self.chance.skewed(60.0);
            let at = self.world.next_morning(local_date(self.now), minutes, &mut self.chance);
            return self.agenda.put(at, Happening::TakeOver(worker, case, slip));
        }
        if self.act(Who::Worker(worker), case, Command::ConfirmTransfer {}) {
            self.workers[worker].hands.push(case);
        }
    }

    /// The time a case was put on hold for is over.
    pub(super) fn hold_ends(&mut self, case: CaseNo, until: Timestamp) {
        let Some(Status::Waiting { holding, hold }) = self.cases[case].case.status() else { return };
        if hold.until != until {
            return;
        }
        let holder = holding.by.clone();
        if self.act(Who::System, case, Command::Resume {})
            && let Some(holder) = self.workers.iter().position(|worker| worker.person.id == holder)
        {
            self.workers[holder].hands.push(case);
        }
    }

    /// Claims nobody did anything with for half a working day run out.
    pub(super) fn sweep(&mut self) {
        let calendar = std::sync::Arc::clone(&self.world.calendar);
        let idle = |case: &CaseNo| match self.cases[*case].case.status() {
            Some(Status::Claimed(holding)) => calendar.minutes_between(holding.active_at, self.now) >= LEASE,
            _ => false,
        };
        let cases: Vec<CaseNo> = (0..self.cases.len()).filter(idle).collect();
        for case in cases {
            // Its time of day may be the last moment of the office hours: then the next round does it.
            if calendar.is_open(self.now) {
                self.act(Who::System, case, Command::ExpireLease {});
            }
        }
    }

    /// Cases that stand at a stage of a branch in the pool, longest there first.
    pub(super) fn oldest_ready(&self, branch: usize, stage: Stage) -> Option<CaseNo> {
        let counter = self.world.counters.iter().find(|counter| counter.branch == branch)?;
        let unit = counter.sites.get(&stage)?;
        let pool = &self.pools[self.world.cell(unit, stage)];
        pool.iter().copied().min_by_key(|case| self.cases[*case].case.arrived_at)
    }
}
