//! The figures of the matrix: rows, cells, sums.

use super::url::Measure;
use domain::api::dashboard::{BacklogCell, BacklogRow};
use domain::id::UnitId;
use domain::post::Stage;

/// A cell as it is shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cell {
    /// Its stage.
    pub stage: Stage,
    /// Open cases.
    pub open: i64,
    /// Of these overdue.
    pub overdue: i64,
    /// Of these due today.
    pub today: i64,
    /// Change against the same hour of the last business day.
    pub change: Option<i64>,
    /// Finished a day.
    pub daily: f64,
}

impl Cell {
    fn of(cell: &BacklogCell) -> Self {
        let open = i64::from(cell.open.now);
        Self {
            stage: cell.stage,
            open,
            overdue: cell.overdue.into(),
            today: cell.due_today.into(),
            change: cell.open.before.map(|before| open - i64::from(before)),
            daily: cell.daily,
        }
    }

    /// The figure of a measure.
    pub const fn figure(&self, measure: Measure) -> i64 {
        match measure {
            Measure::Open => self.open,
            Measure::Overdue => self.overdue,
            Measure::Today => self.today,
        }
    }

    /// Its backlog in days of what it finishes; none where nothing was finished lately.
    pub fn days(&self) -> Option<f64> {
        #[expect(clippy::cast_precision_loss, reason = "counts of cases")]
        let open = self.open as f64;
        (self.daily > 0.0 && self.open > 0).then(|| open / self.daily)
    }
}

/// A row as it is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The unit.
    pub unit: UnitId,
    /// The unit alone, without those below it, which have rows of their own.
    pub alone: bool,
    /// Its cells.
    pub cells: Vec<Cell>,
    /// Waiting.
    pub waiting: i64,
    /// On slips.
    pub in_transit: i64,
}

impl Row {
    /// Its sum of a measure.
    pub fn sum(&self, measure: Measure) -> i64 {
        self.cells.iter().map(|cell| cell.figure(measure)).sum()
    }
}

/// The matrix as it is shown.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Figures {
    /// The stages, in order.
    pub stages: Vec<Stage>,
    /// The rows, in the order given.
    pub rows: Vec<Row>,
}

impl Figures {
    /// Makes it. `above` answers the units above a unit: a row whose unit is above that of another row stands for
    /// that unit alone.
    pub fn of(rows: &[BacklogRow], above: impl Fn(&UnitId) -> Vec<UnitId>) -> Self {
        let stages = Stage::ALL
            .into_iter()
            .filter(|stage| rows.iter().any(|row| row.cells.iter().any(|cell| cell.stage == *stage)))
            .collect();
        let has_below =
            |unit: &UnitId| rows.iter().any(|other| other.unit != *unit && above(&other.unit).contains(unit));
        let rows = rows
            .iter()
            .map(|row| Row {
                unit: row.unit.clone(),
                alone: has_below(&row.unit),
                cells: row.cells.iter().map(Cell::of).collect(),
                waiting: row.waiting.into(),
                in_transit: row.in_transit.into(),
            })
            .collect();
        Self { stages, rows }
    }

    /// The cell of a unit at a stage.
    pub fn cell(&self, unit: &UnitId, stage: Stage) -> Option<Cell> {
        self.rows
            .iter()
            .find(|row| row.unit == *unit)
            .and_then(|row| row.cells.iter().find(|cell| cell.stage == stage).copied())
    }

    /// The sum of a stage.
    pub fn column(&self, stage: Stage, measure: Measure) -> i64 {
        self.rows
            .iter()
            .flat_map(|row| row.cells.iter())
            .filter(|cell| cell.stage == stage)
            .map(|cell| cell.figure(measure))
            .sum()
    }

    /// The cells with most overdue, at most so many: row and cell.
    pub fn latest(&self, most: usize) -> Vec<(UnitId, bool, Cell)> {
        let mut cells: Vec<(UnitId, bool, Cell)> = self
            .rows
            .iter()
            .flat_map(|row| row.cells.iter().map(|cell| (row.unit.clone(), row.alone, *cell)))
            .filter(|(.., cell)| cell.overdue > 0)
            .collect();
        cells.sort_by_key(|(.., cell)| std::cmp::Reverse(cell.overdue));
        cells.truncate(most);
        cells
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::api::dashboard::Compared;

    fn row(unit: &str, cells: [(Stage, u32, u32); 2]) -> BacklogRow {
        let cell = |(stage, now, overdue)| BacklogCell {
            stage,
            open: Compared { now, before: Some(10) },
            overdue,
            due_today: 1,
            daily: 4.0,
        };
        BacklogRow { unit: unit.into(), cells: cells.map(cell).to_vec(), waiting: 2, in_transit: 1 }
    }

    fn figures() -> Figures {
        let rows = [
            row("HQ", [(Stage::Entry, 1, 0), (Stage::Recheck, 0, 0)]),
            row("SH", [(Stage::Entry, 12, 3), (Stage::Recheck, 7, 5)]),
        ];
        Figures::of(&rows, |unit| if unit.as_str() == "SH" { vec!["HQ".into()] } else { vec![] })
    }

    #[test]
    fn sums_are_those_of_rows_and_columns() {
        let figures = figures();
        assert_eq!(figures.stages, [Stage::Entry, Stage::Recheck]);
        let by_row: i64 = figures.rows.iter().map(|row| row.sum(Measure::Open)).sum();
        let by_column: i64 = figures.stages.iter().map(|stage| figures.column(*stage, Measure::Open)).sum();
        assert_eq!((by_row, by_column), (20, 20));
        assert_eq!(figures.column(Stage::Recheck, Measure::Overdue), 5);
    }

    #[test]
    fn a_unit_above_others_stands_for_itself_alone() {
        assert_eq!(figures().rows.iter().map(|row| row.alone).collect::<Vec<_>>(), [true, false]);
    }

    #[test]
    fn change_and_days_are_of_the_cell() {
        let cell = figures().cell(&"SH".into(), Stage::Entry).expect("a cell");
        assert_eq!((cell.change, cell.days()), (Some(2), Some(3.0)));
        let idle = Cell { daily: 0.0, ..cell };
        assert_eq!(idle.days(), None);
    }

    #[test]
    fn what_is_latest_comes_first_and_nothing_late_is_left_out() {
        let latest = figures().latest(4);
        assert_eq!(latest.iter().map(|(.., cell)| cell.overdue).collect::<Vec<_>>(), [5, 3]);
    }
}
