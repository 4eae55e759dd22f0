//! Jobs of the server: leases, seals, housekeeping.

use crate::StoreError;
use async_trait::async_trait;
use domain::time::Timestamp;

/// Jobs in a transaction.
#[async_trait]
pub trait JobTx {
    /// Takes or renews the lease of a job until a moment; false while another holder's lease runs.
    async fn take_lease(
        &mut self,
        job: &str,
        holder: &str,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<bool, StoreError>;

    /// Gives a lease back.
    async fn drop_lease(&mut self, job: &str, holder: &str) -> Result<(), StoreError>;

    /// Removes notices older than a moment; the newest one always stays. Gives how many.
    async fn trim_feed(&mut self, before: Timestamp) -> Result<u64, StoreError>;

    /// Adds a notice of something that is no event of a case: `check`, `people`, `catalogue`.
    async fn notice(&mut self, entry: &crate::FeedEntry) -> Result<(), StoreError>;

    /// Seals the events that came since the last seal below the watermark; gives how many.
    async fn seal(&mut self, at: Timestamp) -> Result<u64, StoreError>;
}
