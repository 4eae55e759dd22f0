//! Arrivals and completions over a day, and what was open at another hour.

use chrono::{TimeDelta, Timelike as _};
use domain::api::dashboard::FlowPoint;
use domain::flow::MovementKind;
use domain::id::UnitId;
use domain::post::Stage;
use domain::time::{Timestamp, end_of_day, local, local_date, start_of_day};
use store::MovementRow;

use super::{Extent, small};

/// The first hour shown: nothing happens before, as a rule.
const FIRST_HOUR: u32 = 8;
/// The last hour shown of a day that is over, at least.
const LAST_HOUR: u32 = 18;

/// Whether a movement brings work to the stages looked at: over all of them, only what is registered.
fn arrives(extent: &Extent, row: &MovementRow) -> bool {
    let enters = row.to.as_ref().is_some_and(|(_, stage)| extent.has(*stage));
    enters && (!extent.stages.is_empty() || row.kind == MovementKind::Registered)
}

/// Whether it takes work away from them: over all of them, only what leaves the house.
fn finishes(extent: &Extent, row: &MovementRow) -> bool {
    let leaves = row.from.as_ref().is_some_and(|(_, stage)| extent.has(*stage));
    leaves && (!extent.stages.is_empty() || row.to.is_none())
}

/// Arrived and finished since the day began, at each full hour; of today up to now.
pub fn points(extent: &Extent, rows: &[MovementRow], day: Timestamp, now: Timestamp) -> Vec<FlowPoint> {
    let start = start_of_day(local_date(day));
    let today = local_date(day) == local_date(now);
    let busy = rows.iter().map(|row| u32::from(row.hour));
    let first = busy.clone().min().map_or(FIRST_HOUR, |hour| hour.min(FIRST_HOUR));
    let last = if today {
        local(now).hour()
    } else {
        busy.max().map_or(LAST_HOUR, |hour| (hour + 1).max(LAST_HOUR))
    };
    let up_to = |hour: u32, counts: &dyn Fn(&MovementRow) -> bool| {
        let counted = rows.iter().filter(|row| u32::from(row.hour) < hour && counts(row));
        small(counted.map(|row| row.n).sum())
    };
    // Midnight belongs to the next day: a day that was busy to its end has its last point just before.
    let last_moment = end_of_day(local_date(day)) - TimeDelta::milliseconds(1);
    let point = |at: Timestamp, hour: u32| FlowPoint {
        at: at.min(last_moment),
        arrived: up_to(hour, &|row| arrives(extent, row)),
        finished: up_to(hour, &|row| finishes(extent, row)),
    };
    let mut points: Vec<FlowPoint> =
        (first..=last).map(|hour| point(start + TimeDelta::hours(i64::from(hour)), hour)).collect();
    if today {
        points.push(point(now, 24));
    }
    points
}

/// How many movements of a kind.
pub fn count(rows: &[MovementRow], kind: MovementKind) -> u64 {
    rows.iter().filter(|row| row.kind == kind).map(|row| row.n).sum()
}

/// How much more was open in a cell before these movements: what left it since, less what entered it.
pub fn undone(rows: &[MovementRow], stage: Stage, accepting: &dyn Fn(&UnitId) -> bool) -> i64 {
    let signed = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    rows.iter()
        .filter(|row| accepting(&row.accepting))
        .map(|row| {
            let left = row.from.as_ref().is_some_and(|(_, from)| *from == stage);
            let entered = row.to.as_ref().is_some_and(|(_, to)| *to == stage);
            signed(row.n) * (i64::from(left) - i64::from(entered))
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn row(kind: MovementKind, from: Option<Stage>, to: Option<Stage>, hour: u8, n: u64) -> MovementRow {
        let cell = |stage: Stage| (UnitId::from("SH"), stage);
        MovementRow { accepting: "SH".into(), kind, from: from.map(cell), to: to.map(cell), hour, n }
    }

    fn extent(stages: &[Stage]) -> Extent {
        Extent { units: BTreeSet::from(["SH".into()]), stages: stages.iter().copied().collect(), unit: None }
    }

    fn rows() -> Vec<MovementRow> {
        vec![
            row(MovementKind::Registered, None, Some(Stage::Intake), 9, 5),
            row(MovementKind::Passed, Some(Stage::Intake), Some(Stage::Entry), 10, 3),
            row(MovementKind::Returned, Some(Stage::Servicing), Some(Stage::Entry), 10, 1),
            row(MovementKind::Released, Some(Stage::Binding), None, 11, 2),
        ]
    }

    #[test]
    fn the_house_counts_what_comes_and_goes() {
        let now: Timestamp = "2026-03-18T03:30:00Z".parse().unwrap();
        let points = points(&extent(&[]), &rows(), now, now);
        let last = points.last().unwrap();
        assert_eq!((last.arrived, last.finished, last.at), (5, 2, now));
        assert_eq!(points[0].arrived, 0);
    }

    #[test]
    fn every_point_is_of_its_day() {
        let (then, now) = ("2026-03-17T00:00:00Z".parse().unwrap(), "2026-03-18T03:30:00Z".parse().unwrap());
        let late = [row(MovementKind::Registered, None, Some(Stage::Intake), 23, 1)];
        let points = points(&extent(&[]), &late, then, now);
        assert!(points.iter().all(|point| local_date(point.at) == local_date(then)));
        assert_eq!(points.last().map(|point| point.arrived), Some(1));
    }

    #[test]
    fn a_post_counts_what_enters_and_leaves_it() {
        let now: Timestamp = "2026-03-18T03:30:00Z".parse().unwrap();
        let points = points(&extent(&[Stage::Entry]), &rows(), now, now);
        assert_eq!(points.last().map(|point| (point.arrived, point.finished)), Some((4, 0)));
    }

    #[test]
    fn what_was_open_before_follows_from_the_movements() {
        assert_eq!(undone(&rows(), Stage::Intake, &|_| true), -2);
        assert_eq!(undone(&rows(), Stage::Entry, &|_| true), -4);
        assert_eq!(undone(&rows(), Stage::Binding, &|_| true), 2);
        assert_eq!(undone(&rows(), Stage::Binding, &|_| false), 0);
    }
}
