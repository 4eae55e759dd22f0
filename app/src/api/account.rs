//! One's own account: password, second factor, sessions; the audit record.
//!
//! Sent once and never again by itself: a password or code given twice would be counted twice. Nor does it wait for a
//! new sign-in, which some of this is a part of.

use super::transport::{Ask, Verb, send};
use super::{Failure, Load, Tag};
use domain::api::account::{
    ChangePassword, Enrolled, Enrolment, GiveCode, OwnSession, ProveIdentity, SecondFactorState,
};
use domain::api::audit::{AuditPage, AuditQuery};
use domain::api::session::Session;
use serde::Serialize;
use uuid::Uuid;

const FACTOR: &str = "/api/second-factor";
const SESSIONS: &str = "/api/sessions";

async fn post(url: &str, body: &impl Serialize) -> Result<super::transport::Answer, Failure> {
    let body = serde_json::to_string(body).map_err(|_| Failure::Network)?;
    let ask = Ask { method: Verb::Post, url: url.to_owned(), key: None, version: None, body: Some(body) };
    send(&ask).await
}

/// Changes one's own password; every other session ends.
pub async fn change_password(current: String, new: String) -> Result<Session, Failure> {
    post("/api/password", &ChangePassword { current, new }).await?.json()
}

/// Gives the code a sign-in waits for.
pub async fn give_code(code: String) -> Result<Session, Failure> {
    post("/api/session/code", &GiveCode { code }).await?.json()
}

/// Has a second factor offered; the password is not asked for where this is the step to be done.
pub async fn offer_factor(password: String) -> Result<Enrolment, Failure> {
    post(FACTOR, &ProveIdentity { password }).await?.json()
}

/// Sets up the second factor offered last.
pub async fn confirm_factor(code: String) -> Result<Enrolled, Failure> {
    post(&format!("{FACTOR}/confirm"), &GiveCode { code }).await?.json()
}

/// Takes the second factor away.
pub async fn remove_factor(password: String) -> Result<(), Failure> {
    post(&format!("{FACTOR}/remove"), &ProveIdentity { password }).await.map(|_| ())
}

/// How the second factor stands.
pub fn factor() -> Load<SecondFactorState> {
    Load::new(FACTOR, [Tag::Session])
}

/// One's own sessions.
pub fn sessions() -> Load<Vec<OwnSession>> {
    Load::new(SESSIONS, [Tag::Session])
}

/// Ends one of one's own sessions.
pub async fn end_session(id: Uuid) -> Result<(), Failure> {
    let url = format!("{SESSIONS}/{id}");
    let ask = Ask { method: Verb::Delete, url, key: None, version: None, body: None };
    send(&ask).await.map(|_| ())
}

/// A page of the audit record.
pub fn audit(query: &AuditQuery) -> Load<AuditPage> {
    Load::with("/api/audit", query, [Tag::Session])
}
