//! The second factor: offered, confirmed by a code, asked for at sign-in, taken away; recovery codes.

use domain::api::account::{Enrolment, SecondFactorState};
use domain::api::audit::AuditKind;
use domain::api::session::Step;
use domain::id::PersonId;
use store::{SecondFactor, Session, Tx};
use uuid::Uuid;

use super::session::{self, SignedIn, Visitor, go_on};
use super::throttle::{Names, Place};
use super::token::Token;
use super::{change, totp};
use crate::audit::Entry;
use crate::carry::TxResult;
use crate::error::{Error, Result};
use crate::middleware::address::counted;
use crate::source::Source;
use crate::state::App;

/// Recovery codes given at once.
const RECOVERY: usize = 10;

/// What a refused code is told, at `/code`.
const WRONG_CODE: &str = "the code is wrong, or was used";

/// How it stands.
pub async fn state(app: &App, who: &SignedIn) -> Result<SecondFactorState> {
    let id = &who.person.id;
    let since = app.store().second_factor(id).await?.and_then(|factor| factor.confirmed_at);
    let recovery_left = if since.is_some() { app.store().recovery_left(id).await? } else { 0 };
    Ok(SecondFactorState { required: required(app, who), since, recovery_left })
}

fn required(app: &App, who: &SignedIn) -> bool {
    app.config().second_factor.contains(&who.person.role)
}

/// Offers a second factor. It is asked for once a code of it was given; until then one set up before stands.
///
/// # Errors
/// `Invalid` where the password is wrong; it is not asked for where this is the step to be done.
pub async fn offer(app: &App, who: &SignedIn, visitor: &Visitor, password: String) -> Result<Enrolment> {
    if who.step != Some(Step::Enrol) {
        change::prove(app, who, visitor, password, "/password").await?;
    }
    let secret: [u8; totp::SECRET] = app.source().bytes();
    let id = who.person.id.clone();
    let uri = totp::uri(&id, &secret);
    let enrolment = Enrolment { key: totp::key(&secret), qr: totp::qr(&uri).map_err(Error::internal)?, uri };
    let sealed = app.vault().seal_factor(&id, &secret);
    app.write(move |tx| {
        let (id, sealed) = (id.clone(), sealed.clone());
        Box::pin(async move {
            let kept = tx.second_factor(&id).await?.unwrap_or_default();
            Ok(tx.put_second_factor(&id, &SecondFactor { offered: Some(sealed), ..kept }).await?)
        })
    })
    .await?;
    Ok(enrolment)
}

/// Sets up the second factor offered last by a code of it; gives recovery codes. Every session of the person ends; the
/// one it was done in goes on under a new token.
///
/// # Errors
/// `Invalid` where the code is wrong, or nothing was offered.
pub async fn confirm(
    app: &App,
    who: &SignedIn,
    visitor: &Visitor,
    code: &str,
) -> Result<(Vec<String>, SignedIn, Token)> {
    let codes: Vec<String> = (0..RECOVERY).map(|_| recovery_code(app.source())).collect();
    let digests: Vec<[u8; 32]> =
        codes.iter().map(|code| app.vault().recovery_digest(&who.person.id, &plain(code))).collect();
    let entry = entry(app, who, visitor, AuditKind::SecondFactorSet);
    let (server, person, given, old) = (app.clone(), who.person.clone(), plain(code), who.token);
    let (who, token) = accept(app, who, visitor, move |tx, session| {
        let (app, person, given) = (server.clone(), person.clone(), given.clone());
        let (digests, entry) = (digests.clone(), entry.clone());
        Box::pin(async move {
            let factor = tx.second_factor(&person.id).await?.unwrap_or_default();
            let offered = factor.offered.ok_or_else(wrong)?;
            let secret = app.vault().open_factor(&person.id, &offered).map_err(Error::internal)?;
            let now = app.source().now();
            let step = totp::step_of(&secret, &given, now).ok_or_else(wrong)?;
            let factor = SecondFactor {
                secret: Some(offered),
                confirmed_at: Some(now),
                last_step: step,
                offered: None,
            };
            go_on(tx, &old).await?;
            tx.put_second_factor(&person.id, &factor).await?;
            tx.put_recovery_codes(&person.id, &digests).await?;
            tx.end_sessions_of(&person.id).await?;
            tx.begin_session(&session).await?;
            tx.audit(entry.row()).await?;
            Ok(tx.notice(&session::ended(now, Uuid::nil(), &person.unit)).await?)
        })
    })
    .await?;
    Ok((codes, who, token))
}

