//! The audit record, for the audit administrator alone.

use std::collections::BTreeSet;

use axum::Json;
use axum::extract::State;
use chrono::NaiveDate;
use domain::api::Problem;
use domain::api::audit::{AuditPage, AuditQuery};
use domain::id::PersonId;
use domain::secret::normalise;
use domain::time::{end_of_day, start_of_day};
use store::AuditAsk;

use crate::auth::session::SignedIn;
use crate::error::Result;
use crate::extract::Query;
use crate::state::App;

/// Entries of a page.
const PAGE: u32 = 100;

/// A day as far as the stores know days: neither of them has those of the far ends of the calendar.
fn stored(day: NaiveDate) -> NaiveDate {
    let of = |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(day);
    day.clamp(of(1970), of(9999))
}

/// Reads the audit record, newest first. Entries about people outside the reader's scope are not in it; those about
/// nobody known are.
#[utoipa::path(get, path = "/api/audit", tag = "audit", params(AuditQuery), responses(
    (status = 200, description = "A page", body = AuditPage),
    (status = 403, description = "Not the audit administrator", body = Problem),
))]
pub async fn get_audit(
    State(app): State<App>,
    who: SignedIn,
    Query(query): Query<AuditQuery>,
) -> Result<Json<AuditPage>> {
    let person = query
        .person
        .as_deref()
        .map(|number| normalise(number).to_uppercase())
        .filter(|number| !number.is_empty())
        .map(PersonId);
    let ask = AuditAsk {
        units: &who.person.scope,
        person: person.as_ref(),
        kind: query.kind,
        from: query.from.map(stored).map(start_of_day),
        to: query.to.map(stored).map(end_of_day),
        before: query.after,
        limit: PAGE + 1,
    };
    let mut rows = app.store().audit(&ask).await?;
    let more = rows.len() > PAGE as usize;
    rows.truncate(PAGE as usize);
    let met: BTreeSet<&PersonId> = rows.iter().flat_map(|row| row.actor.iter().chain(&row.person)).collect();
    let names = app.directory().names(met);
    let next = rows.last().filter(|_| more).map(|row| row.id);
    Ok(Json(AuditPage { items: rows, names, as_of: app.source().now(), next }))
}
