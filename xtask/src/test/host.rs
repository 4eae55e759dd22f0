//! `cargo test` on the whole workspace, with PostgreSQL, counted.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use anyhow::{Context, Result, bail};

use crate::check::with_site;
use crate::command::cargo;
use crate::phase::Tally;
use crate::postgres::{self, Postgres};

/// Runs all tests of all packages, also after a failure.
pub fn run(server: &Postgres) -> Result<Tally> {
    let mut command = cargo();
    command.args(["test", "--workspace", "--locked", "--no-fail-fast"]).env(postgres::VARIABLE, server.url());
    let mut child =
        with_site(&mut command).stdout(Stdio::piped()).spawn().context("cannot start cargo test")?;
    let output = child.stdout.take().context("the output of cargo test is piped")?;
    let mut tally = Tally::default();
    for line in BufReader::new(output).lines() {
        let line = line?;
        println!("{line}");
        if let Some(binary) = result(&line) {
            tally = tally.and(binary);
        }
    }
    let status = child.wait()?;
    if !status.success() && tally.failed == 0 {
        let log = server.log();
        bail!("cargo test ended with {status} after {} tests passed\n{log}", tally.passed);
    }
    Ok(tally)
}

/// Reads `test result: ok. 12 passed; 0 failed; …`.
fn result(line: &str) -> Option<Tally> {
    let counts = line.strip_prefix("test result: ")?;
    let count =
        |what: &str| -> Option<u64> { counts.split(what).next()?.split_whitespace().last()?.parse().ok() };
    Some(Tally { passed: count(" passed")?, failed: count(" failed")? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_of_a_test_binary_is_read() {
        let line =
            "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.03s";
        assert_eq!(result(line), Some(Tally { passed: 12, failed: 0 }));
        let line = "test result: FAILED. 7 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.00s";
        assert_eq!(result(line), Some(Tally { passed: 7, failed: 2 }));
        assert_eq!(result("test case::tests::claim ... ok"), None);
    }
}
