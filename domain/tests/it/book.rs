//! A shadow book kept beside a walk, by words of its own: who did what, who keyed and passed which value, whose the
//! case is. It knows the events only, never asks the code under test for a verdict, and holds the state against itself.

use crate::{common::*, walk::Who};
use domain::{
    actor::{By, Limit, Role},
    case::{
        Case, Command, Event, Fact,
        event::Arrival,
        item::{Asked, CaseItem, CoreState, Fields},
        state::{Custodian, Ending, Matter},
    },
    catalogue::{APPLICATION, FeeDirection, Item, MaterialForm},
    id::{CheckId, FieldKey, ItemCode, MaterialKind, PersonId},
    post::{Post, Stage},
};
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};

/// What each result of an item rests on (process §1): the values it was given for may not change under it.
const RESTS: [(&str, &[&str]); 9] = [
    ("review", &["papers", "applicant", "facts"]),
    ("entered", &["facts"]),
    ("preparation", &["facts", "entered"]),
    ("comparison", &["facts", "entered", "core"]),
    ("fees", &["facts", "entered", "preparation", "core"]),
    ("endorsement", &["facts", "entered", "preparation", "core"]),
    ("asked", &["papers", "applicant"]),
    ("pass", &VALUES),
    ("bound", &VALUES),
];

const VALUES: [&str; 9] =
    ["papers", "applicant", "facts", "entered", "preparation", "core", "fees", "endorsement", "asked"];

/// The stage whose return takes a result away.
fn stage_of(result: &str) -> Stage {
    match result {
        "asked" => Stage::Intake,
        "review" | "entered" => Stage::Entry,
        "pass" => Stage::Recheck,
        "bound" => Stage::Binding,
        _ => Stage::Servicing,
    }
}

fn has(item: &CaseItem, result: &str) -> bool {
    match result {
        "review" => item.review.is_some(),
        "entered" => item.entered.is_some(),
        "preparation" => item.preparation.is_some(),
        "comparison" => item.core.as_ref().is_some_and(|core| core.compared),
        "fees" => item.fees.is_some(),
        "endorsement" => item.endorsement.is_some(),
        "asked" => !item.asked.is_empty(),
        "pass" => item.pass.is_some(),
        "bound" => item.bound.is_some(),
        other => panic!("no result {other}"),
    }
}

/// One item in the book.
struct Entry {
    code: ItemCode,
    dropped: bool,
    /// What stands, by name of the value; null where there is none.
    values: BTreeMap<&'static str, Json>,
    /// Who keyed it.
    keyed: BTreeMap<&'static str, BTreeSet<PersonId>>,
    /// What each result was given for.
    given: BTreeMap<&'static str, BTreeMap<&'static str, Json>>,
    entered: Fields,
    confirmed: bool,
    core: Option<Fields>,
    effective: bool,
    asked: BTreeMap<FieldKey, Asked>,
    /// How often the application was keyed otherwise than before.
    otherwise: u32,
    passed_at: Option<domain::time::Timestamp>,
    /// A return was received that names it, to this stage.
    returned_to: Option<Stage>,
}

impl Entry {
    fn value(&mut self, name: &'static str, value: Json, by: &By) {
        if self.values.get(name) != Some(&value) {
            self.values.insert(name, value);
            self.keyed.remove(name);
        }
        self.keyed.entry(name).or_default().extend(by.person().cloned());
    }

    fn give(&mut self, result: &'static str) {
        let (_, inputs) = RESTS.iter().find(|(name, _)| *name == result).expect("a result");
        let now = inputs.iter().map(|name| (*name, self.standing(name))).collect();
        self.given.insert(result, now);
    }

    fn standing(&self, name: &str) -> Json {
        self.values.get(name).cloned().unwrap_or(Json::Null)
    }

    fn holds(&self, result: &str) -> bool {
        self.given[result].iter().all(|(name, then)| self.standing(name) == *then)
    }
}

