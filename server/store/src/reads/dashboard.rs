//! Figures of the dashboards: counts the server makes rates, clocks and charts of.

use crate::StoreError;
use async_trait::async_trait;
use chrono::NaiveDate;
use domain::{
    case::work_item::WorkStatus,
    flow::MovementKind,
    id::{CaseId, ItemCode, PersonId, UnitId},
    post::Stage,
    quality::points::{Cause, ErrorPoint, Severity},
    time::Timestamp,
};
use std::collections::BTreeSet;

/// Which open cases are counted: those accepted or worked in these units.
#[derive(Debug, Clone, Copy)]
pub struct OpenFilter<'a> {
    /// Units.
    pub units: &'a BTreeSet<UnitId>,
    /// Stages; empty = all.
    pub stages: &'a BTreeSet<Stage>,
}

/// Open cases of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenCount {
    /// Accepting unit.
    pub accepting: UnitId,
    /// Working unit.
    pub unit: UnitId,
    /// Stage; the giver's while on a slip.
    pub stage: Stage,
    /// Status.
    pub status: WorkStatus,
    /// How many.
    pub open: u64,
    /// Of these past `due_at`, or past the promised end.
    pub overdue: u64,
    /// Of these due before the end of the day, not overdue.
    pub due_today: u64,
}

/// Movements of an hour between two cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovementRow {
    /// Accepting unit.
    pub accepting: UnitId,
    /// What moved.
    pub kind: MovementKind,
    /// Cell left: working unit and stage.
    pub from: Option<(UnitId, Stage)>,
    /// Cell entered.
    pub to: Option<(UnitId, Stage)>,
    /// Hour of the day, 0–23.
    pub hour: u8,
    /// How many.
    pub n: u64,
}

/// Steps finished in a cell on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepCount {
    /// Business date.
    pub day: NaiveDate,
    /// Accepting unit.
    pub accepting: UnitId,
    /// Stage.
    pub stage: Stage,
    /// How many.
    pub n: u64,
    /// Of these, with a due time before the moment asked for.
    pub due: u64,
}

/// An open case for the ageing chart and the list of stuck cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenAge {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// Items.
    pub items: Vec<ItemCode>,
    /// Stage.
    pub stage: Stage,
    /// Accepting unit.
    pub accepting: UnitId,
    /// Working unit.
    pub unit: UnitId,
    /// Status.
    pub status: WorkStatus,
    /// Holder, or giver while on a slip.
    pub holder: Option<PersonId>,
    /// Start of the cycle.
    pub received_at: Timestamp,
    /// Last event.
    pub moved_at: Timestamp,
    /// Post due.
    pub due_at: Timestamp,
    /// Earlier of post due and promised end.
    pub act_by: Timestamp,
}

/// Ages at which cases left a stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgeRow {
    /// Stage.
    pub stage: Stage,
    /// Age since receipt, business minutes.
    pub age: i64,
    /// How many left at that age.
    pub n: u64,
}

/// What a person has in hand and has finished.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadRow {
    /// Who.
    pub person: PersonId,
    /// In hand: claimed and waiting.
    pub open: u64,
    /// Of these overdue.
    pub overdue: u64,
    /// Steps finished on the day.
    pub finished: u64,
}

/// Which of the things done on a day are listed.
#[derive(Debug, Clone, Copy)]
pub enum DoneWhat<'a> {
    /// Steps of cases accepted in the units that were due before a moment.
    Due {
        /// The moment.
        before: Timestamp,
    },
    /// Steps of cases accepted or worked in the units, by one person where one is named.
    By {
        /// Who.
        person: Option<&'a PersonId>,
    },
    /// Movements of this kind of cases accepted in the units.
    Moved {
        /// The kind.
        kind: MovementKind,
    },
}

/// Something done on a day: a finished step or a movement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoneRow {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// Items.
    pub items: Vec<ItemCode>,
    /// The stage that was finished, left or, at a registration, entered.
    pub stage: Stage,
    /// Accepting unit.
    pub accepting: UnitId,
    /// Working unit of that stage.
    pub unit: UnitId,
    /// Who did it.
    pub person: Option<PersonId>,
    /// When.
    pub at: Timestamp,
    /// After it was due at its post; of movements nothing is told.
    pub late: bool,
}

/// Which results are counted.
#[derive(Debug, Clone, Copy)]
pub struct QualityAsk<'a> {
    /// Units: working units of sampled steps, accepting or working units of rechecked cases.
    pub units: &'a BTreeSet<UnitId>,
    /// First business date.
    pub from: NaiveDate,
    /// Last business date.
    pub to: NaiveDate,
}

