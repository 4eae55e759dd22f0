//! The log, case by case: chain, replay, and every row that follows from it.

use domain::case::state::Custodian;
use domain::case::{Case, Event, Fact};
use domain::id::CaseId;
use store::chain::{self, Link, START};
use store::{Change, EventPlace, Known, LogRow, Store};

use super::keys::Keys;
use super::{Checks, Report};
use crate::directory::Directory;
use crate::error::Result;

/// Events read at once.
const PAGE: u32 = 4_000;
/// Cases compared at once.
const CASES: usize = 250;

/// Goes through the log.
pub(super) struct Walk<'w, 'v> {
    store: &'w dyn Store,
    directory: &'w Directory,
    keys: &'w mut Keys<'v>,
    report: &'w mut Report,
    checks: &'w mut Checks,
    known: Vec<Known>,
    /// Rows of cases up to this one have been compared.
    behind: Option<CaseId>,
}

/// A case on its way through its events.
struct Past {
    id: CaseId,
    version: u64,
    /// None behind an event that cannot be read: what it was sealed with nobody knows.
    link: Option<Link>,
    /// All its events, or none where one cannot be read.
    events: Option<Vec<Event>>,
}

impl Past {
    const fn new(id: CaseId) -> Self {
        Self { id, version: 0, link: Some(START), events: Some(Vec::new()) }
    }

    /// As people know it: by its number, if its first event says one.
    fn name(&self) -> String {
        match self.events.as_ref().and_then(|events| events.first()).map(|event| &event.fact) {
            Some(Fact::Registered { number, .. }) => number.clone(),
            _ => self.id.to_string(),
        }
    }
}

impl<'w, 'v> Walk<'w, 'v> {
    pub(super) const fn new(
        store: &'w dyn Store,
        directory: &'w Directory,
        keys: &'w mut Keys<'v>,
        report: &'w mut Report,
        checks: &'w mut Checks,
    ) -> Self {
        Self { store, directory, keys, report, checks, known: Vec::new(), behind: None }
    }

    pub(super) async fn all(mut self) -> Result<()> {
        let mut behind = None;
        let mut current: Option<Past> = None;
        loop {
            let page = self.store.log_behind(behind, PAGE).await?;
            let Some(last) = page.last() else { break };
            behind = Some(EventPlace { case: last.place.case, version: last.place.version });
            for row in page {
                if current.as_ref().is_none_or(|past| past.id != row.place.case) {
                    if let Some(done) = current.take() {
                        self.finish(done).await?;
                    }
                    current = Some(Past::new(row.place.case));
                }
                if let Some(past) = &mut current {
                    self.event(past, row);
                }
            }
        }
        if let Some(done) = current.take() {
            self.finish(done).await?;
        }
        self.compare(None).await
    }

    /// One event further: its version, its link, its payload.
    fn event(&mut self, past: &mut Past, row: LogRow) {
        self.report.events += 1;
        self.checks.chain.checked += 1;
        let version = row.place.version;
        if version != past.version + 1 {
            self.checks.chain.fault(format!(
                "{}: event {version} follows event {}",
                past.name(),
                past.version
            ));
            past.events = None;
        }
        past.version = version;
        let event = match row.event {
            Ok(event) => event,
            Err(why) => {
                self.checks.chain.fault(format!("{}: event {version} cannot be read: {why}", past.name()));
                (past.link, past.events) = (None, None);
                return;
            }
        };
        for fault in row.faults {
            self.checks.chain.fault(format!("{}: event {version}: {fault}", past.name()));
        }
        if let Some(before) = past.link
            && chain::link(&before, &event.envelope, &event.payload) != event.link
        {
            self.checks.chain.fault(format!("{}: event {version} is not what was sealed", past.name()));
        }
        past.link = Some(event.link);
        match event.envelope.open(&event.payload) {
            Ok(opened) => {
                if let Some(events) = &mut past.events {
                    events.push(opened);
                }
            }
            Err(fault) => {
                self.checks.replay.fault(format!("{}: {fault}", past.name()));
                past.events = None;
            }
        }
    }

    /// Replays a case and keeps what follows from it, to be compared with others at once.
    async fn finish(&mut self, past: Past) -> Result<()> {
        let known = self.known(past);
        self.known.push(known);
        if self.known.len() >= CASES {
            let to = self.known.last().map(Known::case);
            self.compare(to).await?;
        }
        Ok(())
    }

    fn known(&mut self, past: Past) -> Known {
        let name = past.name();
        let Past { id, version, link, events } = past;
        let (Some(events), Some(link)) = (events, link) else {
            self.keys.pass(id);
            return Known::Unreadable(id);
        };
        let Some(Fact::Registered { .. }) = events.first().map(|event| &event.fact) else {
            return Known::Notes { case: id, version, link };
        };
        self.report.cases += 1;
        self.checks.replay.checked += 1;
        let minutes = |unit: &_, from, to| self.directory.minutes(unit, from, to);
        let catalogue = events.first().map(|event| self.directory.catalogue(event.catalogue));
        let change = match catalogue {
            Some(Ok(catalogue)) => {
                Change::new(None, events, catalogue, &minutes).map_err(|error| error.to_string())
            }
            Some(Err(error)) => Err(error.to_string()),
            None => Err("no event".to_owned()),
        };
        match change {
            Ok(change) => {
                self.owner(&change.after);
                self.keys.open(&change.after, &mut self.checks.keys);
                Known::Case(Box::new(change), link)
            }
            Err(why) => {
                self.checks.replay.fault(format!("{name}: {why}"));
                self.keys.pass(id);
                Known::Unreadable(id)
            }
        }
    }

    fn owner(&mut self, case: &Case) {
        self.checks.owners.checked += 1;
        let known = match case.custodian() {
            Custodian::Person(person) => self.directory.knows(person),
            Custodian::Post(..) => true,
            Custodian::Nobody => case.stage().is_none(),
        };
        if !known {
            self.checks.owners.fault(format!("{}: nobody has it", case.number));
        }
    }

    /// Compares the rows of the cases that wait; `to` the end where none is said.
    async fn compare(&mut self, to: Option<CaseId>) -> Result<()> {
        let known = std::mem::take(&mut self.known);
        self.checks.derived.checked += known.len() as u64;
        for fault in self.store.compare(self.behind, to, &known).await? {
            self.checks.of_table(fault.table).fault(fault.words);
        }
        self.behind = to;
        Ok(())
    }
}
