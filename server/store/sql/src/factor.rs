//! Second factors and recovery codes.

use crate::{
    dialect::{self, Conn},
    error::store_error,
    text::{int, small},
    tx::SqlTx,
};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{id::PersonId, time::Timestamp};
use store::{FactorTx, SecondFactor, StoreError};

pub(crate) async fn second_factor(
    conn: &mut Conn,
    person: &PersonId,
) -> Result<Option<SecondFactor>, StoreError> {
    struct Kept {
        secret: Option<Vec<u8>>,
        confirmed_at: Option<DateTime<Utc>>,
        last_step: i64,
        offered: Option<Vec<u8>>,
    }
    let row = sqlx::query_as!(
        Kept,
        r#"SELECT secret AS "secret: Vec<u8>", confirmed_at AS "confirmed_at: DateTime<Utc>",
                  last_step AS "last_step!: i64", offered AS "offered: Vec<u8>"
           FROM second_factor WHERE person = $1"#,
        person.as_str()
    )
    .fetch_optional(conn)
    .await
    .map_err(store_error)?;
    row.map(|row| {
        Ok(SecondFactor {
            secret: row.secret,
            confirmed_at: row.confirmed_at,
            last_step: small(row.last_step)?,
            offered: row.offered,
        })
    })
    .transpose()
}

pub(crate) async fn recovery_left(conn: &mut Conn, person: &PersonId) -> Result<u32, StoreError> {
    let left = sqlx::query_scalar!(
        r#"SELECT COUNT(*) AS "left!: i64" FROM recovery_code WHERE person = $1 AND used_at IS NULL"#,
        person.as_str()
    )
    .fetch_one(conn)
    .await
    .map_err(store_error)?;
    small(left)
}

#[async_trait]
impl FactorTx for SqlTx<'_> {
    async fn second_factor(&mut self, person: &PersonId) -> Result<Option<SecondFactor>, StoreError> {
        dialect::hold_key(self.read(), person.as_str(), "second factor").await.map_err(store_error)?;
        second_factor(self.read(), person).await
    }

    async fn put_second_factor(
        &mut self,
        person: &PersonId,
        factor: &SecondFactor,
    ) -> Result<(), StoreError> {
        let last_step = int(factor.last_step)?;
        sqlx::query!(
            "INSERT INTO second_factor (person, secret, confirmed_at, last_step, offered) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (person) DO UPDATE
             SET secret = excluded.secret, confirmed_at = excluded.confirmed_at, last_step = excluded.last_step,
                 offered = excluded.offered",
            person.as_str(),
            factor.secret.as_deref(),
            factor.confirmed_at,
            last_step,
            factor.offered.as_deref()
        )
        .execute(self.write())
        .await
        .map(drop)
        .map_err(store_error)
    }

    async fn remove_second_factor(&mut self, person: &PersonId) -> Result<bool, StoreError> {
        sqlx::query!("DELETE FROM recovery_code WHERE person = $1", person.as_str())
            .execute(self.write())
            .await
            .map_err(store_error)?;
        let done = sqlx::query!("DELETE FROM second_factor WHERE person = $1", person.as_str())
            .execute(self.write())
            .await
            .map_err(store_error)?;
        Ok(done.rows_affected() > 0)
    }

    async fn take_step(&mut self, person: &PersonId, step: u64) -> Result<bool, StoreError> {
        let step = int(step)?;
        let done = sqlx::query!(
            "UPDATE second_factor SET last_step = $2 WHERE person = $1 AND last_step < $2",
            person.as_str(),
            step
        )
        .execute(self.write())
        .await
        .map_err(store_error)?;
        Ok(done.rows_affected() > 0)
    }

    async fn put_recovery_codes(
        &mut self,
        person: &PersonId,
        digests: &[[u8; 32]],
    ) -> Result<(), StoreError> {
        sqlx::query!("DELETE FROM recovery_code WHERE person = $1", person.as_str())
            .execute(self.write())
            .await
            .map_err(store_error)?;
        for digest in digests {
            sqlx::query!(
                "INSERT INTO recovery_code (person, digest, used_at) VALUES ($1, $2, NULL)",
                person.as_str(),
                digest.as_slice()
            )
            .execute(self.write())
            .await
            .map_err(store_error)?;
        }
        Ok(())
    }

    async fn take_recovery_code(
        &mut self,
        person: &PersonId,
        digest: &[u8; 32],
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let done = sqlx::query!(
            "UPDATE recovery_code SET used_at = $3 WHERE person = $1 AND digest = $2 AND used_at IS NULL",
            person.as_str(),
            digest.as_slice(),
            at
        )
        .execute(self.write())
        .await
        .map_err(store_error)?;
        Ok(done.rows_affected() > 0)
    }
}
