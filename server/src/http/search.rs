//! Search: by POST, so that no name and no number stands in an address or a log.

use std::collections::HashSet;

use axum::Json;
use axum::extract::State;
use chrono::Datelike as _;
use domain::api::Problem;
use domain::api::case::{Found, Search};
use domain::secret::normalise;
use domain::time::local_date;

use crate::auth::session::SignedIn;
use crate::error::{Error, Result};
use crate::extract;
use crate::state::App;

/// Most cases found.
const MOST: u32 = 50;
/// Longest text.
const LONGEST: usize = 100;
/// Fewest characters of a personal value: a telephone number has eight.
const PERSONAL: usize = 8;
/// Most units a short number is looked for in.
const UNITS: usize = 64;

/// Finds cases by number, policy or name; by identity number, telephone or account exactly.
#[utoipa::path(post, path = "/api/search", tag = "search", request_body = Search, responses(
    (status = 200, description = "Cases in scope, newest first", body = Vec<Found>),
    (status = 422, description = "Nothing, or too much, to look for", body = Problem),
))]
pub async fn search(
    State(app): State<App>,
    who: SignedIn,
    body: extract::Json<Search>,
) -> Result<Json<Vec<Found>>> {
    let text = body.value.text.trim();
    if text.is_empty() || text.chars().count() > LONGEST {
        return Err(Error::invalid("/text", format!("1 to {LONGEST} characters")));
    }
    let scope = &who.person.scope;
    let mut found = app.store().search(text, scope, MOST).await?;
    if is_short_number(text) {
        let year = local_date(app.source().now()).year_ce().1 % 100;
        for unit in scope.iter().take(UNITS) {
            found.extend(app.store().search(&format!("{unit}-{year:02}{text}"), scope, MOST).await?);
        }
    }
    if normalise(text).chars().count() >= PERSONAL {
        let digest = app.vault().digest(text);
        found.extend(app.store().search_digest(&digest, scope, MOST).await?);
    }
    let mut seen = HashSet::new();
    found.retain(|case| seen.insert(case.id));
    found.truncate(MOST as usize);
    Ok(Json(found))
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
