//! The audit record: who did what to sign-ins, people and personal values. Entries are added and read, never changed.

use std::collections::{HashMap, HashSet};
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use chrono::TimeDelta;
use domain::actor::Person;
use domain::api::audit::{AuditKind, AuditRow};
use domain::id::{PersonId, UnitId};
use domain::time::Timestamp;

use crate::auth::session::SignedIn;
use crate::source::Source;
use crate::state::App;

/// An entry about to be written.
#[derive(Clone, Debug)]
pub struct Entry(AuditRow);

impl Entry {
    /// That this happened, now.
    pub fn new(source: &Source, kind: AuditKind) -> Self {
        Self(AuditRow {
            id: source.id(),
            at: source.store_now(),
            kind,
            actor: None,
            person: None,
            unit: None,
            address: None,
            subject: None,
        })
    }

    /// Done by this person.
    #[must_use]
    pub fn by(mut self, person: &Person) -> Self {
        self.0.actor = Some(person.id.clone());
        self.0.unit.get_or_insert_with(|| person.unit.clone());
        self
    }

    /// Done to, or in the name of, this person.
    #[must_use]
    pub fn about(mut self, person: &PersonId, unit: &UnitId) -> Self {
        self.0.person = Some(person.clone());
        self.0.unit = Some(unit.clone());
        self
    }

    /// From this address.
    #[must_use]
    pub fn from(mut self, address: IpAddr) -> Self {
        self.0.address = Some(address.to_string());
        self
    }

    /// To this. It never holds what somebody typed.
    #[must_use]
    pub fn on(mut self, subject: impl Into<String>) -> Self {
        self.0.subject = Some(subject.into());
        self
    }

    /// The row to be written in a transaction of the caller's.
    pub const fn row(&self) -> &AuditRow {
        &self.0
    }
}

impl App {
    /// Writes an entry that stands by itself: about something that was refused, so that there is no other
    /// transaction. Where it cannot be written the refusal still stands, and the log says so.
    pub async fn audit(&self, entry: Entry) {
        let kind = entry.0.kind.as_str();
        let written = self
            .write(move |tx| {
                let entry = entry.clone();
                Box::pin(async move { Ok(tx.audit(entry.row()).await?) })
            })
            .await;
        if let Err(error) = written {
            tracing::error!(%error, kind, "an entry of the audit record is lost");
        }
    }

    /// Notes that somebody asked for what is not there for them, or not for their role; the same again within a while is
    /// one entry.
    pub async fn missed(&self, who: &SignedIn, address: IpAddr, kind: AuditKind, subject: String) {
        if self.missed_lately().is_new(who.token, &subject, self.source().now()) {
            let entry = Entry::new(self.source(), kind).by(&who.person).from(address);
            self.audit(entry.on(subject)).await;
        }
    }
}

/// The same look-up of one session within this time is one entry.
const ONE_LOOK: TimeDelta = TimeDelta::minutes(10);

/// Most entries one session leaves within that time: so many say what there is to say, and whoever tries ids by the
/// thousand does not fill the store.
const MOST: usize = 200;

/// What sessions asked for lately that was not there. Kept in memory: after a restart there is an entry more, never
/// one less.
#[derive(Debug, Default)]
pub struct Missed(Mutex<HashMap<[u8; 32], Lately>>);

/// Since when, and what.
type Lately = (Timestamp, HashSet<String>);

impl Missed {
    /// Whether this is to be noted.
    fn is_new(&self, session: [u8; 32], subject: &str, now: Timestamp) -> bool {
        let mut lately = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        lately.retain(|_, (since, _)| now - *since < ONE_LOOK);
        let (_, subjects) = lately.entry(session).or_insert_with(|| (now, HashSet::new()));
        subjects.len() < MOST && subjects.insert(subject.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_look_up_is_one_entry_and_a_flood_is_bounded() {
        let at = |minutes: i64| Timestamp::from_timestamp(1_790_000_000 + minutes * 60, 0).unwrap();
        let missed = Missed::default();
        assert!(missed.is_new([1; 32], "a", at(0)));
        assert!(!missed.is_new([1; 32], "a", at(9)));
        assert!(missed.is_new([2; 32], "a", at(9)));
        assert!(missed.is_new([1; 32], "a", at(10)));
        let noted = (0..1_000).filter(|n| missed.is_new([3; 32], &n.to_string(), at(11))).count();
        assert_eq!(noted, MOST);
    }
}
