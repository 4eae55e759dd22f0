//! Everything that can go wrong with a request, and its problem document (RFC 9457).

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::api::problem::{FieldError, Problem, Slug};
use domain::case::refusal::RefusalClass;
use domain::case::{Event, Refusal};
use store::{StoreError, WriteError};

use crate::request;

/// What a handler gives.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a request is not answered as asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The request is not what the endpoint takes; which fields, where it is known.
    #[error("{detail}")]
    Malformed {
        /// In words, for whoever writes a client.
        detail: String,
        /// Fields at fault.
        errors: Vec<FieldError>,
    },
    /// No session, or it has ended.
    #[error("not signed in")]
    NotSignedIn,
    /// Number or password wrong; which of both is not said.
    #[error("number or password wrong")]
    WrongCredentials,
    /// The role may not use the endpoint.
    #[error("not allowed")]
    NotAllowed,
    /// A step is still to be done before anything else works.
    #[error("a step of the sign-in is still to be done")]
    SignInUnfinished,
    /// The request does not come from our own page.
    #[error("{0}")]
    CrossSite(&'static str),
    /// No such thing, or not in scope: both look the same.
    #[error("not found")]
    NotFound,
    /// The endpoint has another method.
    #[error("method not allowed")]
    MethodNotAllowed,
    /// The rules refuse.
    #[error("refused: {}", .0.slug())]
    Refused(Box<Refusal>),
    /// A request with the same idempotency key is under way.
    #[error("a request with the same idempotency key is under way")]
    InProgress,
    /// Changed since the version the browser knew.
    #[error("changed since")]
    Stale {
        /// The events since then, without ciphertext.
        events: Vec<Event>,
    },
    /// The body is larger than the endpoint takes.
    #[error("the body is larger than {0} bytes")]
    TooLarge(usize),
    /// The body is not JSON.
    #[error("the content type must be application/json")]
    NotJson,
    /// Input breaks a rule that is not one of a case's.
    #[error("input breaks a rule")]
    Invalid(Vec<FieldError>),
    /// The idempotency key was used with another body.
    #[error("the idempotency key was used for another request")]
    KeyReused,
    /// A header that makes the request safe to repeat is missing.
    #[error("{0} is missing")]
    PreconditionMissing(&'static str),
    /// Too many tries.
    #[error("too many tries")]
    TooMany {
        /// Seconds until the next one is looked at.
        retry_after: u32,
    },
    /// The store does not answer.
    #[error("the store does not answer: {0}")]
    Unavailable(String),
    /// What is written now would carry a wrong time. Said as it is: whoever runs the servers must put it right.
    #[error("{0}")]
    ClockOff(String),
    /// It took too long.
    #[error("it took too long")]
    Timeout,
    /// The body did not come in time.
    #[error("the body took too long to come")]
    SlowBody,
    /// Our fault. The cause is logged, never sent.
    #[error("{0:#}")]
    Internal(anyhow::Error),
}

impl Error {
    /// A request that is not what the endpoint takes.
    pub fn malformed(detail: impl Into<String>) -> Self {
        Self::Malformed { detail: detail.into(), errors: Vec::new() }
    }

    /// One field of the input breaks a rule.
    pub fn invalid(pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        Self::Invalid(vec![FieldError { pointer: pointer.into(), detail: detail.into() }])
    }

    /// Our fault, with its cause.
    pub fn internal(cause: impl Into<anyhow::Error>) -> Self {
        Self::Internal(cause.into())
    }

    /// Which problem it is.
    pub const fn slug(&self) -> Slug {
        match self {
            Self::Malformed { .. } => Slug::Malformed,
            Self::NotSignedIn => Slug::NotSignedIn,
            Self::WrongCredentials => Slug::WrongCredentials,
            Self::NotAllowed => Slug::NotAllowed,
            Self::SignInUnfinished => Slug::SignInUnfinished,
            Self::CrossSite(_) => Slug::CrossSite,
            Self::NotFound => Slug::NotFound,
            Self::MethodNotAllowed => Slug::MethodNotAllowed,
            Self::Refused(_) => Slug::Refused,
            Self::InProgress => Slug::InProgress,
            Self::Stale { .. } => Slug::Stale,
            Self::TooLarge(_) => Slug::TooLarge,
            Self::NotJson => Slug::NotJson,
            Self::Invalid(_) => Slug::Invalid,
            Self::KeyReused => Slug::KeyReused,
            Self::PreconditionMissing(_) => Slug::PreconditionMissing,
            Self::TooMany { .. } => Slug::TooMany,
            Self::Unavailable(_) | Self::ClockOff(_) => Slug::Unavailable,
            Self::Timeout | Self::SlowBody => Slug::Timeout,
            Self::Internal(_) => Slug::Internal,
        }
    }

    /// The problem document. What went wrong inside stays inside.
    pub fn into_problem(self) -> Problem {
        let slug = self.slug();
        let detail = match &self {
            Self::Internal(_) | Self::Unavailable(_) => None,
            other => Some(other.to_string()),
        };
        let mut problem = Problem {
            kind: format!("/problems/{}", slug.as_str()),
            slug,
            title: title(slug).to_owned(),
            status: slug.status(),
            detail,
            instance: request::id().map(|id| id.to_string()),
            errors: Vec::new(),
            refusal: None,
            events: Vec::new(),
            retry_after: None,
        };
        match self {
            Self::Malformed { errors, .. } | Self::Invalid(errors) => problem.errors = errors,
            Self::Refused(refusal) => {
                problem.kind = format!("/problems/{}", refusal.slug());
                problem.status = status(&refusal);
                problem.refusal = Some(refusal);
            }
            Self::Stale { events } => problem.events = events,
            Self::TooMany { retry_after } => problem.retry_after = Some(retry_after),
            Self::Unavailable(_) => problem.retry_after = Some(1),
            Self::ClockOff(_) => problem.retry_after = Some(5),
            // Not ours to be quicker with.
            Self::SlowBody => problem.status = StatusCode::REQUEST_TIMEOUT.as_u16(),
            _ => {}
        }
        problem
    }
}

/// The status of a refusal: 403 grant, scope or separation; 409 state; 422 field.
pub const fn status(refusal: &Refusal) -> u16 {
    match refusal.class() {
        RefusalClass::Forbidden => 403,
        RefusalClass::Conflict => 409,
        RefusalClass::Invalid => 422,
    }
}

/// The short title of a problem.
pub const fn title(slug: Slug) -> &'static str {
    match slug {
        Slug::Malformed => "The request is not what this endpoint takes",
        Slug::NotSignedIn => "Not signed in",
        Slug::WrongCredentials => "Number or password wrong",
        Slug::NotAllowed => "Not allowed",
        Slug::SignInUnfinished => "A step of the sign-in is still to be done",
        Slug::CrossSite => "Not sent by our own page",
        Slug::NotFound => "Not found",
        Slug::MethodNotAllowed => "Method not allowed",
        Slug::Refused => "The rules refuse this",
        Slug::InProgress => "The same request is under way",
        Slug::Stale => "Changed in the meantime",
        Slug::TooLarge => "Too large",
        Slug::NotJson => "Not JSON",
        Slug::Invalid => "The input breaks a rule",
        Slug::KeyReused => "Idempotency key used for another request",
        Slug::PreconditionMissing => "A header is missing",
        Slug::TooMany => "Too many tries",
        Slug::Internal => "Something went wrong here",
        Slug::Unavailable => "Out of service for the moment",
        Slug::NoSite => "Built without the browser app",
        Slug::Timeout => "Took too long",
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(Box::new(refusal))
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            // Whoever asked for the case's version adds what has happened since.
            StoreError::Stale { .. } => Self::Stale { events: Vec::new() },
            passing if passing.is_passing() => Self::Unavailable(chain(&passing)),
            other => Self::Internal(other.into()),
        }
    }
}

