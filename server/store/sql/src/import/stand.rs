//! The list row an imported case should have, from its own rows.

use super::rows::WorkRow;
use crate::{text::named, verify::Expected};
use domain::{
    api::case::ImportedStep,
    id::{CaseId, UnitId},
};
use std::collections::BTreeMap;
use store::{Imported, table::Cell};
use uuid::Uuid;

/// A row by the names of its columns.
type Named<'r> = BTreeMap<&'r str, &'r Cell>;

/// Adds the row of an imported case that is open; nothing where its own rows make no sense, which the ledger tells.
pub(crate) fn work_rows<'r>(
    case: &Named<'r>,
    mut steps: Vec<Named<'r>>,
    version: i64,
    expected: &mut Expected,
) {
    steps.sort_by_key(|step| number(step, "step_no"));
    let steps = steps.iter().map(step).collect::<Option<Vec<_>>>();
    let Some(case) = steps.and_then(|steps| imported(case, steps)).filter(|case| case.open) else { return };
    expected.add(WorkRow::of(&case, version));
}

fn imported(row: &Named<'_>, steps: Vec<ImportedStep>) -> Option<Imported> {
    let Some(Cell::Bytes(id)) = row.get("case_id") else { return None };
    Some(Imported {
        id: CaseId(Uuid::from_slice(id).ok()?),
        number: text(row, "number")?,
        unit: UnitId(text(row, "unit")?),
        channel: text(row, "channel"),
        department: text(row, "department"),
        deadline: moment(row, "deadline"),
        end: moment(row, "end_at"),
        open: number(row, "is_open") == Some(1),
        by_day: number(row, "by_day") == Some(1),
        steps,
    })
}

fn step(row: &Named<'_>) -> Option<ImportedStep> {
    Some(ImportedStep {
        at: moment(row, "at")?,
        started_at: moment(row, "started_at"),
        activity: text(row, "activity")?,
        stage: named(&text(row, "stage")?).ok()?,
        resource: text(row, "resource"),
        group: text(row, "team"),
        rework: number(row, "rework") == Some(1),
        referral: number(row, "referral") == Some(1),
    })
}

fn text(row: &Named<'_>, name: &str) -> Option<String> {
    match row.get(name) {
        Some(Cell::Text(text)) => Some(text.clone()),
        _ => None,
    }
}

fn number(row: &Named<'_>, name: &str) -> Option<i64> {
    match row.get(name) {
        Some(Cell::Int(number)) => Some(*number),
        _ => None,
    }
}

fn moment(row: &Named<'_>, name: &str) -> Option<domain::time::Timestamp> {
    text(row, name)?.parse().ok()
}
