//! Cases: one, registering, what registering would say.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::actor::Actor;
use domain::api::Problem;
use domain::api::case::{CaseView, CommandDone, ImportedView, RegisterCase, RegisterCheck};
use domain::id::CaseId;

use crate::auth::session::SignedIn;
use crate::carry::Once;
use crate::error::{Error, Result};
use crate::extract::{self, IdempotencyKey, Path};
use crate::register;
use crate::state::App;
use crate::view::Reading;

/// A case.
#[utoipa::path(get, path = "/api/cases/{id}", tag = "cases",
    params(("id" = CaseId, Path, description = "The case")),
    responses(
        (status = 200, description = "The case; an imported one as `ImportedView`", body = inline(AnyCase)),
        (status = 404, description = "No such case in scope", body = Problem),
    ))]
pub async fn get_case(State(app): State<App>, who: SignedIn, Path(id): Path<CaseId>) -> Result<Response> {
    match app.view_of(&who, id, Reading::Opening).await {
        Ok(view) => Ok(Json(view).into_response()),
        Err(Error::NotFound) => {
            let imported = app.store().imported(id, &who.person.scope).await?.ok_or(Error::NotFound)?;
            let version = imported.notes.len() as u64;
            Ok(Json(ImportedView { imported, version }).into_response())
        }
        Err(error) => Err(error),
    }
}

/// What a case's address answers. Written down for the OpenAPI document; the two have no field in common.
#[derive(utoipa::ToSchema)]
#[serde(untagged)]
pub enum AnyCase {
    /// A case worked here.
    Own(Box<CaseView>),
    /// A case of another system's log.
    Imported(Box<ImportedView>),
}

/// Registers a case.
#[utoipa::path(post, path = "/api/cases", tag = "cases", request_body = RegisterCase,
    params(("Idempotency-Key" = String, Header, description = "Makes the request safe to send again")),
    responses(
        (status = 200, description = "Registered, and held by the registrar", body = CommandDone),
        (status = 403, description = "The rules refuse: post, scope, reserve", body = Problem),
        (status = 422, description = "Something is missing, or must be acknowledged", body = Problem),
    ))]
pub async fn register_case(
    State(app): State<App>,
    who: SignedIn,
    key: IdempotencyKey,
    body: extract::Json<RegisterCase>,
) -> Result<Json<CommandDone>> {
    let once = Once::new(&who.person.id, key, "register", &body.digest);
    let actor = Actor::Person(who.person.as_ref().clone());
    let done = register::register(&app, actor, body.value, once).await?;
    let case = app.view_at(&who, done.case, done.version).await?;
    Ok(Json(CommandDone { case, version: done.version }))
}

/// Says what registering would say, without doing it.
#[utoipa::path(post, path = "/api/cases/check", tag = "cases", request_body = RegisterCase, responses(
    (status = 200, description = "Rules and documents line by line, open cases on the policy", body = RegisterCheck),
    (status = 404, description = "The accepting unit is not in scope", body = Problem),
))]
pub async fn check_registration(
    State(app): State<App>,
    who: SignedIn,
    body: extract::Json<RegisterCase>,
) -> Result<Json<RegisterCheck>> {
    if !who.person.scope.contains(&body.value.accepting) {
        return Err(Error::NotFound);
    }
    Ok(Json(register::check(&app, &who.person, body.value).await?))
}
