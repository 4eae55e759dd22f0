//! What is counted on a slip: pages per material, as typed, case by case.

use crate::format::parse_count;
use domain::api::slip::{LineKey, LineState, SlipLine};
use domain::id::CaseId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Pages typed per material of a case, and after which differing count they were typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Typed {
    /// The line it was typed for: what was typed before the case was taken back and given again is void.
    #[serde(default)]
    given: u64,
    /// Differing counts there were when this one was begun: what was typed for an earlier one is void.
    round: u8,
    pages: Vec<String>,
}

/// What is counted on a slip.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Counts(BTreeMap<CaseId, Typed>);

/// How a line stands for who receives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nothing typed yet.
    ToCount,
    /// Some pages typed.
    Counting {
        /// Materials typed.
        done: usize,
        /// Materials in all.
        all: usize,
    },
    /// All pages typed: can be received.
    Complete,
    /// Both counts differed: the difference is to be reported.
    Differs,
    /// Settled.
    Settled(LineState),
}

impl Counts {
    /// What was typed for a material.
    pub fn pages(&self, line: &SlipLine, material: usize) -> String {
        self.valid(line).and_then(|typed| typed.pages.get(material)).cloned().unwrap_or_default()
    }

    /// Takes what is typed for a material.
    pub fn set(&mut self, line: &SlipLine, material: usize, pages: String) {
        let typed = self.0.entry(line.case).or_default();
        if !typed.is_for(line) || typed.pages.len() != line.materials.len() {
            let pages = vec![String::new(); line.materials.len()];
            *typed = Typed { given: line.given, round: line.counts, pages };
        }
        if let Some(place) = typed.pages.get_mut(material) {
            *place = pages;
        }
    }

    /// Drops what was typed for a case.
    pub fn clear(&mut self, case: CaseId) {
        self.0.remove(&case);
    }

    /// The count of a line, where all of it is typed.
    pub fn complete(&self, line: &SlipLine) -> Option<Vec<u16>> {
        let typed = self.valid(line)?;
        if typed.pages.len() != line.materials.len() {
            return None;
        }
        typed.pages.iter().map(|pages| parse_count(pages)).collect()
    }

    /// How a line stands.
    pub fn standing(&self, line: &SlipLine) -> Standing {
        if line.state != LineState::Open {
            return Standing::Settled(line.state);
        }
        if line.counts >= 2 {
            return Standing::Differs;
        }
        if self.complete(line).is_some() {
            return Standing::Complete;
        }
        let done = self
            .valid(line)
            .map_or(0, |typed| typed.pages.iter().filter(|pages| !pages.trim().is_empty()).count());
        if done == 0 { Standing::ToCount } else { Standing::Counting { done, all: line.materials.len() } }
    }

    fn valid(&self, line: &SlipLine) -> Option<&Typed> {
        self.0.get(&line.case).filter(|typed| typed.is_for(line))
    }
}

impl Typed {
    fn is_for(&self, line: &SlipLine) -> bool {
        self.given == line.given && self.round == line.counts
    }
}

/// The line a scanned or typed text means: the whole number, or its last four digits where only one case has them.
/// Of a case that stands on the slip several times it is the line still open, else the last one.
pub fn find(lines: &[SlipLine], text: &str) -> Option<LineKey> {
    let text = text.trim();
    // A bar code carries the number with a check character behind it.
    let whole = lines.iter().find(|line| {
        line.number == text || text.strip_prefix(&line.number).is_some_and(|rest| rest.chars().count() == 1)
    });
    let case = match whole {
        Some(line) => line.case,
        None if text.chars().count() < 4 => return None,
        None => {
            let mut ends = lines.iter().filter(|line| line.number.ends_with(text)).map(|line| line.case);
            let case = ends.next()?;
            if ends.any(|other| other != case) {
                return None;
            }
            case
        }
    };
    let of_case = lines.iter().filter(|line| line.case == case);
    of_case.max_by_key(|line| (line.state == LineState::Open, line.given)).map(SlipLine::key)
}

#[cfg(test)]
#[path = "count_tests.rs"]
mod tests;
