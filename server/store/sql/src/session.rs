//! Sessions and the throttle of sign-ins.

use crate::{
    dialect::{self, Conn},
    error::store_error,
    text::{hash, small},
    tx::SqlTx,
};
use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use domain::{id::PersonId, time::Timestamp};
use std::collections::BTreeSet;
use store::{OpenSession, Session, SessionTx, StoreError, Throttle};
use uuid::Uuid;

pub(crate) async fn session(conn: &mut Conn, token: &[u8; 32]) -> Result<Option<OpenSession>, StoreError> {
    struct Held {
        token: Vec<u8>,
        id: Uuid,
        person: String,
        created_at: DateTime<Utc>,
        seen_at: DateTime<Utc>,
        ends_at: DateTime<Utc>,
        address: String,
        device: String,
        verified: bool,
        must_change: bool,
        enrolled: bool,
    }
    let row = sqlx::query_as!(
        Held,
        r#"SELECT s.token AS "token!: Vec<u8>", s.id AS "id!: Uuid", s.person AS "person!",
                  s.created_at AS "created_at!: DateTime<Utc>", s.seen_at AS "seen_at!: DateTime<Utc>",
                  s.ends_at AS "ends_at!: DateTime<Utc>", s.address AS "address!", s.device AS "device!",
                  s.verified AS "verified!: bool", p.must_change AS "must_change!: bool",
                  EXISTS (SELECT 1 FROM second_factor f WHERE f.person = s.person AND f.confirmed_at IS NOT NULL)
                    AS "enrolled!: bool"
           FROM session s JOIN person p ON p.id = s.person
           WHERE s.token = $1 AND NOT p.disabled"#,
        token.as_slice()
    )
    .fetch_optional(conn)
    .await
    .map_err(store_error)?;
    row.map(|row| {
        let session = Session {
            token: hash(&row.token)?,
            id: row.id,
            person: PersonId(row.person),
            created_at: row.created_at,
            seen_at: row.seen_at,
            ends_at: row.ends_at,
            address: row.address,
            device: row.device,
            verified: row.verified,
        };
        Ok(OpenSession { session, must_change: row.must_change, enrolled: row.enrolled })
    })
    .transpose()
}

pub(crate) async fn sessions_of(
    conn: &mut Conn,
    person: &PersonId,
    now: Timestamp,
) -> Result<Vec<Session>, StoreError> {
    struct Listed {
        token: Vec<u8>,
        id: Uuid,
        created_at: DateTime<Utc>,
        seen_at: DateTime<Utc>,
        ends_at: DateTime<Utc>,
        address: String,
        device: String,
        verified: bool,
    }
    let rows = sqlx::query_as!(
        Listed,
        r#"SELECT token AS "token!: Vec<u8>", id AS "id!: Uuid", created_at AS "created_at!: DateTime<Utc>",
                  seen_at AS "seen_at!: DateTime<Utc>", ends_at AS "ends_at!: DateTime<Utc>",
                  address AS "address!", device AS "device!", verified AS "verified!: bool"
           FROM session WHERE person = $1 AND ends_at > $2 ORDER BY created_at DESC, id DESC"#,
        person.as_str(),
        now
    )
    .fetch_all(conn)
    .await
    .map_err(store_error)?;
    rows.into_iter()
        .map(|row| {
            Ok(Session {
                token: hash(&row.token)?,
                id: row.id,
                person: person.clone(),
                created_at: row.created_at,
                seen_at: row.seen_at,
                ends_at: row.ends_at,
                address: row.address,
                device: row.device,
                verified: row.verified,
            })
        })
        .collect()
}