struct Signed {
    asker: PersonId,
    matter: Matter,
    by: Vec<PersonId>,
    granted: bool,
}

#[derive(Debug, Clone, PartialEq)]
enum Custody {
    Person(PersonId),
    Post,
    Nobody,
}

/// The book of one case.
pub struct Book {
    worked: BTreeMap<Stage, BTreeSet<PersonId>>,
    inspected: BTreeSet<PersonId>,
    bars: BTreeSet<CheckId>,
    items: BTreeMap<u8, Entry>,
    materials: Vec<domain::case::Material>,
    missing: BTreeSet<MaterialKind>,
    approvals: BTreeMap<u16, Signed>,
    custody: Custody,
    /// Differing counts of the open line.
    counts: usize,
    on_slip: bool,
    origin: By,
    papers: usize,
}

impl Book {
    /// Begins with the registration.
    pub fn new(event: &Event, case: &Case) -> Self {
        let mut book = Self {
            worked: BTreeMap::new(),
            inspected: BTreeSet::new(),
            bars: BTreeSet::new(),
            items: BTreeMap::new(),
            materials: case.registration.materials.clone(),
            missing: missing_of(case),
            approvals: BTreeMap::new(),
            custody: event.by.person().map_or(Custody::Post, |person| Custody::Person(person.clone())),
            counts: 0,
            on_slip: false,
            origin: event.by.clone(),
            papers: 0,
        };
        if let Some(person) = event.by.person() {
            book.worked.entry(Stage::Intake).or_default().insert(person.clone());
        }
        book.add(&case.registration.items);
        book.inputs(case);
        book
    }

    fn add(&mut self, codes: &[ItemCode]) {
        for code in codes {
            let no = self.items.keys().max().map_or(1, |no| no + 1);
            let entry = Entry {
                code: code.clone(),
                dropped: false,
                values: BTreeMap::new(),
                keyed: BTreeMap::new(),
                given: BTreeMap::new(),
                entered: Fields::new(),
                confirmed: false,
                core: None,
                effective: false,
                asked: BTreeMap::new(),
                otherwise: 0,
                passed_at: None,
                returned_to: None,
            };
            self.items.insert(no, entry);
        }
    }

    /// What the registration states, as values that results rest on.
    fn inputs(&mut self, case: &Case) {
        let form = &case.registration;
        let mut policy = serde_json::to_value(&form.policy).unwrap();
        for provenance in ["source", "as_of"] {
            policy.as_object_mut().unwrap().remove(provenance);
        }
        let facts = json!([policy, form.applied_on]);
        let applicant = json!([form.applicant, form.capacity, form.document, form.agent]);
        for entry in self.items.values_mut() {
            entry.values.insert("facts", facts.clone());
            entry.values.insert("applicant", applicant.clone());
            entry.values.insert("papers", json!(self.papers));
        }
    }

    /// Notes what a command came to.
    pub fn note(&mut self, world: &World, who: &Who, command: &Command, before: &Case, event: &Event) {
        self.actors(event, before);
        self.work(event);
        self.custody(event, before);
        if matches!(event.fact, Fact::Arrived(_)) && self.on_slip {
            self.receipt(world, command, before, event);
        }
        match &event.fact {
            Fact::HandedOver { .. } | Fact::Returned { .. } => {
                (self.on_slip, self.counts) = (before.paper, 0);
            }
            Fact::CountDiffered { .. } => {
                self.counts += 1;
                assert!(self.counts <= 2, "counted a third time");
            }
            Fact::DifferenceReported { .. } => {
                assert_eq!(self.counts, 2, "reported without two counts");
                self.on_slip = false;
            }
            Fact::TakenBack { .. } => {
                assert!(self.counts < 2, "a line with two differing counts can only be reported");
                self.on_slip = false;
            }
            Fact::Arrived(_) | Fact::Ended { .. } => self.on_slip = false,
            _ => {}
        }
        self.approval(world, event);
        self.content(world, who, command, before, event);
        if matches!(
            event.fact,
            Fact::HandedOver { .. } | Fact::Returned { .. } | Fact::Arrived(_) | Fact::Ended { .. }
        ) {
            self.approvals.clear();
        }
    }

