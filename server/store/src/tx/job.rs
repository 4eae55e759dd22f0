//! Jobs of the server: leases, seals, housekeeping.

use crate::{StoreError, seal::SealKey};
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

    /// Seals what came into the log since the last seal below the watermark, or its first part where that is much;
    /// gives how many events and ledger entries.
    async fn seal(&mut self, key: &SealKey, at: Timestamp) -> Result<u64, StoreError>;

    /// Notes in the ledger what was there before there was one; does nothing once the ledger holds anything. Gives
    /// how many entries.
    async fn begin_ledger(&mut self) -> Result<u64, StoreError>;

    /// Until when somebody holds the lease of a job; none where nobody does.
    async fn leased_until(&mut self, job: &str) -> Result<Option<Timestamp>, StoreError>;
}
