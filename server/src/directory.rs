//! What every request needs and seldom changes: people, units, calendars, catalogues. Read once, kept in memory,
//! read again when the feed says that it changed.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Bytes;
use chrono::NaiveDate;
use domain::actor::Person;
use domain::api::catalogue::ItemName;
use domain::catalogue::{Catalogue, CatalogueVersion};
use domain::id::{PersonId, UnitId};
use domain::post::Stage;
use domain::time::{Calendar, Timestamp, local_date};
use domain::unit::UnitTree;
use store::{PersonRecord, Store};

use crate::error::{Error, Result};

/// A version of the catalogue, as a value and as it is sent.
#[derive(Debug)]
pub struct Edition {
    /// The catalogue.
    pub catalogue: Catalogue,
    /// In force from.
    pub from: Timestamp,
    /// Its JSON.
    pub json: Bytes,
    /// The JSON of its items' names.
    pub names: Bytes,
}

/// People, units, calendars and catalogues at one moment.
#[derive(Debug)]
pub struct Directory {
    day: NaiveDate,
    records: Vec<PersonRecord>,
    units: UnitTree,
    people: BTreeMap<PersonId, Arc<Person>>,
    names: BTreeMap<PersonId, String>,
    sites: BTreeMap<(UnitId, Stage), UnitId>,
    calendars: BTreeMap<UnitId, Arc<Calendar>>,
    national: Arc<Calendar>,
    editions: BTreeMap<CatalogueVersion, Arc<Edition>>,
    /// People by accepting unit, worked out when first asked for.
    around: Mutex<HashMap<UnitId, Arc<[Person]>>>,
}

impl Directory {
    /// Reads everything for the day of `now`.
    pub async fn read(store: &dyn Store, now: Timestamp) -> Result<Self> {
        let units = UnitTree::new(store.units().await?);
        let calendars = store
            .calendars()
            .await?
            .into_iter()
            .map(|(unit, data)| Ok((unit, Arc::new(Calendar::new(data).map_err(Error::internal)?))))
            .collect::<Result<_>>()?;
        let sites = store
            .sites()
            .await?
            .into_iter()
            .map(|(accepting, stage, unit)| ((accepting, stage), unit))
            .collect();
        let editions = store
            .catalogues()
            .await?
            .into_iter()
            .map(|record| {
                let json = serde_json::to_vec(&record.catalogue).map_err(Error::internal)?;
                let names = serde_json::to_vec(&ItemName::all(&record.catalogue)).map_err(Error::internal)?;
                let edition = Edition {
                    catalogue: record.catalogue,
                    from: record.from,
                    json: json.into(),
                    names: names.into(),
                };
                Ok((edition.catalogue.version, Arc::new(edition)))
            })
            .collect::<Result<_>>()?;
        let base = Self {
            day: local_date(now),
            records: store.people().await?,
            units,
            people: BTreeMap::new(),
            names: BTreeMap::new(),
            sites,
            calendars,
            national: Arc::new(Calendar::national()),
            editions,
            around: Mutex::default(),
        };
        Ok(base.on(now))
    }

    /// The same on the day of `now`: who holds or deputises a post may change with the day.
    #[must_use]
    pub fn on(self, now: Timestamp) -> Self {
        let day = local_date(now);
        let people = self
            .records
            .iter()
            .filter(|record| !record.disabled)
            .map(|record| (record.id.clone(), Arc::new(record.on(day, &self.units))))
            .collect();
        let names = self.records.iter().map(|record| (record.id.clone(), record.name.clone())).collect();
        Self { day, people, names, around: Mutex::default(), ..self }
    }

    /// Whether it was made for the day of `now`.
    pub fn is_of(&self, now: Timestamp) -> bool {
        self.day == local_date(now)
    }

    /// A person who is not shut out.
    pub fn person(&self, id: &PersonId) -> Option<&Arc<Person>> {
        self.people.get(id)
    }

    /// Whether a person is or was one of the department, shut out or not.
    pub fn knows(&self, id: &PersonId) -> bool {
        self.names.contains_key(id)
    }

    /// All people who are not shut out, by number.
    pub fn people(&self) -> impl Iterator<Item = &Arc<Person>> {
        self.people.values()
    }

