//! A small department: one branch with an office, people of all posts, one case.

use chrono::{NaiveDate, TimeZone, Utc};
use domain::{
    actor::{Actor, Grants, Limit, Person, Role},
    case::{
        Case, Command, Context, Event, Refusal,
        decide::{RegisterInput, register},
        item::*,
        registration::{Material, Registration},
    },
    catalogue::{Capacity, Catalogue, Channel, ItemClass},
    id::{CaseId, ItemCode, PersonId, SlipId, UnitId},
    money::Money,
    policy::{FactSource, PaymentMode, PolicyFacts, PolicyStatus, ProductGroup},
    post::{Post, Stage},
    secret::{Sealed, Secret, SecretKind, mask, normalise},
    time::{Calendar, Timestamp},
    value::{Beneficiaries, Beneficiary, DocumentKind, IdentityDocument, Value},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};
use uuid::Uuid;

/// Branch.
pub fn branch() -> UnitId {
    "SH".into()
}

/// Office below it.
pub fn office() -> UnitId {
    "SH01".into()
}

pub fn at(day: u32, hour: u32, minute: u32) -> Timestamp {
    // 2026-11 begins on a Sunday; hours are local.
    Utc.with_ymd_and_hms(2026, 11, day, hour - 8, minute, 0).unwrap()
}

pub fn person(id: &str, role: Role, posts: &[Post], units: &[UnitId]) -> Person {
    Person {
        id: id.into(),
        name: id.to_owned(),
        role,
        unit: branch(),
        posts: posts.iter().copied().collect(),
        scope: units.iter().cloned().collect(),
        grants: Grants {
            level: "F".into(),
            items: None,
            amounts: ItemClass::ALL.into_iter().map(|class| (class, Limit::Unlimited)).collect(),
            back_date_days: 30,
            fee_deviation: if role.leads() { Money::yuan(1_000_000) } else { Money::ZERO },
        },
    }
}

/// Clerks of each post, a second rechecker, a lead, a manager, an inspector.
pub fn people() -> Vec<Person> {
    let units = [branch(), office()];
    vec![
        person("INT1", Role::Clerk, &[Post::Intake], &units),
        person("ENT1", Role::Clerk, &[Post::Entry], &units),
        person("SRV1", Role::Clerk, &[Post::Servicing], &units),
        person("REC1", Role::Clerk, &[Post::Recheck], &units),
        // Holds every post: the one whom the reserve must keep.
        person("ALL1", Role::Clerk, &Post::ALL, &units),
        person("BND1", Role::Clerk, &[Post::Binding], &units),
        person("LEAD", Role::Lead, &[], &units),
        person("MGR1", Role::Manager, &[], &units),
        person("INS1", Role::Inspector, &[], &units),
        person("FAR1", Role::Clerk, &Post::ALL, &["BJ".into()]),
    ]
}

/// Everything outside a case.
pub struct World {
    pub people: Vec<Person>,
    pub calendar: Calendar,
    /// Calendars of units that have another.
    pub calendars: BTreeMap<UnitId, Arc<Calendar>>,
    /// Who is there today.
    pub present: BTreeSet<PersonId>,
    /// Who inspected the case.
    pub inspectors: BTreeSet<PersonId>,
    pub catalogue: Catalogue,
    pub sites: BTreeMap<Stage, UnitId>,
    pub now: Timestamp,
}

impl World {
    pub fn new() -> Self {
        let mut sites: BTreeMap<Stage, UnitId> =
            Stage::ALL.into_iter().map(|stage| (stage, branch())).collect();
        sites.insert(Stage::Intake, office());
        let people = people();
        Self {
            present: people.iter().map(|person| person.id.clone()).collect(),
            people,
            calendar: Calendar::national(),
            calendars: BTreeMap::new(),
            inspectors: BTreeSet::new(),
            catalogue: Catalogue::shipped(),
            sites,
            now: at(16, 9, 0),
        }
    }

    pub fn person(&self, id: &str) -> &Person {
        self.people.iter().find(|person| person.id.as_str() == id).expect("known person")
    }

