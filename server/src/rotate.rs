//! A new master key: every data key is wrapped anew. What was sealed with the data keys, the keyed hashes, the seals
//! over the log and the drafts in browsers stay as they are: none of them depends on the master key itself.
//!
//! Each wrapped key bears the mark of its master key, so that a rotation that was killed goes on where it was. No
//! server may run meanwhile: one with the old key would wrap the keys of new cases with it. A server does not start
//! while a rotation is half done, and a rotation does not start while a server has the lease of the jobs.

use anyhow::{Context as _, bail, ensure};
use domain::id::CaseId;
use serde::Serialize;
use store::{SealedCase, Store, StoreExt as _, WrappedKey, WriteError};

use crate::error::Error;
use crate::jobs::{LEASE, NAME};
use crate::seal::{AesGcm256, MasterKey, rewrap};
use crate::source::Source;
use crate::start::DIGEST_KEY;

/// Keys wrapped anew in one transaction.
const SOME: u32 = 500;
/// Who holds the lease meanwhile: the same each time, so that what was killed can be taken up at once.
const HOLDER: &str = "rotate-key";

/// What was done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Rotated {
    /// Keys wrapped anew now.
    pub rewrapped: u64,
    /// Keys that a rotation before, which was broken off, had wrapped already.
    pub before: u64,
}

/// Wraps every data key with the next master key.
///
/// # Errors
/// Where a server runs, or a key is wrapped with neither of the two.
pub async fn rotate(
    store: &dyn Store,
    source: &Source,
    old: &MasterKey,
    next: &MasterKey,
) -> anyhow::Result<Rotated> {
    ensure!(old.fingerprint() != next.fingerprint(), "the new master key is the old one");
    let mut done = Rotated::default();
    hold(store, source).await?;
    let first =
        store.key_of(DIGEST_KEY).await?.context("the store has no keys yet: there is nothing to wrap")?;
    // The first one first: from here on a server with the old key does not start.
    let mut page = vec![SealedCase { case: DIGEST_KEY, key: first }];
    let mut behind = None;
    while let Some(last) = page.last() {
        behind = Some(last.case).or(behind);
        let fresh = fresh(&page, source, (old, next), &mut done)?;
        if !fresh.is_empty() {
            replace(store, fresh).await?;
        }
        hold(store, source).await?;
        page = store.keys_behind(behind, SOME).await?;
    }
    let left = store.keys_of_others(&next.fingerprint()).await?;
    ensure!(
        left == 0,
        "{left} data keys were made meanwhile: a server is running. Stop it and run rotate-key again"
    );
    store
        .write(|tx| Box::pin(async move { Ok::<_, WriteError<Error>>(tx.drop_lease(NAME, HOLDER).await?) }))
        .await
        .map_err(|error| anyhow::Error::new(Error::from(error)))?;
    Ok(done)
}

/// Takes or renews the lease of the jobs.
async fn hold(store: &dyn Store, source: &Source) -> anyhow::Result<()> {
    let now = source.now();
    let ours = store
        .write(move |tx| {
            Box::pin(async move {
                Ok::<_, WriteError<Error>>(tx.take_lease(NAME, HOLDER, now, now + LEASE).await?)
            })
        })
        .await
        .map_err(|error| anyhow::Error::new(Error::from(error)))?;
    if !ours {
        bail!(
            "a server is running, or was killed less than {} seconds ago: stop it first, it would go on with the old key",
            LEASE.num_seconds()
        );
    }
    Ok(())
}

/// Those of a page that are still wrapped with the old key, wrapped anew.
fn fresh(
    page: &[SealedCase],
    source: &Source,
    (old, next): (&MasterKey, &MasterKey),
    done: &mut Rotated,
) -> anyhow::Result<Vec<(CaseId, WrappedKey)>> {
    let (from, to) = (old.fingerprint(), next.fingerprint());
    let mut fresh = Vec::with_capacity(page.len());
    for SealedCase { case, key } in page {
        if key.master == to {
            done.before += 1;
            continue;
        }
        ensure!(
            key.master == from,
            "the key of {case} is wrapped with master key {}, not with {from}",
            key.master
        );
        let wrapped = rewrap(&AesGcm256, (old, next), source, *case, &key.wrapped)
            .with_context(|| format!("the data key of {case}"))?;
        fresh.push((*case, WrappedKey { master: to.clone(), wrapped }));
        done.rewrapped += 1;
    }
    Ok(fresh)
}

async fn replace(store: &dyn Store, fresh: Vec<(CaseId, WrappedKey)>) -> anyhow::Result<()> {
    store
        .write(move |tx| {
            let fresh = fresh.clone();
            Box::pin(async move {
                for (case, key) in &fresh {
                    tx.put_case_key(*case, key).await?;
                }
                Ok::<_, WriteError<Error>>(())
            })
        })
        .await
        .map_err(|error| anyhow::Error::new(Error::from(error)))
}
