//! The department and its past, into the store.

use std::sync::Arc;

use domain::catalogue::Catalogue;
use domain::id::UnitId;
use domain::time::{Calendar, Timestamp};
use domain::unit::Unit;
use store::{Batch, BatchKind, Bulk, CatalogueRecord, Change, Store, StoreError, StoreExt as _, WriteError};

use super::department::{HEAD, Staff, sites, units};
use super::simulation::{Past, PastCase};
use super::{Options, SeedError};
use crate::directory::Directory;
use crate::error::Error;
use crate::state::DEMO_SOURCE;

/// Keys, draws or results written in one transaction.
const SOME: usize = 500;

/// Units, sites, calendar, catalogue and people.
pub(super) async fn department(
    store: &dyn Store,
    staff: &[Staff],
    since: Timestamp,
) -> Result<(), SeedError> {
    let known = store.units().await?;
    let catalogue = store.catalogues().await?.is_empty().then(Catalogue::shipped);
    let records: Arc<[_]> = staff.iter().map(|staff| staff.record.clone()).collect();
    // A unit without one above it that was here before comes below the head office: there is one tree.
    let orphans: Arc<[Unit]> = known
        .into_iter()
        .filter(|unit| unit.parent.is_none() && unit.id.as_str() != HEAD)
        .map(|unit| Unit { parent: Some(HEAD.into()), level: domain::unit::UnitLevel::Branch, ..unit })
        .collect();
    store
        .write(move |tx| {
            let (catalogue, records, orphans) =
                (catalogue.clone(), Arc::clone(&records), Arc::clone(&orphans));
            Box::pin(async move {
                for unit in units().iter().chain(orphans.iter()) {
                    tx.put_unit(unit).await?;
                }
                for (accepting, stage, unit) in sites() {
                    tx.put_site(&accepting, stage, &unit).await?;
                }
                tx.put_calendar(&UnitId::from(HEAD), Calendar::national().data()).await?;
                if let Some(catalogue) = catalogue {
                    tx.add_catalogue(&CatalogueRecord { catalogue, from: since }).await?;
                }
                for record in records.iter() {
                    tx.put_person(record).await?;
                }
                Ok::<_, WriteError<Error>>(())
            })
        })
        .await?;
    Ok(())
}

/// Everything that happened: keys before what is sealed with them, cases, then draws and what came of them.
pub(super) async fn past(
    store: &dyn Store,
    directory: &Directory,
    catalogue: &Catalogue,
    past: Past,
) -> Result<(), SeedError> {
    let Past { cases, slips, numbers, seeds, draws, seconds, concluded, refused: _ } = past;
    let keys: Vec<_> = cases.iter().map(|case| (case.id, case.key.clone())).collect();
    each(store, keys, |tx, (id, key)| Box::pin(tx.put_case_key(*id, key))).await?;
    let cases = changes(cases, directory, catalogue)?;
    store.bulk(Bulk { cases, slips, numbers }).await?;
    each(store, seeds, |tx, seed| Box::pin(tx.put_draw_seed(seed))).await?;
    each(store, draws, |tx, draw| Box::pin(tx.insert_draw(&draw.view, &draw.checks))).await?;
    each(store, seconds, |tx, check| Box::pin(tx.insert_check(check))).await?;
    each(store, concluded, |tx, check| Box::pin(tx.finish_check(&check.record, &check.findings))).await
}

/// Remembers where the data came from: the server says on every screen that they are invented.
pub(super) async fn note(store: &dyn Store, options: Options, cases: u64) -> Result<(), SeedError> {
    let asked = format!("{} {} {}", options.cases, options.seed, options.until);
    let batch = Batch {
        kind: BatchKind::CaseList,
        source: DEMO_SOURCE.to_owned(),
        file_hash: crate::seal::hex(&crate::seal::sha256(asked.as_bytes())),
        rows: cases,
        cases,
        at: options.until,
        by: None,
    };
    store
        .write(move |tx| {
            let batch = batch.clone();
            Box::pin(async move { Ok::<_, WriteError<Error>>(tx.import(&batch, &[]).await?) })
        })
        .await?;
    Ok(())
}

/// Writes many things of one kind, some hundred to a transaction.
async fn each<T, W>(store: &dyn Store, things: Vec<T>, write: W) -> Result<(), SeedError>
where
    T: Send + Sync + 'static,
    W: for<'t> Fn(&'t mut dyn store::Tx, &'t T) -> store::BoxFuture<'t, Result<(), StoreError>>
        + Copy
        + Send
        + Sync
        + 'static,
{
    let things = Arc::new(things);
    for from in (0..things.len()).step_by(SOME) {
        let things = Arc::clone(&things);
        store
            .write(move |tx| {
                let things = Arc::clone(&things);
                Box::pin(async move {
                    for thing in things.iter().skip(from).take(SOME) {
                        write(tx, thing).await?;
                    }
                    Ok::<_, WriteError<Error>>(())
                })
            })
            .await?;
    }
    Ok(())
}

/// What follows from the events of each case, worked out on every core.
fn changes(
    cases: Vec<PastCase>,
    directory: &Directory,
    catalogue: &Catalogue,
) -> Result<Vec<Change>, StoreError> {
    let minutes = |unit: &_, from, to| directory.minutes(unit, from, to);
    let change = |case: PastCase| Change::new(None, case.events, catalogue, &minutes);
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let share = cases.len().div_ceil(cores).max(1);
    let mut parts: Vec<Vec<PastCase>> = Vec::with_capacity(cores);
    let mut rest = cases.into_iter();
    loop {
        let part: Vec<PastCase> = rest.by_ref().take(share).collect();
        if part.is_empty() {
            break;
        }
        parts.push(part);
    }
    std::thread::scope(|scope| {
        let threads: Vec<_> = parts
            .into_iter()
            .map(|part| scope.spawn(move || part.into_iter().map(change).collect::<Result<Vec<_>, _>>()))
            .collect();
        let mut all = Vec::new();
        for thread in threads {
            all.extend(thread.join().map_err(|_| StoreError::Panicked)??);
        }
        Ok(all)
    })
}