    /// Who may record what: System ends leases and holds, another system says what the core shows and corrects a list
    /// of its own that nobody has taken up.
    fn actors(&self, event: &Event, before: &Case) {
        match &event.by {
            By::Person(_) => assert_ne!(event.fact.name(), "lease_expired"),
            By::System => match &event.fact {
                Fact::LeaseExpired { .. } => {
                    let idle = event.at - before.holding().expect("a lease").active_at;
                    assert!(idle >= chrono::TimeDelta::minutes(240), "a lease ended after {idle}");
                }
                Fact::Resumed { .. } => {}
                other => panic!("the system did {other:?}"),
            },
            By::Integration(_) => match &event.fact {
                Fact::CoreRecorded { .. } | Fact::CoreCancelled { .. } => {
                    assert_eq!(before.stage(), Some(Stage::Servicing));
                }
                Fact::CoreConfirmed { .. } => assert_eq!(before.stage(), Some(Stage::Recheck)),
                Fact::RegistrationAmended { .. } => {
                    assert_eq!(self.origin, event.by, "another's list corrected");
                    assert!(self.worked.is_empty() && self.custody == Custody::Post, "taken up already");
                }
                other => panic!("another system did {other:?}"),
            },
        }
    }

    fn work(&mut self, event: &Event) {
        let Some(person) = event.by.person() else { return };
        match event.fact.name() {
            "release_barred" | "bar_lifted" => {
                self.inspected.insert(person.clone());
            }
            "claimed"
            | "unclaimed"
            | "assigned"
            | "priority_set"
            | "transfer_offered"
            | "transfer_confirmed"
            | "count_differed"
            | "difference_reported"
            | "taken_back"
            | "held"
            | "resumed"
            | "approval_requested"
            | "approval_signed"
            | "approval_granted"
            | "approval_refused"
            | "noted" => {}
            // A receipt is recorded beside the stages; a hand-over without papers is the giver's work.
            "arrived" if self.on_slip => {}
            _ => {
                let stage = event.stage.expect("work is done at a stage");
                self.worked.entry(stage).or_default().insert(person.clone());
            }
        }
    }

    fn custody(&mut self, event: &Event, before: &Case) {
        let actor = || Custody::Person(event.by.person().expect("a person").clone());
        match &event.fact {
            Fact::Claimed {} | Fact::TransferConfirmed { .. } => self.custody = actor(),
            Fact::Unclaimed {} | Fact::LeaseExpired { .. } | Fact::Arrived(_) => self.custody = Custody::Post,
            Fact::Assigned { to } => self.custody = Custody::Person(to.clone()),
            Fact::Ended { .. } => self.custody = Custody::Nobody,
            Fact::HandedOver { .. } => assert_eq!(self.custody, actor(), "given by who does not have it"),
            Fact::Returned { .. } if before.holding().is_none() => assert_eq!(self.custody, Custody::Post),
            _ => {}
        }
    }

    /// Nobody confirms his own line while another could; the count is that of the papers.
    fn receipt(&self, world: &World, command: &Command, before: &Case, event: &Event) {
        let (Fact::Arrived(arrival), Command::ConfirmReceipt { counted }) = (&event.fact, command) else {
            panic!("a line was received by {command:?}");
        };
        let pages: Vec<u16> = self.materials.iter().map(|paper| paper.pages).collect();
        assert_eq!(*counted, pages, "received with another count");
        assert!(self.counts < 2, "two differing counts were counted away");
        let person = event.by.person().expect("a person");
        let line = before.line().expect("a line");
        let others = || {
            world
                .people
                .iter()
                .any(|other| other.id != *person && self.could(world, before, arrival.stage, &other.id))
        };
        if line.giver == *person {
            assert!(arrival.own && !others(), "{person} confirmed his own line");
        } else {
            assert!(!arrival.own);
        }
    }

