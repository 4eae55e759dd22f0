//! `SQLite`: one file, WAL, `synchronous = FULL`, one writer that groups what is waiting into one commit.

mod cells;
mod statements;
mod writer;

pub(crate) use cells::*;
pub(crate) use statements::*;
pub(crate) use writer::Writer;

use super::{Conn, Failure};
use crate::sql_store::Options;
use sqlx::{
    ConnectOptions, Pool,
    error::DatabaseError,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{fs::OpenOptions, os::unix::fs::OpenOptionsExt, path::Path, str::FromStr, time::Duration};

/// The engine.
pub type Db = sqlx::Sqlite;

pub(crate) const ENGINE: store::Engine = store::Engine::Sqlite;

/// How long a statement waits for a lock another process holds: the command line beside a running server. Whoever
/// asked is answered within three seconds.
pub(super) const LOCK_WAIT: Duration = Duration::from_millis(2_400);

/// The same for the pulse, which is asked again soon.
const PULSE_WAIT: Duration = Duration::from_millis(500);

/// Opens the pool of readers and the writer, and says how to connect for the pulse.
pub(crate) async fn open(
    url: &str,
    options: &Options,
) -> Result<(Pool<Db>, Writer, SqliteConnectOptions), sqlx::Error> {
    let base = connect_options(url, options)?;
    if let Some(folder) = base.get_filename().parent().filter(|folder| *folder != Path::new("")) {
        std::fs::create_dir_all(folder).map_err(sqlx::Error::Io)?;
    }
    make(base.get_filename()).map_err(sqlx::Error::Io)?;
    let writer = Writer::start(base.clone()).await?;
    let reading = base.create_if_missing(false).pragma("query_only", "ON");
    let reads = SqlitePoolOptions::new()
        .max_connections(options.readers)
        .acquire_timeout(options.patience)
        // A file does not go away as a server does; what is wrong with it the next statement says.
        .test_before_acquire(false)
        .connect_lazy_with(reading.clone());
    Ok((reads, writer, reading.busy_timeout(PULSE_WAIT)))
}

/// Makes the file for this account alone; the engine gives its own files beside it the same rights.
fn make(file: &Path) -> std::io::Result<()> {
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(file) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

/// A connection of its own that writes.
pub(crate) async fn connection(url: &str, options: &Options) -> Result<Conn, sqlx::Error> {
    connect_options(url, options)?.connect().await
}

/// A connection that sees the store as it is at this moment. While it is kept, the write-ahead log grows.
pub(crate) async fn snapshot(url: &str, options: &Options) -> Result<Conn, sqlx::Error> {
    let options = connect_options(url, options)?.create_if_missing(false).pragma("query_only", "ON");
    let mut conn = options.connect().await?;
    // The transaction sees what was there at its first read.
    sqlx::raw_sql("BEGIN; SELECT COUNT(*) FROM sqlite_schema").execute(&mut conn).await?;
    Ok(conn)
}

/// Begins the transaction of a restoring: rows refer to one another in no order of theirs.
pub(crate) const BEGIN_RESTORING: &str = "BEGIN IMMEDIATE; PRAGMA defer_foreign_keys = ON";

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
