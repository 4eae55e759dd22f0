//! What a request brings, checked before a handler sees it. Every rejection is a problem document.

use std::str::FromStr;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::{HeaderMap, header, request::Parts};
use domain::api::problem::FieldError;
use serde::de::DeserializeOwned;

use crate::error::{Error, Result};

pub mod limits;
mod scan;

/// The largest body any endpoint takes, bytes.
pub const BODY_LIMIT: usize = 256 * 1024;

/// The deepest JSON any endpoint takes: a registration needs six levels.
pub const DEPTH_LIMIT: usize = 24;

/// How long a body may take to come, put beside the request by the guard.
#[derive(Clone, Copy, Debug)]
pub struct BodyTime(pub Duration);

/// The same where nobody said.
const BODY_TIME: Duration = Duration::from_secs(15);

/// A JSON body with the bytes it was read from, which idempotency compares.
#[derive(Debug)]
pub struct Json<T> {
    /// What was read.
    pub value: T,
    /// SHA-256 of the bytes.
    pub digest: [u8; 32],
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Error;

    async fn from_request(request: Request, _: &S) -> Result<Self> {
        if !is_json(request.headers()) {
            return Err(Error::NotJson);
        }
        let time = request.extensions().get::<BodyTime>().map_or(BODY_TIME, |BodyTime(time)| *time);
        let bytes =
            tokio::time::timeout(time, read(request.into_body())).await.map_err(|_| Error::SlowBody)??;
        let digest = crate::seal::sha256(&bytes);
        Ok(Self { value: parse(&bytes)?, digest })
    }
}

/// Reads a body up to the limit.
async fn read(body: Body) -> Result<axum::body::Bytes> {
    to_bytes(body, BODY_LIMIT).await.map_err(|error| {
        let mut source: Option<&dyn std::error::Error> = Some(&error);
        while let Some(cause) = source {
            if cause.is::<http_body_util::LengthLimitError>() {
                return Error::TooLarge(BODY_LIMIT);
            }
            source = cause.source();
        }
        Error::malformed("the body broke off")
    })
}

/// Reads JSON; the error names the field by JSON pointer.
pub fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T> {
    let text = std::str::from_utf8(bytes).map_err(|_| Error::malformed("the body is not UTF-8"))?;
    scan::check(text, DEPTH_LIMIT)?;
    // What is no JSON at all the reader below says better.
    if let Ok(value) = serde_json::from_str(text) {
        limits::check(&value)?;
    }
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| fault(&error))?;
    reader.end().map_err(|error| Error::malformed(error.to_string()))?;
    Ok(value)
}

/// Words an error of the JSON reader. Its message never repeats a value: what was typed may be personal.
fn fault(error: &serde_path_to_error::Error<serde_json::Error>) -> Error {
    use serde_path_to_error::Segment;
    let message = error.inner().to_string();
    let mut pointer = String::new();
    for segment in error.path() {
        match segment {
            Segment::Seq { index } => below(&mut pointer, &index.to_string()),
            Segment::Map { key } | Segment::Enum { variant: key } => below(&mut pointer, key),
            Segment::Unknown => {}
        }
    }
    if error.inner().is_syntax() || error.inner().is_eof() {
        return Error::Malformed { detail: format!("not JSON: {message}"), errors: Vec::new() };
    }
    let detail = if let Some(name) = between(&message, "missing field `", '`') {
        below(&mut pointer, name);
        "missing".to_owned()
    } else if message.starts_with("unknown field") {
        "unknown field".to_owned()
    } else if message.starts_with("unknown variant") {
        message.split_once(", ").map_or("unknown name".to_owned(), |(_, expected)| at_free(expected))
    } else if let Some((_, expected)) = message.split_once(", expected ") {
        format!("expected {}", at_free(expected))
    } else {
        "not allowed here".to_owned()
    };
    Error::Malformed {
        detail: "a field is not what this endpoint takes".to_owned(),
        errors: vec![FieldError { pointer, detail }],
    }
}

/// Steps one level down, as RFC 6901 writes it.
fn below(pointer: &mut String, key: &str) {
    pointer.push('/');
    pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
}

/// A message without serde's trailing "at line 1 column 2".
fn at_free(message: &str) -> String {
    message.split(" at line ").next().unwrap_or(message).to_owned()
}

fn between<'m>(message: &'m str, before: &str, after: char) -> Option<&'m str> {
    message.split_once(before)?.1.split(after).next()
}

fn is_json(headers: &HeaderMap) -> bool {
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .and_then(|kind| kind.split(';').next())
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}

/// The query of the address.
#[derive(Debug)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        let query = parts.uri.query().unwrap_or_default();
        if query.contains("%00") || query.contains('\0') {
            return Err(Error::malformed("the query holds a NUL"));
        }
        limits::check_query(&parts.uri)?;
        axum::extract::Query::from_request_parts(parts, state)
            .await
            .map(|axum::extract::Query(value)| Self(value))
            .map_err(|rejection| Error::malformed(rejection.body_text()))
    }
}

/// The parts of the path. One that cannot be an id is not found, as any other id that does not exist.
#[derive(Debug)]
pub struct Path<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        axum::extract::Path::from_request_parts(parts, state)
            .await
            .map(|axum::extract::Path(value)| Self(value))
            .map_err(|_| Error::NotFound)
    }
}

/// `If-Match: "<version>"`: the version of the aggregate the browser knew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IfMatch(pub u64);

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self> {
        let value = parts.headers.get(header::IF_MATCH).ok_or(Error::PreconditionMissing("If-Match"))?;
        let text = value.to_str().unwrap_or_default().trim();
        text.strip_prefix('"')
            .and_then(|text| text.strip_suffix('"'))
            .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
            .and_then(|digits| u64::from_str(digits).ok())
            .filter(|version| *version <= domain::limits::NUMBER)
            .map(Self)
            .ok_or_else(|| Error::malformed("If-Match holds the version in quotes: If-Match: \"7\""))
    }
}

/// `Idempotency-Key`: makes a command safe to send again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdempotencyKey(pub String);

impl<S: Send + Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self> {
        let value = parts
            .headers
            .get("idempotency-key")
            .ok_or(Error::PreconditionMissing("Idempotency-Key"))?
            .to_str()
            .unwrap_or_default();
        let fits = (8..=128).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_graphic());
        if fits {
            Ok(Self(value.to_owned()))
        } else {
            Err(Error::malformed("Idempotency-Key holds 8 to 128 visible ASCII characters"))
        }
    }
}

#[cfg(test)]
mod tests;
