//! RFC 9457 problem documents. `type` is `/problems/<slug>`; the browser words them in its language.

use crate::case::{Event, Refusal};
use serde::{Deserialize, Serialize};

/// Every problem the server can answer with, beside the refusals of the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Slug {
    /// 400: the request is not what the endpoint takes.
    Malformed,
    /// 401: not signed in, or the session has ended.
    NotSignedIn,
    /// 401: number or password wrong.
    WrongCredentials,
    /// 403: the role may not use this endpoint.
    NotAllowed,
    /// 403: signed in, but a step is still to be done before anything else works: a password of one's own, a code, a
    /// second factor.
    SignInUnfinished,
    /// 403: not sent by our own page.
    CrossSite,
    /// 404: no such thing in scope.
    NotFound,
    /// 405: the endpoint has another method.
    MethodNotAllowed,
    /// 409: the rules refuse; see `refusal`.
    Refused,
    /// 409: a request with the same idempotency key is under way.
    InProgress,
    /// 412: changed since; see `events`.
    Stale,
    /// 413: body too large.
    TooLarge,
    /// 415: not JSON.
    NotJson,
    /// 422: input breaks a rule; see `errors` or `refusal`.
    Invalid,
    /// 422: the idempotency key was used with another body.
    KeyReused,
    /// 428: `Idempotency-Key` or `If-Match` is missing.
    PreconditionMissing,
    /// 429: too many tries.
    TooMany,
    /// 500: our fault; the request id is in `instance`.
    Internal,
    /// 503: the store does not answer.
    Unavailable,
    /// 503: this binary was built without the browser app.
    NoSite,
    /// 504: took too long.
    Timeout,
}

impl Slug {
    /// All slugs, for the table in the documents.
    pub const ALL: [Self; 21] = [
        Self::Malformed,
        Self::NotSignedIn,
        Self::WrongCredentials,
        Self::NotAllowed,
        Self::SignInUnfinished,
        Self::CrossSite,
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::Refused,
        Self::InProgress,
        Self::Stale,
        Self::TooLarge,
        Self::NotJson,
        Self::Invalid,
        Self::KeyReused,
        Self::PreconditionMissing,
        Self::TooMany,
        Self::Internal,
        Self::Unavailable,
        Self::NoSite,
        Self::Timeout,
    ];

    /// The HTTP status; a refusal of the rules overrides it by its class.
    pub const fn status(self) -> u16 {
        match self {
            Self::Malformed => 400,
            Self::NotSignedIn | Self::WrongCredentials => 401,
            Self::NotAllowed | Self::SignInUnfinished | Self::CrossSite => 403,
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::Refused | Self::InProgress => 409,
            Self::Stale => 412,
            Self::TooLarge => 413,
            Self::NotJson => 415,
            Self::Invalid | Self::KeyReused => 422,
            Self::PreconditionMissing => 428,
            Self::TooMany => 429,
            Self::Internal => 500,
            Self::Unavailable | Self::NoSite => 503,
            Self::Timeout => 504,
        }
    }

    /// The name in `type`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::NotSignedIn => "not-signed-in",
            Self::WrongCredentials => "wrong-credentials",
            Self::NotAllowed => "not-allowed",
            Self::SignInUnfinished => "sign-in-unfinished",
            Self::CrossSite => "cross-site",
            Self::NotFound => "not-found",
            Self::MethodNotAllowed => "method-not-allowed",
            Self::Refused => "refused",
            Self::InProgress => "in-progress",
            Self::Stale => "stale",
            Self::TooLarge => "too-large",
            Self::NotJson => "not-json",
            Self::Invalid => "invalid",
            Self::KeyReused => "key-reused",
            Self::PreconditionMissing => "precondition-missing",
            Self::TooMany => "too-many",
            Self::Internal => "internal",
            Self::Unavailable => "unavailable",
            Self::NoSite => "no-site",
            Self::Timeout => "timeout",
        }
    }
}

/// One field at fault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldError {
    /// JSON pointer into the body.
    pub pointer: String,
    /// What is wrong, in English; the browser words the typed refusal instead where there is one.
    pub detail: String,
}

/// A problem document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// `/problems/<slug>`; for refusals the refusal's own slug.
    #[serde(rename = "type")]
    pub kind: String,
    /// Which problem.
    pub slug: Slug,
    /// Short English title.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// English detail for logs and scripts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Request id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instance: Option<String>,
    /// Fields at fault.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
    /// The refusal of the rules, typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<Box<Refusal>>,
    /// On 412: the events since the version the browser knew.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<Event>,
    /// Seconds after which a new try makes sense.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u32>,
}
