//! The one writer: groups the commands that wait into one commit and answers only after it.

use super::{Failure, LOCK_WAIT};
use crate::{
    dialect::Conn,
    error::{migrate_error, store_error},
    tx::SqlTx,
};
use futures::FutureExt;
use sqlx::{ConnectOptions, Connection, migrate::Migrator, sqlite::SqliteConnectOptions};
use std::{
    any::Any,
    panic::AssertUnwindSafe,
    time::{Duration, Instant},
};
use store::{Job, Outcome, PoolFigures, StoreError, WriteError};
use tokio::sync::{Mutex, mpsc, oneshot};
use tokio::task::JoinHandle;

/// Commands to one commit at most. No timer: what waits while one commit runs is the next group.
const GROUP: usize = 64;

/// Commands that may wait; more wait for a place in the queue.
const QUEUE: usize = 1024;

/// How long one attempt waits for a lock another process holds.
const ATTEMPT: Duration = Duration::from_millis(100);

struct Request {
    at: Instant,
    job: Job,
    answer: oneshot::Sender<Outcome>,
}

/// The writer's end that callers hold.
pub(crate) struct Writer {
    options: SqliteConnectOptions,
    requests: Mutex<Option<mpsc::Sender<Request>>>,
    sender: mpsc::WeakSender<Request>,
    task: Mutex<Option<JoinHandle<()>>>,
}

impl Writer {
    /// Opens the writing connection and starts its task.
    pub(crate) async fn start(options: SqliteConnectOptions) -> Result<Self, sqlx::Error> {
        let impatient = options.clone().busy_timeout(ATTEMPT);
        let conn = impatient.connect().await?;
        let (sender, requests) = mpsc::channel(QUEUE);
        let task = tokio::spawn(Loop { options: impatient, conn }.run(requests));
        Ok(Self {
            options,
            sender: sender.downgrade(),
            requests: Mutex::new(Some(sender)),
            task: Mutex::new(Some(task)),
        })
    }

    /// None: there is one connection, and it belongs to the task.
    #[expect(clippy::unused_self, reason = "the other engine has a pool of them")]
    pub(crate) const fn pool(&self) -> Option<PoolFigures> {
        None
    }

    /// Runs a job in the next group.
    pub(crate) async fn write(&self, job: Job) -> Outcome {
        let (answer, outcome) = oneshot::channel();
        let sender = self.sender.upgrade().ok_or_else(closed)?;
        sender.send(Request { at: Instant::now(), job, answer }).await.map_err(|_| closed())?;
        drop(sender);
        outcome.await.map_err(|_| closed())?
    }

    /// Brings the schema up to a migration, or up to date, in one transaction, on a connection of its own.
    pub(crate) async fn migrate(&self, migrations: &Migrator, to: Option<i64>) -> Result<(), StoreError> {
        let mut conn = self.options.connect().await.map_err(store_error)?;
        let mut transaction = conn.begin_with("BEGIN IMMEDIATE").await.map_err(store_error)?;
        // Not `run`, whose bound on its connection no future of a trait object meets.
        migrations.run_direct(to, &mut *transaction, false).await.map_err(migrate_error)?;
        transaction.commit().await.map_err(store_error)?;
        conn.close().await.map_err(store_error)
    }

    /// Runs what is waiting, then closes the connection.
    pub(crate) async fn close(&self) {
        drop(self.requests.lock().await.take());
        if let Some(task) = self.task.lock().await.take()
            && let Err(error) = task.await
        {
            tracing::error!(%error, "the writer did not end by itself");
        }
    }
}

fn closed() -> WriteError<Box<dyn Any + Send>> {
    WriteError::Store(StoreError::Unavailable("the store is closed".into()))
}

struct Loop {
    options: SqliteConnectOptions,
    conn: Conn,
}

/// How a group came out.
enum Group {
    /// Committed, or nothing to commit: the outcomes in order.
    Done(Vec<Outcome>),
    /// Rolled back for the sake of one command: each is to be run alone.
    Split,
}

