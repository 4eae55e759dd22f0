//! `PostgreSQL`: a pool of writers; a case is held by its row, and transactions that met are run again.

mod cells;
mod statements;
mod writer;

pub(crate) use cells::*;
pub(crate) use statements::*;
pub(crate) use writer::Writer;

use super::{Conn, Failure};
use crate::sql_store::Options;
use sqlx::{
    ConnectOptions, Connection, Pool,
    error::DatabaseError,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::{str::FromStr, time::Duration};

/// The engine.
pub type Db = sqlx::Postgres;

pub(crate) const ENGINE: store::Engine = store::Engine::Postgres;

/// Opens the pool of readers and the writer, and says how to connect for the pulse. Connections are made when they are
/// needed, so that the service comes up while the database is away.
#[expect(clippy::unused_async, reason = "the other engine opens its file")]
pub(crate) async fn open(
    url: &str,
    options: &Options,
) -> Result<(Pool<Db>, Writer, PgConnectOptions), sqlx::Error> {
    let base = connect_options(url, options)?;
    let reads = pool(options.readers, options)
        .connect_lazy_with(base.clone().options([("statement_timeout", "15s")]));
    let pulse = base.clone();
    let writes = pool(options.writers, options).connect_lazy_with(
        base.options([("lock_timeout", "5s"), ("idle_in_transaction_session_timeout", "30s")]),
    );
    Ok((reads, Writer::new(writes), pulse))
}

fn connect_options(url: &str, options: &Options) -> Result<PgConnectOptions, sqlx::Error> {
    Ok(PgConnectOptions::from_str(url)?
        .application_name("plumbline")
        .statement_cache_capacity(256)
        .disable_statement_logging()
        .options([("timezone", "UTC"), ("synchronous_commit", if options.durable { "on" } else { "off" })]))
}

/// A connection of its own that writes.
pub(crate) async fn connection(url: &str, options: &Options) -> Result<Conn, sqlx::Error> {
    connect_options(url, options)?.connect().await
}

/// A connection that sees the store as it is at this moment.
pub(crate) async fn snapshot(url: &str, options: &Options) -> Result<Conn, sqlx::Error> {
    let mut conn = connect_options(url, options)?.connect().await?;
    // The transaction sees what was there at its first statement.
    sqlx::raw_sql("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT 1").execute(&mut conn).await?;
    Ok(conn)
}

/// Begins the transaction of a restoring: rows refer to one another in no order of theirs.
pub(crate) const BEGIN_RESTORING: &str = "BEGIN; SET CONSTRAINTS ALL DEFERRED";

/// A connection that was not used for so long is asked whether it is still there.
const IDLE: Duration = Duration::from_secs(1);

fn pool(connections: u32, options: &Options) -> PgPoolOptions {
    PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(options.patience)
        // What was used a moment ago is there; what lay idle may have gone with its server.
        .test_before_acquire(false)
        .before_acquire(|conn, meta| {
            Box::pin(async move {
                if meta.idle_for > IDLE {
                    conn.ping().await?;
                }
                Ok(true)
            })
        })
}

/// What an error means. Codes: <https://www.postgresql.org/docs/15/errcodes-appendix.html>.
pub(crate) fn failure(error: &dyn DatabaseError) -> Failure {
    let code = error.code().unwrap_or_default();
    match &*code {
        // Two lines began a slip to the same receiver: run again, the second finds the first one's.
        "23505" if error.constraint() == Some("slip_open") => Failure::Busy,
        "23505" => Failure::Duplicate,
        // Serialization failure, deadlock, lock or statement timeout, no connection slot left.
        "40001" | "40P01" | "55P03" | "57014" | "53300" => Failure::Busy,
        "53100" => Failure::Full,
        code if code.starts_with("08") || code.starts_with("57P") => Failure::Away,
        _ => Failure::Other,
    }
}
