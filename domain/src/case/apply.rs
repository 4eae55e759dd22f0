//! Events carried out. Never fails: `decide` has seen to it that the event fits.

use super::{
    event::{Arrival, Event, Fact},
    item::{Bound, CaseItem, CoreResult, CoreState, Done, Dropped, Entered, Fees, Pass},
    registration::{Registration, Shortfall},
    rests::Input,
    state::{
        Approval, ApprovalState, Bar, Case, Hold, Holding, Line, Proposal, Reserved, State, Status, Transfer,
        worker,
    },
    visit::{Transit, Visit, Wait},
};
use crate::{
    id::{ItemCode, PersonId},
    post::Stage,
    time::Owner,
};
use std::collections::BTreeMap;

impl Case {
    /// The case a registration begins; none if the event is not one.
    pub fn registered(event: &Event) -> Option<Self> {
        let Fact::Registered {
            number,
            accepting,
            origin,
            registration,
            shortfalls,
            paper,
            due_at,
            breach_at,
        } = &event.fact
        else {
            return None;
        };
        let status = match worker(&event.by) {
            Some(person) => Status::Claimed(Holding {
                by: person.clone(),
                since: event.at,
                active_at: event.at,
                transfer: None,
            }),
            None => Status::Ready,
        };
        let mut case = Self {
            id: event.case,
            number: number.clone(),
            version: event.version,
            catalogue: event.catalogue,
            origin: origin.clone(),
            accepting: accepting.clone(),
            working: BTreeMap::from([(Stage::Intake, event.unit.clone())]),
            registration: registration.as_ref().clone(),
            shortfalls: shortfalls.clone(),
            registered_at: event.at,
            items: Vec::new(),
            materials: registration.materials.clone(),
            paper: *paper,
            state: State::Open { stage: Stage::Intake, status },
            priority: super::state::Priority::None,
            breach_at: *breach_at,
            due_at: *due_at,
            arrived_at: registration.received_at,
            visits: vec![Visit {
                stage: Stage::Intake,
                unit: event.unit.clone(),
                from: registration.received_at,
                to: None,
                waits: Vec::new(),
            }],
            transits: Vec::new(),
            worked: BTreeMap::new(),
            last_done: BTreeMap::new(),
            recheck_rounds: 0,
            returns: 0,
            returned: None,
            reserved: None,
            proposal: None,
            approvals: Vec::new(),
            bars: Vec::new(),
            moved_at: event.at,
        };
        case.number_items();
        case.note_worker(event);
        Some(case)
    }

    /// Carries out an event.
    pub fn apply(&mut self, event: &Event) {
        self.version = event.version;
        self.moved_at = event.at;
        if let (Some(holding), Some(person)) = (self.holding_mut(), event.by.person())
            && holding.by == *person
        {
            holding.active_at = event.at;
        }
        self.note_worker(event);
        self.carry_out(event);
    }

