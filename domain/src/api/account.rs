//! One's own account: password, second factor, sessions.

use super::session::Session;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Fewest characters of a password.
pub const SHORTEST_PASSWORD: usize = 10;
/// Most bytes of a password: enough for any sentence, too little to keep the server busy.
pub const LONGEST_PASSWORD: usize = 256;

/// `POST /api/password`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangePassword {
    /// The password so far.
    pub current: String,
    /// The new one.
    pub new: String,
}

/// Why a password is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasswordFault {
    /// Fewer than [`SHORTEST_PASSWORD`] characters.
    Short,
    /// More than [`LONGEST_PASSWORD`] bytes.
    Long,
    /// Known to whoever guesses passwords, or easily made up.
    Common,
    /// Holds the person's number.
    OwnNumber,
    /// The password so far.
    Same,
    /// What was given as the password so far is not it.
    Wrong,
}

impl PasswordFault {
    const ALL: [Self; 6] = [Self::Short, Self::Long, Self::Common, Self::OwnNumber, Self::Same, Self::Wrong];

    /// What the problem document says of it, at `/new`, or at `/current` for [`PasswordFault::Wrong`].
    pub const fn detail(self) -> &'static str {
        match self {
            Self::Short => "a password has at least 10 characters",
            Self::Long => "a password has at most 256 bytes",
            Self::Common => "this password is too common",
            Self::OwnNumber => "a password does not hold the person's number",
            Self::Same => "the new password is the one so far",
            Self::Wrong => "the password is wrong",
        }
    }

    /// The fault of that detail.
    pub fn of_detail(detail: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fault| fault.detail() == detail)
    }
}

/// `POST /api/session/code`: a code of the second factor, or a recovery code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GiveCode {
    /// Six digits, or a recovery code; spaces and hyphens do not count.
    pub code: String,
}

/// `POST /api/second-factor` and `POST /api/second-factor/remove`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProveIdentity {
    /// The password: whoever finds an open page does not take the account over. Where setting up a second factor is the
    /// step to do, it was given just now and is not asked for again.
    #[serde(default)]
    pub password: String,
}

/// A second factor offered: to be read by an authenticator and confirmed by a code of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Enrolment {
    /// The key to be typed: base32.
    pub key: String,
    /// `otpauth://totp/…` (Google's key URI format).
    pub uri: String,
    /// The same as a QR code, SVG.
    pub qr: String,
}

/// A second factor is set up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Enrolled {
    /// Recovery codes, shown this once: each stands in for one code of the second factor.
    pub codes: Vec<String>,
    /// The session it goes on in; all others of the person have ended.
    pub session: Session,
}

/// `GET /api/second-factor`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecondFactorState {
    /// The person's role asks for one.
    pub required: bool,
    /// Set up then; none = there is none.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::time::wire::maybe")]
    pub since: Option<DateTime<Utc>>,
    /// Recovery codes not used yet.
    pub recovery_left: u32,
}

/// One of one's own sessions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnSession {
    /// Names it.
    pub id: Uuid,
    /// Browser and system, as the browser says.
    pub device: String,
    /// From which address it was begun.
    pub address: String,
    /// Since when.
    #[serde(deserialize_with = "crate::time::wire::instant")]
    pub since: DateTime<Utc>,
    /// The last request.
    #[serde(deserialize_with = "crate::time::wire::instant")]
    pub seen: DateTime<Utc>,
    /// This very one.
    pub current: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browser_knows_a_fault_by_its_words() {
        for fault in PasswordFault::ALL {
            assert_eq!(PasswordFault::of_detail(fault.detail()), Some(fault));
        }
        assert!(PasswordFault::Short.detail().contains(&SHORTEST_PASSWORD.to_string()));
        assert!(PasswordFault::Long.detail().contains(&LONGEST_PASSWORD.to_string()));
    }
}
