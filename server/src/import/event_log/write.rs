//! A log into the store: all of it in one transaction, once.

use std::collections::HashMap;
use std::sync::Arc;

use domain::id::{CaseId, UnitId};
use domain::unit::Unit;
use store::{Batch, BatchKind, Grown, Imported, Store, StoreError, StoreExt as _, Tx, WriteError};

use super::super::fault::{Fault, Faults, Rule};
use super::super::spelling;
use super::super::{File, Report};
use super::grow::grown;
use super::read::{Log, LogCase};
use super::{Before, Mapping, read};
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
    let (mut log, taken) = match mapping.table(file) {
        Ok(table) => (read(&table, mapping), Some(table.taken().clone())),
        Err(faults) => (Log { faults, ..Log::default() }, None),
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
        encoding: taken.as_ref().map(|taken| taken.encoding.clone()),
        delimiter: taken.map(|taken| taken.delimiter),
        notes: log.notes,
        known: 0,
        written: 0,
        updated: 0,
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
    let unit = UnitId(mapping.unit.code.clone());
    let ids = log.cases.iter().map(|_| CaseId(source.id())).collect();
    let job = Arc::new(Job {
        write: report.is_good() && !dry_run,
        mapping: mapping.clone(),
        batch,
        cases: log.cases,
        ids,
        unit,
        new_unit,
    });
    let outcome = store
        .write(move |tx| {
            let job = Arc::clone(&job);
            Box::pin(async move { job.run(tx).await })
        })
        .await;
    match outcome {
        Ok(done) => (report.written, report.updated, report.known) = (done.new, done.grown, done.known),
        Err(WriteError::Store(error)) => return Err(error),
        Err(WriteError::Refused(Stop::Already)) => {
            (report.already, report.known) = (true, report.cases);
        }
        Err(WriteError::Refused(Stop::Undone { known, faults })) => {
            report.known = known;
            report.faults.append(faults);
        }
    }
    Ok(report)
}

/// Why a log is not written.
enum Stop {
    /// The very file was imported before.
    Already,
    /// Some of its cases were imported before, and what it says of them cannot be taken.
    Undone { known: u64, faults: Faults },
}

/// What was written.
#[derive(Default)]
struct Done {
    new: u64,
    grown: u64,
    known: u64,
}

/// What is to be written.
struct Job {
    write: bool,
    mapping: Mapping,
    batch: Batch,
    cases: Vec<LogCase>,
    /// Ids of the cases, for those that are new.
    ids: Vec<CaseId>,
    unit: UnitId,
    new_unit: Option<Unit>,
}

impl Job {
    async fn run(&self, tx: &mut dyn Tx) -> Result<Done, WriteError<Stop>> {
        let source = &self.batch.source;
        if tx.batch(source, &self.batch.file_hash).await?.is_some() {
            return Err(WriteError::Refused(Stop::Already));
        }
        let brought: HashMap<String, CaseId> = tx
            .source_cases(source)
            .await?
            .into_iter()
            .map(|(number, id)| (spelling::key(&number), id))
            .collect();
        let place = |case: &LogCase| brought.get(&spelling::key(&case.number)).copied();
        let known: Vec<(&LogCase, CaseId)> =
            self.cases.iter().filter_map(|case| Some((case, place(case)?))).collect();
        let grown = self.known(tx, &known).await?;
        let known = known.len() as u64;
        let new: Vec<Imported> = self
            .cases
            .iter()
            .zip(&self.ids)
            .filter(|(case, _)| place(case).is_none())
            .map(|(case, id)| self.imported(*id, case))
            .collect();
        let done =
            Done { new: new.len() as u64, grown: grown.len() as u64, known: known - grown.len() as u64 };
        if !self.write || (new.is_empty() && grown.is_empty()) {
            return Ok(Done { known: done.known, ..Done::default() });
        }
        if let Some(unit) = &self.new_unit {
            tx.put_unit(unit).await?;
        }
        tx.import(&Batch { cases: done.new, ..self.batch.clone() }, &new).await?;
        tx.grow(&grown).await?;
        Ok(done)
    }

    /// What the file adds to cases that were brought before.
    async fn known(
        &self,
        tx: &mut dyn Tx,
        known: &[(&LogCase, CaseId)],
    ) -> Result<Vec<Grown>, WriteError<Stop>> {
        let (mut more, mut faults) = (Vec::new(), Faults::default());
        if self.mapping.brought_before == Before::Refuse {
            for (case, _) in known {
                let detail = format!(
                    "source {} has brought case {} before: take its rows away, or write brought_before = \"append\" in \
                     the mapping, which puts new steps behind those there are",
                    self.batch.source, case.number
                );
                faults.push(Fault::value(case.row, &self.mapping.columns.case, Rule::Known, detail));
            }
        } else {
            let ids: Vec<CaseId> = known.iter().map(|(_, id)| *id).collect();
            let standing: HashMap<CaseId, _> = tx
                .imported_cases(&ids)
                .await?
                .into_iter()
                .map(|standing| (standing.case.id, standing))
                .collect();
            for (case, id) in known {
                let Some(standing) = standing.get(id) else {
                    let detail = format!("case {} was brought by a list and is worked here", case.number);
                    faults.push(Fault::value(case.row, &self.mapping.columns.case, Rule::Known, detail));
                    continue;
                };
                match grown(standing, case, &self.mapping) {
                    Ok(new) => more.extend(new),
                    Err(fault) => faults.push(fault),
                }
            }
        }
        if faults.is_empty() {
            return Ok(more);
        }
        Err(WriteError::Refused(Stop::Undone { known: known.len() as u64, faults }))
    }

    fn imported(&self, id: CaseId, case: &LogCase) -> Imported {
        Imported {
            id,
            number: case.number.clone(),
            unit: self.unit.clone(),
            channel: case.channel.clone(),
            department: case.department.clone(),
            deadline: case.deadline,
            end: case.end,
            open: case.open,
            by_day: case.by_day,
            steps: case.steps.clone(),
        }
    }
}
