//! A read as a value: where, of what type, and by what it is made stale.

use super::Failure;
use super::transport::Answer;
use domain::id::{CaseId, CheckId, SlipId};
use domain::post::Queue;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::any::Any;
use std::marker::PhantomData;
use std::sync::Arc;

/// What a read depends on: a change of it makes the read stale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tag {
    /// Who is signed in.
    Session,
    /// Counts of all queues.
    Counts,
    /// The rows of a queue.
    Queue(Queue),
    /// A case.
    Case(CaseId),
    /// The lists of slips.
    Slips,
    /// A slip.
    Slip(SlipId),
    /// The list of checks.
    Checks,
    /// A check.
    Check(CheckId),
    /// The dashboards.
    Dashboards,
    /// Nothing changes it.
    Immutable,
}

/// A value of whichever type a read has. What keeps and fetches values does not know their types, so that it is
/// compiled, and downloaded, once and not for every type.
pub type Kept = Arc<dyn Any + Send + Sync>;

/// A read without its type.
#[derive(Debug, Clone)]
pub struct Plain {
    /// Where.
    pub url: String,
    /// What makes it stale.
    pub tags: Vec<Tag>,
    /// By what the value is made.
    pub parse: fn(&Answer) -> Result<Kept, Failure>,
}

impl PartialEq for Plain {
    fn eq(&self, other: &Self) -> bool {
        self.url == other.url
    }
}

/// A read of a `T`.
#[derive(Debug)]
pub struct Load<T> {
    pub(crate) plain: Plain,
    of: PhantomData<fn() -> T>,
}

impl<T> Load<T> {
    /// A read of that address, made a value by `parse`, which gives a `T`.
    pub(super) const fn parsed(
        url: String,
        tags: Vec<Tag>,
        parse: fn(&Answer) -> Result<Kept, Failure>,
    ) -> Self {
        Self { plain: Plain { url, tags, parse }, of: PhantomData }
    }
}

impl<T: DeserializeOwned + Send + Sync + 'static> Load<T> {
    /// A read of that address.
    pub(super) fn new(url: impl Into<String>, tags: impl Into<Vec<Tag>>) -> Self {
        Self::parsed(url.into(), tags.into(), |answer| Ok(Arc::new(answer.json::<T>()?)))
    }

    /// A read with what a query struct holds behind the question mark.
    pub(super) fn with(url: &str, query: &impl Serialize, tags: impl Into<Vec<Tag>>) -> Self {
        let query = query_string(query);
        Self::new(if query.is_empty() { url.to_owned() } else { format!("{url}?{query}") }, tags)
    }
}

/// A flat struct as a query string: what is absent is left out, lists do not occur.
pub fn query_string(query: &impl Serialize) -> String {
    serde_urlencoded::to_string(query)
        .inspect_err(|error| leptos::logging::error!("a query that is not flat: {error}"))
        .unwrap_or_default()
}

/// Percent-encoding of everything but unreserved characters.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(char::from(byte)),
            _ => {
                const HEX: &[u8; 16] = b"0123456789ABCDEF";
                out.push('%');
                out.push(char::from(HEX[usize::from(byte >> 4)]));
                out.push(char::from(HEX[usize::from(byte & 15)]));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::api::queue::{QueueQuery, Tab};

    #[test]
    fn what_is_not_set_is_not_asked_for() {
        let query = QueueQuery { tab: Tab::Mine, search: Some("张 a&b".into()), ..QueueQuery::default() };
        assert_eq!(query_string(&query), "tab=mine&search=%E5%BC%A0+a%26b&sort=due");
    }
}
