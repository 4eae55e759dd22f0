//! Cases: read for writing, appended to.

use crate::{CaseRecord, Change, StoreError};
use async_trait::async_trait;
use chrono::NaiveDate;
use domain::{
    id::{CaseId, ItemCode, PersonId, UnitId},
    policy::PolicyNumber,
    time::Timestamp,
};

/// What an append came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appended {
    /// Place of the last event in the log; notices carry it.
    pub seq: i64,
    /// Version of the case.
    pub version: u64,
}

/// Data key of a case, wrapped by a master key. Purging destroys it and leaves the chain verifiable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrappedKey {
    /// Which master key wraps it.
    pub master: String,
    /// The wrapped key.
    pub wrapped: Vec<u8>,
}

/// Purpose of an access record: somebody searched by an exact personal value.
pub const SEARCH: &str = "search";
/// Purpose of an access record: such a search found the case.
pub const FOUND: &str = "found";

/// Somebody saw full personal values of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessRecord {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub person: PersonId,
    /// Of which case; none for a search, which is of no one case.
    pub case: Option<CaseId>,
    /// What for: the stage it was opened at, [`SEARCH`], [`FOUND`], or the purpose stated.
    pub purpose: String,
}

/// Cases in a transaction.
#[async_trait]
pub trait CaseTx {
    /// The case, held for writing until the transaction ends.
    async fn case(&mut self, id: CaseId) -> Result<Option<CaseRecord>, StoreError>;

    /// Appends events with everything that follows from them, and the notice of it.
    ///
    /// # Errors
    /// `Stale` if the chain no longer stands where the change says; `Duplicate` if a new case's number is
    /// taken.
    async fn append(&mut self, change: &Change) -> Result<Appended, StoreError>;

    /// The next number of that unit, day and letter, from 1. It is a write: refuse before, not after.
    async fn next_number(&mut self, unit: &UnitId, day: NaiveDate, letter: char) -> Result<u32, StoreError>;

    /// Items of other open cases on the policy (E01). The policy is held until the transaction ends: of two
    /// applications on it at once the second sees the first.
    async fn open_items(
        &mut self,
        policy_no: &PolicyNumber,
        except: CaseId,
    ) -> Result<Vec<ItemCode>, StoreError>;

    /// Numbers and items of open cases on the policy, for the registrar.
    async fn open_cases(
        &mut self,
        policy_no: &PolicyNumber,
    ) -> Result<Vec<(String, Vec<ItemCode>)>, StoreError>;

    /// The data key of a case.
    async fn case_key(&mut self, id: CaseId) -> Result<Option<WrappedKey>, StoreError>;

    /// Keeps the data key of a case, replacing one wrapped by another master key. Under the nil id stands the
    /// key of the keyed hashes, which belongs to no case and is rewrapped with the others.
    async fn put_case_key(&mut self, id: CaseId, key: &WrappedKey) -> Result<(), StoreError>;

    /// Notes that somebody saw full personal values.
    async fn record_access(&mut self, access: &AccessRecord) -> Result<(), StoreError>;

    /// When the person searched by an exact personal value after that moment, oldest first. On a server database it
    /// waits for the person's searches under way, so that several at once are counted one after the other.
    async fn exact_searches(
        &mut self,
        person: &PersonId,
        after: Timestamp,
    ) -> Result<Vec<Timestamp>, StoreError>;
}
