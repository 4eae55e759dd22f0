//! The cases of an archive as JSON lines, for looking into it without a store. No key is needed: sealed values show
//! as the house shows them, masked, and their ciphertext is left out.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use domain::case::{Case, Event};
use domain::id::CaseId;
use serde::Serialize;
use serde_json::{Map, Value, json};
use store::table::Cell;
use store::{ArchivePart, ArchiveSource as _, StoreError, StoredEvent};

use super::{Archive, ArchiveError};
use crate::seal::walk;

/// What was printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Exported {
    /// Cases of this house.
    pub cases: u64,
    /// Cases of imported logs.
    pub imported: u64,
}

/// Writes a line for each case, or each of these numbers; an archive that is not whole is an error at its end.
///
/// # Errors
/// See [`ArchiveError`]; what was written before it must not be relied on.
pub fn export(
    archive: &mut Archive,
    only: &BTreeSet<String>,
    out: &mut dyn Write,
) -> Result<Exported, ArchiveError> {
    let mut exporting = Exporting {
        only,
        out,
        done: Exported::default(),
        events: Vec::new(),
        imported: BTreeMap::new(),
        steps: None,
    };
    let (mut table, mut columns) = (String::new(), Vec::new());
    while let Some(part) = archive.next_part()? {
        match part {
            ArchivePart::Table(next, of) => {
                exporting.end_of(&table)?;
                (table, columns) = (next, of);
            }
            ArchivePart::Row(row) => {
                let named: BTreeMap<&str, &Cell> = columns.iter().map(String::as_str).zip(&row).collect();
                match table.as_str() {
                    "event" => exporting.event(&named)?,
                    "imported_case" => exporting.imported(&named),
                    "imported_step" => exporting.step(&named)?,
                    _ => {}
                }
            }
        }
    }
    exporting.end_of(&table)?;
    Ok(exporting.done)
}

struct Exporting<'e> {
    only: &'e BTreeSet<String>,
    out: &'e mut dyn Write,
    done: Exported,
    events: Vec<Event>,
    imported: BTreeMap<Cell, Map<String, Value>>,
    steps: Option<(Cell, Vec<Value>)>,
}

impl Exporting<'_> {
    /// Events of a case come one after another.
    fn event(&mut self, row: &BTreeMap<&str, &Cell>) -> Result<(), StoreError> {
        let stored = StoredEvent::of_row(row).map_err(StoreError::Corrupt)?;
        let event = stored.envelope.open(&stored.payload).map_err(StoreError::Corrupt)?;
        if self.events.first().is_some_and(|first| first.case != event.case) {
            self.case()?;
        }
        self.events.push(event);
        Ok(())
    }

    fn case(&mut self) -> Result<(), StoreError> {
        let mut events = std::mem::take(&mut self.events);
        let Some(mut case) = Case::replay(&events) else {
            // Notes on an imported case: they are printed with its steps only where they are asked for by its id.
            return match events.first().map(|event| event.case) {
                Some(case) => self.notes(case, &events),
                None => Ok(()),
            };
        };
        if !self.wanted(&case.number) {
            return Ok(());
        }
        walk::strip(walk::of_case(&mut case));
        for event in &mut events {
            walk::strip(walk::of_event(event));
        }
        self.done.cases += 1;
        self.line(&json!({ "number": case.number, "case": case, "events": events }))
    }

    fn notes(&mut self, case: CaseId, events: &[Event]) -> Result<(), StoreError> {
        let events = serde_json::to_value(events).map_err(|error| StoreError::Corrupt(error.to_string()))?;
        let key = Cell::Bytes(case.0.as_bytes().to_vec());
        self.imported.entry(key).or_default().insert("notes".to_owned(), events);
        Ok(())
    }

    fn imported(&mut self, row: &BTreeMap<&str, &Cell>) {
        let Some(case) = row.get("case_id") else { return };
        self.imported.entry((*case).clone()).or_default().extend(object(row, &["version", "link"]));
    }

    /// Steps of a case come one after another, in the order of the cases.
    fn step(&mut self, row: &BTreeMap<&str, &Cell>) -> Result<(), StoreError> {
        let Some(case) = row.get("case_id") else { return Ok(()) };
        if self.steps.as_ref().is_some_and(|(before, _)| before != *case) {
            self.imported_case()?;
        }
        let step = Value::Object(object(row, &["case_id"]));
        self.steps.get_or_insert_with(|| ((*case).clone(), Vec::new())).1.push(step);
        Ok(())
    }

    fn imported_case(&mut self) -> Result<(), StoreError> {
        let Some((case, steps)) = self.steps.take() else { return Ok(()) };
        let Some(mut imported) = self.imported.remove(&case) else { return Ok(()) };
        let number = imported.get("number").and_then(Value::as_str).unwrap_or_default().to_owned();
        if !self.wanted(&number) {
            return Ok(());
        }
        imported.insert("steps".to_owned(), steps.into());
        self.done.imported += 1;
        self.line(&json!({ "number": number, "imported": imported }))
    }

    fn end_of(&mut self, table: &str) -> Result<(), StoreError> {
        match table {
            "event" => self.case(),
            "imported_step" => self.imported_case(),
            _ => Ok(()),
        }
    }

    fn wanted(&self, number: &str) -> bool {
        self.only.is_empty() || self.only.contains(number)
    }

    fn line(&mut self, line: &Value) -> Result<(), StoreError> {
        writeln!(self.out, "{line}").map_err(|error| StoreError::Unavailable(error.into()))
    }
}

/// A row as an object, without some of its columns.
fn object(row: &BTreeMap<&str, &Cell>, without: &[&str]) -> Map<String, Value> {
    let value = |cell: &Cell| match cell {
        Cell::Null => Value::Null,
        Cell::Int(number) => (*number).into(),
        Cell::Text(_) | Cell::Bytes(_) => cell.to_string().into(),
    };
    row.iter()
        .filter(|(name, _)| !without.contains(name))
        .map(|(name, cell)| ((*name).to_owned(), value(cell)))
        .collect()
}
