//! Backlog and quality dashboards. No endpoint returns a bare rate: every rate carries n and interval.

use crate::{
    id::{CaseId, ItemCode, PersonId, UnitId},
    post::{Post, Stage},
    quality::points::ErrorPoint,
    statistics::Rate,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Query of a dashboard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
pub struct DashboardQuery {
    /// One unit with all below it; none = the whole scope.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// One post.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub post: Option<Post>,
    /// First business day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// Last business day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<NaiveDate>,
}

/// A figure with what it was at the same hour of the last business day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Compared {
    /// Now.
    pub now: u32,
    /// Same hour of the last business day; none where the log does not reach back.
    pub before: Option<u32>,
}

/// A cell of the matrix: a unit's post.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BacklogCell {
    /// Stage.
    pub stage: Stage,
    /// Open cases.
    pub open: Compared,
    /// Of these overdue.
    pub overdue: u32,
    /// Of these due today.
    pub due_today: u32,
    /// Finished a day, mean of the last ten business days.
    pub daily: f64,
}

/// A row of the matrix: an accepting unit with all below it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BacklogRow {
    /// The unit.
    pub unit: UnitId,
    /// Its cells, in the order of the stages.
    pub cells: Vec<BacklogCell>,
    /// Waiting.
    pub waiting: u32,
    /// On slips.
    pub in_transit: u32,
}

/// An open case in the ageing chart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AgeDot {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// Age of the case since receipt, business minutes.
    pub age: i64,
    /// Overdue.
    pub overdue: bool,
}

/// A column of the ageing chart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AgeColumn {
    /// Stage.
    pub stage: Stage,
    /// 50, 85 and 95 percentile of the age at leaving the stage, cases of the last 90 days, business minutes;
    /// with their number.
    pub percentiles: Option<[i64; 4]>,
    /// Cases behind the percentiles.
    pub finished: u32,
    /// Dots, oldest first; empty where binned.
    pub dots: Vec<AgeDot>,
    /// Bins `(from, to, count, overdue)` in business minutes where there are more than 120.
    pub bins: Vec<(i64, i64, u32, u32)>,
}

/// Arrivals and completions up to a moment of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FlowPoint {
    /// The moment.
    pub at: DateTime<Utc>,
    /// Arrived since the day began.
    pub arrived: u32,
    /// Finished since the day began.
    pub finished: u32,
}

/// A case that has not moved for too long.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Stuck {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// Items.
    pub items: Vec<ItemCode>,
    /// Stage.
    pub stage: Stage,
    /// Unit.
    pub unit: UnitId,
    /// Who holds it.
    pub holder: Option<PersonId>,
    /// Business minutes without an event.
    pub idle: i64,
    /// Why.
    pub reason: StuckReason,
    /// Post due.
    pub due_at: DateTime<Utc>,
}

/// Why a case is stuck.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum StuckReason {
    /// Nobody has taken it.
    InPool,
    /// Its holder does nothing.
    InHand,
    /// On a slip nobody confirms.
    OnSlip,
    /// On hold.
    OnHold,
    /// Nobody eligible exists 无人可办.
    Nobody,
}

/// `GET /api/dashboards/backlog`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Backlog {
    /// In the pool 待领. What the log does not tell of another hour – status and lateness leave no movement – is
    /// compared with nothing.
    pub ready: u32,
    /// In hand 在手; with those in the pool the cases at posts 在岗.
    pub claimed: u32,
    /// Waiting 等待.
    pub waiting: u32,
    /// On slips 在途.
    pub in_transit: u32,
    /// Past due.
    pub overdue: u32,
    /// Of these waiting or on slips.
    pub overdue_waiting: u32,
    /// Due today: open still.
    pub due_today: u32,
    /// Due today and left the stage already.
    pub due_today_done: u32,
    /// Released today.
    pub released_today: Compared,
    /// Registered today.
    pub registered_today: Compared,
    /// Matrix.
    pub rows: Vec<BacklogRow>,
    /// Today by hour.
    pub today: Vec<FlowPoint>,
    /// The last business day by hour.
    pub before: Vec<FlowPoint>,
    /// Ageing.
    pub ageing: Vec<AgeColumn>,
    /// Stuck cases, longest first, at most 50.
    pub stuck: Vec<Stuck>,
    /// Stuck cases in all.
    pub stuck_count: u32,
    /// Per person: number, open, overdue, finished today.
    pub load: Vec<PersonLoad>,
    /// Imported open cases, shown apart: they enter no figure above.
    pub imported_open: u32,
    /// Names by number.
    #[cfg_attr(feature = "openapi", schema(value_type = std::collections::HashMap<String, String>))]
    pub names: BTreeMap<PersonId, String>,
    /// Time of the data.
    pub as_of: DateTime<Utc>,
}

/// What a person has in hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonLoad {
    /// Who.
    pub person: PersonId,
    /// Posts held.
    pub posts: Vec<Post>,
    /// In hand.
    pub open: u32,
    /// Of these overdue.
    pub overdue: u32,
    /// Steps finished today.
    pub finished: u32,
}

/// A row of the Pareto of error points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ParetoRow {
    /// Error point.
    pub error_point: ErrorPoint,
    /// Findings.
    pub count: u32,
    /// Severity points.
    pub points: u32,
    /// By severity: major, ordinary, minor.
    pub by_severity: [u32; 3],
}

/// A point of a trend.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TrendPoint {
    /// First day of the week.
    pub week: NaiveDate,
    /// The rate.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub rate: Rate,
}

/// A rate of one group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GroupRate<K> {
    /// The group.
    pub key: K,
    /// Its rate.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub rate: Rate,
}

/// A series: sample checks and the recheck census are never added (quality §5).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Series {
    /// Error rate: checked units with at least one finding ÷ checked units.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub error_rate: Rate,
    /// Conformity rate: conforming ÷ (conforming + not); none for the recheck census.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub conformity: Option<Rate>,
    /// By week.
    pub trend: Vec<TrendPoint>,
    /// By post.
    pub posts: Vec<GroupRate<Post>>,
    /// By unit.
    pub units: Vec<GroupRate<UnitId>>,
    /// Pareto of error points.
    pub pareto: Vec<ParetoRow>,
}

/// `GET /api/dashboards/quality`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Quality {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// Spot checks drawn at random; weighted by inclusion probability.
    pub samples: Series,
    /// First rounds of recheck: a census.
    pub recheck: Series,
    /// Conformity per check point, 1–17.
    pub points: Vec<GroupRate<u8>>,
    /// Majors on cases still in the house that bar their release.
    pub barred: u32,
    /// Second checks, hand-picked: counted, in no rate.
    pub outside_rates: u32,
    /// Time of the data.
    pub as_of: DateTime<Utc>,
}
