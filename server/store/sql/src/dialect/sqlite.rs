//! `SQLite`: one file, WAL, `synchronous = FULL`, one writer that groups what is waiting into one commit.

mod statements;
mod writer;

pub(crate) use statements::*;
pub(crate) use writer::Writer;

use super::Failure;
use crate::sql_store::Options;
use sqlx::{
    ConnectOptions, Pool,
    error::DatabaseError,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{path::Path, str::FromStr, time::Duration};

/// The engine.
pub type Db = sqlx::Sqlite;

pub(crate) const ENGINE: store::Engine = store::Engine::Sqlite;

/// How long a statement waits for a lock another process holds: the command line beside a running server.
const LOCK_WAIT: Duration = Duration::from_secs(5);

/// Opens the pool of readers and the writer.
pub(crate) async fn open(url: &str, options: &Options) -> Result<(Pool<Db>, Writer), sqlx::Error> {
    let base = connect_options(url, options)?;
    if let Some(folder) = base.get_filename().parent().filter(|folder| *folder != Path::new("")) {
        std::fs::create_dir_all(folder).map_err(sqlx::Error::Io)?;
    }
    let writer = Writer::start(base.clone()).await?;
    let reads = SqlitePoolOptions::new()
        .max_connections(options.readers)
        .acquire_timeout(options.patience)
        // A file does not go away as a server does; what is wrong with it the next statement says.
        .test_before_acquire(false)
        .connect_lazy_with(base.create_if_missing(false).pragma("query_only", "ON"));
    Ok((reads, writer))
}

fn connect_options(url: &str, options: &Options) -> Result<SqliteConnectOptions, sqlx::Error> {
    let synchronous = if options.durable { SqliteSynchronous::Full } else { SqliteSynchronous::Off };
    Ok(SqliteConnectOptions::from_str(url)?
        .create_if_missing(true)
        .foreign_keys(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(synchronous)
        .busy_timeout(LOCK_WAIT)
        .statement_cache_capacity(256)
        // A whole page of a list, so that who reads it need not wait for rows in between.
        .row_buffer_size(256)
        .pragma("cache_size", "-8000")
        .pragma("temp_store", "MEMORY")
        .disable_statement_logging())
}

/// What an error means. Codes: <https://www.sqlite.org/rescode.html>; the low byte is the primary one.
pub(crate) fn failure(error: &dyn DatabaseError) -> Failure {
    if error.is_unique_violation() {
        return Failure::Duplicate;
    }
    let code = error.code().and_then(|code| code.parse::<u32>().ok()).unwrap_or(0) & 0xff;
    match code {
        5 | 6 => Failure::Busy,
        13 => Failure::Full,
        // I/O error, cannot open, read-only (the disk went away under it).
        8 | 10 | 14 => Failure::Away,
        _ => Failure::Other,
    }
}
