//! Reading the audit record.

use crate::StoreError;
use async_trait::async_trait;
use domain::{
    api::audit::{AuditKind, AuditRow},
    id::{PersonId, UnitId},
    time::Timestamp,
};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Which entries are wanted.
#[derive(Debug, Clone)]
pub struct AuditAsk<'a> {
    /// Units the reader sees; entries about nobody known are seen by every reader.
    pub units: &'a BTreeSet<UnitId>,
    /// Done by, or to, this person.
    pub person: Option<&'a PersonId>,
    /// Of this kind.
    pub kind: Option<AuditKind>,
    /// Not before this moment.
    pub from: Option<Timestamp>,
    /// Before this moment.
    pub to: Option<Timestamp>,
    /// Older than this entry.
    pub before: Option<Uuid>,
    /// At most so many.
    pub limit: u32,
}

/// The audit record.
#[async_trait]
pub trait AuditReads {
    /// Entries, newest first.
    async fn audit(&self, ask: &AuditAsk<'_>) -> Result<Vec<AuditRow>, StoreError>;
}
