//! Rows of cases that were brought before.

use domain::case::refusal::RefusalClass;
use domain::case::{Amendment, Command, Fact};
use domain::id::CaseId;
use store::{CaseRecord, Tx, WriteError};

use super::super::super::fault::Faults;
use super::super::changes::{amended, changed, differing, is_amendable};
use super::super::read::ListRow;
use super::super::{Before, Field};
use super::{Done, Job};
use crate::carry::Order;
use crate::error::Error;

impl Job {
    /// A row of a case that was brought before: nothing where it says what it said then, or what the case says now.
    pub(super) async fn again(
        &self,
        tx: &mut dyn Tx,
        row: &ListRow,
        case: CaseId,
        done: &mut Done,
        faults: &mut Faults,
    ) -> Result<(), WriteError<Error>> {
        done.known += 1;
        // A number of the source may have come with a log, of which nothing is worked here.
        let Some(record) = tx.case(case).await? else { return Ok(()) };
        let vault = self.app.vault();
        let now = (&record.case.accepting, &record.case.registration);
        if differing(now, row, &self.mapping, vault).is_empty() {
            return Ok(());
        }
        let first = self.app.store().events(case, 0, 1).await?;
        let Some(Fact::Registered { accepting, registration, .. }) = first.first().map(|event| &event.fact)
        else {
            return Err(
                Error::internal(anyhow::anyhow!("case {case} does not begin with its registration")).into()
            );
        };
        let fields = differing((accepting, &**registration), row, &self.mapping, vault);
        let Some(one) = fields.first().copied() else { return Ok(()) };
        // Two fields may stand in one column.
        let mut columns: Vec<&str> = Vec::new();
        let mut distinct: Vec<Field> = Vec::new();
        for field in &fields {
            let column = self.mapping.name(*field);
            if !columns.contains(&column) {
                columns.push(column);
                distinct.push(*field);
            }
        }
        let names = || columns.join(", ");
        match self.mapping.brought_before {
            Before::Refuse => {
                for field in distinct {
                    let what_to_do = "take the row away, amend the case itself, or write brought_before = \"update\" (or \
                        \"keep\") in the mapping";
                    faults.push(changed(row, &self.mapping, field, what_to_do));
                }
            }
            Before::Keep => {
                done.notes.push(format!(
                    "row {} says other things than were brought ({}): left out",
                    row.row,
                    names()
                ));
            }
            Before::Update => {
                if let Some(fixed) = fields.iter().copied().find(|field| !is_amendable(*field)) {
                    let what_to_do =
                        "a list does not change this once a case is registered: do it in the case";
                    faults.push(changed(row, &self.mapping, fixed, what_to_do));
                } else if self.update(tx, row, record).await? {
                    (done.known, done.updated) = (done.known - 1, done.updated + 1);
                    done.notes.push(format!("row {} changes what was brought: {}", row.row, names()));
                } else {
                    let what_to_do = "somebody works on the case, or has: amend it there";
                    faults.push(changed(row, &self.mapping, one, what_to_do));
                }
            }
        }
        Ok(())
    }

    /// Writes what a row says now into the registration; whether that may still be done.
    async fn update(
        &self,
        tx: &mut dyn Tx,
        row: &ListRow,
        record: CaseRecord,
    ) -> Result<bool, WriteError<Error>> {
        let amendment = Box::new(Amendment::of(&amended(&record.case.registration, row)));
        let order = Order {
            actor: self.actor.clone(),
            case: record.case.id,
            expected: None,
            command: Command::AmendRegistration { amendment },
            key: None,
        };
        match self.app.append(tx, record, &order, self.batch.at).await {
            Ok(_) => Ok(true),
            Err(WriteError::Refused(Error::Refused(refusal))) if refusal.class() != RefusalClass::Invalid => {
                Ok(false)
            }
            Err(error) => Err(error),
        }
    }
}