    /// Whether a person could work a stage: post, scope, separation by this book, grants.
    fn could(&self, world: &World, case: &Case, stage: Stage, person: &PersonId) -> bool {
        let person = world.person(person.as_str());
        let apart: &[Stage] = match stage {
            Stage::Recheck => &[Stage::Intake, Stage::Entry, Stage::Servicing],
            Stage::Intake | Stage::Entry | Stage::Servicing => &[Stage::Recheck],
            Stage::Binding | Stage::FinalCheck => &[],
        };
        person.holds(stage.post())
            && person.scope.contains(&branch())
            && !self.at(apart, &person.id)
            && !self.inspected.contains(&person.id)
            && (stage != Stage::Recheck || within_grants(world, case, &person.id))
    }

    fn at(&self, stages: &[Stage], person: &PersonId) -> bool {
        stages.iter().any(|stage| self.worked.get(stage).is_some_and(|people| people.contains(person)))
    }

    fn approval(&mut self, world: &World, event: &Event) {
        let by = || event.by.person().expect("a person").clone();
        match &event.fact {
            Fact::ApprovalRequested { approval, matter, .. } => {
                let signed = Signed { asker: by(), matter: matter.clone(), by: vec![], granted: false };
                assert!(self.approvals.insert(*approval, signed).is_none());
            }
            Fact::ApprovalSigned { approval } | Fact::ApprovalGranted { approval } => {
                let person = by();
                let asked = self.approvals.get_mut(approval).expect("asked for and not fallen");
                assert_ne!(asked.asker, person, "his own request");
                assert!(!asked.by.contains(&person), "signed twice by {person}");
                let role = world.person(person.as_str()).role;
                match asked.matter {
                    Matter::ReturnEffective { .. } | Matter::CancelEffective { .. } => {
                        assert_eq!(role, Role::Manager);
                    }
                    _ => assert!(role.leads()),
                }
                asked.by.push(person);
                asked.granted |= matches!(event.fact, Fact::ApprovalGranted { .. });
                if let (true, Matter::FeeDeviation { amount, .. }) = (asked.granted, &asked.matter) {
                    let grant = |person: &PersonId| world.person(person.as_str()).grants.fee_deviation;
                    let covered = asked.by.iter().any(|person| grant(person) >= *amount);
                    assert!(covered || asked.by.len() == 2, "beyond every grant two sign");
                }
            }
            Fact::ApprovalRefused { approval, .. } => {
                self.approvals.remove(approval).expect("asked for and not fallen");
            }
            _ => {}
        }
    }

    /// An approval is used once, for what it names, and never by who gave it.
    fn used(&mut self, approval: Option<u16>, by: &By, fits: impl Fn(&Matter) -> bool) {
        let no = approval.expect("this needs approval");
        let signed = self.approvals.remove(&no).expect("asked for, not fallen and not used");
        assert!(signed.granted, "used before it was given");
        assert!(fits(&signed.matter), "approved was {:?}", signed.matter);
        if let Some(person) = by.person() {
            assert!(!signed.by.contains(person), "{person} uses what he approved");
        }
    }

    fn entry(&mut self, no: u8) -> &mut Entry {
        self.items.get_mut(&no).expect("a known item")
    }

