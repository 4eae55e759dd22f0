//! Gives a request its id, counts and times it, and logs what needs somebody's attention.

use axum::extract::{MatchedPath, Request, State};
use axum::http::HeaderValue;
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument as _;

use crate::metrics::Timer;
use crate::request;
use crate::state::App;

/// The header that carries the request's id back; the same id stands in problems and log lines.
pub const REQUEST_ID: &str = "x-request-id";

/// Observes the rest of the stack. The log names the route's pattern, never the address: a query may hold a name.
pub async fn observe(State(app): State<App>, request: Request, next: Next) -> Response {
    let id = app.source().id();
    let method = request.method().clone();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "other".to_owned(), |path| path.as_str().to_owned());
    let span = tracing::info_span!("request", %id, %method, route);
    let timer = Timer::new();
    let mut response = request::under(id, next.run(request)).instrument(span.clone()).await;
    let seconds = timer.seconds();
    let status = response.status();
    app.metrics().request(&method, &route, status, seconds);
    span.in_scope(|| {
        if status.is_server_error() {
            tracing::warn!(status = status.as_u16(), seconds, "answered");
        } else {
            tracing::debug!(status = status.as_u16(), seconds, "answered");
        }
    });
    if let Ok(value) = HeaderValue::from_str(&id.to_string()) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response
}
