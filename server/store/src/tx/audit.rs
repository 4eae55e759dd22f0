//! Writing the audit record. There is no way to change or remove an entry.

use crate::StoreError;
use async_trait::async_trait;
use domain::api::audit::AuditRow;

/// The audit record in a transaction.
#[async_trait]
pub trait AuditTx {
    /// Adds an entry.
    async fn audit(&mut self, row: &AuditRow) -> Result<(), StoreError>;
}
