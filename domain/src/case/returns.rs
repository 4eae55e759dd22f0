//! Why a case goes back: grounds of a return (process §1, quality §3).

use crate::{
    id::FieldKey,
    post::Stage,
    quality::points::{Cause, ErrorPoint, Severity},
};
use serde::{Deserialize, Serialize};

/// Cause of a return that is nobody's fault here. In no rate; listed for the lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum NoFault {
    /// The customer.
    Customer,
    /// The core system.
    Core,
    /// Another department.
    OtherDepartment,
    /// A new fact.
    NewFact,
    /// A proposal to decline was refused, or some of its items were declined.
    Proposal,
}

/// One ground of a return.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Ground {
    /// A result was wrong 差错.
    Finding {
        /// E01–E14.
        error_point: ErrorPoint,
        /// How bad.
        severity: Severity,
        /// Why it happened.
        cause: Cause,
        /// The field, where one field is wrong.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        field: Option<FieldKey>,
    },
    /// A check point was not met, without a wrong result 合规差错.
    Nonconformity {
        /// Number of the check point, 1–17.
        check_point: u8,
        /// Why it happened.
        cause: Cause,
    },
    /// Nobody's fault.
    NoFault(NoFault),
}

impl Ground {
    /// Whether the ground counts as somebody's fault.
    pub const fn is_fault(&self) -> bool {
        !matches!(self, Self::NoFault(_))
    }
}

/// A return under way or received: where to, what for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Return {
    /// The stage it goes back to.
    pub to: Stage,
    /// The stage it came from.
    pub from: Stage,
    /// Items concerned, by number.
    pub items: Vec<u8>,
    /// The grounds.
    pub grounds: Vec<Ground>,
    /// In words.
    pub reason: String,
}
