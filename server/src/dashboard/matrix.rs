//! The matrix of the backlog: accepting units by stage.

use std::collections::BTreeSet;

use domain::api::dashboard::{BacklogCell, BacklogRow, Compared};
use domain::case::work_item::WorkStatus;
use domain::id::UnitId;
use domain::post::Stage;
use domain::unit::UnitTree;
use store::{MovementRow, OpenCount, StepCount};

use super::flow::undone;
use super::{Extent, small};

/// Stages shown: no item of the catalogue asks for a final check yet.
pub const STAGES: [Stage; 5] =
    [Stage::Intake, Stage::Entry, Stage::Servicing, Stage::Recheck, Stage::Binding];

/// Figures the matrix is made of.
#[derive(Clone, Copy, Debug)]
pub struct Figures<'a> {
    /// Open cases now.
    pub open: &'a [OpenCount],
    /// Movements since the same hour of the last business day; none where the log does not reach back.
    pub since: Option<&'a [MovementRow]>,
    /// Steps finished over the last business days.
    pub finished: &'a [StepCount],
    /// How many business days those are.
    pub days: u32,
}

/// Rows of the matrix: the units directly below the one looked at, each with all below it; a unit itself, without
/// those below, where it has cases of its own.
pub fn rows(extent: &Extent, units: &UnitTree, figures: &Figures<'_>) -> Vec<BacklogRow> {
    let mut rows: Vec<BacklogRow> = groups(extent, units)
        .into_iter()
        .map(|(unit, members)| row(unit, &members, extent, figures))
        .filter(|row| row.cells.iter().any(|cell| cell.open.now > 0 || cell.daily > 0.0))
        .collect();
    rows.sort_by(|a, b| a.unit.cmp(&b.unit));
    rows
}

/// Units of the rows with the accepting units each stands for.
fn groups(extent: &Extent, units: &UnitTree) -> Vec<(UnitId, BTreeSet<UnitId>)> {
    let parent = |unit: &UnitId| units.get(unit).and_then(|unit| unit.parent.clone());
    let is_root = |unit: &&UnitId| !parent(unit).is_some_and(|above| extent.units.contains(&above));
    let roots: Vec<UnitId> = extent.units.iter().filter(is_root).cloned().collect();
    // One root is split into what lies below it; several roots are rows themselves.
    let tops: Vec<UnitId> = match roots.as_slice() {
        [root] => extent.units.iter().filter(|unit| parent(unit).as_ref() == Some(root)).cloned().collect(),
        _ => roots.clone(),
    };
    let mut groups: Vec<(UnitId, BTreeSet<UnitId>)> = tops
        .iter()
        .map(|top| {
            let below = units.expand(std::slice::from_ref(top));
            (top.clone(), below.intersection(&extent.units).cloned().collect())
        })
        .collect();
    if let [root] = roots.as_slice() {
        groups.push((root.clone(), BTreeSet::from([root.clone()])));
    }
    groups
}

fn row(unit: UnitId, members: &BTreeSet<UnitId>, extent: &Extent, figures: &Figures<'_>) -> BacklogRow {
    let stages = STAGES.into_iter().filter(|stage| extent.has(*stage));
    let open: Vec<&OpenCount> =
        figures.open.iter().filter(|count| members.contains(&count.accepting)).collect();
    let with = |status: WorkStatus| {
        small(open.iter().filter(|count| count.status == status).map(|count| count.open).sum())
    };
    BacklogRow {
        waiting: with(WorkStatus::Waiting),
        in_transit: with(WorkStatus::HandedOver),
        cells: stages.map(|stage| cell(stage, members, &open, figures)).collect(),
        unit,
    }
}

fn cell(stage: Stage, members: &BTreeSet<UnitId>, open: &[&OpenCount], figures: &Figures<'_>) -> BacklogCell {
    let here = || open.iter().filter(|count| count.stage == stage);
    let now: u64 = here().map(|count| count.open).sum();
    let before = figures.since.map(|rows| {
        let then =
            i64::try_from(now).unwrap_or(i64::MAX) + undone(rows, stage, &|unit| members.contains(unit));
        u32::try_from(then).unwrap_or(0)
    });
    let finished: u64 = figures
        .finished
        .iter()
        .filter(|count| count.stage == stage && members.contains(&count.accepting))
        .map(|count| count.n)
        .sum();
    BacklogCell {
        stage,
        open: Compared { now: small(now), before },
        overdue: small(here().map(|count| count.overdue).sum()),
        due_today: small(here().map(|count| count.due_today).sum()),
        daily: f64::from(small(finished)) / f64::from(figures.days.max(1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::unit::{Unit, UnitLevel};

    fn tree() -> UnitTree {
        let unit = |id: &str, parent: Option<&str>| Unit {
            id: id.into(),
            name: id.to_owned(),
            name_en: id.to_owned(),
            level: UnitLevel::Branch,
            parent: parent.map(Into::into),
        };
        UnitTree::new([
            unit("HQ", None),
            unit("SH", Some("HQ")),
            unit("SH01", Some("SH")),
            unit("BJ", Some("HQ")),
        ])
    }

    fn open(accepting: &str, stage: Stage, status: WorkStatus, open: u64) -> OpenCount {
        let (accepting, unit) = (UnitId::from(accepting), UnitId::from(accepting));
        OpenCount { accepting, unit, stage, status, open, overdue: 1, due_today: 2 }
    }

    #[test]
    fn a_row_holds_all_below_its_unit() {
        let open = [
            open("SH", Stage::Entry, WorkStatus::Ready, 3),
            open("SH01", Stage::Entry, WorkStatus::Waiting, 4),
            open("BJ", Stage::Recheck, WorkStatus::HandedOver, 5),
        ];
        let figures = Figures { open: &open, since: None, finished: &[], days: 10 };
        let extent = Extent { units: tree().expand(&["HQ".into()]), stages: BTreeSet::new(), unit: None };
        let rows = rows(&extent, &tree(), &figures);
        assert_eq!(rows.iter().map(|row| row.unit.as_str()).collect::<Vec<_>>(), ["BJ", "SH"]);
        let entry = rows[1].cells.iter().find(|cell| cell.stage == Stage::Entry).unwrap();
        assert_eq!((entry.open.now, entry.overdue, rows[1].waiting), (7, 2, 4));
        assert_eq!(rows[0].in_transit, 5);
        assert_eq!(entry.open.before, None);
    }
}
