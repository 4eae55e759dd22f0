//! Signing in, who is signed in, signing out.

use std::collections::{BTreeMap, BTreeSet};

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Response};
use domain::api::Problem;
use domain::api::session::{Session, SignIn};
use domain::id::UnitId;
use domain::unit::Unit;

use crate::auth::permit::queues_of;
use crate::auth::session::{self, SignedIn, Visitor};
use crate::auth::token::Token;
use crate::error::{Error, Result};
use crate::extract;
use crate::state::App;

/// Signs in; the token comes in a cookie.
#[utoipa::path(post, path = "/api/session", tag = "session", request_body = SignIn, responses(
    (status = 200, description = "Signed in", body = Session),
    (status = 401, description = "Number or password wrong", body = Problem),
    (status = 429, description = "Too many tries", body = Problem),
))]
pub async fn sign_in(
    State(app): State<App>,
    visitor: Visitor,
    sign_in: extract::Json<SignIn>,
) -> Result<impl IntoResponse> {
    let (who, token, browser) = session::begin(&app, &visitor, sign_in.value).await?;
    let cookies = AppendHeaders([
        (header::SET_COOKIE, token.cookie(app.cookie())),
        (header::SET_COOKIE, browser.cookie(app.cookie())),
    ]);
    Ok((cookies, Json(describe(&app, &who)?)))
}

/// Who is signed in, with the cookie of the session.
pub(super) fn with_cookie(app: &App, (who, token): (SignedIn, Token)) -> Result<impl IntoResponse + use<>> {
    let cookie = [(header::SET_COOKIE, token.cookie(app.cookie()))];
    Ok((cookie, Json(describe(app, &who)?)))
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
    // Not all cookies: by one of them the browser is known again at the next sign-in.
    headers.insert("clear-site-data", HeaderValue::from_static("\"cache\""));
    Ok((StatusCode::NO_CONTENT, headers))
}

/// Who is signed in. While a step is still to be done nothing is told that the step does not need.
pub(super) fn describe(app: &App, who: &SignedIn) -> Result<Session> {
    let now = app.source().store_now();
    let directory = app.directory();
    let person = who.person.as_ref();
    let whole = who.step.is_none();
    let scope = if whole { person.scope.clone() } else { BTreeSet::new() };
    let shown: BTreeSet<&UnitId> =
        scope.iter().flat_map(|unit| directory.units().upwards(unit)).map(|unit| &unit.id).collect();
    let units: Vec<Unit> =
        directory.units().iter().filter(|unit| shown.contains(&unit.id)).cloned().collect();
    let mut names: BTreeMap<_, _> = directory.names_in(&scope);
    names.insert(person.id.clone(), person.name.clone());
    Ok(Session {
        units,
        queues: if whole { queues_of(person) } else { Vec::new() },
        catalogue: directory.current(now)?.catalogue.version,
        names,
        now,
        ends_at: who.ends_at,
        idle_minutes: app.config().idle_minutes,
        drafts_key: if whole { app.vault().drafts_key(&person.id) } else { String::new() },
        demo: app.demo(),
        step: who.step,
        person: person.clone(),
    })
}
