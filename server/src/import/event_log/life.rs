//! Rows that begin a step and rows that finish it.

use std::collections::{HashMap, VecDeque};

use chrono::{DateTime, Utc};
use domain::text::trimmed;
use serde::Deserialize;

use super::super::fault::{Fault, Faults, Rule};
use super::super::table::Table;

/// Which rows begin, and which finish, a step.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lifecycle {
    /// The column that says it.
    pub column: String,
    /// Its values in rows of finished steps.
    #[serde(default = "complete")]
    pub complete: Vec<String>,
    /// Its values in rows of steps begun: the time from there to the finished step is work time.
    #[serde(default = "start")]
    pub start: Vec<String>,
    /// Its values in rows that are passed over.
    #[serde(default)]
    pub skip: Vec<String>,
}

fn complete() -> Vec<String> {
    vec!["complete".to_owned()]
}

fn start() -> Vec<String> {
    vec!["start".to_owned()]
}

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Life {
    /// A step begun.
    Start,
    /// A finished step.
    Complete,
    /// Nothing here.
    Skip,
}

impl Lifecycle {
    /// What a row with this value is; none where the mapping does not say.
    pub(super) fn of(&self, value: &str) -> Option<Life> {
        let is = |words: &[String]| words.iter().any(|word| word.eq_ignore_ascii_case(value));
        if is(&self.complete) {
            return Some(Life::Complete);
        }
        if is(&self.start) {
            return Some(Life::Start);
        }
        is(&self.skip).then_some(Life::Skip)
    }
}

const BEGUN: [&str; 6] = ["start", "started", "begin", "begun", "开始", "起始"];
const FINISHED: [&str; 8] = ["complete", "completed", "end", "finish", "finished", "done", "完成", "结束"];
const BETWEEN: [&str; 12] = [
    "schedule",
    "scheduled",
    "assign",
    "assigned",
    "suspend",
    "suspended",
    "resume",
    "resumed",
    "ready",
    "abort",
    "withdraw",
    "分配",
];

/// Whether a column tells rows that begin a step from rows that finish it.
pub fn tells_life(table: &Table, at: usize) -> bool {
    let (mut begun, mut finished) = (false, false);
    for (_, value) in table.values(at) {
        let value = trimmed(value).to_lowercase();
        match value.as_str() {
            "" => {}
            word if BEGUN.contains(&word) => begun = true,
            word if FINISHED.contains(&word) => finished = true,
            word if BETWEEN.contains(&word) => {}
            _ => return false,
        }
    }
    begun && finished
}

/// A column that nobody reads and that tells begun from finished steps: counted as finished, the begun ones would make
/// every figure wrong.
pub(super) fn unnamed(table: &Table, read: &[usize], faults: &mut Faults) {
    for (at, name) in table.header().enumerate().filter(|(at, _)| !read.contains(at)) {
        if tells_life(table, at) {
            let detail = format!(
                "says which rows begin and which finish a step: name it in the mapping ([lifecycle] column = {name:?})"
            );
            faults.push(Fault::value(table.header_row(), name, Rule::Lifecycle, detail));
        }
    }
}

/// Which step a row is of: its case, its activity, and its id where the file has ids.
type Key = (usize, String, Option<String>);

/// Steps begun and not finished yet.
#[derive(Default)]
pub(super) struct Begun {
    begun: HashMap<Key, VecDeque<DateTime<Utc>>>,
}

impl Begun {
    /// One more.
    pub(super) fn push(&mut self, key: Key, at: DateTime<Utc>) {
        let times = self.begun.entry(key).or_default();
        let place = times.partition_point(|earlier| *earlier <= at);
        times.insert(place, at);
    }

    /// When the step was begun that was finished then: the first begun that no other finished step took.
    pub(super) fn take(&mut self, key: &Key, finished: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let times = self.begun.get_mut(key)?;
        times.front().filter(|begun| **begun <= finished)?;
        times.pop_front()
    }

    /// How many no finished step took.
    pub(super) fn left(&self) -> usize {
        self.begun.values().map(VecDeque::len).sum()
    }
}
