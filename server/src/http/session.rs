//! Signing in, who is signed in, signing out.

use std::collections::{BTreeMap, BTreeSet};

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::api::Problem;
use domain::api::session::{Session, SignIn};
use domain::id::UnitId;
use domain::unit::Unit;

use crate::auth::permit::queues_of;
use crate::auth::session::{self, SignedIn};
use crate::error::{Error, Result};
use crate::extract;
use crate::middleware::address::Client;
use crate::state::App;

/// Signs in; the token comes in a cookie.
#[utoipa::path(post, path = "/api/session", tag = "session", request_body = SignIn, responses(
    (status = 200, description = "Signed in", body = Session),
    (status = 401, description = "Number or password wrong", body = Problem),
    (status = 429, description = "Too many tries", body = Problem),
))]
pub async fn sign_in(
    State(app): State<App>,
    Client(address): Client,
    sign_in: extract::Json<SignIn>,
) -> Result<impl IntoResponse> {
    let (signed_in, token) = session::begin(&app, address, sign_in.value).await?;
    let cookie = [(header::SET_COOKIE, token.cookie(app.cookie()))];
    Ok((cookie, Json(describe(&app, &signed_in)?)))
}

/// Who is signed in, with what the browser needs to apply the rules.
#[utoipa::path(get, path = "/api/session", tag = "session", responses(
    (status = 200, description = "Who is signed in", body = Session),
    (status = 401, description = "Not signed in", body = Problem),
))]
pub async fn get_session(State(app): State<App>, who: SignedIn) -> Result<Json<Session>> {
    Ok(Json(describe(&app, &who)?))
}

/// Who is here: what `GET /api/session` says of whoever is signed in, nothing of anybody else. The first question of a
/// page, to which nobody is an answer and not an error.
#[utoipa::path(get, path = "/api/visitor", tag = "session", responses(
    (status = 200, description = "Who is signed in", body = Session),
    (status = 204, description = "Nobody is"),
))]
pub async fn get_visitor(State(app): State<App>, headers: HeaderMap) -> Result<Response> {
    match session::of(&app, &headers).await {
        Ok(who) => Ok(Json(describe(&app, &who)?).into_response()),
        Err(Error::NotSignedIn) => Ok(StatusCode::NO_CONTENT.into_response()),
        Err(error) => Err(error),
    }
}

/// Signs out: the session ends on the server, the browser forgets what it kept.
#[utoipa::path(delete, path = "/api/session", tag = "session", responses(
    (status = 204, description = "Signed out"),
    (status = 401, description = "Not signed in", body = Problem),
))]
pub async fn sign_out(State(app): State<App>, who: SignedIn) -> Result<impl IntoResponse> {
    session::end(&app, &who).await?;
    let mut headers = HeaderMap::new();
    headers.insert(header::SET_COOKIE, app.cookie().removal());
    headers.insert("clear-site-data", HeaderValue::from_static("\"cache\", \"cookies\""));
    Ok((StatusCode::NO_CONTENT, headers))
}

fn describe(app: &App, who: &SignedIn) -> Result<Session> {
    let now = app.source().now();
    let directory = app.directory();
    let person = who.person.as_ref();
    let shown: BTreeSet<&UnitId> =
        person.scope.iter().flat_map(|unit| directory.units().upwards(unit)).map(|unit| &unit.id).collect();
    let units: Vec<Unit> =
        directory.units().iter().filter(|unit| shown.contains(&unit.id)).cloned().collect();
    let mut names: BTreeMap<_, _> = directory.names_in(&person.scope);
    names.insert(person.id.clone(), person.name.clone());
    Ok(Session {
        units,
        queues: queues_of(person),
        catalogue: directory.current(now)?.catalogue.version,
        names,
        now,
        ends_at: who.ends_at,
        idle_minutes: app.config().idle_minutes,
        drafts_key: app.vault().drafts_key(&person.id),
        demo: app.demo(),
        person: person.clone(),
    })
}
