//! Sessions: begun at sign-in, looked up on every request, ended by leaving, by time, by their person elsewhere, or by
//! being shut out.

use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use chrono::TimeDelta;
use domain::actor::Person;
use domain::api::audit::AuditKind;
use domain::api::session::{SignIn, Step};
use domain::id::{PersonId, UnitId};
use domain::time::{Timestamp, local_date};
use secrecy::SecretString;
use store::{FeedEntry, OpenSession, Session, Tx};
use uuid::Uuid;

use super::device::device;
use super::known::KnownBrowser;
use super::step::{self, Factor};
use super::throttle::{self, Names, Place};
use super::token::Token;
use crate::audit::Entry;
use crate::carry::TxResult;
use crate::error::{Error, Result};
use crate::middleware::address::{client, counted};
use crate::state::App;

/// A request is noted at most so often: every one would be a write.
const NOTE_EVERY: TimeDelta = TimeDelta::seconds(60);

/// How long a request waits until it is noted.
const NOTED: Duration = Duration::from_millis(250);

/// Requests the browser makes by itself carry this header and do not keep a session alive.
const UNATTENDED: &str = "x-plumbline-unattended";

/// How long a session lives in which a step is still to be done.
const UNFINISHED: TimeDelta = TimeDelta::minutes(15);

/// Who is signed in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The person as the rules see one today.
    pub person: Arc<Person>,
    /// SHA-256 of the session's token.
    pub token: [u8; 32],
    /// Names the session.
    pub session: Uuid,
    /// The session ends then at the latest.
    pub ends_at: Timestamp,
    /// What is still to be done before anything else works.
    pub step: Option<Step>,
}

/// Put beside the request by the permit; a handler that asks for it behind an endpoint open to everyone is
/// answered 401.
impl<S: Send + Sync> FromRequestParts<S> for SignedIn {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self> {
        parts.extensions.get::<Self>().cloned().ok_or(Error::NotSignedIn)
    }
}

/// Where a request comes from.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// The client's address.
    pub address: IpAddr,
    /// Browser and system in words.
    pub device: String,
    /// SHA-256 of the token the browser still has, whether or not its session runs.
    pub token: Option<[u8; 32]>,
    /// The browser itself, where somebody has signed in with it before.
    pub browser: Option<KnownBrowser>,
}

impl FromRequestParts<App> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        Ok(Self {
            address: client(&parts.headers, &parts.extensions, &app.config().trusted_proxies),
            device: device(&parts.headers),
            token: Token::of(&parts.headers, app.cookie()).map(|token| token.hash()),
            browser: KnownBrowser::of(&parts.headers, app.cookie()),
        })
    }
}

/// The session of a request.
pub async fn of(app: &App, headers: &HeaderMap) -> Result<SignedIn> {
    let token = Token::of(headers, app.cookie()).ok_or(Error::NotSignedIn)?.hash();
    let now = app.source().store_now();
    let open = live(app, &token, now).await?;
    if now - open.session.seen_at >= NOTE_EVERY && !headers.contains_key(UNATTENDED) {
        touch(app, &open.session, now).await?;
    }
    signed_in(app, open)
}

/// Notes a request of a session. Whoever only reads does not wait for a store that takes no writes: the next request
/// is noted instead.
async fn touch(app: &App, session: &Session, now: Timestamp) -> Result<()> {
    let (token, person) = (session.token, session.person.clone());
    let noted = app.write_by_store_time(move |tx| {
        let person = person.clone();
        Box::pin(async move {
            tx.touch_session(&token, now).await?;
            Ok(tx.note_presence(&person, local_date(now)).await?)
        })
    });
    match tokio::time::timeout(NOTED, noted).await {
        Ok(Err(Error::Unavailable(cause))) => tracing::debug!(cause, "a request was not noted"),
        Ok(noted) => drop(noted?),
        Err(_) => tracing::debug!("a request was not noted in time"),
    }
    Ok(())
}

/// The session of a token, without keeping it alive: what a stream of notices asks when something may have ended it.
pub async fn running(app: &App, token: &[u8; 32]) -> Result<Option<SignedIn>> {
    match live(app, token, app.source().store_now()).await.and_then(|open| signed_in(app, open)) {
        Ok(who) => Ok(who.step.is_none().then_some(who)),
        Err(Error::NotSignedIn) => Ok(None),
        Err(error) => Err(error),
    }
}

