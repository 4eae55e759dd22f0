//! Words that may not stand in certain places: the invariants of `docs/ARCHITECTURE.md` that no compiler holds.

use anyhow::{Context, Result, ensure};
use regex::Regex;

use super::sources;
use crate::paths;

mod rules;

/// One invariant.
struct Rule {
    /// Paths that begin with one of these …
    under: &'static [&'static str],
    /// … and end with one of these …
    ending: &'static [&'static str],
    /// … but do not begin with one of these.
    except: &'static [&'static str],
    /// What no line of them may contain.
    forbidden: &'static str,
    /// Whether comments count: words about a thing are not the thing.
    comments: bool,
    /// Whether tests count, which read files and name what they must not find.
    tests: bool,
    /// Why.
    reason: &'static str,
    /// A line that breaks the rule, by which its pattern is tested.
    bad: &'static str,
    /// A line that looks like it and does not.
    good: &'static str,
}

impl Rule {
    fn covers(&self, path: &str) -> bool {
        self.under.iter().any(|start| path.starts_with(start))
            && self.ending.iter().any(|end| path.ends_with(end))
            && !self.except.iter().any(|start| path.starts_with(start))
            && (self.tests || !path.ends_with("tests.rs"))
    }

    /// The pattern, once it has shown on its examples that it tells one from the other.
    fn pattern(&self) -> Result<Regex> {
        let pattern = Regex::new(self.forbidden)?;
        ensure!(self.broken_by(&pattern, self.bad), "`{}` does not find {}", self.forbidden, self.bad);
        ensure!(!self.broken_by(&pattern, self.good), "`{}` finds {}", self.forbidden, self.good);
        Ok(pattern)
    }

    fn broken_by(&self, pattern: &Regex, line: &str) -> bool {
        let comment = ["//", "/*", "* ", "--"].iter().any(|mark| line.trim_start().starts_with(mark));
        (self.comments || !comment) && pattern.is_match(line)
    }
}

/// Every line of the repository that breaks a rule.
pub fn broken() -> Result<Vec<String>> {
    let rules = rules::RULES.iter().map(|rule| Ok((rule, rule.pattern()?))).collect::<Result<Vec<_>>>()?;
    let mut found = Vec::new();
    for path in sources()? {
        if path.ends_with("/mod.rs") {
            found.push(format!("{path}: a module is foo.rs beside foo/"));
        }
        let covering: Vec<_> = rules.iter().filter(|(rule, _)| rule.covers(&path)).collect();
        if covering.is_empty() {
            continue;
        }
        let text = std::fs::read_to_string(paths::root().join(&path))
            .with_context(|| format!("cannot read {path}"))?;
        // The tests of a file are its end.
        let tests = text.lines().position(|line| line == "#[cfg(test)]").unwrap_or(usize::MAX);
        for (number, line) in text.lines().enumerate() {
            let counting = covering.iter().filter(|(rule, _)| rule.tests || number < tests);
            for (rule, _) in counting.filter(|(rule, pattern)| rule.broken_by(pattern, line)) {
                found.push(format!("{path}:{}: {}: {}", number + 1, rule.reason, line.trim()));
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_tells_its_examples_apart() {
        for rule in rules::RULES {
            rule.pattern().unwrap();
        }
    }

    #[test]
    fn every_rule_covers_something_of_the_repository() {
        let sources = sources().unwrap();
        for rule in rules::RULES {
            assert!(sources.iter().any(|path| rule.covers(path)), "{} covers no file", rule.reason);
        }
    }

    #[test]
    fn places_are_told_by_their_beginning_and_end() {
        let sql = rules::RULES.iter().find(|rule| rule.bad.contains("FROM work_item")).unwrap();
        assert!(sql.covers("server/src/http/case.rs"));
        assert!(!sql.covers("server/store/sql/src/queue.rs"));
        assert!(!sql.covers("docs/API.md"));
    }
}