impl From<WriteError<Self>> for Error {
    fn from(error: WriteError<Self>) -> Self {
        match error {
            WriteError::Refused(error) => error,
            WriteError::Store(error) => error.into(),
        }
    }
}

/// So that `?` ends a transaction: nothing of it is written.
impl From<Error> for WriteError<Error> {
    fn from(error: Error) -> Self {
        Self::Refused(error)
    }
}

/// An error with its causes.
fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}

/// Turns a problem into an answer. Sent by handlers through [`Error`], and by whatever makes problems itself.
pub fn respond(problem: &Problem) -> Response {
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let body = serde_json::to_vec(problem).unwrap_or_else(|error| {
        tracing::error!(%error, "a problem document cannot be written");
        Vec::new()
    });
    let kind = HeaderValue::from_static("application/problem+json");
    let mut response = (status, [(header::CONTENT_TYPE, kind)], body).into_response();
    if let Some(seconds) = problem.retry_after {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    if status == StatusCode::REQUEST_TIMEOUT {
        // The rest of the body is not waited for.
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    response
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        match &self {
            Self::Internal(cause) => tracing::error!(cause = format!("{cause:#}"), "request failed"),
            Self::Unavailable(cause) => tracing::warn!(cause, "store unavailable"),
            Self::ClockOff(cause) => tracing::error!(cause, "the clock is off"),
            Self::NotAllowed | Self::CrossSite(_) => tracing::info!(problem = self.slug().as_str(), "denied"),
            _ => {}
        }
        respond(&self.into_problem())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::post::{Post, Stage};

    #[test]
    fn refusals_are_forbidden_conflicts_or_invalid_by_their_class() {
        let cases = [
            (Refusal::PostNotHeld { post: Post::Entry }, 403, "/problems/post-not-held"),
            (Refusal::WrongStage { stage: Stage::Entry }, 409, "/problems/wrong-stage"),
            (Refusal::NoSuchItem { item: 2 }, 422, "/problems/no-such-item"),
        ];
        for (refusal, status, kind) in cases {
            let problem = Error::from(refusal).into_problem();
            assert_eq!((problem.status, problem.kind.as_str()), (status, kind));
            assert!(problem.refusal.is_some());
        }
    }

    #[test]
    fn the_cause_of_our_own_fault_is_not_sent() {
        let error = Error::internal(anyhow::anyhow!("table `secret` is missing"));
        let text = serde_json::to_string(&error.into_problem()).unwrap();
        assert!(!text.contains("secret"));
    }

    #[test]
    fn every_problem_has_the_status_of_its_slug() {
        for slug in Slug::ALL {
            assert!(!title(slug).is_empty());
            assert!((400..600).contains(&slug.status()));
        }
    }
}
