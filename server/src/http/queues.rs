//! Queues: counts, pages, get-next.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::actor::{Person, Role};
use domain::api::Problem;
use domain::api::queue::{BandLimits, Next, QueueCounts, QueuePage, QueueQuery, Queues, QueuesQuery, Tab};
use domain::case::Refusal;
use domain::id::UnitId;
use domain::limits;
use domain::post::{Queue, Stage};
use domain::time::{BusinessMinutes, Timestamp, end_of_day, local_date};
use serde::Deserialize;
use std::collections::BTreeSet;
use store::{Position, QueueAsk, QueueSlice};

use crate::auth::permit::queues_of;
use crate::auth::session::SignedIn;
use crate::carry::Once;
use crate::error::{Error, Result};
use crate::extract::{self, IdempotencyKey, Path, Query};
use crate::state::App;

mod cursor;
mod next;

/// Rows of a page where nothing is asked for.
const PAGE: u16 = 50;

/// Counts of the person's queues.
#[utoipa::path(get, path = "/api/queues", tag = "queues", params(QueuesQuery), responses(
    (status = 200, description = "Counts per queue and tab", body = Queues),
    (status = 401, description = "Not signed in", body = Problem),
    (status = 404, description = "The unit is not in scope", body = Problem),
))]
pub async fn list_queues(
    State(app): State<App>,
    who: SignedIn,
    Query(query): Query<QueuesQuery>,
) -> Result<Json<Queues>> {
    let (now, person) = (app.source().now(), who.person.as_ref());
    let within = within(&app, person, query.unit.as_ref())?;
    let mut queues = Vec::new();
    for queue in queues_of(person) {
        let counts =
            app.store().tab_counts(queue, &person.id, &person.scope, &within, now, local_date(now)).await?;
        queues.push(QueueCounts { queue, tabs: counts.tabs, overdue: counts.overdue });
    }
    let stages: BTreeSet<Stage> = Stage::ALL.into_iter().filter(|stage| person.holds(stage.post())).collect();
    let slips = app.store().incoming_slips(&stages, &person.scope, &person.id).await?;
    let checks = match person.role {
        Role::Inspector => app.store().open_checks(&person.id).await?,
        _ => 0,
    };
    Ok(Json(Queues { queues, slips: slips.len() as u64, checks, as_of: now }))
}

/// A page of a queue.
#[utoipa::path(get, path = "/api/queues/{queue}", tag = "queues",
    params(("queue" = Queue, Path, description = "Which queue"), QueueQuery),
    responses(
        (status = 200, description = "A page", body = QueuePage),
        (status = 400, description = "A query this endpoint does not take", body = Problem),
        (status = 403, description = "The post is not held", body = Problem),
        (status = 404, description = "No such queue", body = Problem),
    ))]
pub async fn get_queue(
    State(app): State<App>,
    who: SignedIn,
    Path(queue): Path<Queue>,
    Query(query): Query<QueueQuery>,
) -> Result<Json<QueuePage>> {
    may_open(&who.person, queue)?;
    let now = app.source().now();
    let within = within(&app, &who.person, query.unit.as_ref())?;
    let ask = QueueAsk {
        queue,
        person: &who.person.id,
        units: &who.person.scope,
        within: &within,
        bands: bands(&app, &who.person, now),
        today: local_date(now),
        query: &query,
    };
    let position = match (query.last, &query.after) {
        (Some(true), _) => Position::Last,
        (_, Some(after)) => Position::Behind(cursor::open(after, queue, &query)?),
        _ => Position::First,
    };
    let limit = query.limit.unwrap_or(PAGE).clamp(1, limits::PAGE);
    let QueueSlice { rows, next, band_counts } =
        app.store().queue_page(&ask, &position, u32::from(limit)).await?;
    let next = next.map(|place| cursor::seal(place, queue, &query));
    let count = match query.band {
        Some(band) if query.tab != Tab::Done => band_counts[band as usize],
        _ => band_counts.iter().sum(),
    };
    Ok(Json(QueuePage { items: rows, next, count, bands: ask.bands, band_counts, as_of: now }))
}

/// The unit looked at with all below it; empty where none is chosen. One outside the scope is as if it were not there.
fn within(app: &App, person: &Person, unit: Option<&UnitId>) -> Result<BTreeSet<UnitId>> {
    match unit {
        Some(unit) if person.scope.contains(unit) => {
            Ok(app.directory().units().expand(std::slice::from_ref(unit)))
        }
        Some(_) => Err(Error::NotFound),
        None => Ok(BTreeSet::new()),
    }
}

/// The body of a request that asks for nothing but the act itself.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// Takes the next case.
#[utoipa::path(post, path = "/api/queues/{queue}/next", tag = "queues", request_body = Nothing,
    params(
        ("queue" = Queue, Path, description = "Which queue"),
        ("Idempotency-Key" = String, Header, description = "Makes the request safe to send again"),
    ),
    responses(
        (status = 200, description = "A case, now held, and why this one", body = Next),
        (status = 204, description = "Nothing to do"),
        (status = 403, description = "The post is not held", body = Problem),
    ))]
pub async fn take_next(
    State(app): State<App>,
    who: SignedIn,
    Path(queue): Path<Queue>,
    key: IdempotencyKey,
    body: extract::Json<Nothing>,
) -> Result<Response> {
    may_open(&who.person, queue)?;
    let stage = queue.stage().ok_or(Error::NotFound)?;
    let once = Once::new(&who.person.id, key, &format!("next {queue}"), &body.digest);
    let Some(given) = next::take(&app, &who, stage, once).await? else {
        return Ok(StatusCode::NO_CONTENT.into_response());
    };
    let case = app.view_given(&who, given.case, given.version).await?;
    Ok(Json(Next { case, reason: given.reason }).into_response())
}

/// Whether the queue is one of the person's.
fn may_open(person: &Person, queue: Queue) -> Result<()> {
    let holds = queue.stage().is_some_and(|stage| person.holds(stage.post()));
    if holds || person.role.leads() {
        return Ok(());
    }
    Err(match queue.stage() {
        Some(stage) => Refusal::PostNotHeld { post: stage.post() }.into(),
        None => Refusal::NotALead {}.into(),
    })
}

/// Limits of the bands by the calendar of the person's unit.
pub(super) fn bands(app: &App, person: &Person, now: Timestamp) -> BandLimits {
    let directory = app.directory();
    let calendar = directory.calendar(&person.unit);
    let soon = calendar.add_minutes(now, BusinessMinutes(120));
    // Late in the day two business hours reach into the next one; the band of today is then empty.
    let today = end_of_day(local_date(now)).max(soon);
    BandLimits { now, soon, today }
}
