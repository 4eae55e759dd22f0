//! The clocks of a case from its visits, transits and waits (process §6).

use crate::{
    case::Case,
    id::UnitId,
    post::Stage,
    time::{CaseSpans, Span, TransitSpan, VisitSpan, WaitSpan},
};

/// Everything the case has been through, keyed by stage and the unit whose calendar counts.
pub fn spans(case: &Case) -> CaseSpans<(Stage, UnitId)> {
    let visits = case
        .visits
        .iter()
        .map(|visit| VisitSpan {
            key: (visit.stage, visit.unit.clone()),
            span: Span { from: visit.from, to: visit.to },
            waits: visit
                .waits
                .iter()
                .map(|wait| WaitSpan { span: Span { from: wait.from, to: wait.to }, owner: wait.owner })
                .collect(),
        })
        .collect();
    let transits = case
        .transits
        .iter()
        .map(|transit| {
            let unit = case.working.get(&transit.to).unwrap_or(&case.accepting).clone();
            TransitSpan { key: (transit.to, unit), span: Span::closed(transit.from, transit.until) }
        })
        .collect();
    CaseSpans { visits, transits }
}
