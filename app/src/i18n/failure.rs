//! A failed request in words: the refusal where the server named one, general words else.

use super::refusal::word;
use super::wording::Wording;
use crate::api::Failure;
use domain::api::Slug;
use domain::case::Case;
use domain::time::Timestamp;

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
        return word(refusal, wording, case, now);
    }
    let t = <Failures as super::Localised>::in_locale(wording.locale);
    match failure.slug() {
        Some(Slug::InProgress) => t.in_progress.to_owned(),
        Some(Slug::KeyReused) => t.key_reused.to_owned(),
        Some(Slug::Timeout) => t.timeout.to_owned(),
        _ => {
            let (status, retry_after, request) = failure.status();
            wording.messages().problem.of_status(status, retry_after, request)
        }
    }
}
