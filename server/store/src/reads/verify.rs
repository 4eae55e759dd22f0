//! What `verify`, `backup` and recomputation read: everything, page by page, by key.

use crate::{
    CaseRecord, Change, DrawSeed, StoreError,
    chain::{Envelope, Link},
    seal::{Seal, SealKey},
    table::{Cell, Table},
};
use async_trait::async_trait;
use chrono::NaiveDate;
use domain::{
    actor::By,
    api::queue::QueueRow,
    catalogue::CatalogueVersion,
    id::{CaseId, PersonId, UnitId},
    time::Timestamp,
};
use std::collections::BTreeMap;

/// Place of an event by case and version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventPlace {
    /// The case.
    pub case: CaseId,
    /// Version.
    pub version: u64,
}

/// An event as stored: its payload bytes are what was sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEvent {
    /// Place in the whole log.
    pub seq: i64,
    /// Envelope.
    pub envelope: Envelope,
    /// Payload bytes.
    pub payload: Vec<u8>,
    /// Its link.
    pub link: Link,
}

impl StoredEvent {
    /// The event of a row, by the names of its columns.
    ///
    /// # Errors
    /// In words, which column cannot be read.
    pub fn of_row(row: &BTreeMap<&str, &Cell>) -> Result<Self, String> {
        let fault = |name: &str| format!("{name} cannot be read");
        let text = |name: &str| match row.get(name) {
            Some(Cell::Text(text)) => Ok(text.clone()),
            _ => Err(fault(name)),
        };
        let maybe = |name: &str| match row.get(name) {
            Some(Cell::Null) => Ok(None),
            _ => text(name).map(Some),
        };
        let number = |name: &str| match row.get(name) {
            Some(Cell::Int(number)) => Ok(*number),
            _ => Err(fault(name)),
        };
        let bytes = |name: &str| match row.get(name) {
            Some(Cell::Bytes(bytes)) => Ok(bytes.as_slice()),
            _ => Err(fault(name)),
        };
        let by = match (text("actor_kind")?.as_str(), maybe("actor")?) {
            ("person", Some(person)) => By::Person(PersonId(person)),
            ("integration", Some(name)) => By::Integration(name),
            ("system", None) => By::System,
            _ => return Err(fault("actor")),
        };
        let stage = maybe("stage")?
            .map(|stage| serde_json::from_value(stage.into()).map_err(|_| fault("stage")))
            .transpose()?;
        Ok(Self {
            seq: number("seq")?,
            envelope: Envelope {
                case: CaseId(uuid::Uuid::from_slice(bytes("case_id")?).map_err(|_| fault("case_id"))?),
                version: number("version")?.try_into().map_err(|_| fault("version"))?,
                at: text("at")?.parse::<Timestamp>().map_err(|_| fault("at"))?,
                by,
                stage,
                unit: UnitId(text("unit")?),
                catalogue: CatalogueVersion(number("catalogue")?.try_into().map_err(|_| fault("catalogue"))?),
                form: number("form")?.try_into().map_err(|_| fault("form"))?,
                key: maybe("command_key")?,
            },
            payload: text("payload")?.into_bytes(),
            link: bytes("link")?.try_into().map_err(|_| fault("link"))?,
        })
    }
}

/// A case's state with its queue row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredCase {
    /// The state.
    pub record: CaseRecord,
    /// Its row of open work.
    pub row: Option<QueueRow>,
}

/// How much there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StoreCounts {
    /// Cases.
    pub cases: u64,
    /// Open cases.
    pub open: u64,
    /// Events.
    pub events: u64,
    /// Imported cases.
    pub imported: u64,
    /// People.
    pub people: u64,
}

/// A row of the log, readable or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogRow {
    /// Its place by case and version.
    pub place: EventPlace,
    /// The event with its links as they stand; or why it cannot be read.
    pub event: Result<StoredEvent, String>,
    /// Columns that say something else than the event they were made from.
    pub faults: Vec<String>,
}

/// What the log says of a case, against which its rows are compared.
#[derive(Debug)]
pub enum Known {
    /// A case of this house, worked out from all its events, and the link of the last one.
    Case(Box<Change>, Link),
    /// An imported case and the end of the chain of its notes.
    Notes {
        /// The case.
        case: CaseId,
        /// How many notes.
        version: u64,
        /// The link of the last one.
        link: Link,
    },
    /// A case whose events cannot be read: what its rows should be nobody can say.
    Unreadable(CaseId),
}

impl Known {
    /// The case.
    pub const fn case(&self) -> CaseId {
        match self {
            Self::Case(change, _) => change.case(),
            Self::Notes { case, .. } | Self::Unreadable(case) => *case,
        }
    }
}

/// A row that is not what it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableFault {
    /// Its table.
    pub table: &'static str,
    /// In words, with the number of the case where it has one. It says no value.
    pub words: String,
}

/// What the seals say.
#[derive(Debug, Clone, Default)]
pub struct SealState {
    /// All seals, oldest first.
    pub seals: Vec<Seal>,
    /// What does not agree.
    pub faults: Vec<String>,
    /// Events and ledger entries no seal covers yet.
    pub unsealed: u64,
}

/// What the ledger says.
#[derive(Debug, Clone, Default)]
pub struct LedgerState {
    /// Rows looked at.
    pub checked: u64,
    /// Rows that were changed, lost or added.
    pub faults: Vec<TableFault>,
}

/// Takes the rows of a table one by one, with the names of their columns.
pub type RowSink<'s> = &'s mut (dyn FnMut(&[String], Vec<Cell>) -> Result<(), StoreError> + Send);

/// Reading everything.
#[async_trait]
pub trait VerifyReads {
    /// Events by case and version, behind a place.
    async fn events_behind(
        &self,
        behind: Option<EventPlace>,
        limit: u32,
    ) -> Result<Vec<StoredEvent>, StoreError>;

    /// Cases by id, behind one.
    async fn cases_behind(&self, behind: Option<CaseId>, limit: u32) -> Result<Vec<StoredCase>, StoreError>;

    /// Queue rows, seals, slip lines and indexes that belong to nothing, in words; empty where all is well.
    async fn orphans(&self) -> Result<Vec<String>, StoreError>;

    /// Rows of the log by case and version, behind a place; one that cannot be read stops nothing.
    async fn log_behind(&self, behind: Option<EventPlace>, limit: u32) -> Result<Vec<LogRow>, StoreError>;

    /// Compares every derived row of the cases behind one and up to another (none: to the end) with what the log
    /// says of them, which must be all cases it knows in between.
    async fn compare(
        &self,
        behind: Option<CaseId>,
        to: Option<CaseId>,
        known: &[Known],
    ) -> Result<Vec<TableFault>, StoreError>;

    /// Works every seal out anew.
    async fn seals(&self, key: &SealKey) -> Result<SealState, StoreError>;

    /// Compares every noted row with its last entry in the ledger.
    async fn ledger(&self) -> Result<LedgerState, StoreError>;

    /// The seed of a day: for `verify` alone, which draws again.
    async fn fixed_seed(&self, day: NaiveDate) -> Result<Option<DrawSeed>, StoreError>;

    /// Gives every row of a table, in the order of its key.
    async fn rows(&self, table: &'static Table, sink: RowSink<'_>) -> Result<u64, StoreError>;

    /// Numbers of the migrations the database has.
    async fn schema(&self) -> Result<Vec<i64>, StoreError>;

    /// How much there is.
    async fn counts(&self) -> Result<StoreCounts, StoreError>;
}