fn signed_in(app: &App, open: OpenSession) -> Result<SignedIn> {
    let person = app.directory().person(&open.session.person).cloned().ok_or(Error::NotSignedIn)?;
    let factor = Factor::of(&open, app.config().second_factor.contains(&person.role));
    let OpenSession { session, must_change, .. } = open;
    Ok(SignedIn {
        step: step::next(must_change, factor),
        person,
        token: session.token,
        session: session.id,
        ends_at: session.ends_at,
    })
}

async fn live(app: &App, token: &[u8; 32], now: Timestamp) -> Result<OpenSession> {
    let open = app.store().session(token).await?.ok_or(Error::NotSignedIn)?;
    if runs(app, &open.session, now) { Ok(open) } else { Err(Error::NotSignedIn) }
}

/// Whether a session has ended neither at its latest nor by idle time.
pub fn runs(app: &App, session: &Session, now: Timestamp) -> bool {
    let idle = TimeDelta::minutes(i64::from(app.config().idle_minutes));
    now < session.ends_at && now - session.seen_at < idle
}

/// Where the tries of a person's password by a visitor are counted.
pub(super) fn names(app: &App, visitor: &Visitor, id: &PersonId, stored: Option<&str>) -> Names {
    Names::of(app.vault(), id, &place(app, visitor, id, stored))
}

/// From where a visitor tries an account whose password has that stored hash.
pub(super) fn place(app: &App, visitor: &Visitor, id: &PersonId, stored: Option<&str>) -> Place {
    match &visitor.browser {
        Some(browser) if browser.knows(app.vault(), id, stored) => Place::KnownBrowser(browser.id()),
        _ => Place::Address(counted(visitor.address)),
    }
}

/// Signs a person in and gives the token of the new session and what the browser is to remember; the session this browser
/// had ends.
///
/// Unknown numbers, wrong passwords and people shut out are answered alike and take as long. A try is counted before
/// the password is looked at and forgiven when it fits, so that many tries at once are no way around the wait.
pub async fn begin(app: &App, visitor: &Visitor, sign_in: SignIn) -> Result<(SignedIn, Token, KnownBrowser)> {
    let address = visitor.address;
    let id = PersonId::typed(&sign_in.person);
    let known = app.store().person(&id).await?;
    let record = known.as_ref().filter(|record| !record.disabled);
    let stored = record.and_then(|record| record.password.clone());
    let names = names(app, visitor, &id, stored.as_deref());
    count(app, names.clone()).await?;
    let hash = stored.clone().unwrap_or_default();
    let password = SecretString::from(sign_in.password);
    let fits = app.passwords().verify(password, stored).await.map_err(Error::internal)?;
    let Some(person) = app.directory().person(&id).filter(|_| fits).cloned() else {
        app.metrics().sign_in("refused");
        // What was typed is not kept: it may be a password in the wrong box. A number that somebody bears is.
        tracing::info!(%address, known = record.is_some(), "sign-in refused");
        let entry = Entry::new(app.source(), AuditKind::SignInRefused).from(address);
        app.audit(match &known {
            Some(record) => entry.about(&record.id, &record.unit),
            None => entry,
        })
        .await;
        return Err(Error::WrongCredentials);
    };
    let browser = visitor.browser.clone().unwrap_or_else(|| KnownBrowser::new(app.source()));
    let browser = browser.with(app.vault(), &id, &hash);
    let begun = fresh(app, visitor, &id, false);
    let entry = Entry::new(app.source(), AuditKind::SignedIn).by(&person).from(address);
    let entry = entry.on(visitor.device.clone());
    let (session, old) = (begun.0.clone(), visitor.token);
    app.write_by_store_time(move |tx| {
        let (session, names, entry) = (session.clone(), names.clone(), entry.clone());
        Box::pin(async move {
            // A browser has one session: that of whoever signed in last.
            if let Some(old) = old {
                tx.end_session(&old).await?;
            }
            tx.begin_session(&session).await?;
            tx.note_presence(&session.person, local_date(session.created_at)).await?;
            forgive(tx, &names).await?;
            Ok(tx.audit(entry.row()).await?)
        })
    })
    .await?;
    app.metrics().sign_in("done");
    tracing::info!(person = %id, %address, "signed in");
    let (who, token) = found(app, begun).await?;
    Ok((who, token, browser))
}

/// A new session of a person with its token; not begun yet.
pub(super) fn fresh(app: &App, visitor: &Visitor, person: &PersonId, verified: bool) -> (Session, Token) {
    let (now, token) = (app.source().store_now(), Token::new(app.source()));
    let session = Session {
        token: token.hash(),
        id: app.source().id(),
        person: person.clone(),
        created_at: now,
        seen_at: now,
        ends_at: now + TimeDelta::hours(i64::from(app.config().session_hours)),
        address: visitor.address.to_string(),
        device: visitor.device.clone(),
        verified,
    };
    (session, token)
}

