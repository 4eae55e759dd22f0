//! What one tab tells the others.

use domain::api::live::Notice;
use serde::{Deserialize, Serialize};

/// What was heard on the stream.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Heard {
    /// The stream is open.
    Open,
    /// The stream is cut.
    Cut,
    /// Notices were missed: fetch anew.
    Resync,
    /// The session has ended.
    Ended,
    /// Something changed.
    Change(Box<Notice>),
}

/// What is said on the channel between tabs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    /// A tab opened and asks whether the stream is open.
    Hello,
    /// The tab with the stream heard something.
    Heard(Heard),
}

impl Said {
    /// As text for the channel.
    pub fn text(&self) -> String {
        // Enums of strings and numbers have no failing serialisers.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// From the channel; none for what another version of the app said.
    pub fn parse(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_is_understood() {
        for said in [Said::Hello, Said::Heard(Heard::Open), Said::Heard(Heard::Resync)] {
            assert_eq!(Said::parse(&said.text()), Some(said));
        }
        assert_eq!(Said::parse("{\"later\":1}"), None);
    }
}
