//! `cargo xtask test`: every check and every test; what CI runs.

use anyhow::Result;
use clap::{Args, ValueEnum};

use crate::phase::Phases;
use crate::postgres::Postgres;
use crate::{check, db, deny, end2end};

mod host;

/// What to run.
#[derive(Args)]
pub struct Options {
    /// Only these phases, in the order of the list.
    #[arg(long, value_enum, value_delimiter = ',')]
    only: Vec<Phase>,
    /// What to hand to Playwright: a file, `--grep …`, `--project …`.
    #[arg(last = true)]
    playwright: Vec<String>,
}

/// A part of the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Phase {
    /// rustfmt.
    Format,
    /// Words, imports, lock files.
    Rules,
    /// Licences, bans and sources.
    Packages,
    /// The browser app and its size.
    App,
    /// clippy.
    Lints,
    /// rustdoc.
    Docs,
    /// Unit, property, store and API tests.
    Tests,
    /// The committed descriptions of queries.
    Queries,
    /// Playwright on the real binary.
    Browser,
}

/// Runs the phases; gives whether all passed.
pub fn test(options: &Options) -> bool {
    let wanted = |phase| options.only.is_empty() || options.only.contains(&phase);
    let mut phases = Phases::default();
    if wanted(Phase::Format) {
        phases.check("format", check::format);
    }
    if wanted(Phase::Rules) {
        phases.check("house rules", check::house_rules);
    }
    if wanted(Phase::Packages) {
        phases.check("packages", deny::check);
    }
    // Before whatever compiles the server, which embeds it.
    let app = !wanted(Phase::App) || phases.check("browser app", check::browser_app);
    if wanted(Phase::Lints) {
        phases.check("lints", check::lints);
    }
    if wanted(Phase::Docs) {
        phases.check("docs", check::docs);
    }
    if wanted(Phase::Tests) || wanted(Phase::Queries) {
        let postgres = Postgres::obtain();
        if wanted(Phase::Tests) {
            phases.run("tests", || host::run(borrow(&postgres)?));
        }
        if wanted(Phase::Queries) {
            phases.check("query caches", || db::check(borrow(&postgres)?));
        }
    }
    if wanted(Phase::Browser) {
        phases.run("browser", || {
            anyhow::ensure!(app, "not run: the browser app was not built");
            end2end::run(&options.playwright)
        });
    }
    phases.finish()
}

/// Both phases that need the server say why there is none.
fn borrow(postgres: &Result<Postgres>) -> Result<&Postgres> {
    postgres.as_ref().map_err(|error| anyhow::anyhow!("there is no PostgreSQL: {error:#}"))
}
