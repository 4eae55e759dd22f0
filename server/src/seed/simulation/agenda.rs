//! What is to happen, in the order of time.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use domain::id::SlipId;
use domain::time::Timestamp;

/// Place of a person in the list of workers.
pub(super) type WorkerNo = usize;
/// Place of a case in the list of cases.
pub(super) type CaseNo = usize;

/// Something that happens at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Happening {
    /// The application of that place in the list reaches the house.
    Arrival(usize),
    /// A clerk is free and looks for work.
    Free(WorkerNo),
    /// A clerk has written down the application of that place in the list.
    Registered(WorkerNo, usize),
    /// A clerk takes the next step on a case in hand.
    Work(WorkerNo, CaseNo),
    /// A clerk counts one line of a slip; after the last one of the round the clerk is free.
    Count(WorkerNo, CaseNo, SlipId, bool),
    /// A giver thinks better of it.
    TakeBack(WorkerNo, CaseNo, SlipId),
    /// A giver passes on once more what came back from a slip.
    GiveAgain(WorkerNo, CaseNo),
    /// A receiver takes over what a colleague offered.
    TakeOver(WorkerNo, CaseNo, SlipId),
    /// The time a case was put on hold for is over.
    HoldEnds(CaseNo, Timestamp),
    /// The customer brings the paper that is missing.
    Paper(CaseNo),
    /// A lead goes through approvals, priorities and what lies too long.
    Round(WorkerNo),
    /// An inspector draws the day's sample.
    Draw(WorkerNo),
    /// An inspector concludes a check, by its place in the list.
    Check(usize),
    /// An inspector looks whether a step with a major finding can be checked again.
    Second(WorkerNo, usize),
    /// Claims nobody does anything with run out.
    Sweep,
    /// Who is away tomorrow hands over what is in hand.
    Evening,
    /// No counter takes anybody any more before the story ends.
    LastCall,
}

/// The heap of what is to happen. What was put in first happens first where times are equal.
#[derive(Debug, Default)]
pub(super) struct Agenda {
    heap: BinaryHeap<Entry>,
    sequence: u64,
}

#[derive(Debug, PartialEq, Eq)]
struct Entry {
    at: Timestamp,
    sequence: u64,
    what: Happening,
}

impl Ord for Entry {
    /// The earliest is the greatest, as the heap wants it.
    fn cmp(&self, other: &Self) -> Ordering {
        (other.at, other.sequence).cmp(&(self.at, self.sequence))
    }
}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Agenda {
    /// Puts something down.
    pub(super) fn put(&mut self, at: Timestamp, what: Happening) {
        self.sequence += 1;
        self.heap.push(Entry { at, sequence: self.sequence, what });
    }

    /// Takes what happens next, unless that is later than `until`.
    pub(super) fn next(&mut self, until: Timestamp) -> Option<(Timestamp, Happening)> {
        if self.heap.peek()?.at > until {
            return None;
        }
        self.heap.pop().map(|entry| (entry.at, entry.what))
    }
}
