//! Hand-over slips: to receive, given, one with its lines.

use std::collections::BTreeSet;

use axum::Json;
use axum::extract::State;
use chrono::TimeDelta;
use domain::actor::Person;
use domain::api::Problem;
use domain::api::slip::{LineState, Slip, SlipKind, Slips};
use domain::id::SlipId;
use domain::post::Stage;

use crate::auth::session::SignedIn;
use crate::error::{Error, Result};
use crate::extract::Path;
use crate::state::App;

/// How long a lead sees that somebody received what he had given himself.
const OWN_SHOWN: TimeDelta = TimeDelta::days(30);

/// Slips to receive, slips given that are not all confirmed, and for who leads those received by their own giver.
#[utoipa::path(get, path = "/api/slips", tag = "slips", responses(
    (status = 200, description = "Slips of the person's posts", body = Slips),
    (status = 401, description = "Not signed in", body = Problem),
))]
pub async fn list_slips(State(app): State<App>, who: SignedIn) -> Result<Json<Slips>> {
    let person = who.person.as_ref();
    let stages = stages(person);
    let incoming = app.store().incoming_slips(&stages, &person.scope, &person.id).await?;
    let outgoing = app.store().outgoing_slips(&stages, &person.scope, &person.id).await?;
    let now = app.source().now();
    let own = if person.role.leads() {
        app.store().own_receipts(&person.scope, now - OWN_SHOWN).await?
    } else {
        Vec::new()
    };
    Ok(Json(Slips { incoming, outgoing, own, as_of: now }))
}

/// A slip with its lines. Who is to count sees no pages stated until the line is confirmed.
#[utoipa::path(get, path = "/api/slips/{id}", tag = "slips",
    params(("id" = SlipId, Path, description = "The slip")),
    responses(
        (status = 200, description = "The slip", body = Slip),
        (status = 404, description = "No such slip in scope", body = Problem),
    ))]
pub async fn get_slip(State(app): State<App>, who: SignedIn, Path(id): Path<SlipId>) -> Result<Json<Slip>> {
    let mut slip = app.store().slip(id, &who.person.scope).await?.ok_or(Error::NotFound)?;
    if receives(&who.person, &slip) {
        // Also of a line taken back or reported different: the same papers will be counted again.
        let uncounted = slip.lines.iter_mut().filter(|line| line.state != LineState::Confirmed);
        uncounted.flat_map(|line| &mut line.materials).for_each(|material| material.pages = None);
    }
    Ok(Json(slip))
}

/// Stages whose slips are the person's: those of the posts held, all of them for who leads.
fn stages(person: &Person) -> BTreeSet<Stage> {
    Stage::ALL.into_iter().filter(|stage| person.role.leads() || person.holds(stage.post())).collect()
}

/// Whether the person is one who may be asked to count: of the receiving post in the receiving unit. A transfer
/// passes the holder only, nobody counts.
fn receives(person: &Person, slip: &Slip) -> bool {
    let (stage, unit) = &slip.summary.to;
    slip.summary.kind == SlipKind::Posts && person.holds(stage.post()) && person.scope.contains(unit)
}
