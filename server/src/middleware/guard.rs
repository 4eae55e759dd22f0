//! A panic or an endless request ends as a problem document, and only that request.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use futures::FutureExt as _;

use crate::error::Error;
use crate::state::App;

/// Runs the rest of the stack within the time limit and catches panics. A streamed answer is given as soon as it
/// begins, so live notices are not cut off.
pub async fn guard(State(app): State<App>, request: Request, next: Next) -> Response {
    let limit = Duration::from_secs(app.config().timeout_seconds);
    let rest = AssertUnwindSafe(next.run(request)).catch_unwind();
    match tokio::time::timeout(limit, rest).await {
        Ok(Ok(response)) => response,
        Ok(Err(panic)) => Error::internal(anyhow::anyhow!("panic: {}", words(&*panic))).into_response(),
        Err(_) => Error::Timeout.into_response(),
    }
}

fn words(panic: &(dyn std::any::Any + Send)) -> &str {
    panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("without words")
}
