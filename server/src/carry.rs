//! How a command on a case is carried out: in one transaction, from the idempotency key to the notice.
//!
//! Recall the key, read the case for writing, compare versions, seal personal values, put the command on the open
//! slip, ask `decide`, append with everything that follows, keep the key. A refusal comes before the first write.

use std::collections::BTreeSet;

use domain::actor::Actor;
use domain::case::{Case, Command, Context, Event, decide};
use domain::id::{CaseId, ItemCode, PersonId, SlipId};
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};
use store::{Answer, Appended, CaseRecord, Change, Recall, Tx, WriteError};

use crate::directory::Directory;
use crate::error::{Error, Result};
use crate::extract::IdempotencyKey;
use crate::seal::Sealing;
use crate::state::App;

mod slip;

/// A transaction's result: an [`Error`] ends it and nothing is written.
pub type TxResult<T> = std::result::Result<T, WriteError<Error>>;

/// What makes a request safe to send again: whose key, and what was asked with it.
#[derive(Clone, Debug)]
pub struct Once {
    /// Who asks.
    pub person: PersonId,
    /// The key.
    pub key: String,
    /// SHA-256 of endpoint and body.
    pub request: [u8; 32],
}

impl Once {
    /// For a request of a person on an endpoint.
    pub fn new(person: &PersonId, key: IdempotencyKey, endpoint: &str, body: &[u8; 32]) -> Self {
        let request = crate::seal::sha256(&[endpoint.as_bytes(), b"\n", body].concat());
        Self { person: person.clone(), key: key.0, request }
    }

    /// What was answered when this was carried out before; none where it was not.
    ///
    /// # Errors
    /// `KeyReused` where the key was used for another request.
    pub async fn recall<T: for<'de> Deserialize<'de>>(&self, tx: &mut dyn Tx) -> TxResult<Option<T>> {
        match tx.recall(&self.person, &self.key, &self.request).await? {
            Recall::Fresh => Ok(None),
            Recall::Answered(answer) => {
                Ok(Some(serde_json::from_str(&answer.body).map_err(Error::internal)?))
            }
            Recall::OtherRequest => Err(Error::KeyReused.into()),
        }
    }

    /// Keeps what the answer is made from. It holds ids and versions, never what a case says.
    pub async fn remember(&self, tx: &mut dyn Tx, answer: &impl Serialize, at: Timestamp) -> TxResult<()> {
        let body = serde_json::to_string(answer).map_err(Error::internal)?;
        let answer = Answer { status: 200, body };
        Ok(tx.remember(&self.person, &self.key, &self.request, &answer, at).await?)
    }
}

/// What a command came to: enough to answer it now, and again when it is sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Done {
    /// The case.
    pub case: CaseId,
    /// Its version after the command.
    pub version: u64,
}

/// A command about to be carried out.
#[derive(Clone, Debug)]
pub struct Order {
    /// Who gives it.
    pub actor: Actor,
    /// The case.
    pub case: CaseId,
    /// The version it was decided on; none for the system, which decides on what it finds.
    pub expected: Option<u64>,
    /// What is to be done.
    pub command: Command,
    /// Key for the log.
    pub key: Option<String>,
}

impl App {
    /// Carries out a person's command on a case, once.
    pub async fn carry_out(&self, order: Order, once: Once) -> Result<Done> {
        let (case, expected, actor) = (order.case, order.expected, order.actor.clone());
        let app = self.clone();
        let done = self
            .write(move |tx| {
                let (app, order, once) = (app.clone(), order.clone(), once.clone());
                Box::pin(async move {
                    if let Some(done) = once.recall::<Done>(tx).await? {
                        return Ok(done);
                    }
                    let record = app.visible(tx, &order).await?;
                    let now = app.source().now();
                    let appended = app.append(tx, record, &order, now).await?;
                    let done = Done { case: order.case, version: appended.version };
                    once.remember(tx, &done, now).await?;
                    Ok(done)
                })
            })
            .await;
        match done {
            Err(Error::Stale { .. }) => Err(self.stale(&actor, case, expected.unwrap_or(0)).await?),
            other => other,
        }
    }

