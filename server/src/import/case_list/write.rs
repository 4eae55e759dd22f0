//! A list into the store: every row is registered as the server registers, in one transaction, or none is.

mod again;

use std::collections::HashMap;
use std::sync::Arc;

use domain::actor::Actor;
use domain::id::CaseId;
use store::{Batch, BatchKind, StoreExt as _, Tx, WriteError};

use super::super::fault::{Fault, Faults, Rule};
use super::super::spelling;
use super::super::{File, Report};
use super::read::{List, ListRow};
use super::{Field, Mapping, read};
use crate::error::Error;
use crate::register;
use crate::state::App;

/// Imports a list, or with `dry_run` says what importing it would come to: everything is registered and undone.
///
/// # Errors
/// Of the server alone: what is wrong with the file stands in the report.
pub async fn import(app: &App, file: &File, mapping: &Mapping, dry_run: bool) -> Result<Report, Error> {
    let now = app.source().now();
    let (list, taken) = match mapping.table(file) {
        Ok(table) => (read(&table, mapping, now), Some(table.taken().clone())),
        Err(faults) => (List { faults, ..List::default() }, None),
    };
    let mut report = Report {
        source: mapping.source.clone(),
        file: file.hash().to_owned(),
        rows: list.rows,
        cases: list.cases.len() as u64,
        steps: None,
        encoding: taken.as_ref().map(|taken| taken.encoding.clone()),
        delimiter: taken.map(|taken| taken.delimiter),
        notes: list.notes,
        known: 0,
        written: 0,
        updated: 0,
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
    let job = Arc::new(Job {
        app: app.clone(),
        actor: Actor::Integration(mapping.source.clone()),
        keep: report.is_good() && !dry_run,
        batch,
        rows: list.cases,
        mapping: mapping.clone(),
    });
    let outcome = app
        .store()
        .write(move |tx| {
            let job = Arc::clone(&job);
            Box::pin(async move { job.run(tx).await })
        })
        .await;
    match outcome {
        Ok(done) => {
            (report.written, report.updated, report.known) = (done.registered, done.updated, done.known);
            report.notes.extend(done.notes);
        }
        Err(WriteError::Store(error)) => return Err(WriteError::<Error>::Store(error).into()),
        Err(WriteError::Refused(Stop::Failed(error))) => return Err(error),
        Err(WriteError::Refused(Stop::Already)) => {
            (report.already, report.known) = (true, report.cases);
        }
        Err(WriteError::Refused(Stop::Undone { known, faults, notes })) => {
            report.known = known;
            report.faults.append(faults);
            report.notes.extend(notes);
        }
    }
    Ok(report)
}

/// Why nothing stays written.
enum Stop {
    /// The very file was imported before.
    Already,
    /// Rows were refused, or nothing was to stay.
    Undone { known: u64, faults: Faults, notes: Vec<String> },
    /// The server failed.
    Failed(Error),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

/// What was written.
#[derive(Default)]
struct Done {
    registered: u64,
    updated: u64,
    known: u64,
    notes: Vec<String>,
}

struct Job {
    app: App,
    actor: Actor,
    keep: bool,
    batch: Batch,
    rows: Vec<ListRow>,
    mapping: Mapping,
}

impl Job {
    async fn run(&self, tx: &mut dyn Tx) -> Result<Done, WriteError<Stop>> {
        let source = &self.batch.source;
        if tx.batch(source, &self.batch.file_hash).await?.is_some() {
            return Err(WriteError::Refused(Stop::Already));
        }
        let known: HashMap<String, CaseId> = tx
            .source_cases(source)
            .await?
            .into_iter()
            .map(|(number, id)| (spelling::key(&number), id))
            .collect();
        let (mut done, mut faults) = (Done::default(), Faults::default());
        for row in &self.rows {
            let outcome = match known.get(&spelling::key(&row.number)) {
                Some(case) => self.again(tx, row, *case, &mut done, &mut faults).await,
                None => self.register(tx, row, &mut done).await,
            };
            match outcome {
                Ok(()) => {}
                Err(WriteError::Store(error)) => return Err(error.into()),
                Err(WriteError::Refused(error)) => faults.push(self.fault(row, error)?),
            }
        }
        if !self.keep || !faults.is_empty() {
            let known = done.known;
            return Err(WriteError::Refused(Stop::Undone { known, faults, notes: done.notes }));
        }
        let batch = Batch { cases: done.registered, ..self.batch.clone() };
        tx.import(&batch, &[]).await?;
        Ok(done)
    }

    /// Registers a row.
    async fn register(
        &self,
        tx: &mut dyn Tx,
        row: &ListRow,
        done: &mut Done,
    ) -> Result<(), WriteError<Error>> {
        let registered = register::begin(&self.app, tx, &self.actor, row.case.clone(), None).await?;
        tx.note_source(&self.batch.source, &row.number, registered.case).await?;
        done.registered += 1;
        Ok(())
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
                Ok(Fault::value(row.row, self.mapping.name(Field::Accepting), Rule::Unit, detail))
            }
            error => Err(WriteError::Refused(Stop::Failed(error))),
        }
    }
}
