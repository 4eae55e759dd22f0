//! A case as a person may see it: personal values masked but for the holder of three posts, no ciphertext ever,
//! page counts hidden from whoever has still to count them.

use std::collections::{BTreeMap, BTreeSet};

use domain::actor::{Person, Role};
use domain::api::case::CaseView;
use domain::case::compare::{Difference, compare};
use domain::case::{Case, Event, Fact, Status};
use domain::catalogue::Catalogue;
use domain::id::{CaseId, PersonId};
use domain::post::Stage;
use domain::secret::Secret;
use store::AccessRecord;

use crate::auth::session::SignedIn;
use crate::error::{Error, Result};
use crate::seal::walk;
use crate::state::App;

/// Most events a view carries: cases have a few dozen.
const MOST_EVENTS: u32 = 5_000;

/// Whether reading is an opening, of which a record is kept, or the answer to the holder's own command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// Opened by the person.
    Opening,
    /// Shown again as the answer to a command.
    Answer,
    /// Told from the log, as the case was: no full values, who held it then may not hold it now.
    Past,
}

impl App {
    /// The case for a person; not found where it is outside the scope.
    pub async fn view_of(&self, who: &SignedIn, id: CaseId, reading: Reading) -> Result<CaseView> {
        let record = self.store().case_in(id, &who.person.scope).await?.ok_or(Error::NotFound)?;
        self.view(who, record.case, reading).await
    }

    /// The case get-next gave: taking it opens it.
    pub async fn view_given(&self, who: &SignedIn, id: CaseId, version: u64) -> Result<CaseView> {
        match self.store().case_in(id, &who.person.scope).await? {
            Some(record) if record.head.version == version => {
                self.view(who, record.case, Reading::Opening).await
            }
            _ => self.view_at(who, id, version).await,
        }
    }

    /// The case as it was after a command: what its answer shows, also when it is sent again.
    pub async fn view_at(&self, who: &SignedIn, id: CaseId, version: u64) -> Result<CaseView> {
        let record = self.store().case_in(id, &who.person.scope).await?;
        match record {
            Some(record) if record.head.version == version => {
                self.view(who, record.case, Reading::Answer).await
            }
            // Moved on meanwhile, or out of sight: told from the log, which never forgets.
            _ => {
                let events = self.store().events(id, 0, u32::try_from(version).unwrap_or(u32::MAX)).await?;
                let case = replay(&events).ok_or(Error::NotFound)?;
                self.view(who, case, Reading::Past).await
            }
        }
    }

    async fn view(&self, who: &SignedIn, mut case: Case, reading: Reading) -> Result<CaseView> {
        let now = self.source().now();
        let directory = self.directory();
        let mut events = self.store().events(case.id, 0, MOST_EVENTS).await?;
        events.retain(|event| event.version <= case.version);
        let plain = self.plain(who, &mut case, reading).await?;
        let differences = if compares(&who.person, &case) {
            differences(&case, directory.catalogue(case.catalogue)?)
        } else {
            BTreeMap::new()
        };
        walk::strip(walk::of_case(&mut case));
        for event in &mut events {
            walk::strip(walk::of_event(event));
        }
        if counts_unseen(&who.person, &case) {
            hide_counts(&mut case, &mut events);
        }
        let slip = match case.status() {
            Some(Status::HandedOver(line)) => Some(line.slip),
            _ => case.holding().and_then(|holding| holding.transfer.as_ref()).map(|transfer| transfer.slip),
        };
        let people = directory.around(&case.accepting);
        let mut met = met(&case, &events);
        met.extend(people.iter().map(|person| person.id.clone()));
        Ok(CaseView {
            sites: directory.sites(&case.accepting),
            people: people.to_vec(),
            open_items: self.open_items(who, &case).await?,
            calendar: directory.calendar(case.working_unit()).data().clone(),
            plain,
            differences,
            names: directory.names(&met),
            slip_number: match slip {
                Some(slip) => self.store().slip_number(slip).await?,
                None => None,
            },
            as_of: now,
            case,
            events,
        })
    }

