//! How old open cases are against how old finished ones were, and those that do not move.

use chrono::{Days, TimeDelta};
use domain::api::dashboard::{AgeColumn, AgeDot, Stuck, StuckReason};
use domain::case::work_item::WorkStatus;
use domain::post::Stage;
use domain::time::{Calendar, Timestamp, local_date, start_of_day};
use store::{AgeRow, OpenAge, OpenFilter};

use super::matrix::STAGES;
use super::{Extent, small};
use crate::directory::Directory;
use crate::error::Result;
use crate::state::App;

/// Days whose finished cases the percentiles are of.
const PERCENTILE_DAYS: u64 = 90;
/// Percentiles shown.
const PERCENTILES: [u64; 4] = [50, 70, 85, 95];
/// Open cases read for the chart.
const MOST_OPEN: u32 = 20_000;
/// Dots of a column; more are binned.
const MOST_DOTS: usize = 120;
/// Bins of a column.
const BINS: i64 = 24;
/// Candidates read for the list of stuck cases.
const MOST_STUCK: u32 = 5_000;
/// Stuck cases listed.
pub const STUCK_SHOWN: usize = 50;

/// Columns of the ageing chart.
pub async fn columns(
    app: &App,
    directory: &Directory,
    extent: &Extent,
    now: Timestamp,
) -> Result<Vec<AgeColumn>> {
    let filter = OpenFilter { units: &extent.units, stages: &extent.stages };
    let open = app.store().open_ages(&filter, MOST_OPEN).await?;
    let from = local_date(now) - Days::new(PERCENTILE_DAYS);
    let finished = app.store().finished_ages(from, &extent.units).await?;
    let stages = STAGES.into_iter().filter(|stage| extent.has(*stage));
    Ok(stages.map(|stage| column(directory, stage, &open, &finished, now)).collect())
}

fn column(
    directory: &Directory,
    stage: Stage,
    open: &[OpenAge],
    finished: &[AgeRow],
    now: Timestamp,
) -> AgeColumn {
    let mut dots: Vec<AgeDot> = open
        .iter()
        .filter(|case| case.stage == stage)
        .map(|case| AgeDot {
            case: case.case,
            number: case.number.clone(),
            age: directory.minutes(&case.accepting, case.received_at, now),
            overdue: case.act_by < now,
        })
        .collect();
    dots.sort_by_key(|dot| std::cmp::Reverse(dot.age));
    let bins = if dots.len() > MOST_DOTS { bins(&dots) } else { Vec::new() };
    if !bins.is_empty() {
        dots.clear();
    }
    let rows: Vec<&AgeRow> = finished.iter().filter(|row| row.stage == stage).collect();
    let count = rows.iter().map(|row| row.n).sum();
    let percentiles = (count > 0).then(|| PERCENTILES.map(|percent| percentile(&rows, count, percent)));
    AgeColumn { stage, percentiles, finished: small(count), dots, bins }
}

/// The smallest age that at least so many per cent of the cases did not exceed. Rows come by age.
fn percentile(rows: &[&AgeRow], count: u64, percent: u64) -> i64 {
    let wanted = (count * percent).div_ceil(100);
    let mut seen = 0;
    for row in rows {
        seen += row.n;
        if seen >= wanted {
            return row.age;
        }
    }
    rows.last().map_or(0, |row| row.age)
}

/// Bins of equal width from none to the oldest; empty ones are left out.
fn bins(dots: &[AgeDot]) -> Vec<(i64, i64, u32, u32)> {
    let oldest = dots.first().map_or(0, |dot| dot.age);
    let width = (oldest / BINS + 1).max(1);
    (0..BINS)
        .filter_map(|bin| {
            let (from, to) = (bin * width, (bin + 1) * width);
            let inside = || dots.iter().filter(|dot| (from..to).contains(&dot.age));
            let (count, overdue) = (inside().count(), inside().filter(|dot| dot.overdue).count());
            (count > 0).then(|| (from, to, small(count as u64), small(overdue as u64)))
        })
        .collect()
}

