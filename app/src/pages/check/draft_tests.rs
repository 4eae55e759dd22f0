use super::*;
use domain::case::refusal::{InputRule, Refusal};
use domain::post::Stage;
use domain::quality::check::complete;
use domain::quality::points::check_points_for;
use std::collections::BTreeSet;

fn applies() -> Vec<u8> {
    check_points_for(Stage::Servicing).into_iter().map(|spec| spec.number.number()).collect()
}

fn answered() -> Draft {
    let mut draft = Draft::new(&applies());
    for point in &mut draft.points {
        point.verdict = Some(Verdict::Conforms);
    }
    draft
}

fn finding(key: u32) -> FindingDraft {
    FindingDraft {
        key,
        error_point: ErrorPoint::E05,
        severity: Severity::Major,
        cause: Some(Cause::Care),
        item: Some(1),
        field: None,
        responsible: Some("SH1".into()),
        evidence: "实退 40,120.00，试算 41,020.00".into(),
        affected: Ok(Some(90_000)),
    }
}

fn failed() -> Draft {
    let mut draft = answered();
    let point = draft.point_mut(8).expect("fees are servicing's");
    point.verdict = Some(Verdict::DoesNot);
    point.evidence = "退费少 900.00".into();
    point.cause = Some(Cause::Care);
    draft.add_finding(8, finding);
    draft
}

#[test]
fn what_is_complete_here_is_complete_by_the_rule() {
    let person = PersonId::from("SH1");
    let workers = BTreeSet::from([&person]);
    for draft in [answered(), failed()] {
        let (points, findings) = draft.submission().expect("nothing is missing");
        assert_eq!(complete(Stage::Servicing, &points, &findings, &workers), Ok(()));
    }
    assert!(failed().bars() && !answered().bars());
}

#[test]
fn what_is_missing_is_named_from_top_to_bottom() {
    let mut draft = Draft::new(&applies());
    assert_eq!(draft.lacks().len(), applies().len());
    assert!(draft.submission().is_none());
    draft = answered();
    let point = draft.point_mut(8).expect("a point");
    point.verdict = Some(Verdict::DoesNot);
    let key = draft.add_finding(8, |key| FindingDraft {
        cause: None,
        responsible: None,
        evidence: " ".into(),
        affected: Err(AmountError::Decimals),
        ..finding(key)
    });
    assert_eq!(
        draft.lacks(),
        [
            Lack::Evidence(8),
            Lack::Cause(8),
            Lack::Finding(key, FindingField::Cause),
            Lack::Finding(key, FindingField::Responsible),
            Lack::Finding(key, FindingField::Evidence),
            Lack::Finding(key, FindingField::Affected),
        ]
    );
    draft.finding_mut(key).expect("a finding").affected = Ok(Some(-1));
    assert!(draft.lacks().contains(&Lack::Finding(key, FindingField::Affected)));
}

#[test]
fn findings_of_a_point_that_conforms_again_are_kept_and_not_sent() {
    let mut draft = failed();
    draft.point_mut(8).expect("a point").verdict = Some(Verdict::Conforms);
    let (points, findings) = draft.submission().expect("nothing is missing");
    assert!(findings.is_empty() && points.iter().all(|point| point.cause.is_none()));
    draft.point_mut(8).expect("a point").verdict = Some(Verdict::DoesNot);
    assert_eq!(draft.submission().expect("nothing is missing").1.len(), 1);
}

#[test]
fn pointers_are_those_of_the_rule() {
    let mut draft = failed();
    let second = draft.add_finding(8, finding);
    let person = PersonId::from("SH1");
    let (points, findings) = draft.submission().expect("nothing is missing");
    let refusal = complete(Stage::Servicing, &points, &findings, &BTreeSet::from([&person]));
    let twice = Refusal::Input {
        pointer: draft.pointer_of_finding(second, "error_point").expect("it counts"),
        rule: InputRule::Twice,
    };
    assert_eq!(refusal, Err(twice));
    let nobody = complete(Stage::Servicing, &points, &findings[..1], &BTreeSet::new());
    let unknown = Refusal::Input {
        pointer: draft.pointer_of_finding(0, "responsible").expect("it counts"),
        rule: InputRule::Unknown,
    };
    assert_eq!(nobody, Err(unknown));
    assert_eq!(draft.pointer_of_point(8, "evidence").as_deref(), Some("/submit/points/2/evidence"));
    draft.remove_finding(second);
    assert_eq!(draft.pointer_of_finding(second, "evidence"), None);
}

#[test]
fn the_next_open_point_is_found_going_round() {
    let mut draft = answered();
    assert_eq!(draft.next_open(0), None);
    draft.points[0].verdict = None;
    draft.points[3].verdict = None;
    assert_eq!([draft.next_open(0), draft.next_open(3), draft.next_open(4)], [Some(3), Some(0), Some(0)]);
    assert_eq!(Draft::default().next_open(0), None);
}
