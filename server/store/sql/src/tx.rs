//! A transaction.

use crate::{
    dialect::{self, Conn},
    error::store_error,
};
use store::StoreError;

/// A transaction on one connection.
pub(crate) struct SqlTx<'c> {
    conn: &'c mut Conn,
    written: bool,
    place: Option<i64>,
    taken: i64,
}

impl<'c> SqlTx<'c> {
    pub(crate) const fn new(conn: &'c mut Conn) -> Self {
        Self { conn, written: false, place: None, taken: 0 }
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
}
