//! Months of work in the department, event by event: people look for work, queues grow and shrink, papers travel,
//! errors are made, found and mended. Everything that happens to a case is decided by the rules the server enforces.

mod absence;
mod acts;
mod agenda;
mod arrivals;
mod carry;
mod clerk;
mod errors;
mod inspector;
mod intake;
mod intentions;
mod lead;
mod live;
mod orders;
mod slips;
mod steps;
mod transit;
mod world;

use std::collections::{BTreeMap, VecDeque};

use chrono::{NaiveDate, TimeDelta};
use domain::case::Event;
use domain::catalogue::Catalogue;
use domain::id::{CaseId, UnitId};
use domain::policy::{PolicyFacts, PolicyNumber};
use domain::time::{Timestamp, local_date, start_of_day};
use store::{CheckRecord, DrawSeed, NewSlip, WrappedKey};

use super::chance::Chance;
use super::department::{BRANCHES, Staff};
use super::invent::{Application, Invention};
use crate::directory::Directory;
use crate::error::Error;
use crate::seal::Vault;

use agenda::{Agenda, CaseNo, Happening, WorkerNo};
use arrivals::{Arrival, LAST_CALL};
use inspector::{Checking, DrawDone};
use lead::{Barred, Request};
use live::Live;
use slips::Slips;
use steps::Steps;
use world::{Worker, World};

pub(super) use arrivals::{business_days, days_until};

/// What the story is told of.
#[derive(Debug)]
pub(super) struct Setting<'a> {
    /// People, units, calendar as the server reads them.
    pub directory: &'a Directory,
    /// Seals personal values.
    pub vault: &'a Vault,
    /// The catalogue in force.
    pub catalogue: &'a Catalogue,
    /// Everyone with skills.
    pub staff: &'a [Staff],
    /// Business days of the story.
    pub days: &'a [NaiveDate],
    /// Its end.
    pub until: Timestamp,
    /// How many cases are registered in it.
    pub cases: u32,
    /// What it is told from.
    pub seed: u64,
}

/// A case with its whole past.
#[derive(Debug)]
pub(super) struct PastCase {
    /// The case.
    pub id: CaseId,
    /// Its data key as it is kept.
    pub key: WrappedKey,
    /// Everything that happened to it.
    pub events: Vec<Event>,
}

/// Everything that happened.
#[derive(Debug, Default)]
pub(super) struct Past {
    /// Cases in the order of their registration.
    pub cases: Vec<PastCase>,
    /// Slips named in their events.
    pub slips: Vec<NewSlip>,
    /// Last numbers used.
    pub numbers: Vec<(UnitId, NaiveDate, char, u32)>,
    /// Secrets of the days' draws.
    pub seeds: Vec<DrawSeed>,
    /// Draws with their checks as they were dealt.
    pub draws: Vec<DrawDone>,
    /// Second checks as they were dealt.
    pub seconds: Vec<CheckRecord>,
    /// Checks concluded.
    pub concluded: Vec<Checking>,
    /// Steps the rules refused, by command and reason. People in the story know the rules, so there are few.
    pub refused: BTreeMap<String, u32>,
}

/// The story as it is told.
struct Simulation<'a> {
    world: World<'a>,
    chance: Chance,
    invention: Invention<'a>,
    arrivals: Vec<Arrival>,
    applications: Vec<Option<Application>>,
    agenda: Agenda,
    now: Timestamp,
    workers: Vec<Worker>,
    /// Customers waiting, by counter: places in the list of applications.
    queues: Vec<VecDeque<usize>>,
    /// Cases ready, by cell.
    pools: Vec<Vec<CaseNo>>,
    slips: Slips,
    numbers: BTreeMap<(UnitId, NaiveDate, char), u32>,
    cases: Vec<Live>,
    /// Open cases by policy.
    policies: BTreeMap<PolicyNumber, Vec<CaseNo>>,
    /// Policies on which something was asked, by branch.
    customers: Vec<Vec<PolicyFacts>>,
    requests: Vec<Request>,
    barred: Vec<Barred>,
    steps: Steps,
    seeds: BTreeMap<NaiveDate, DrawSeed>,
    draws: Vec<DrawDone>,
    seconds: Vec<CheckRecord>,
    checks: Vec<Checking>,
    /// How much longer work takes than it needs to, by branch and stage, so that people are busy and no more.
    pace: Vec<[f64; 6]>,
    closed: bool,
    refused: BTreeMap<String, u32>,
}

