//! A failed request in words: the refusal where the server named one, general words else.
//!
//! What the first download words are general words alone: refusals speak of everything a case can be.

use super::refusal::word;
use super::wording::Wording;
use super::{Locale, Localised, Messages};
use crate::api::Failure;
use domain::api::Slug;
use domain::case::Case;
use domain::id::PersonId;
use domain::time::Timestamp;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use std::collections::BTreeMap;

messages! {
    /// Problems with words of their own.
    pub struct Failures {
        in_progress: "同一操作正在办理", "The same act is under way";
        key_reused: "同一操作的内容变了，重新提交", "The same act was sent with other content; submit again";
        timeout: "服务器太忙，未执行完", "The server took too long";
    }
}

/// A failure in words.
pub fn word_failure(failure: &Failure, wording: &Wording, case: Option<&Case>, now: Timestamp) -> String {
    if let Some(refusal) = failure.refusal() {
        return word(&refusal, wording, case, now);
    }
    word_generally(failure, wording.locale)
}

/// A failure in words, for those who know nothing of cases: the words of refusals are fetched where there is one, and
/// where they do not come it is worded generally.
pub async fn word_from_afar(
    failure: &Failure,
    locale: Locale,
    names: BTreeMap<PersonId, String>,
    now: Timestamp,
) -> String {
    if failure.refused()
        && let Ok(words) = word_refused(failure.clone(), locale, names, now).await
    {
        return words;
    }
    word_generally(failure, locale)
}

#[wasm_split(cases, wasm_split_path = leptos::wasm_split, fallible)]
fn word_refused(
    failure: Failure,
    locale: Locale,
    names: BTreeMap<PersonId, String>,
    now: Timestamp,
) -> Result<String, SplitLoaderError> {
    Ok(word_failure(&failure, &Wording { locale, names: &names, catalogue: None }, None, now))
}

/// A failure in words that know nothing of cases.
pub fn word_generally(failure: &Failure, locale: Locale) -> String {
    let t = Failures::in_locale(locale);
    match failure.slug() {
        Some(Slug::InProgress) => t.in_progress.to_owned(),
        Some(Slug::KeyReused) => t.key_reused.to_owned(),
        Some(Slug::Timeout) => t.timeout.to_owned(),
        _ => {
            let (status, retry_after, request) = failure.status();
            Messages::in_locale(locale).problem.of_status(status, retry_after, request)
        }
    }
}
