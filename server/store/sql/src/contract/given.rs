//! Cases as values: events written by hand, which is enough for a store – what may happen is `decide`'s.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::{
    actor::{By, Grants, Limit, Person, Role},
    case::{
        Case, Event, Fact, Material, Registration,
        event::Arrival,
        returns::{Ground, Return},
        state::{Origin, Priority},
    },
    catalogue::{Capacity, Catalogue, Channel, FeeDirection, FeeKind, ItemClass, MaterialForm},
    id::{CaseId, ItemCode, PersonId, SlipId, UnitId},
    money::Money,
    policy::{FactSource, PaymentMode, PolicyFacts, PolicyStatus, ProductGroup},
    post::{Post, Stage},
    secret::{Sealed, Secret},
    time::Timestamp,
};
use std::{collections::BTreeSet, sync::Arc};
use store::{CaseRecord, Change, StoreError};
use uuid::Uuid;

/// What tests share.
#[derive(Clone)]
pub(super) struct Given {
    pub(super) catalogue: Arc<Catalogue>,
    pub(super) unit: UnitId,
}

/// A case's id.
pub(super) fn id(number: u32) -> CaseId {
    CaseId(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 | u128::from(number)))
}

/// A moment of 18 March 2026, local time.
pub(super) fn at(hour: i64, minute: i64) -> Timestamp {
    "2026-03-17T16:00:00Z".parse::<DateTime<Utc>>().unwrap() + TimeDelta::minutes(hour * 60 + minute)
}

/// The day of [`at`].
pub(super) fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 18).unwrap()
}

/// Units.
pub(super) fn units(names: &[&str]) -> BTreeSet<UnitId> {
    names.iter().map(|name| UnitId::from(*name)).collect()
}

/// A person of all posts whose grants reach everywhere.
pub(super) fn person(id: &str, scope: &[&str]) -> Person {
    Person {
        id: id.into(),
        name: id.to_owned(),
        role: Role::Clerk,
        unit: scope[0].into(),
        posts: Post::ALL.into_iter().collect(),
        scope: units(scope),
        grants: Grants {
            level: "F".into(),
            items: None,
            amounts: ItemClass::ALL.into_iter().map(|class| (class, Limit::Unlimited)).collect(),
            back_date_days: 0,
            fee_deviation: Money::ZERO,
        },
    }
}

/// How a case differs from the others.
#[derive(Clone)]
pub(super) struct Like {
    pub(super) unit: UnitId,
    pub(super) class: ItemClass,
    pub(super) due_at: Timestamp,
    pub(super) applicant: String,
    pub(super) by: By,
    pub(super) paper: bool,
}

impl Given {
    pub(super) fn new() -> Self {
        Self { catalogue: Arc::new(Catalogue::shipped()), unit: "SH".into() }
    }

    /// As registered by a clerk at nine, due at ten.
    pub(super) fn like(&self) -> Like {
        Like {
            unit: self.unit.clone(),
            class: ItemClass::Change,
            due_at: at(10, 0),
            applicant: "王小明".to_owned(),
            by: By::Person("INT1".into()),
            paper: true,
        }
    }

    /// The first item of a class.
    pub(super) fn item(&self, class: ItemClass) -> ItemCode {
        self.catalogue.items.iter().find(|item| item.class == class).unwrap().code.clone()
    }

    /// What follows from events; business minutes are plain ones here.
    pub(super) fn change(
        &self,
        before: Option<CaseRecord>,
        events: Vec<Event>,
    ) -> Result<Change, StoreError> {
        Change::new(before, events, &self.catalogue, &|_, from, to| (to - from).num_minutes())
    }

    /// Events at the stage where a case stands.
    pub(super) fn events(&self, case: &Case, by: &PersonId, at: Timestamp, facts: Vec<Fact>) -> Vec<Event> {
        (case.version + 1..)
            .zip(facts)
            .map(|(version, fact)| Event {
                case: case.id,
                version,
                at,
                by: By::Person(by.clone()),
                stage: case.stage(),
                unit: case.working_unit().clone(),
                catalogue: self.catalogue.version,
                fact,
            })
            .collect()
    }

    /// A registration.
    pub(super) fn registered(&self, number: u32, like: &Like) -> Event {
        let registration = registration(number, self.item(like.class), like);
        Event {
            case: id(number),
            version: 1,
            at: at(9, 0),
            by: like.by.clone(),
            stage: Some(Stage::Intake),
            unit: like.unit.clone(),
            catalogue: self.catalogue.version,
            fact: Fact::Registered {
                number: number_of(number, like),
                accepting: like.unit.clone(),
                origin: Origin::Registered,
                registration: Box::new(registration),
                shortfalls: Vec::new(),
                paper: like.paper,
                due_at: like.due_at,
                breach_at: None,
            },
        }
    }

