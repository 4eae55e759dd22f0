//! Sessions and the throttle of sign-ins.

use crate::StoreError;
use async_trait::async_trait;
use chrono::NaiveDate;
use domain::{id::PersonId, time::Timestamp};
use std::collections::BTreeSet;
use uuid::Uuid;

/// A session. The token itself is never stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// SHA-256 of the token.
    pub token: [u8; 32],
    /// Names it in lists.
    pub id: Uuid,
    /// Who is signed in.
    pub person: PersonId,
    /// Since when.
    pub created_at: Timestamp,
    /// Last request.
    pub seen_at: Timestamp,
    /// It ends then at the latest.
    pub ends_at: Timestamp,
    /// From which address it was begun.
    pub address: String,
    /// Browser and system, as the browser says.
    pub device: String,
    /// A code of the second factor was given.
    pub verified: bool,
}

/// A session with what decides how far it may go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenSession {
    /// The session.
    pub session: Session,
    /// The person's password is a first one.
    pub must_change: bool,
    /// The person has a second factor.
    pub enrolled: bool,
}

/// Failed sign-ins of an account or an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Throttle {
    /// Failures in a row.
    pub failures: u32,
    /// The last one.
    pub last_at: Timestamp,
    /// No attempt is looked at before then.
    pub wait_until: Option<Timestamp>,
}

/// Sessions in a transaction.
#[async_trait]
pub trait SessionTx {
    /// Begins a session.
    async fn begin_session(&mut self, session: &Session) -> Result<(), StoreError>;

    /// Notes a request of a session; gives whether it was there.
    async fn touch_session(&mut self, token: &[u8; 32], at: Timestamp) -> Result<bool, StoreError>;

    /// Lets a session end earlier.
    async fn shorten_session(&mut self, token: &[u8; 32], ends_at: Timestamp) -> Result<(), StoreError>;

    /// Notes that a person was there on a business day.
    async fn note_presence(&mut self, person: &PersonId, day: NaiveDate) -> Result<(), StoreError>;

    /// Everyone who was there on a business day: signed in, or seen with a session begun before.
    async fn present(&mut self, day: NaiveDate) -> Result<BTreeSet<PersonId>, StoreError>;

    /// Ends a session; gives whether it was there.
    async fn end_session(&mut self, token: &[u8; 32]) -> Result<bool, StoreError>;

    /// Ends one session of a person by its name; gives whether it was there.
    async fn end_session_of(&mut self, person: &PersonId, id: Uuid) -> Result<bool, StoreError>;

    /// Ends all sessions of a person; gives how many.
    async fn end_sessions_of(&mut self, person: &PersonId) -> Result<u64, StoreError>;

    /// Removes sessions that ended, or were last seen, before these moments; gives how many.
    async fn sweep_sessions(&mut self, now: Timestamp, idle_since: Timestamp) -> Result<u64, StoreError>;

    /// Failures of a key: an account or an address.
    async fn throttle(&mut self, key: &str) -> Result<Option<Throttle>, StoreError>;

    /// Notes the failures of a key.
    async fn put_throttle(&mut self, key: &str, throttle: &Throttle) -> Result<(), StoreError>;

    /// Forgets the failures of a key.
    async fn clear_throttle(&mut self, key: &str) -> Result<(), StoreError>;

    /// Forgets failures older than a moment; gives how many keys.
    async fn sweep_throttles(&mut self, before: Timestamp) -> Result<u64, StoreError>;
}
