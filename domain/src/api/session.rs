//! Sign-in and who one is.

use crate::{actor::Person, catalogue::CatalogueVersion, post::Queue, unit::Unit};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// `POST /api/session`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignIn {
    /// Person's number.
    pub person: String,
    /// Password.
    pub password: String,
}

/// Who is signed in, and what the browser needs to apply the rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Session {
    /// The person.
    pub person: Person,
    /// Units in scope, with those above them for the path.
    pub units: Vec<Unit>,
    /// Queues the person may open, in order.
    pub queues: Vec<Queue>,
    /// The catalogue in force.
    pub catalogue: CatalogueVersion,
    /// Names of the people the person meets on screens, by number.
    #[cfg_attr(feature = "openapi", schema(value_type = std::collections::HashMap<String, String>))]
    pub names: BTreeMap<crate::id::PersonId, String>,
    /// The server's time, to show how far the browser's clock is off.
    #[serde(deserialize_with = "crate::time::wire::instant")]
    pub now: DateTime<Utc>,
    /// The session ends at the latest then.
    #[serde(deserialize_with = "crate::time::wire::instant")]
    pub ends_at: DateTime<Utc>,
    /// Idle minutes after which it ends.
    pub idle_minutes: u32,
    /// Seals, in the browser's storage, what this person typed and did not send: 32 bytes, base64. The same at every
    /// sign-in, and nobody else's.
    pub drafts_key: String,
    /// The demo data set is in use.
    pub demo: bool,
    /// What is still to be done before anything else works. Until then units, queues and names are empty and there is no
    /// key for drafts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<Step>,
}

/// What a person who gave the right password has still to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Step {
    /// Give a code of the second factor.
    Code,
    /// Choose a password: the one given was made by an administrator.
    Password,
    /// Set up a second factor: the role asks for one.
    Enrol,
}