/// Gives the code a sign-in waits for: of the authenticator, or a recovery code. The session goes on under a new token.
///
/// # Errors
/// `Invalid` where it is neither, or was used.
pub async fn give(app: &App, who: &SignedIn, visitor: &Visitor, code: &str) -> Result<(SignedIn, Token)> {
    if who.step != Some(Step::Code) {
        return Err(Error::NotAllowed);
    }
    let recovered = entry(app, who, visitor, AuditKind::RecoveryCodeUsed);
    let (server, id, given, old) = (app.clone(), who.person.id.clone(), plain(code), who.token);
    accept(app, who, visitor, move |tx, session| {
        let (app, id, given) = (server.clone(), id.clone(), given.clone());
        let recovered = recovered.clone();
        Box::pin(async move {
            let sealed = tx.second_factor(&id).await?.and_then(|factor| factor.secret).ok_or_else(wrong)?;
            let secret = app.vault().open_factor(&id, &sealed).map_err(Error::internal)?;
            let now = app.source().now();
            let by_code = match totp::step_of(&secret, &given, now) {
                Some(step) => tx.take_step(&id, step).await?,
                None => false,
            };
            if !by_code {
                let digest = app.vault().recovery_digest(&id, &given);
                if !tx.take_recovery_code(&id, &digest, now).await? {
                    return Err(wrong().into());
                }
                tx.audit(recovered.row()).await?;
            }
            go_on(tx, &old).await?;
            Ok(tx.begin_session(&session).await?)
        })
    })
    .await
}

/// Takes the second factor away.
///
/// # Errors
/// `NotAllowed` where the person's role asks for one; `Invalid` where the password is wrong.
pub async fn remove(app: &App, who: &SignedIn, visitor: &Visitor, password: String) -> Result<()> {
    if required(app, who) {
        return Err(Error::NotAllowed);
    }
    change::prove(app, who, visitor, password, "/password").await?;
    let (id, entry) = (who.person.id.clone(), entry(app, who, visitor, AuditKind::SecondFactorRemoved));
    app.write(move |tx| {
        let (id, entry) = (id.clone(), entry.clone());
        Box::pin(async move {
            if tx.remove_second_factor(&id).await? {
                tx.audit(entry.row()).await?;
            }
            Ok(())
        })
    })
    .await
}

/// Carries out what a right code allows, counting wrong ones apart from wrong passwords: whoever guesses here has the
/// password already.
async fn accept<F>(app: &App, who: &SignedIn, visitor: &Visitor, act: F) -> Result<(SignedIn, Token)>
where
    F: for<'t> Fn(&'t mut dyn Tx, Session) -> store::BoxFuture<'t, TxResult<()>>
        + Clone
        + Send
        + Sync
        + 'static,
{
    let id = &who.person.id;
    let codes = PersonId(format!("code {id}"));
    let names = Names::of(app.vault(), &codes, &Place::Address(counted(visitor.address)));
    session::count(app, names.clone()).await?;
    let begun = session::fresh(app, visitor, id, true);
    let session = begun.0.clone();
    let done = app
        .write(move |tx| {
            let (names, session, act) = (names.clone(), session.clone(), act.clone());
            Box::pin(async move {
                act(tx, session).await?;
                session::forgive(tx, &names).await
            })
        })
        .await;
    if let Err(Error::Invalid(_)) = done {
        app.metrics().sign_in("refused");
        app.audit(entry(app, who, visitor, AuditKind::CodeRefused)).await;
    }
    done?;
    session::found(app, begun).await
}

fn entry(app: &App, who: &SignedIn, visitor: &Visitor, kind: AuditKind) -> Entry {
    let entry = Entry::new(app.source(), kind).by(&who.person).about(&who.person.id, &who.person.unit);
    entry.from(visitor.address).on(visitor.device.clone())
}

fn wrong() -> Error {
    Error::invalid("/code", WRONG_CODE)
}

/// A code as it is compared: full-width digits are digits, case, spaces and hyphens do not count.
fn plain(code: &str) -> String {
    domain::secret::normalise(code).chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase()
}

/// A recovery code: sixty bits in letters and digits that nobody mistakes for others.
fn recovery_code(source: &Source) -> String {
    const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz23456789z";
    let bytes: [u8; 12] = source.bytes();
    let letter = |byte: &u8| char::from(LETTERS[usize::from(byte % 32)]);
    let groups: Vec<String> = bytes.chunks(4).map(|chunk| chunk.iter().map(letter).collect()).collect();
    groups.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_compared_as_people_type_them() {
        assert_eq!(plain(" １２３ 456"), "123456");
        assert_eq!(plain("ABCD-efgh-2345"), "abcdefgh2345");
        let code = recovery_code(&Source::system());
        assert_eq!(code.len(), 14);
        assert_eq!(plain(&code.to_uppercase()), plain(&code));
        assert_ne!(code, recovery_code(&Source::system()));
    }
}
