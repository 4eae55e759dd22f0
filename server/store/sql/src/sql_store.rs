//! The store of one engine.

use crate::{
    dialect::{self, Conn, Db, Failure, Writer, failure},
    error::{migrate_error, store_error},
    pulse::Pulse,
    restore,
};
use async_trait::async_trait;
use sqlx::{
    Connection, Pool,
    migrate::{Migrate, MigrateError, Migrator},
    pool::PoolConnection,
};
use std::{
    convert::Infallible,
    ops::{Deref, DerefMut},
    sync::Arc,
    time::Duration,
};
use store::{
    ArchiveSource, Bulk, Engine, Job, Outcome, PoolFigures, Restored, Store, StoreError, StoreExt, WriteError,
};
use tokio::sync::{Mutex, OwnedMutexGuard};

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
    url: String,
    options: Options,
    access: Access,
}

/// How the store is reached.
#[expect(clippy::large_enum_variant, reason = "a process has one or two of them")]
enum Access {
    /// As it is at any time.
    Live { reads: Pool<Db>, writer: Writer, pulse: Pulse },
    /// As it was at one moment: one connection inside one reading transaction.
    Snapshot(Arc<Mutex<Conn>>),
}

/// A connection that reads, for as long as it is held.
pub(crate) enum Reader {
    /// One of the pool.
    Pooled(PoolConnection<Db>),
    /// The one of a snapshot: whoever asks next waits.
    Held(OwnedMutexGuard<Conn>),
}

impl Deref for Reader {
    type Target = Conn;

    fn deref(&self) -> &Conn {
        match self {
            Self::Pooled(conn) => conn,
            Self::Held(conn) => conn,
        }
    }
}

impl DerefMut for Reader {
    fn deref_mut(&mut self) -> &mut Conn {
        match self {
            Self::Pooled(conn) => conn,
            Self::Held(conn) => conn,
        }
    }
}

impl SqlStore {
    /// Opens the store at an address: `sqlite:data/plumbline.db` or `postgres://…`. The schema is not touched.
    pub async fn open(url: &str, options: &Options) -> Result<Self, StoreError> {
        let (reads, writer, pulse) = dialect::open(url, options).await.map_err(store_error)?;
        let access = Access::Live { reads, writer, pulse: Pulse::new(pulse) };
        Ok(Self { url: url.to_owned(), options: options.clone(), access })
    }

    pub(crate) async fn reader(&self) -> Result<Reader, StoreError> {
        match &self.access {
            Access::Live { reads, .. } => reads.acquire().await.map(Reader::Pooled).map_err(store_error),
            Access::Snapshot(conn) => Ok(Reader::Held(Arc::clone(conn).lock_owned().await)),
        }
    }

    /// Notes what was there before there was a ledger. Once the ledger holds anything this does nothing, so that
    /// no row that was smuggled in is ever made good by it.
    async fn begin_ledger(&self) -> Result<(), StoreError> {
        let begun: Result<u64, WriteError<Infallible>> =
            self.write(|tx| Box::pin(async move { Ok(tx.begin_ledger().await?) })).await;
        match begun {
            Ok(entries) => {
                if entries > 0 {
                    tracing::info!(entries, "noted in the ledger what was there before it");
                }
                Ok(())
            }
            Err(WriteError::Store(error)) => Err(error),
            Err(WriteError::Refused(never)) => match never {},
        }
    }

    fn writer(&self) -> Result<&Writer, StoreError> {
        match &self.access {
            Access::Live { writer, .. } => Ok(writer),
            Access::Snapshot(_) => Err(StoreError::Invalid("a snapshot is only read")),
        }
    }
}

#[async_trait]
impl Store for SqlStore {
    fn engine(&self) -> Engine {
        dialect::ENGINE
    }

    async fn write_boxed(&self, job: Job) -> Outcome {
        match self.writer() {
            Ok(writer) => writer.write(job).await,
            Err(error) => Err(error.into()),
        }
    }