#[async_trait]
impl SessionTx for SqlTx<'_> {
    async fn begin_session(&mut self, session: &Session) -> Result<(), StoreError> {
        sqlx::query!(
            "INSERT INTO session (token, id, person, created_at, seen_at, ends_at, address, device, verified)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            session.token.as_slice(),
            session.id,
            session.person.as_str(),
            session.created_at,
            session.seen_at,
            session.ends_at,
            session.address,
            session.device,
            session.verified
        )
        .execute(self.write())
        .await
        .map(drop)
        .map_err(store_error)
    }

    async fn touch_session(&mut self, token: &[u8; 32], at: Timestamp) -> Result<bool, StoreError> {
        let done = sqlx::query!("UPDATE session SET seen_at = $2 WHERE token = $1", token.as_slice(), at)
            .execute(self.write())
            .await
            .map_err(store_error)?;
        Ok(done.rows_affected() > 0)
    }

    async fn shorten_session(&mut self, token: &[u8; 32], ends_at: Timestamp) -> Result<(), StoreError> {
        sqlx::query!(
            "UPDATE session SET ends_at = $2 WHERE token = $1 AND ends_at > $2",
            token.as_slice(),
            ends_at
        )
        .execute(self.write())
        .await
        .map(drop)
        .map_err(store_error)
    }

    async fn note_presence(&mut self, person: &PersonId, day: NaiveDate) -> Result<(), StoreError> {
        sqlx::query!(
            "INSERT INTO presence (person, business_date) VALUES ($1, $2)
             ON CONFLICT (business_date, person) DO NOTHING",
            person.as_str(),
            day
        )
        .execute(self.write())
        .await
        .map(drop)
        .map_err(store_error)
    }

    async fn present(&mut self, day: NaiveDate) -> Result<BTreeSet<PersonId>, StoreError> {
        let people =
            sqlx::query_scalar!(r#"SELECT person AS "person!" FROM presence WHERE business_date = $1"#, day)
                .fetch_all(self.read())
                .await
                .map_err(store_error)?;
        Ok(people.into_iter().map(PersonId).collect())
    }

    async fn end_session(&mut self, token: &[u8; 32]) -> Result<bool, StoreError> {
        let done = sqlx::query!("DELETE FROM session WHERE token = $1", token.as_slice())
            .execute(self.write())
            .await
            .map_err(store_error)?;
        Ok(done.rows_affected() > 0)
    }

    async fn end_session_of(&mut self, person: &PersonId, id: Uuid) -> Result<bool, StoreError> {
        let done = sqlx::query!("DELETE FROM session WHERE person = $1 AND id = $2", person.as_str(), id)
            .execute(self.write())
            .await
            .map_err(store_error)?;
        Ok(done.rows_affected() > 0)
    }

    async fn end_sessions_of(&mut self, person: &PersonId) -> Result<u64, StoreError> {
        let done = sqlx::query!("DELETE FROM session WHERE person = $1", person.as_str())
            .execute(self.write())
            .await
            .map_err(store_error)?;
        Ok(done.rows_affected())
    }

    async fn sweep_sessions(&mut self, now: Timestamp, idle_since: Timestamp) -> Result<u64, StoreError> {
        let done = sqlx::query!("DELETE FROM session WHERE ends_at <= $1 OR seen_at < $2", now, idle_since)
            .execute(self.write())
            .await
            .map_err(store_error)?;
        Ok(done.rows_affected())
    }

    async fn throttle(&mut self, key: &str) -> Result<Option<Throttle>, StoreError> {
        struct Attempts {
            failures: i64,
            last_at: DateTime<Utc>,
            wait_until: Option<DateTime<Utc>>,
        }
        // Tries at once are counted one after the other.
        dialect::hold_key(self.read(), "throttle", key).await.map_err(store_error)?;
        let row = sqlx::query_as!(
            Attempts,
            r#"SELECT failures AS "failures!: i64", last_at AS "last_at!: DateTime<Utc>",
                      wait_until AS "wait_until: DateTime<Utc>"
               FROM throttle WHERE name = $1"#,
            key
        )
        .fetch_optional(self.read())
        .await
        .map_err(store_error)?;
        row.map(|row| {
            let failures = small(row.failures)?;
            Ok(Throttle { failures, last_at: row.last_at, wait_until: row.wait_until })
        })
        .transpose()
    }

    async fn put_throttle(&mut self, key: &str, throttle: &Throttle) -> Result<(), StoreError> {
        let failures = i64::from(throttle.failures);
        sqlx::query!(
            "INSERT INTO throttle (name, failures, last_at, wait_until) VALUES ($1, $2, $3, $4)
             ON CONFLICT (name) DO UPDATE
             SET failures = excluded.failures, last_at = excluded.last_at, wait_until = excluded.wait_until",
            key,
            failures,
            throttle.last_at,
            throttle.wait_until
        )
        .execute(self.write())
        .await
        .map(drop)
        .map_err(store_error)
    }

    async fn clear_throttle(&mut self, key: &str) -> Result<(), StoreError> {
        sqlx::query!("DELETE FROM throttle WHERE name = $1", key)
            .execute(self.write())
            .await
            .map(drop)
            .map_err(store_error)
    }

    async fn sweep_throttles(&mut self, before: Timestamp) -> Result<u64, StoreError> {
        let done = sqlx::query!("DELETE FROM throttle WHERE last_at < $1", before)
            .execute(self.write())
            .await
            .map_err(store_error)?;
        Ok(done.rows_affected())
    }
}
