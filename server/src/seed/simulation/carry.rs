//! Carrying a command out as the server does: sealed, decided by the rules, applied; and what follows for queues and
//! slips.

use std::collections::{BTreeMap, BTreeSet};

use domain::actor::Actor;
use domain::api::slip::SlipKind;
use domain::case::{Case, Command, Context, Event, Fact, Refusal, State, Status, decide};
use domain::flow::finished_step;
use domain::id::SlipId;
use domain::post::Stage;
use store::{NewSlip, SlipKey};
use uuid::Uuid;

use super::Simulation;
use super::agenda::{CaseNo, WorkerNo};
use super::live::Kind;
use crate::error::Error;
use crate::seal::Sealing;

/// Who gives a command.
#[derive(Clone, Copy, Debug)]
pub(super) enum Who {
    /// A person.
    Worker(WorkerNo),
    /// Plumbline itself.
    System,
}

impl Simulation<'_> {
    /// Carries a command out; what the rules refuse is counted and changes nothing.
    pub(super) fn act(&mut self, who: Who, case: CaseNo, command: Command) -> bool {
        let name = command.name();
        match self.try_act(who, case, command) {
            Ok(()) => true,
            Err(refusal) => {
                *self.refused.entry(format!("{name}: {}", refusal.slug())).or_default() += 1;
                false
            }
        }
    }

    /// Carries a command out, or says why not.
    pub(super) fn try_act(&mut self, who: Who, case: CaseNo, mut command: Command) -> Result<(), Refusal> {
        self.seal(case, &mut command)?;
        let fresh = match &command {
            Command::HandOver {}
            | Command::ReturnTo { .. }
            | Command::Decline {}
            | Command::RefuseProposal { .. }
            | Command::TransferHolding { .. }
            | Command::Assign { .. } => SlipId(self.chance.id(self.now)),
            _ => SlipId(Uuid::nil()),
        };
        let mut events = self.decide(who, case, &command, fresh)?;
        let key = events.iter().find_map(|event| slip_key(&self.cases[case].case, event));
        if let Some(key) = key {
            if let Some(open) = self.slips.open(&key) {
                events = self.decide(who, case, &command, open)?;
            } else {
                self.begin_slip(fresh, key);
            }
        }
        self.carry_out(case, &events);
        Ok(())
    }

    fn seal(&self, case: CaseNo, command: &mut Command) -> Result<(), Refusal> {
        if command.secrets_mut().is_empty() {
            return Ok(());
        }
        let live = &self.cases[case];
        let sealing = Sealing {
            vault: self.world.vault,
            key: &live.key,
            catalogue: self.world.catalogue,
            now: self.now,
        };
        sealing.command(&live.case, command).map_err(|error| match error {
            Error::Refused(refusal) => *refusal,
            _ => Refusal::ServerDecides {},
        })
    }

    pub(super) fn decide(
        &self,
        who: Who,
        case: CaseNo,
        command: &Command,
        slip: SlipId,
    ) -> Result<Vec<Event>, Refusal> {
        let live = &self.cases[case];
        let counter = &self.world.counters[live.counter];
        let context = Context {
            actor: match who {
                Who::Worker(worker) => &self.workers[worker].actor,
                Who::System => &Actor::System,
            },
            now: self.now,
            calendar: &self.world.calendar,
            calendars: &BTreeMap::new(),
            present: &BTreeSet::new(),
            inspectors: &BTreeSet::new(),
            catalogue: self.world.catalogue,
            sites: &counter.sites,
            people: &counter.people,
            open_items: &[],
            slip,
        };
        decide(&live.case, command, &context)
    }

    /// Applies events and keeps queues, slips and finished steps in step with them.
    pub(super) fn carry_out(&mut self, case: CaseNo, events: &[Event]) {
        for event in events {
            let before = place(&self.cases[case].case);
            let line = self.line_of(case);
            let live = &mut self.cases[case];
            if let Some(step) = finished_step(&live.case, event) {
                let on_slip = matches!(event.fact, Fact::HandedOver { .. } | Fact::Returned { .. });
                self.steps.finished(&step, &live.case.number, on_slip && live.case.paper);
            }
            if let (Fact::Arrived(_), Some(from)) = (&event.fact, live.case.stage()) {
                self.steps.received(live.case.id, from, live.round(from), event.at);
            }
            live.case.apply(event);
            live.events.push(event.clone());
            if let Fact::Arrived(arrival) = &event.fact {
                if let Some(returned) = &arrival.returned {
                    live.mend(returned.to, &returned.items);
                }
                live.intention = None;
                live.intended = false;
            }
            self.moved(case, before, line, event);
        }
    }

    /// What an event means for pools and slips.
    fn moved(&mut self, case: CaseNo, before: Option<Place>, line: Option<SlipId>, event: &Event) {
        let after = place(&self.cases[case].case);
        if before != after {
            if let Some(Place { stage, kind: Kind::Ready, .. }) = before {
                let unit = self.cases[case].case.working.get(&stage).cloned();
                let unit = unit.unwrap_or_else(|| self.cases[case].case.accepting.clone());
                let cell = self.world.cell(&unit, stage);
                self.pools[cell].retain(|other| *other != case);
            }
            if let Some(Place { stage, kind: Kind::Ready, .. }) = after {
                let cell = self.world.cell(self.cases[case].case.working_unit(), stage);
                self.pools[cell].push(case);
            }
        }
        let new_line = self.line_of(case);
        if line == new_line {
            return;
        }
        if let Some(slip) = line {
            let confirmed = matches!(event.fact, Fact::Arrived(_) | Fact::TransferConfirmed { .. });
            self.slips.settled(slip, case, confirmed);
        }
        if let (Some(slip), Some(to)) =
            (new_line, self.cases[case].case.line().map(|line| (line.unit.clone(), line.to)))
        {
            let cell = self.world.cell(&to.0, to.1);
            self.slips.given(slip, case, cell, self.now);
        }
        if self.cases[case].case.stage().is_none() {
            let policy = self.cases[case].case.registration.policy.policy_no.clone();
            if let Some(open) = self.policies.get_mut(&policy) {
                open.retain(|other| *other != case);
            }
        }
    }

    /// The slip a case is on, towards another post or another person.
    fn line_of(&self, case: CaseNo) -> Option<SlipId> {
        let case = &self.cases[case].case;
        match case.status()? {
            Status::HandedOver(line) => Some(line.slip),
            Status::Claimed(holding) | Status::Waiting { holding, .. } => {
                holding.transfer.as_ref().map(|transfer| transfer.slip)
            }
            Status::Ready => None,
        }
    }

    fn begin_slip(&mut self, id: SlipId, key: SlipKey) {
        let unit = key.from.1.clone();
        let sequence = self.number(&unit, store::number::SLIP);
        let day = domain::time::local_date(self.now);
        let number = store::number::lettered_number(&unit, day, store::number::SLIP, sequence);
        let slip = NewSlip {
            id,
            kind: key.kind,
            from: key.from.clone(),
            to: key.to.clone(),
            to_person: key.to_person.clone(),
            since: self.now,
            number: Some(number),
        };
        self.slips.begin(key, slip);
    }
}

