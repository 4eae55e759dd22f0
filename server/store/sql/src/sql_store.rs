//! The store of one engine.

use crate::{
    dialect::{self, Conn, Db, Failure, Writer, failure},
    error::{migrate_error, store_error},
};
use async_trait::async_trait;
use sqlx::{
    Pool,
    migrate::{Migrate, MigrateError, Migrator},
    pool::PoolConnection,
};
use std::time::Duration;
use store::{Bulk, Engine, Job, Outcome, PoolFigures, Store, StoreError};

/// Migrations of this engine: same numbers and names on both.
static MIGRATIONS: Migrator = sqlx::migrate!();

/// How a store is opened.
#[derive(Debug, Clone)]
pub struct Options {
    /// Connections that read.
    pub readers: u32,
    /// Connections that write; `SQLite` has one, whatever is said here.
    pub writers: u32,
    /// How long a request waits for a connection before it is told that the database is busy.
    pub patience: Duration,
    /// Acknowledged writes survive a loss of power. Only tests and throw-away data go without.
    pub durable: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { readers: 4, writers: 12, patience: Duration::from_secs(3), durable: true }
    }
}

/// The store of one engine. Reads and writes use separate connections.
pub struct SqlStore {
    reads: Pool<Db>,
    writer: Writer,
}

impl SqlStore {
    /// Opens the store at an address: `sqlite:data/plumbline.db` or `postgres://…`. The schema is not touched.
    pub async fn open(url: &str, options: &Options) -> Result<Self, StoreError> {
        let (reads, writer) = dialect::open(url, options).await.map_err(store_error)?;
        Ok(Self { reads, writer })
    }

    pub(crate) async fn reader(&self) -> Result<PoolConnection<Db>, StoreError> {
        self.reads.acquire().await.map_err(store_error)
    }
}

#[async_trait]
impl Store for SqlStore {
    fn engine(&self) -> Engine {
        dialect::ENGINE
    }

    async fn write_boxed(&self, job: Job) -> Outcome {
        self.writer.write(job).await
    }

    async fn bulk(&self, bulk: Bulk) -> Result<(), StoreError> {
        store::write_bulk(self, bulk).await
    }

    async fn migrate(&self) -> Result<(), StoreError> {
        self.writer.migrate(&MIGRATIONS).await
    }

    async fn check(&self) -> Result<(), StoreError> {
        let mut conn = self.reader().await?;
        same_schema(&mut conn).await
    }

    async fn clock_millis(&self) -> Result<i64, StoreError> {
        dialect::clock_millis(&mut *self.reader().await?).await.map_err(store_error)
    }

    fn pools(&self) -> Vec<PoolFigures> {
        let idle = u32::try_from(self.reads.num_idle()).unwrap_or(u32::MAX);
        let reads = PoolFigures { name: "read", open: self.reads.size(), idle };
        [Some(reads), self.writer.pool()].into_iter().flatten().collect()
    }

    async fn close(&self) {
        self.writer.close().await;
        self.reads.close().await;
    }
}

/// Whether the database has exactly this program's migrations.
async fn same_schema(conn: &mut Conn) -> Result<(), StoreError> {
    let applied = match conn.list_applied_migrations(&MIGRATIONS.table_name).await {
        // The table of migrations is not there: none has been applied.
        Err(MigrateError::Execute(sqlx::Error::Database(inner))) if failure(&*inner) == Failure::Other => {
            Vec::new()
        }
        applied => applied.map_err(migrate_error)?,
    };
    if let Some(newer) = applied.iter().find(|applied| !MIGRATIONS.version_exists(applied.version)) {
        return Err(StoreError::Newer(newer.version));
    }
    let is_applied = |version| applied.iter().any(|applied| applied.version == version);
    match MIGRATIONS.iter().find(|migration| !is_applied(migration.version)) {
        Some(missing) => Err(StoreError::Older(missing.version)),
        None => Ok(()),
    }
}
