//! Signing in and out.

use super::transport::{Ask, Verb, send};
use super::{Api, Failure, Load, Tag};
use domain::api::session::{Session, SignIn};
use std::sync::Arc;

const URL: &str = "/api/session";

/// Who is signed in.
pub fn current() -> Load<Session> {
    Load::new(URL, [Tag::Session])
}

/// Who is signed in, if anybody is: the first question of a page.
pub async fn who() -> Result<Option<Session>, Failure> {
    let ask = Ask { method: Verb::Get, url: "/api/visitor".to_owned(), key: None, version: None, body: None };
    let answer = send(&ask).await?;
    if answer.status == 204 { Ok(None) } else { answer.json().map(Some) }
}

/// Whether the server answers at all.
pub async fn reached() -> bool {
    !matches!(who().await, Err(Failure::Network))
}

/// Signs in.
pub async fn sign_in(person: &str, password: &str) -> Result<Session, Failure> {
    let body = SignIn { person: person.to_owned(), password: password.to_owned() };
    let body = serde_json::to_string(&body).map_err(|_| Failure::Network)?;
    let ask = Ask { method: Verb::Post, url: URL.to_owned(), key: None, version: None, body: Some(body) };
    send(&ask).await?.json()
}

impl Api {
    /// Signs out.
    pub async fn sign_out(self) -> Result<(), Failure> {
        let ask = Ask { method: Verb::Delete, url: URL.to_owned(), key: None, version: None, body: None };
        send(&ask).await.map(|_| ())
    }

    /// Tells the server that the person is still there.
    pub async fn renew(self) -> Result<Arc<Session>, Failure> {
        self.get(&current()).await
    }
}
