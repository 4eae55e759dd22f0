//! Sessions and the throttle of sign-ins.

use crate::{error::store_error, text::small, tx::SqlTx};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{id::PersonId, time::Timestamp};
use store::{Session, SessionTx, StoreError, Throttle};

#[async_trait]
impl SessionTx for SqlTx<'_> {
    async fn begin_session(&mut self, session: &Session) -> Result<(), StoreError> {
        sqlx::query!(
            "INSERT INTO session (token, person, created_at, seen_at, ends_at) VALUES ($1, $2, $3, $4, $5)",
            session.token.as_slice(),
            session.person.as_str(),
            session.created_at,
            session.seen_at,
            session.ends_at
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

    async fn end_session(&mut self, token: &[u8; 32]) -> Result<bool, StoreError> {
        let done = sqlx::query!("DELETE FROM session WHERE token = $1", token.as_slice())
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
