//! Draws, sample checks, findings, and what quality figures are made of.

use super::{
    given::{arrived, at, came_back, day, id, person, return_to, units},
    harness::Base,
};
use chrono::TimeDelta;
use domain::{
    api::check::{CheckRow, CheckState, DrawView, FindingInput, FindingView, PointVerdict},
    case::{Fact, returns::Ground},
    id::{CheckId, DrawId, FindingId},
    post::{Post, Stage},
    quality::points::{Cause, ErrorPoint, Severity, Verdict},
};
use std::collections::BTreeSet;
use store::{
    CheckFilter, CheckReads, CheckRecord, DashboardReads, DrawSeed, Frame, FrameStep, QualityAsk, StoreError,
    StoreExt, WriteError,
};
use uuid::Uuid;

/// Three cases passed on by Entry, one of them after a return from Servicing.
async fn three_steps() -> Base {
    let base = Base::new().await;
    let given = base.given.clone();
    for number in 1..=3 {
        let like = super::given::Like { paper: false, ..given.like() };
        let mut facts = given.way(&[(Stage::Entry, "ENT1"), (Stage::Servicing, "SRV1")]);
        if number == 3 {
            let ground = Ground::Finding {
                error_point: ErrorPoint::E02,
                severity: Severity::Ordinary,
                cause: Cause::Care,
                field: None,
            };
            let returned = return_to(Stage::Entry, Stage::Servicing, vec![ground]);
            facts.push(("SRV1", came_back(returned, &given.unit, at(15, 0), at(18, 0))));
            facts.push(("ENT1", Fact::Claimed {}));
            facts.push(("ENT1", arrived(Stage::Servicing, &given.unit, at(9, 30), at(15, 0))));
        }
        base.begin(given.past(number, &like, facts), None).await;
    }
    base
}

fn frame(day: chrono::NaiveDate, scope: &[&str]) -> Frame {
    Frame { day, units: units(scope), stages: BTreeSet::from([Stage::Entry]), until: at(23, 0) }
}

fn record(number: u128, step: &FrameStep, draw: Option<DrawId>) -> CheckRecord {
    CheckRecord {
        row: CheckRow {
            id: CheckId(Uuid::from_u128(number)),
            version: 1,
            draw,
            case: step.case,
            number: step.number.clone(),
            items: step.items.clone(),
            stage: step.stage,
            round: step.round,
            operator: step.operator.clone(),
            unit: step.unit.clone(),
            finished_at: step.finished_at,
            inspector: "INS1".into(),
            state: CheckState::Open,
            pi: draw.map(|_| (2, 4)),
            conforms: None,
            second_of: None,
        },
        accepting: step.accepting.clone(),
        case_version: step.case_version,
        points: Vec::new(),
        done_at: None,
        done_on: None,
    }
}

fn draw() -> DrawView {
    DrawView {
        id: DrawId(Uuid::from_u128(50)),
        number: "SH-260318-S001".to_owned(),
        day: day(),
        unit: "SH".into(),
        post: Post::Entry,
        frame_size: 4,
        frame_hash: "aa".repeat(32),
        seed_commitment: "bb".repeat(32),
        seed: "cc".repeat(32),
        drawn: 2,
        at: at(18, 0),
        by: "INS1".into(),
        verified_at: None,
        done: 0,
        repeated: 0,
    }
}

fn done(check: &CheckRecord, conforms: bool) -> CheckRecord {
    let verdict = if conforms { Verdict::Conforms } else { Verdict::DoesNot };
    CheckRecord {
        row: CheckRow {
            version: check.row.version + 1,
            state: CheckState::Done,
            conforms: Some(conforms),
            ..check.row.clone()
        },
        points: vec![
            PointVerdict {
                point: 4,
                verdict,
                evidence: "身份证号录错一位".to_owned(),
                cause: (!conforms).then_some(Cause::Care),
            },
            PointVerdict { point: 5, verdict: Verdict::NotApplicable, evidence: String::new(), cause: None },
        ],
        done_at: Some(at(18, 30)),
        done_on: Some(day()),
        ..check.clone()
    }
}

