//! What happens beside the list of a stage: holds, returns, proposals, withdrawals, what needs an approval.

use chrono::TimeDelta;
use domain::case::CaseItem;
use domain::case::registration::Shortfall;
use domain::post::Stage;
use domain::time::BusinessMinutes;

use super::Simulation;
use super::agenda::{CaseNo, WorkerNo};
use super::live::Intention;
use crate::seed::invent::Fate;

/// Reasons to stop a case, by what stops it.
const HOLDS: [&str; 7] = [
    "客户电话未接通，待回电",
    "核心系统批处理未完成",
    "待分公司确认历史批单",
    "与业务员核对领取方式",
    "客户要求暂缓办理",
    "待补印变更申请书",
    "待核对银行退票原因",
];

impl Simulation<'_> {
    /// Makes up, once a visit, what its holder does beside the list.
    pub(super) fn intend(&mut self, worker: WorkerNo, case: CaseNo) {
        if self.cases[case].intended {
            return;
        }
        self.cases[case].intended = true;
        let Some(stage) = self.cases[case].case.stage() else { return };
        if self.cases[case].case.proposal.is_some() {
            return;
        }
        let intention = match stage {
            Stage::Intake => self.at_intake(),
            Stage::Entry => self.at_entry(worker, case),
            Stage::Servicing => self.at_servicing(worker, case),
            Stage::Recheck => self.at_recheck(worker, case),
            Stage::Binding => self.at_binding(worker, case),
            Stage::FinalCheck => None,
        };
        self.cases[case].intention = intention;
    }

    /// Whether something of that probability happens; more of it shortly before the story ends.
    fn now_and_then(&mut self, probability: f64, when_closing: f64) -> bool {
        let times = if self.is_closing() { when_closing } else { 1.0 };
        self.chance.happens(probability * times)
    }

    fn at_intake(&mut self) -> Option<Intention> {
        if self.now_and_then(0.004, 4.0) {
            return Some(self.a_hold());
        }
        None
    }

    fn at_entry(&mut self, worker: WorkerNo, case: CaseNo) -> Option<Intention> {
        let live = &self.cases[case];
        let inadmissible =
            live.case.shortfalls.iter().any(|line| matches!(line, Shortfall::Inadmissible { .. }));
        let hopeless = !live.case.shortfalls.is_empty() && live.waits > 1;
        if inadmissible || hopeless {
            return Some(if self.chance.happens(0.3) { Intention::Withdraw } else { Intention::Propose });
        }
        if !live.fated {
            match live.fate {
                Fate::Withdrawn => return Some(Intention::Withdraw),
                Fate::Declined if self.chance.happens(0.6) => return Some(Intention::Propose),
                _ => {}
            }
        }
        if self.look_for_errors(worker, case, 0.3) {
            return Some(self.sending_back(case, Stage::Intake, false));
        }
        if self.now_and_then(0.012, 4.0) {
            return Some(self.a_hold());
        }
        if self.now_and_then(0.006, 1.0) {
            return Some(Intention::PutBack);
        }
        if self.now_and_then(0.004, 8.0) {
            return self.recount(case);
        }
        None
    }

    fn at_servicing(&mut self, worker: WorkerNo, case: CaseNo) -> Option<Intention> {
        let live = &self.cases[case];
        if live.fate == Fate::Declined && !live.fated && !live.case.core_outstanding() {
            return Some(Intention::Propose);
        }
        if self.look_for_errors(worker, case, 0.15) {
            let to = self.earliest(case).unwrap_or(Stage::Entry);
            return Some(self.sending_back(case, to, false));
        }
        if self.now_and_then(0.014, 4.0) {
            return Some(self.a_hold());
        }
        if self.now_and_then(0.006, 8.0) {
            let minutes = self.chance.between(600, 2_400);
            let until = self.world.calendar.add_minutes(self.now, BusinessMinutes(minutes));
            return Some(Intention::LongHold {
                until: until + TimeDelta::minutes(self.chance.between(1, 20)),
            });
        }
        if self.now_and_then(0.03, 7.0) {
            return self.deviate(case);
        }
        if self.now_and_then(0.006, 4.0) {
            return Some(self.sending_back(case, Stage::Entry, true));
        }
        None
    }

    fn at_recheck(&mut self, worker: WorkerNo, case: CaseNo) -> Option<Intention> {
        if self.look_for_errors(worker, case, 1.0) {
            let to = self.earliest(case).unwrap_or(Stage::Entry);
            return Some(self.sending_back(case, to, false));
        }
        if !self.is_effective(case) && self.now_and_then(0.008, 4.0) {
            let to = if self.chance.happens(0.5) { Stage::Entry } else { Stage::Servicing };
            return Some(self.sending_back(case, to, true));
        }
        if self.now_and_then(0.005, 4.0) {
            return Some(self.a_hold());
        }
        None
    }

    fn at_binding(&mut self, worker: WorkerNo, case: CaseNo) -> Option<Intention> {
        if self.look_for_errors(worker, case, 0.2) {
            let to = self.earliest(case).filter(|stage| *stage == Stage::Servicing);
            if let Some(to) = to {
                return Some(self.sending_back(case, to, false));
            }
        }
        if self.now_and_then(0.005, 4.0) {
            return Some(self.a_hold());
        }
        if self.now_and_then(0.003, 6.0) {
            return self.recount(case);
        }
        None
    }

    /// A return; of what the core has made effective only with an approval, at whichever post that is seen: a case that
    /// was returned from binding may be sent further back.
    fn sending_back(&self, case: CaseNo, to: Stage, no_fault: bool) -> Intention {
        if self.is_effective(case) {
            Intention::BackEffective { to }
        } else {
            Intention::Back { to, no_fault }
        }
    }

    /// Whether the core has made effective something of a case.
    pub(super) fn is_effective(&self, case: CaseNo) -> bool {
        self.cases[case].case.open_items().any(CaseItem::core_effective)
    }

    /// The earliest stage at which an error was made that is seen.
    fn earliest(&self, case: CaseNo) -> Option<Stage> {
        let here = self.cases[case].case.stage()?;
        self.cases[case]
            .faults
            .iter()
            .filter(|fault| fault.stands && !fault.overlooked && fault.stage < here)
            .map(|fault| fault.stage)
            .min()
    }

    fn a_hold(&mut self) -> Intention {
        let reason = *self.chance.one(&HOLDS);
        #[expect(clippy::cast_possible_truncation, reason = "a few thousand minutes")]
        let minutes = self.chance.skewed(700.0) as i64;
        Intention::Hold { reason, minutes: minutes.clamp(90, 4_800) }
    }

    fn recount(&mut self, case: CaseNo) -> Option<Intention> {
        let materials = &self.cases[case].case.materials;
        let at = usize::try_from(self.chance.below(materials.len() as u64)).ok()?;
        let pages = materials.get(at)?.pages.checked_add(1)?;
        Some(Intention::Recount { material: u16::try_from(at).ok()?, pages })
    }

    fn deviate(&mut self, case: CaseNo) -> Option<Intention> {
        let catalogue = self.world.catalogue;
        let item = self.cases[case]
            .case
            .open_items()
            .find(|item| {
                catalogue
                    .item(&item.code)
                    .is_some_and(|entry| entry.fee.is_some() && item.code.as_str() != "PM")
            })?
            .no;
        let yuan = self.chance.between(60, 1_900);
        Some(Intention::Deviate { item, fen: yuan * 100 })
    }
}
