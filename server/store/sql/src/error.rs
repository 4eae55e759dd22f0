//! Errors of the database in the words of the store.

use crate::dialect::{Failure, failure};
use sqlx::migrate::MigrateError;
use store::StoreError;

/// What an error means to the caller.
pub(crate) fn store_error(error: sqlx::Error) -> StoreError {
    match error {
        sqlx::Error::Database(inner) => match failure(&*inner) {
            Failure::Busy => StoreError::Busy,
            Failure::Away => StoreError::Unavailable(inner.into()),
            Failure::Full => StoreError::Full,
            Failure::Duplicate => StoreError::Duplicate(
                inner.constraint().map_or_else(|| inner.message().to_owned(), str::to_owned),
            ),
            Failure::Other => StoreError::Database(inner.into()),
        },
        sqlx::Error::PoolTimedOut => StoreError::Busy,
        error @ (sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed) => StoreError::Unavailable(error.into()),
        error @ (sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_)) => {
            StoreError::Corrupt(error.to_string())
        }
        error => StoreError::Database(error.into()),
    }
}

/// What a failed migration means to the caller.
pub(crate) fn migrate_error(error: MigrateError) -> StoreError {
    match error {
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => store_error(error),
        MigrateError::VersionMissing(version) => StoreError::Newer(version),
        error => StoreError::Database(error.into()),
    }
}