/// Tells the story.
///
/// # Errors
/// Where values cannot be sealed, or the rules refuse what cannot be done otherwise: a mistake of this program.
pub(super) fn tell(setting: &Setting<'_>) -> Result<Past, Error> {
    let mut simulation = Simulation::new(setting);
    simulation.begin(setting.days);
    while let Some((at, what)) = simulation.agenda.next(setting.until) {
        simulation.now = at;
        simulation.happen(what)?;
    }
    Ok(simulation.end())
}

impl<'a> Simulation<'a> {
    fn new(setting: &Setting<'a>) -> Self {
        let mut chance = Chance::new(setting.seed, "story");
        let world = World::new(setting.directory, setting.vault, setting.catalogue, setting.until);
        let workers = world.workers(setting.staff, setting.days, &mut chance);
        let mut times = Chance::new(setting.seed, "arrivals");
        let arrivals =
            arrivals::arrivals(&world.calendar, setting.days, setting.until, setting.cases, &mut times);
        let (counters, cells) = (world.counters.len(), world.cell_count());
        let invention =
            Invention { chance: Chance::new(setting.seed, "applications"), catalogue: setting.catalogue };
        #[expect(clippy::cast_precision_loss, reason = "some hundred cases a day")]
        let daily = f64::from(setting.cases) / setting.days.len().max(1) as f64;
        let pace = acts::pace(daily, &mut chance);
        let mut simulation = Self {
            applications: vec![None; arrivals.len()],
            chance,
            invention,
            arrivals,
            agenda: Agenda::default(),
            now: setting.until,
            workers,
            queues: vec![VecDeque::new(); counters],
            pools: vec![Vec::new(); cells],
            slips: Slips::new(cells),
            numbers: BTreeMap::new(),
            cases: Vec::with_capacity(usize::try_from(setting.cases).unwrap_or(0)),
            policies: BTreeMap::new(),
            customers: vec![Vec::new(); BRANCHES.len()],
            requests: Vec::new(),
            barred: Vec::new(),
            steps: Steps::default(),
            seeds: BTreeMap::new(),
            draws: Vec::new(),
            seconds: Vec::new(),
            checks: Vec::new(),
            pace,
            closed: false,
            refused: BTreeMap::new(),
            world,
        };
        simulation.fall_ill(setting.days);
        simulation
    }

    /// Puts down what is known beforehand.
    fn begin(&mut self, days: &[NaiveDate]) {
        for (place, arrival) in self.arrivals.iter().enumerate() {
            self.agenda.put(arrival.at, Happening::Arrival(place));
        }
        let calendar = std::sync::Arc::clone(&self.world.calendar);
        for day in days {
            self.fix_seed(*day);
            if let Some(close) = calendar.close_of(*day) {
                self.agenda.put(close - TimeDelta::minutes(12), Happening::Evening);
            }
            for open in calendar.hours(*day) {
                for minutes in (0..i64::from(open.minutes())).step_by(60) {
                    let at = start_of_day(*day) + TimeDelta::minutes(i64::from(open.from) + minutes + 30);
                    self.agenda.put(at, Happening::Sweep);
                }
            }
        }
        let Some(open) = days.first().and_then(|day| calendar.open_of(*day)) else { return };
        for worker in 0..self.workers.len() {
            let at = self.world.later(open, self.chance.skewed(2.0), &mut self.chance);
            let what = match self.workers[worker].person.role {
                domain::actor::Role::Clerk => Happening::Free(worker),
                domain::actor::Role::Lead | domain::actor::Role::Manager => Happening::Round(worker),
                domain::actor::Role::Inspector => Happening::Draw(worker),
                _ => continue,
            };
            self.agenda.put(at, what);
        }
        self.agenda.put(self.world.until - LAST_CALL + TimeDelta::minutes(5), Happening::LastCall);
    }

