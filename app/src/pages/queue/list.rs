//! A long list of which only parts are loaded: from its head on, and its tail once the end was gone to.

use domain::api::queue::{QueuePage, QueueRow};
use domain::id::CaseId;
use std::ops::Range;

/// Rows fetched ahead of those in view.
const AHEAD: usize = 60;

/// What is to be fetched next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Want {
    /// The page after the rows loaded from the head.
    After(String),
    /// The last page.
    Last,
}

/// The rows known of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct List {
    /// Rows in all.
    count: usize,
    /// From the first row on.
    head: Vec<QueueRow>,
    /// Where the next page after the head begins.
    next: Option<String>,
    /// Up to the last row.
    tail: Vec<QueueRow>,
}

impl List {
    /// A list by its first page.
    pub fn begin(page: &QueuePage) -> Self {
        let head = page.items.clone();
        let count = usize::try_from(page.count).unwrap_or(usize::MAX).max(head.len());
        // A short page without a next one is the whole list, whatever the count says.
        let count = if page.next.is_none() { head.len() } else { count };
        Self { count, head, next: page.next.clone(), tail: Vec::new() }
    }

    /// Rows in all.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// A row by its index, where it is loaded.
    pub fn row(&self, index: usize) -> Option<&QueueRow> {
        let tail_from = self.count.saturating_sub(self.tail.len());
        self.head.get(index).or_else(|| self.tail.get(index.checked_sub(tail_from)?))
    }

    /// The index of a case, where its row is loaded.
    pub fn index_of(&self, case: CaseId) -> Option<usize> {
        let tail_from = self.count.saturating_sub(self.tail.len());
        self.head
            .iter()
            .position(|row| row.id == case)
            .or_else(|| self.tail.iter().position(|row| row.id == case).map(|at| at + tail_from))
    }

    /// Rows loaded.
    pub fn loaded(&self) -> impl Iterator<Item = &QueueRow> {
        self.head.iter().chain(&self.tail)
    }

    /// What must be fetched so that these rows can be seen; none where they are loaded or nothing is left.
    pub fn want(&self, seen: &Range<usize>) -> Option<Want> {
        let next = self.next.as_ref()?;
        let tail_from = self.count.saturating_sub(self.tail.len());
        let gap = self.head.len()..tail_from;
        if gap.is_empty() || (seen.start >= gap.end && !self.tail.is_empty()) {
            return None;
        }
        let far = seen.start > self.head.len() + 4 * AHEAD;
        if far && self.tail.is_empty() && seen.end + AHEAD >= self.count {
            return Some(Want::Last);
        }
        (seen.end + AHEAD > gap.start).then(|| Want::After(next.clone()))
    }

    /// Takes a page in; a page for another place than the present end of the head is of an older list.
    pub fn take(&mut self, want: &Want, page: QueuePage) {
        match want {
            Want::After(after) if self.next.as_ref() == Some(after) => {
                for row in page.items {
                    // A case that moved down while pages were read would come twice.
                    if self.head.iter().all(|known| known.id != row.id) {
                        self.head.push(row);
                    }
                }
                self.next = page.next;
                if self.next.is_none() {
                    self.count = self.head.len();
                    self.tail.clear();
                } else if self.head.len() + self.tail.len() >= self.count {
                    let known: Vec<CaseId> = self.tail.iter().map(|row| row.id).collect();
                    self.head.retain(|row| !known.contains(&row.id));
                    self.count = self.head.len() + self.tail.len();
                    self.next = None;
                }
            }
            Want::After(_) => {}
            Want::Last => self.tail = page.items,
        }
    }

    /// Changes the row of a case, where it is loaded; gives what it was.
    pub fn change(&mut self, case: CaseId, change: impl FnOnce(&mut QueueRow)) -> Option<QueueRow> {
        let row = self.head.iter_mut().chain(&mut self.tail).find(|row| row.id == case)?;
        let before = row.clone();
        change(row);
        Some(before)
    }
}

#[cfg(test)]
#[path = "list_tests.rs"]
mod tests;
