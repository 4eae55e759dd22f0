//! A panic, an endless request or a store that hangs ends as a problem document, and only that request.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use futures::FutureExt as _;

use crate::error::Error;
use crate::extract::BodyTime;
use crate::state::App;

/// Routes that answer without the store.
const ALONE: [&str; 3] = ["/healthz", "/readyz", "/api/openapi.json"];

/// Runs the rest of the stack within the time limit and as long as the store answers, and catches panics. A streamed
/// answer is given as soon as it begins, so live notices are not cut off.
pub async fn guard(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let limit = Duration::from_secs(app.config().timeout_seconds);
    request.extensions_mut().insert(BodyTime(Duration::from_secs(app.config().body_seconds)));
    let asks_store =
        request.extensions().get::<MatchedPath>().is_some_and(|route| !ALONE.contains(&route.as_str()));
    let lost = async {
        if asks_store {
            app.pulse().lost().await;
        } else {
            std::future::pending::<()>().await;
        }
    };
    let rest = AssertUnwindSafe(next.run(request)).catch_unwind();
    tokio::select! {
        biased;
        answered = tokio::time::timeout(limit, rest) => match answered {
            Ok(Ok(response)) => response,
            // The hook of the process has logged where it was.
            Ok(Err(_)) => Error::internal(anyhow::anyhow!("a handler panicked")).into_response(),
            Err(_) => Error::Timeout.into_response(),
        },
        () = lost => Error::Unavailable("it does not answer".to_owned()).into_response(),
    }
}
