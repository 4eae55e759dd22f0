//! Statements that `PostgreSQL` has differently. The one writer holds everything it reads; places in the log
//! follow one another.

use crate::{case::HeldRow, dialect::Conn};
use domain::id::CaseId;
use uuid::Uuid;

/// Joins the row a candidate of get-next is held by: the one writer needs none.
pub(crate) const HELD_BY: &str = "";

/// Ends a statement that passes over cases (alias `c`) another transaction holds: there is no other one.
pub(crate) const PASS_OVER_HELD: &str = "";

/// How many places in the log one transaction may take: as many as on the other engine.
pub(crate) const PLACES: i64 = 4096;

/// A case, held for writing.
pub(crate) async fn held_case(conn: &mut Conn, id: CaseId) -> Result<Option<HeldRow>, sqlx::Error> {
    sqlx::query_as!(
        HeldRow,
        r#"SELECT version AS "version!: i64", link AS "link!: Vec<u8>", body AS "body!" FROM case_state
           WHERE case_id = $1"#,
        id.0
    )
    .fetch_optional(conn)
    .await
}

/// Holds a check for writing.
#[expect(clippy::unused_async, reason = "the other engine asks the database")]
pub(crate) async fn hold_check(_conn: &mut Conn, _id: Uuid) -> Result<(), sqlx::Error> {
    Ok(())
}

/// Holds an idempotency key, there or not.
#[expect(clippy::unused_async, reason = "the other engine asks the database")]
pub(crate) async fn hold_key(_conn: &mut Conn, _person: &str, _key: &str) -> Result<(), sqlx::Error> {
    Ok(())
}

/// Holds a policy until the transaction ends.
#[expect(clippy::unused_async, reason = "the other engine asks the database")]
pub(crate) async fn hold_policy(_conn: &mut Conn, _policy_no: &str) -> Result<(), sqlx::Error> {
    Ok(())
}

/// Whether a slip still takes lines; it stays so until the transaction ends.
pub(crate) async fn takes_lines(conn: &mut Conn, slip: Uuid) -> Result<Option<bool>, sqlx::Error> {
    sqlx::query_scalar!(r#"SELECT NOT closed AS "open!: bool" FROM slip WHERE id = $1"#, slip)
        .fetch_optional(conn)
        .await
}

/// The first place in the log this transaction may take.
pub(crate) async fn first_place(conn: &mut Conn) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        r#"SELECT MAX(place) + 1 AS "place!: i64" FROM (
             SELECT COALESCE((SELECT MAX(seq) FROM event), 0) AS place
             UNION ALL SELECT COALESCE((SELECT MAX(seq) FROM ledger), 0)
             UNION ALL SELECT COALESCE((SELECT MAX(seq) FROM change_feed), 0)) AS places"#
    )
    .fetch_one(conn)
    .await
}

/// Every place before this one is final: no running transaction can take it any more.
#[expect(clippy::unused_async, reason = "the other engine asks the database")]
pub(crate) async fn watermark(_conn: &mut Conn) -> Result<i64, sqlx::Error> {
    Ok(i64::MAX)
}

/// The database's clock, milliseconds since 1970: the machine's own. A row is read too, so that a file nobody can read
/// does not answer.
pub(crate) async fn clock_millis(conn: &mut Conn) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        r#"SELECT CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER) AS "now!: i64"
           FROM (SELECT COUNT(*) AS facts FROM store_meta)"#
    )
    .fetch_one(conn)
    .await
}
