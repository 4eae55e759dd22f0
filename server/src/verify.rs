//! Whether what is stored is whole: chains unbroken, state the replay of events, one custodian for every case, every
//! draw repeatable. Reads everything once, page by page; writes nothing.

use std::collections::{BTreeMap, BTreeSet};

use domain::api::queue::QueueRow;
use domain::case::state::Custodian;
use domain::case::{Case, Fact, WorkItem};
use domain::catalogue::{Catalogue, CatalogueVersion};
use domain::id::{CaseId, PersonId};
use domain::unit::UnitTree;
use serde::Serialize;
use store::chain::{self, Link, START};
use store::{EventPlace, Store, StoredCase, StoredEvent};

use crate::error::{Error, Result};
use crate::sampling;

/// Events or cases read at once.
const PAGE: u32 = 2_000;
/// Faults told of each kind; the rest are counted.
const TOLD: usize = 100;

/// What was found.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    /// Nothing is wrong.
    pub ok: bool,
    /// Cases looked at.
    pub cases: u64,
    /// Events looked at.
    pub events: u64,
    /// What was checked.
    pub checks: Checks,
}

/// What was checked.
#[derive(Debug, Default, Serialize)]
pub struct Checks {
    /// Every event is sealed to the one before it, none is missing.
    pub chain: Check,
    /// The state of every case is the replay of its events.
    pub replay: Check,
    /// Every open case has exactly one custodian, and its queue row says the same.
    pub owners: Check,
    /// Every draw, done again, gives the same units.
    pub draws: Check,
    /// The seals agree with the events they cover.
    pub seals: Check,
    /// Nothing belongs to nothing.
    pub orphans: Check,
}

impl Checks {
    /// Each with its name.
    pub fn each(&self) -> [(&'static str, &Check); 6] {
        [
            ("chain", &self.chain),
            ("replay", &self.replay),
            ("owners", &self.owners),
            ("draws", &self.draws),
            ("seals", &self.seals),
            ("orphans", &self.orphans),
        ]
    }
}

/// One thing checked.
#[derive(Debug, Serialize)]
pub struct Check {
    /// Nothing is wrong.
    pub ok: bool,
    /// How many were looked at.
    pub checked: u64,
    /// What is wrong, the first hundred.
    pub faults: Vec<String>,
    /// How many faults in all.
    pub fault_count: u64,
}

impl Default for Check {
    fn default() -> Self {
        Self { ok: true, checked: 0, faults: Vec::new(), fault_count: 0 }
    }
}

impl Check {
    fn fault(&mut self, fault: impl Into<String>) {
        self.ok = false;
        self.fault_count += 1;
        if self.faults.len() < TOLD {
            self.faults.push(fault.into());
        }
    }
}

/// Checks a store.
pub async fn verify(store: &dyn Store) -> Result<Report> {
    let catalogues: BTreeMap<CatalogueVersion, Catalogue> = store
        .catalogues()
        .await?
        .into_iter()
        .map(|record| (record.catalogue.version, record.catalogue))
        .collect();
    let people: BTreeSet<PersonId> = store.people().await?.into_iter().map(|person| person.id).collect();
    let mut checks = Checks::default();
    let mut walk = Walk { store, catalogues, people, stored: Stored::new(store), report: Report::default() };
    walk.events(&mut checks).await?;
    let mut report = walk.report;
    let units = UnitTree::new(store.units().await?);
    draws(store, &units, &mut checks.draws).await?;
    checks.seals.checked = 1;
    if let Some(fault) = store.broken_seal().await? {
        checks.seals.fault(fault);
    }
    checks.orphans.checked = 1;
    store.orphans().await?.into_iter().for_each(|fault| checks.orphans.fault(fault));
    report.ok = checks.each().iter().all(|(_, check)| check.ok);
    report.checks = checks;
    Ok(report)
}

/// Goes through events and states side by side; both come by case.
struct Walk<'s> {
    store: &'s dyn Store,
    catalogues: BTreeMap<CatalogueVersion, Catalogue>,
    people: BTreeSet<PersonId>,
    stored: Stored<'s>,
    report: Report,
}

/// A case on its way through its events.
struct Replay {
    id: CaseId,
    version: u64,
    link: Link,
    /// None where it does not begin with a registration: an imported case, which has notes only.
    case: Option<Case>,
}

