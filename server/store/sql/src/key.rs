//! Idempotency keys.

use crate::{dialect, error::store_error, text::small, tx::SqlTx};
use async_trait::async_trait;
use domain::{id::PersonId, time::Timestamp};
use store::{Answer, KeyTx, Recall, StoreError};

struct KeyRow {
    request: Vec<u8>,
    status: i64,
    answer: String,
}

#[async_trait]
impl KeyTx for SqlTx<'_> {
    async fn recall(
        &mut self,
        person: &PersonId,
        key: &str,
        request: &[u8; 32],
    ) -> Result<Recall, StoreError> {
        let conn = self.read();
        dialect::hold_key(conn, person.as_str(), key).await.map_err(store_error)?;
        let row = sqlx::query_as!(
            KeyRow,
            r#"SELECT request AS "request!: Vec<u8>", status AS "status!: i64", answer AS "answer!"
               FROM idempotency_key WHERE person = $1 AND command_key = $2"#,
            person.as_str(),
            key
        )
        .fetch_optional(conn)
        .await
        .map_err(store_error)?;
        Ok(match row {
            None => Recall::Fresh,
            Some(row) if row.request == request => {
                Recall::Answered(Answer { status: small(row.status)?, body: row.answer })
            }
            Some(_) => Recall::OtherRequest,
        })
    }

    async fn remember(
        &mut self,
        person: &PersonId,
        key: &str,
        request: &[u8; 32],
        answer: &Answer,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let status = i64::from(answer.status);
        sqlx::query!(
            "INSERT INTO idempotency_key (person, command_key, request, status, answer, at)
             VALUES ($1, $2, $3, $4, $5, $6)",
            person.as_str(),
            key,
            request.as_slice(),
            status,
            answer.body,
            at
        )
        .execute(self.write())
        .await
        .map(drop)
        .map_err(store_error)
    }

    async fn forget_keys(&mut self, before: Timestamp) -> Result<u64, StoreError> {
        let done = sqlx::query!("DELETE FROM idempotency_key WHERE at < $1", before)
            .execute(self.write())
            .await
            .map_err(store_error)?;
        Ok(done.rows_affected())
    }
}
