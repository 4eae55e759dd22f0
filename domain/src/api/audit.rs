//! The audit record: what happened to sign-ins, people and personal values, for the audit administrator alone.

use crate::id::{PersonId, UnitId};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum AuditKind {
    /// Somebody signed in.
    SignedIn,
    /// A sign-in was refused: number or password wrong, or the person is shut out.
    SignInRefused,
    /// A code of the second factor was refused.
    CodeRefused,
    /// A person ended a session of their own.
    SessionEnded,
    /// A person changed their own password.
    PasswordChanged,
    /// A person set up, or replaced, their second factor.
    SecondFactorSet,
    /// A person removed their second factor.
    SecondFactorRemoved,
    /// A recovery code stood in for the second factor.
    RecoveryCodeUsed,
    /// A person was added at the command line.
    PersonAdded,
    /// A person was shut out at the command line.
    PersonDisabled,
    /// A person was given a first password at the command line.
    PasswordGiven,
    /// A person's second factor was taken away at the command line.
    SecondFactorReset,
    /// Somebody asked for what does not exist in their scope.
    NotFound,
    /// Somebody asked for what their role may not use.
    NotAllowed,
    /// Somebody searched by an exact personal value.
    ExactSearch,
    /// An exact search was refused: too many within an hour.
    ExactSearchRefused,
    /// Somebody opened a case with its full personal values.
    ValuesOpened,
}

impl AuditKind {
    /// All kinds, in the order they are offered.
    pub const ALL: [Self; 17] = [
        Self::SignedIn,
        Self::SignInRefused,
        Self::CodeRefused,
        Self::SessionEnded,
        Self::PasswordChanged,
        Self::SecondFactorSet,
        Self::SecondFactorRemoved,
        Self::RecoveryCodeUsed,
        Self::PersonAdded,
        Self::PersonDisabled,
        Self::PasswordGiven,
        Self::SecondFactorReset,
        Self::NotFound,
        Self::NotAllowed,
        Self::ExactSearch,
        Self::ExactSearchRefused,
        Self::ValuesOpened,
    ];

    /// The wire and database name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SignedIn => "signed_in",
            Self::SignInRefused => "sign_in_refused",
            Self::CodeRefused => "code_refused",
            Self::SessionEnded => "session_ended",
            Self::PasswordChanged => "password_changed",
            Self::SecondFactorSet => "second_factor_set",
            Self::SecondFactorRemoved => "second_factor_removed",
            Self::RecoveryCodeUsed => "recovery_code_used",
            Self::PersonAdded => "person_added",
            Self::PersonDisabled => "person_disabled",
            Self::PasswordGiven => "password_given",
            Self::SecondFactorReset => "second_factor_reset",
            Self::NotFound => "not_found",
            Self::NotAllowed => "not_allowed",
            Self::ExactSearch => "exact_search",
            Self::ExactSearchRefused => "exact_search_refused",
            Self::ValuesOpened => "values_opened",
        }
    }

    /// The kind of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// One entry. Nothing in it is a personal value of a customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditRow {
    /// Names the entry; in the order of time.
    pub id: Uuid,
    /// When.
    #[serde(deserialize_with = "crate::time::wire::instant")]
    pub at: DateTime<Utc>,
    /// What happened.
    pub kind: AuditKind,
    /// Who did it; none = at the command line, or nobody signed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<PersonId>,
    /// Whom it is about, where that is somebody of the department.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// The home unit of whoever it is about, else of who did it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// From which address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// What it was done to: an address of the API, a case, a device. Never what was typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
}

/// `GET /api/audit`
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
pub struct AuditQuery {
    /// Only what this person did, or what was done to them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// Only this kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<AuditKind>,
    /// From this day on, of the department's zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// Up to and including this day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<NaiveDate>,
    /// Older than this entry: `next` of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Uuid>,
}

/// A page of the audit record, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditPage {
    /// The entries.
    pub items: Vec<AuditRow>,
    /// Names of the people in them, by number.
    #[cfg_attr(feature = "openapi", schema(value_type = std::collections::HashMap<String, String>))]
    pub names: BTreeMap<PersonId, String>,
    /// When it was read.
    #[serde(deserialize_with = "crate::time::wire::instant")]
    pub as_of: DateTime<Utc>,
    /// Asks for the page after this one; none where this is the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Uuid>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_name_on_the_wire() {
        for kind in AuditKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
            assert_eq!(AuditKind::parse(kind.as_str()), Some(kind));
        }
    }
}
