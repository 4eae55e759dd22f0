//! What intake writes down 收件登记 (process §4, R9).

mod faults;

pub use faults::faults;

use crate::{
    catalogue::{Application, Capacity, Channel, MaterialForm},
    id::{ItemCode, MaterialKind, UnitId},
    policy::PolicyFacts,
    secret::Secret,
    value::{DocumentKind, IdentityDocument},
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
    /// Kind of the identity document shown.
    #[serde(default = "resident_id")]
    pub kind: DocumentKind,
    /// Its number.
    pub identity: Secret,
    /// Last day of its validity; none = long-term 长期.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<NaiveDate>,
    /// An authority letter was handed in.
    pub authority: bool,
}

impl Agent {
    /// The identity document shown.
    pub fn document(&self) -> IdentityDocument {
        IdentityDocument { kind: self.kind, number: self.identity.clone(), expires: self.expires }
    }
}

/// What the document of an acting person was before its kind was written down.
const fn resident_id() -> DocumentKind {
    DocumentKind::ResidentId
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
    /// The identity document the applicant showed, where its number was written down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<IdentityDocument>,
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
    #[serde(deserialize_with = "crate::time::wire::millis")]
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

fn same_document(a: &IdentityDocument, b: &IdentityDocument) -> bool {
    a.kind == b.kind && a.expires == b.expires && a.number.same(&b.number) == Some(true)
}

/// What `AmendRegistration` may change: facts, applicant, channel, agent, application date; and items it adds.
/// Papers, counts, items there already, their numbers and the moment of receipt are not in it (process §2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Amendment {
    /// The policy as the rules need it.
    pub policy: PolicyFacts,
    /// Unit that manages the policy 管理机构.
    pub managing: UnitId,
    /// Applicant's name.
    pub applicant: String,
    /// Applicant's mobile.
    pub mobile: Secret,
    /// The identity document the applicant showed, where its number was written down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<IdentityDocument>,
    /// In which capacity the applicant asks.
    pub capacity: Capacity,
    /// How the application came in.
    pub channel: Channel,
    /// Who acts for the applicant, if anyone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<Agent>,
    /// Date on the application.
    pub applied_on: NaiveDate,
    /// Items asked for beside those there.
    #[serde(default)]
    pub add: Vec<ItemCode>,
    /// Failing lines the registrar has acknowledged one by one.
    #[serde(default)]
    pub acknowledged: Vec<Shortfall>,
}

impl Amendment {
    /// What leaves a registration as it is.
    pub fn of(registration: &Registration) -> Self {
        let Registration {
            policy,
            managing,
            applicant,
            mobile,
            document,
            capacity,
            channel,
            agent,
            applied_on,
            ..
        } = registration.clone();
        let acknowledged = registration.acknowledged.clone();
        Self {
            policy,
            managing,
            applicant,
            mobile,
            document,
            capacity,
            channel,
            agent,
            applied_on,
            add: vec![],
            acknowledged,
        }
    }

    /// A registration with these changes; its papers, its items and its moment of receipt as they were.
    pub fn on(&self, registration: &Registration) -> Registration {
        let Self {
            policy,
            managing,
            applicant,
            mobile,
            document,
            capacity,
            channel,
            agent,
            applied_on,
            add,
            acknowledged,
        } = self.clone();
        let Registration { received_at, mut items, materials, .. } = registration.clone();
        items.extend(add.into_iter().filter(|code| !registration.items.contains(code)));
        Registration {
            policy,
            managing,
            applicant,
            mobile,
            document,
            capacity,
            channel,
            agent,
            applied_on,
            received_at,
            items,
            materials,
            acknowledged,
        }
    }
}

impl Registration {
    /// Whether another registration has the same applicant with the same document, in the same capacity, and the same
    /// agent.
    pub fn same_applicant(&self, other: &Self) -> bool {
        let same_agent = match (&self.agent, &other.agent) {
            (None, None) => true,
            (Some(a), Some(b)) => {
                a.name == b.name && a.authority == b.authority && same_document(&a.document(), &b.document())
            }
            (None, Some(_)) | (Some(_), None) => false,
        };
        let same_shown = match (&self.document, &other.document) {
            (None, None) => true,
            (Some(a), Some(b)) => same_document(a, b),
            (None, Some(_)) | (Some(_), None) => false,
        };
        self.applicant == other.applicant && self.capacity == other.capacity && same_shown && same_agent
    }

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
