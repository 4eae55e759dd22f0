//! What the server may ask of a store, and the errors it may get: domain types and transactions, no SQL, no HTTP.
//!
//! Reading order: [`Store`] and [`StoreExt::write`] (how a command is carried out), [`Tx`] (what may be asked
//! inside a transaction), [`Reads`] (what may be asked outside one), [`Change`] (what is written when events are
//! appended) and [`chain`] (how events are sealed to each other).
//!
//! Architecture invariant: everything that follows from an event – state, queue row, slip line, movement,
//! finished step, index of personal values, notice – is written in the transaction that appends the event.

mod bulk;
pub mod chain;
mod change;
mod error;
pub mod number;
mod reads;
pub mod seal;
pub mod table;
mod tx;
mod write;

pub use bulk::write_bulk;
pub use change::{CaseRecord, Change, Head, LineChange, Minutes, Moved, NewSlip, Rechecked, StepDone};
pub use error::{StoreError, WriteError};
pub use reads::Reads;
pub use reads::{
    audit::{AuditAsk, AuditReads},
    case::{CaseReads, Holder, SealedCase},
    check::{CheckFilter, CheckReads, Frame, FrameSize, FrameStep},
    dashboard::{
        AgeRow, DashboardReads, DoneRow, DoneWhat, LoadRow, MovementRow, OpenAge, OpenCount, OpenFilter,
        PointCount, QualityAsk, RecheckCount, RecheckFinding, SampleCount, SampleFinding, StepCount,
    },
    feed::{Feed, FeedEntry, FeedReads},
    import::{ImportReads, ImportedRow, SourceSummary},
    people::PeopleReads,
    queue::{Cursor, Position, QueueAsk, QueueReads, QueueSlice, SortKey, TabCounts},
    slip::SlipReads,
    verify::{
        EventPlace, Known, LedgerState, LogRow, RowSink, SealState, StoreCounts, StoredCase, StoredEvent,
        TableFault, VerifyReads,
    },
};
pub use tx::Tx;
pub use tx::{
    audit::AuditTx,
    bulk::BulkTx,
    case::{AccessRecord, Appended, CaseTx, FOUND, SEARCH, WrappedKey},
    check::{CheckRecord, CheckTx, DrawSeed},
    factor::{FactorTx, SecondFactor},
    import::{Batch, BatchKind, Grown, ImportTx, Imported, Standing},
    job::JobTx,
    key::{Answer, KeyTx, Recall},
    next::{Candidate, NextAsk, NextTx, Place},
    people::{CatalogueRecord, PeopleTx, PersonRecord, PostHeld},
    session::{OpenSession, Session, SessionTx, Throttle},
    slip::{SlipKey, SlipTx},
};
pub use write::{
    ArchivePart, ArchiveSource, BoxFuture, Bulk, Engine, Job, Outcome, PoolFigures, Restored, Store, StoreExt,
};