    pub fn context<'w>(&'w self, actor: &'w Actor) -> Context<'w> {
        Context {
            actor,
            now: self.now,
            calendar: &self.calendar,
            calendars: &self.calendars,
            present: &self.present,
            inspectors: &self.inspectors,
            catalogue: &self.catalogue,
            sites: &self.sites,
            people: &self.people,
            open_items: &[],
            slip: SlipId(Uuid::nil()),
        }
    }

    pub fn actor(&self, id: &str) -> Actor {
        Actor::Person(self.person(id).clone())
    }

    /// Decides and applies; minutes pass with every command.
    pub fn act(&mut self, case: &mut Case, id: &str, command: &Command) -> Result<Vec<Event>, Refusal> {
        let actor = self.actor(id);
        self.act_as(case, &actor, command)
    }

    pub fn act_as(
        &mut self,
        case: &mut Case,
        actor: &Actor,
        command: &Command,
    ) -> Result<Vec<Event>, Refusal> {
        self.now += chrono::TimeDelta::minutes(7);
        let events = domain::case::decide(case, command, &self.context(actor))?;
        for event in &events {
            case.apply(event);
        }
        Ok(events)
    }

    pub fn register_with(&self, id: &str, registration: &Registration) -> Result<Vec<Event>, Refusal> {
        let actor = self.actor(id);
        register(
            &RegisterInput {
                id: CaseId(Uuid::from_u128(1)),
                number: "SH01-261116-0001",
                accepting: &office(),
                registration,
            },
            &self.context(&actor),
        )
    }
}

/// Sealed as the server seals, with the normalised value in place of a keyed hash.
pub fn sealed(kind: SecretKind, text: &str) -> Secret {
    Secret::Sealed(Sealed { masked: mask(kind, text), digest: normalise(text), valid: true, cipher: None })
}

pub fn policy() -> PolicyFacts {
    let date = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
    PolicyFacts {
        policy_no: "310021846621".into(),
        product: "安衡终身寿险".into(),
        group: ProductGroup::Participating,
        group_business: false,
        status: PolicyStatus::InForce,
        effective: date(2019, 12, 1),
        receipt_signed: Some(date(2019, 12, 5)),
        free_look_days: 15,
        paid_to: Some(date(2026, 12, 1)),
        anniversary: Some(date(2026, 12, 1)),
        lapsed_on: None,
        matures_on: None,
        payment_mode: PaymentMode::Annual,
        premium: Money::yuan(12_480),
        premium_paid: Money::yuan(87_360),
        cash_value: Money::yuan(61_234),
        dividends: Money::yuan(2_150),
        survival_benefits: Money::ZERO,
        maturity_benefit: Money::ZERO,
        overpaid: Money::ZERO,
        unexpired_rider: Money::ZERO,
        loan: Money::ZERO,
        loan_interest: Money::ZERO,
        apl: Money::ZERO,
        arrears: Money::ZERO,
        open_claim: false,
        frozen: false,
        loss_reported: false,
        holder: "张立群".into(),
        insured: "张立群".into(),
        source: FactSource::Typed,
        as_of: at(16, 8, 45),
    }
}

/// A registration of these items with every paper they need, without shortfall of papers; what the dates
/// leave open is acknowledged, so that every item can be registered on the same policy.
pub fn registration(world: &World, codes: &[&str]) -> Registration {
    let items: Vec<ItemCode> = codes.iter().map(|code| ItemCode::from(*code)).collect();
    let mut materials: Vec<Material> = Vec::new();
    for item in &items {
        for need in &world.catalogue.item(item).expect("known item").materials {
            if materials.iter().all(|paper| paper.kind != need.kind) {
                materials.push(Material {
                    kind: need.kind.clone(),
                    form: domain::catalogue::MaterialForm::Original,
                    copies: 1,
                    pages: u16::try_from(materials.len() + 2).unwrap(),
                    return_to_customer: false,
                });
            }
        }
    }
    Registration {
        policy: policy(),
        managing: branch(),
        applicant: "张立群".into(),
        mobile: sealed(SecretKind::Phone, "13812341234"),
        document: None,
        capacity: Capacity::Holder,
        channel: Channel::Counter,
        agent: None,
        applied_on: NaiveDate::from_ymd_opt(2026, 11, 14).unwrap(),
        received_at: at(16, 8, 50),
        items,
        materials,
        acknowledged: Vec::new(),
    }
}

