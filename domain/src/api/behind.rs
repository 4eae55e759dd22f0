//! The cases behind a figure of the backlog dashboard: exactly those that the figure counts.

use crate::{
    case::work_item::WorkStatus,
    id::{CaseId, ItemCode, PersonId, UnitId},
    post::{Post, Stage},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Counted {
    /// Open cases.
    #[default]
    Open,
    /// Open cases without an event for too long.
    Stuck,
    /// Steps finished today that were due before the day ends.
    DueDone,
    /// Steps finished today, by a person where one is named.
    Finished,
    /// Cases registered today.
    Registered,
    /// Cases released today.
    Released,
}

impl Counted {
    /// All in order.
    pub const ALL: [Self; 6] =
        [Self::Open, Self::Stuck, Self::DueDone, Self::Finished, Self::Registered, Self::Released];

    /// The wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Stuck => "stuck",
            Self::DueDone => "due_done",
            Self::Finished => "finished",
            Self::Registered => "registered",
            Self::Released => "released",
        }
    }
}

/// How open cases stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Standing {
    /// 在岗: in the pool or in hand.
    AtPost,
    /// 等待
    Waiting,
    /// 在途: on a slip.
    InTransit,
    /// 在手: claimed or waiting, so somebody's.
    Held,
}

impl Standing {
    /// All in order.
    pub const ALL: [Self; 4] = [Self::AtPost, Self::Waiting, Self::InTransit, Self::Held];

    /// The wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AtPost => "at_post",
            Self::Waiting => "waiting",
            Self::InTransit => "in_transit",
            Self::Held => "held",
        }
    }

    /// Whether a case of that status stands so.
    pub const fn has(self, status: WorkStatus) -> bool {
        match (self, status) {
            (Self::AtPost, WorkStatus::Ready | WorkStatus::Claimed)
            | (Self::Waiting, WorkStatus::Waiting)
            | (Self::InTransit, WorkStatus::HandedOver)
            | (Self::Held, WorkStatus::Claimed | WorkStatus::Waiting) => true,
            (Self::AtPost, WorkStatus::Waiting | WorkStatus::HandedOver)
            | (Self::Waiting, WorkStatus::Ready | WorkStatus::Claimed | WorkStatus::HandedOver)
            | (Self::InTransit, WorkStatus::Ready | WorkStatus::Claimed | WorkStatus::Waiting)
            | (Self::Held, WorkStatus::Ready | WorkStatus::HandedOver) => false,
        }
    }
}

/// Which open cases by their time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Late {
    /// 已逾期
    Overdue,
    /// 今日到期: due before the day ends, not overdue.
    Today,
}

impl Late {
    /// Both in order.
    pub const ALL: [Self; 2] = [Self::Overdue, Self::Today];

    /// The wire name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::Today => "today",
        }
    }
}

/// Query of `GET /api/dashboards/backlog/cases`: the extent of the page, and which of its figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
pub struct BehindQuery {
    /// One unit with all below it; none = the whole scope.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// One post.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub post: Option<Post>,
    /// What is counted.
    pub counted: Counted,
    /// Of the open ones, those that stand so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standing: Option<Standing>,
    /// Of the open ones, those of this time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub late: Option<Late>,
    /// Of the open ones, those of a row: accepted by this unit or one below it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<UnitId>,
    /// The row is of its unit alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alone: Option<bool>,
    /// Of the open ones, those at a stage.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage: Option<Stage>,
    /// Those in the hands of a person, or finished by one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// Of the open ones, those of this age since receipt or more, business minutes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<i64>,
    /// Of the open ones, those younger than this, business minutes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<i64>,
}

/// A case behind a figure; where steps are counted, one of its steps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BehindRow {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// Items.
    pub items: Vec<ItemCode>,
    /// The stage it stands at, or of the step that is counted.
    pub stage: Stage,
    /// Accepting unit.
    pub accepting: UnitId,
    /// Working unit.
    pub unit: UnitId,
    /// Its status; none where it is counted for what was done.
    pub status: Option<WorkStatus>,
    /// Its holder, its giver while on a slip, or who did what is counted.
    pub person: Option<PersonId>,
    /// Age since receipt, business minutes; none where it is counted for what was done.
    pub age: Option<i64>,
    /// When it is due at its post or promised to be done, whichever is earlier, or when it was done.
    pub at: DateTime<Utc>,
    /// Overdue.
    pub overdue: bool,
}

/// `GET /api/dashboards/backlog/cases`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Behind {
    /// The rows, what is due first coming first; what was done, last first.
    pub rows: Vec<BehindRow>,
    /// Names by number.
    #[cfg_attr(feature = "openapi", schema(value_type = std::collections::HashMap<String, String>))]
    pub names: BTreeMap<PersonId, String>,
    /// Time of the data.
    pub as_of: DateTime<Utc>,
}