    fn carry_out(&mut self, event: &Event) {
        let done = || Done { by: event.by.clone(), at: event.at };
        match &event.fact {
            Fact::Registered { .. } | Fact::Noted { .. } => {}
            Fact::RegistrationAmended { registration, shortfalls, paper, breach_at, added, by_table } => {
                if *by_table {
                    self.amend(registration, added);
                } else {
                    self.write_anew(registration);
                }
                self.registration = registration.as_ref().clone();
                self.shortfalls.clone_from(shortfalls);
                self.paper = *paper;
                self.breach_at = *breach_at;
            }
            Fact::MaterialReceived { material, still_missing, application } => {
                let cleared = |line: &Shortfall| matches!(line, Shortfall::Missing { material: kind } if *kind == material.kind);
                if !still_missing {
                    self.shortfalls.retain(|line| !cleared(line));
                }
                self.materials.push(material.clone());
                if *application {
                    for item in self.items.iter_mut().filter(|item| item.is_open()) {
                        item.changed(Input::ApplicationPaper);
                    }
                }
            }
            Fact::CountAmended { material, pages, approval, .. } => {
                if let Some(material) = self.materials.get_mut(usize::from(*material)) {
                    material.pages = *pages;
                }
                self.use_up(*approval);
            }
            Fact::HandedOver { slip, to, unit } => {
                self.leave(
                    event,
                    Line {
                        giver: self.giver(event),
                        from_post: false,
                        slip: *slip,
                        to: *to,
                        unit: unit.clone(),
                        since: event.at,
                        returned: None,
                        counts: Vec::new(),
                        counted_by: None,
                        unfinished: false,
                    },
                );
            }
            Fact::Returned { slip, unit, returned, approval, unfinished, from_post } => {
                self.use_up(*approval);
                let line = Line {
                    giver: self.giver(event),
                    from_post: *from_post,
                    slip: *slip,
                    to: returned.to,
                    unit: unit.clone(),
                    since: event.at,
                    returned: Some(returned.as_ref().clone()),
                    counts: Vec::new(),
                    counted_by: None,
                    unfinished: *unfinished,
                };
                self.leave(event, line);
            }
            Fact::Arrived(arrival) => self.arrive(event, arrival),
            Fact::CountDiffered { counted, .. } => {
                if let State::Open { status: Status::HandedOver(line), .. } = &mut self.state {
                    line.counts.push(counted.clone());
                    line.counted_by = event.by.person().cloned();
                }
            }
            Fact::DifferenceReported { .. } | Fact::TakenBack { .. } => {
                if let Some(line) = self.line() {
                    let giver = line.giver.clone();
                    let from_post = line.from_post;
                    self.set_status(if from_post {
                        Status::Ready
                    } else {
                        Status::Claimed(hold_by(giver, event))
                    });
                }
            }
            Fact::Claimed {} => {
                if let Some(person) = event.by.person() {
                    self.set_status(Status::Claimed(hold_by(person.clone(), event)));
                }
            }
            Fact::Unclaimed {} | Fact::LeaseExpired { .. } => self.set_status(Status::Ready),
            Fact::Assigned { to } => match self.holding_mut() {
                Some(holding) => {
                    holding.by = to.clone();
                    holding.since = event.at;
                    holding.active_at = event.at;
                    holding.transfer = None;
                }
                None => self.set_status(Status::Claimed(hold_by(to.clone(), event))),
            },
            Fact::PrioritySet { priority, .. } => self.priority = *priority,
            Fact::TransferOffered { to, slip } => {
                if let Some(holding) = self.holding_mut() {
                    holding.transfer = Some(Transfer { to: to.clone(), slip: *slip, since: event.at });
                }
            }
            Fact::TransferConfirmed { .. } => {
                if let (Some(person), Some(holding)) = (event.by.person().cloned(), self.holding_mut()) {
                    holding.by = person;
                    holding.since = event.at;
                    holding.active_at = event.at;
                    holding.transfer = None;
                }
            }
            Fact::ReviewCompleted { items } => {
                for item in self.items.iter_mut().filter(|item| items.contains(&item.no)) {
                    item.review = Some(done());
                }
            }
            Fact::ChangeEntered { item, fields } => self.with_item(*item, |item| {
                let unchanged =
                    item.entered.as_ref().is_some_and(|entered| same_fields(&entered.fields, fields));
                if unchanged {
                    return;
                }
                item.entered = Some(Entered {
                    fields: fields.clone(),
                    done: done(),
                    confirmed: None,
                    differing: Vec::new(),
                });
                item.changed(Input::Entered);
            }),
            Fact::EntryConfirmed { item } => self.with_item(*item, |item| {
                if let Some(entered) = &mut item.entered {
                    entered.confirmed = Some(done());
                    entered.differing.clear();
                }
            }),
            Fact::EntryDiffered { item, fields } => self.with_item(*item, |item| {
                if let Some(entered) = &mut item.entered {
                    entered.confirmed = None;
                    entered.differing.clone_from(fields);
                }
            }),
            Fact::PreparationCompleted { item, lines } => self.with_item(*item, |item| {
                if item.preparation.as_ref() != Some(lines) {
                    item.preparation = Some(lines.clone());
                    item.changed(Input::Preparation);
                }
            }),
            Fact::CoreRecorded { item, reference, state, fields, by_table } => {
                self.with_item(*item, |item| {
                    let same = item.core.as_ref().is_some_and(|core| {
                        core.reference == *reference && same_fields(&core.fields, fields)
                    });
                    if !same {
                        core_changed(item, *by_table && item.core.is_some());
                    }
                    let effective_at = item.core.as_ref().filter(|_| same).and_then(|core| core.effective_at);
                    let state = if effective_at.is_some() { CoreState::Effective } else { *state };
                    item.core = Some(CoreResult {
                        reference: reference.clone(),
                        state,
                        fields: fields.clone(),
                        done: done(),
                        effective_at: effective_at.or((state == CoreState::Effective).then_some(event.at)),
                        compared: true,
                    });
                });
            }
            Fact::CoreCancelled { item, approval, by_table, .. } => {
                self.with_item(*item, |item| {
                    item.core = None;
                    core_changed(item, *by_table);
                });
                self.use_up(*approval);
            }
            Fact::FeesSettled { item, lines, approval } => {
                self.with_item(*item, |item| {
                    if item.fees.as_ref().is_none_or(|fees| fees.lines != *lines) {
                        item.fees = Some(Fees { lines: lines.clone(), done: done() });
                        item.changed(Input::Fees);
                    }
                });
                self.use_up(*approval);
            }
            Fact::Endorsed { item, endorsement } => self.with_item(*item, |item| {
                item.endorsement = Some(endorsement.as_ref().clone());
                item.changed(Input::Endorsement);
            }),
            Fact::AskedKeyed { item, asked, differing, approval } => {
                self.with_item(*item, |item| {
                    // Keyed again to the same effect, the pass stands: sealing gives new bytes to equal values.
                    let unchanged = asked
                        .iter()
                        .all(|(key, new)| item.asked.get(key).is_some_and(|old| old.same(new) == Some(true)));
                    if !unchanged {
                        item.asked.extend(asked.iter().map(|(key, asked)| (key.clone(), asked.clone())));
                        item.changed(Input::Asked);
                    }
                    if !differing.is_empty() {
                        item.asked_again = item.asked_again.saturating_add(1);
                    }
                });
                self.use_up(*approval);
            }
            Fact::RecheckPassed { round, items } => {
                for (no, explained) in items {
                    self.with_item(*no, |item| {
                        item.pass = Some(Pass { explained: explained.clone(), round: *round, done: done() });
                    });
                }
            }
            Fact::CoreConfirmed { item, effective_at, values, differing, by_table } => {
                self.with_item(*item, |item| {
                    let Some(core) = &mut item.core else { return };
                    core.state = CoreState::Effective;
                    core.effective_at = Some(*effective_at);
                    core.fields.clone_from(values);
                    if differing.is_empty() {
                        return;
                    }
                    if *by_table {
                        item.changed(Input::CoreValue);
                    } else {
                        item.pass = None;
                    }
                });
            }
            Fact::DeclineProposed { reason, items } => {
                if let (Some(stage), Some(by)) = (self.stage(), event.by.person().cloned()) {
                    self.proposal =
                        Some(Proposal { stage, reason: reason.clone(), items: items.clone(), by });
                }
            }
            Fact::ProposalCancelled {} => self.proposal = None,
            Fact::ItemsDeclined { items } => {
                for item in self.items.iter_mut().filter(|item| items.contains(&item.no)) {
                    item.dropped = Some(Dropped::Declined);
                }
            }
            Fact::Bound { item, lines } => self.with_item(*item, |item| {
                item.bound = Some(Bound { lines: lines.clone(), done: done() });
            }),
            Fact::Held { reason, until, moves_due, approval } => {
                self.use_up(*approval);
                if let State::Open { status, .. } = &mut self.state
                    && let Status::Claimed(holding) = status
                {
                    *status = Status::Waiting {
                        holding: holding.clone(),
                        hold: Hold {
                            reason: reason.clone(),
                            until: *until,
                            since: event.at,
                            moves_due: *moves_due,
                        },
                    };
                    if let Some(visit) = self.visits.last_mut() {
                        visit.waits.push(Wait { owner: Owner::Ours, from: event.at, to: None });
                    }
                }
            }
            Fact::Resumed { due_at } => {
                self.due_at = *due_at;
                self.end_wait(event.at);
                if let State::Open { status, .. } = &mut self.state
                    && let Status::Waiting { holding, .. } = status
                {
                    let mut holding = holding.clone();
                    holding.active_at = event.at;
                    *status = Status::Claimed(holding);
                }
            }
            Fact::ApprovalRequested { approval, matter, reason } => {
                if let Some(by) = event.by.person() {
                    self.approvals.push(Approval {
                        no: *approval,
                        matter: matter.clone(),
                        reason: reason.clone(),
                        by: by.clone(),
                        at: event.at,
                        signed: None,
                        state: ApprovalState::Open,
                    });
                }
            }
            Fact::ApprovalSigned { approval } => {
                if let Some(approval) = self.approvals.iter_mut().find(|open| open.no == *approval) {
                    approval.signed = event.by.person().cloned();
                }
            }
            Fact::ApprovalGranted { approval } => {
                if let Some(by) = event.by.person().cloned() {
                    self.set_approval(*approval, ApprovalState::Granted(by));
                }
            }
            Fact::ApprovalRefused { approval, reason } => {
                if let Some(by) = event.by.person().cloned() {
                    self.set_approval(*approval, ApprovalState::Refused { by, reason: reason.clone() });
                }
            }
            Fact::ReleaseBarred { check, stage } => {
                if let Some(by) = event.by.person().cloned() {
                    self.bars.push(Bar { check: *check, stage: *stage, by, at: event.at });
                }
            }
            Fact::BarLifted { check } => self.bars.retain(|bar| bar.check != *check),
            Fact::Ended { ending, .. } => {
                self.end_wait(event.at);
                if let Some(visit) = self.visits.last_mut()
                    && visit.to.is_none()
                {
                    visit.to = Some(event.at);
                }
                if let State::Open { stage, .. } = self.state {
                    self.finish_stage(event, stage);
                    self.state = State::Ended { ending: *ending, at: event.at, stage };
                }
                self.fall_approvals();
                self.proposal = None;
                self.reserved = None;
            }
        }
    }

