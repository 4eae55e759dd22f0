//! A case as the browser sees it, and commands on it.

use crate::{
    actor::Person,
    case::{
        Case, Command, Event,
        compare::Difference,
        registration::{Registration, Shortfall},
    },
    catalogue::{CatalogueVersion, E01Line},
    id::{CaseId, ItemCode, MaterialKind, PersonId, UnitId},
    post::Stage,
    time::CalendarData,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// One imported step of a case from another system's event log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportedStep {
    /// When it was finished.
    pub at: DateTime<Utc>,
    /// When it was begun, where the log says so: from there to [`ImportedStep::at`] is work time, natural time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_at: Option<DateTime<Utc>>,
    /// The activity, as the log names it.
    pub activity: String,
    /// The stage it is mapped to.
    pub stage: Stage,
    /// Who, as the log names it.
    pub resource: Option<String>,
    /// Which group, as the log names it.
    pub group: Option<String>,
    /// Rework after a failed check.
    pub rework: bool,
    /// Advice asked of, or received from, another desk.
    #[serde(default)]
    pub referral: bool,
}

/// A case from another system's event log: read-only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportedCase {
    /// Its id here.
    pub id: CaseId,
    /// Name of the import.
    pub source: String,
    /// Its number there.
    pub number: String,
    /// Channel there.
    pub channel: Option<String>,
    /// Department there.
    pub department: Option<String>,
    /// Deadline there.
    pub deadline: Option<DateTime<Utc>>,
    /// Planned or real end there.
    pub end: Option<DateTime<Utc>>,
    /// Its log has days and no times: nothing finer than a day is to be read from what it says.
    #[serde(default)]
    pub by_day: bool,
    /// Its steps in order.
    pub steps: Vec<ImportedStep>,
    /// Notes added here.
    pub notes: Vec<Event>,
}

/// A case with what the rules need around it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseView {
    /// The case; personal values masked. Counts stated on a slip line are hidden from its receiver.
    pub case: Case,
    /// Its events, oldest first, without ciphertext.
    pub events: Vec<Event>,
    /// Unit that works each stage.
    #[cfg_attr(feature = "openapi", schema(value_type = std::collections::HashMap<String, UnitId>))]
    pub sites: BTreeMap<Stage, UnitId>,
    /// People who could take, recheck or approve it.
    pub people: Vec<Person>,
    /// Items of other open cases on the same policy.
    pub open_items: Vec<ItemCode>,
    /// Calendar of the working unit.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub calendar: CalendarData,
    /// Calendars of other units the case may go to, where they are not the same.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "openapi", schema(value_type = std::collections::HashMap<String, Object>))]
    pub calendars: BTreeMap<UnitId, CalendarData>,
    /// Who has given a verdict on a sample check of it, and may not work on it.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub inspectors: BTreeSet<PersonId>,
    /// Plain personal values by digest: only for who holds the case at Entry, Servicing or Recheck.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = std::collections::HashMap<String, String>))]
    pub plain: BTreeMap<String, String>,
    /// Three-way comparison by item number, computed on full values; for who holds it at Recheck and
    /// for inspectors.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = std::collections::HashMap<String, Vec<Difference>>))]
    pub differences: BTreeMap<u8, Vec<Difference>>,
    /// Names of the people in it, by number.
    #[cfg_attr(feature = "openapi", schema(value_type = std::collections::HashMap<String, String>))]
    pub names: BTreeMap<PersonId, String>,
    /// Number of the slip it is on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slip_number: Option<String>,
    /// Time of the data.
    pub as_of: DateTime<Utc>,
}

/// What `GET /api/cases/{id}` answers for an imported case, and a note on one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportedView {
    /// The case.
    pub imported: ImportedCase,
    /// Number of notes added here.
    pub version: u64,
}

/// `POST /api/cases`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegisterCase {
    /// Accepting unit; in the person's scope.
    pub accepting: UnitId,
    /// What is written down.
    pub registration: Registration,
}

/// `POST /api/cases/check`: what registering would say, without doing it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegisterCheck {
    /// E01 lines per item.
    pub lines: Vec<(ItemCode, Vec<E01Line>)>,
    /// Required documents that are missing.
    pub missing: Vec<MaterialKind>,
    /// What must be acknowledged.
    pub shortfalls: Vec<Shortfall>,
    /// Open cases on the same policy, with their items.
    pub open_cases: Vec<(String, Vec<ItemCode>)>,
}

/// Answer to a command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CommandDone {
    /// The case after it.
    pub case: CaseView,
    /// Its version.
    pub version: u64,
}

/// A bulk command: the same on several cases, each with its own result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BulkCommand {
    /// Cases with the version the browser knew; at most 200.
    pub cases: Vec<(CaseId, u64)>,
    /// The command: claim, unclaim, assign, transfer, priority, hand-over or take-back.
    pub command: Command,
}

/// Result for one case of a bulk command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BulkResult {
    /// The case.
    pub case: CaseId,
    /// New version, where it was done.
    pub version: Option<u64>,
    /// Why not, where it was not.
    pub problem: Option<super::Problem>,
}

/// `POST /api/cases/candidates`: who may be given these cases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CandidatesAsk {
    /// The cases.
    pub cases: Vec<CaseId>,
}

/// Somebody who may be given at least one of the cases asked for, with what he has in hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Candidate {
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// How many of the cases he may take.
    pub may: u16,
    /// Cases in hand: claimed and waiting.
    pub open: u32,
    /// Of these overdue.
    pub overdue: u32,
}

/// `POST /api/search`: by number or name; identity and telephone exactly, through the keyed hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Search {
    /// What was typed or scanned.
    pub text: String,
    /// Look for it as a whole identity number, telephone or account instead: such searches are counted, recorded and
    /// limited, so they are asked for on purpose.
    #[serde(default)]
    pub exact: bool,
}

/// Fewest characters of a personal value that is searched for: a telephone number has eight.
pub const SHORTEST_EXACT: usize = 8;

/// One case found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Found {
    /// The case.
    pub id: CaseId,
    /// Its number.
    pub number: String,
    /// Policy number.
    pub policy_no: String,
    /// Applicant.
    pub applicant: String,
    /// Items.
    pub items: Vec<ItemCode>,
    /// Stage it stands at; none once ended.
    pub stage: Option<Stage>,
    /// Accepting unit.
    pub accepting: UnitId,
    /// Imported: read-only.
    pub imported: bool,
}

/// Which catalogue the browser should fetch: `GET /api/catalogue/{version}` is immutable.
pub type CatalogueRef = CatalogueVersion;
