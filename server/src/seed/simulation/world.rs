//! What stands around the cases: units, sites, calendar, catalogue, people.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{NaiveDate, TimeDelta};
use domain::actor::{Actor, Person, Role};
use domain::catalogue::Catalogue;
use domain::id::UnitId;
use domain::post::Stage;
use domain::time::{BusinessMinutes, Calendar, Timestamp, local_date};

use super::super::chance::Chance;
use super::super::department::{BRANCHES, HEAD, Skill, Staff};
use crate::directory::Directory;
use crate::seal::Vault;

/// What does not change while the story runs.
#[derive(Debug)]
pub(super) struct World<'a> {
    /// People, units, sites as the server reads them.
    pub directory: &'a Directory,
    /// Seals personal values.
    pub vault: &'a Vault,
    /// Rules and targets.
    pub catalogue: &'a Catalogue,
    /// Office hours, the same everywhere.
    pub calendar: Arc<Calendar>,
    /// The story ends here.
    pub until: Timestamp,
    /// Counters that take applications in.
    pub counters: Vec<Counter>,
    cells: BTreeMap<(UnitId, Stage), usize>,
}

/// A counter: an accepting unit.
#[derive(Debug)]
pub(super) struct Counter {
    /// The unit.
    pub unit: UnitId,
    /// Place of its branch.
    pub branch: usize,
    /// Unit that works each stage.
    pub sites: BTreeMap<Stage, UnitId>,
    /// Who could take, recheck or approve its cases.
    pub people: Arc<[Person]>,
}

/// A person at work.
#[derive(Debug)]
pub(super) struct Worker {
    /// As the rules see the person.
    pub actor: Actor,
    /// The person.
    pub person: Person,
    /// Place of the branch; none at the head office.
    pub branch: Option<usize>,
    /// How well the person works.
    pub skill: Skill,
    /// Cells worked: unit and stage.
    pub cells: Vec<usize>,
    /// Days away.
    pub away: BTreeSet<NaiveDate>,
    /// Held cases to go on with.
    pub hands: Vec<super::agenda::CaseNo>,
    /// Busy with a customer until then.
    pub serving: Option<Timestamp>,
}

impl<'a> World<'a> {
    /// The world of a directory.
    pub(super) fn new(
        directory: &'a Directory,
        vault: &'a Vault,
        catalogue: &'a Catalogue,
        until: Timestamp,
    ) -> Self {
        let mut counters = Vec::new();
        let mut cells = BTreeMap::new();
        for (branch, place) in BRANCHES.iter().enumerate() {
            for unit in place.counters() {
                let sites = directory.sites(&unit);
                for (stage, site) in &sites {
                    let next = cells.len();
                    cells.entry((site.clone(), *stage)).or_insert(next);
                }
                let people = directory.around(&unit);
                counters.push(Counter { unit, branch, sites, people });
            }
        }
        let calendar = Arc::clone(directory.calendar(&UnitId::from(HEAD)));
        Self { directory, vault, catalogue, calendar, until, counters, cells }
    }

    /// How many cells there are.
    pub(super) fn cell_count(&self) -> usize {
        self.cells.len()
    }

    /// Place of a cell.
    pub(super) fn cell(&self, unit: &UnitId, stage: Stage) -> usize {
        self.cells.get(&(unit.clone(), stage)).copied().unwrap_or(0)
    }

    /// Unit and stage of a cell.
    pub(super) fn cell_name(&self, cell: usize) -> Option<&(UnitId, Stage)> {
        self.cells.iter().find_map(|(name, at)| (*at == cell).then_some(name))
    }

    /// So many business minutes later, to the millisecond of chance.
    pub(super) fn later(&self, from: Timestamp, minutes: f64, chance: &mut Chance) -> Timestamp {
        #[expect(clippy::cast_possible_truncation, reason = "minutes of a few days")]
        let whole = minutes.max(0.0) as i64;
        let open = self.calendar.next_open(from);
        let at = self.calendar.add_minutes(open, BusinessMinutes(whole));
        at + TimeDelta::milliseconds(chance.between(1_000, 59_999))
    }

    /// A little after the next opening of the day after.
    pub(super) fn next_morning(&self, day: NaiveDate, minutes: f64, chance: &mut Chance) -> Timestamp {
        let next = self.calendar.next_working_day(day);
        let open = self.calendar.open_of(next).unwrap_or(self.until);
        self.later(open, minutes, chance)
    }

    /// Everyone with what the simulation keeps of them.
    pub(super) fn workers(&self, staff: &[Staff], days: &[NaiveDate], chance: &mut Chance) -> Vec<Worker> {
        staff.iter().filter_map(|staff| self.worker(staff, days, chance)).collect()
    }

    fn worker(&self, staff: &Staff, days: &[NaiveDate], chance: &mut Chance) -> Option<Worker> {
        let person = self.directory.person(&staff.record.id)?.as_ref().clone();
        let branch = BRANCHES.iter().position(|branch| person.unit.as_str().starts_with(branch.code));
        let mut cells: Vec<usize> = self
            .cells
            .iter()
            .filter(|((unit, stage), _)| person.scope.contains(unit) && person.holds(stage.post()))
            .map(|(_, at)| *at)
            .collect();
        // One's own counter before those one could help out at.
        cells.sort_by_key(|cell| self.cell_name(*cell).is_some_and(|(unit, _)| *unit != person.unit));
        let away = away(days, person.role, chance);
        Some(Worker {
            actor: Actor::Person(person.clone()),
            person,
            branch,
            skill: staff.skill,
            cells,
            away,
            hands: Vec::new(),
            serving: None,
        })
    }
}

impl Worker {
    /// Whether the person is there on the day of a moment.
    pub(super) fn is_there(&self, at: Timestamp) -> bool {
        !self.away.contains(&local_date(at))
    }
}

/// Days of leave: now and then, one to four in a row.
fn away(days: &[NaiveDate], role: Role, chance: &mut Chance) -> BTreeSet<NaiveDate> {
    let mut away = BTreeSet::new();
    let mut left = 0;
    for day in days {
        if left == 0 && role == Role::Clerk && chance.happens(0.016) {
            left = 1 + chance.weighted([5.0, 3.0, 1.0, 1.0].into_iter());
        }
        if left > 0 {
            away.insert(*day);
            left -= 1;
        }
    }
    away
}
