//! Changing one's own password.

use domain::api::account::{ChangePassword, PasswordFault};
use domain::api::audit::AuditKind;
use secrecy::SecretString;
use uuid::Uuid;

use super::password::acceptable;
use super::session::{self, SignedIn, Visitor};
use super::token::Token;
use crate::audit::Entry;
use crate::error::{Error, Result};
use crate::state::App;

/// Whether this is the person's password; counted, slowed and written down like a sign-in.
///
/// # Errors
/// `Invalid` at the pointer where it is not.
pub(super) async fn prove(
    app: &App,
    who: &SignedIn,
    visitor: &Visitor,
    password: String,
    pointer: &str,
) -> Result<()> {
    let id = &who.person.id;
    let stored = app.store().person(id).await?.and_then(|record| record.password);
    let names = session::names(app, visitor, id, stored.as_deref());
    session::count(app, names.clone()).await?;
    let password = SecretString::from(password);
    if !app.passwords().verify(password, stored).await.map_err(Error::internal)? {
        let entry = Entry::new(app.source(), AuditKind::SignInRefused).by(&who.person);
        let entry = entry.about(id, &who.person.unit).from(visitor.address);
        app.audit(entry.on(visitor.device.clone())).await;
        return Err(Error::invalid(pointer, PasswordFault::Wrong.detail()));
    }
    app.write_by_store_time(move |tx| {
        let names = names.clone();
        Box::pin(async move { session::forgive(tx, &names).await })
    })
    .await
}

/// Changes the password. Every session of the person ends; the one it was changed in goes on under a new token.
pub async fn change(
    app: &App,
    who: &SignedIn,
    visitor: &Visitor,
    change: ChangePassword,
) -> Result<(SignedIn, Token)> {
    let id = &who.person.id;
    let fault = |fault: PasswordFault| Error::invalid("/new", fault.detail());
    acceptable(id.as_str(), &change.new).map_err(fault)?;
    let same = change.current == change.new;
    prove(app, who, visitor, change.current, "/current").await?;
    if same {
        return Err(fault(PasswordFault::Same));
    }
    let hash = app.passwords().hash(SecretString::from(change.new)).await.map_err(Error::internal)?;
    // A session that needs no code any more had one, or its person has no second factor.
    let begun = session::fresh(app, visitor, id, true);
    let entry = Entry::new(app.source(), AuditKind::PasswordChanged).by(&who.person);
    let entry = entry.about(id, &who.person.unit).from(visitor.address);
    let (server, person, session) = (app.clone(), who.person.clone(), begun.0.clone());
    let old = who.token;
    app.write(move |tx| {
        let (app, person, session) = (server.clone(), person.clone(), session.clone());
        let (hash, entry) = (hash.clone(), entry.clone());
        Box::pin(async move {
            if !tx.set_password(&person.id, &hash, false).await? {
                return Err(Error::NotSignedIn.into());
            }
            session::go_on(tx, &old).await?;
            tx.end_sessions_of(&person.id).await?;
            tx.begin_session(&session).await?;
            tx.audit(entry.row()).await?;
            Ok(tx.notice(&session::ended(app.source().now(), Uuid::nil(), &person.unit)).await?)
        })
    })
    .await?;
    tracing::info!(person = %id, "password changed");
    session::found(app, begun).await
}
