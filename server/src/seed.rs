//! Demo data: months of work in an invented department, the same for the same seed, ending now.
//!
//! Every event comes from the rules the server enforces and is sealed, chained and written as the server's own are;
//! so queues, slips, dashboards and checks show what the product would show after such months, and `verify` finds
//! nothing to say. Keys and ciphertexts come from the vault and differ from store to store.

mod chance;
mod department;
mod invent;
mod names;
mod simulation;
mod write;

use std::collections::BTreeMap;

use domain::time::{Timestamp, start_of_day};
use serde::Serialize;
use store::{Store, StoreError, WriteError};

use crate::directory::Directory;
use crate::error::Error;
use crate::seal::Vault;
use simulation::Setting;

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// How many cases are registered.
    pub cases: u32,
    /// What chance starts from.
    pub seed: u64,
    /// When the story ends.
    pub until: Timestamp,
}

/// What came of it.
#[derive(Clone, Debug, Serialize)]
pub struct Seeded {
    /// Everyone, the first of each post of the largest branch first.
    pub people: Vec<DemoPerson>,
    /// Cases registered.
    pub cases: u64,
    /// Events written.
    pub events: u64,
    /// Steps the rules refused to people of the story, by command and reason. They know the rules: there should be none.
    pub refused: BTreeMap<String, u32>,
}

/// Somebody to sign in as.
#[derive(Clone, Debug, Serialize)]
pub struct DemoPerson {
    /// Number.
    pub person: String,
    /// Name.
    pub name: String,
    /// Home unit.
    pub unit: String,
    /// Posts held.
    pub posts: Vec<&'static str>,
    /// Role.
    pub role: &'static str,
}

/// Why a store is not filled.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// There are cases in it: demo data must never mix with real work.
    #[error("this store has {0} cases already; demo data goes into an empty one")]
    NotEmpty(u64),
    /// No case to tell of.
    #[error("at least one case")]
    NoCase,
    /// The story would be told in a time that has no days to work.
    #[error("the story cannot end at {0}")]
    Until(Timestamp),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Sealing, or anything else of the server's own.
    #[error(transparent)]
    Server(#[from] Error),
}

impl From<WriteError<Error>> for SeedError {
    fn from(error: WriteError<Error>) -> Self {
        match error {
            WriteError::Store(error) => Self::Store(error),
            WriteError::Refused(error) => Self::Server(error),
        }
    }
}

/// Fills an empty store. All people sign in with the password of the hash, in PHC form.
///
/// # Errors
/// See [`SeedError`]; a store that has cases is left as it is.
pub async fn seed(
    store: &dyn Store,
    vault: &Vault,
    options: Options,
    password: &str,
) -> Result<Seeded, SeedError> {
    let there = store.counts().await?.cases;
    if there > 0 {
        return Err(SeedError::NotEmpty(there));
    }
    if options.cases == 0 {
        return Err(SeedError::NoCase);
    }
    let calendar = domain::time::Calendar::national();
    let days = simulation::days_until(&calendar, options.until, simulation::business_days(options.cases));
    let since = *days.first().ok_or(SeedError::Until(options.until))?;
    let staff = department::staff(options.seed, since, password);
    write::department(store, &staff, start_of_day(since)).await?;
    let directory = Directory::read(store, options.until).await?;
    let edition = directory.current(start_of_day(since))?;
    let mut past = simulation::tell(&Setting {
        directory: &directory,
        vault,
        catalogue: &edition.catalogue,
        staff: &staff,
        days: &days,
        until: options.until,
        cases: options.cases,
        seed: options.seed,
    })?;
    let refused = std::mem::take(&mut past.refused);
    let (cases, events) =
        (past.cases.len() as u64, past.cases.iter().map(|case| case.events.len() as u64).sum());
    write::past(store, &directory, &edition.catalogue, past).await?;
    write::note(store, options, cases).await?;
    Ok(Seeded { people: staff.iter().map(demo_person).collect(), cases, events, refused })
}

fn demo_person(staff: &department::Staff) -> DemoPerson {
    let record = &staff.record;
    DemoPerson {
        person: record.id.to_string(),
        name: record.name.clone(),
        unit: record.unit.to_string(),
        posts: record.posts.iter().map(|held| held.post.as_str()).collect(),
        role: record.role.as_str(),
    }
}
