//! Sample checks: what the inspector sees, the verdict and what it does to the case, second checks.

use std::collections::BTreeSet;

use domain::actor::{Actor, Person};
use domain::api::check::{CheckCommand, CheckState, CheckView, FindingInput, FindingView, PointVerdict};
use domain::case::refusal::Needs;
use domain::case::{Case, Command, Event, Refusal};
use domain::id::{CheckId, FindingId, PersonId, SlipId};
use domain::quality::check::{bars_release, complete, conforms, lifts_bars, may_check};
use domain::time::{Timestamp, local_date};
use store::{Change, CheckRecord, FeedEntry, FrameStep, Tx};
use uuid::Uuid;

use crate::auth::session::SignedIn;
use crate::carry::{Around, Once, TxResult};
use crate::error::{Error, Result};
use crate::sampling::open_check;
use crate::seal::walk;
use crate::state::App;
use crate::view::{differences, met, replay};

/// A check with the step as it was at that moment.
pub async fn view(app: &App, who: &SignedIn, id: CheckId) -> Result<CheckView> {
    let (store, directory) = (app.store(), app.directory());
    let check = store.check_in(id, &who.person.scope).await?.ok_or(Error::NotFound)?;
    let case = check.row.case;
    let up_to = u32::try_from(check.case_version).unwrap_or(u32::MAX);
    let mut events = store.events(case, 0, up_to).await?;
    let mut then = replay(&events).ok_or_else(|| {
        Error::internal(anyhow::anyhow!("case {case} does not begin with its registration"))
    })?;
    let now = store.case_in(case, &who.person.scope).await?;
    let catalogue = directory.catalogue(then.catalogue)?;
    let findings = store.findings(id).await?;
    let mut people = met(&then, &events);
    people.insert(check.row.inspector.clone());
    people.extend(findings.iter().map(|finding| finding.finding.responsible.clone()));
    let rows = differences(app.vault(), &then, catalogue);
    walk::veil(app.vault(), case, walk::of_case(&mut then));
    for event in &mut events {
        walk::veil(app.vault(), case, walk::of_event(event));
    }
    let points = catalogue.check_points_for(check.row.stage);
    Ok(CheckView {
        draw: match check.row.draw {
            Some(draw) => store.draw(draw).await?,
            None => None,
        },
        case: then,
        events,
        differences: rows,
        points: check.points,
        findings,
        applies: points.into_iter().map(|point| point.number.number()).collect(),
        in_house: now.is_some_and(|record| record.case.stage().is_some()),
        names: directory.names(&people),
        as_of: app.source().now(),
        row: check.row,
    })
}

/// Gives the verdict of a check, once. A major finding on a case still in the house bars its release in the same
/// transaction; a second check that conforms lifts the bars of its step.
pub async fn submit(
    app: &App,
    who: &SignedIn,
    id: CheckId,
    expected: u64,
    command: CheckCommand,
    once: Once,
) -> Result<()> {
    let CheckCommand::Submit { points, findings } = command;
    let (server, person) = (app.clone(), who.person.clone());
    app.write(move |tx| {
        let (app, person, once) = (server.clone(), person.clone(), once.clone());
        let (points, findings) = (points.clone(), findings.clone());
        Box::pin(async move {
            if once.recall::<CheckId>(tx).await?.is_some() {
                return Ok(());
            }
            let check = tx
                .check(id)
                .await?
                .filter(|check| person.sees([&check.accepting, &check.row.unit]))
                .ok_or(Error::NotFound)?;
            if check.row.inspector != person.id {
                return Err(Error::from(Refusal::HeldByOther { holder: check.row.inspector }).into());
            }
            if check.row.version != expected {
                return Err(Error::Stale { events: Vec::new() }.into());
            }
            if check.row.state == CheckState::Done {
                return Err(Error::from(Refusal::AlreadyDone { done: None }).into());
            }
            let now = app.source().now();
            conclude(&app, tx, &person, check, points, findings, &once, now).await?;
            once.remember(tx, &id, now).await
        })
    })
    .await
}

#[expect(clippy::too_many_arguments, reason = "the parts of one transaction, named")]
async fn conclude(
    app: &App,
    tx: &mut dyn Tx,
    person: &Person,
    mut check: CheckRecord,
    points: Vec<PointVerdict>,
    findings: Vec<FindingInput>,
    once: &Once,
    now: Timestamp,
) -> TxResult<()> {
    let record = tx.case(check.row.case).await?.ok_or(Error::NotFound)?;
    may_check(&record.case, person).map_err(Error::from)?;
    complete(check.row.stage, &points, &findings, &record.case.workers()).map_err(Error::from)?;
    let actor = Actor::Person(person.clone());
    let events = consequences(app, &actor, &record.case, &check, &points, &findings, now)?;
    let directory = app.directory();
    if !events.is_empty() {
        let catalogue = directory.catalogue(record.case.catalogue)?;
        let minutes = |unit: &_, from, to| directory.minutes(unit, from, to);
        let change = Change::new(Some(record), events, catalogue, &minutes)?;
        tx.append(&change.with_key(Some(&once.key))).await?;
    }
    check.row.version += 1;
    check.row.state = CheckState::Done;
    check.row.conforms = Some(conforms(&points));
    check.points = points;
    check.done_at = Some(now);
    check.done_on = Some(local_date(now));
    let views: Vec<FindingView> = findings
        .into_iter()
        .map(|finding| {
            let id = FindingId(app.source().id());
            FindingView { id, finding, by: person.id.clone(), at: now }
        })
        .collect();
    tx.finish_check(&check, &views).await?;
    Ok(tx.notice(&notice(&check, now)).await?)
}