    fn content(&mut self, world: &World, who: &Who, command: &Command, before: &Case, event: &Event) {
        let by = &event.by;
        match &event.fact {
            Fact::RegistrationAmended { added, .. } => {
                self.add(added);
                let mut after = before.clone();
                after.apply(event);
                self.missing = missing_of(&after);
                self.inputs(&after);
            }
            Fact::MaterialReceived { material, .. } => {
                self.materials.push(material.clone());
                let needs_original = before.open_items().any(|item| {
                    catalogued(world, &item.code)
                        .materials
                        .iter()
                        .any(|need| need.kind == material.kind && need.form == MaterialForm::Original)
                });
                if material.form == MaterialForm::Original || !needs_original {
                    self.missing.remove(&material.kind);
                }
                if material.kind.as_str() == APPLICATION {
                    self.papers += 1;
                    let papers = json!(self.papers);
                    for entry in self.items.values_mut().filter(|entry| !entry.dropped) {
                        entry.values.insert("papers", papers.clone());
                    }
                }
            }
            Fact::CountAmended { material, pages, approval, .. } => {
                self.used(*approval, by, |matter| {
                    *matter == Matter::AmendCount { material: *material, pages: *pages }
                });
                self.materials[usize::from(*material)].pages = *pages;
            }
            Fact::Held { until, moves_due: true, approval, .. } => self.used(
                *approval,
                by,
                |matter| matches!(matter, Matter::HoldMovesDue { until: approved } if approved >= until),
            ),
            Fact::Returned { returned, approval, .. } => {
                let effective: Vec<u8> =
                    returned.items.iter().copied().filter(|no| self.items[no].effective).collect();
                if !effective.is_empty() {
                    self.used(*approval, by, |matter| {
                        matches!(matter, Matter::ReturnEffective { to, items }
                            if *to == returned.to && effective.iter().all(|no| items.contains(no)))
                    });
                }
            }
            Fact::Arrived(arrival) => self.received(arrival),
            Fact::ReviewCompleted { items } => {
                assert!(self.missing.is_empty(), "reviewed with {:?} missing", self.missing);
                for no in items {
                    self.entry(*no).value("review", json!(true), by);
                    self.entry(*no).give("review");
                }
            }
            Fact::ReleaseBarred { check, .. } => {
                self.bars.insert(*check);
            }
            Fact::BarLifted { check } => {
                self.bars.remove(check);
            }
            Fact::ItemsDeclined { items } => {
                for no in items {
                    let entry = self.entry(*no);
                    assert!(entry.core.is_none(), "declined with a core result outstanding");
                    entry.dropped = true;
                }
            }
            Fact::Ended { ending, .. } => self.ended(world, *ending),
            _ => self.keyed(world, who, command, event),
        }
    }

    fn received(&mut self, arrival: &Arrival) {
        for no in arrival.returned.iter().flat_map(|returned| &returned.items) {
            self.entry(*no).returned_to = Some(arrival.stage);
        }
    }

