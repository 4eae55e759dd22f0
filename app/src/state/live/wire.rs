//! What one tab tells the others: words, and behind `change` the notice as the server wrote it.

/// What was heard on the stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// The stream is open.
    Open,
    /// The stream is cut.
    Cut,
    /// Notices were missed: fetch anew.
    Resync,
    /// The session has ended.
    Ended,
    /// Something changed: a notice as JSON.
    Change(String),
}

/// What is said on the channel between tabs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// A tab opened and asks whether the stream is open.
    Hello,
    /// The tab with the stream heard something.
    Heard(Heard),
}

impl Said {
    /// As text for the channel.
    pub fn text(&self) -> String {
        match self {
            Self::Hello => "hello".to_owned(),
            Self::Heard(Heard::Open) => "open".to_owned(),
            Self::Heard(Heard::Cut) => "cut".to_owned(),
            Self::Heard(Heard::Resync) => "resync".to_owned(),
            Self::Heard(Heard::Ended) => "ended".to_owned(),
            Self::Heard(Heard::Change(notice)) => ["change ", notice].concat(),
        }
    }

    /// From the channel; none for what another version of the app said.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(notice) = text.strip_prefix("change ") {
            return Some(Self::Heard(Heard::Change(notice.to_owned())));
        }
        match text {
            "hello" => Some(Self::Hello),
            "open" => Some(Self::Heard(Heard::Open)),
            "cut" => Some(Self::Heard(Heard::Cut)),
            "resync" => Some(Self::Heard(Heard::Resync)),
            "ended" => Some(Self::Heard(Heard::Ended)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_is_understood() {
        let heard =
            [Heard::Open, Heard::Cut, Heard::Resync, Heard::Ended, Heard::Change("{\"seq\":1}".to_owned())];
        for said in heard.map(Said::Heard).into_iter().chain([Said::Hello]) {
            assert_eq!(Said::parse(&said.text()), Some(said));
        }
        assert_eq!(Said::parse("{\"later\":1}"), None);
    }
}
