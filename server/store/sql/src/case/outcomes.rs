//! What happened, by day: movements, finished steps, rounds of recheck.

use crate::{
    rows::{Row, Values},
    text::{int, json, name, whole},
};
use chrono::NaiveDate;
use domain::{
    case::returns::Ground,
    flow::{Cell, StepOutcome},
    id::{CaseId, PersonId, UnitId},
    post::Stage,
};
use store::{Change, Moved, Rechecked, StepDone, StoreError};

/// A movement to be written.
pub(crate) struct MovementRow<'m> {
    case: CaseId,
    accepting: &'m UnitId,
    version: i64,
    moved: &'m Moved,
}

pub(crate) fn movements(change: &Change) -> Result<Vec<MovementRow<'_>>, StoreError> {
    let (case, accepting) = (change.after.id, &change.after.accepting);
    change
        .moved
        .iter()
        .map(|moved| Ok(MovementRow { case, accepting, version: int(moved.version)?, moved }))
        .collect()
}

impl Row for MovementRow<'_> {
    const TABLE: &'static str = "movement";
    const COLUMNS: &'static [&'static str] = &[
        "case_id",
        "version",
        "kind",
        "at",
        "business_date",
        "hour",
        "accepting",
        "from_unit",
        "from_stage",
        "to_unit",
        "to_stage",
        "person",
    ];

    fn bind(&self, values: &mut Values<'_>) {
        let cell =
            |cell: Option<&Cell>| cell.map(|cell| (cell.unit.to_string(), cell.stage.as_str())).unzip();
        let (from_unit, from_stage) = cell(self.moved.movement.from.as_ref());
        let (to_unit, to_stage) = cell(self.moved.movement.to.as_ref());
        values
            .push_bind(self.case.0)
            .push_bind(self.version)
            .push_bind(self.moved.movement.kind.as_str())
            .push_bind(self.moved.at)
            .push_bind(self.moved.day)
            .push_bind(i64::from(self.moved.hour))
            .push_bind(self.accepting.as_str())
            .push_bind(from_unit)
            .push_bind(from_stage)
            .push_bind(to_unit)
            .push_bind(to_stage)
            .push_bind(self.moved.person.as_ref().map(PersonId::as_str));
    }
}

/// A finished step to be written.
pub(crate) struct StepRow<'s> {
    done: &'s StepDone,
    number: &'s str,
    items: String,
    version: i64,
}

/// Finished steps; one that was finished twice within the change comes once, as it was finished last.
pub(crate) fn steps(change: &Change) -> Result<Vec<StepRow<'_>>, StoreError> {
    let key = |done: &StepDone| (done.step.stage, done.step.round);
    last_of_each(&change.steps, key)
        .map(|done| {
            let (items, version) = (json(&done.step.items)?, int(done.step.version)?);
            Ok(StepRow { done, number: &change.after.number, items, version })
        })
        .collect()
}

impl Row for StepRow<'_> {
    const TABLE: &'static str = "step";
    const COLUMNS: &'static [&'static str] = &[
        "case_id",
        "stage",
        "round",
        "version",
        "number",
        "person",
        "unit",
        "accepting",
        "items",
        "outcome",
        "arrived_at",
        "due_at",
        "finished_at",
        "business_date",
        "age",
        "visit",
    ];
    const TAIL: &'static str = " ON CONFLICT (case_id, stage, round) DO UPDATE SET version = excluded.version, \
        person = excluded.person, unit = excluded.unit, items = excluded.items, outcome = excluded.outcome, \
        arrived_at = excluded.arrived_at, due_at = excluded.due_at, finished_at = excluded.finished_at, \
        business_date = excluded.business_date, age = excluded.age, visit = excluded.visit";

    fn bind(&self, values: &mut Values<'_>) {
        let step = &self.done.step;
        values
            .push_bind(step.case.0)
            .push_bind(step.stage.as_str())
            .push_bind(i64::from(step.round))
            .push_bind(self.version)
            .push_bind(self.number)
            .push_bind(step.operator.as_str())
            .push_bind(step.unit.as_str())
            .push_bind(step.accepting.as_str())
            .push_bind(self.items.as_str())
            .push_bind(match step.outcome {
                StepOutcome::Forward => "forward",
                StepOutcome::Returned(_) => "returned",
                StepOutcome::Declined => "declined",
            })
            .push_bind(whole(self.done.arrived_at))
            .push_bind(whole(self.done.due_at))
            .push_bind(step.finished_at)
            .push_bind(self.done.day)
            .push_bind(self.done.age)
            .push_bind(self.done.visit);
    }
}