impl Walk<'_> {
    async fn events(&mut self, checks: &mut Checks) -> Result<()> {
        let mut behind = None;
        let mut current: Option<Replay> = None;
        loop {
            let page = self.store.events_behind(behind, PAGE).await?;
            let Some(last) = page.last() else { break };
            behind = Some(EventPlace { case: last.envelope.case, version: last.envelope.version });
            for event in page {
                if current.as_ref().is_none_or(|replay| replay.id != event.envelope.case) {
                    if let Some(done) = current.take() {
                        self.finish(done, checks).await?;
                    }
                    current = Some(Replay { id: event.envelope.case, version: 0, link: START, case: None });
                }
                if let Some(replay) = &mut current {
                    step(replay, &event, checks);
                }
                self.report.events += 1;
            }
        }
        if let Some(done) = current.take() {
            self.finish(done, checks).await?;
        }
        while let Some(stored) = self.stored.next().await? {
            checks.replay.fault(format!("{} has a state and no events", stored.record.case.number));
        }
        Ok(())
    }

    /// Compares a replayed case with its stored state and row.
    async fn finish(&mut self, replay: Replay, checks: &mut Checks) -> Result<()> {
        let Some(case) = replay.case else { return Ok(()) };
        self.report.cases += 1;
        checks.replay.checked += 1;
        checks.owners.checked += 1;
        loop {
            match self.stored.peek().await? {
                Some(stored) if stored.record.case.id < case.id => {
                    checks.replay.fault(format!("{} has a state and no events", stored.record.case.number));
                    self.stored.next().await?;
                }
                Some(stored) if stored.record.case.id == case.id => break,
                _ => {
                    checks.replay.fault(format!("{} has events and no state", case.number));
                    return Ok(());
                }
            }
        }
        let Some(stored) = self.stored.next().await? else { return Ok(()) };
        if stored.record.case != case {
            checks.replay.fault(format!("{}: its state is not the replay of its events", case.number));
        }
        if stored.record.head.version != replay.version || stored.record.head.link != replay.link {
            checks.chain.fault(format!("{}: its state stands at another end of the chain", case.number));
        }
        self.owner(&case, &stored, &mut checks.owners)
    }

    fn owner(&self, case: &Case, stored: &StoredCase, check: &mut Check) -> Result<()> {
        let known = match case.custodian() {
            Custodian::Person(person) => self.people.contains(person),
            Custodian::Post(..) => true,
            Custodian::Nobody => case.stage().is_none(),
        };
        if !known {
            check.fault(format!("{}: nobody has it", case.number));
        }
        let catalogue = self.catalogues.get(&case.catalogue).ok_or_else(|| {
            Error::internal(anyhow::anyhow!("catalogue {} of {} is missing", case.catalogue, case.number))
        })?;
        let row = WorkItem::of(case, catalogue).map(QueueRow::from);
        if row != stored.row {
            check.fault(format!("{}: its queue row is not that of the case", case.number));
        }
        Ok(())
    }
}

/// One event further: its link, its version, its effect.
fn step(replay: &mut Replay, event: &StoredEvent, checks: &mut Checks) {
    let envelope = &event.envelope;
    checks.chain.checked += 1;
    if envelope.version != replay.version + 1 {
        checks
            .chain
            .fault(format!("{}: event {} follows event {}", replay.id, envelope.version, replay.version));
    }
    if chain::link(&replay.link, envelope, &event.payload) != event.link {
        checks.chain.fault(format!("{}: event {} is not what was sealed", replay.id, envelope.version));
    }
    (replay.version, replay.link) = (envelope.version, event.link);
    match envelope.open(&event.payload) {
        Ok(opened) => match &mut replay.case {
            Some(case) => case.apply(&opened),
            None if matches!(opened.fact, Fact::Registered { .. }) => replay.case = Case::registered(&opened),
            None => {}
        },
        Err(fault) => checks.replay.fault(fault),
    }
}

async fn draws(store: &dyn Store, units: &UnitTree, check: &mut Check) -> Result<()> {
    let mut behind = None;
    loop {
        let page = store.draws_behind(behind, PAGE).await?;
        let Some(last) = page.last() else { return Ok(()) };
        behind = Some(last.id);
        for draw in &page {
            check.checked += 1;
            if let Err(mismatch) = sampling::verify(store, units, draw).await? {
                check.fault(format!("{}: {mismatch}", draw.number));
            }
        }
    }
}

/// Stored cases one by one, read in pages.
struct Stored<'s> {
    store: &'s dyn Store,
    behind: Option<CaseId>,
    page: std::vec::IntoIter<StoredCase>,
    next: Option<StoredCase>,
}

impl<'s> Stored<'s> {
    fn new(store: &'s dyn Store) -> Self {
        Self { store, behind: None, page: Vec::new().into_iter(), next: None }
    }

    async fn peek(&mut self) -> Result<Option<&StoredCase>> {
        if self.next.is_none() {
            self.next = self.page.next();
        }
        if self.next.is_none() {
            let page = self.store.cases_behind(self.behind, PAGE).await?;
            if let Some(last) = page.last() {
                self.behind = Some(last.record.case.id);
            }
            self.page = page.into_iter();
            self.next = self.page.next();
        }
        Ok(self.next.as_ref())
    }

    async fn next(&mut self) -> Result<Option<StoredCase>> {
        self.peek().await?;
        Ok(self.next.take())
    }
}