    /// Plain values by digest, for who holds the case at Entry, Servicing or Recheck; an opening leaves a record
    /// before anything is shown.
    async fn plain(
        &self,
        who: &SignedIn,
        case: &mut Case,
        reading: Reading,
    ) -> Result<BTreeMap<String, String>> {
        let (Some(stage), Some(holding)) = (case.stage(), case.holding()) else { return Ok(BTreeMap::new()) };
        let works = matches!(stage, Stage::Entry | Stage::Servicing | Stage::Recheck);
        if !works || holding.by != who.person.id || reading == Reading::Past {
            return Ok(BTreeMap::new());
        }
        let Some(wrapped) = self.store().key_of(case.id).await? else { return Ok(BTreeMap::new()) };
        let now = self.source().now();
        if reading == Reading::Opening && self.openings().is_new(who.token, case.id, now) {
            let record = AccessRecord {
                at: now,
                person: who.person.id.clone(),
                case: case.id,
                purpose: stage.to_string(),
            };
            self.write(move |tx| {
                let record = record.clone();
                Box::pin(async move { Ok(tx.record_access(&record).await?) })
            })
            .await?;
            self.openings().recorded(who.token, case.id, now);
        }
        let key = self.vault().key(case.id, &wrapped.wrapped).map_err(Error::internal)?;
        let mut plain = BTreeMap::new();
        for secret in walk::of_case(case) {
            if let Secret::Sealed(sealed) = secret
                && !plain.contains_key(&sealed.digest)
            {
                let text = self.vault().open(&key, sealed).map_err(Error::Internal)?;
                plain.insert(sealed.digest.clone(), text);
            }
        }
        Ok(plain)
    }

    /// Items of other open cases on the policy: asked for only where a registration may be amended. What lies
    /// outside the scope is not told; the server knows it when it decides.
    async fn open_items(&self, who: &SignedIn, case: &Case) -> Result<Vec<domain::id::ItemCode>> {
        const MOST: u32 = 20;
        let amends = case.stage() == Some(Stage::Intake)
            && case.holding().is_some_and(|holding| holding.by == who.person.id);
        if !amends {
            return Ok(Vec::new());
        }
        let policy_no = &case.registration.policy.policy_no;
        let found = self.store().search(policy_no, &who.person.scope, MOST).await?;
        let others = found
            .into_iter()
            .filter(|other| other.id != case.id && other.stage.is_some() && other.policy_no == *policy_no);
        Ok(others.flat_map(|other| other.items).collect())
    }
}

/// The case its events make.
pub fn replay(events: &[Event]) -> Option<Case> {
    let (first, rest) = events.split_first()?;
    let mut case = Case::registered(first)?;
    for event in rest {
        case.apply(event);
    }
    Some(case)
}

/// Whether the three-way comparison is shown: to who holds the case at Recheck, and to inspectors.
fn compares(person: &Person, case: &Case) -> bool {
    let rechecks = matches!(case.stage(), Some(Stage::Recheck | Stage::FinalCheck))
        && case.holding().is_some_and(|holding| holding.by == person.id);
    rechecks || person.role == Role::Inspector
}

/// The three-way comparison by item, without ciphertext.
pub fn differences(case: &Case, catalogue: &Catalogue) -> BTreeMap<u8, Vec<Difference>> {
    case.open_items()
        .filter_map(|item| {
            let mut rows = compare(item, catalogue.item(&item.code)?);
            for row in &mut rows {
                walk::strip(walk::of_difference(row));
            }
            Some((item.no, rows))
        })
        .collect()
}

/// Whether the person is one who may be asked to count the papers: then what the slip states stays hidden.
fn counts_unseen(person: &Person, case: &Case) -> bool {
    match case.status() {
        Some(Status::HandedOver(line)) => {
            line.giver != person.id && person.holds(line.to.post()) && person.scope.contains(&line.unit)
        }
        _ => false,
    }
}

/// Takes the pages stated out of a view. Zero is what no paper has.
fn hide_counts(case: &mut Case, events: &mut [Event]) {
    let registered = &mut case.registration.materials;
    case.materials.iter_mut().chain(registered).for_each(|material| material.pages = 0);
    for event in events {
        match &mut event.fact {
            Fact::Registered { registration, .. } | Fact::RegistrationAmended { registration, .. } => {
                registration.materials.iter_mut().for_each(|material| material.pages = 0);
            }
            Fact::MaterialReceived { material } => material.pages = 0,
            Fact::CountAmended { before, pages, .. } => (*before, *pages) = (0, 0),
            _ => {}
        }
    }
}

/// Everyone a case and its events name.
pub fn met(case: &Case, events: &[Event]) -> BTreeSet<PersonId> {
    let mut met: BTreeSet<PersonId> = case.workers().into_iter().cloned().collect();
    met.extend(events.iter().filter_map(|event| event.by.person().cloned()));
    met.extend(case.last_done.values().cloned());
    met.extend(case.approvals.iter().map(|approval| approval.by.clone()));
    met.extend(case.reserved.iter().map(|reserved| reserved.person.clone()));
    met.extend(case.bars.iter().map(|bar| bar.by.clone()));
    if let Some(holding) = case.holding() {
        met.insert(holding.by.clone());
        met.extend(holding.transfer.iter().map(|transfer| transfer.to.clone()));
    }
    if let Some(line) = case.line() {
        met.insert(line.giver.clone());
    }
    for event in events {
        match &event.fact {
            Fact::Assigned { to } | Fact::TransferOffered { to, .. } => {
                met.insert(to.clone());
            }
            Fact::LeaseExpired { holder } => {
                met.insert(holder.clone());
            }
            _ => {}
        }
    }
    met
}
