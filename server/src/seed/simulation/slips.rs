//! Slips: which still takes lines, and what lies at a post to be counted.

use std::collections::BTreeMap;

use domain::api::slip::SlipKind;
use domain::id::{PersonId, SlipId, UnitId};
use domain::post::Stage;
use domain::time::Timestamp;
use store::{NewSlip, SlipKey};

use super::agenda::CaseNo;

type Key = (bool, Stage, UnitId, Stage, UnitId, Option<PersonId>);

/// A line to be counted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    /// The slip.
    pub slip: SlipId,
    /// The case.
    pub case: CaseNo,
    /// Since when it lies there.
    pub since: Timestamp,
}

/// All slips of the story.
#[derive(Debug)]
pub(super) struct Slips {
    all: Vec<NewSlip>,
    open: BTreeMap<Key, SlipId>,
    keys: BTreeMap<SlipId, Key>,
    /// Lines at each cell.
    lines: Vec<Vec<Line>>,
}

impl Slips {
    pub(super) fn new(cells: usize) -> Self {
        Self { all: Vec::new(), open: BTreeMap::new(), keys: BTreeMap::new(), lines: vec![Vec::new(); cells] }
    }

    /// The slip of that giver and receiver that still takes lines.
    pub(super) fn open(&self, key: &SlipKey) -> Option<SlipId> {
        self.open.get(&flat(key)).copied()
    }

    /// A new slip, which takes lines.
    pub(super) fn begin(&mut self, key: SlipKey, slip: NewSlip) {
        let key = flat(&key);
        self.keys.insert(slip.id, key.clone());
        self.open.insert(key, slip.id);
        self.all.push(slip);
    }

    /// A case is put on a slip to a cell.
    pub(super) fn given(&mut self, slip: SlipId, case: CaseNo, cell: usize, since: Timestamp) {
        self.lines[cell].push(Line { slip, case, since });
    }

    /// A line is open no more; where its receiver confirmed it, the slip takes no more lines.
    pub(super) fn settled(&mut self, slip: SlipId, case: CaseNo, confirmed: bool) {
        for lines in &mut self.lines {
            lines.retain(|line| line.case != case || line.slip != slip);
        }
        if confirmed
            && let Some(key) = self.keys.get(&slip)
            && self.open.get(key) == Some(&slip)
        {
            self.open.remove(key);
        }
    }

    /// Lines at a cell, oldest first.
    pub(super) fn at(&self, cell: usize) -> &[Line] {
        &self.lines[cell]
    }

    /// Somebody takes lines to count them: nobody else does.
    pub(super) fn take(&mut self, cell: usize, count: usize, wanted: impl Fn(&Line) -> bool) -> Vec<Line> {
        let mut taken = Vec::new();
        self.lines[cell].retain(|line| {
            let take = taken.len() < count && wanted(line);
            if take {
                taken.push(*line);
            }
            !take
        });
        taken
    }

    /// Everything ever begun.
    pub(super) fn into_all(self) -> Vec<NewSlip> {
        self.all
    }
}

fn flat(key: &SlipKey) -> Key {
    let transfer = key.kind == SlipKind::Transfer;
    (transfer, key.from.0, key.from.1.clone(), key.to.0, key.to.1.clone(), key.to_person.clone())
}
