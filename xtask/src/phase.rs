//! The phases of `check` and `test`: all are run, all are timed, all are counted.

use std::time::{Duration, Instant};

use anyhow::Result;

use crate::command::say;

/// What a phase found: a check counts as one, a test run as many as it ran.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many passed.
    pub passed: u64,
    /// How many failed.
    pub failed: u64,
}

impl Tally {
    /// A check that held.
    pub const PASSED: Self = Self { passed: 1, failed: 0 };
    const FAILED: Self = Self { passed: 0, failed: 1 };

    /// Both together.
    pub fn and(self, other: Self) -> Self {
        Self { passed: self.passed + other.passed, failed: self.failed + other.failed }
    }
}

struct Done {
    name: &'static str,
    tally: Tally,
    time: Duration,
    error: Option<String>,
}

/// The phases so far.
#[derive(Default)]
pub struct Phases {
    done: Vec<Done>,
}

impl Phases {
    /// Runs one phase; an error is shown, counted as a failure and does not stop the others.
    pub fn run(&mut self, name: &'static str, phase: impl FnOnce() -> Result<Tally>) -> bool {
        println!("\n── {name}");
        let start = Instant::now();
        let (tally, error) = match phase() {
            Ok(tally) => (tally, None),
            Err(error) => {
                println!("{name}: {error:#}");
                (Tally::FAILED, Some(format!("{error:#}")))
            }
        };
        self.done.push(Done { name, tally, time: start.elapsed(), error });
        tally.failed == 0
    }

    /// Runs one phase that holds or does not.
    pub fn check(&mut self, name: &'static str, check: impl FnOnce() -> Result<()>) -> bool {
        self.run(name, || check().map(|()| Tally::PASSED))
    }

    /// Prints every phase with its time and, as the last line, the count of all; gives whether all passed.
    pub fn finish(self) -> bool {
        println!();
        let mut total = Tally::default();
        for Done { name, tally, time, error } in &self.done {
            let mark = if tally.failed == 0 { "ok" } else { "FAILED" };
            println!(
                "{name:<14} {mark:<6} {:>5} passed {:>3} failed {:>8.1} s",
                tally.passed,
                tally.failed,
                time.as_secs_f64()
            );
            if let Some(line) = error.as_ref().and_then(|error| error.lines().next()) {
                println!("{:<14} {line}", "");
            }
            total = total.and(*tally);
        }
        let time: Duration = self.done.iter().map(|done| done.time).sum();
        say(format!("{} phases in {:.0} s", self.done.len(), time.as_secs_f64()));
        println!("{} passed, {} failed", total.passed, total.failed);
        total.failed == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phase_that_breaks_counts_as_a_failure_and_the_others_go_on() {
        let mut phases = Phases::default();
        assert!(phases.check("a", || Ok(())));
        assert!(!phases.check("b", || anyhow::bail!("broken")));
        assert!(phases.run("c", || Ok(Tally { passed: 3, failed: 0 })));
        assert!(!phases.run("d", || Ok(Tally { passed: 3, failed: 1 })));
        assert_eq!(
            phases.done.iter().fold(Tally::default(), |sum, done| sum.and(done.tally)),
            Tally { passed: 7, failed: 2 }
        );
        assert!(!phases.finish());
    }
}
