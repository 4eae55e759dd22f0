//! Dashboards.

use axum::Json;
use axum::extract::State;
use domain::api::Problem;
use domain::api::behind::{Behind, BehindQuery};
use domain::api::dashboard::{Backlog, DashboardQuery, Quality};

use crate::auth::session::SignedIn;
use crate::dashboard::{self, Extent};
use crate::error::Result;
use crate::extract::Query;
use crate::state::App;

/// Where work stands and what is late.
#[utoipa::path(get, path = "/api/dashboards/backlog", tag = "dashboards", params(DashboardQuery), responses(
    (status = 200, description = "The backlog", body = Backlog),
    (status = 404, description = "The unit is not in scope", body = Problem),
))]
pub async fn get_backlog(
    State(app): State<App>,
    who: SignedIn,
    Query(query): Query<DashboardQuery>,
) -> Result<Json<Backlog>> {
    let extent = Extent::of(&app, &who.person, &query)?;
    Ok(Json(dashboard::backlog::backlog(&app, &who.person, &extent).await?))
}

/// The cases that a figure of the backlog counts.
#[utoipa::path(get, path = "/api/dashboards/backlog/cases", tag = "dashboards", params(BehindQuery), responses(
    (status = 200, description = "The cases, or the steps where steps are counted", body = Behind),
    (status = 404, description = "The unit is not in scope", body = Problem),
))]
pub async fn list_behind(
    State(app): State<App>,
    who: SignedIn,
    Query(query): Query<BehindQuery>,
) -> Result<Json<Behind>> {
    let page = DashboardQuery { unit: query.unit.clone(), post: query.post, ..DashboardQuery::default() };
    let extent = Extent::of(&app, &who.person, &page)?;
    Ok(Json(dashboard::behind::behind(&app, &extent, &query).await?))
}

/// What samples and rechecks found.
#[utoipa::path(get, path = "/api/dashboards/quality", tag = "dashboards", params(DashboardQuery), responses(
    (status = 200, description = "Quality; every rate with its counts and interval", body = Quality),
    (status = 400, description = "A period that cannot be", body = Problem),
    (status = 404, description = "The unit is not in scope", body = Problem),
))]
pub async fn get_quality(
    State(app): State<App>,
    who: SignedIn,
    Query(query): Query<DashboardQuery>,
) -> Result<Json<Quality>> {
    let extent = Extent::of(&app, &who.person, &query)?;
    Ok(Json(dashboard::quality::quality(&app, &extent, &query).await?))
}