fn finding(number: u128, severity: Severity) -> FindingView {
    FindingView {
        id: FindingId(Uuid::from_u128(number)),
        finding: FindingInput {
            error_point: ErrorPoint::E02,
            severity,
            cause: Cause::Care,
            item: Some(1),
            field: Some("identity".into()),
            responsible: "ENT1".into(),
            evidence: "身份证号录错一位".to_owned(),
            affected_minor: 12_345,
        },
        by: "INS1".into(),
        at: at(18, 30),
    }
}

async fn finish(base: &Base, check: CheckRecord, findings: Vec<FindingView>) -> Result<(), WriteError<()>> {
    base.store
        .write(move |tx| {
            let (check, findings) = (check.clone(), findings.clone());
            Box::pin(async move {
                tx.check(check.row.id).await?;
                Ok(tx.finish_check(&check, &findings).await?)
            })
        })
        .await
}

#[tokio::test]
async fn steps_of_a_day_are_the_frame() {
    let base = three_steps().await;
    let steps = base.store.frame(&frame(day(), &["SH"])).await.unwrap();
    let of: Vec<_> = steps.iter().map(|step| (step.case, step.round, step.operator.as_str())).collect();
    assert_eq!(of, [(id(1), 1, "ENT1"), (id(2), 1, "ENT1"), (id(3), 1, "ENT1"), (id(3), 2, "ENT1")]);
    assert_eq!(steps[0].number, "SH-260318-0001");
    assert!(base.store.frame(&frame(day() + TimeDelta::days(1), &["SH"])).await.unwrap().is_empty());
    assert!(base.store.frame(&frame(day(), &["BJ"])).await.unwrap().is_empty());
    let sizes = base.store.frame_sizes(day(), &units(&["SH"]), at(23, 0)).await.unwrap();
    assert_eq!(sizes.map(|size| size.steps), [3, 4, 0, 0, 0, 0], "a return received paperless is no step");
    assert_eq!(sizes.map(|size| size.drawn), [0; 6]);
    let step = base.store.step_of(id(3), Stage::Entry, 2).await.unwrap().unwrap();
    assert_eq!(step, steps[3]);
    assert_eq!(base.store.step_of(id(3), Stage::Entry, 3).await.unwrap(), None);
    base.end().await;
}

#[tokio::test]
async fn a_step_enters_the_frame_once_its_slip_is_received() {
    let base = Base::new().await;
    let given = base.given.clone();
    base.begin(vec![given.registered(1, &given.like())], None).await;
    let line = super::harness::slip(7, &given, at(9, 10));
    let give = vec![super::given::handed_over(line.id, Stage::Entry, &given.unit)];
    base.tell_on(id(1), "INT1", at(9, 10), give, Some(line)).await.unwrap();
    let sizes = |until| {
        let store = std::sync::Arc::clone(&base.store);
        async move { store.frame_sizes(day(), &units(&["SH"]), until).await.unwrap()[0].steps }
    };
    assert_eq!(sizes(at(23, 0)).await, 0, "it may be taken back still");
    base.tell(id(1), "ENT1", at(9, 30), vec![arrived(Stage::Entry, &given.unit, at(9, 10), at(15, 0))]).await;
    assert_eq!(sizes(at(9, 29)).await, 0, "it was not received by then");
    assert_eq!(sizes(at(9, 30)).await, 1);
    let intake = Frame { stages: BTreeSet::from([Stage::Intake]), until: at(9, 30), ..frame(day(), &["SH"]) };
    assert_eq!(base.store.frame(&intake).await.unwrap().len(), 1);
    base.end().await;
}

