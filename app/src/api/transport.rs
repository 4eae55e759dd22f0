//! One request and its answer.

use super::Failure;
use gloo_net::http::{Method, RequestBuilder};
use serde::de::DeserializeOwned;
use web_sys::AbortController;

/// A request.
#[derive(Debug, Clone)]
pub struct Ask {
    /// Method.
    pub method: Verb,
    /// Address.
    pub url: String,
    /// `Idempotency-Key`.
    pub key: Option<String>,
    /// The version the browser knew, for `If-Match`.
    pub version: Option<u64>,
    /// JSON body.
    pub body: Option<String>,
}

/// The methods in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    /// Reads.
    Get,
    /// Commands.
    Post,
    /// Signing out.
    Delete,
}

/// An answer that is not a failure.
#[derive(Debug, Clone)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Request id.
    pub request: String,
    /// Body.
    pub text: String,
}

impl Answer {
    /// The body as a value.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Failure> {
        serde_json::from_str(&self.text).map_err(|error| {
            leptos::logging::error!("{}: {error}", self.request);
            Failure::Unreadable { status: self.status, request: self.request.clone() }
        })
    }
}

/// Aborts the request when whoever waits for it no longer does.
struct AbortOnDrop(Option<AbortController>);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
}

/// Sends once. Dropping the future aborts the request.
pub async fn send(ask: &Ask) -> Result<Answer, Failure> {
    let guard = AbortOnDrop(AbortController::new().ok());
    let signal = guard.0.as_ref().map(AbortController::signal);
    let mut builder = RequestBuilder::new(&ask.url)
        .method(match ask.method {
            Verb::Get => Method::GET,
            Verb::Post => Method::POST,
            Verb::Delete => Method::DELETE,
        })
        .header("Accept", "application/json")
        .abort_signal(signal.as_ref());
    if ask.method != Verb::Get {
        builder = builder.header("X-Plumbline", "1");
    }
    if let Some(key) = &ask.key {
        builder = builder.header("Idempotency-Key", key);
    }
    if let Some(version) = ask.version {
        builder = builder.header("If-Match", &format!("\"{version}\""));
    }
    let sent = match &ask.body {
        Some(body) => match builder.header("Content-Type", "application/json").body(body.as_str()) {
            Ok(request) => request.send().await,
            Err(error) => Err(error),
        },
        None => builder.send().await,
    };
    let response = sent.map_err(|_| Failure::Network)?;
    let status = response.status();
    let request = response.headers().get("x-request-id").unwrap_or_default();
    // A connection cut in the middle of the body is a lost connection, not a bad answer.
    let text = response.text().await.map_err(|_| Failure::Network)?;
    if (200..300).contains(&status) {
        return Ok(Answer { status, request, text });
    }
    Err(Failure::read(status, request, &text))
}
