//! What get-next gave last, so that the case's page can say why.

use crate::api::queue::Given;
use domain::id::CaseId;
use leptos::prelude::*;

/// What get-next gave last, and whether it is giving: from the press until the case is on screen.
#[derive(Debug, Clone, Copy)]
pub struct LastGiven {
    last: RwSignal<Option<Given>>,
    giving: RwSignal<bool>,
}

impl Default for LastGiven {
    fn default() -> Self {
        Self { last: RwSignal::new(None), giving: RwSignal::new(false) }
    }
}

impl LastGiven {
    /// Get-next is asked; false where it is giving already: a second press is not a second case.
    pub fn begin(self) -> bool {
        let begins = !self.giving.get_untracked();
        if begins {
            self.giving.set(true);
        }
        begins
    }

    /// A page is on screen, or nothing was given.
    pub fn end(self) {
        if self.giving.get_untracked() {
            self.giving.set(false);
        }
    }

    /// Whether it is giving; followed.
    pub fn giving(self) -> Signal<bool> {
        self.giving.into()
    }

    /// Get-next gave this.
    pub fn set(self, given: Given) {
        self.last.set(Some(given));
    }

    /// Why the case was given, if it was the last one; followed.
    pub fn of(self, case: CaseId) -> Option<Given> {
        self.last.with(|given| given.clone().filter(|given| given.id == case))
    }
}

/// What get-next gave last, for the calling owner.
pub fn use_given() -> LastGiven {
    expect_context::<LastGiven>()
}