    fn holding_mut(&mut self) -> Option<&mut Holding> {
        match &mut self.state {
            State::Open { status: Status::Claimed(holding) | Status::Waiting { holding, .. }, .. } => {
                Some(holding)
            }
            _ => None,
        }
    }

    fn set_status(&mut self, new: Status) {
        if let State::Open { status, .. } = &mut self.state {
            *status = new;
        }
    }

    fn with_item(&mut self, no: u8, change: impl FnOnce(&mut CaseItem)) {
        if let Some(item) = self.items.iter_mut().find(|item| item.no == no) {
            change(item);
        }
    }

    fn note_worker(&mut self, event: &Event) {
        if let (true, Some(stage), Some(person)) = (event.fact.is_work(), event.stage, event.by.person()) {
            self.worked.entry(stage).or_default().insert(person.clone());
        }
    }

    fn number_items(&mut self) {
        for code in self.registration.items.clone() {
            let no = u8::try_from(self.items.len() + 1).unwrap_or(u8::MAX);
            self.items.push(CaseItem::new(no, code));
        }
    }

    /// Facts, applicant, agent and items asked for beside those there; numbers are never used twice. What rests on
    /// what changed falls (process §1, §2).
    fn amend(&mut self, after: &Registration, added: &[ItemCode]) {
        let before = &self.registration;
        let facts = !before.policy.same_facts(&after.policy) || before.applied_on != after.applied_on;
        let applicant = !before.same_applicant(after);
        for item in self.items.iter_mut().filter(|item| item.is_open()) {
            if facts {
                item.changed(Input::PolicyFacts);
            }
            if applicant {
                item.changed(Input::Applicant);
            }
        }
        self.add_items(added);
    }