/// Ends the session that goes on under a new token.
///
/// # Errors
/// `NotSignedIn` where it has ended meanwhile: whoever was shut out just now does not come back by it.
pub(super) async fn go_on(tx: &mut dyn Tx, old: &[u8; 32]) -> TxResult<()> {
    if tx.end_session(old).await? { Ok(()) } else { Err(Error::NotSignedIn.into()) }
}

/// Who is signed in by a session that was just begun. One with a step still to do is cut short.
pub(super) async fn found(app: &App, (session, token): (Session, Token)) -> Result<(SignedIn, Token)> {
    let open = app.store().session(&session.token).await?.ok_or(Error::NotSignedIn)?;
    let mut who = signed_in(app, open)?;
    if who.step.is_some() {
        who.ends_at = who.ends_at.min(session.created_at + UNFINISHED);
        let (token, ends_at) = (session.token, who.ends_at);
        app.write_by_store_time(move |tx| {
            Box::pin(async move { Ok(tx.shorten_session(&token, ends_at).await?) })
        })
        .await?;
    }
    Ok((who, token))
}

/// Signs out: ends the session everywhere at once.
pub async fn end(app: &App, who: &SignedIn) -> Result<()> {
    match end_own(app, who, who.session, None).await {
        // Another window was quicker.
        Ok(()) | Err(Error::NotFound) => {}
        Err(error) => return Err(error),
    }
    tracing::info!(person = %who.person.id, "signed out");
    Ok(())
}

/// Ends one of a person's own sessions, here or elsewhere; its streams end with it.
///
/// # Errors
/// `NotFound` where the person has no such session.
pub async fn end_elsewhere(app: &App, who: &SignedIn, id: Uuid, address: IpAddr) -> Result<()> {
    let entry = Entry::new(app.source(), AuditKind::SessionEnded).by(&who.person).from(address);
    end_own(app, who, id, Some(entry.on(id.to_string()))).await
}

async fn end_own(app: &App, who: &SignedIn, id: Uuid, entry: Option<Entry>) -> Result<()> {
    let (server, person) = (app.clone(), who.person.clone());
    app.write_by_store_time(move |tx| {
        let (app, person, entry) = (server.clone(), person.clone(), entry.clone());
        Box::pin(async move {
            if !tx.end_session_of(&person.id, id).await? {
                return Err(Error::NotFound.into());
            }
            if let Some(entry) = entry {
                tx.audit(entry.row()).await?;
            }
            Ok(tx.notice(&ended(app.source().store_now(), id, &person.unit)).await?)
        })
    })
    .await
}

/// Tells every server that a session ended, so that its streams do; the nil id says that it may be any.
pub(super) fn ended(at: Timestamp, session: Uuid, unit: &UnitId) -> FeedEntry {
    FeedEntry {
        seq: 0,
        at,
        aggregate: "session".to_owned(),
        id: session,
        version: 1,
        queues: Vec::new(),
        unit: unit.clone(),
        accepting: unit.clone(),
    }
}

/// Counts a try; refuses one that comes too early, which counts for nothing.
pub(super) async fn count(app: &App, names: Names) -> Result<()> {
    let now = app.source().store_now();
    let counted = app
        .write_by_store_time(move |tx| {
            let names = names.clone();
            Box::pin(async move {
                let place = tx.throttle(&names.place).await?;
                let account = match &names.account {
                    Some(name) => tx.throttle(name).await?,
                    None => None,
                };
                if let Some(retry_after) = throttle::wait(place.as_ref(), account.as_ref(), now) {
                    return Err(Error::TooMany { retry_after }.into());
                }
                tx.put_throttle(&names.place, &throttle::one_more(place.as_ref(), now)).await?;
                if let Some(name) = &names.account {
                    tx.put_throttle(name, &throttle::one_more(account.as_ref(), now)).await?;
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

/// Forgives the try that was right: at its place all of them, of the account from everywhere this one.
pub(super) async fn forgive(tx: &mut dyn Tx, names: &Names) -> TxResult<()> {
    tx.clear_throttle(&names.place).await?;
    if let Some(account) = &names.account
        && let Some(mut known) = tx.throttle(account).await?
    {
        known.failures = known.failures.saturating_sub(1);
        tx.put_throttle(account, &known).await?;
    }
    Ok(())
}
