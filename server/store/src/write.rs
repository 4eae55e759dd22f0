//! How commands reach the store: as functions of a transaction that can be run again.

use crate::{
    change::{Change, NewSlip},
    error::{StoreError, WriteError},
    reads::Reads,
    table::Cell,
    tx::Tx,
};
use async_trait::async_trait;
use chrono::NaiveDate;
use domain::id::UnitId;
use std::{any::Any, future::Future, pin::Pin, sync::Arc};

/// A boxed future, as the jobs of a transaction return it.
pub type BoxFuture<'t, T> = Pin<Box<dyn Future<Output = T> + Send + 't>>;

/// What a job of a transaction comes to: its result, or the refusal it ended with, both of a type only the
/// caller knows.
pub type Outcome = Result<Box<dyn Any + Send>, WriteError<Box<dyn Any + Send>>>;

/// A command as a function of a transaction. `Fn`, because it may be run again: alone, after another command
/// of its group failed, or after a deadlock.
pub type Job = Arc<dyn for<'t> Fn(&'t mut dyn Tx) -> BoxFuture<'t, Outcome> + Send + Sync>;

/// Which database engine stands behind the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// One file, one writer.
    Sqlite,
    /// A server.
    Postgres,
}

/// Cases with their whole past, written at once: demo data and imports.
#[derive(Debug, Default)]
pub struct Bulk {
    /// One change per case, from its registration to now.
    pub cases: Vec<Change>,
    /// Slips their events name, with the numbers they bear.
    pub slips: Vec<NewSlip>,
    /// Last numbers used per unit, day and letter, so that the next registration goes on from there.
    pub numbers: Vec<(UnitId, NaiveDate, char, u32)>,
}

/// Connections of a pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolFigures {
    /// `read` or `write`.
    pub name: &'static str,
    /// Open connections.
    pub open: u32,
    /// Of these, not in use.
    pub idle: u32,
}

/// A part of an archive, in its order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ArchivePart {
    /// Rows of a table follow, with values for these columns.
    Table(String, Vec<String>),
    /// A row of it.
    Row(Vec<Cell>),
}

/// Where the parts of an archive come from. An error, of a file that is cut off or changed, undoes the restoring.
pub trait ArchiveSource: Send {
    /// The next part; none at the end, once the whole has been found to be what was written.
    fn next_part(&mut self) -> Result<Option<ArchivePart>, StoreError>;
}

/// What was restored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Restored {
    /// Tables.
    pub tables: u64,
    /// Rows.
    pub rows: u64,
}

/// A store.
#[async_trait]
pub trait Store: Reads + Send + Sync {
    /// The engine behind it.
    fn engine(&self) -> Engine;

    /// Runs a job in one transaction and answers after its commit. Callers use [`StoreExt::write`].
    async fn write_boxed(&self, job: Job) -> Outcome;

    /// Writes cases with their past, a few hundred to a transaction: a failure leaves the chunks before it
    /// written, so that an import which must be all or nothing checks everything first.
    async fn bulk(&self, bulk: Bulk) -> Result<(), StoreError>;

    /// Brings the schema up to this program's. Fails on a schema of a newer one.
    async fn migrate(&self) -> Result<(), StoreError>;

    /// A view of the store as it is at this moment, for as long as it is kept: every read of it sees the same, beside
    /// servers that go on writing. It takes no writes. `close` gives it up.
    async fn snapshot(&self) -> Result<Arc<dyn Store>, StoreError>;

    /// Fills an empty store from an archive in one transaction: all of it or nothing. The schema is brought to the
    /// one the archive was written with (`schema`) before, and up to this program's after.
    ///
    /// # Errors
    /// `Newer` for an archive of a newer program; `Duplicate` for a store that is not empty; what the source says.
    async fn restore(&self, schema: i64, source: &mut dyn ArchiveSource) -> Result<Restored, StoreError>;

    /// Whether the database answers and has this program's schema: what readiness asks.
    async fn check(&self) -> Result<(), StoreError>;

    /// The database's own clock in milliseconds since 1970: server processes that differ refuse readiness.
    async fn clock_millis(&self) -> Result<i64, StoreError>;

    /// Connections of each pool, for the figures of operation.
    fn pools(&self) -> Vec<PoolFigures>;

    /// Waits for what is under way and closes all connections.
    async fn close(&self);
}

/// Typed writing over the object-safe [`Store`].
pub trait StoreExt: Store {
    /// Carries a command out in one transaction; what it returns is handed out only after the commit.
    ///
    /// The command reads, decides, and only then writes: a refusal comes before the first write. One that
    /// comes later is correct too, but costs its whole group a second run. It may run more than once and must
    /// depend on nothing but its transaction and what it has captured:
    ///
    /// ```ignore
    /// store.write(move |tx| {
    ///     let command = command.clone();
    ///     Box::pin(async move {
    ///         let record = tx.case(id).await?.ok_or(WriteError::Refused(Problem::not_found()))?;
    ///         let events = decide(&record.case, &command, &ctx).map_err(WriteError::Refused)?;
    ///         tx.append(&Change::new(Some(record), events, &catalogue, &minutes)?).await?;
    ///         Ok(version)
    ///     })
    /// })
    /// ```
    fn write<R, E, F>(&self, command: F) -> impl Future<Output = Result<R, WriteError<E>>> + Send
    where
        R: Send + 'static,
        E: Send + 'static,
        F: for<'t> Fn(&'t mut dyn Tx) -> BoxFuture<'t, Result<R, WriteError<E>>> + Send + Sync + 'static,
    {
        let command = Arc::new(command);
        let job: Job = Arc::new(move |tx| {
            let command = Arc::clone(&command);
            Box::pin(async move {
                match command(tx).await {
                    Ok(result) => Ok(Box::new(result) as Box<dyn Any + Send>),
                    Err(error) => Err(error.map_refusal(|refusal| Box::new(refusal) as Box<dyn Any + Send>)),
                }
            })
        });
        async move {
            match self.write_boxed(job).await {
                Ok(result) => Ok(*unboxed::<R>(result)?),
                Err(WriteError::Store(error)) => Err(WriteError::Store(error)),
                Err(WriteError::Refused(refusal)) => Err(WriteError::Refused(*unboxed::<E>(refusal)?)),
            }
        }
    }
}

impl<S: Store + ?Sized> StoreExt for S {}

/// The job boxed this very type a moment ago; anything else is a store that mixes up its callers.
fn unboxed<T: 'static>(value: Box<dyn Any + Send>) -> Result<Box<T>, StoreError> {
    value
        .downcast()
        .map_err(|_| StoreError::Corrupt("a command was answered with another's result".to_owned()))
}