    /// The tree of units.
    pub const fn units(&self) -> &UnitTree {
        &self.units
    }

    /// The unit that works each stage for an accepting unit: itself where nothing else is said.
    pub fn sites(&self, accepting: &UnitId) -> BTreeMap<Stage, UnitId> {
        let site = |stage| self.sites.get(&(accepting.clone(), stage)).unwrap_or(accepting).clone();
        Stage::ALL.into_iter().map(|stage| (stage, site(stage))).collect()
    }

    /// The calendar of a unit: its own, else that of the unit above, else the national one.
    pub fn calendar(&self, unit: &UnitId) -> &Arc<Calendar> {
        self.units
            .upwards(unit)
            .into_iter()
            .find_map(|unit| self.calendars.get(&unit.id))
            .unwrap_or(&self.national)
    }

    /// Calendars of those units that have another than this one.
    pub fn calendars_beside<'u>(
        &self,
        known: &Arc<Calendar>,
        units: impl IntoIterator<Item = &'u UnitId>,
    ) -> BTreeMap<UnitId, Arc<Calendar>> {
        units
            .into_iter()
            .map(|unit| (unit, self.calendar(unit)))
            .filter(|(_, calendar)| !Arc::ptr_eq(calendar, known))
            .map(|(unit, calendar)| (unit.clone(), Arc::clone(calendar)))
            .collect()
    }

    /// Business minutes between two moments by the calendar of a unit.
    pub fn minutes(&self, unit: &UnitId, from: Timestamp, to: Timestamp) -> i64 {
        self.calendar(unit).minutes_between(from, to).get()
    }

    /// A version of the catalogue.
    pub fn edition(&self, version: CatalogueVersion) -> Option<&Arc<Edition>> {
        self.editions.get(&version)
    }

    /// The version in force: the newest whose day has come.
    pub fn current(&self, now: Timestamp) -> Result<&Arc<Edition>> {
        self.editions
            .values()
            .filter(|edition| edition.from <= now)
            .max_by_key(|edition| edition.catalogue.version)
            .ok_or_else(|| Error::internal(anyhow::anyhow!("no version of the catalogue is in force")))
    }

    /// The catalogue a case keeps.
    pub fn catalogue(&self, version: CatalogueVersion) -> Result<&Catalogue> {
        self.edition(version)
            .map(|edition| &edition.catalogue)
            .ok_or_else(|| Error::internal(anyhow::anyhow!("catalogue {version} is not in the store")))
    }

    /// Everyone who could take, recheck or approve a case of that accepting unit: whose scope covers it or a unit
    /// that works for it. Scopes are narrowed to these units, which is all that the rules ask of them.
    pub fn around(&self, accepting: &UnitId) -> Arc<[Person]> {
        let mut around = self.around.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(people) = around.get(accepting) {
            return Arc::clone(people);
        }
        let mut units: BTreeSet<UnitId> = self.sites(accepting).into_values().collect();
        units.insert(accepting.clone());
        let narrowed = |person: &Arc<Person>| {
            let scope: BTreeSet<UnitId> = person.scope.intersection(&units).cloned().collect();
            let counts = person.role.leads() || !person.posts.is_empty();
            (counts && !scope.is_empty()).then(|| Person { scope, ..person.as_ref().clone() })
        };
        let people: Arc<[Person]> = self.people.values().filter_map(narrowed).collect();
        around.insert(accepting.clone(), Arc::clone(&people));
        people
    }

    /// Names of these people; a number nobody bears is left out.
    pub fn names<'p>(&self, people: impl IntoIterator<Item = &'p PersonId>) -> BTreeMap<PersonId, String> {
        people.into_iter().filter_map(|id| Some((id.clone(), self.names.get(id)?.clone()))).collect()
    }

    /// Names of everyone whose home unit is in the scope: those met on its screens.
    pub fn names_in(&self, scope: &BTreeSet<UnitId>) -> BTreeMap<PersonId, String> {
        self.records
            .iter()
            .filter(|record| scope.contains(&record.unit))
            .map(|record| (record.id.clone(), record.name.clone()))
            .collect()
    }
}
