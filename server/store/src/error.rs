//! What can go wrong below the rules.

use domain::id::CaseId;
use std::error::Error;

/// A failure of the store itself, never of a rule.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database cannot be reached or does not answer: worth trying again.
    #[error("the database is away")]
    Unavailable(#[source] Box<dyn Error + Send + Sync>),
    /// No connection or turn came free in time, or two transactions met too often: worth trying again.
    #[error("the database is busy")]
    Busy,
    /// The disk is full.
    #[error("the disk is full")]
    Full,
    /// The case has moved on since it was read.
    #[error("case {case} is at version {found:?}, not {expected}")]
    Stale {
        /// The case.
        case: CaseId,
        /// The version the change was decided on.
        expected: u64,
        /// The version in the store; none where it was not there.
        found: Option<u64>,
    },
    /// Something of that name, number or key is there already.
    #[error("there already: {0}")]
    Duplicate(String),
    /// What was asked to be written is not a whole: a mistake of the caller.
    #[error("not writable: {0}")]
    Invalid(&'static str),
    /// What was read is not what was written: a broken or foreign row.
    #[error("unreadable: {0}")]
    Corrupt(String),
    /// The database was made by a newer version of Plumbline.
    #[error("the database is newer than this program (migration {0})")]
    Newer(i64),
    /// The database lacks migrations this program needs.
    #[error("the database needs to be migrated (migration {0})")]
    Older(i64),
    /// A command broke off in the middle; nothing of it was written.
    #[error("a command panicked")]
    Panicked,
    /// Anything else the database said.
    #[error("database: {0}")]
    Database(#[source] Box<dyn Error + Send + Sync>),
}

impl StoreError {
    /// Whether the same request may succeed a moment later: answered 503 with `Retry-After`.
    pub const fn is_passing(&self) -> bool {
        matches!(self, Self::Unavailable(_) | Self::Busy | Self::Full)
    }
}

/// How a write ended without effect.
#[derive(Debug, thiserror::Error)]
pub enum WriteError<E> {
    /// The rules refused it; nothing was written.
    #[error("refused")]
    Refused(E),
    /// The store failed; nothing was written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl<E> WriteError<E> {
    /// The same with the refusal worded differently.
    pub fn map_refusal<F>(self, word: impl FnOnce(E) -> F) -> WriteError<F> {
        match self {
            Self::Refused(refusal) => WriteError::Refused(word(refusal)),
            Self::Store(error) => WriteError::Store(error),
        }
    }
}
