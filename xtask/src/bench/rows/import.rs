//! Importing: an invented event log into an empty store, and the demo data.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use anyhow::Result;
use chrono::{DateTime, SecondsFormat, TimeDelta};

use crate::bench::place::{Place, Seeded};
use crate::bench::table::{Row, Verdict, thousands};

/// What is measured, and the bar.
pub const WANTED: [(&str, &str); 1] = [("event-log import", "≥ 20,000 events/s")];
/// What seeding is called.
pub const SEED: (&str, &str) = ("seed", "–");

const MAPPING: &str = r#"source = "bench"

[unit]
code = "XB"
name = "测速"
name_en = "Bench"

[columns]
case = "case"
activity = "activity"
time = "time"
resource = "resource"

[[activities]]
name = "register"
stage = "intake"

[[activities]]
name = "enter"
stage = "entry"

[[activities]]
name = "price"
stage = "servicing"

[[activities]]
name = "check"
stage = "recheck"

[[activities]]
name = "bind"
stage = "binding"
"#;

const ACTIVITIES: [&str; 5] = ["register", "enter", "price", "check", "bind"];

/// Imports so many events; the time is that of the whole command, reading and checking included.
pub fn measure(
    engine: &'static str,
    place: &Place,
    binary: &Path,
    folder: &Path,
    events: u32,
) -> Result<Vec<Row>> {
    place.migrate(binary)?;
    let (log, mapping) = (folder.join("log.csv"), folder.join("log.toml"));
    fs::write(&log, invent(events))?;
    fs::write(&mapping, MAPPING)?;
    let time = place.import(binary, "event-log", &log, &mapping)?;
    let rate = f64::from(events) / time.as_secs_f64();
    Ok(vec![Row {
        what: WANTED[0].0.to_owned(),
        engine,
        bar: WANTED[0].1.to_owned(),
        measured: format!("{rate:.0}/s (n {} in {:.1} s)", thousands(events), time.as_secs_f64()),
        verdict: Verdict::of(rate >= 20_000.0, true),
    }])
}

/// What seeding took.
pub fn seeded(engine: &'static str, seeded: &Seeded) -> Row {
    Row {
        what: format!("{} of {} cases", SEED.0, thousands(seeded.cases)),
        engine,
        bar: SEED.1.to_owned(),
        measured: format!("{:.1} s ({} events)", seeded.seconds, thousands(seeded.events)),
        verdict: Verdict::NoBar,
    }
}

/// A log of cases of five steps, a case a minute, half an hour between the steps of one.
fn invent(events: u32) -> String {
    let start = DateTime::UNIX_EPOCH + TimeDelta::days(20_000);
    let mut text = "case,activity,time,resource\n".to_owned();
    for event in 0..events {
        let (case, step) = (event / 5, event % 5);
        let at = start + TimeDelta::minutes(i64::from(case) + 30 * i64::from(step));
        let at = at.to_rfc3339_opts(SecondsFormat::Millis, true);
        let activity = ACTIVITIES[step as usize];
        // Writing to a string does not fail.
        let _ = writeln!(text, "case-{case},{activity},{at},R{:02}", (case + step) % 40);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_has_a_row_for_each_event_and_no_row_twice() {
        let text = invent(12);
        let rows: Vec<&str> = text.lines().skip(1).collect();
        assert_eq!(rows[0], "case-0,register,2024-10-04T00:00:00.000Z,R00");
        assert_eq!(rows[6], "case-1,enter,2024-10-04T00:31:00.000Z,R02");
        assert_eq!(rows.len(), 12);
        assert_eq!(rows.iter().collect::<std::collections::BTreeSet<_>>().len(), 12);
    }

    #[test]
    fn every_activity_is_mapped() {
        for activity in ACTIVITIES {
            assert!(MAPPING.contains(&format!("name = \"{activity}\"")), "{activity}");
        }
    }
}
