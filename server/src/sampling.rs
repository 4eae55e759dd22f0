//! Draws: the frame of a day's finished steps, a seed fixed before it closed, a ledger that anyone can follow.
//!
//! Each day has a secret seed, fixed when the day begins. A draw's own seed follows from it and from the draw's
//! number, which the store allots: whoever draws cannot choose it, and revealing it tells nothing about the next.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::api::check::{CheckRow, CheckState, DrawRequest, DrawView};
use domain::id::{CheckId, DrawId, UnitId};
use domain::post::{Post, Stage};
use domain::quality::draw::{Draw, Frame, Hash, Inclusion, SampleSize, Seed, Selected, redraw, select};
use domain::time::{Timestamp, local_date};
use domain::unit::UnitTree;
use sha2::{Digest, Sha256};
use store::{CheckRecord, DrawSeed, FeedEntry, FrameStep, Store, number};

use crate::auth::session::SignedIn;
use crate::carry::Once;
use crate::error::{Error, Result};
use crate::state::App;

/// Written before what a draw's seed is made of, so that this hash is never taken for another kind.
const LABEL: &[u8] = b"plumbline draw seed 1\n";

/// Most steps of one draw.
const MOST: u16 = 500;

/// Fixes the seed of a day, if none is.
pub async fn fix_seed(app: &App, day: NaiveDate) -> Result<()> {
    if app.store().commitment(day).await?.is_some() {
        return Ok(());
    }
    let (seed, at) = (Seed::new(app.source().bytes()), app.source().now());
    let row = DrawSeed { day, seed: seed.to_string(), commitment: seed.commitment().to_string(), at };
    app.write(move |tx| {
        let row = row.clone();
        Box::pin(async move { Ok(tx.put_draw_seed(&row).await?) })
    })
    .await
}

/// Draws a sample of the steps of a day, once; its checks are the drawer's.
pub async fn draw(app: &App, who: &SignedIn, request: DrawRequest, once: Once) -> Result<DrawView> {
    let now = app.source().now();
    if request.count == 0 || request.count > MOST {
        return Err(Error::invalid("/count", format!("1 to {MOST}")));
    }
    if request.day > local_date(now) {
        return Err(Error::invalid("/day", "lies in the future"));
    }
    if !who.person.scope.contains(&request.unit) {
        return Err(Error::NotFound);
    }
    let directory = app.directory();
    let frame = frame_of(directory.units(), (request.day, now), &request.unit, request.post);
    let steps = app.store().frame(&frame).await?;
    if steps.is_empty() {
        return Err(Error::invalid("/day", "no step was finished on that day by this post"));
    }
    let (server, person) = (app.clone(), who.person.clone());
    let id = app
        .write(move |tx| {
            let (app, person) = (server.clone(), person.clone());
            let (request, steps, once) = (request.clone(), steps.clone(), once.clone());
            Box::pin(async move {
                if let Some(id) = once.recall::<DrawId>(tx).await? {
                    return Ok(id);
                }
                let fixed = tx
                    .draw_seed(request.day)
                    .await?
                    .ok_or_else(|| Error::invalid("/day", "no seed was fixed for that day while it ran"))?;
                let sequence = tx.next_number(&request.unit, local_date(now), number::DRAW).await?;
                let number = number::lettered_number(&request.unit, local_date(now), number::DRAW, sequence);
                let seed = seed_of(&fixed, &number)?;
                let id = DrawId(app.source().id());
                let frame = Frame::new(steps.iter().map(step_id)).map_err(Error::internal)?;
                let size = SampleSize::Count(u64::from(request.count));
                let drawn = select(&frame, &seed, size.of(frame.size()));
                let (of, count) = (small(frame.size())?, small(drawn.len() as u64)?);
                let view = DrawView {
                    id,
                    number,
                    day: request.day,
                    unit: request.unit.clone(),
                    post: request.post,
                    frame_size: of,
                    frame_hash: frame.hash().to_string(),
                    seed_commitment: seed.commitment().to_string(),
                    seed: seed.to_string(),
                    drawn: count,
                    at: now,
                    by: person.id.clone(),
                    verified_at: None,
                    done: 0,
                    repeated: 0,
                };
                let ids: BTreeSet<&str> = drawn.iter().map(|selected| selected.id.as_str()).collect();
                let checks: Vec<CheckRecord> = steps
                    .iter()
                    .filter(|step| ids.contains(step_id(step).as_str()))
                    .map(|step| {
                        let mut check = open_check(CheckId(app.source().id()), step, &person.id);
                        check.row.draw = Some(id);
                        check.row.pi = Some((count, of));
                        check
                    })
                    .collect();
                tx.insert_draw(&view, &checks).await?;
                let notice = FeedEntry {
                    seq: 0,
                    at: now,
                    aggregate: "check".to_owned(),
                    id: id.0,
                    version: 1,
                    queues: Vec::new(),
                    unit: request.unit.clone(),
                    accepting: request.unit,
                };
                tx.notice(&notice).await?;
                once.remember(tx, &id, now).await?;
                Ok(id)
            })
        })
        .await?;
    app.store().draw(id).await?.ok_or(Error::NotFound)
}

