//! Sending: waits for a new sign-in, tries again with the same key, tells the connection mark.

use super::key::new_key;
use super::load::{Kept, Plain};
use super::transport::{Answer, Ask, Verb, send};
use super::{Failure, Load};
use crate::state::connection::Connection;
use crate::state::session::SessionState;
use crate::state::timer::pause;
use domain::api::Slug;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::HashMap;
use std::sync::Arc;

/// How long after its answer the same command, asked again, is the second press of a hasty hand and not a wish for the
/// same once more, in milliseconds: it carries the same key, so that the server answers what it answered before.
const TWICE: i32 = 2_000;

/// Pauses before the tries of a command that was not answered, in milliseconds; together about half a minute.
const PAUSES: [i32; 5] = [500, 1_000, 3_000, 8_000, 15_000];

/// The way to the server. A handle: copies are the same way.
#[derive(Debug, Clone, Copy)]
pub struct Api {
    session: SessionState,
    connection: Connection,
    /// Keys of commands not acknowledged yet, by what they ask: the same command asked again, by hand or by
    /// itself, carries the same key.
    keys: StoredValue<HashMap<String, String>>,
}

impl Api {
    /// A way to the server for this session.
    pub fn new(session: SessionState, connection: Connection) -> Self {
        Self { session, connection, keys: StoredValue::new(HashMap::new()) }
    }

    /// Reads.
    pub async fn get<T: Send + Sync + 'static>(self, get: &Load<T>) -> Result<Arc<T>, Failure> {
        let kept = self.fetch(&get.plain).await?;
        Ok(kept.downcast().expect("a read gives what it is of"))
    }

    /// Reads a value of whichever type.
    pub async fn fetch(self, get: &Plain) -> Result<Kept, Failure> {
        let ask = Ask { method: Verb::Get, url: get.url.clone(), key: None, version: None, body: None };
        (get.parse)(&self.ask(&ask).await?)
    }

    /// Asks without changing anything: a search or a preview that needs a body.
    pub(super) async fn look<T: DeserializeOwned>(
        self,
        url: &str,
        body: &impl Serialize,
    ) -> Result<T, Failure> {
        let ask =
            Ask { method: Verb::Post, url: url.to_owned(), key: None, version: None, body: Some(json(body)) };
        self.ask(&ask).await?.json()
    }

    /// Sends a command and tries again with the same key while the network is away.
    pub(super) async fn command(
        self,
        url: &str,
        version: Option<u64>,
        body: &impl Serialize,
    ) -> Result<Answer, Failure> {
        let body = json(body);
        let what = format!("{url}\n{}\n{body}", version.unwrap_or_default());
        let key = self.keys.with_value(|keys| keys.get(&what).cloned()).unwrap_or_else(new_key);
        self.keys.update_value(|keys| {
            keys.insert(what.clone(), key.clone());
        });
        let ask = Ask { method: Verb::Post, url: url.to_owned(), key: Some(key), version, body: Some(body) };
        self.connection.begin();
        let mut answer = self.ask(&ask).await;
        for wait in PAUSES {
            match &answer {
                Err(failure) if failure.may_pass() => pause(wait).await,
                _ => break,
            }
            answer = self.ask(&ask).await;
        }
        self.connection.end();
        match &answer {
            Ok(_) => spawn_local(async move {
                pause(TWICE).await;
                self.settled(&what);
            }),
            Err(failure) if failure.may_pass() => {}
            Err(_) => self.settled(&what),
        }
        answer
    }

    fn settled(self, what: &str) {
        self.keys.update_value(|keys| {
            keys.remove(what);
        });
    }

    /// Sends once, and again after a new sign-in where the session had ended.
    pub(super) async fn ask(self, ask: &Ask) -> Result<Answer, Failure> {
        loop {
            let answer = send(ask).await;
            self.connection.heard(!matches!(answer, Err(Failure::Network)));
            match &answer {
                // A step that came up under the work, a second factor asked for since, is done by signing in again.
                Err(failure)
                    if matches!(failure.slug(), Some(Slug::NotSignedIn | Slug::SignInUnfinished))
                        && self.session.is_signed_in() =>
                {
                    self.session.ended();
                    if !self.session.wait().await {
                        return Err(Failure::SignedOut);
                    }
                }
                _ => {
                    if answer.is_ok() {
                        self.session.touched();
                    }
                    return answer;
                }
            }
        }
    }
}

fn json(body: &impl Serialize) -> String {
    // Our own wire types have string keys and no failing serialisers.
    serde_json::to_string(body).unwrap_or_default()
}

/// The way to the server of the calling owner.
pub fn use_api() -> Api {
    expect_context::<Api>()
}
