//! Cases from other systems' logs: read-only but for notes.

use crate::{Head, StoreError};
use async_trait::async_trait;
use domain::{
    api::case::{ImportedCase, ImportedStep},
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
    /// Times of it are those of whole days.
    pub by_day: bool,
    /// Its steps, in order; at least one.
    pub steps: Vec<ImportedStep>,
}

/// An imported case as it stands in the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The case with its steps, without notes.
    pub case: ImportedCase,
    /// The unit it is shown under.
    pub unit: UnitId,
    /// How many notes it has.
    pub version: u64,
}

/// An imported case that has gone on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grown {
    /// The case as it is now, with all its steps.
    pub case: Imported,
    /// How many of its steps stand in the store already.
    pub before: u64,
    /// How many notes it has.
    pub version: u64,
}

/// Imports in a transaction.
#[async_trait]
pub trait ImportTx {
    /// The import of that very file, if there was one.
    async fn batch(&mut self, source: &str, file_hash: &str) -> Result<Option<Batch>, StoreError>;

    /// Numbers a source has brought, as they were written, with the cases they became.
    async fn source_cases(&mut self, source: &str) -> Result<Vec<(String, CaseId)>, StoreError>;

    /// Imported cases of these ids with their steps; ids of other cases are left out.
    async fn imported_cases(&mut self, ids: &[CaseId]) -> Result<Vec<Standing>, StoreError>;

    /// Puts new steps behind those of imported cases, with what they change of them.
    ///
    /// # Errors
    /// `Invalid` where fewer steps are given than stand there.
    async fn grow(&mut self, cases: &[Grown]) -> Result<(), StoreError>;

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
