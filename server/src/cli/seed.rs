//! `plumbline seed`: demo data.

use std::time::Instant;

use anyhow::{Context as _, ensure};
use chrono::SubsecRound as _;
use clap::Args;
use domain::time::Timestamp;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Serialize;
use store::Engine;

use crate::auth::password::{LONGEST, Passwords};
use crate::config::Config;
use crate::seed::{DemoPerson, Options as Story, seed};
use crate::source::Source;
use crate::start;

/// Where the password of all demo people comes from, where it is not made up.
const PASSWORD: &str = "PLUMBLINE_DEMO_PASSWORD";

/// Most cases of one story.
const MOST_CASES: i64 = 20_000_000;

/// Options of `seed`.
#[derive(Debug, Args)]
pub struct Options {
    /// How many cases are registered
    #[arg(long, env = "PLUMBLINE_CASES", default_value_t = 20_000, value_parser = clap::value_parser!(u32).range(1..=MOST_CASES))]
    cases: u32,
    /// What chance starts from: the same seed tells the same story
    #[arg(long, env = "PLUMBLINE_SEED", default_value_t = 1)]
    seed: u64,
    /// When the story ends, 2026-11-20T10:00:00+08:00; now, where it is not given
    #[arg(long, env = "PLUMBLINE_UNTIL", value_name = "TIME", value_parser = super::moment)]
    until: Option<Timestamp>,
    /// Print people and counts as one JSON object
    #[arg(long, env = "PLUMBLINE_JSON")]
    json: bool,
}

/// What scripts read.
#[derive(Serialize)]
struct Line<'a> {
    people: &'a [DemoPerson],
    cases: u64,
    events: u64,
    seconds: f64,
}

/// Fills an empty store with the invented department and its work.
pub async fn run(config: &Config, options: &Options) -> anyhow::Result<()> {
    let begun = Instant::now();
    let store = start::open(config).await?;
    if store.engine() == Engine::Sqlite {
        store.migrate().await?;
    }
    store.check().await.context("the store is not ready for this program: plumbline migrate")?;
    let source = Source::system();
    let vault = start::vault(config, store.as_ref(), &source).await?;
    let (password, made_up) = password(&source)?;
    let hash = Passwords::new(source.clone()).hash(password.clone()).await?;
    let until = options.until.unwrap_or_else(|| source.now()).trunc_subsecs(3);
    let story = Story { cases: options.cases, seed: options.seed, until };
    let seeded = seed(store.as_ref(), &vault, story, &hash).await?;
    store.close().await;
    if !seeded.refused.is_empty() {
        // The store is whole all the same: a clerk who is refused leaves the case to others.
        tracing::warn!(refused = ?seeded.refused, "people of the story tried what the rules do not allow");
    }
    let seconds = (begun.elapsed().as_secs_f64() * 10.0).round() / 10.0;
    if options.json {
        let line = Line { people: &seeded.people, cases: seeded.cases, events: seeded.events, seconds };
        println!("{}", serde_json::to_string(&line)?);
    } else {
        table(&seeded.people);
        println!("{} cases, {} events, {seconds} s", seeded.cases, seeded.events);
    }
    if made_up {
        // Not on standard output: that is for scripts, and nothing else is ever told of it.
        eprintln!("password of all: {}", password.expose_secret());
    }
    Ok(())
}

/// The password of all demo people, and whether it was made up.
fn password(source: &Source) -> anyhow::Result<(SecretString, bool)> {
    match std::env::var(PASSWORD) {
        Ok(given) => {
            ensure!(!given.trim().is_empty(), "{PASSWORD} is empty");
            ensure!(given.len() <= LONGEST, "{PASSWORD} is longer than {LONGEST} bytes");
            Ok((SecretString::from(given), false))
        }
        Err(std::env::VarError::NotPresent) => Ok((SecretString::from(super::user::made_up(source)), true)),
        Err(error) => Err(error).context(PASSWORD),
    }
}

fn table(people: &[DemoPerson]) {
    println!("{:<10} {:<8} {:<20} {:<14} name", "sign in", "unit", "posts", "role");
    for person in people {
        let posts = person.posts.join(" ");
        println!("{:<10} {:<8} {posts:<20} {:<14} {}", person.person, person.unit, person.role, person.name);
    }
}
