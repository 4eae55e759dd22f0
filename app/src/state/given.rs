//! What get-next gave last, so that the case's page can say why.

use crate::api::queue::Given;
use domain::id::CaseId;
use leptos::prelude::*;

/// What get-next gave last.
#[derive(Debug, Clone, Copy)]
pub struct LastGiven(RwSignal<Option<Given>>);

impl Default for LastGiven {
    fn default() -> Self {
        Self(RwSignal::new(None))
    }
}

impl LastGiven {
    /// Get-next gave this.
    pub fn set(self, given: Given) {
        self.0.set(Some(given));
    }

    /// Why the case was given, if it was the last one; followed.
    pub fn of(self, case: CaseId) -> Option<Given> {
        self.0.with(|given| given.clone().filter(|given| given.id == case))
    }
}

/// What get-next gave last, for the calling owner.
pub fn use_given() -> LastGiven {
    expect_context::<LastGiven>()
}