    /// The case an order is about, held for writing; as if it were not there where the person does not see it, and
    /// refused where it has changed since.
    pub async fn visible(&self, tx: &mut dyn Tx, order: &Order) -> TxResult<CaseRecord> {
        let record = tx.case(order.case).await?.ok_or(Error::NotFound)?;
        if let Actor::Person(person) = &order.actor
            && !sees(person, &record.case)
        {
            return Err(Error::NotFound.into());
        }
        if order.expected.is_some_and(|expected| expected != record.head.version) {
            return Err(Error::Stale { events: Vec::new() }.into());
        }
        Ok(record)
    }

    /// Decides an order on a case and appends what comes of it.
    pub async fn append(
        &self,
        tx: &mut dyn Tx,
        record: CaseRecord,
        order: &Order,
        now: Timestamp,
    ) -> TxResult<Appended> {
        let directory = self.directory();
        let mut command = order.command.clone();
        if !command.secrets_mut().is_empty() {
            let wrapped = tx.case_key(order.case).await?.ok_or_else(|| {
                Error::internal(anyhow::anyhow!(
                    "case {} has no data key: its values were purged",
                    order.case
                ))
            })?;
            let key = self.vault().key(order.case, &wrapped.wrapped).map_err(Error::internal)?;
            let catalogue = directory.catalogue(record.case.catalogue)?;
            Sealing { vault: self.vault(), key: &key, catalogue, now }.command(&record.case, &mut command)?;
        }
        let open_items = match &command {
            Command::AmendRegistration { amendment } => {
                tx.open_items(&amendment.policy.policy_no, order.case).await?
            }
            _ => Vec::new(),
        };
        let inspectors = tx.inspectors(order.case).await?;
        let around = Around {
            directory: &directory,
            actor: &order.actor,
            now,
            open_items: &open_items,
            inspectors: &inspectors,
        };
        let (events, slip) =
            slip::decide(tx, &around, &record.case, &command, SlipId(self.source().id())).await?;
        let catalogue = directory.catalogue(record.case.catalogue)?;
        let change = Change::new(Some(record), events, catalogue, &|unit, from, to| {
            directory.minutes(unit, from, to)
        })?;
        Ok(tx.append(&change.with_key(order.key.as_deref()).with_slip(slip)).await?)
    }

    /// The problem of a stale version, with what has happened since, as far as who asks may see it.
    async fn stale(&self, actor: &Actor, case: CaseId, expected: u64) -> Result<Error> {
        const MOST: u32 = 500;
        let mut events = self.store().events(case, expected, MOST).await?;
        let Actor::Person(person) = actor else { return Ok(Error::Stale { events: Vec::new() }) };
        // Moved out of sight meanwhile: as if it were not there.
        let record = self.store().case_in(case, &person.scope).await?.ok_or(Error::NotFound)?;
        crate::view::tell(self.vault(), &self.directory(), person, &record.case, &mut events)?;
        Ok(Error::Stale { events })
    }
}

/// What the rules need to know around a case.
#[derive(Clone, Copy, Debug)]
pub struct Around<'a> {
    /// People, units, calendars, catalogues.
    pub directory: &'a Directory,
    /// Who acts.
    pub actor: &'a Actor,
    /// Now.
    pub now: Timestamp,
    /// Items of other open cases on the policy.
    pub open_items: &'a [ItemCode],
    /// Who has given a verdict on a sample check of the case.
    pub inspectors: &'a BTreeSet<PersonId>,
}

impl Around<'_> {
    /// What a command on a case would do.
    pub fn decide(&self, case: &Case, command: &Command, slip: SlipId) -> Result<Vec<Event>> {
        let (sites, people) = (self.directory.sites(&case.accepting), self.directory.around(&case.accepting));
        let calendar = self.directory.calendar(case.working_unit());
        let units = sites.values().chain(case.working.values()).chain([&case.accepting]);
        let context = Context {
            actor: self.actor,
            now: self.now,
            calendar,
            calendars: &self.directory.calendars_beside(calendar, units),
            present: &BTreeSet::new(),
            inspectors: self.inspectors,
            catalogue: self.directory.catalogue(case.catalogue)?,
            sites: &sites,
            people: &people,
            open_items: self.open_items,
            slip,
        };
        Ok(decide(case, command, &context)?)
    }
}

/// Whether a person sees a case: its accepting or working unit is in scope, or the unit that is to receive it.
pub fn sees(person: &domain::actor::Person, case: &Case) -> bool {
    person.sees([&case.accepting, case.working_unit()])
        || case.line().is_some_and(|line| person.scope.contains(&line.unit))
}
