//! What intake writes down 收件登记 (process §4, R9).

use crate::{
    catalogue::{Application, Capacity, Channel, MaterialForm},
    id::{ItemCode, MaterialKind, UnitId},
    policy::PolicyFacts,
    secret::Secret,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// A document handed in 资料.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Material {
    /// Its kind in the catalogue.
    pub kind: MaterialKind,
    /// Original or copy.
    pub form: MaterialForm,
    /// How many.
    pub copies: u16,
    /// Pages in all: what the next post counts again.
    pub pages: u16,
    /// The original goes back to the customer.
    #[serde(default)]
    pub return_to_customer: bool,
}

/// The person who acts for the customer 代办人.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Agent {
    /// Full name.
    pub name: String,
    /// Identity number.
    pub identity: Secret,
    /// An authority letter was handed in.
    pub authority: bool,
}

/// A registered application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Registration {
    /// The policy as the rules need it.
    pub policy: PolicyFacts,
    /// Unit that manages the policy 管理机构.
    pub managing: UnitId,
    /// Applicant's name.
    pub applicant: String,
    /// Applicant's mobile.
    pub mobile: Secret,
    /// In which capacity the applicant asks.
    pub capacity: Capacity,
    /// How the application came in.
    pub channel: Channel,
    /// Who acts for the applicant, if anyone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<Agent>,
    /// Date on the application.
    pub applied_on: NaiveDate,
    /// When it reached the company: the whole cycle runs from here (F070).
    pub received_at: DateTime<Utc>,
    /// What is asked for, in the order of the application.
    pub items: Vec<ItemCode>,
    /// What was handed in.
    pub materials: Vec<Material>,
    /// Failing lines the registrar has acknowledged one by one; without them a failing line refuses.
    #[serde(default)]
    pub acknowledged: Vec<Shortfall>,
}

/// A line on which a registration falls short, shown with its dates and acknowledged by the registrar. The
/// case is registered with it, and `CompleteReview` refuses until it is mended.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Shortfall {
    /// An E01 rule of an item fails 不符规定. The rule's stable name.
    Inadmissible {
        /// Item.
        item: ItemCode,
        /// Stable name of the rule.
        rule: String,
    },
    /// A required document is missing 缺件.
    Missing {
        /// Its kind.
        material: MaterialKind,
    },
}

impl Registration {
    /// What the rules on dates and persons need of it.
    pub fn application(&self) -> Application {
        Application {
            applied_on: self.applied_on,
            received_at: self.received_at,
            capacity: self.capacity,
            by_agent: self.agent.is_some(),
            agent_has_authority: self.agent.as_ref().is_some_and(|agent| agent.authority),
            channel: self.channel,
        }
    }
}
