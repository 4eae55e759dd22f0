//! What the log proposes for a finding: who is responsible, which item, how bad.

use super::draft::FindingDraft;
use domain::actor::By;
use domain::api::check::CheckView;
use domain::case::Case;
use domain::id::PersonId;
use domain::post::Stage;
use domain::quality::points::ErrorPoint;

/// A finding with everything the log can say.
pub fn finding(view: &CheckView, error_point: ErrorPoint, evidence: &str, key: u32) -> FindingDraft {
    let mut items = view.case.items.iter().filter(|item| item.is_open());
    let only = items.next().map(|item| item.no).filter(|_| items.next().is_none());
    FindingDraft {
        key,
        error_point,
        severity: error_point.spec().severity,
        cause: None,
        item: only,
        field: None,
        responsible: Some(responsible(view, error_point)),
        evidence: evidence.trim().to_owned(),
        affected: Ok(None),
    }
}

/// Who the log says is responsible: who did the checked step where its post can make the error; for what recheck
/// let through, who passed it last; else who handed over last from a post that can make it.
pub fn responsible(view: &CheckView, error_point: ErrorPoint) -> PersonId {
    let posts = &error_point.spec().posts;
    if posts.contains(&view.row.stage.post()) {
        return view.row.operator.clone();
    }
    if error_point == ErrorPoint::E07
        && let Some(passed) = last_pass(&view.case)
    {
        return passed;
    }
    let mut by_stage = Stage::ALL.into_iter().rev().filter(|stage| posts.contains(&stage.post()));
    by_stage.find_map(|stage| view.case.last_done.get(&stage)).unwrap_or(&view.row.operator).clone()
}

fn last_pass(case: &Case) -> Option<PersonId> {
    let passes = case.items.iter().filter_map(|item| item.pass.as_ref());
    let last = passes.max_by_key(|pass| pass.done.at)?;
    match &last.done.by {
        By::Person(id) => Some(id.clone()),
        By::System | By::Integration(_) => None,
    }
}

/// Everyone who worked on the case, with the stages they worked at, in the order of the stages.
pub fn workers(case: &Case) -> Vec<(PersonId, Vec<Stage>)> {
    let mut people: Vec<(PersonId, Vec<Stage>)> = Vec::new();
    for stage in Stage::ALL {
        for person in case.worked.get(&stage).into_iter().flatten() {
            match people.iter_mut().find(|(id, _)| id == person) {
                Some((_, stages)) => stages.push(stage),
                None => people.push((person.clone(), vec![stage])),
            }
        }
    }
    people
}