    /// As an event of an older version means it: papers and items are those of the registration.
    fn write_anew(&mut self, registration: &Registration) {
        let same_facts = self.registration.policy == registration.policy
            && self.registration.applied_on == registration.applied_on
            && self.registration.capacity == registration.capacity
            && self.registration.items == registration.items;
        let stays = |item: &CaseItem| !item.is_open() || registration.items.contains(&item.code);
        let asked_anew =
            |code: &&ItemCode| !self.items.iter().any(|item| item.is_open() && item.code == **code);
        let added: Vec<ItemCode> = registration.items.iter().filter(asked_anew).cloned().collect();
        let gone: Vec<u8> = self.items.iter().filter(|item| !stays(item)).map(|item| item.no).collect();
        if !same_facts {
            for item in self.items.iter_mut().filter(|item| item.is_open()) {
                item.fall_from(Stage::Intake);
            }
        }
        self.add_items(&added);
        self.items.retain(|item| !gone.contains(&item.no));
        self.materials.clone_from(&registration.materials);
    }

    fn add_items(&mut self, codes: &[ItemCode]) {
        let mut next = self.items.iter().map(|item| item.no).max().unwrap_or(0);
        for code in codes {
            next = next.saturating_add(1);
            self.items.push(CaseItem::new(next, code.clone()));
        }
    }