    fn happen(&mut self, what: Happening) -> Result<(), Error> {
        match what {
            Happening::Arrival(place) => self.arrival(place),
            Happening::Registered(worker, place) => self.registered(worker, place),
            Happening::Free(worker) => {
                self.free(worker);
                Ok(())
            }
            Happening::Work(worker, case) => {
                self.work(worker, case);
                Ok(())
            }
            Happening::Count(worker, case, slip, last) => {
                self.count(worker, case, slip, last);
                Ok(())
            }
            Happening::TakeBack(worker, case, slip) => {
                self.take_back(worker, case, slip);
                Ok(())
            }
            Happening::GiveAgain(worker, case) => {
                self.give_again(worker, case);
                Ok(())
            }
            Happening::TakeOver(worker, case, slip) => {
                self.take_over(worker, case, slip);
                Ok(())
            }
            Happening::HoldEnds(case, until) => {
                self.hold_ends(case, until);
                Ok(())
            }
            Happening::Paper(case) => {
                self.paper(case);
                Ok(())
            }
            Happening::Round(worker) => {
                self.round(worker);
                Ok(())
            }
            Happening::Draw(worker) => self.draw(worker),
            Happening::Check(check) => {
                self.conclude(check);
                Ok(())
            }
            Happening::Second(worker, check) => {
                self.second(worker, check);
                Ok(())
            }
            Happening::Sweep => {
                self.sweep();
                Ok(())
            }
            Happening::Evening => {
                self.evening();
                Ok(())
            }
            Happening::LastCall => {
                self.last_call();
                Ok(())
            }
        }
    }

    /// The secret of a day's draws, fixed before the day begins.
    fn fix_seed(&mut self, day: NaiveDate) {
        // The day the story ends on is not over: its secret is the server's to make.
        if day >= local_date(self.world.until) {
            return;
        }
        let seed = domain::quality::draw::Seed::new(self.chance.bytes());
        let row = DrawSeed {
            day,
            seed: seed.to_string(),
            commitment: seed.commitment().to_string(),
            at: start_of_day(day),
        };
        self.seeds.insert(day, row);
    }

    /// Whether the story is about to end: then more is under way than on other days, so that every screen shows
    /// something.
    fn is_closing(&self) -> bool {
        let left = self.world.calendar.minutes_between(self.now, self.world.until).get();
        left <= 150
    }

    fn end(self) -> Past {
        let cases = self
            .cases
            .into_iter()
            .map(|live| PastCase { id: live.case.id, key: live.wrapped, events: live.events })
            .collect();
        Past {
            cases,
            slips: self.slips.into_all(),
            numbers: self
                .numbers
                .into_iter()
                .map(|((unit, day, letter), n)| (unit, day, letter, n))
                .collect(),
            seeds: self.seeds.into_values().collect(),
            draws: self.draws,
            seconds: self.seconds,
            concluded: self.checks.into_iter().filter(|check| check.record.done_at.is_some()).collect(),
            refused: self.refused,
        }
    }

    /// The next number of a unit, day and letter.
    fn number(&mut self, unit: &UnitId, letter: char) -> u32 {
        let last = self.numbers.entry((unit.clone(), local_date(self.now), letter)).or_default();
        *last += 1;
        *last
    }

    /// Puts a clerk's next look for work down.
    fn free_at(&mut self, worker: WorkerNo, minutes: f64) {
        let at = self.world.later(self.now, minutes, &mut self.chance);
        self.agenda.put(at, Happening::Free(worker));
    }
}
