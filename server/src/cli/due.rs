//! `plumbline due`: the due time, day by day.

use anyhow::Context as _;
use chrono::TimeDelta;
use clap::{ArgGroup, Args};
use domain::id::UnitId;
use domain::time::{Amount, BusinessDays, BusinessMinutes, Calendar, Counted, DayKind, Timestamp, local};

use crate::config::Config;
use crate::directory::Directory;
use crate::source::Source;
use crate::start;

/// Most business minutes counted, a little over eight years: each day of them is a line.
const MOST_MINUTES: i64 = 1_000_000;
/// Most business days counted: forty years.
const MOST_DAYS: i64 = 10_000;

/// Options of `due`.
#[derive(Debug, Args)]
#[command(group(ArgGroup::new("amount").required(true).args(["minutes", "days"])))]
pub struct Options {
    /// When the clock starts: 2026-03-18T09:00:00+08:00
    #[arg(long, value_name = "TIME", value_parser = super::moment)]
    start: Timestamp,
    /// Business minutes
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(i64).range(0..=MOST_MINUTES))]
    minutes: Option<i64>,
    /// Business days (T+N)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=MOST_DAYS))]
    days: Option<u32>,
    /// Unit whose calendar counts; without it the national calendar, and no store is read
    #[arg(long, value_name = "UNIT")]
    unit: Option<String>,
}

/// Prints how the clock was counted.
pub async fn run(config: &Config, options: &Options) -> anyhow::Result<()> {
    let calendar = match &options.unit {
        None => Calendar::national(),
        Some(unit) => of_unit(config, unit).await?,
    };
    let amount = match (options.minutes, options.days) {
        (Some(minutes), _) => Amount::Minutes(BusinessMinutes(minutes)),
        (None, days) => Amount::Days(BusinessDays(days.unwrap_or(0))),
    };
    print!("{}", account(&calendar, options.start, amount));
    Ok(())
}

/// The account as text: start, a line per day, due time.
fn account(calendar: &Calendar, start: Timestamp, amount: Amount) -> String {
    let explained = calendar.explain(start, amount);
    let due = match amount {
        Amount::Minutes(_) => local(explained.due()).to_rfc3339(),
        // Of days the due time is the first instant too late: the day before is the one people know.
        Amount::Days(_) => {
            format!(
                "{}, until the end of the day",
                local(explained.due() - TimeDelta::milliseconds(1)).date_naive()
            )
        }
    };
    let lines: String = explained.map(|day| line(&day)).collect();
    format!("start {}\n{lines}due   {due}\n", local(start).to_rfc3339())
}

/// `2026-02-14 Sat make_up  春节 Spring Festival  08:30–12:00 13:00–17:30  +480 = 720`
fn line(day: &Counted) -> String {
    let kind = match day.kind {
        DayKind::Working => "working",
        DayKind::MakeUp => "make-up",
        DayKind::OwnHours => "own hours",
        DayKind::Weekend => "weekend",
        DayKind::Holiday => "holiday",
    };
    let name = day.name.as_ref().map_or_else(String::new, |name| format!("  {} {}", name.zh, name.en));
    let unsure = if day.confirmed { "" } else { "  year not confirmed" };
    let clock = |at: Timestamp| local(at).format("%H:%M");
    let spans: Vec<String> =
        day.spans.iter().map(|span| format!("  {}–{}", clock(span.from), clock(span.to))).collect();
    let spans = spans.concat();
    let (added, total) = (number(day.counted), number(day.total));
    format!("{} {kind:9}{name}{spans}  +{added} = {total}{unsure}\n", day.date.format("%Y-%m-%d %a"))
}

fn number(amount: Amount) -> i64 {
    match amount {
        Amount::Minutes(minutes) => minutes.get(),
        Amount::Days(days) => i64::from(days.get()),
    }
}

async fn of_unit(config: &Config, unit: &str) -> anyhow::Result<Calendar> {
    let store = start::open(config).await?;
    store.check().await?;
    let directory = Directory::read(store.as_ref(), Source::system().now()).await?;
    store.close().await;
    let unit = UnitId::from(unit);
    directory.units().get(&unit).with_context(|| format!("no unit {unit}"))?;
    Ok(directory.calendar(&unit).as_ref().clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_over_a_weekend_says_what_counted() {
        let start = "2026-03-20T16:30:00+08:00".parse().unwrap();
        let text = account(&Calendar::national(), start, Amount::Minutes(BusinessMinutes(120)));
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "start 2026-03-20T16:30:00+08:00");
        assert_eq!(lines[1], "2026-03-20 Fri working    16:30–17:30  +60 = 60");
        assert_eq!(lines[2], "2026-03-21 Sat weekend    +0 = 60");
        assert_eq!(lines.last(), Some(&"due   2026-03-23T09:30:00+08:00"));
    }

    #[test]
    fn days_end_with_their_day() {
        let start = "2026-03-20T16:30:00+08:00".parse().unwrap();
        let text = account(&Calendar::national(), start, Amount::Days(BusinessDays(2)));
        assert!(text.ends_with("due   2026-03-24, until the end of the day\n"), "{text}");
    }
}
