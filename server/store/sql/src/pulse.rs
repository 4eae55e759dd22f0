//! The connection on which the database is asked whether it is there: its own, so that a pool that is busy is no
//! database that is away.

use crate::dialect::{self, Conn};
use sqlx::{ConnectOptions, Connection};
use tokio::sync::Mutex;

type Options = <Conn as Connection>::Options;

/// The connection, made when it is first needed and anew after whatever went wrong with it.
pub(crate) struct Pulse {
    options: Options,
    conn: Mutex<Option<Conn>>,
}

impl Pulse {
    pub(crate) const fn new(options: Options) -> Self {
        Self { options, conn: Mutex::const_new(None) }
    }

    /// The database's clock in milliseconds since 1970, read from the database itself. A caller who gives up takes the
    /// connection away with the question: the next one does not wait for that answer.
    pub(crate) async fn clock_millis(&self) -> Result<i64, sqlx::Error> {
        let mut kept = self.conn.lock().await;
        let mut conn = match kept.take() {
            Some(conn) => conn,
            None => self.options.connect().await?,
        };
        let millis = dialect::clock_millis(&mut conn).await?;
        *kept = Some(conn);
        Ok(millis)
    }

    pub(crate) async fn close(&self) {
        if let Some(conn) = self.conn.lock().await.take()
            && let Err(error) = conn.close().await
        {
            tracing::debug!(%error, "closing the connection of the pulse");
        }
    }
}
