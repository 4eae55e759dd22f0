//! A read as a value: where, of what type, and by what it is made stale.

use super::Failure;
use super::transport::Answer;
use domain::id::{CaseId, CheckId, SlipId};
use domain::post::Queue;
use serde::Serialize;
use serde::de::DeserializeOwned;

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

/// A read of a `T`.
#[derive(Debug)]
pub struct Load<T> {
    pub(crate) url: String,
    pub(crate) tags: Vec<Tag>,
    pub(crate) parse: fn(&Answer) -> Result<T, Failure>,
}

impl<T> Clone for Load<T> {
    fn clone(&self) -> Self {
        Self { url: self.url.clone(), tags: self.tags.clone(), parse: self.parse }
    }
}

impl<T> PartialEq for Load<T> {
    fn eq(&self, other: &Self) -> bool {
        self.url == other.url
    }
}

impl<T: DeserializeOwned> Load<T> {
    /// A read of that address.
    pub(super) fn new(url: impl Into<String>, tags: impl Into<Vec<Tag>>) -> Self {
        Self { url: url.into(), tags: tags.into(), parse: Answer::json }
    }

    /// A read with what a query struct holds behind the question mark.
    pub(super) fn with(url: &str, query: &impl Serialize, tags: impl Into<Vec<Tag>>) -> Self {
        let query = query_string(query);
        Self::new(if query.is_empty() { url.to_owned() } else { format!("{url}?{query}") }, tags)
    }
}

/// A flat struct as a query string: what is absent is left out, lists do not occur.
pub fn query_string(query: &impl Serialize) -> String {
    let Ok(serde_json::Value::Object(fields)) = serde_json::to_value(query) else {
        return String::new();
    };
    let mut parts = Vec::new();
    for (name, value) in fields {
        let text = match value {
            serde_json::Value::Null => continue,
            serde_json::Value::String(text) => text,
            other => other.to_string(),
        };
        parts.push(format!("{name}={}", escape(&text)));
    }
    parts.join("&")
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
        assert_eq!(query_string(&query), "search=%E5%BC%A0%20a%26b&sort=due&tab=mine");
    }
}
