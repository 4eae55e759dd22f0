//! Who acts: persons with posts, scope and grants; the system; other systems.

use crate::{
    catalogue::ItemClass,
    id::{ItemCode, PersonId, UnitId},
    money::Money,
    post::Post,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What a person is in the department, beside the posts held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Role {
    /// Works at the posts held.
    Clerk,
    /// Leads a post: assigns, transfers, sets priority, approves within the grant.
    Lead,
    /// Manages a unit: sees its dashboards, approves within the grant.
    Manager,
    /// 质检员: draws and does sample checks; holds no post.
    Inspector,
    /// System administrator: people, posts, catalogues.
    SystemAdmin,
    /// Security administrator: grants, sessions.
    SecurityAdmin,
    /// Audit administrator: reads the logs.
    AuditAdmin,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 7] = [
        Self::Clerk,
        Self::Lead,
        Self::Manager,
        Self::Inspector,
        Self::SystemAdmin,
        Self::SecurityAdmin,
        Self::AuditAdmin,
    ];

    /// The wire and database name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Clerk => "clerk",
            Self::Lead => "lead",
            Self::Manager => "manager",
            Self::Inspector => "inspector",
            Self::SystemAdmin => "system_admin",
            Self::SecurityAdmin => "security_admin",
            Self::AuditAdmin => "audit_admin",
        }
    }

    /// The role of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == name)
    }

    /// Whether the role may hold posts. Inspection and administration exclude work on cases: an inspector checks
    /// what others did, an administrator sees no case (process §3, separation).
    pub const fn works(self) -> bool {
        matches!(self, Self::Clerk | Self::Lead | Self::Manager)
    }

    /// Whether the role sees cases and hears of them: administration sees none (process §3, separation).
    pub const fn sees_cases(self) -> bool {
        self.works() || matches!(self, Self::Inspector)
    }

    /// Whether the role leads people: assigning, priorities, approvals, other people's holdings.
    pub const fn leads(self) -> bool {
        matches!(self, Self::Lead | Self::Manager)
    }
}

/// Up to which amount a person may decide, for one class of items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Limit {
    /// Up to and including this amount.
    UpTo(Money),
    /// Any amount.
    Unlimited,
}

impl Limit {
    /// Whether the amount is within the limit.
    pub fn covers(self, amount: Money) -> bool {
        match self {
            Self::UpTo(limit) => amount.minor <= limit.minor,
            Self::Unlimited => true,
        }
    }
}

/// What a person may decide (process §5): sets are united over the grants held, of numeric limits the
/// highest counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Grants {
    /// Level A–F as shown; the limits below are what counts.
    pub level: String,
    /// Items that may be worked; none = all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub items: Option<BTreeSet<ItemCode>>,
    /// Amount per item class; a class without a limit counts as zero.
    #[serde(default)]
    pub amounts: BTreeMap<ItemClass, Limit>,
    /// Application dates may lie this many natural days back.
    #[serde(default)]
    pub back_date_days: u16,
    /// Fees may deviate from the computed line by this much without approval.
    #[serde(default)]
    pub fee_deviation: Money,
}

impl Grants {
    /// The limit for a class of items.
    pub fn limit(&self, class: ItemClass) -> Limit {
        self.amounts.get(&class).copied().unwrap_or(Limit::UpTo(Money::ZERO))
    }

    /// Whether the item may be worked at all.
    pub fn covers_item(&self, item: &ItemCode) -> bool {
        self.items.as_ref().is_none_or(|items| items.contains(item))
    }
}

/// A person as the rules see one today: posts held or deputised, scope already expanded to unit ids.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Person {
    /// Number.
    pub id: PersonId,
    /// Name.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Home unit.
    pub unit: UnitId,
    /// Posts held or deputised today.
    pub posts: BTreeSet<Post>,
    /// Units in scope, subtrees expanded.
    pub scope: BTreeSet<UnitId>,
    /// What the person may decide.
    pub grants: Grants,
}

impl Person {
    /// Whether the person holds the post today.
    pub fn holds(&self, post: Post) -> bool {
        self.posts.contains(&post)
    }

    /// Whether any of these units is in the person's scope.
    pub fn sees<'u>(&self, units: impl IntoIterator<Item = &'u UnitId>) -> bool {
        units.into_iter().any(|unit| self.scope.contains(unit))
    }
}

/// Who sends a command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// A person.
    Person(Person),
    /// Plumbline itself: lease expiry, end of holds.
    System,
    /// Another system, by the name of its key.
    Integration(String),
}

impl Actor {
    /// The person, if it is one.
    pub fn person(&self) -> Option<&Person> {
        match self {
            Self::Person(person) => Some(person),
            Self::System | Self::Integration(_) => None,
        }
    }
}

/// Who did it, as an event keeps it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum By {
    /// A person.
    Person(PersonId),
    /// Plumbline itself.
    System,
    /// Another system.
    Integration(String),
}

impl By {
    /// The person, if it was one.
    pub fn person(&self) -> Option<&PersonId> {
        match self {
            Self::Person(id) => Some(id),
            Self::System | Self::Integration(_) => None,
        }
    }
}

impl From<&Actor> for By {
    fn from(actor: &Actor) -> Self {
        match actor {
            Actor::Person(person) => Self::Person(person.id.clone()),
            Actor::System => Self::System,
            Actor::Integration(name) => Self::Integration(name.clone()),
        }
    }
}
