//! The parts of a bulk write: see [`crate::write_bulk`].

use crate::{Change, NewSlip, StoreError};
use async_trait::async_trait;
use chrono::NaiveDate;
use domain::id::{SlipId, UnitId};
use std::collections::BTreeSet;

/// Bulk writing in a transaction. It makes no notices: whoever shows lists fetches them anew.
#[async_trait]
pub trait BulkTx {
    /// Writes slips; those named take no more lines.
    async fn bulk_slips(&mut self, slips: &[NewSlip], closed: &BTreeSet<SlipId>) -> Result<(), StoreError>;

    /// Writes cases with their whole past.
    async fn bulk_cases(&mut self, cases: &[Change]) -> Result<(), StoreError>;

    /// Raises the last numbers used, and lets the database look at what it now holds.
    async fn bulk_end(&mut self, numbers: &[(UnitId, NaiveDate, char, u32)]) -> Result<(), StoreError>;
}