    /// Values: who keyed them, that they were keyed twice where nothing else says them, and by whom they are passed.
    fn keyed(&mut self, world: &World, who: &Who, command: &Command, event: &Event) {
        let by = &event.by;
        let person = matches!(who, Who::Person(_));
        match (&event.fact, command) {
            (Fact::ChangeEntered { item, fields }, _) => {
                let entry = self.entry(*item);
                assert!(entry.given.contains_key("review"), "entered before its review");
                if entry.standing("entered") != json!(fields) {
                    entry.confirmed = false;
                    entry.keyed.remove("confirmed");
                }
                entry.value("entered", json!(fields), by);
                entry.entered.clone_from(fields);
                entry.give("entered");
            }
            (Fact::EntryConfirmed { item }, Command::ConfirmEntry { key_fields, .. }) => {
                let keys = keys(world, &self.items[item].code);
                let entry = self.entry(*item);
                for key in keys {
                    assert_eq!(
                        entry.entered.get(&key),
                        key_fields.get(&key),
                        "confirmed though {key} differs"
                    );
                }
                entry.confirmed = true;
                entry.keyed.entry("confirmed").or_default().extend(by.person().cloned());
            }
            (Fact::EntryDiffered { item, .. }, _) => self.entry(*item).confirmed = false,
            (Fact::PreparationCompleted { item, lines }, _) => {
                let entry = self.entry(*item);
                assert!(entry.confirmed, "prepared before the entry was confirmed");
                entry.value("preparation", json!(lines), by);
                entry.give("preparation");
            }
            (
                Fact::CoreRecorded { item, state, fields, reference, .. },
                Command::RecordCoreResult { again, .. },
            ) => {
                let at_once = catalogued(world, &self.items[item].code).effective_at_once;
                let entry = self.entry(*item);
                assert!(entry.confirmed && entry.given.contains_key("preparation"));
                assert!(
                    *state == CoreState::Pending || at_once || entry.effective,
                    "effective before its time"
                );
                assert!(!entry.effective || entry.core.as_ref() == Some(fields), "rewritten while in force");
                twice(person, fields, &entry.entered, again);
                let first = entry.standing("core");
                let value = json!([reference, fields]);
                entry.value("core", value.clone(), by);
                if first.is_null() {
                    // The first result changes nothing that was settled without one.
                    for then in entry.given.values_mut().filter_map(|given| given.get_mut("core")) {
                        *then = value.clone();
                    }
                }
                entry.core = Some(fields.clone());
                entry.effective |= *state == CoreState::Effective;
                entry.give("comparison");
            }
            (Fact::CoreCancelled { item, approval, .. }, _) => {
                if self.items[item].effective {
                    self.used(*approval, by, |matter| *matter == Matter::CancelEffective { item: *item });
                }
                let entry = self.entry(*item);
                entry.values.insert("core", Json::Null);
                (entry.core, entry.effective) = (None, false);
            }
            (Fact::FeesSettled { item, lines, approval }, Command::SettleFee { lines: said, .. }) => {
                let more = |line: &domain::case::item::SettledFee| line.settled.minor - line.computed.minor;
                for (line, said) in lines.iter().zip(said) {
                    let twice = said.again == Some(line.settled) && line.reason.is_some();
                    assert!(more(line) == 0 || twice, "a deviating fee keyed once");
                }
                let deviation: i64 = lines.iter().map(|line| more(line).abs()).sum();
                let grant = by.person().map_or(0, |by| world.person(by.as_str()).grants.fee_deviation.minor);
                if deviation > grant {
                    let gains: i64 =
                        lines
                            .iter()
                            .map(|line| {
                                if line.direction == FeeDirection::Refund { more(line) } else { -more(line) }
                            })
                            .sum();
                    let side = if gains >= 0 { FeeDirection::Refund } else { FeeDirection::Collect };
                    self.used(*approval, by, |matter| {
                        matches!(matter, Matter::FeeDeviation { item: no, towards, amount }
                            if no == item && *towards == Some(side) && amount.minor >= deviation)
                    });
                }
                let entry = self.entry(*item);
                entry.value("fees", json!(lines), by);
                entry.give("fees");
            }
            (Fact::Endorsed { item, endorsement }, Command::Endorse { premium_again, .. }) => {
                let twice = endorsement.premium.is_none() || endorsement.premium == *premium_again;
                assert!(twice, "a premium keyed once");
                let entry = self.entry(*item);
                assert!(entry.given.contains_key("comparison"), "endorsed without a core result");
                let said =
                    (&endorsement.number, &endorsement.text, endorsement.effective_date, endorsement.premium);
                entry.value("endorsement", json!(said), by);
                entry.give("endorsement");
            }
            (Fact::AskedKeyed { item, asked, approval, .. }, _) => {
                let differs = self.items[item]
                    .asked
                    .iter()
                    .any(|(key, before)| asked.get(key).is_some_and(|now| now != before));
                let lead = by.person().is_some_and(|by| world.person(by.as_str()).role.leads());
                if differs && self.items[item].otherwise > 0 && !lead {
                    self.used(*approval, by, |matter| *matter == Matter::AskedAgain { item: *item });
                }
                let entry = self.entry(*item);
                entry.otherwise += u32::from(differs);
                entry.asked.extend(asked.clone());
                let all = json!(entry.asked);
                entry.value("asked", all, by);
                entry.give("asked");
            }
            (Fact::RecheckPassed { items, .. }, _) => {
                for no in items.keys() {
                    self.passed(world, *no, event);
                }
            }
            (Fact::CoreConfirmed { item, values, effective_at, .. }, Command::ConfirmCore { again, .. }) => {
                let entry = self.entry(*item);
                assert!(entry.given.contains_key("pass"), "in force without a pass");
                let minute = chrono::TimeDelta::minutes(1);
                let passed_at = entry.passed_at.expect("a pass");
                assert!(
                    *effective_at + minute > passed_at && *effective_at <= event.at,
                    "not before the pass"
                );
                let compared = entry.core.clone().expect("a core result");
                twice(person, values, &compared, again);
                if *values != compared {
                    let reference = entry.standing("core")[0].clone();
                    entry.value("core", json!([reference, values]), by);
                }
                entry.core = Some(values.clone());
                entry.effective = true;
            }
            (Fact::Bound { item, .. }, _) => {
                let entry = self.entry(*item);
                assert!(entry.effective && entry.given.contains_key("pass"), "bound before it is in force");
                entry.give("bound");
            }
            _ => {}
        }
    }

