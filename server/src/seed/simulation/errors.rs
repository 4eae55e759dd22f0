//! Errors people make, and who sees them.

use domain::id::{FieldKey, ItemCode};
use domain::post::Stage;
use domain::quality::points::{Cause, ErrorPoint, Severity};

use super::Simulation;
use super::agenda::{CaseNo, WorkerNo};
use super::live::Fault;

/// Why errors happen, of a hundred.
const CAUSES: [(Cause, f64); 8] = [
    (Cause::Care, 38.0),
    (Cause::Knowledge, 19.0),
    (Cause::ManualSteps, 15.0),
    (Cause::NoClearProcedure, 9.0),
    (Cause::HandOver, 7.0),
    (Cause::OwnWay, 7.0),
    (Cause::Attitude, 3.0),
    (Cause::OtherDepartment, 2.0),
];

/// A rechecker sees what intake did wrong less often: most of it leaves no trace in the values compared.
const FAINT: f64 = 0.5;

impl Simulation<'_> {
    /// Whether a person errs in a part of a step that holds so much of its errors. What comes back is done with more
    /// care.
    pub(super) fn errs(&mut self, worker: WorkerNo, case: CaseNo, part: f64) -> bool {
        let again = if self.cases[case].case.returned.is_some() { 0.3 } else { 1.0 };
        let error = self.workers[worker].skill.error;
        self.chance.happens(error * part * again)
    }

    /// An error is made.
    pub(super) fn err(
        &mut self,
        case: CaseNo,
        stage: Stage,
        item: u8,
        point: ErrorPoint,
        field: Option<FieldKey>,
    ) {
        let cause = CAUSES[self.chance.weighted(CAUSES.iter().map(|(_, weight)| *weight))].0;
        let severity = self.severity(point, field.as_ref());
        let round = self.cases[case].round(stage);
        let fault =
            Fault { stage, round, item, point, severity, cause, field, stands: true, overlooked: false };
        self.cases[case].faults.push(fault);
    }

    /// Money and accounts wrong are grave more often than form.
    fn severity(&mut self, point: ErrorPoint, field: Option<&FieldKey>) -> Severity {
        let money = field.is_some_and(|field| {
            matches!(field.as_str(), "account" | "beneficiaries" | "first_debit" | "payment_mode")
        });
        let major = match point {
            ErrorPoint::E05 => 0.30,
            ErrorPoint::E03 | ErrorPoint::E04 if money => 0.35,
            ErrorPoint::E04 => 0.18,
            ErrorPoint::E06 => 0.15,
            ErrorPoint::E02 => 0.06,
            ErrorPoint::E09 => 0.05,
            _ => 0.02,
        };
        let share = self.chance.share();
        if share < major {
            Severity::Major
        } else if share < major + 0.55 * (1.0 - major) {
            Severity::Ordinary
        } else {
            Severity::Minor
        }
    }

    /// Whoever works on the case now looks at what others did before; gives whether something is seen.
    pub(super) fn look_for_errors(&mut self, worker: WorkerNo, case: CaseNo, attention: f64) -> bool {
        let miss = self.workers[worker].skill.miss;
        let Self { cases, chance, world, .. } = self;
        let Some(here) = cases[case].case.stage() else { return false };
        // What the core shows otherwise than was entered stands in the comparison, and only free text may be passed so.
        let codes: Vec<(u8, ItemCode)> =
            cases[case].case.items.iter().map(|item| (item.no, item.code.clone())).collect();
        let compared = |item: u8, field: &FieldKey| {
            let code = codes.iter().find(|(no, _)| *no == item).map(|(_, code)| code);
            let spec = code.and_then(|code| world.catalogue.item(code)?.field(field));
            here == Stage::Recheck && spec.is_some_and(|spec| !spec.kind.is_prose())
        };
        let mut seen = false;
        for fault in cases[case].faults.iter_mut().filter(|fault| fault.stands && fault.stage < here) {
            let faint = if fault.stage == Stage::Intake { FAINT } else { 1.0 };
            let missed = !chance.happens((1.0 - miss) * attention * faint);
            let glaring = fault.stage == Stage::Servicing
                && fault.field.as_ref().is_some_and(|field| compared(fault.item, field));
            fault.overlooked = missed && !glaring;
            seen |= !fault.overlooked;
        }
        seen
    }

    /// The rechecker has passed what he overlooked: an error of his own, one for each item.
    pub(super) fn overlooked(&mut self, case: CaseNo) {
        let mut items: Vec<u8> = self.cases[case]
            .standing(&[Stage::Intake, Stage::Entry, Stage::Servicing])
            .filter(|fault| fault.overlooked)
            .map(|fault| fault.item)
            .collect();
        items.sort_unstable();
        items.dedup();
        for item in items {
            let known = self.cases[case]
                .standing(&[Stage::Recheck])
                .any(|fault| fault.point == ErrorPoint::E07 && fault.item == item);
            if !known {
                self.err(case, Stage::Recheck, item, ErrorPoint::E07, None);
            }
        }
    }
}
