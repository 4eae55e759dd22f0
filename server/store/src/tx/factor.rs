//! The second factor of a person.

use crate::StoreError;
use async_trait::async_trait;
use domain::{id::PersonId, time::Timestamp};

/// A second factor: time-based codes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SecondFactor {
    /// The shared secret, sealed; none while one was only offered.
    pub secret: Option<Vec<u8>>,
    /// Since when it is asked for; there as the secret is.
    pub confirmed_at: Option<Timestamp>,
    /// The newest time step of which a code was taken.
    pub last_step: u64,
    /// A secret offered and not confirmed yet, sealed.
    pub offered: Option<Vec<u8>>,
}

/// Second factors in a transaction.
#[async_trait]
pub trait FactorTx {
    /// A person's second factor, confirmed or not, held for writing.
    async fn second_factor(&mut self, person: &PersonId) -> Result<Option<SecondFactor>, StoreError>;

    /// Writes a person's second factor, new or in the place of another.
    async fn put_second_factor(&mut self, person: &PersonId, factor: &SecondFactor)
    -> Result<(), StoreError>;

    /// Takes away the second factor with its recovery codes; gives whether there was one.
    async fn remove_second_factor(&mut self, person: &PersonId) -> Result<bool, StoreError>;

    /// Takes a code of that time step; false where a code of it, or of a later one, was taken before.
    async fn take_step(&mut self, person: &PersonId, step: u64) -> Result<bool, StoreError>;

    /// Puts recovery codes, by their digests, in the place of those before.
    async fn put_recovery_codes(&mut self, person: &PersonId, digests: &[[u8; 32]])
    -> Result<(), StoreError>;

    /// Uses up a recovery code; false where it is none, or used already.
    async fn take_recovery_code(
        &mut self,
        person: &PersonId,
        digest: &[u8; 32],
        at: Timestamp,
    ) -> Result<bool, StoreError>;
}
