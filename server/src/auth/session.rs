//! Sessions: begun at sign-in, looked up on every request, ended by leaving, by time, or by being shut out.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use chrono::TimeDelta;
use domain::actor::Person;
use domain::api::session::SignIn;
use domain::id::PersonId;
use domain::time::Timestamp;
use secrecy::SecretString;
use store::{Session, Throttle};

use super::throttle::{self, Counted};
use super::token::Token;
use crate::error::{Error, Result};
use crate::state::App;

/// A request is noted at most so often: every one would be a write.
const NOTE_EVERY: TimeDelta = TimeDelta::seconds(60);

/// Requests the browser makes by itself carry this header and do not keep a session alive.
const UNATTENDED: &str = "x-plumbline-unattended";

/// Who is signed in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The person as the rules see one today.
    pub person: Arc<Person>,
    /// SHA-256 of the session's token.
    pub token: [u8; 32],
    /// The session ends then at the latest.
    pub ends_at: Timestamp,
}

/// Put beside the request by the permit; a handler that asks for it behind an endpoint open to everyone is
/// answered 401.
impl<S: Send + Sync> FromRequestParts<S> for SignedIn {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self> {
        parts.extensions.get::<Self>().cloned().ok_or(Error::NotSignedIn)
    }
}

/// The session of a request.
pub async fn of(app: &App, headers: &HeaderMap) -> Result<SignedIn> {
    let token = Token::of(headers, app.cookie()).ok_or(Error::NotSignedIn)?.hash();
    let now = app.source().now();
    let session = live(app, &token, now).await?;
    if now - session.seen_at >= NOTE_EVERY && !headers.contains_key(UNATTENDED) {
        app.write(move |tx| Box::pin(async move { Ok(tx.touch_session(&token, now).await?) })).await?;
    }
    let person = app.directory().person(&session.person).cloned().ok_or(Error::NotSignedIn)?;
    Ok(SignedIn { person, token, ends_at: session.ends_at })
}

/// Whether a session still runs, without keeping it alive: what a stream of notices asks from time to time.
pub async fn still_runs(app: &App, token: &[u8; 32]) -> Result<bool> {
    match live(app, token, app.source().now()).await {
        Ok(_) => Ok(true),
        Err(Error::NotSignedIn) => Ok(false),
        Err(error) => Err(error),
    }
}

async fn live(app: &App, token: &[u8; 32], now: Timestamp) -> Result<Session> {
    let session = app.store().session(token).await?.ok_or(Error::NotSignedIn)?;
    let idle = TimeDelta::minutes(i64::from(app.config().idle_minutes));
    if now >= session.ends_at || now - session.seen_at >= idle {
        return Err(Error::NotSignedIn);
    }
    Ok(session)
}

/// Signs a person in and gives the token of the new session.
///
/// Unknown numbers, wrong passwords and people shut out are answered alike and take as long. A try is counted before
/// the password is looked at and forgiven when it fits, so that many tries at once are no way around the wait.
pub async fn begin(app: &App, address: IpAddr, sign_in: SignIn) -> Result<(SignedIn, Token)> {
    let now = app.source().now();
    let id = PersonId(sign_in.person.trim().to_uppercase());
    let keys = [(Counted::Pair, format!("{id} {address}")), (Counted::Address, address.to_string())];
    count(app, keys.clone(), now).await?;
    let record = app.store().person(&id).await?.filter(|record| !record.disabled);
    let stored = record.as_ref().and_then(|record| record.password.clone());
    let password = SecretString::from(sign_in.password);
    let fits = app.passwords().verify(password, stored).await.map_err(Error::internal)?;
    let Some(person) = app.directory().person(&id).filter(|_| fits).cloned() else {
        app.metrics().sign_in("refused");
        // What was typed is not logged: it may be a password in the wrong box.
        tracing::info!(%address, known = record.is_some(), "sign-in refused");
        return Err(Error::WrongCredentials);
    };
    let token = Token::new(app.source());
    let hours = TimeDelta::hours(i64::from(app.config().session_hours));
    let session =
        Session { token: token.hash(), person: id, created_at: now, seen_at: now, ends_at: now + hours };
    let signed_in = SignedIn { person, token: session.token, ends_at: session.ends_at };
    app.write(move |tx| {
        let (session, [(_, pair), (_, address)]) = (session.clone(), keys.clone());
        Box::pin(async move {
            tx.begin_session(&session).await?;
            tx.clear_throttle(&pair).await?;
            if let Some(known) = tx.throttle(&address).await? {
                let failures = known.failures.saturating_sub(1);
                tx.put_throttle(&address, &Throttle { failures, ..known }).await?;
            }
            Ok(())
        })
    })
    .await?;
    app.metrics().sign_in("done");
    tracing::info!(person = %signed_in.person.id, %address, "signed in");
    Ok((signed_in, token))
}

/// Ends a session.
pub async fn end(app: &App, session: &SignedIn) -> Result<()> {
    let token = session.token;
    app.write(move |tx| Box::pin(async move { Ok(tx.end_session(&token).await?) })).await?;
    tracing::info!(person = %session.person.id, "signed out");
    Ok(())
}

/// Counts a try for the account from that address and for the address; refuses one that comes too early.
async fn count(app: &App, keys: [(Counted, String); 2], now: Timestamp) -> Result<()> {
    let counted = app
        .write(move |tx| {
            let keys = keys.clone();
            Box::pin(async move {
                let mut counts = Vec::with_capacity(keys.len());
                for (counted, key) in keys {
                    let known =
                        tx.throttle(&key).await?.filter(|known| now - known.last_at < throttle::FORGET);
                    let failures = known.as_ref().map_or(0, |known| known.failures);
                    let last_at = known.map_or(now, |known| known.last_at);
                    if let Some(retry_after) = throttle::wait(counted, failures, last_at, now) {
                        return Err(Error::TooMany { retry_after }.into());
                    }
                    counts.push((key, failures.saturating_add(1)));
                }
                for (key, failures) in counts {
                    tx.put_throttle(&key, &Throttle { failures, last_at: now, wait_until: None }).await?;
                }
                Ok(())
            })
        })
        .await;
    if matches!(counted, Err(Error::TooMany { .. })) {
        app.metrics().sign_in("throttled");
    }
    counted
}
