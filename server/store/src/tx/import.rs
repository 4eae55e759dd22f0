//! Cases from other systems' logs: read-only but for notes.

use crate::{Head, StoreError};
use async_trait::async_trait;
use domain::{
    api::case::ImportedStep,
    case::Event,
    id::{CaseId, PersonId, UnitId},
    time::Timestamp,
};

/// What was imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BatchKind {
    /// Past events of another system.
    EventLog,
    /// Cases to be worked here.
    CaseList,
}

/// One imported file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// What it was.
    pub kind: BatchKind,
    /// Name of the source; numbers are unique in it.
    pub source: String,
    /// SHA-256 of the file, hex.
    pub file_hash: String,
    /// Rows read.
    pub rows: u64,
    /// Cases written.
    pub cases: u64,
    /// When.
    pub at: Timestamp,
    /// By whom; none from the command line.
    pub by: Option<PersonId>,
}

/// A case of an imported event log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// Its id here.
    pub id: CaseId,
    /// Its number there, as it is shown.
    pub number: String,
    /// The unit it is shown under.
    pub unit: UnitId,
    /// Channel there.
    pub channel: Option<String>,
    /// Department there.
    pub department: Option<String>,
    /// Deadline there.
    pub deadline: Option<Timestamp>,
    /// Planned or real end there.
    pub end: Option<Timestamp>,
    /// It is open still: it stands under the stage of its last step.
    pub open: bool,
    /// Its steps, in order; at least one.
    pub steps: Vec<ImportedStep>,
}

/// Imports in a transaction.
#[async_trait]
pub trait ImportTx {
    /// The import of that very file, if there was one.
    async fn batch(&mut self, source: &str, file_hash: &str) -> Result<Option<Batch>, StoreError>;

    /// Which of these numbers the source has brought already.
    async fn known_numbers(&mut self, source: &str, numbers: &[String]) -> Result<Vec<String>, StoreError>;

    /// Writes a batch with its event-log cases, all in this transaction.
    ///
    /// # Errors
    /// `Duplicate` if the file or a number of the source is there already; `Invalid` for a case without a
    /// step.
    async fn import(&mut self, batch: &Batch, cases: &[Imported]) -> Result<(), StoreError>;

    /// Remembers under which source number a case of a case list was registered.
    async fn note_source(&mut self, source: &str, number: &str, case: CaseId) -> Result<(), StoreError>;

    /// Where the notes of an imported case stand; none if it is none.
    async fn imported_head(&mut self, id: CaseId) -> Result<Option<(Head, UnitId)>, StoreError>;

    /// Appends a note to an imported case: the only thing that may be added to one.
    async fn append_note(
        &mut self,
        before: Head,
        event: &Event,
        key: Option<&str>,
    ) -> Result<i64, StoreError>;
}
