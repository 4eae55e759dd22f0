//! Who follows whom.

use std::collections::{BTreeMap, BTreeSet};

use domain::api::case::ImportedStep;

use super::counting::most_first;

/// How many of the most frequent pairs are named.
const PAIRS: usize = 10;

/// Who follows whom.
#[derive(Default)]
pub(super) struct Hands {
    names: BTreeSet<String>,
    pairs: BTreeMap<(String, String), u64>,
}

impl Hands {
    pub(super) fn case<'s>(
        &mut self,
        steps: &'s [ImportedStep],
        who: impl Fn(&'s ImportedStep) -> Option<&'s String>,
    ) {
        self.names.extend(steps.iter().filter_map(&who).cloned());
        for (one, next) in steps.iter().zip(steps.iter().skip(1)) {
            if let (Some(one), Some(next)) = (who(one), who(next)) {
                *self.pairs.entry((one.clone(), next.clone())).or_default() += 1;
            }
        }
    }

    /// How many different ones there are.
    pub(super) fn known(&self) -> u64 {
        self.names.len() as u64
    }

    /// Pairs.
    pub(super) fn all(&self) -> u64 {
        self.pairs.values().sum()
    }

    pub(super) fn handovers(&self) -> u64 {
        self.pairs.iter().filter(|((one, next), _)| one != next).map(|(_, count)| count).sum()
    }

    pub(super) fn most_frequent(&self) -> Vec<(String, u64)> {
        let named = self.pairs.iter().map(|((one, next), count)| (format!("{one} → {next}"), *count));
        let mut pairs = most_first(named);
        pairs.truncate(PAIRS);
        pairs
    }
}