/// An invented identity number with a right check character (GB 11643): region, birth date, sequence.
pub fn resident_id(sequence: u32) -> String {
    let body = format!("31010119850615{sequence:03}");
    format!("{body}{}", domain::catalogue::check_character(&body).expect("17 digits"))
}

/// Valid values for every required field of an item, by its types and rules.
pub fn fields(world: &World, code: &str) -> Fields {
    let item = world.catalogue.item(&code.into()).expect("known item");
    let mut fields = Fields::new();
    for spec in &item.fields {
        fields.insert(spec.key.clone(), value(world, spec));
    }
    let context = world.catalogue.context(domain::time::local_date(world.now), None);
    let faults: Vec<_> = domain::catalogue::check_fields(item, &fields, &context)
        .into_iter()
        .filter(domain::catalogue::FieldFault::is_error)
        .collect();
    assert!(faults.is_empty(), "{code}: {faults:?}");
    fields
}

/// A value that meets the type and the rules of a field.
fn value(world: &World, spec: &domain::catalogue::FieldSpec) -> Value {
    use domain::catalogue::{FieldType, PolicyFact, Rule};
    let policy = policy();
    let as_policy = spec.rules.iter().find_map(|rule| match rule {
        Rule::AsPolicy(PolicyFact::Holder) => Some(policy.holder.clone()),
        Rule::AsPolicy(PolicyFact::Insured) => Some(policy.insured.clone()),
        _ => None,
    });
    let date = |rules: &[Rule]| {
        let future = rules.contains(&Rule::NotPast);
        NaiveDate::from_ymd_opt(if future { 2030 } else { 1985 }, 6, 15).unwrap()
    };
    match &spec.kind {
        FieldType::Text => Value::Text("中国工商银行".into()),
        FieldType::Name => Value::Text(as_policy.unwrap_or_else(|| "李书怡".into())),
        FieldType::Date => Value::Date(date(&spec.rules)),
        FieldType::Money => Value::Money(Money::yuan(100)),
        FieldType::Ratio => Value::Ratio(500_000),
        FieldType::Choice(choices) => {
            let male = choices.iter().find(|choice| choice.code == "male");
            Value::Choice(male.unwrap_or(&choices[0]).code.to_string())
        }
        FieldType::IdentityDocument => Value::Document(document(11)),
        FieldType::Mobile => Value::Secret(sealed(SecretKind::Phone, "13987654321")),
        FieldType::PostalCode => Value::Text("200120".into()),
        FieldType::BankAccount => Value::Secret(sealed(SecretKind::Account, "6222021001116245702")),
        FieldType::PolicyNumber => Value::Text(policy.policy_no.to_string()),
        FieldType::Beneficiaries => Value::Beneficiaries(Beneficiaries::Named(vec![Beneficiary {
            name: "李书怡".into(),
            document: document(13),
            relation: world.catalogue.relations[1].code.to_string(),
            order: 1,
            share_ppm: Some(1_000_000),
        }])),
        FieldType::Relation => Value::Choice(world.catalogue.relations[1].code.to_string()),
        FieldType::PaymentMode => Value::Choice(
            world
                .catalogue
                .payment_modes
                .iter()
                .find(|mode| mode.code == "quarterly")
                .unwrap()
                .code
                .to_string(),
        ),
        FieldType::Address => Value::Secret(sealed(SecretKind::Address, "上海市浦东新区世纪大道100号8楼")),
        FieldType::Email => Value::Secret(sealed(SecretKind::Address, "someone@example.com")),
    }
}

fn document(sequence: u32) -> IdentityDocument {
    IdentityDocument {
        kind: DocumentKind::ResidentId,
        number: sealed(SecretKind::Identity, &resident_id(sequence)),
        expires: NaiveDate::from_ymd_opt(2035, 1, 1),
    }
}