    /// A pass: everything done and equal, by somebody who keyed none of it, within his grant.
    fn passed(&mut self, world: &World, no: u8, event: &Event) {
        let by = event.by.person().expect("a person").clone();
        let code = self.items[&no].code.clone();
        let spec = catalogued(world, &code);
        let entry = self.entry(no);
        for result in ["review", "entered", "preparation", "comparison", "endorsement", "asked"] {
            assert!(entry.given.contains_key(result), "passed without {result}");
        }
        assert!(entry.confirmed, "passed without a second keying");
        assert!(spec.fee.is_none() || entry.given.contains_key("fees"), "passed without fees");
        assert_eq!(Some(&entry.entered), entry.core.as_ref(), "passed over a difference to the core");
        for key in keys(world, &code) {
            match entry.asked.get(&key) {
                Some(Asked::Stated(value)) => {
                    assert_eq!(
                        Some(value),
                        entry.entered.get(&key),
                        "passed over a difference to the application"
                    );
                }
                other => assert!(other.is_some(), "{key} was not asked for"),
            }
        }
        let blind = entry.keyed["asked"].clone();
        for (value, people) in entry.keyed.iter().filter(|(value, _)| **value != "asked") {
            assert!(!people.contains(&by), "{by} passed {value}, which he keyed");
            assert!(blind.is_disjoint(people), "{value} and what was asked keyed by one person");
        }
        entry.passed_at = Some(event.at);
        entry.give("pass");
    }

    fn ended(&self, world: &World, ending: Ending) {
        for (no, entry) in self.items.iter().filter(|(_, entry)| !entry.dropped) {
            if ending != Ending::Released {
                assert!(entry.core.is_none(), "ended with the core result of {no} outstanding");
                continue;
            }
            assert!(entry.effective, "released without the core's confirmation of {no}");
            for (result, _) in RESTS {
                let needed = result != "fees" || catalogued(world, &entry.code).fee.is_some();
                assert!(!needed || entry.given.contains_key(result), "released without {result} of {no}");
            }
        }
        if ending == Ending::Released {
            assert!(self.bars.is_empty(), "released over a major finding");
        }
    }

    /// Holds the state against the book.
    pub fn sound(&mut self, world: &World, case: &Case) {
        self.results(case);
        self.people(world, case);
        assert_eq!(case.materials, self.materials, "papers");
        let numbered: Vec<_> = self.items.iter().map(|(no, entry)| (*no, entry.code.clone())).collect();
        assert_eq!(numbered, case.items.iter().map(|item| (item.no, item.code.clone())).collect::<Vec<_>>());
        let custody = match case.custodian() {
            Custodian::Person(person) => Custody::Person(person.clone()),
            Custodian::Post(..) => Custody::Post,
            Custodian::Nobody => Custody::Nobody,
        };
        assert_eq!(custody, self.custody);
    }

