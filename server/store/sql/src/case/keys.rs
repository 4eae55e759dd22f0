//! Numbers, data keys, and who saw what.

use crate::{dialect::Conn, error::store_error, text::small};
use chrono::{DateTime, NaiveDate, Utc};
use domain::id::{CaseId, PersonId, UnitId};
use store::{AccessRecord, SEARCH, SealedCase, StoreError, WrappedKey};
use uuid::Uuid;

pub(crate) async fn next_number(
    conn: &mut Conn,
    unit: &UnitId,
    day: NaiveDate,
    letter: char,
) -> Result<u32, StoreError> {
    let (unit, letter) = (unit.as_str(), letter.to_string());
    let number = sqlx::query_scalar!(
        r#"INSERT INTO number_sequence (unit, business_date, letter, last_number) VALUES ($1, $2, $3, 1)
           ON CONFLICT (unit, business_date, letter) DO UPDATE SET last_number = number_sequence.last_number + 1
           RETURNING last_number AS "last_number!: i64""#,
        unit,
        day,
        letter
    )
    .fetch_one(conn)
    .await
    .map_err(store_error)?;
    small(number)
}

pub(super) async fn key_of(conn: &mut Conn, id: CaseId) -> Result<Option<WrappedKey>, StoreError> {
    sqlx::query_as!(
        WrappedKey,
        r#"SELECT master AS "master!", wrapped AS "wrapped!: Vec<u8>" FROM case_key WHERE case_id = $1"#,
        id.0
    )
    .fetch_optional(conn)
    .await
    .map_err(store_error)
}

pub(super) async fn put_key(conn: &mut Conn, id: CaseId, key: &WrappedKey) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO case_key (case_id, master, wrapped) VALUES ($1, $2, $3)
         ON CONFLICT (case_id) DO UPDATE SET master = excluded.master, wrapped = excluded.wrapped",
        id.0,
        key.master,
        key.wrapped
    )
    .execute(conn)
    .await
    .map(drop)
    .map_err(store_error)
}

pub(super) async fn keys_behind(
    conn: &mut Conn,
    behind: Option<CaseId>,
    limit: u32,
) -> Result<Vec<SealedCase>, StoreError> {
    struct Sealed {
        case_id: Uuid,
        master: String,
        wrapped: Vec<u8>,
    }
    // No case has the nil id: it comes before all.
    let (behind, limit) = (behind.map_or(Uuid::nil(), |id| id.0), i64::from(limit));
    let rows = sqlx::query_as!(
        Sealed,
        r#"SELECT case_id AS "case_id!: Uuid", master AS "master!", wrapped AS "wrapped!: Vec<u8>" FROM case_key
           WHERE case_id > $1 ORDER BY case_id LIMIT $2"#,
        behind,
        limit
    )
    .fetch_all(conn)
    .await
    .map_err(store_error)?;
    let sealed = |row: Sealed| SealedCase {
        case: CaseId(row.case_id),
        key: WrappedKey { master: row.master, wrapped: row.wrapped },
    };
    Ok(rows.into_iter().map(sealed).collect())
}

pub(super) async fn keys_of_others(conn: &mut Conn, master: &str) -> Result<u64, StoreError> {
    let count =
        sqlx::query_scalar!(r#"SELECT COUNT(*) AS "count!: i64" FROM case_key WHERE master <> $1"#, master)
            .fetch_one(conn)
            .await
            .map_err(store_error)?;
    small(count)
}

pub(super) async fn exact_searches(
    conn: &mut Conn,
    person: &PersonId,
    after: DateTime<Utc>,
) -> Result<Vec<DateTime<Utc>>, StoreError> {
    sqlx::query_scalar!(
        r#"SELECT at AS "at!: DateTime<Utc>" FROM access_record
           WHERE person = $1 AND purpose = $2 AND at > $3 ORDER BY at"#,
        person.as_str(),
        SEARCH,
        after
    )
    .fetch_all(conn)
    .await
    .map_err(store_error)
}

pub(super) async fn record_access(conn: &mut Conn, access: &AccessRecord) -> Result<(), StoreError> {
    let case = access.case.map(|case| case.0);
    sqlx::query!(
        "INSERT INTO access_record (at, person, case_id, purpose) VALUES ($1, $2, $3, $4)",
        access.at,
        access.person.as_str(),
        case,
        access.purpose
    )
    .execute(conn)
    .await
    .map(drop)
    .map_err(store_error)
}

pub(super) async fn accesses(
    conn: &mut Conn,
    id: CaseId,
    limit: u32,
) -> Result<Vec<AccessRecord>, StoreError> {
    struct Access {
        at: DateTime<Utc>,
        person: String,
        purpose: String,
    }
    let limit = i64::from(limit);
    let rows = sqlx::query_as!(
        Access,
        r#"SELECT at AS "at!: DateTime<Utc>", person AS "person!", purpose AS "purpose!" FROM access_record
           WHERE case_id = $1 ORDER BY at DESC, person LIMIT $2"#,
        id.0,
        limit
    )
    .fetch_all(conn)
    .await
    .map_err(store_error)?;
    let access = |row: Access| AccessRecord {
        at: row.at,
        person: PersonId(row.person),
        case: Some(id),
        purpose: row.purpose,
    };
    Ok(rows.into_iter().map(access).collect())
}
