//! Writes on `PostgreSQL`: one transaction each, run again where two met.

use super::Db;
use crate::{
    error::{migrate_error, store_error},
    tx::SqlTx,
};
use futures::FutureExt;
use sqlx::{Pool, migrate::Migrator};
use std::panic::AssertUnwindSafe;
use store::{Job, Outcome, PoolFigures, StoreError, WriteError};

/// How often a command is run before the caller is told that the database is busy.
const ATTEMPTS: u32 = 6;

/// The pool commands are carried out on.
pub(crate) struct Writer {
    pool: Pool<Db>,
}

impl Writer {
    pub(super) const fn new(pool: Pool<Db>) -> Self {
        Self { pool }
    }

    /// Its connections.
    #[expect(
        clippy::unnecessary_wraps,
        reason = "the other engine's writer has no pool, and both have one shape"
    )]
    pub(crate) fn pool(&self) -> Option<PoolFigures> {
        let idle = u32::try_from(self.pool.num_idle()).unwrap_or(u32::MAX);
        Some(PoolFigures { name: "write", open: self.pool.size(), idle })
    }

    /// Runs a job in a transaction of its own.
    pub(crate) async fn write(&self, job: Job) -> Outcome {
        let mut attempt = 1;
        loop {
            match self.once(&job).await {
                Err(WriteError::Store(StoreError::Busy)) if attempt < ATTEMPTS => attempt += 1,
                outcome => return outcome,
            }
        }
    }

    async fn once(&self, job: &Job) -> Outcome {
        // Dropping the transaction, by an early return or with the caller's future, rolls it back.
        let mut transaction = self.pool.begin().await.map_err(store_error)?;
        let mut tx = SqlTx::new(&mut transaction);
        let outcome = AssertUnwindSafe(job(&mut tx)).catch_unwind().await;
        let written = tx.has_written();
        match outcome.unwrap_or(Err(WriteError::Store(StoreError::Panicked))) {
            Ok(result) => {
                transaction.commit().await.map_err(store_error)?;
                Ok(result)
            }
            Err(error) => {
                tracing::debug!(written, %error, "rolled back");
                if let Err(error) = transaction.rollback().await {
                    tracing::warn!(%error, "rolling back");
                }
                Err(error)
            }
        }
    }

    /// Brings the schema up to a migration, or up to date, under a lock.
    pub(crate) async fn migrate(&self, migrations: &Migrator, to: Option<i64>) -> Result<(), StoreError> {
        let mut conn = self.pool.acquire().await.map_err(store_error)?;
        migrations.run_direct(to, &mut *conn, false).await.map_err(migrate_error)?;
        if to.is_some() {
            return Ok(());
        }
        super::settle_places(&mut conn).await.map_err(store_error)
    }

    /// Waits for what is under way and closes the connections.
    pub(crate) async fn close(&self) {
        self.pool.close().await;
    }
}
