//! A case as a person may see it: personal values masked but for the holder of three posts, no ciphertext ever,
//! page counts hidden from whoever has still to count them.

use std::collections::BTreeSet;
use std::collections::btree_map::{self, BTreeMap};

use domain::actor::{Person, Role};
use domain::api::audit::AuditKind;
use domain::api::case::CaseView;
use domain::case::blind::{Blind, blind, hide, hide_events};
use domain::case::compare::{Difference, compare};
use domain::case::{Case, Event, Fact, Status};
use domain::catalogue::Catalogue;
use domain::id::{CaseId, PersonId};
use domain::post::Stage;
use domain::secret::Secret;
use store::AccessRecord;

use crate::audit::Entry;
use crate::auth::session::SignedIn;
use crate::directory::Directory;
use crate::error::{Error, Result};
use crate::seal::{Vault, walk};
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
        let hidden = hidden(&directory, &who.person, &case)?;
        hide(&mut case, &hidden);
        hide_events(&mut events, &hidden);
        let plain = self.plain(who, &mut case, reading).await?;
        let differences = if compares(&who.person, &case) {
            differences(self.vault(), &case, directory.catalogue(case.catalogue)?)
        } else {
            BTreeMap::new()
        };
        conceal(self.vault(), &who.person, &mut case, &mut events);
        let slip = match case.status() {
            Some(Status::HandedOver(line)) => Some(line.slip),
            _ => case.holding().and_then(|holding| holding.transfer.as_ref()).map(|transfer| transfer.slip),
        };
        let people = directory.around(&case.accepting);
        let mut met = met(&case, &events);
        met.extend(people.iter().map(|person| person.id.clone()));
        let sites = directory.sites(&case.accepting);
        let calendar = directory.calendar(case.working_unit());
        let units = sites.values().chain(case.working.values()).chain([&case.accepting]);
        let others = directory.calendars_beside(calendar, units);
        let inspectors = self.store().inspectors(case.id).await?;
        Ok(CaseView {
            sites,
            people: people.to_vec(),
            open_items: self.open_items(who, &case).await?,
            calendar: calendar.data().clone(),
            calendars: others.into_iter().map(|(unit, calendar)| (unit, calendar.data().clone())).collect(),
            inspectors,
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
                case: Some(case.id),
                purpose: stage.to_string(),
            };
            let entry = Entry::new(self.source(), AuditKind::ValuesOpened).by(&who.person);
            let entry = entry.on(format!("{} {stage}", case.number));
            self.write(move |tx| {
                let (record, entry) = (record.clone(), entry.clone());
                Box::pin(async move {
                    tx.record_access(&record).await?;
                    Ok(tx.audit(entry.row()).await?)
                })
            })
            .await?;
            self.openings().recorded(who.token, case.id, now);
        }
        let key = self.vault().key(case.id, &wrapped.wrapped).map_err(Error::internal)?;
        let (id, mut plain) = (case.id, BTreeMap::new());
        for secret in walk::of_case(case) {
            if let Secret::Sealed(sealed) = secret {
                let shown = self.vault().shown_digest(id, &sealed.digest);
                if let btree_map::Entry::Vacant(unseen) = plain.entry(shown) {
                    let text = self.vault().open(&key, sealed).map_err(Error::Internal)?;
                    unseen.insert(text);
                }
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
        let found = self.store().search(policy_no.as_str(), &who.person.scope, MOST).await?;
        let others = found.into_iter().filter(|other| {
            other.id != case.id && other.stage.is_some() && other.policy_no == policy_no.as_str()
        });
        Ok(others.flat_map(|other| other.items).collect())
    }
}

/// Takes out of a case and events of it what the person may not see: every ciphertext, digests that say something outside
/// the case, and the pages stated where the person may be asked to count them.
fn conceal(vault: &Vault, person: &Person, case: &mut Case, events: &mut [Event]) {
    let unseen = counts_unseen(person, case);
    let id = case.id;
    walk::veil(vault, id, walk::of_case(case));
    conceal_told(vault, id, unseen, events);
    if unseen {
        hide_counts(case);
    }
}

fn conceal_told(vault: &Vault, case: CaseId, unseen: bool, events: &mut [Event]) {
    for event in &mut *events {
        walk::veil(vault, case, walk::of_event(event));
    }
    if unseen {
        hide_counts_told(events);
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
pub fn differences(vault: &Vault, case: &Case, catalogue: &Catalogue) -> BTreeMap<u8, Vec<Difference>> {
    case.open_items()
        .filter(|item| !item.blind)
        .filter_map(|item| {
            let mut rows = compare(item, catalogue.item(&item.code)?);
            for row in &mut rows {
                walk::veil(vault, case.id, walk::of_difference(row));
            }
            Some((item.no, rows))
        })
        .collect()
}

/// Items whose values this person may not see before they are keyed blind.
fn hidden(directory: &Directory, person: &Person, case: &Case) -> Result<BTreeMap<u8, Blind>> {
    let sites = directory.sites(&case.accepting);
    let recheck = sites.get(&Stage::Recheck).unwrap_or(&case.accepting);
    let recheck = if case.stage() == Some(Stage::Recheck) { case.working_unit() } else { recheck };
    Ok(blind(case, person, recheck, directory.catalogue(case.catalogue)?))
}

/// Takes out of events of a case what this person may not see of it: ciphertext, values to be keyed blind, pages to
/// be counted. `case` is the case as it stands now.
pub fn tell(
    vault: &Vault,
    directory: &Directory,
    person: &Person,
    case: &Case,
    events: &mut [Event],
) -> Result<()> {
    hide_events(events, &hidden(directory, person, case)?);
    conceal_told(vault, case.id, counts_unseen(person, case), events);
    Ok(())
}

/// Whether the person is one who may be asked to count the papers – who gave them too, where nobody else may be
/// there to receive them: then what the slip states stays hidden.
fn counts_unseen(person: &Person, case: &Case) -> bool {
    case.line().is_some_and(|line| person.holds(line.to.post()) && person.scope.contains(&line.unit))
}

/// Takes the pages stated out of a view. Zero is what no paper has.
fn hide_counts(case: &mut Case) {
    let registered = &mut case.registration.materials;
    case.materials.iter_mut().chain(registered).for_each(|material| material.pages = 0);
}

fn hide_counts_told(events: &mut [Event]) {
    for event in events {
        match &mut event.fact {
            Fact::Registered { registration, .. } | Fact::RegistrationAmended { registration, .. } => {
                registration.materials.iter_mut().for_each(|material| material.pages = 0);
            }
            Fact::MaterialReceived { material, .. } => material.pages = 0,
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
