//! A list into the store: every row is registered as the server registers, in one transaction, or none is.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::actor::Actor;
use store::{Batch, BatchKind, StoreExt as _, Tx, WriteError};

use super::super::fault::{Fault, Faults, Rule};
use super::super::{File, Report};
use super::read::{List, ListRow};
use super::{Mapping, read};
use crate::error::Error;
use crate::register;
use crate::state::App;

/// Imports a list, or with `dry_run` says what importing it would come to: everything is registered and undone.
///
/// # Errors
/// Of the server alone: what is wrong with the file stands in the report.
pub async fn import(app: &App, file: &File, mapping: &Mapping, dry_run: bool) -> Result<Report, Error> {
    let now = app.source().now();
    let list = match file.table(mapping.delimiter) {
        Ok(table) => read(&table, mapping, now),
        Err(faults) => List { rows: 0, cases: Vec::new(), faults },
    };
    let mut report = Report {
        source: mapping.source.clone(),
        file: file.hash().to_owned(),
        rows: list.rows,
        cases: list.cases.len() as u64,
        steps: None,
        known: 0,
        written: 0,
        already: false,
        dry_run,
        faults: list.faults,
    };
    let batch = Batch {
        kind: BatchKind::CaseList,
        source: mapping.source.clone(),
        file_hash: file.hash().to_owned(),
        rows: report.rows,
        cases: report.cases,
        at: now,
        by: None,
    };
    let unit_column = mapping.columns.get(&super::Field::Accepting).cloned().unwrap_or_default();
    let job = Arc::new(Job {
        app: app.clone(),
        actor: Actor::Integration(mapping.source.clone()),
        keep: report.is_good() && !dry_run,
        batch,
        rows: list.cases,
        unit_column,
    });
    let outcome = app
        .store()
        .write(move |tx| {
            let job = Arc::clone(&job);
            Box::pin(async move { job.run(tx).await })
        })
        .await;
    match outcome {
        Ok(done) => (report.written, report.known) = (done.registered, done.known),
        Err(WriteError::Store(error)) => return Err(WriteError::<Error>::Store(error).into()),
        Err(WriteError::Refused(Stop::Failed(error))) => return Err(error),
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

/// Why nothing stays written.
enum Stop {
    /// The very file was imported before.
    Already,
    /// Rows were refused, or nothing was to stay.
    Undone { known: u64, faults: Faults },
    /// The server failed.
    Failed(Error),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

/// What was written.
struct Done {
    registered: u64,
    known: u64,
}

struct Job {
    app: App,
    actor: Actor,
    keep: bool,
    batch: Batch,
    rows: Vec<ListRow>,
    unit_column: String,
}

impl Job {
    async fn run(&self, tx: &mut dyn Tx) -> Result<Done, WriteError<Stop>> {
        let source = &self.batch.source;
        if tx.batch(source, &self.batch.file_hash).await?.is_some() {
            return Err(WriteError::Refused(Stop::Already));
        }
        let numbers: Vec<String> = self.rows.iter().map(|row| row.number.clone()).collect();
        let known: BTreeSet<String> = tx.known_numbers(source, &numbers).await?.into_iter().collect();
        let mut faults = Faults::default();
        let mut registered = 0;
        for row in self.rows.iter().filter(|row| !known.contains(&row.number)) {
            match register::begin(&self.app, tx, &self.actor, row.case.clone(), None).await {
                Ok(done) => {
                    tx.note_source(source, &row.number, done.case).await?;
                    registered += 1;
                }
                Err(WriteError::Store(error)) => return Err(error.into()),
                Err(WriteError::Refused(error)) => faults.push(self.fault(row, error)?),
            }
        }
        let known = known.len() as u64;
        if !self.keep || !faults.is_empty() {
            return Err(WriteError::Refused(Stop::Undone { known, faults }));
        }
        let batch = Batch { cases: registered, ..self.batch.clone() };
        tx.import(&batch, &[]).await?;
        Ok(Done { registered, known })
    }

    /// Why a row is refused; what is no refusal of the rules is an error of the server.
    fn fault(&self, row: &ListRow, error: Error) -> Result<Fault, WriteError<Stop>> {
        match error {
            Error::Refused(refusal) => {
                let facts = serde_json::to_string(&refusal)
                    .map_err(|error| WriteError::Refused(Stop::Failed(Error::internal(error))))?;
                Ok(Fault::row(row.row, Rule::Refused, format!("not to be registered: {facts}")))
            }
            Error::NotFound => {
                let detail = format!("unit {} is not in the store", row.case.accepting);
                Ok(Fault::value(row.row, &self.unit_column, Rule::Unit, detail))
            }
            error => Err(WriteError::Refused(Stop::Failed(error))),
        }
    }
}