    async fn bulk(&self, bulk: Bulk) -> Result<(), StoreError> {
        store::write_bulk(self, bulk).await
    }

    async fn migrate(&self) -> Result<(), StoreError> {
        self.writer()?.migrate(&MIGRATIONS, None).await?;
        self.begin_ledger().await
    }

    async fn snapshot(&self) -> Result<Arc<dyn Store>, StoreError> {
        let conn = dialect::snapshot(&self.url, &self.options).await.map_err(store_error)?;
        let access = Access::Snapshot(Arc::new(Mutex::new(conn)));
        Ok(Arc::new(Self { url: self.url.clone(), options: self.options.clone(), access }))
    }

    async fn restore(&self, schema: i64, source: &mut dyn ArchiveSource) -> Result<Restored, StoreError> {
        if !MIGRATIONS.version_exists(schema) {
            return Err(StoreError::Newer(schema));
        }
        let writer = self.writer()?;
        writer.migrate(&MIGRATIONS, Some(schema)).await?;
        let newest = applied(&mut *self.reader().await?).await?.into_iter().max();
        if newest != Some(schema) {
            return Err(StoreError::Duplicate("a schema newer than the archive's".to_owned()));
        }
        let mut conn = dialect::connection(&self.url, &self.options).await.map_err(store_error)?;
        let restored = restore::restore(&mut conn, source).await;
        conn.close().await.map_err(store_error)?;
        let restored = restored?;
        writer.migrate(&MIGRATIONS, None).await?;
        self.begin_ledger().await?;
        Ok(restored)
    }

    async fn check(&self) -> Result<(), StoreError> {
        let mut conn = self.reader().await?;
        same_schema(&mut conn).await
    }

    async fn clock_millis(&self) -> Result<i64, StoreError> {
        let millis = match &self.access {
            Access::Live { pulse, .. } => pulse.clock_millis().await,
            Access::Snapshot(_) => dialect::clock_millis(&mut *self.reader().await?).await,
        };
        millis.map_err(store_error)
    }

    fn pools(&self) -> Vec<PoolFigures> {
        let Access::Live { reads, writer, .. } = &self.access else { return Vec::new() };
        let idle = u32::try_from(reads.num_idle()).unwrap_or(u32::MAX);
        let reads = PoolFigures { name: "read", open: reads.size(), idle };
        [Some(reads), writer.pool()].into_iter().flatten().collect()
    }

    async fn close(&self) {
        match &self.access {
            Access::Live { reads, writer, pulse } => {
                writer.close().await;
                reads.close().await;
                pulse.close().await;
            }
            Access::Snapshot(conn) => {
                // Nothing was written; the connection goes with the last who holds it.
                if let Err(error) = sqlx::query("ROLLBACK").execute(&mut *conn.lock().await).await {
                    tracing::warn!(%error, "giving up a snapshot");
                }
            }
        }
    }
}

/// Numbers of the migrations the database has.
pub(crate) async fn applied(conn: &mut Conn) -> Result<Vec<i64>, StoreError> {
    match conn.list_applied_migrations(&MIGRATIONS.table_name).await {
        // The table of migrations is not there: none has been applied.
        Err(MigrateError::Execute(sqlx::Error::Database(inner))) if failure(&*inner) == Failure::Other => {
            Ok(Vec::new())
        }
        applied => {
            Ok(applied.map_err(migrate_error)?.into_iter().map(|migration| migration.version).collect())
        }
    }
}

/// Whether the database has exactly this program's migrations.
async fn same_schema(conn: &mut Conn) -> Result<(), StoreError> {
    let applied = applied(conn).await?;
    if let Some(newer) = applied.iter().find(|version| !MIGRATIONS.version_exists(**version)) {
        return Err(StoreError::Newer(*newer));
    }
    match MIGRATIONS.iter().find(|migration| !applied.contains(&migration.version)) {
        Some(missing) => Err(StoreError::Older(missing.version)),
        None => Ok(()),
    }
}
