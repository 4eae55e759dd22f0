//! Search: by POST, so that no name and no number stands in an address or a log.

use std::collections::{BTreeSet, HashSet};
use std::net::IpAddr;

use axum::Json;
use axum::extract::State;
use chrono::{Datelike as _, TimeDelta};
use domain::api::Problem;
use domain::api::audit::AuditKind;
use domain::api::case::{Found, SHORTEST_EXACT, Search};
use domain::id::CaseId;
use domain::limits;
use domain::secret::{SecretKind, canonical, normalise};
use domain::time::local_date;
use store::{AccessRecord, FOUND, SEARCH};

use crate::audit::Entry;
use crate::auth::session::SignedIn;
use crate::error::{Error, Result};
use crate::extract;
use crate::middleware::address::Client;
use crate::state::App;

/// Most cases found.
const MOST: u32 = 50;
/// Within this time exact searches are counted.
const HOUR: TimeDelta = TimeDelta::hours(1);
/// Most units a short number is looked for in.
const UNITS: usize = 64;

/// Finds cases by number, policy or name; by identity number, telephone or account exactly where that is
/// asked for.
#[utoipa::path(post, path = "/api/search", tag = "search", request_body = Search, responses(
    (status = 200, description = "Cases in scope, newest first", body = Vec<Found>),
    (status = 422, description = "Nothing, or too much, to look for", body = Problem),
    (status = 429, description = "Too many exact searches within an hour", body = Problem),
))]
pub async fn search(
    State(app): State<App>,
    who: SignedIn,
    Client(address): Client,
    body: extract::Json<Search>,
) -> Result<Json<Vec<Found>>> {
    let text = body.value.text.trim();
    if text.is_empty() || text.chars().count() > limits::SEARCH {
        return Err(Error::invalid("/text", format!("1 to {} characters", limits::SEARCH)));
    }
    if body.value.exact {
        return exactly(&app, &who, address, text).await.map(Json);
    }
    let scope = &who.person.scope;
    let mut found = app.store().search(text, scope, MOST).await?;
    if is_short_number(text) {
        let year = local_date(app.source().now()).year_ce().1 % 100;
        for unit in scope.iter().take(UNITS) {
            found.extend(app.store().search(&format!("{unit}-{year:02}{text}"), scope, MOST).await?);
        }
    }
    let mut seen = HashSet::new();
    found.retain(|case| seen.insert(case.id));
    found.truncate(MOST as usize);
    Ok(Json(found))
}

/// Finds cases by a whole personal value. Counted, recorded and limited by person: whoever knows most of a masked number
/// must not find the rest by trying.
async fn exactly(app: &App, who: &SignedIn, address: IpAddr, text: &str) -> Result<Vec<Found>> {
    if normalise(text).chars().count() < SHORTEST_EXACT {
        return Err(Error::invalid("/text", format!("at least {SHORTEST_EXACT} characters")));
    }
    let counted = record(app, who, address).await;
    if matches!(counted, Err(Error::TooMany { .. })) {
        let entry = Entry::new(app.source(), AuditKind::ExactSearchRefused).by(&who.person);
        app.audit(entry.from(address)).await;
    }
    counted?;
    // As it is typed, and as a telephone with country code or an account with hyphens is kept.
    let forms = [text.to_owned(), canonical(SecretKind::Phone, text), canonical(SecretKind::Account, text)];
    let digests: BTreeSet<String> = forms.iter().map(|form| app.vault().digest(form)).collect();
    let mut found: Vec<Found> = Vec::new();
    for digest in &digests {
        for case in app.store().search_digest(digest, &who.person.scope, MOST).await? {
            if found.iter().all(|one| one.id != case.id) {
                found.push(case);
            }
        }
    }
    let (person, now) = (who.person.id.clone(), app.source().now());
    let cases: Vec<CaseId> = found.iter().map(|case| case.id).collect();
    app.write(move |tx| {
        let (person, cases) = (person.clone(), cases.clone());
        Box::pin(async move {
            for case in cases {
                let purpose = FOUND.to_owned();
                let record = AccessRecord { at: now, person: person.clone(), case: Some(case), purpose };
                tx.record_access(&record).await?;
            }
            Ok(())
        })
    })
    .await?;
    Ok(found)
}

/// Counts and records an exact search before it is made.
///
/// # Errors
/// `TooMany` where the person has made as many within the hour as the setting allows.
async fn record(app: &App, who: &SignedIn, address: IpAddr) -> Result<()> {
    let most = app.config().exact_searches_per_hour as usize;
    let entry = Entry::new(app.source(), AuditKind::ExactSearch).by(&who.person).from(address);
    let (person, now) = (who.person.id.clone(), app.source().now());
    app.write(move |tx| {
        let (person, entry) = (person.clone(), entry.clone());
        Box::pin(async move {
            let made = tx.exact_searches(&person, now - HOUR).await?;
            if made.len() >= most {
                let free = made.get(made.len() - most).map_or(now + HOUR, |at| *at + HOUR);
                let seconds = ((free - now).num_milliseconds() + 999) / 1_000;
                let retry_after = u32::try_from(seconds.max(1)).unwrap_or(u32::MAX);
                return Err(Error::TooMany { retry_after }.into());
            }
            let record = AccessRecord { at: now, person, case: None, purpose: SEARCH.to_owned() };
            tx.record_access(&record).await?;
            Ok(tx.audit(entry.row()).await?)
        })
    })
    .await
}

/// A number as lists of one unit and year show it: `0318-0417`.
fn is_short_number(text: &str) -> bool {
    text.split_once('-').is_some_and(|(day, sequence)| {
        let digits = |part: &str| part.len() >= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
        day.len() == 4 && digits(day) && digits(sequence)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_numbers_are_day_and_sequence() {
        assert!(is_short_number("0318-0417"));
        assert!(is_short_number("0318-12345"));
        assert!(!is_short_number("SH-260318-0417"));
        assert!(!is_short_number("0318-"));
        assert!(!is_short_number("张三"));
    }
}
