//! Settings of the environment: `PLUMBLINE_IDLE_MINUTES=20` is `idle_minutes = 20` of the file.

use std::collections::BTreeMap;

use figment::value::{Dict, Map, Value};
use figment::{Error, Metadata, Profile, Provider};

use super::KEYS;

/// Settings that are numbers. All others are texts, also where a text looks like something else: a token of digits is
/// no number.
const NUMBERS: &[&str] = &[
    "idle_minutes",
    "session_hours",
    "exact_searches_per_hour",
    "timeout_seconds",
    "drain_seconds",
    "header_seconds",
    "body_seconds",
    "connections",
    "connections_per_address",
];

/// What the environment says of the settings; other `PLUMBLINE_…` variables belong to builds and commands.
pub struct Environment(BTreeMap<&'static str, String>);

impl Environment {
    /// The environment of this process.
    pub fn of_process() -> Self {
        Self::of(|name| std::env::var(name).ok())
    }

    /// An environment. What is set to nothing is not set.
    pub fn of(variable: impl Fn(&str) -> Option<String>) -> Self {
        let set = |key: &&'static str| {
            let text = variable(&name(key))?;
            (!text.trim().is_empty()).then_some((*key, text))
        };
        Self(KEYS.iter().filter_map(set).collect())
    }
}

fn name(key: &str) -> String {
    format!("PLUMBLINE_{}", key.to_uppercase())
}

impl Provider for Environment {
    fn metadata(&self) -> Metadata {
        Metadata::named("the environment")
            .interpolater(|_, keys| keys.iter().map(|key| name(key)).collect::<Vec<_>>().join("."))
    }

    fn data(&self) -> Result<Map<Profile, Dict>, Error> {
        let value = |key: &str, text: &str| match text.trim().parse::<i64>() {
            Ok(number) if NUMBERS.contains(&key) => Value::from(number),
            _ => Value::from(text),
        };
        let settings = self.0.iter().map(|(key, text)| ((*key).to_owned(), value(key, text)));
        Ok(Map::from([(Profile::Default, settings.collect())]))
    }
}
