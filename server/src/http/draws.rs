//! Draws: drawing a sample, doing a draw again.

use axum::Json;
use axum::extract::State;
use domain::api::Problem;
use domain::api::check::{DrawRequest, DrawView};
use domain::id::DrawId;

use crate::auth::session::SignedIn;
use crate::carry::Once;
use crate::error::{Error, Result};
use crate::extract::{self, IdempotencyKey, Path};
use crate::sampling;
use crate::state::App;

/// Draws a simple random sample of the steps finished on a day.
#[utoipa::path(post, path = "/api/draws", tag = "checks", request_body = DrawRequest,
    params(("Idempotency-Key" = String, Header, description = "Makes the request safe to send again")),
    responses(
        (status = 200, description = "Drawn; the checks are the drawer's", body = DrawView),
        (status = 404, description = "The unit is not in scope", body = Problem),
        (status = 422, description = "Nothing to draw from", body = Problem),
    ))]
pub async fn draw_sample(
    State(app): State<App>,
    who: SignedIn,
    key: IdempotencyKey,
    body: extract::Json<DrawRequest>,
) -> Result<Json<DrawView>> {
    let once = Once::new(&who.person.id, key, "draw", &body.digest);
    Ok(Json(sampling::draw(&app, &who, body.value, once).await?))
}

/// Does a draw again; what gives the same units is marked repeatable.
#[utoipa::path(post, path = "/api/draws/{id}/verify", tag = "checks",
    params(("id" = DrawId, Path, description = "The draw")),
    responses(
        (status = 200, description = "The same units", body = DrawView),
        (status = 404, description = "No such draw in scope", body = Problem),
        (status = 422, description = "Not the same units", body = Problem),
    ))]
pub async fn verify_draw(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<DrawId>,
) -> Result<Json<DrawView>> {
    let draw = app.store().draw(id).await?.filter(|draw| who.person.scope.contains(&draw.unit));
    let draw = draw.ok_or(Error::NotFound)?;
    if let Err(mismatch) = sampling::verify(app.store().as_ref(), app.directory().units(), &draw).await? {
        tracing::error!(draw = draw.number, mismatch, "a draw is not repeatable");
        return Err(Error::invalid("", format!("not repeatable: {mismatch}")));
    }
    let now = app.source().now();
    app.write(move |tx| Box::pin(async move { Ok(tx.mark_verified(id, now).await?) })).await?;
    Ok(Json(app.store().draw(id).await?.ok_or(Error::NotFound)?))
}