/// A check to be done on a step.
pub fn open_check(id: CheckId, step: &FrameStep, inspector: &domain::id::PersonId) -> CheckRecord {
    CheckRecord {
        row: CheckRow {
            id,
            version: 1,
            draw: None,
            case: step.case,
            number: step.number.clone(),
            items: step.items.clone(),
            stage: step.stage,
            round: step.round,
            operator: step.operator.clone(),
            unit: step.unit.clone(),
            finished_at: step.finished_at,
            inspector: inspector.clone(),
            state: CheckState::Open,
            pi: None,
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

/// Does a draw again over its frame, from the seed fixed for its day, and compares it with its ledger.
///
/// # Errors
/// In words, what does not agree; a store that cannot be read is an [`Error`].
pub async fn verify(
    store: &dyn Store,
    units: &UnitTree,
    draw: &DrawView,
) -> Result<std::result::Result<(), String>> {
    let day = draw.day;
    let fixed = store.fixed_seed(day).await?;
    let Some(fixed) = fixed else { return Ok(Err(format!("no seed was fixed for {day}"))) };
    if fixed.at > draw.at {
        return Ok(Err(format!("the seed of {day} was fixed after the draw")));
    }
    let steps = store.frame(&frame_of(units, (day, draw.at), &draw.unit, draw.post)).await?;
    let frame = Frame::new(steps.iter().map(step_id)).map_err(Error::internal)?;
    let seed = seed_of(&fixed, &draw.number)?;
    if seed.to_string() != draw.seed {
        return Ok(Err("the seed does not follow from the one fixed for the day".to_owned()));
    }
    let mut ids: Vec<String> = store
        .drawn(draw.id)
        .await?
        .into_iter()
        .map(|(case, stage, round)| format!("{case}/{stage}/{round}"))
        .collect();
    ids.sort_unstable();
    let inclusion = Inclusion { drawn: u64::from(draw.drawn), of: u64::from(draw.frame_size) };
    let hash = |text: &str| text.parse::<Hash>().map_err(|error| Error::internal(anyhow::anyhow!("{error}")));
    let ledger = Draw {
        plan: draw.number.clone(),
        plan_version: 1,
        frame_definition: format!("{day} {} {}", draw.unit, draw.post),
        frame_size: u64::from(draw.frame_size),
        frame_hash: hash(&draw.frame_hash)?,
        seed_commitment: hash(&draw.seed_commitment)?,
        seed: Some(seed),
        size: SampleSize::Count(u64::from(draw.drawn)),
        selected: ids.into_iter().map(|id| Selected { id, inclusion }).collect(),
    };
    Ok(redraw(&ledger, &frame).map_err(|mismatch| mismatch.to_string()))
}

/// Which steps the frame of a draw is made of.
fn frame_of(
    units: &UnitTree,
    (day, until): (NaiveDate, Timestamp),
    unit: &UnitId,
    post: Post,
) -> store::Frame {
    store::Frame {
        day,
        until,
        units: units.expand(std::slice::from_ref(unit)),
        stages: Stage::ALL.into_iter().filter(|stage| stage.post() == post).collect(),
    }
}

/// The id of a step in a frame.
pub fn step_id(step: &FrameStep) -> String {
    format!("{}/{}/{}", step.case, step.stage, step.round)
}

/// The seed of a draw: what the day's seed and the draw's number make.
pub fn seed_of(fixed: &DrawSeed, number: &str) -> Result<Seed> {
    let day: Seed = fixed.seed.parse().map_err(|error| Error::internal(anyhow::anyhow!("{error}")))?;
    let hash = Sha256::new().chain_update(LABEL).chain_update(day.bytes()).chain_update(number).finalize();
    Ok(Seed::new(hash.into()))
}

fn small(count: u64) -> Result<u32> {
    u32::try_from(count).map_err(Error::internal)
}
