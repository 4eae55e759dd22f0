//! What differs between the engines.

#[cfg(all(feature = "sqlite", feature = "postgres"))]
compile_error!("one engine per package");

#[cfg(feature = "postgres")]
mod postgres;
#[cfg(feature = "sqlite")]
mod sqlite;

#[cfg(feature = "postgres")]
pub use postgres::Db;
#[cfg(feature = "postgres")]
pub(crate) use postgres::*;
#[cfg(feature = "sqlite")]
pub use sqlite::Db;
#[cfg(feature = "sqlite")]
pub(crate) use sqlite::*;

/// A connection of the engine.
pub(crate) type Conn = <Db as sqlx::Database>::Connection;

/// What an error of the database means for the caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Failure {
    /// Two transactions met, or somebody holds what is needed: again later.
    Busy,
    /// The server or file is away.
    Away,
    /// The disk is full.
    Full,
    /// A unique key is taken.
    Duplicate,
    /// Anything else.
    Other,
}
