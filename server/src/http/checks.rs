//! Sample checks: today's, one, the verdict, the second check after a major finding.

use axum::Json;
use axum::extract::State;
use domain::actor::Person;
use domain::api::Problem;
use domain::api::check::{CheckCommand, CheckRow, CheckView, Checks, ChecksQuery, SecondCheck};
use domain::id::CheckId;
use domain::post::{Post, Stage};
use domain::time::local_date;
use store::{CheckFilter, FrameSize};

use crate::auth::session::SignedIn;
use crate::carry::Once;
use crate::error::{Error, Result};
use crate::extract::{self, IdempotencyKey, IfMatch, Path, Query};
use crate::inspection;
use crate::state::App;

/// Open checks of this inspector and those done on the day, draws over its steps, and what could be drawn.
#[utoipa::path(get, path = "/api/checks", tag = "checks", params(ChecksQuery), responses(
    (status = 200, description = "Checks and draws", body = Checks),
    (status = 403, description = "Not an inspector", body = Problem),
))]
pub async fn list_checks(
    State(app): State<App>,
    who: SignedIn,
    Query(query): Query<ChecksQuery>,
) -> Result<Json<Checks>> {
    let (now, person, store) = (app.source().now(), who.person.as_ref(), app.store());
    let (day, directory) = (query.day.unwrap_or_else(|| local_date(now)), app.directory());
    let units = match &query.unit {
        Some(unit) if person.scope.contains(unit) => directory.units().expand(std::slice::from_ref(unit)),
        Some(_) => return Err(Error::NotFound),
        None => person.scope.clone(),
    };
    let filter = CheckFilter { units: person.scope.clone(), inspector: Some(person.id.clone()), day };
    let checks = store.checks(&filter).await?;
    let second_due = barring(&app, person, store.second_due(&person.scope).await?).await?;
    let draws = store.draws(day, &units).await?;
    let sizes = store.frame_sizes(day, &units, now).await?;
    let by_post = |of: fn(FrameSize) -> u32| {
        Post::ALL.map(|post| {
            let of_post = Stage::ALL.into_iter().zip(sizes).filter(|(stage, _)| stage.post() == post);
            of_post.map(|(_, size)| of(size)).sum()
        })
    };
    let (frames, drawn_already) = (by_post(|size| size.steps), by_post(|size| size.drawn));
    let mut people = inspection::people_of(checks.iter().chain(&second_due));
    people.extend(draws.iter().map(|draw| draw.by.clone()));
    let names = directory.names(&people);
    Ok(Json(Checks { checks, draws, frames, drawn_already, second_due, names, as_of: now }))
}

/// Of the checks with a major finding, those whose bar still stands: a later second check lifts them all.
async fn barring(app: &App, person: &Person, due: Vec<CheckRow>) -> Result<Vec<CheckRow>> {
    let mut barring = Vec::with_capacity(due.len());
    for row in due {
        let case = app.store().case_in(row.case, &person.scope).await?;
        if case.is_some_and(|record| record.case.bars.iter().any(|bar| bar.check == row.id)) {
            barring.push(row);
        }
    }
    Ok(barring)
}

/// A check with the step as it was at that moment.
#[utoipa::path(get, path = "/api/checks/{id}", tag = "checks",
    params(("id" = CheckId, Path, description = "The check")),
    responses(
        (status = 200, description = "The check", body = CheckView),
        (status = 404, description = "No such check in scope", body = Problem),
    ))]
pub async fn get_check(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<CheckId>,
) -> Result<Json<CheckView>> {
    Ok(Json(inspection::view(&app, &who, id).await?))
}

/// Gives the verdict.
#[utoipa::path(post, path = "/api/checks/{id}/commands", tag = "checks", request_body = CheckCommand,
    params(
        ("id" = CheckId, Path, description = "The check"),
        ("Idempotency-Key" = String, Header, description = "Makes the request safe to send again"),
        ("If-Match" = String, Header, description = "Version of the check, in quotes"),
    ),
    responses(
        (status = 200, description = "Submitted", body = CheckView),
        (status = 403, description = "Separation, or another inspector's", body = Problem),
        (status = 409, description = "Submitted already", body = Problem),
        (status = 412, description = "Changed since", body = Problem),
        (status = 422, description = "A point without verdict, a finding without evidence", body = Problem),
    ))]
pub async fn command_check(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<CheckId>,
    key: IdempotencyKey,
    IfMatch(version): IfMatch,
    body: extract::Json<CheckCommand>,
) -> Result<Json<CheckView>> {
    let once = Once::new(&who.person.id, key, &format!("check {id} {version}"), &body.digest);
    inspection::submit(&app, &who, id, version, body.value, once).await?;
    Ok(Json(inspection::view(&app, &who, id).await?))
}

/// Opens the second check of a step in which a major finding was made.
#[utoipa::path(post, path = "/api/checks/second", tag = "checks", request_body = SecondCheck,
    params(("Idempotency-Key" = String, Header, description = "Makes the request safe to send again")),
    responses(
        (status = 200, description = "The second check", body = CheckView),
        (status = 404, description = "No such check in scope", body = Problem),
        (status = 409, description = "Nothing to check again, or not yet", body = Problem),
    ))]
pub async fn second_check(
    State(app): State<App>,
    who: SignedIn,
    key: IdempotencyKey,
    body: extract::Json<SecondCheck>,
) -> Result<Json<CheckView>> {
    let once = Once::new(&who.person.id, key, "second", &body.digest);
    let id = inspection::second(&app, &who, body.value.check, once).await?;
    Ok(Json(inspection::view(&app, &who, id).await?))
}