/// Where a case stands, as far as pools go.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Place {
    stage: Stage,
    kind: Kind,
    visit: usize,
}

fn place(case: &Case) -> Option<Place> {
    let State::Open { stage, status } = &case.state else { return None };
    let kind = match status {
        Status::Ready => Kind::Ready,
        Status::Claimed(_) => Kind::Claimed,
        Status::Waiting { .. } => Kind::Waiting,
        Status::HandedOver(_) => Kind::HandedOver,
    };
    Some(Place { stage: *stage, kind, visit: case.visits.len() })
}

/// The slip an event's line belongs on; none where it gives nothing, or no papers travel.
fn slip_key(case: &Case, event: &Event) -> Option<SlipKey> {
    let from = (case.stage()?, case.working_unit().clone());
    match &event.fact {
        Fact::HandedOver { to, unit, .. } if case.paper => {
            Some(SlipKey { kind: SlipKind::Posts, from, to: (*to, unit.clone()), to_person: None })
        }
        Fact::Returned { unit, returned, .. } if case.paper => {
            Some(SlipKey { kind: SlipKind::Posts, from, to: (returned.to, unit.clone()), to_person: None })
        }
        Fact::TransferOffered { to, .. } => {
            Some(SlipKey { kind: SlipKind::Transfer, to: from.clone(), from, to_person: Some(to.clone()) })
        }
        _ => None,
    }
}
