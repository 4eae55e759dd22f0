//! `cargo xtask check`: what is not a test but must hold.

use std::process::Command;

use anyhow::{Result, bail};

use crate::command::{cargo, output, program, run};
use crate::phase::Phases;
use crate::postgres::Postgres;
use crate::wasm::Profile;
use crate::{db, deny, paths, site};

mod imports;
mod metadata;
mod npm;
mod patterns;
pub mod size;

/// Runs every check; gives whether all hold.
pub fn check() -> bool {
    let mut phases = Phases::default();
    phases.check("format", format);
    phases.check("house rules", house_rules);
    phases.check("packages", deny::check);
    phases.check("browser app", browser_app);
    phases.check("lints", lints);
    phases.check("docs", docs);
    phases.check("query caches", || db::check(&Postgres::obtain()?));
    phases.finish()
}

/// rustfmt agrees with every file.
pub fn format() -> Result<()> {
    run(cargo().args(["fmt", "--all", "--check"]))
}

/// What neither compiler nor clippy can hold: forbidden words per place, who imports whom, lock files.
/// Everything found is named, not only the first.
pub fn house_rules() -> Result<()> {
    let metadata = metadata::read()?;
    let found = [patterns::broken()?, imports::broken(&metadata)?, npm::broken()?].concat();
    if !found.is_empty() {
        bail!("{} rules broken\n{}", found.len(), found.join("\n"));
    }
    Ok(())
}

/// The browser app builds as it is served, and is small enough to start with.
pub fn browser_app() -> Result<()> {
    size::within_budget(&site::build(Profile::Release)?)
}

/// clippy has nothing to say about any target of any package.
pub fn lints() -> Result<()> {
    run(with_site(cargo().args([
        "clippy",
        "--workspace",
        "--all-targets",
        "--locked",
        "--",
        "--deny",
        "warnings",
    ])))
}

/// rustdoc has nothing to say.
pub fn docs() -> Result<()> {
    let mut command = cargo();
    command.args(["doc", "--workspace", "--no-deps", "--locked"]).env("RUSTDOCFLAGS", "--deny warnings");
    run(with_site(&mut command))
}

/// Embeds the site that is there: every phase sees the same variable, or each would compile the server again.
pub fn with_site(command: &mut Command) -> &mut Command {
    if paths::site().is_dir() {
        command.env("PLUMBLINE_SITE_DIR", paths::site());
    }
    command
}

/// The files of the repository: committed, or new and not ignored.
fn sources() -> Result<Vec<String>> {
    let list = output(program("git").args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]))?;
    let files = list.split_terminator('\0').filter(|file| paths::root().join(file).is_file());
    Ok(files.map(str::to_owned).collect())
}