    /// No result rests on a value that changed after it was given, and none falls without a reason.
    fn results(&mut self, case: &Case) {
        for item in case.open_items() {
            let entry = self.entry(item.no);
            let returned = entry.returned_to.take();
            for (result, _) in RESTS {
                let there = has(item, result);
                if !entry.given.contains_key(result) {
                    assert!(!there, "{result} of {} came from nowhere", item.no);
                    continue;
                }
                let fell = returned.is_some_and(|to| to <= stage_of(result));
                let holds = entry.holds(result);
                assert_eq!(
                    there,
                    holds && !fell,
                    "{result} of {}: inputs hold {holds}, returned {returned:?}",
                    item.no
                );
                if !there {
                    entry.given.remove(result);
                    // What the core holds does not fall, only its comparison does.
                    if result != "comparison" {
                        entry.values.insert(result, Json::Null);
                        entry.keyed.remove(result);
                    }
                    match result {
                        "entered" => {
                            (entry.confirmed, entry.entered) = (false, Fields::new());
                            entry.keyed.remove("confirmed");
                        }
                        "asked" => (entry.asked, entry.otherwise) = (BTreeMap::new(), 0),
                        _ => {}
                    }
                }
            }
            assert_eq!(item.confirmed().is_some(), entry.confirmed);
            assert_eq!(item.core_effective(), entry.effective);
        }
    }

    /// Separation holds, whichever came first, the reserve is kept, and a pass is within its grant.
    fn people(&self, world: &World, case: &Case) {
        let before = [Stage::Intake, Stage::Entry, Stage::Servicing];
        for person in self.worked.get(&Stage::Recheck).into_iter().flatten() {
            assert!(!self.at(&before, person), "{person} rechecked and did what is rechecked");
        }
        for person in &self.inspected {
            assert!(!self.at(&Stage::ALL, person), "{person} inspected and worked");
        }
        for item in case.open_items() {
            if let Some(by) = item.pass.as_ref().and_then(|pass| pass.done.by.person()) {
                assert!(within_grants(world, case, by), "passed by {by} above the grant");
            }
        }
        if case.stage().is_some() {
            for post in [Post::Recheck, Post::Entry, Post::Servicing] {
                let stage = Stage::ALL.into_iter().find(|stage| stage.post() == post).expect("a stage");
                let somebody = world.people.iter().any(|person| self.could(world, case, stage, &person.id));
                assert!(somebody, "nobody is left for {post:?}");
            }
        }
    }

    /// Who has given a verdict on a check of the case, as the server tells the rules.
    pub fn inspectors(&self) -> &BTreeSet<PersonId> {
        &self.inspected
    }
}

fn missing_of(case: &Case) -> BTreeSet<MaterialKind> {
    let missing = |line: &domain::case::registration::Shortfall| match line {
        domain::case::registration::Shortfall::Missing { material } => Some(material.clone()),
        domain::case::registration::Shortfall::Inadmissible { .. } => None,
    };
    case.shortfalls.iter().filter_map(missing).collect()
}

fn catalogued<'w>(world: &'w World, code: &ItemCode) -> &'w Item {
    world.catalogue.item(code).expect("known item")
}

fn keys(world: &World, code: &ItemCode) -> Vec<FieldKey> {
    world.catalogue.key_fields(catalogued(world, code)).into_iter().map(|spec| spec.key.clone()).collect()
}

/// A person keys a second time what differs from what it is compared with.
fn twice(person: bool, shown: &Fields, compared: &Fields, again: &Fields) {
    for (key, value) in shown.iter().filter(|(key, value)| person && compared.get(*key) != Some(value)) {
        assert_eq!(again.get(key), Some(value), "{key} differs and was keyed once");
    }
}

fn within_grants(world: &World, case: &Case, person: &PersonId) -> bool {
    let grants = &world.person(person.as_str()).grants;
    case.amounts(&world.catalogue).into_iter().all(|(class, amount)| match grants.amounts.get(&class) {
        Some(Limit::Unlimited) => true,
        Some(Limit::UpTo(most)) => amount <= *most,
        None => amount.minor == 0,
    })
}
