//! Why a request brought nothing.

use domain::api::problem::FieldError;
use domain::api::{Problem, Slug};
use domain::case::{Event, Refusal};
use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer};

/// A problem document as far as every page needs it. The refusal of the rules and the events of a 412 are read from
/// its text by the parts that know cases, so that the first download need not.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Answered {
    /// Which problem.
    pub slug: Slug,
    /// HTTP status.
    pub status: u16,
    /// Request id.
    #[serde(default)]
    pub instance: Option<String>,
    /// Fields at fault.
    #[serde(default)]
    pub errors: Vec<FieldError>,
    /// Whether the rules refused.
    #[serde(default, rename = "refusal", deserialize_with = "is_there")]
    pub refused: bool,
    /// Seconds after which a new try makes sense.
    #[serde(default)]
    pub retry_after: Option<u32>,
    /// The whole document.
    #[serde(skip)]
    pub text: String,
}

/// The fields read above are those of the wire type; this fails to compile should one of them change.
const fn _same_fields(
    problem: &Problem,
) -> (&Slug, &u16, &Option<String>, &Vec<FieldError>, &Option<Box<Refusal>>) {
    (&problem.slug, &problem.status, &problem.instance, &problem.errors, &problem.refusal)
}

fn is_there<'de, D: Deserializer<'de>>(value: D) -> Result<bool, D::Error> {
    Option::<IgnoredAny>::deserialize(value).map(|found| found.is_some())
}

impl Answered {
    /// Reads a problem document; none where the text is none.
    pub fn parse(text: &str) -> Option<Self> {
        let mut answered: Self = serde_json::from_str(text).ok()?;
        text.clone_into(&mut answered.text);
        Some(answered)
    }
}

/// Why a request brought nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The server was not reached; whether it acted is unknown, so the same key is used again.
    Network,
    /// The session ended and the person did not sign in again.
    SignedOut,
    /// The server said why.
    Problem(Box<Answered>),
    /// An answer that is not what was promised.
    Unreadable {
        /// Its HTTP status.
        status: u16,
        /// The request id, to find it in the server's log.
        request: String,
    },
}

impl Failure {
    /// What an answer's text says went wrong.
    pub fn read(status: u16, request: String, text: &str) -> Self {
        match Answered::parse(text) {
            Some(problem) => Self::Problem(Box::new(problem)),
            None => Self::Unreadable { status, request },
        }
    }

    /// Whether the rules refused: then [`refusal`](Self::refusal) says why, to those who know cases.
    pub fn refused(&self) -> bool {
        matches!(self, Self::Problem(problem) if problem.refused)
    }

    /// The refusal of the rules, where that is what it is.
    pub fn refusal(&self) -> Option<Refusal> {
        match self {
            Self::Problem(problem) if problem.refused => {
                serde_json::from_str::<Problem>(&problem.text).ok()?.refusal.map(|refusal| *refusal)
            }
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
    pub fn news(&self) -> Option<Vec<Event>> {
        match self {
            Self::Problem(problem) if problem.slug == Slug::Stale => {
                serde_json::from_str::<Problem>(&problem.text).ok().map(|problem| problem.events)
            }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_is_read_with_its_refusal() {
        let text = r#"{"type":"/problems/case-already-claimed","slug":"refused","title":"Refused","status":409,
            "refusal":{"held_by_other":{"holder":"SH2"}},"instance":"r-1"}"#;
        let answered = Answered::parse(text).expect("a problem document");
        assert_eq!(answered.status, 409);
        let failure = Failure::Problem(Box::new(answered));
        assert!(failure.refused());
        assert_eq!(failure.refusal(), Some(Refusal::HeldByOther { holder: "SH2".into() }));
        assert_eq!((failure.may_pass(), failure.news()), (false, None));
        assert_eq!(failure.status(), (409, None, "r-1"));
    }

    #[test]
    fn what_is_no_problem_document_is_none() {
        assert_eq!(Answered::parse("<html>"), None);
    }
}