    /// A past: registered, and then each fact a minute after the one before.
    pub(super) fn past(&self, number: u32, like: &Like, facts: Vec<(&str, Fact)>) -> Vec<Event> {
        let first = self.registered(number, like);
        let mut case = Case::registered(&first).unwrap();
        let mut events = vec![first];
        for (minute, (by, fact)) in (1..).zip(facts) {
            let event =
                self.events(&case, &by.into(), at(9, minute), vec![fact]).pop().expect("one fact, one event");
            case.apply(&event);
            events.push(event);
        }
        events
    }

    /// Facts of a way through stages without slips: given, arrived, claimed.
    pub(super) fn way(&self, stages: &[(Stage, &'static str)]) -> Vec<(&'static str, Fact)> {
        let arrive = |(stage, by): &(Stage, &'static str)| {
            [(*by, arrived(*stage, &self.unit, at(9, 0), at(12, 0))), (*by, Fact::Claimed {})]
        };
        stages.iter().flat_map(arrive).collect()
    }
}

/// The number of a case.
pub(super) fn number_of(number: u32, like: &Like) -> String {
    store::number::case_number(&like.unit, day(), number)
}

/// Arrival at a stage.
pub(super) fn arrived(stage: Stage, unit: &UnitId, left_at: Timestamp, due_at: Timestamp) -> Fact {
    Fact::Arrived(Box::new(Arrival {
        stage,
        unit: unit.clone(),
        left_at,
        due_at,
        returned: None,
        reserved_until: None,
        own: false,
        handed_over: false,
    }))
}

/// On a slip to a stage.
pub(super) fn handed_over(slip: SlipId, to: Stage, unit: &UnitId) -> Fact {
    Fact::HandedOver { slip, to, unit: unit.clone() }
}

/// A return with its grounds.
pub(super) fn return_to(to: Stage, from: Stage, grounds: Vec<Ground>) -> Return {
    Return { to, from, items: vec![1], grounds, reason: "金额与申请书不符".to_owned() }
}

/// A return received.
pub(super) fn came_back(returned: Return, unit: &UnitId, due_at: Timestamp, kept_until: Timestamp) -> Fact {
    Fact::Arrived(Box::new(Arrival {
        stage: returned.to,
        unit: unit.clone(),
        left_at: at(9, 0),
        due_at,
        returned: Some(returned),
        reserved_until: Some(kept_until),
        own: false,
        handed_over: false,
    }))
}

/// Priority.
pub(super) fn priority(priority: Priority) -> Fact {
    Fact::PrioritySet { priority, reason: "客户投诉".to_owned() }
}

/// Fees that give a case its amount.
pub(super) fn fees(amount: i64) -> Fact {
    use domain::case::item::SettledFee;
    Fact::FeesSettled {
        item: 1,
        lines: vec![SettledFee {
            kind: FeeKind::Surrender,
            direction: FeeDirection::Refund,
            computed: Money::fen(amount),
            settled: Money::fen(amount),
            reason: None,
        }],
        approval: None,
    }
}

/// A sealed value; equal texts have equal digests.
pub(super) fn sealed(text: &str) -> Secret {
    Secret::Sealed(Sealed {
        masked: "***".to_owned(),
        digest: format!("digest of {text}"),
        valid: true,
        cipher: Some("AAAA".to_owned()),
    })
}

fn registration(number: u32, item: ItemCode, like: &Like) -> Registration {
    let date = |year| NaiveDate::from_ymd_opt(year, 3, 1).unwrap();
    let zero = Money::ZERO;
    Registration {
        policy: PolicyFacts {
            policy_no: format!("31{number:010}").into(),
            product: "安衡终身寿险".to_owned(),
            group: ProductGroup::Participating,
            group_business: false,
            status: PolicyStatus::InForce,
            effective: date(2020),
            receipt_signed: Some(date(2020)),
            free_look_days: 15,
            paid_to: Some(date(2027)),
            anniversary: Some(date(2027)),
            lapsed_on: None,
            matures_on: None,
            payment_mode: PaymentMode::Annual,
            premium: Money::yuan(10_000),
            premium_paid: Money::yuan(60_000),
            cash_value: Money::yuan(40_000),
            dividends: zero,
            survival_benefits: zero,
            maturity_benefit: zero,
            overpaid: zero,
            unexpired_rider: zero,
            loan: zero,
            loan_interest: zero,
            apl: zero,
            arrears: zero,
            open_claim: false,
            frozen: false,
            loss_reported: false,
            holder: like.applicant.clone(),
            insured: like.applicant.clone(),
            source: FactSource::Typed,
            as_of: at(8, 0),
        },
        managing: like.unit.clone(),
        applicant: like.applicant.clone(),
        mobile: sealed(&format!("138{number:08}")),
        document: None,
        capacity: Capacity::Holder,
        channel: Channel::Counter,
        agent: None,
        applied_on: day(),
        received_at: at(8, 30),
        items: vec![item],
        materials: vec![Material {
            kind: "application".into(),
            form: MaterialForm::Original,
            copies: 1,
            pages: 3,
            return_to_customer: false,
        }],
        acknowledged: Vec::new(),
    }
}