#[tokio::test]
async fn a_draw_is_a_ledger() {
    let base = three_steps().await;
    let steps = base.store.frame(&frame(day(), &["SH"])).await.unwrap();
    let seed = DrawSeed { day: day(), seed: "cc".repeat(32), commitment: "bb".repeat(32), at: at(0, 0) };
    let checks = [record(61, &steps[0], Some(draw().id)), record(62, &steps[3], Some(draw().id))];
    let (fixed, written) = (seed.clone(), checks.clone());
    base.write(move |tx| {
        let (fixed, written) = (fixed.clone(), written.clone());
        Box::pin(async move {
            tx.put_draw_seed(&fixed).await?;
            tx.put_draw_seed(&DrawSeed { seed: "other".to_owned(), ..fixed.clone() }).await?;
            assert_eq!(tx.draw_seed(day()).await?, Some(fixed));
            Ok(tx.insert_draw(&draw(), &written).await?)
        })
    })
    .await;
    let committed = base.store.commitment(day()).await.unwrap().unwrap();
    assert_eq!(committed, DrawSeed { seed: String::new(), ..seed }, "the secret is not told");
    let kept = base.run("UPDATE draw_seed SET seed = 'x'").await.unwrap_err();
    assert!(kept.to_string().contains("append only"));
    assert_eq!(base.store.draws(day(), &units(&["SH"])).await.unwrap(), [draw()]);
    assert!(base.store.draws(day(), &units(&["BJ"])).await.unwrap().is_empty());
    assert_eq!(base.store.draws_behind(None, 10).await.unwrap(), [draw()]);
    assert!(base.store.draws_behind(Some(draw().id), 10).await.unwrap().is_empty());
    let drawn = base.store.drawn(draw().id).await.unwrap();
    assert_eq!(drawn, [(id(1), Stage::Entry, 1), (id(3), Stage::Entry, 2)]);
    let filter = |inspector: Option<&str>| CheckFilter {
        units: units(&["SH"]),
        inspector: inspector.map(Into::into),
        day: day(),
    };
    let rows = checks.clone().map(|check| check.row);
    assert_eq!(base.store.checks(&filter(Some("INS1"))).await.unwrap(), rows);
    assert!(base.store.checks(&filter(Some("INS2"))).await.unwrap().is_empty());
    assert_eq!(base.store.checks(&filter(None)).await.unwrap().len(), 2);
    assert_eq!(base.store.open_checks(&"INS1".into()).await.unwrap(), 2);
    finish(&base, done(&checks[0], true), Vec::new()).await.unwrap();
    assert_eq!(base.store.draw(draw().id).await.unwrap().unwrap().done, 1);
    assert_eq!(base.store.open_checks(&"INS1".into()).await.unwrap(), 1);
    base.write(|tx| Box::pin(async move { Ok(tx.mark_verified(draw().id, at(19, 0)).await?) })).await;
    assert_eq!(base.store.draw(draw().id).await.unwrap().unwrap().verified_at, Some(at(19, 0)));
    base.end().await;
}

#[tokio::test]
async fn a_check_is_finished_once() {
    let base = three_steps().await;
    let steps = base.store.frame(&frame(day(), &["SH"])).await.unwrap();
    let check = record(61, &steps[0], None);
    let written = check.clone();
    base.write(move |tx| {
        let written = written.clone();
        Box::pin(async move { Ok(tx.insert_check(&written).await?) })
    })
    .await;
    let finished = done(&check, false);
    finish(&base, finished.clone(), vec![finding(70, Severity::Major)]).await.unwrap();
    let again = finish(&base, finished.clone(), Vec::new()).await;
    assert!(matches!(again, Err(WriteError::Store(StoreError::Invalid(_)))), "{again:?}");
    let read = base.store.check_in(check.row.id, &units(&["SH"])).await.unwrap();
    assert_eq!(read, Some(finished.clone()));
    assert_eq!(base.store.check_in(check.row.id, &units(&["BJ"])).await.unwrap(), None);
    assert_eq!(base.store.checks_of(id(1)).await.unwrap(), [finished]);
    assert_eq!(base.store.findings(check.row.id).await.unwrap(), [finding(70, Severity::Major)]);
    let due = base.store.second_due(&units(&["SH"])).await.unwrap();
    assert_eq!(due.iter().map(|row| row.id).collect::<Vec<_>>(), [check.row.id]);
    let mut second = record(62, &steps[0], None);
    second.row.second_of = Some(check.row.id);
    let written = second.clone();
    base.write(move |tx| {
        let written = written.clone();
        Box::pin(async move { Ok(tx.insert_check(&written).await?) })
    })
    .await;
    assert_eq!(base.store.second_due(&units(&["SH"])).await.unwrap().len(), 1, "it is not done yet");
    finish(&base, done(&second, true), Vec::new()).await.unwrap();
    assert!(base.store.second_due(&units(&["SH"])).await.unwrap().is_empty());
    base.end().await;
}

