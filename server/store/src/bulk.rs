//! Cases with their whole past, a few hundred to a transaction.

use crate::{Bulk, Change, LineChange, Store, StoreError, StoreExt, WriteError};
use domain::{api::slip::LineState, id::SlipId};
use std::{collections::BTreeSet, convert::Infallible, sync::Arc};

/// Cases and events of one transaction at most; the events also keep within the places in the log that one
/// transaction may take.
const CASES: usize = 250;
const EVENTS: usize = 4_000;

/// Slips of one transaction at most.
const SLIPS: usize = 2_000;

/// Writes a [`Bulk`]: slips first, which lines refer to, then cases, then the numbers to go on from.
///
/// # Errors
/// `Invalid` for a change that does not begin its case; what the store says otherwise. Chunks before a failed
/// one stay written.
pub async fn write_bulk(store: &(impl Store + ?Sized), bulk: Bulk) -> Result<(), StoreError> {
    if bulk.cases.iter().any(|change| change.before.is_some()) {
        return Err(StoreError::Invalid("a past that does not begin with its registration"));
    }
    let closed = Arc::new(closed(&bulk.cases));
    for slips in bulk.slips.chunks(SLIPS) {
        let (slips, closed) = (Arc::new(slips.to_vec()), Arc::clone(&closed));
        done(
            store
                .write(move |tx| {
                    let (slips, closed) = (Arc::clone(&slips), Arc::clone(&closed));
                    Box::pin(async move { Ok(tx.bulk_slips(&slips, &closed).await?) })
                })
                .await,
        )?;
    }
    for cases in chunks(bulk.cases) {
        let cases = Arc::new(cases);
        done(
            store
                .write(move |tx| {
                    let cases = Arc::clone(&cases);
                    Box::pin(async move { Ok(tx.bulk_cases(&cases).await?) })
                })
                .await,
        )?;
    }
    let numbers = Arc::new(bulk.numbers);
    done(
        store
            .write(move |tx| {
                let numbers = Arc::clone(&numbers);
                Box::pin(async move { Ok(tx.bulk_end(&numbers).await?) })
            })
            .await,
    )
}

fn done(outcome: Result<(), WriteError<Infallible>>) -> Result<(), StoreError> {
    outcome.map_err(|error| match error {
        WriteError::Store(error) => error,
        WriteError::Refused(never) => match never {},
    })
}

/// Slips of which a line has been received: they take no more.
fn closed(cases: &[Change]) -> BTreeSet<SlipId> {
    let received = |line: &LineChange| match line {
        LineChange::Settled { slip, state: LineState::Confirmed, .. } => Some(*slip),
        _ => None,
    };
    cases.iter().flat_map(|change| &change.lines).filter_map(received).collect()
}

fn chunks(cases: Vec<Change>) -> Vec<Vec<Change>> {
    let mut chunks: Vec<Vec<Change>> = Vec::new();
    let mut events = 0;
    for change in cases {
        let many = change.events.len();
        match chunks.last_mut() {
            Some(chunk) if chunk.len() < CASES && events + many <= EVENTS => {
                events += many;
                chunk.push(change);
            }
            _ => {
                events = many;
                chunks.push(vec![change]);
            }
        }
    }
    chunks
}
