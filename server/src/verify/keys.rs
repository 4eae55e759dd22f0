//! Data keys: one sealed value of each case is opened with its own.

use std::collections::HashMap;

use domain::case::{Case, State};
use domain::id::CaseId;
use domain::secret::Secret;
use store::{SealedCase, Store, WrappedKey};

use super::Check;
use crate::error::Result;
use crate::seal::{Vault, walk};
use crate::start::DIGEST_KEY;

/// Keys read at once.
const PAGE: u32 = 5_000;

/// The keys of all cases, each taken out when its case comes by.
pub(super) struct Keys<'v> {
    vault: &'v Vault,
    of_cases: HashMap<CaseId, WrappedKey>,
    pub(super) purged: u64,
}

impl<'v> Keys<'v> {
    pub(super) async fn read(store: &dyn Store, vault: &'v Vault, check: &mut Check) -> Result<Self> {
        let (mut keys, mut behind) = (HashMap::new(), None);
        loop {
            let page = store.keys_behind(behind, PAGE).await?;
            let Some(last) = page.last() else { break };
            behind = Some(last.case);
            keys.extend(page.into_iter().map(|SealedCase { case, key }| (case, key)));
        }
        // It is of no case and comes in no list of those of cases.
        let first = store.key_of(DIGEST_KEY).await?;
        if !first.is_some_and(|first| first.master == vault.master() && vault.is_of(&first.wrapped)) {
            check.fault(format!(
                "{DIGEST_KEY}: the key of the keyed hashes is not the one the store began with"
            ));
        }
        Ok(Self { vault, of_cases: keys, purged: 0 })
    }

    /// Opens a value of a case and sees that it is the one its keyed hash says.
    pub(super) fn open(&mut self, case: &Case, check: &mut Check) {
        check.checked += 1;
        let number = &case.number;
        let wrapped = self.of_cases.remove(&case.id);
        let mut copy = case.clone();
        let sealed = walk::of_case(&mut copy).into_iter().find_map(|secret| match secret {
            Secret::Sealed(sealed) => Some(sealed.clone()),
            Secret::Plain(_) => None,
        });
        let Some(wrapped) = wrapped else {
            match (&case.state, sealed) {
                (State::Ended { .. }, Some(_)) => self.purged += 1,
                (State::Open { .. }, Some(_)) => {
                    check.fault(format!("{number}: its data key is gone, and it is open"));
                }
                (_, None) => {}
            }
            return;
        };
        if wrapped.master != self.vault.master() {
            check.fault(format!("{number}: its data key is marked as of master key {}", wrapped.master));
            return;
        }
        let Ok(key) = self.vault.key(case.id, &wrapped.wrapped) else {
            check.fault(format!("{number}: its data key does not open"));
            return;
        };
        let Some(sealed) = sealed else { return };
        match self.vault.open(&key, &sealed) {
            Ok(plain) if self.vault.digest(&plain) == sealed.digest => {}
            Ok(_) => check.fault(format!("{number}: a sealed value is not the one its keyed hash says")),
            Err(_) => check.fault(format!("{number}: a sealed value does not open")),
        }
    }

    /// Leaves the key of a case alone of which nothing can be said.
    pub(super) fn pass(&mut self, case: CaseId) {
        self.of_cases.remove(&case);
    }

    /// Keys no case has asked for.
    pub(super) fn left_over(self, check: &mut Check) {
        let mut left: Vec<CaseId> = self.of_cases.into_keys().collect();
        left.sort_unstable();
        for case in left {
            check.fault(format!("{case}: a data key of no case"));
        }
    }
}
