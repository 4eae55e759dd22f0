//! Visits, transits and waits: what the clocks are derived from (process §6).

use crate::{id::UnitId, post::Stage, time::Owner};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A wait inside a visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Wait {
    /// Whose time it is.
    pub owner: Owner,
    /// From.
    pub from: DateTime<Utc>,
    /// To; none while it runs.
    pub to: Option<DateTime<Utc>>,
}

/// A stay at a stage. The first begins when the application was received; it ends with the hand-over or
/// return that another stage confirms, or with the end of the case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Visit {
    /// The stage.
    pub stage: Stage,
    /// The unit that works it: its calendar counts.
    pub unit: UnitId,
    /// From.
    pub from: DateTime<Utc>,
    /// To; none for the present visit.
    pub to: Option<DateTime<Utc>>,
    /// Waits inside it.
    #[serde(default)]
    pub waits: Vec<Wait>,
}

/// Time on a slip between two visits, shown against the receiver.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Transit {
    /// Receiving stage.
    pub to: Stage,
    /// From the hand-over.
    pub from: DateTime<Utc>,
    /// To the receipt.
    pub until: DateTime<Utc>,
}
