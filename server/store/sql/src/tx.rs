//! A transaction.

use crate::{
    dialect::{self, Conn},
    error::store_error,
    ledger::{self, Is},
};
use store::StoreError;

/// A transaction on one connection.
pub(crate) struct SqlTx<'c> {
    conn: &'c mut Conn,
    written: bool,
    place: Option<i64>,
    taken: i64,
    /// The place of this transaction's entries in the ledger, and how many there are.
    noted: Option<(i64, i64)>,
}

impl<'c> SqlTx<'c> {
    pub(crate) const fn new(conn: &'c mut Conn) -> Self {
        Self { conn, written: false, place: None, taken: 0, noted: None }
    }

    /// Whether anything has been written.
    pub(crate) const fn has_written(&self) -> bool {
        self.written
    }

    /// The connection, for a statement that changes nothing.
    pub(crate) const fn read(&mut self) -> &mut Conn {
        self.conn
    }

    /// The connection, for a statement that changes something.
    pub(crate) const fn write(&mut self) -> &mut Conn {
        self.written = true;
        self.conn
    }

    /// The next places in the log, so many in a row; gives the first.
    pub(crate) async fn places(&mut self, many: usize) -> Result<i64, StoreError> {
        let many = i64::try_from(many).map_err(|_| StoreError::Invalid("too many places"))?;
        let first = if let Some(first) = self.place {
            first
        } else {
            let first = dialect::first_place(self.write()).await.map_err(store_error)?;
            *self.place.insert(first)
        };
        let place = first + self.taken;
        self.taken += many;
        if self.taken > dialect::PLACES {
            return Err(StoreError::Invalid("more places in the log than one transaction may take"));
        }
        Ok(place)
    }

    /// Notes rows in the ledger as they stand now: those of a noted table of which a column has one of these values.
    /// To be called by whoever writes such a row, in the same transaction and after writing it; together the rows
    /// must be whole groups (see `store::table`).
    pub(crate) async fn note(
        &mut self,
        table: &'static str,
        column: &'static str,
        values: &[Is],
    ) -> Result<(), StoreError> {
        self.note_those(table, (column, values), &[]).await
    }

    /// The same for those of which other columns have certain values too.
    pub(crate) async fn note_those(
        &mut self,
        table: &'static str,
        (column, values): (&'static str, &[Is]),
        others: &[(&'static str, Is)],
    ) -> Result<(), StoreError> {
        if values.is_empty() {
            return Ok(());
        }
        let groups = ledger::groups(self.write(), table, (column, values), others).await?;
        let (seq, entries) = match self.noted {
            Some(noted) => noted,
            None => (self.places(1).await?, 0),
        };
        let entries = ledger::enter(self.write(), (seq, entries), groups).await?;
        self.noted = Some((seq, entries));
        Ok(())
    }
}