#[tokio::test]
async fn sample_figures_have_numerators_and_denominators() {
    let base = three_steps().await;
    let steps = base.store.frame(&frame(day(), &["SH"])).await.unwrap();
    let checks = [record(61, &steps[0], Some(draw().id)), record(62, &steps[3], Some(draw().id))];
    let picked = record(63, &steps[1], None);
    let (written, outside) = (checks.clone(), picked.clone());
    base.write(move |tx| {
        let (written, outside) = (written.clone(), outside.clone());
        Box::pin(async move {
            tx.insert_draw(&draw(), &written).await?;
            Ok(tx.insert_check(&outside).await?)
        })
    })
    .await;
    finish(
        &base,
        done(&checks[0], false),
        vec![finding(70, Severity::Ordinary), finding(71, Severity::Minor)],
    )
    .await
    .unwrap();
    finish(&base, done(&checks[1], true), Vec::new()).await.unwrap();
    finish(&base, done(&picked, false), vec![finding(72, Severity::Major)]).await.unwrap();
    let scope = units(&["SH"]);
    let ask = QualityAsk { units: &scope, from: day(), to: day() };
    let counts = base.store.sample_counts(&ask).await.unwrap();
    let mut of: Vec<_> =
        counts.iter().map(|count| (count.pi, count.checked, count.in_error, count.conforming)).collect();
    of.sort_unstable();
    assert_eq!(of, [(None, 1, 1, 0), (Some((2, 4)), 2, 1, 1)]);
    let points = base.store.point_counts(&ask).await.unwrap();
    let of: Vec<_> =
        points.iter().map(|point| (point.point, point.pi, point.conforms, point.fails)).collect();
    assert_eq!(of, [(4, (2, 4), 1, 1), (5, (2, 4), 0, 0)], "hand-picked checks enter no rate");
    let findings = base.store.sample_findings(&ask).await.unwrap();
    let of: Vec<_> = findings.iter().map(|found| (found.severity, found.n)).collect();
    assert_eq!(of, [(Severity::Minor, 1), (Severity::Ordinary, 1)]);
    let far = units(&["BJ"]);
    let ask = QualityAsk { units: &far, ..ask };
    assert!(base.store.sample_counts(&ask).await.unwrap().is_empty());
    base.end().await;
}