    fn giver(&self, event: &Event) -> PersonId {
        match (self.holding(), event.by.person()) {
            (Some(holding), _) => holding.by.clone(),
            (None, Some(person)) => person.clone(),
            (None, None) => PersonId(String::new()),
        }
    }

    fn leave(&mut self, event: &Event, line: Line) {
        self.end_wait(event.at);
        self.fall_approvals();
        self.set_status(Status::HandedOver(line));
    }

    fn end_wait(&mut self, at: crate::time::Timestamp) {
        if let Some(wait) = self.visits.last_mut().and_then(|visit| visit.waits.last_mut())
            && wait.to.is_none()
        {
            wait.to = Some(at);
        }
    }

    /// The step of a stage is finished: by whom, and for recheck, in which round.
    fn finish_stage(&mut self, event: &Event, stage: Stage) {
        let person = self.line().map(|line| line.giver.clone()).or_else(|| event.by.person().cloned());
        if let Some(person) = person {
            self.last_done.insert(stage, person);
        }
    }

    fn arrive(&mut self, event: &Event, arrival: &Arrival) {
        self.end_wait(arrival.left_at);
        let Some(from) = self.stage() else { return };
        let from_post = self.line().is_some_and(|line| line.from_post);
        let giver = self.line().map(|line| line.giver.clone()).or_else(|| {
            self.holding().map(|holding| holding.by.clone()).or_else(|| event.by.person().cloned())
        });
        let finished = self.line().is_none_or(|line| !line.unfinished);
        // What a lead sends back nobody has done.
        if let Some(giver) = giver.filter(|_| finished && !from_post) {
            self.last_done.insert(from, giver);
        }
        if from == Stage::Recheck && finished {
            self.recheck_rounds += 1;
        }
        if let Some(visit) = self.visits.last_mut() {
            visit.to = Some(arrival.left_at);
        }
        self.transits.push(Transit { to: arrival.stage, from: arrival.left_at, until: event.at });
        self.visits.push(Visit {
            stage: arrival.stage,
            unit: arrival.unit.clone(),
            from: event.at,
            to: None,
            waits: Vec::new(),
        });
        self.working.insert(arrival.stage, arrival.unit.clone());
        self.arrived_at = event.at;
        self.due_at = arrival.due_at;
        self.fall_approvals();
        self.state = State::Open { stage: arrival.stage, status: Status::Ready };
        self.returned.clone_from(&arrival.returned);
        self.reserved = None;
        if let Some(returned) = &arrival.returned {
            self.returns += 1;
            self.proposal = None;
            for item in self.items.iter_mut().filter(|item| returned.items.contains(&item.no)) {
                item.fall_from(returned.to);
            }
            self.reserved = match (self.last_done.get(&arrival.stage), arrival.reserved_until) {
                (Some(person), Some(until)) => Some(Reserved { person: person.clone(), until }),
                _ => None,
            };
        }
    }

    fn use_up(&mut self, approval: Option<u16>) {
        if let Some(no) = approval {
            self.set_approval(no, ApprovalState::Used);
        }
    }

    fn set_approval(&mut self, no: u16, state: ApprovalState) {
        if let Some(approval) = self.approvals.iter_mut().find(|approval| approval.no == no) {
            approval.state = state;
        }
    }

    fn fall_approvals(&mut self) {
        for approval in &mut self.approvals {
            if matches!(approval.state, ApprovalState::Open | ApprovalState::Granted(_)) {
                approval.state = ApprovalState::Fallen;
            }
        }
    }

    /// The case after these events, from its registration on; none if the first is not one.
    pub fn replay<'e>(events: impl IntoIterator<Item = &'e Event>) -> Option<Self> {
        let mut events = events.into_iter();
        let mut case = Self::registered(events.next()?)?;
        for event in events {
            case.apply(event);
        }
        Some(case)
    }
}

fn hold_by(person: PersonId, event: &Event) -> Holding {
    Holding { by: person, since: event.at, active_at: event.at, transfer: None }
}

fn same_fields(a: &super::item::Fields, b: &super::item::Fields) -> bool {
    a.len() == b.len()
        && a.iter().all(|(key, value)| b.get(key).is_some_and(|other| value.same(other) == Some(true)))
}

/// A value the core shows changed. An event of an older version let the fees stand.
fn core_changed(item: &mut CaseItem, by_table: bool) {
    if by_table {
        item.changed(Input::CoreValue);
    } else {
        item.changed(Input::Endorsement);
        item.endorsement = None;
    }
}