/// What a verdict does to the case: a bar, or the end of bars.
fn consequences(
    app: &App,
    actor: &Actor,
    case: &Case,
    check: &CheckRecord,
    points: &[PointVerdict],
    findings: &[FindingInput],
    now: Timestamp,
) -> Result<Vec<Event>> {
    if case.stage().is_none() {
        return Ok(Vec::new());
    }
    let stage = check.row.stage;
    let commands: Vec<Command> = if bars_release(findings) {
        vec![Command::BarRelease { check: check.row.id, stage }]
    } else if check.row.second_of.is_some() && lifts_bars(points) {
        let bars = case.bars.iter().filter(|bar| bar.stage == stage);
        bars.map(|bar| Command::LiftBar { check: bar.check }).collect()
    } else {
        Vec::new()
    };
    let directory = app.directory();
    // Bars are raised and lifted by inspectors, whom the rules keep apart by role.
    let inspectors = BTreeSet::new();
    let around = Around { directory: &directory, actor, now, open_items: &[], inspectors: &inspectors };
    let (mut case, mut events) = (case.clone(), Vec::new());
    for command in commands {
        let more = around.decide(&case, &command, SlipId(Uuid::nil()))?;
        for event in &more {
            case.apply(event);
        }
        events.extend(more);
    }
    Ok(events)
}

/// Opens the second check of a step in which a major finding was made, for the inspector who asks; gives the one
/// that is open already, whoever's it is.
pub async fn second(app: &App, who: &SignedIn, of: CheckId, once: Once) -> Result<CheckId> {
    let store = app.store();
    let first = store.check_in(of, &who.person.scope).await?.ok_or(Error::NotFound)?;
    let case = store.case_in(first.row.case, &who.person.scope).await?.ok_or(Error::NotFound)?.case;
    may_check(&case, &who.person)?;
    if let domain::case::State::Ended { ending, at, .. } = case.state {
        return Err(Refusal::Ended { ending, at }.into());
    }
    if !case.bars.iter().any(|bar| bar.check == of) {
        return Err(Refusal::AlreadyDone { done: None }.into());
    }
    let others = store.checks_of(case.id).await?;
    let open = |other: &&CheckRecord| {
        other.row.second_of.is_some()
            && other.row.stage == first.row.stage
            && other.row.state == CheckState::Open
    };
    if let Some(open) = others.iter().find(open) {
        return Ok(open.row.id);
    }
    let step = step_to_check(app, &case, &first).await?;
    let (server, inspector) = (app.clone(), who.person.id.clone());
    app.write(move |tx| {
        let (app, inspector) = (server.clone(), inspector.clone());
        let (step, once) = (step.clone(), once.clone());
        Box::pin(async move {
            if let Some(id) = once.recall::<CheckId>(tx).await? {
                return Ok(id);
            }
            let (id, now) = (CheckId(app.source().id()), app.source().now());
            let mut check = open_check(id, &step, &inspector);
            check.row.second_of = Some(of);
            tx.insert_check(&check).await?;
            tx.notice(&notice(&check, now)).await?;
            once.remember(tx, &id, now).await?;
            Ok(id)
        })
    })
    .await
}

/// The step as it was done last: again after a return, or the same one where nothing had to be redone.
///
/// # Errors
/// `WrongStatus` while the step is being done again.
async fn step_to_check(app: &App, case: &Case, first: &CheckRecord) -> Result<FrameStep> {
    let (stage, round) = (first.row.stage, first.row.round);
    let visits = case.visits.iter().filter(|visit| visit.stage == stage).count();
    let visits = u16::try_from(visits).unwrap_or(u16::MAX);
    let here = case.stage() == Some(stage) && case.line().is_none_or(|line| line.returned.is_some());
    let before = case.stage().is_some_and(|now| now < stage);
    if here || before {
        return Err(Refusal::WrongStatus { needs: Needs::HandedOver }.into());
    }
    for round in (round..=visits.max(round)).rev() {
        if let Some(step) = app.store().step_of(case.id, stage, round).await? {
            return Ok(step);
        }
    }
    Err(Error::NotFound)
}

fn notice(check: &CheckRecord, at: Timestamp) -> FeedEntry {
    FeedEntry {
        seq: 0,
        at,
        aggregate: "check".to_owned(),
        id: check.row.id.0,
        version: check.row.version,
        queues: Vec::new(),
        unit: check.row.unit.clone(),
        accepting: check.accepting.clone(),
    }
}

/// Everyone a list of checks names.
pub fn people_of<'c>(
    checks: impl IntoIterator<Item = &'c domain::api::check::CheckRow>,
) -> BTreeSet<PersonId> {
    checks.into_iter().flat_map(|check| [check.operator.clone(), check.inspector.clone()]).collect()
}
