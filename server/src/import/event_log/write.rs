//! A log into the store: all of it in one transaction, once.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::id::{CaseId, UnitId};
use domain::unit::Unit;
use store::{Batch, BatchKind, Imported, Store, StoreError, StoreExt as _, Tx, WriteError};

use super::super::fault::{Fault, Faults, Rule};
use super::super::{File, Report};
use super::read::{Log, LogCase};
use super::{Mapping, read};
use crate::source::Source;

/// Imports a log, or with `dry_run` says what importing it would come to.
///
/// # Errors
/// Of the store alone: what is wrong with the file stands in the report.
pub async fn import(
    store: &dyn Store,
    source: &Source,
    file: &File,
    mapping: &Mapping,
    dry_run: bool,
) -> Result<Report, StoreError> {
    let mut log = match file.table(mapping.delimiter) {
        Ok(table) => read(&table, mapping),
        Err(faults) => Log { rows: 0, cases: Vec::new(), faults },
    };
    let new_unit = mapping.unit.missing(&store.units().await?).unwrap_or_else(|detail| {
        log.faults.push(Fault::file(Rule::Unit, detail));
        None
    });
    let mut report = Report {
        source: mapping.source.clone(),
        file: file.hash().to_owned(),
        rows: log.rows,
        cases: log.cases.len() as u64,
        steps: Some(log.steps()),
        known: 0,
        written: 0,
        already: false,
        dry_run,
        faults: log.faults,
    };
    let batch = Batch {
        kind: BatchKind::EventLog,
        source: mapping.source.clone(),
        file_hash: file.hash().to_owned(),
        rows: report.rows,
        cases: report.cases,
        at: source.now(),
        by: None,
    };
    let rows = log.cases.iter().map(|case| (case.number.clone(), case.row)).collect();
    let unit = UnitId(mapping.unit.code.clone());
    let cases = log.cases.into_iter().map(|case| imported(source, &unit, case)).collect();
    let job = Arc::new(Job { write: report.is_good() && !dry_run, batch, rows, cases, new_unit });
    let outcome = store
        .write(move |tx| {
            let job = Arc::clone(&job);
            Box::pin(async move { job.run(tx).await })
        })
        .await;
    match outcome {
        Ok(written) => report.written = written,
        Err(WriteError::Store(error)) => return Err(error),
        Err(WriteError::Refused(Stop::Already)) => {
            (report.already, report.known) = (true, report.cases);
        }
        Err(WriteError::Refused(Stop::Known(known))) => {
            report.known = known.count;
            report.faults.append(known);
        }
    }
    Ok(report)
}

/// Why a log is not written.
enum Stop {
    /// The very file was imported before.
    Already,
    /// Some of its cases were imported before, from another file.
    Known(Faults),
}

/// What is to be written.
struct Job {
    write: bool,
    batch: Batch,
    /// Numbers with the row they first stand in.
    rows: Vec<(String, u64)>,
    cases: Vec<Imported>,
    new_unit: Option<Unit>,
}

impl Job {
    async fn run(&self, tx: &mut dyn Tx) -> Result<u64, WriteError<Stop>> {
        if tx.batch(&self.batch.source, &self.batch.file_hash).await?.is_some() {
            return Err(WriteError::Refused(Stop::Already));
        }
        let numbers: Vec<String> = self.rows.iter().map(|(number, _)| number.clone()).collect();
        let known = tx.known_numbers(&self.batch.source, &numbers).await?;
        if !known.is_empty() {
            return Err(WriteError::Refused(Stop::Known(self.known(&known.into_iter().collect()))));
        }
        if !self.write {
            return Ok(0);
        }
        if let Some(unit) = &self.new_unit {
            tx.put_unit(unit).await?;
        }
        tx.import(&self.batch, &self.cases).await?;
        Ok(self.batch.cases)
    }

    fn known(&self, known: &BTreeSet<String>) -> Faults {
        let mut faults = Faults::default();
        for (number, row) in self.rows.iter().filter(|(number, _)| known.contains(number)) {
            let detail = format!("source {} has brought case {number} before", self.batch.source);
            faults.push(Fault::row(*row, Rule::Known, detail));
        }
        faults
    }
}

fn imported(source: &Source, unit: &UnitId, case: LogCase) -> Imported {
    Imported {
        id: CaseId(source.id()),
        number: case.number,
        unit: unit.clone(),
        channel: case.channel,
        department: case.department,
        deadline: case.deadline,
        end: case.end,
        open: case.open,
        steps: case.steps,
    }
}
