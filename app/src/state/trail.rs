//! The list a case was opened from, so that its page can go to the next one.

use domain::id::CaseId;
use leptos::prelude::*;
use std::collections::HashMap;

/// The cases of the list last looked at, in its order, and its address.
#[derive(Debug, Clone, Copy)]
pub struct Trail {
    cases: RwSignal<Vec<CaseId>>,
    href: RwSignal<Option<String>>,
    /// How far each list is scrolled, by its address.
    tops: StoredValue<HashMap<String, i32>>,
}

impl Default for Trail {
    fn default() -> Self {
        Self {
            cases: RwSignal::new(Vec::new()),
            href: RwSignal::new(None),
            tops: StoredValue::new(HashMap::new()),
        }
    }
}

impl Trail {
    /// The list looked at now.
    pub fn set(self, cases: Vec<CaseId>, href: String) {
        self.cases.set(cases);
        self.href.set(Some(href));
    }

    /// How far the list of that address was scrolled when it was left, in pixels.
    pub fn top(self, list: &str) -> Option<i32> {
        self.tops.with_value(|tops| tops.get(list).copied())
    }

    /// The list of that address is scrolled so far, in pixels.
    pub fn scrolled(self, list: String, top: i32) {
        self.tops.update_value(|tops| _ = tops.insert(list, top));
    }

    /// Where the list is; followed.
    pub fn href(self) -> Option<String> {
        self.href.get()
    }

    /// Which of how many a case is, counted from one; followed.
    pub fn position(self, case: CaseId) -> Option<(usize, usize)> {
        self.cases.with(|cases| cases.iter().position(|one| *one == case).map(|at| (at + 1, cases.len())))
    }

    /// The case so many places on.
    pub fn step(self, case: CaseId, by: isize) -> Option<CaseId> {
        self.cases.with_untracked(|cases| {
            let at = cases.iter().position(|one| *one == case)?;
            cases.get(at.checked_add_signed(by)?).copied()
        })
    }
}

/// The trail of the calling owner.
pub fn use_trail() -> Trail {
    expect_context::<Trail>()
}