/// Drawn checks of one day, stage, unit and inclusion probability.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleCount {
    /// Business date of the result.
    pub day: NaiveDate,
    /// Stage checked.
    pub stage: Stage,
    /// Accepting unit.
    pub accepting: UnitId,
    /// Inclusion probability: drawn of frame; none for checks that enter no rate.
    pub pi: Option<(u32, u32)>,
    /// Checks done.
    pub checked: u64,
    /// Of these with at least one finding other than E07.
    pub in_error: u64,
    /// Of these with E07, what a recheck did not see, and no other finding: the rechecker's series alone counts them.
    pub only_missed: u64,
    /// Of these with no nonconformity.
    pub conforming: u64,
}

/// Verdicts on a check point at one inclusion probability.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PointCount {
    /// Check point, 1–17.
    pub point: u8,
    /// Inclusion probability.
    pub pi: (u32, u32),
    /// Conforms.
    pub conforms: u64,
    /// Does not.
    pub fails: u64,
}

/// Findings of drawn checks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleFinding {
    /// Error point.
    pub error_point: ErrorPoint,
    /// Severity.
    pub severity: Severity,
    /// Cause.
    pub cause: Cause,
    /// How many.
    pub n: u64,
}

/// First rounds of recheck of one day and unit: units of count are change items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecheckCount {
    /// Business date.
    pub day: NaiveDate,
    /// Accepting unit.
    pub accepting: UnitId,
    /// Stage it was returned to; none where it was passed or returned without fault.
    pub to: Option<Stage>,
    /// Items checked.
    pub checked: u64,
    /// Of these with a finding.
    pub in_error: u64,
}

/// Findings of first rounds of recheck.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecheckFinding {
    /// Error point.
    pub error_point: ErrorPoint,
    /// Severity.
    pub severity: Severity,
    /// Cause.
    pub cause: Cause,
    /// How many.
    pub n: u64,
}

/// Dashboards.
#[async_trait]
pub trait DashboardReads {
    /// Open cases by cell and status, with what is late at `now` and due before `end_of_day`. Imported cases
    /// are counted apart.
    async fn open_counts(
        &self,
        filter: &OpenFilter<'_>,
        now: Timestamp,
        end_of_day: Timestamp,
    ) -> Result<Vec<OpenCount>, StoreError>;

    /// Movements of a business date by hour, of cases accepted in these units.
    async fn movements(
        &self,
        day: NaiveDate,
        units: &BTreeSet<UnitId>,
    ) -> Result<Vec<MovementRow>, StoreError>;

    /// Movements since a moment, for what was open then.
    async fn movements_since(
        &self,
        since: Timestamp,
        units: &BTreeSet<UnitId>,
    ) -> Result<Vec<MovementRow>, StoreError>;

    /// Steps finished per day, accepting unit and stage from a day to a day, and how many of them were due
    /// before a moment.
    async fn step_counts(
        &self,
        from: NaiveDate,
        to: NaiveDate,
        units: &BTreeSet<UnitId>,
        due_before: Timestamp,
    ) -> Result<Vec<StepCount>, StoreError>;

    /// Open cases, oldest receipt first.
    async fn open_ages(&self, filter: &OpenFilter<'_>, limit: u32) -> Result<Vec<OpenAge>, StoreError>;

    /// Open cases without an event since a moment, longest first.
    async fn unmoved(
        &self,
        filter: &OpenFilter<'_>,
        before: Timestamp,
        limit: u32,
    ) -> Result<Vec<OpenAge>, StoreError>;

    /// Ages at which cases accepted in these units left each stage since a day, by stage and age.
    async fn finished_ages(
        &self,
        from: NaiveDate,
        units: &BTreeSet<UnitId>,
    ) -> Result<Vec<AgeRow>, StoreError>;

    /// What people have in hand and finished on a day in these units, by number.
    async fn loads(
        &self,
        units: &BTreeSet<UnitId>,
        now: Timestamp,
        day: NaiveDate,
    ) -> Result<Vec<LoadRow>, StoreError>;

    /// What was done on a day, last first.
    async fn done(
        &self,
        day: NaiveDate,
        units: &BTreeSet<UnitId>,
        what: DoneWhat<'_>,
    ) -> Result<Vec<DoneRow>, StoreError>;

    /// Drawn checks done in a period.
    async fn sample_counts(&self, ask: &QualityAsk<'_>) -> Result<Vec<SampleCount>, StoreError>;

    /// Verdicts of drawn checks per check point.
    async fn point_counts(&self, ask: &QualityAsk<'_>) -> Result<Vec<PointCount>, StoreError>;

    /// Findings of drawn checks.
    async fn sample_findings(&self, ask: &QualityAsk<'_>) -> Result<Vec<SampleFinding>, StoreError>;

    /// First rounds of recheck in a period.
    async fn recheck_counts(&self, ask: &QualityAsk<'_>) -> Result<Vec<RecheckCount>, StoreError>;

    /// Findings of first rounds of recheck.
    async fn recheck_findings(&self, ask: &QualityAsk<'_>) -> Result<Vec<RecheckFinding>, StoreError>;

    /// Open cases whose release a major finding bars.
    async fn barred(&self, units: &BTreeSet<UnitId>) -> Result<u64, StoreError>;
}
