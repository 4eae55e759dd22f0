//! What a submitted sample check must hold (quality §3).

use super::points::{Severity, Verdict, check_points_for};
use crate::{
    actor::{Person, Role},
    api::check::{FindingInput, PointVerdict},
    case::{
        Case,
        refusal::{InputRule, Refusal},
    },
    id::PersonId,
    post::Stage,
};
use std::collections::BTreeSet;

/// Longest evidence, characters.
const EVIDENCE_LIMIT: usize = crate::limits::TEXT;

/// Whether an inspector may check a step of this case: role, scope, and no part in the case
/// (process §3, separation: inspector × everyone who worked on it).
///
/// # Errors
/// `NotAnInspector`, `OutOfScope` or `Separation`.
pub fn may_check(case: &Case, inspector: &Person) -> Result<(), Refusal> {
    if inspector.role != Role::Inspector {
        return Err(Refusal::NotAnInspector {});
    }
    if !inspector.sees([&case.accepting, case.working_unit()]) {
        return Err(Refusal::OutOfScope {});
    }
    match Stage::ALL.into_iter().find(|stage| case.worked_at(&[*stage], &inspector.id)) {
        Some(worked_at) => Err(Refusal::Separation { worked_at }),
        None => Ok(()),
    }
}

/// Whether a submission is complete: every check point that applies is answered once, one that does not
/// conform carries evidence and cause, a finding names a person who worked on the case, evidence, and – by
/// its error point – goes with at least one point that does not conform.
///
/// # Errors
/// The first input at fault, by JSON pointer.
pub fn complete(
    stage: Stage,
    points: &[PointVerdict],
    findings: &[FindingInput],
    workers: &BTreeSet<&PersonId>,
) -> Result<(), Refusal> {
    let applies: Vec<u8> = check_points_for(stage).into_iter().map(|spec| spec.number.number()).collect();
    for (index, verdict) in points.iter().enumerate() {
        let at = |field: &str| format!("/submit/points/{index}/{field}");
        if !applies.contains(&verdict.point) {
            return Err(Refusal::Input { pointer: at("point"), rule: InputRule::Unknown });
        }
        if points[..index].iter().any(|other| other.point == verdict.point) {
            return Err(Refusal::Input { pointer: at("point"), rule: InputRule::Twice });
        }
        evidence(&at("evidence"), &verdict.evidence, verdict.verdict == Verdict::DoesNot)?;
        if verdict.verdict == Verdict::DoesNot && verdict.cause.is_none() {
            return Err(Refusal::Input { pointer: at("cause"), rule: InputRule::Required });
        }
    }
    if applies.iter().any(|point| !points.iter().any(|verdict| verdict.point == *point)) {
        return Err(Refusal::input("/submit/points", InputRule::Required));
    }
    let fails = points.iter().any(|verdict| verdict.verdict == Verdict::DoesNot);
    if !findings.is_empty() && !fails {
        // A wrong result cannot come of a step that met every point.
        return Err(Refusal::input("/submit/points", InputRule::OutOfRange));
    }
    for (index, finding) in findings.iter().enumerate() {
        let at = |field: &str| format!("/submit/findings/{index}/{field}");
        evidence(&at("evidence"), &finding.evidence, true)?;
        if !workers.contains(&finding.responsible) {
            return Err(Refusal::Input { pointer: at("responsible"), rule: InputRule::Unknown });
        }
        if finding.affected_minor < 0 {
            return Err(Refusal::Input { pointer: at("affected_minor"), rule: InputRule::Positive });
        }
        let same_fact = |other: &FindingInput| {
            (other.error_point, other.item, &other.field)
                == (finding.error_point, finding.item, &finding.field)
        };
        if findings[..index].iter().any(same_fact) {
            return Err(Refusal::Input { pointer: at("error_point"), rule: InputRule::Twice });
        }
    }
    Ok(())
}

fn evidence(pointer: &str, text: &str, required: bool) -> Result<(), Refusal> {
    if required && text.trim().is_empty() {
        return Err(Refusal::input(pointer, InputRule::Required));
    }
    if text.chars().count() > EVIDENCE_LIMIT {
        return Err(Refusal::input(pointer, InputRule::TooLong));
    }
    Ok(())
}

/// Whether a submission conforms: no point failed.
pub fn conforms(points: &[PointVerdict]) -> bool {
    points.iter().all(|verdict| verdict.verdict != Verdict::DoesNot)
}

/// Whether a second check lifts the bars of its step: it conforms, and by something looked at – answered wholly *not
/// applicable* it says nothing.
pub fn lifts_bars(points: &[PointVerdict]) -> bool {
    conforms(points) && points.iter().any(|verdict| verdict.verdict == Verdict::Conforms)
}

/// Whether a submission bars the release of a case still in the house: a major finding does.
pub fn bars_release(findings: &[FindingInput]) -> bool {
    findings.iter().any(|finding| finding.severity == Severity::Major)
}
