//! Whether the server is there, can work, and what it counts.

use std::time::Duration;

use axum::Json;
use axum::extract::{Request, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use domain::api::Problem;
use secrecy::ExposeSecret as _;
use serde::Serialize;

use crate::error::{Error, Result};
use crate::jobs;
use crate::middleware::address::is_direct_and_local;
use crate::pulse;
use crate::seal::sha256;
use crate::state::App;

/// Whoever asks whether the server is ready is answered by then.
const PATIENCE: Duration = Duration::from_millis(2_500);

/// What health says.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Health {
    /// Always true: an answer at all says so.
    ok: bool,
    /// Version of the program.
    version: &'static str,
}

const HEALTH: Health = Health { ok: true, version: env!("CARGO_PKG_VERSION") };

/// The process runs.
#[utoipa::path(get, path = "/healthz", tag = "operation", responses(
    (status = 200, description = "The process runs", body = Health),
))]
pub async fn healthz() -> Json<Health> {
    Json(HEALTH)
}

/// The server can work: the store answers, has this program's schema, and its clock agrees with ours.
#[utoipa::path(get, path = "/readyz", tag = "operation", responses(
    (status = 200, description = "Ready", body = Health),
    (status = 503, description = "Not ready", body = Problem),
))]
pub async fn readyz(State(app): State<App>) -> Result<Json<Health>> {
    let ready = async {
        pulse::beat(&app).await?;
        app.store().check().await?;
        pulse::clock_is_right(&app)
    };
    let late = |_| Error::Unavailable("it does not answer".to_owned());
    tokio::time::timeout(PATIENCE, ready).await.map_err(late)??;
    Ok(Json(HEALTH))
}

/// Figures for Prometheus: to direct requests from this machine, or with the token of the settings.
#[utoipa::path(get, path = "/metrics", tag = "operation", responses(
    (status = 200, description = "Figures in Prometheus' text format", body = String, content_type = "text/plain"),
    (status = 404, description = "Not for this address", body = Problem),
))]
pub async fn metrics(State(app): State<App>, request: Request) -> Result<Response> {
    let sent = request
        .headers()
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "))
        .map(|token| sha256(token.as_bytes()));
    let wanted = app.config().metrics_token.as_ref().map(|token| sha256(token.expose_secret().as_bytes()));
    let allowed = match wanted {
        // Hashes are compared: how long that takes tells nothing about the token.
        Some(wanted) => sent == Some(wanted),
        // Behind TLS every request seems to come from the proxy, which may well run on this machine.
        None => !app.config().secure() && is_direct_and_local(request.headers(), request.extensions()),
    };
    if !allowed {
        return Err(Error::NotFound);
    }
    jobs::figures(&app).await?;
    let kind = [(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")];
    Ok((kind, app.metrics().render()).into_response())
}
