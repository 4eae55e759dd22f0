//! Statements that `SQLite` has differently: holding rows, and places in the log.
//!
//! A place in the log is `floor + transaction id × 4096 + n`. Transactions take their ids before they commit,
//! so that everything below `floor + (oldest running transaction id) × 4096` is final and whoever follows the
//! log below it misses nothing – which a plain sequence cannot promise, because a transaction that took a lower
//! number may commit later. The floor keeps places growing when the data moves to a server whose transaction
//! ids are younger.

use crate::{case::HeldRow, dialect::Conn};
use domain::id::CaseId;
use uuid::Uuid;

/// Joins the row (alias `c`) a candidate of get-next is held by. Commands hold `case_state` first too, so that
/// the two never wait for each other; the version leaves out what has changed since the snapshot.
pub(crate) const HELD_BY: &str = " JOIN case_state c ON c.case_id = w.case_id AND c.version = w.version";

/// Ends a statement that passes over cases (alias `c`) another transaction holds.
pub(crate) const PASS_OVER_HELD: &str = " FOR UPDATE OF c SKIP LOCKED";

/// How many places in the log one transaction may take.
pub(crate) const PLACES: i64 = 4096;

/// A case, held for writing.
pub(crate) async fn held_case(conn: &mut Conn, id: CaseId) -> Result<Option<HeldRow>, sqlx::Error> {
    sqlx::query_as!(HeldRow, "SELECT version, link, body FROM case_state WHERE case_id = $1 FOR UPDATE", id.0)
        .fetch_optional(conn)
        .await
}

/// Holds a check for writing.
pub(crate) async fn hold_check(conn: &mut Conn, id: Uuid) -> Result<(), sqlx::Error> {
    sqlx::query!("SELECT id FROM sample_check WHERE id = $1 FOR UPDATE", id)
        .fetch_optional(conn)
        .await
        .map(drop)
}

/// Holds an idempotency key, there or not: by a lock on its name until the transaction ends.
pub(crate) async fn hold_key(conn: &mut Conn, person: &str, key: &str) -> Result<(), sqlx::Error> {
    sqlx::query!("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", format!("{person}\n{key}"))
        .fetch_one(conn)
        .await
        .map(drop)
}

/// Holds a policy until the transaction ends: of two applications on it at once the second sees the first.
pub(crate) async fn hold_policy(conn: &mut Conn, policy_no: &str) -> Result<(), sqlx::Error> {
    sqlx::query!("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", format!("policy {policy_no}"))
        .fetch_one(conn)
        .await
        .map(drop)
}

/// Whether a slip still takes lines; it stays so until the transaction ends, because closing it waits.
pub(crate) async fn takes_lines(conn: &mut Conn, slip: Uuid) -> Result<Option<bool>, sqlx::Error> {
    sqlx::query_scalar!(r#"SELECT NOT closed AS "open!" FROM slip WHERE id = $1 FOR SHARE"#, slip)
        .fetch_optional(conn)
        .await
}

/// The first place in the log this transaction may take.
pub(crate) async fn first_place(conn: &mut Conn) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        r#"SELECT COALESCE((SELECT CAST(value AS BIGINT) FROM store_meta WHERE name = 'place_floor'), 0)
             + CAST(CAST(pg_current_xact_id() AS TEXT) AS BIGINT) * 4096 AS "place!""#
    )
    .fetch_one(conn)
    .await
}

/// Every place before this one is final: no running transaction can take it any more.
pub(crate) async fn watermark(conn: &mut Conn) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        r#"SELECT COALESCE((SELECT CAST(value AS BIGINT) FROM store_meta WHERE name = 'place_floor'), 0)
             + CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS TEXT) AS BIGINT) * 4096 AS "place!""#
    )
    .fetch_one(conn)
    .await
}

/// Raises the floor where the log holds places this server's transaction ids do not reach yet.
pub(crate) async fn settle_places(conn: &mut Conn) -> Result<(), sqlx::Error> {
    let first = first_place(conn).await?;
    let last = sqlx::query_scalar!(
        r#"SELECT GREATEST((SELECT MAX(seq) FROM event), (SELECT MAX(seq) FROM change_feed),
                           (SELECT MAX(seq) FROM ledger), 0) AS "last!""#
    )
    .fetch_one(&mut *conn)
    .await?;
    if last < first {
        return Ok(());
    }
    let raise = (last - first) / PLACES * PLACES + PLACES;
    sqlx::query!(
        "INSERT INTO store_meta (name, value) VALUES ('place_floor', CAST($1 AS BIGINT))
         ON CONFLICT (name) DO UPDATE
         SET value = CAST(CAST(store_meta.value AS BIGINT) + CAST(excluded.value AS BIGINT) AS TEXT)",
        raise
    )
    .execute(conn)
    .await
    .map(drop)
}

/// The database's clock, milliseconds since 1970.
pub(crate) async fn clock_millis(conn: &mut Conn) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(r#"SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT) AS "now!""#)
        .fetch_one(conn)
        .await
}