/// The stuck cases as the dashboard lists them, longest first.
pub async fn stuck(
    app: &App,
    directory: &Directory,
    filter: &OpenFilter<'_>,
    now: Timestamp,
) -> Result<Vec<Stuck>> {
    let row = |(case, idle): (OpenAge, i64)| Stuck {
        reason: reason(directory, &case),
        case: case.case,
        number: case.number,
        items: case.items,
        stage: case.stage,
        unit: case.unit,
        holder: case.holder,
        idle,
        due_at: case.due_at,
    };
    Ok(stuck_cases(app, directory, filter, now).await?.into_iter().map(row).collect())
}

/// Cases without an event for so many business minutes as the catalogue says, with these minutes, longest first.
pub async fn stuck_cases(
    app: &App,
    directory: &Directory,
    filter: &OpenFilter<'_>,
    now: Timestamp,
) -> Result<Vec<(OpenAge, i64)>> {
    let limit = directory.current(now)?.catalogue.settings.stuck.get();
    let before = earliest(&Calendar::national(), limit, now);
    let candidates = app.store().unmoved(filter, before, MOST_STUCK).await?;
    let mut stuck: Vec<(OpenAge, i64)> = candidates
        .into_iter()
        .filter_map(|case| {
            let idle = directory.minutes(&case.unit, case.moved_at, now);
            (idle >= limit).then_some((case, idle))
        })
        .collect();
    stuck.sort_by_key(|(_, idle)| std::cmp::Reverse(*idle));
    Ok(stuck)
}

/// A moment so many minutes of an ordinary calendar ago, less a day: cases that moved later cannot be stuck by any
/// unit's calendar, whose days are not twice as long.
fn earliest(calendar: &Calendar, minutes: i64, now: Timestamp) -> Timestamp {
    let mut day = local_date(now);
    while calendar.minutes_between(start_of_day(day), now).get() * 2 < minutes {
        day = calendar.previous_working_day(day);
    }
    start_of_day(day) + TimeDelta::days(1)
}

fn reason(directory: &Directory, case: &OpenAge) -> StuckReason {
    match case.status {
        WorkStatus::Claimed => StuckReason::InHand,
        WorkStatus::Waiting => StuckReason::OnHold,
        WorkStatus::HandedOver => StuckReason::OnSlip,
        WorkStatus::Ready => {
            let people = directory.around(&case.accepting);
            let could = |person: &domain::actor::Person| {
                person.holds(case.stage.post()) && person.scope.contains(&case.unit)
            };
            if people.iter().any(could) { StuckReason::InPool } else { StuckReason::Nobody }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::id::CaseId;
    use uuid::Uuid;

    #[test]
    fn percentiles_are_ages_that_occurred() {
        let row = |age, n| AgeRow { stage: Stage::Entry, age, n };
        let rows = [row(10, 50), row(20, 35), row(300, 15)];
        let rows: Vec<&AgeRow> = rows.iter().collect();
        assert_eq!(PERCENTILES.map(|percent| percentile(&rows, 100, percent)), [10, 20, 20, 300]);
    }

    #[test]
    fn bins_hold_every_dot_once() {
        let dots: Vec<AgeDot> = (0..500)
            .rev()
            .map(|age| AgeDot { case: CaseId(Uuid::nil()), number: String::new(), age, overdue: age > 400 })
            .collect();
        let bins = bins(&dots);
        assert_eq!(bins.iter().map(|bin| bin.2).sum::<u32>(), 500);
        assert_eq!(bins.iter().map(|bin| bin.3).sum::<u32>(), 99);
        assert!(bins.iter().zip(&bins[1..]).all(|(a, b)| a.1 == b.0));
    }

    #[test]
    fn candidates_for_stuck_cases_reach_back_far_enough() {
        let calendar = Calendar::national();
        let now: Timestamp = "2026-03-18T02:00:00Z".parse().unwrap();
        let before = earliest(&calendar, 960, now);
        assert!(before < now);
        assert!(calendar.minutes_between(before, now).get() < 960);
    }
}
