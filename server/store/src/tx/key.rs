//! Idempotency: the same key gives the same answer.

use crate::StoreError;
use async_trait::async_trait;
use domain::{id::PersonId, time::Timestamp};

/// What a request was answered, kept to answer it again. It must hold no personal values: what the answer is
/// made of, not the answer itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// What the answer is made from again.
    pub body: String,
}

/// What is known of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recall {
    /// Not seen: carry the request out.
    Fresh,
    /// Seen with the same request: answer as then.
    Answered(Answer),
    /// Seen with another request: refuse.
    OtherRequest,
}

/// Idempotency keys in a transaction.
#[async_trait]
pub trait KeyTx {
    /// What is known of a person's key. Requests with the same key wait for each other until the transaction
    /// ends. It is no write, so that a refusal after it costs nothing.
    async fn recall(
        &mut self,
        person: &PersonId,
        key: &str,
        request: &[u8; 32],
    ) -> Result<Recall, StoreError>;

    /// Keeps the answer in the transaction that carried the request out.
    async fn remember(
        &mut self,
        person: &PersonId,
        key: &str,
        request: &[u8; 32],
        answer: &Answer,
        at: Timestamp,
    ) -> Result<(), StoreError>;

    /// Forgets keys older than a moment; gives how many.
    async fn forget_keys(&mut self, before: Timestamp) -> Result<u64, StoreError>;
}
