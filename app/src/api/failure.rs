//! Why a request brought nothing.

use domain::api::{Problem, Slug};
use domain::case::{Event, Refusal};

/// Why a request brought nothing.
#[derive(Debug, Clone, PartialEq)]
pub enum Failure {
    /// The server was not reached; whether it acted is unknown, so the same key is used again.
    Network,
    /// The session ended and the person did not sign in again.
    SignedOut,
    /// The server said why.
    Problem(Box<Problem>),
    /// An answer that is not what was promised.
    Unreadable {
        /// Its HTTP status.
        status: u16,
        /// The request id, to find it in the server's log.
        request: String,
    },
}

impl Failure {
    /// The refusal of the rules, where that is what it is.
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Problem(problem) => problem.refusal.as_deref(),
            _ => None,
        }
    }

    /// The problem's kind.
    pub fn slug(&self) -> Option<Slug> {
        match self {
            Self::Problem(problem) => Some(problem.slug),
            _ => None,
        }
    }

    /// The events since the version the browser knew, where it knew an old one.
    pub fn news(&self) -> Option<&[Event]> {
        match self {
            Self::Problem(problem) if problem.slug == Slug::Stale => Some(&problem.events),
            _ => None,
        }
    }

    /// Whether trying again with the same content may help.
    pub fn may_pass(&self) -> bool {
        match self {
            Self::Network => true,
            Self::SignedOut => false,
            Self::Problem(problem) => matches!(
                problem.slug,
                Slug::InProgress | Slug::TooMany | Slug::Unavailable | Slug::Timeout | Slug::Internal
            ),
            Self::Unreadable { status, .. } => *status >= 500,
        }
    }

    /// HTTP status, retry-after in seconds and request id: what general words are chosen by. 0 = not reached.
    pub fn status(&self) -> (u16, Option<i64>, &str) {
        match self {
            Self::Network => (0, None, ""),
            Self::SignedOut => (401, None, ""),
            Self::Problem(problem) => (
                problem.status,
                problem.retry_after.map(i64::from),
                problem.instance.as_deref().unwrap_or_default(),
            ),
            Self::Unreadable { status, request } => (*status, None, request),
        }
    }
}
