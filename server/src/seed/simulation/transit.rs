//! Papers on their way: mislaid, taken back, counted, counted wrong.

use chrono::TimeDelta;
use domain::case::{Command, Status};
use domain::id::SlipId;
use domain::time::BusinessMinutes;

use super::Simulation;
use super::agenda::{CaseNo, Happening, WorkerNo};
use super::carry::Who;

impl Simulation<'_> {
    /// A case was put on a slip.
    pub(super) fn on_slip(&mut self, worker: WorkerNo, case: CaseNo) {
        let Some(slip) = self.cases[case].case.line().map(|line| line.slip) else { return };
        let mislaid = if self.is_closing() { 0.006 } else { 0.002 };
        if self.chance.happens(mislaid) {
            let minutes = self.chance.between(700, 2_600);
            let until = self.world.calendar.add_minutes(self.now, BusinessMinutes(minutes));
            self.cases[case].mislaid = Some((slip, until));
        } else if self.chance.happens(0.004) {
            let at = self.now + TimeDelta::minutes(self.chance.between(3, 9));
            self.agenda.put(at, Happening::TakeBack(worker, case, slip));
        }
    }

    /// The giver takes a line back that nobody has counted yet, and gives it again.
    pub(super) fn take_back(&mut self, worker: WorkerNo, case: CaseNo, slip: SlipId) {
        let open = self.cases[case]
            .case
            .line()
            .is_some_and(|line| line.slip == slip && line.counts.is_empty() && line.returned.is_none());
        if open
            && self.cases[case].troubled.insert(slip)
            && self.act(Who::Worker(worker), case, Command::TakeBack {})
        {
            let at = self.now + TimeDelta::minutes(self.chance.between(4, 15));
            self.agenda.put(at, Happening::GiveAgain(worker, case));
        }
    }

    /// Passes on again what came back.
    pub(super) fn give_again(&mut self, worker: WorkerNo, case: CaseNo) {
        if self.holds(worker, case) {
            self.act(Who::Worker(worker), case, Command::HandOver {});
        }
    }

    /// Counts one line, unseen; a count that differs is made a second time.
    pub(super) fn count(&mut self, worker: WorkerNo, case: CaseNo, slip: SlipId, last: bool) {
        if self.cases[case].case.line().is_some_and(|line| line.slip == slip) {
            self.receive(worker, case, slip);
        }
        if last {
            self.free_at(worker, 0.5);
        }
    }

    fn receive(&mut self, worker: WorkerNo, case: CaseNo, slip: SlipId) {
        let who = Who::Worker(worker);
        let right: Vec<u16> = self.cases[case].case.materials.iter().map(|paper| paper.pages).collect();
        let Some(Status::HandedOver(line)) = self.cases[case].case.status() else { return };
        let giver = line.giver.clone();
        let differs = line.returned.is_none() && self.chance.happens(0.006);
        if !differs || !self.cases[case].troubled.insert(slip) {
            self.act(who, case, Command::ConfirmReceipt { counted: right });
            return;
        }
        let mut wrong = right.clone();
        let at = usize::try_from(self.chance.below(wrong.len() as u64)).unwrap_or(0);
        wrong[at] += 1;
        self.act(who, case, Command::ConfirmReceipt { counted: wrong.clone() });
        if self.chance.happens(0.6) {
            self.act(who, case, Command::ConfirmReceipt { counted: right });
            return;
        }
        self.act(who, case, Command::ConfirmReceipt { counted: wrong });
        let difference = format!("第{}项资料多1页，请核对", at + 1);
        if self.act(who, case, Command::ReportDifference { difference })
            && let Some(giver) = self.workers.iter().position(|worker| worker.person.id == giver)
        {
            let at = self.now + TimeDelta::minutes(self.chance.between(8, 40));
            self.agenda.put(at, Happening::GiveAgain(giver, case));
        }
    }
}
