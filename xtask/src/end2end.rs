//! Browser tests: Playwright against the real binary on a fresh store.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::command::{program, run as run_program, say, which};
use crate::now::now;
use crate::phase::Tally;
use crate::server::{self, Demo, Server};
use crate::{build, chromium, debian, list, paths, random};

/// Enough for every queue, list and dashboard to have something in it.
const CASES: u32 = 3_000;

/// Cases that wait at the counter of one branch, whose queue is as long as lists get.
const LONG: (&str, u32) = ("HB", 10_000);

/// Branches at whose counters some cases wait, whatever the hour: before they open the story has none there.
const BRANCHES: [&str; 6] = ["GD", "JS", "ZJ", "BJ", "SD", "SC"];

/// Cases at each of them.
const WAITING: u32 = 12;

/// Installs what is missing, builds, seeds, serves, and runs the tests with further arguments for Playwright.
pub fn run(arguments: &[String]) -> Result<Tally> {
    install()?;
    run_program(program("npx").current_dir(paths::root().join("end2end")).args(["tsc", "--noEmit"]))?;
    let browser = chromium::obtain()?;
    let binary = build::tested_server(&paths::site())?;
    let folder = paths::target().join("end2end");
    let demo = Demo::seed(&binary, &server::fresh_store(&folder)?, CASES, random::token()?[..12].to_owned())?;
    lengthen(&binary, &demo.store, &folder)?;
    import_log(&binary, &demo.store)?;
    let people = folder.join("seed.json");
    std::fs::write(&people, demo.seeded.to_string())?;
    let mut serve = server::plumbline(&binary, &demo.store);
    // One role that needs a second factor, nobody's whom other tests sign in as.
    serve.env("PLUMBLINE_SECOND_FACTOR", "security_admin");
    let server = Server::start(serve, server::free_address()?)?;
    say(format!("serving {}", server.url()));

    let report = folder.join("report.json");
    let mut playwright = program("npx");
    playwright
        .current_dir(paths::root().join("end2end"))
        .args(["playwright", "test"])
        .args(arguments)
        .env("PLUMBLINE_URL", server.url())
        .env("PLUMBLINE_PEOPLE", &people)
        .env("PLUMBLINE_PASSWORD", &demo.password)
        .env("PLUMBLINE_CHROMIUM", &browser)
        .env("PLUMBLINE_REPORT", &report)
        .env("PLUMBLINE_BINARY", &binary)
        .env("PLUMBLINE_SERVED", &demo.store);
    let ended = run_program(&mut playwright);
    match (tally(&report), ended) {
        (Ok(tally), Ok(())) => Ok(tally),
        (Ok(tally), Err(_)) if tally.failed > 0 => Ok(tally),
        (_, Err(error)) | (Err(error), Ok(())) => Err(error),
    }
}

/// Registers the long list's cases.
fn lengthen(binary: &Path, store: &str, folder: &Path) -> Result<()> {
    let (unit, cases) = LONG;
    say(format!("{cases} more cases at the counter of {unit}, {WAITING} at those of other branches"));
    let (file, mapping) = (folder.join("list.csv"), paths::root().join("docs/case-list-mapping.toml"));
    let others = cases..cases + WAITING * u32::try_from(BRANCHES.len())?;
    let now = now();
    for text in list::files(0..cases, &[unit], now).chain(list::files(others, &BRANCHES, now)) {
        std::fs::write(&file, text)?;
        let mut import = server::plumbline(binary, store);
        run_program(import.args(["import", "case-list"]).arg(&file).arg("--mapping").arg(&mapping))?;
    }
    Ok(())
}

/// Imports the log of another system, whose cases can be read and no more.
fn import_log(binary: &Path, store: &str) -> Result<()> {
    let data = paths::root().join("end2end/data");
    let mut import = server::plumbline(binary, store);
    import.args(["import", "event-log"]).arg(data.join("log.csv"));
    run_program(import.arg("--mapping").arg(data.join("log.toml")))
}

/// Node and the packages of the lock file.
fn install() -> Result<()> {
    if which("node").is_none() || which("npm").is_none() {
        debian::install(&["nodejs", "npm"], "Node.js for the browser tests")?;
    }
    let folder = paths::root().join("end2end");
    let installed = folder.join("node_modules/.package-lock.json");
    if newer(&installed, &folder.join("package-lock.json")) {
        return Ok(());
    }
    say("installing the packages of end2end/package-lock.json: npm ci");
    run_program(program("npm").current_dir(folder).args([
        "ci",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
    ]))
}

/// Whether the first is there and no older than the second.
fn newer(first: &Path, second: &Path) -> bool {
    let time = |path: &Path| path.metadata().and_then(|data| data.modified()).ok();
    time(first).is_some_and(|first| Some(first) >= time(second))
}

/// Reads what Playwright counted. A skipped test has shown nothing and is a failure.
fn tally(report: &PathBuf) -> Result<Tally> {
    let text = std::fs::read_to_string(report).context("Playwright left no report")?;
    count(&serde_json::from_str(&text)?)
}

fn count(report: &Value) -> Result<Tally> {
    let stats = &report["stats"];
    let of = |what: &str| stats[what].as_u64().with_context(|| format!("Playwright's report counts {what}"));
    let tally = Tally { passed: of("expected")?, failed: of("unexpected")? + of("flaky")? + of("skipped")? };
    if tally == Tally::default() {
        bail!("Playwright ran no test");
    }
    Ok(tally)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_passed_at_once_has_passed() {
        let report =
            serde_json::json!({ "stats": { "expected": 9, "unexpected": 1, "flaky": 1, "skipped": 2 } });
        assert_eq!(count(&report).unwrap(), Tally { passed: 9, failed: 4 });
        let nothing =
            serde_json::json!({ "stats": { "expected": 0, "unexpected": 0, "flaky": 0, "skipped": 0 } });
        assert!(count(&nothing).is_err());
        assert!(count(&serde_json::json!({})).is_err());
    }
}
