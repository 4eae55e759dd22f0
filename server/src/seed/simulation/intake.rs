//! Applications reach a counter or come online, and are written down.

use std::collections::{BTreeMap, BTreeSet};

use domain::actor::Actor;
use domain::case::decide::RegisterInput;
use domain::case::{Case, Context, Refusal, Registration, register};
use domain::id::{CaseId, ItemCode, SlipId};
use domain::policy::PolicyNumber;
use domain::post::Stage;
use domain::quality::points::ErrorPoint;
use domain::time::local_date;
use store::{WrappedKey, number};
use uuid::Uuid;

use super::Simulation;
use super::agenda::{CaseNo, Happening, WorkerNo};
use super::carry::Who;
use super::live::Live;
use crate::error::Error;
use crate::seal::Sealing;
use crate::seed::department::BRANCHES;
use crate::seed::invent::Application;

/// The system whose applications come online.
const PORTAL: &str = "掌上客服";

impl Simulation<'_> {
    /// An application arrives: one at a counter waits for a clerk, one online is a case at once.
    pub(super) fn arrival(&mut self, place: usize) -> Result<(), Error> {
        let online = self.arrivals[place].online;
        let counter = self.counter(online);
        let application = self.invent(counter, online);
        if online {
            let actor = Actor::Integration(PORTAL.to_owned());
            return self.register(&actor, counter, application).map(|_| ());
        }
        self.applications[place] = Some(application);
        self.queues[counter].push_back(place);
        Ok(())
    }

    /// Which counter: a branch by its weight; online the branch's own, else one of its counters.
    fn counter(&mut self, online: bool) -> usize {
        let branch = self.chance.weighted(BRANCHES.iter().map(|branch| branch.weight));
        let of_branch = |counter: &usize| self.world.counters[*counter].branch == branch;
        let counters: Vec<usize> = (0..self.world.counters.len()).filter(of_branch).collect();
        if online || self.chance.happens(0.3) { counters[0] } else { *self.chance.one(&counters) }
    }

    fn invent(&mut self, counter: usize, online: bool) -> Application {
        let Self { world, chance, invention, customers, now, .. } = self;
        let place = &world.counters[counter];
        let again = (!online && chance.happens(0.02) && !customers[place.branch].is_empty())
            .then(|| chance.one(&customers[place.branch]).clone());
        let application =
            invention.application((BRANCHES[place.branch].code, &place.unit), *now, online, again.as_ref());
        if again.is_none() && chance.happens(0.05) {
            customers[place.branch].push(application.registration.policy.clone());
        }
        application
    }

    /// A clerk has written an application down.
    pub(super) fn registered(&mut self, worker: WorkerNo, place: usize) -> Result<(), Error> {
        self.workers[worker].serving = None;
        let Some(application) = self.applications[place].take() else {
            self.free_at(worker, 1.0);
            return Ok(());
        };
        let counter = self.world.counters.iter().position(|counter| counter.unit == application.counter);
        let actor = self.workers[worker].actor.clone();
        let case = self.register(&actor, counter.unwrap_or(0), application)?;
        let skill = self.workers[worker].skill;
        if self.chance.happens(skill.error) {
            let point = if self.chance.happens(0.6) { ErrorPoint::E10 } else { ErrorPoint::E01 };
            self.err(case, Stage::Intake, 1, point, None);
        }
        let minutes = self.chance.skewed(3.5);
        let at = self.world.later(self.now, minutes, &mut self.chance);
        self.agenda.put(at, Happening::Work(worker, case));
        Ok(())
    }

    /// Registers an application, lines on which it falls short acknowledged.
    pub(super) fn register(
        &mut self,
        actor: &Actor,
        counter: usize,
        application: Application,
    ) -> Result<CaseNo, Error> {
        let id = CaseId(self.chance.id(self.now));
        let (key, wrapped) = self.world.vault.new_key(id);
        let mut registration = application.registration;
        let sealing =
            Sealing { vault: self.world.vault, key: &key, catalogue: self.world.catalogue, now: self.now };
        sealing.registration(&mut registration)?;
        let policy = registration.policy.policy_no.clone();
        let open_items = self.open_items(&policy);
        let unit = self.world.counters[counter].unit.clone();
        if let Err(Refusal::Acknowledge { lines }) =
            self.decide_registration(actor, (id, ""), counter, &registration, &open_items)
        {
            registration.acknowledged = lines;
        }
        let sequence = self.number(&unit, number::CASE);
        let number = number::case_number(&unit, local_date(self.now), sequence);
        let events = self.decide_registration(actor, (id, &number), counter, &registration, &open_items)?;
        let Some(case) = events.first().and_then(Case::registered) else {
            return Err(Error::internal(anyhow::anyhow!("a registration that begins no case")));
        };
        let place = self.cases.len();
        let ready = case.holding().is_none();
        let asked = (1..).zip(application.asked).collect();
        let priority = self.priority();
        self.cases.push(Live {
            case,
            events,
            key,
            wrapped: WrappedKey { master: self.world.vault.master(), wrapped },
            counter,
            asked,
            keyed: BTreeMap::default(),
            entered: BTreeMap::default(),
            core: BTreeMap::default(),
            fate: application.fate,
            fated: false,
            faults: Vec::new(),
            intention: None,
            intended: false,
            waits: 0,
            priority,
            mislaid: None,
            troubled: BTreeSet::default(),
            shunned: 0,
        });
        if ready {
            let cell = self.world.cell(self.cases[place].case.working_unit(), Stage::Intake);
            self.pools[cell].push(place);
        }
        self.policies.entry(policy).or_default().push(place);
        Ok(place)
    }

    fn decide_registration(
        &self,
        actor: &Actor,
        (id, number): (CaseId, &str),
        counter: usize,
        registration: &Registration,
        open_items: &[ItemCode],
    ) -> Result<Vec<domain::case::Event>, Refusal> {
        let place = &self.world.counters[counter];
        let there = |worker: &&super::world::Worker| worker.is_there(self.now);
        let present = self.workers.iter().filter(there).map(|worker| worker.person.id.clone()).collect();
        let context = Context {
            actor,
            now: self.now,
            calendar: &self.world.calendar,
            calendars: &BTreeMap::new(),
            present: &present,
            inspectors: &BTreeSet::new(),
            catalogue: self.world.catalogue,
            sites: &place.sites,
            people: &place.people,
            open_items,
            slip: SlipId(Uuid::nil()),
        };
        register(&RegisterInput { id, number, accepting: &place.unit, registration }, &context)
    }

    /// Items of open cases on a policy.
    fn open_items(&self, policy: &PolicyNumber) -> Vec<ItemCode> {
        let open = self.policies.get(policy).into_iter().flatten();
        open.flat_map(|case| self.cases[*case].case.open_items().map(|item| item.code.clone())).collect()
    }

    fn priority(&mut self) -> Option<domain::case::state::Priority> {
        use domain::case::state::Priority;
        match self.chance.below(1_000) {
            0..=6 => Some(Priority::Complaint),
            7..=24 => Some(Priority::Vip),
            _ => None,
        }
    }

    /// The paper the customer was waited for: whoever of the counter is there takes it, and the holder goes on.
    pub(super) fn paper(&mut self, case: CaseNo) {
        use domain::case::registration::{Material, Shortfall};
        use domain::case::{Command, Status};
        let live = &self.cases[case];
        let Some(Status::Waiting { holding, .. }) = live.case.status() else { return };
        let holder = holding.by.clone();
        let cell = self.world.cell(&self.world.counters[live.counter].unit, Stage::Intake);
        let missing: Vec<_> = live
            .case
            .shortfalls
            .iter()
            .filter_map(|line| match line {
                Shortfall::Missing { material } => Some(material.clone()),
                Shortfall::Inadmissible { .. } => None,
            })
            .collect();
        let there = |worker: &super::world::Worker| worker.cells.contains(&cell) && worker.is_there(self.now);
        let clerks: Vec<WorkerNo> = (0..self.workers.len()).filter(|at| there(&self.workers[*at])).collect();
        for kind in missing {
            let material = Material {
                kind,
                form: domain::catalogue::MaterialForm::Original,
                copies: 1,
                pages: 1,
                return_to_customer: false,
            };
            // Who is kept for the recheck, or has done it, leaves it to a colleague.
            let booked = clerks.iter().any(|clerk| {
                let command = Command::ReceiveMaterial { material: material.clone() };
                self.try_act(Who::Worker(*clerk), case, command).is_ok()
            });
            if !booked {
                return;
            }
        }
        let Some(holder) = self.workers.iter().position(|worker| worker.person.id == holder) else { return };
        if self.workers[holder].is_there(self.now) && self.act(Who::Worker(holder), case, Command::Resume {})
        {
            self.workers[holder].hands.push(case);
        }
    }

    /// Who still waits goes home and asks online, as far as the story needs its number of cases.
    pub(super) fn last_call(&mut self) {
        self.closed = true;
        let waiting: usize = self.queues.iter().map(std::collections::VecDeque::len).sum();
        self.queues.iter_mut().for_each(std::collections::VecDeque::clear);
        let late = self
            .workers
            .iter()
            .filter(|worker| worker.serving.is_some_and(|until| until > self.world.until))
            .count();
        let left = (self.world.until - self.now).num_milliseconds().max(2);
        for _ in 0..waiting + late {
            let at = self.now + chrono::TimeDelta::milliseconds(self.chance.between(1, left - 1));
            let place = self.arrivals.len();
            self.arrivals.push(super::Arrival { at, online: true });
            self.applications.push(None);
            self.agenda.put(at, Happening::Arrival(place));
        }
    }
}
