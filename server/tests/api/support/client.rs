//! Somebody with a browser: sends requests as the app does, and looks at the answers.

use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, Response, header};
use serde::Serialize;
use serde_json::{Value, json};
use tower::ServiceExt as _;

static KEYS: AtomicU64 = AtomicU64::new(1);

/// A key nobody has used.
pub fn new_key() -> String {
    format!("test-key-{:08}", KEYS.fetch_add(1, Ordering::Relaxed))
}

/// A browser, perhaps signed in.
#[derive(Clone)]
pub struct Client {
    router: Router,
    cookie: Option<String>,
}

impl Client {
    pub fn new(router: Router, cookie: Option<String>) -> Self {
        Self { router, cookie }
    }

    /// The cookie it sends.
    pub fn cookie(&self) -> &str {
        self.cookie.as_deref().unwrap_or_default()
    }

    /// Reads.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path).body(Body::empty())).await
    }

    /// Posts JSON with the headers of our page.
    pub async fn post(&self, path: &str, body: &impl Serialize) -> Answer {
        self.post_with(path, body, &[]).await
    }

    /// The same with more headers.
    pub async fn post_with(&self, path: &str, body: &impl Serialize, more: &[(&str, &str)]) -> Answer {
        let body = serde_json::to_vec(body).expect("a body is JSON");
        self.bytes(path, body, more).await
    }

    /// Posts bytes as JSON.
    pub async fn bytes(&self, path: &str, body: Vec<u8>, more: &[(&str, &str)]) -> Answer {
        let mut request = self
            .request(Method::POST, path)
            .header("x-plumbline", "1")
            .header(header::CONTENT_TYPE, "application/json");
        for (name, value) in more {
            request = request.header(*name, *value);
        }
        self.send(request.body(Body::from(body))).await
    }

    /// Sends a command that begins something, with a fresh key.
    pub async fn order(&self, path: &str, body: &impl Serialize) -> Answer {
        self.post_with(path, body, &[("idempotency-key", &new_key())]).await
    }

    /// Sends a command on a case or check at a version, with a fresh key.
    pub async fn command(&self, path: &str, version: u64, body: &impl Serialize) -> Answer {
        self.command_with(path, version, body, &new_key()).await
    }

    /// The same with this key.
    pub async fn command_with(&self, path: &str, version: u64, body: &impl Serialize, key: &str) -> Answer {
        let version = format!("\"{version}\"");
        self.post_with(path, body, &[("idempotency-key", key), ("if-match", &version)]).await
    }

    /// Takes the next case of a queue.
    pub async fn next(&self, queue: &str) -> Answer {
        self.order(&format!("/api/queues/{queue}/next"), &json!({})).await
    }

    /// Signs out.
    pub async fn sign_out(&self) -> Answer {
        self.delete("/api/session").await
    }

    /// Deletes.
    pub async fn delete(&self, path: &str) -> Answer {
        let request = self.request(Method::DELETE, path).header("x-plumbline", "1");
        self.send(request.body(Body::empty())).await
    }

    /// A request of this browser.
    pub fn request(&self, method: Method, path: &str) -> axum::http::request::Builder {
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, "127.0.0.1:3000");
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        request
    }

    /// Sends a request and reads the whole answer.
    pub async fn send(&self, request: Result<Request<Body>, axum::http::Error>) -> Answer {
        let response = self.stream(request).await;
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, 16 * 1024 * 1024).await.expect("an answer ends");
        let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        Answer { status: parts.status.as_u16(), headers: parts.headers, bytes: bytes.to_vec(), body }
    }

    /// Sends a request whose answer may never end.
    pub async fn stream(&self, request: Result<Request<Body>, axum::http::Error>) -> Response<Body> {
        let request = request.expect("a request is well formed");
        self.router.clone().oneshot(request).await.expect("a router answers")
    }
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
    pub body: Value,
}

impl Answer {
    /// The answer, if it has this status.
    #[track_caller]
    pub fn expect_status(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", String::from_utf8_lossy(&self.bytes));
        self
    }

    /// The answer, if it is a problem of this type and status.
    #[track_caller]
    pub fn expect_problem(self, status: u16, kind: &str) -> Self {
        let answer = self.expect_status(status);
        assert_eq!(answer.headers[header::CONTENT_TYPE], "application/problem+json");
        assert_eq!(answer.body["type"], format!("/problems/{kind}"), "{}", answer.body);
        assert_eq!(answer.body["status"], status);
        assert_eq!(answer.body["instance"].as_str(), answer.headers["x-request-id"].to_str().ok());
        answer
    }

    /// The cookie that was set, as a browser sends it back.
    #[track_caller]
    pub fn cookie(&self) -> String {
        let line = self.headers[header::SET_COOKIE].to_str().expect("a cookie is text");
        line.split(';').next().expect("a cookie has a value").to_owned()
    }

    /// A text of the body, by JSON pointer.
    #[track_caller]
    pub fn text(&self, pointer: &str) -> String {
        let value = self.body.pointer(pointer).unwrap_or_else(|| panic!("{pointer} in {}", self.body));
        value.as_str().unwrap_or_else(|| panic!("{pointer} is {value}")).to_owned()
    }

    /// A number of the body, by JSON pointer.
    #[track_caller]
    pub fn number(&self, pointer: &str) -> u64 {
        let value = self.body.pointer(pointer).unwrap_or_else(|| panic!("{pointer} in {}", self.body));
        value.as_u64().unwrap_or_else(|| panic!("{pointer} is {value}"))
    }
}