#[tokio::test]
async fn a_step_drawn_twice_is_one_checked_unit() {
    let base = three_steps().await;
    let steps = base.store.frame(&frame(day(), &["SH"])).await.unwrap();
    let later = DrawView {
        id: DrawId(Uuid::from_u128(51)),
        number: "SH-260318-S002".to_owned(),
        at: at(18, 10),
        ..draw()
    };
    let first = [record(61, &steps[0], Some(draw().id)), record(62, &steps[1], Some(draw().id))];
    let again = [record(63, &steps[0], Some(later.id)), record(64, &steps[2], Some(later.id))];
    let written = [(draw(), first.to_vec()), (later.clone(), again.to_vec())];
    base.write(move |tx| {
        let written = written.clone();
        Box::pin(async move {
            for (draw, checks) in &written {
                tx.insert_draw(draw, checks).await?;
            }
            Ok(())
        })
    })
    .await;
    let sizes = base.store.frame_sizes(day(), &units(&["SH"]), at(23, 0)).await.unwrap();
    assert_eq!(
        (sizes[1].steps, sizes[1].drawn),
        (4, 3),
        "what is drawn already is told before the next draw"
    );
    let repeated = async |id| base.store.draw(id).await.unwrap().unwrap().repeated;
    assert_eq!((repeated(draw().id).await, repeated(later.id).await), (0, 1));
    // The later draw's check is done first, and clean; the first draw's then finds something in the same step.
    finish(&base, done(&again[0], true), Vec::new()).await.unwrap();
    let late = CheckRecord { done_at: Some(at(19, 0)), ..done(&first[0], false) };
    finish(&base, late, vec![finding(70, Severity::Ordinary)]).await.unwrap();
    finish(&base, done(&first[1], true), Vec::new()).await.unwrap();
    let scope = units(&["SH"]);
    let ask = QualityAsk { units: &scope, from: day(), to: day() };
    let counts = base.store.sample_counts(&ask).await.unwrap();
    let sum = |of: fn(&store::SampleCount) -> u64| counts.iter().map(of).sum::<u64>();
    assert_eq!((sum(|count| count.checked), sum(|count| count.in_error)), (2, 0));
    let verdicts: u64 =
        base.store.point_counts(&ask).await.unwrap().iter().map(|point| point.conforms + point.fails).sum();
    assert_eq!(verdicts, 2);
    assert!(
        base.store.sample_findings(&ask).await.unwrap().is_empty(),
        "seen once more, not found once more"
    );
    base.end().await;
}

#[tokio::test]
async fn first_rounds_of_recheck_are_a_census() {
    let base = Base::new().await;
    let given = base.given.clone();
    let way = [(Stage::Entry, "ENT1"), (Stage::Servicing, "SRV1"), (Stage::Recheck, "REC1")];
    let like = super::given::Like { paper: false, ..given.like() };
    let pass = ("REC1", arrived(Stage::Binding, &given.unit, at(9, 30), at(15, 0)));
    let mut passed = given.way(&way);
    passed.push(pass.clone());
    base.begin(given.past(1, &like, passed), None).await;
    let mut returned = given.way(&way);
    let grounds = vec![
        Ground::Finding {
            error_point: ErrorPoint::E02,
            severity: Severity::Major,
            cause: Cause::Knowledge,
            field: None,
        },
        Ground::Nonconformity { check_point: 4, cause: Cause::Care },
    ];
    let back = return_to(Stage::Entry, Stage::Recheck, grounds);
    let send = Fact::Returned {
        slip: super::harness::slip(9, &given, at(9, 30)).id,
        unit: given.unit.clone(),
        returned: Box::new(back.clone()),
        approval: None,
        unfinished: false,
        from_post: false,
    };
    returned.push(("REC1", send));
    returned.push(("REC1", came_back(back, &given.unit, at(15, 0), at(18, 0))));
    returned.extend([("ENT1", Fact::Claimed {})]);
    // The second round passes: it enters no rate of first rounds.
    returned.extend(given.way(&way[1..]));
    returned.push(pass);
    base.begin(given.past(2, &like, returned), None).await;
    let scope = units(&["SH"]);
    let ask = QualityAsk { units: &scope, from: day(), to: day() };
    let counts = base.store.recheck_counts(&ask).await.unwrap();
    let of: Vec<_> = counts.iter().map(|count| (count.to, count.checked, count.in_error)).collect();
    assert_eq!(of, [(None, 1, 0), (Some(Stage::Entry), 1, 1)]);
    let findings = base.store.recheck_findings(&ask).await.unwrap();
    let of: Vec<_> = findings.iter().map(|found| (found.error_point, found.severity, found.n)).collect();
    assert_eq!(of, [(ErrorPoint::E02, Severity::Major, 1)]);
    let barred = Fact::ReleaseBarred { check: CheckId(Uuid::from_u128(1)), stage: Stage::Entry };
    base.tell(id(1), "INS1", at(10, 0), vec![barred]).await;
    assert_eq!(base.store.barred(&scope).await.unwrap(), 1);
    assert_eq!(base.store.barred(&units(&["BJ"])).await.unwrap(), 0);
    assert_eq!(person("REC1", &["SH"]).id.as_str(), "REC1");
    base.end().await;
}
