//! One's own account: password, second factor, sessions.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use domain::api::Problem;
use domain::api::account::{
    ChangePassword, Enrolled, Enrolment, GiveCode, OwnSession, ProveIdentity, SecondFactorState,
};
use domain::api::session::Session;
use uuid::Uuid;

use super::session::{describe, with_cookie};
use crate::auth::session::{self, SignedIn, Visitor};
use crate::auth::{change, factor};
use crate::error::Result;
use crate::extract::{self, Path};
use crate::state::App;

/// Changes one's own password; every other session of the person ends.
#[utoipa::path(post, path = "/api/password", tag = "account", request_body = ChangePassword, responses(
    (status = 200, description = "Changed; the session goes on under a new token", body = Session),
    (status = 422, description = "The password so far is wrong, or the new one is not taken", body = Problem),
    (status = 429, description = "Too many tries", body = Problem),
))]
pub async fn change_password(
    State(app): State<App>,
    who: SignedIn,
    visitor: Visitor,
    body: extract::Json<ChangePassword>,
) -> Result<impl IntoResponse> {
    with_cookie(&app, change::change(&app, &who, &visitor, body.value).await?)
}

/// Gives the code a sign-in waits for: of the second factor, or a recovery code.
#[utoipa::path(post, path = "/api/session/code", tag = "session", request_body = GiveCode, responses(
    (status = 200, description = "Taken; the session goes on under a new token", body = Session),
    (status = 403, description = "The session waits for no code", body = Problem),
    (status = 422, description = "The code is wrong, or was used", body = Problem),
    (status = 429, description = "Too many tries", body = Problem),
))]
pub async fn give_code(
    State(app): State<App>,
    who: SignedIn,
    visitor: Visitor,
    body: extract::Json<GiveCode>,
) -> Result<impl IntoResponse> {
    with_cookie(&app, factor::give(&app, &who, &visitor, &body.value.code).await?)
}

/// How one's second factor stands.
#[utoipa::path(get, path = "/api/second-factor", tag = "account", responses(
    (status = 200, description = "How it stands", body = SecondFactorState),
))]
pub async fn get_second_factor(State(app): State<App>, who: SignedIn) -> Result<Json<SecondFactorState>> {
    Ok(Json(factor::state(&app, &who).await?))
}

/// Offers a second factor. It is asked for once a code of it was given.
#[utoipa::path(post, path = "/api/second-factor", tag = "account", request_body = ProveIdentity, responses(
    (status = 200, description = "Offered: URI, key and QR code", body = Enrolment),
    (status = 422, description = "The password is wrong", body = Problem),
    (status = 429, description = "Too many tries", body = Problem),
))]
pub async fn offer_second_factor(
    State(app): State<App>,
    who: SignedIn,
    visitor: Visitor,
    body: extract::Json<ProveIdentity>,
) -> Result<Json<Enrolment>> {
    Ok(Json(factor::offer(&app, &who, &visitor, body.value.password).await?))
}

/// Sets up the second factor offered last; gives recovery codes, this once. Every other session of the person ends.
#[utoipa::path(post, path = "/api/second-factor/confirm", tag = "account", request_body = GiveCode, responses(
    (status = 200, description = "Set up; the session goes on under a new token", body = Enrolled),
    (status = 422, description = "The code is wrong, or nothing was offered", body = Problem),
    (status = 429, description = "Too many tries", body = Problem),
))]
pub async fn confirm_second_factor(
    State(app): State<App>,
    who: SignedIn,
    visitor: Visitor,
    body: extract::Json<GiveCode>,
) -> Result<impl IntoResponse> {
    let (codes, who, token) = factor::confirm(&app, &who, &visitor, &body.value.code).await?;
    let cookie = [(axum::http::header::SET_COOKIE, token.cookie(app.cookie()))];
    Ok((cookie, Json(Enrolled { codes, session: describe(&app, &who)? })))
}

/// Takes one's second factor away.
#[utoipa::path(post, path = "/api/second-factor/remove", tag = "account", request_body = ProveIdentity, responses(
    (status = 204, description = "Taken away"),
    (status = 403, description = "The role asks for one", body = Problem),
    (status = 422, description = "The password is wrong", body = Problem),
    (status = 429, description = "Too many tries", body = Problem),
))]
pub async fn remove_second_factor(
    State(app): State<App>,
    who: SignedIn,
    visitor: Visitor,
    body: extract::Json<ProveIdentity>,
) -> Result<StatusCode> {
    factor::remove(&app, &who, &visitor, body.value.password).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// One's own sessions.
#[utoipa::path(get, path = "/api/sessions", tag = "account", responses(
    (status = 200, description = "Those that run, newest first", body = Vec<OwnSession>),
))]
pub async fn list_sessions(State(app): State<App>, who: SignedIn) -> Result<Json<Vec<OwnSession>>> {
    let now = app.source().now();
    let sessions = app.store().sessions_of(&who.person.id, now).await?;
    let own = |session: store::Session| OwnSession {
        current: session.id == who.session,
        id: session.id,
        device: session.device,
        address: session.address,
        since: session.created_at,
        seen: session.seen_at,
    };
    Ok(Json(sessions.into_iter().filter(|one| session::runs(&app, one, now)).map(own).collect()))
}

/// Ends one of one's own sessions; its streams end with it.
#[utoipa::path(delete, path = "/api/sessions/{id}", tag = "account",
    params(("id" = Uuid, Path, description = "The session")),
    responses(
        (status = 204, description = "Ended"),
        (status = 404, description = "No such session of this person", body = Problem),
    ))]
pub async fn end_session(
    State(app): State<App>,
    who: SignedIn,
    visitor: Visitor,
    Path(id): Path<Uuid>,
) -> Result<StatusCode> {
    session::end_elsewhere(&app, &who, id, visitor.address).await?;
    Ok(StatusCode::NO_CONTENT)
}
