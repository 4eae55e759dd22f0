//! What leads and managers do: approvals, priorities, assignments, returns after major findings.

use domain::actor::Role;
use domain::case::returns::Ground;
use domain::case::state::{Matter, Priority};
use domain::case::{Command, Status};
use domain::post::Stage;
use domain::time::{Timestamp, local_date};

use super::Simulation;
use super::agenda::{CaseNo, Happening, WorkerNo};
use super::carry::Who;
use super::live::Kind;
use super::orders::words;

/// An approval asked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Request {
    case: CaseNo,
    no: u16,
    /// Nobody gets round to it before.
    from: Timestamp,
}

/// A case whose release a major finding bars.
#[derive(Clone, Copy, Debug)]
pub(super) struct Barred {
    /// The case.
    pub case: CaseNo,
    /// The check that found it, by its place.
    pub check: usize,
    /// It has been sent back, or need not be.
    pub seen_to: bool,
}

impl Simulation<'_> {
    /// A holder has asked for an approval.
    pub(super) fn requested(&mut self, case: CaseNo) {
        let Some(no) = self.cases[case].case.approvals.last().map(|approval| approval.no) else { return };
        let patience = if self.is_closing() { 150.0 } else { 40.0 };
        let from = self.world.later(self.now, self.chance.skewed(patience), &mut self.chance);
        self.requests.push(Request { case, no, from });
    }

    /// A lead looks after things, and again some time later.
    pub(super) fn round(&mut self, worker: WorkerNo) {
        let minutes = 18.0 + self.chance.skewed(14.0);
        if !self.workers[worker].is_there(self.now) || !self.world.calendar.is_open(self.now) {
            let at = self.world.later(self.now, minutes, &mut self.chance);
            return self.agenda.put(at, Happening::Round(worker));
        }
        self.answer_requests(worker);
        if self.workers[worker].person.role == Role::Lead {
            self.set_priorities(worker);
            self.assign(worker);
            self.send_back(worker);
        }
        let at = self.world.later(self.now, minutes, &mut self.chance);
        self.agenda.put(at, Happening::Round(worker));
    }

    /// Answers what has waited long enough, as far as the person may.
    fn answer_requests(&mut self, worker: WorkerNo) {
        for request in std::mem::take(&mut self.requests) {
            let open = self.cases[request.case].case.open_approval(request.no);
            let Some(matter) = open.map(|approval| approval.matter.clone()) else { continue };
            if request.from > self.now || !self.answer_request(worker, request, &matter) {
                self.requests.push(request);
            }
        }
    }

    fn answer_request(&mut self, worker: WorkerNo, request: Request, matter: &Matter) -> bool {
        let yes = match matter {
            Matter::FeeDeviation { .. } => 0.75,
            Matter::ReturnEffective { .. } => 0.95,
            // The core holds what is wrong: there is no other way.
            Matter::CancelEffective { .. } | Matter::AskedAgain { .. } => 1.0,
            Matter::HoldMovesDue { .. } => 0.8,
            Matter::AmendCount { .. } => 0.97,
        };
        let approval = request.no;
        let command = if self.chance.happens(yes) {
            Command::Approve { approval }
        } else {
            Command::RefuseApproval { approval, reason: "理由不充分，按规定办理".to_owned() }
        };
        if self.try_act(Who::Worker(worker), request.case, command).is_err() {
            return false;
        }
        self.back_to_holder(request.case);
        true
    }

    /// The holder goes on with a case.
    fn back_to_holder(&mut self, case: CaseNo) {
        let holder = self.cases[case].case.holding().map(|holding| holding.by.clone());
        if let Some(at) = holder.and_then(|holder| self.workers.iter().position(|w| w.person.id == holder))
            && !self.workers[at].hands.contains(&case)
        {
            self.workers[at].hands.push(case);
        }
    }

    /// Complaints and important customers of the last hours.
    fn set_priorities(&mut self, worker: WorkerNo) {
        let branch = self.workers[worker].branch;
        let recent = self.cases.len().saturating_sub(1_500)..self.cases.len();
        let due: Vec<CaseNo> = recent
            .filter(|case| self.cases[*case].priority.is_some())
            .filter(|case| Some(self.world.counters[self.cases[*case].counter].branch) == branch)
            .filter(|case| matches!(self.cases[*case].kind(), Kind::Ready | Kind::Claimed | Kind::Waiting))
            .collect();
        for case in due {
            let Some(priority) = self.cases[case].priority.take() else { continue };
            let reason = match priority {
                Priority::Complaint => "客户投诉，加急办理",
                _ => "重要客户",
            };
            self.act(Who::Worker(worker), case, Command::SetPriority { priority, reason: reason.to_owned() });
        }
    }

    /// Gives what lies longest to somebody, now and then.
    fn assign(&mut self, worker: WorkerNo) {
        let often = if self.is_closing() { 0.5 } else { 0.16 };
        let Some(branch) = self.workers[worker].branch else { return };
        if !self.chance.happens(often) {
            return;
        }
        let stage = *self.chance.one(&[Stage::Entry, Stage::Servicing, Stage::Recheck, Stage::Binding]);
        let Some(case) = self.oldest_ready(branch, stage) else { return };
        if self.cases[case].case.act_by() > self.now {
            return;
        }
        let unit = self.cases[case].case.working_unit().clone();
        for to in self.somebody(&unit, stage, self.now, worker) {
            let receiver = self.workers[to].person.id.clone();
            if self.try_act(Who::Worker(worker), case, Command::Assign { to: receiver }).is_ok() {
                self.workers[to].hands.insert(0, case);
                return;
            }
        }
    }

    /// Sends back what an inspector found gravely wrong, where it can still be done again.
    fn send_back(&mut self, worker: WorkerNo) {
        let branch = self.workers[worker].branch;
        for at in 0..self.barred.len() {
            let Barred { case, check, seen_to } = self.barred[at];
            let mine = Some(self.world.counters[self.cases[case].counter].branch) == branch;
            if seen_to || !mine || self.cases[case].case.bars.is_empty() {
                continue;
            }
            let effective = self.is_effective(case);
            let to = self.checks[check].record.row.stage;
            let later = self.cases[case].case.stage().is_some_and(|stage| stage > to);
            if effective || !later {
                // In force already, or being done again anyway: the second check looks at it as it is.
                self.barred[at].seen_to = true;
                continue;
            }
            let free = matches!(
                self.cases[case].case.status(),
                Some(Status::Ready | Status::Claimed(_) | Status::Waiting { .. })
            );
            if free && self.cases[case].case.proposal.is_none() {
                self.barred[at].seen_to = self.return_finding(worker, case, check, to);
            }
        }
    }

    fn return_finding(&mut self, worker: WorkerNo, case: CaseNo, check: usize, to: Stage) -> bool {
        let Some(finding) = self.checks[check].findings.first().map(|view| view.finding.clone()) else {
            return true;
        };
        let items = match finding.item.filter(|no| self.cases[case].case.item(*no).is_some()) {
            Some(no) => vec![no],
            None => self.cases[case].case.open_items().map(|item| item.no).collect(),
        };
        let ground = Ground::Finding {
            error_point: finding.error_point,
            severity: finding.severity,
            cause: finding.cause,
            field: finding.field,
        };
        let reason = format!("抽检重大差错：{}", words(finding.error_point));
        let command = Command::ReturnTo { stage: to, items, grounds: vec![ground], reason };
        self.act(Who::Worker(worker), case, command)
    }

    /// Whether a day is one of the story's.
    pub(super) fn is_day_of_story(&self, day: chrono::NaiveDate) -> bool {
        self.seeds.contains_key(&day) && day < local_date(self.now)
    }
}