impl Loop {
    async fn run(mut self, mut requests: mpsc::Receiver<Request>) {
        let mut waiting = Vec::with_capacity(GROUP);
        while requests.recv_many(&mut waiting, GROUP).await > 0 {
            // Whoever waits longest says until when the group waits for a lock.
            let oldest =
                waiting.iter().map(|request: &Request| request.at).min().unwrap_or_else(Instant::now);
            let (jobs, answers): (Vec<Job>, Vec<_>) =
                waiting.drain(..).map(|request| (request.job, request.answer)).unzip();
            let outcomes = self.carry_out(&jobs, oldest + LOCK_WAIT).await;
            for (answer, outcome) in answers.into_iter().zip(outcomes) {
                // A caller who has gone away loses the answer, not the write.
                drop(answer.send(outcome));
            }
        }
        if let Err(error) = self.conn.close().await {
            tracing::error!(%error, "closing the database");
        }
    }

    async fn carry_out(&mut self, jobs: &[Job], until: Instant) -> Vec<Outcome> {
        match self.group(jobs, until).await {
            Group::Done(outcomes) => outcomes,
            Group::Split => {
                let mut outcomes = Vec::with_capacity(jobs.len());
                for job in jobs {
                    outcomes.push(self.alone(job).await);
                }
                outcomes
            }
        }
    }

    async fn alone(&mut self, job: &Job) -> Outcome {
        match self.group(std::slice::from_ref(job), Instant::now() + LOCK_WAIT).await {
            Group::Done(mut outcomes) => outcomes.pop().unwrap_or_else(|| Err(closed())),
            Group::Split => Err(closed()),
        }
    }

    /// Runs jobs in one transaction. A refusal that wrote nothing leaves the others as they are; any other
    /// failure takes the whole group back, because what a failed statement left behind is not known.
    async fn group(&mut self, jobs: &[Job], until: Instant) -> Group {
        if let Err(error) = self.begin(until).await {
            let again = || WriteError::Store(if is_busy(&error) { StoreError::Busy } else { away(&error) });
            return Group::Done(jobs.iter().map(|_| Err(again())).collect());
        }
        let mut outcomes = Vec::with_capacity(jobs.len());
        for job in jobs {
            let mut tx = SqlTx::new(&mut self.conn);
            let outcome = AssertUnwindSafe(job(&mut tx)).catch_unwind().await;
            let clean = !tx.has_written();
            let outcome = outcome.unwrap_or(Err(WriteError::Store(StoreError::Panicked)));
            let harmless = match &outcome {
                Ok(_) => true,
                Err(WriteError::Refused(_)) => clean,
                Err(WriteError::Store(error)) => clean && is_ours(error),
            };
            if !harmless {
                self.roll_back().await;
                if jobs.len() == 1 {
                    return Group::Done(vec![outcome]);
                }
                return Group::Split;
            }
            outcomes.push(outcome);
        }
        match self.say("COMMIT").await {
            Ok(()) => Group::Done(outcomes),
            Err(error) => {
                self.roll_back().await;
                if jobs.len() == 1 {
                    return Group::Done(vec![Err(WriteError::Store(store_error(error)))]);
                }
                Group::Split
            }
        }
    }

    /// Begins, waiting for a lock another process holds until a moment, with one attempt at least.
    async fn begin(&mut self, until: Instant) -> Result<(), sqlx::Error> {
        let error = loop {
            let Err(error) = self.say("BEGIN IMMEDIATE").await else { return Ok(()) };
            if !is_busy(&error) {
                break error;
            }
            if Instant::now() >= until {
                return Err(error);
            }
        };
        tracing::warn!(%error, "opening the database anew");
        self.conn = self.options.connect().await?;
        self.say("BEGIN IMMEDIATE").await
    }

    async fn roll_back(&mut self) {
        // After some errors the engine has rolled back already and says that there is nothing to roll back;
        // a fresh connection is right in that case and in any worse one.
        if let Err(error) = self.say("ROLLBACK").await {
            tracing::warn!(%error, "rolling back; the connection is opened anew");
            match self.options.connect().await {
                Ok(conn) => self.conn = conn,
                Err(error) => tracing::error!(%error, "opening the database anew"),
            }
        }
    }

    async fn say(&mut self, statement: &'static str) -> Result<(), sqlx::Error> {
        sqlx::query(statement).execute(&mut self.conn).await.map(drop)
    }
}

/// Failures that were found before any statement went wrong.
const fn is_ours(error: &StoreError) -> bool {
    matches!(error, StoreError::Invalid(_) | StoreError::Stale { .. } | StoreError::Corrupt(_))
}

fn is_busy(error: &sqlx::Error) -> bool {
    matches!(error, sqlx::Error::Database(inner) if super::failure(&**inner) == Failure::Busy)
}

fn away(error: &sqlx::Error) -> StoreError {
    StoreError::Unavailable(error.to_string().into())
}