/// Rounds of recheck; one that was done twice within the change comes once.
pub(crate) fn rounds(change: &Change) -> impl Iterator<Item = &Rechecked> {
    last_of_each(&change.rechecked, |round| (round.step.stage, round.step.round))
}

fn last_of_each<T, K: PartialEq>(all: &[T], key: impl Fn(&T) -> K) -> impl Iterator<Item = &T> {
    all.iter()
        .enumerate()
        .filter(move |(place, one)| all[place + 1..].iter().all(|later| key(later) != key(one)))
        .map(|(_, one)| one)
}

/// An item of a round to be written.
pub(crate) struct RecheckRow<'r> {
    round: &'r Rechecked,
    no: i64,
    item: &'r str,
    in_error: bool,
}

pub(crate) fn recheck_items(round: &Rechecked) -> impl Iterator<Item = RecheckRow<'_>> {
    round.items.iter().map(move |(no, item, in_error)| RecheckRow {
        round,
        no: i64::from(*no),
        item: item.as_str(),
        in_error: *in_error,
    })
}

impl Row for RecheckRow<'_> {
    const TABLE: &'static str = "recheck_item";
    const COLUMNS: &'static [&'static str] = &[
        "case_id",
        "stage",
        "round",
        "item_no",
        "item",
        "business_date",
        "accepting",
        "unit",
        "rechecker",
        "to_stage",
        "responsible",
        "in_error",
    ];

    fn bind(&self, values: &mut Values<'_>) {
        let step = &self.round.step;
        values
            .push_bind(step.case.0)
            .push_bind(step.stage.as_str())
            .push_bind(i64::from(step.round))
            .push_bind(self.no)
            .push_bind(self.item)
            .push_bind(self.round.day)
            .push_bind(step.accepting.as_str())
            .push_bind(step.unit.as_str())
            .push_bind(step.operator.as_str())
            .push_bind(self.round.to.map(Stage::as_str))
            .push_bind(self.round.responsible.as_ref().map(PersonId::as_str))
            .push_bind(self.in_error);
    }
}

/// A ground of a return from recheck to be written.
pub(crate) struct GroundRow<'g> {
    round: &'g Rechecked,
    no: i64,
    day: NaiveDate,
    kind: &'static str,
    error_point: Option<&'static str>,
    check_point: Option<i64>,
    severity: Option<&'static str>,
    cause: String,
}

pub(crate) fn recheck_grounds(round: &Rechecked) -> Result<Vec<GroundRow<'_>>, StoreError> {
    (1..)
        .zip(&round.grounds)
        .map(|(no, ground)| {
            let row = |kind, error_point, check_point, severity, cause| GroundRow {
                round,
                no,
                day: round.day,
                kind,
                error_point,
                check_point,
                severity,
                cause,
            };
            Ok(match ground {
                Ground::Finding { error_point, severity, cause, .. } => row(
                    "finding",
                    Some(error_point.as_str()),
                    None,
                    Some(severity.as_str()),
                    cause.as_str().to_owned(),
                ),
                Ground::Nonconformity { check_point, cause } => {
                    row("nonconformity", None, Some(i64::from(*check_point)), None, cause.as_str().to_owned())
                }
                Ground::NoFault(cause) => row("no_fault", None, None, None, name(cause)?),
            })
        })
        .collect()
}

impl Row for GroundRow<'_> {
    const TABLE: &'static str = "recheck_ground";
    const COLUMNS: &'static [&'static str] = &[
        "case_id",
        "stage",
        "round",
        "ground_no",
        "business_date",
        "accepting",
        "unit",
        "kind",
        "error_point",
        "check_point",
        "severity",
        "cause",
        "to_stage",
    ];

    fn bind(&self, values: &mut Values<'_>) {
        let step = &self.round.step;
        values
            .push_bind(step.case.0)
            .push_bind(step.stage.as_str())
            .push_bind(i64::from(step.round))
            .push_bind(self.no)
            .push_bind(self.day)
            .push_bind(step.accepting.as_str())
            .push_bind(step.unit.as_str())
            .push_bind(self.kind)
            .push_bind(self.error_point)
            .push_bind(self.check_point)
            .push_bind(self.severity)
            .push_bind(self.cause.as_str())
            .push_bind(self.round.to.map(Stage::as_str));
    }
}
