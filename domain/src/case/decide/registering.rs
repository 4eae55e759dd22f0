//! Registration 收件登记 and its amendment (process §2, §4).

use super::{due, one, text};
use crate::{
    actor::{Actor, By},
    case::{
        context::Context,
        eligible,
        event::{Event, Fact},
        refusal::{InputRule, Needs, Refusal},
        registration::{Amendment, Registration, Shortfall, faults},
        state::{Case, Origin, Status},
    },
    catalogue::{E01Check, E01Context, HandedIn, Item, admissibility, conflicts, missing_materials},
    id::{CaseId, UnitId},
    policy,
    post::{Post, Stage},
    secret::Secret,
    time::{BusinessDays, DayEnd, Timestamp, local_date},
};
use chrono::TimeDelta;
use std::collections::BTreeSet;

/// A registration about to be made: id and number are allotted by the server inside the transaction.
#[derive(Debug, Clone, Copy)]
pub struct RegisterInput<'a> {
    /// The new case's id.
    pub id: CaseId,
    /// Its number.
    pub number: &'a str,
    /// Accepting unit.
    pub accepting: &'a UnitId,
    /// What is written down.
    pub registration: &'a Registration,
}

/// Registers a case.
///
/// # Errors
/// The most specific [`Refusal`]: actor, scope, reserve, then what is missing or wrong; failing lines that
/// are not acknowledged one by one come last.
pub fn register(input: &RegisterInput, ctx: &Context) -> Result<Vec<Event>, Refusal> {
    let origin = match ctx.actor {
        Actor::Person(person) => {
            if !person.holds(Post::Intake) {
                return Err(Refusal::PostNotHeld { post: Post::Intake });
            }
            if !person.scope.contains(input.accepting) {
                return Err(Refusal::OutOfScope {});
            }
            Origin::Registered
        }
        Actor::Integration(name) => Origin::Integration(name.clone()),
        Actor::System => return Err(Refusal::NotAPerson {}),
    };
    let registration = input.registration;
    if registration.received_at < ctx.now - RECEIVED_WITHIN {
        return Err(Refusal::input("/registration/received_at", InputRule::TooOld));
    }
    let items = complete(registration, ctx)?;
    let shortfalls = acknowledged(registration, &items, ctx)?;
    let unit = ctx.site(Stage::Intake, input.accepting).clone();
    let due_at = due(&items, Stage::Intake, &unit, registration.received_at, ctx);
    let event = Event {
        case: input.id,
        version: 1,
        at: ctx.now,
        by: By::from(ctx.actor),
        stage: Some(Stage::Intake),
        unit,
        catalogue: ctx.catalogue.version,
        fact: Fact::Registered {
            number: input.number.to_owned(),
            accepting: input.accepting.clone(),
            origin,
            registration: Box::new(registration.clone()),
            shortfalls,
            paper: items.iter().any(|item| item.paper),
            due_at,
            breach_at: promised(&items, registration.received_at, input.accepting, ctx),
        },
    };
    keep_a_rechecker(&event, ctx)?;
    Ok(vec![event])
}

/// Who alone could recheck it may register it only where nobody else of the post is present; the case then
/// shows as 无人可办 at once (process §3, reserve).
fn keep_a_rechecker(event: &Event, ctx: &Context) -> Result<(), Refusal> {
    let (Some(person), Some(mut case)) = (ctx.actor.person(), Case::registered(event)) else { return Ok(()) };
    case.worked.clear();
    let other_registrar = ctx.people.iter().any(|other| {
        other.id != person.id
            && other.holds(Post::Intake)
            && other.scope.contains(&case.accepting)
            && ctx.present.contains(&other.id)
    });
    if other_registrar { eligible::reserve(&case, Stage::Intake, person, ctx) } else { Ok(()) }
}

/// Puts facts, applicant or agent right and adds items, at Intake. What the case holds of papers, counts, items and
/// numbers is not touched, nor the moment of receipt (process §2).
pub(super) fn amend(case: &Case, amendment: &Amendment, ctx: &Context) -> Result<Vec<Event>, Refusal> {
    may_amend(case, ctx)?;
    for (index, code) in amendment.add.iter().enumerate() {
        let twice = amendment.add[..index].contains(code) || case.open_items().any(|item| item.code == *code);
        if twice {
            return Err(Refusal::input(
                &format!("/amend_registration/amendment/add/{index}"),
                InputRule::Twice,
            ));
        }
    }
    let after = amendment.on(&case.registration);
    // What the rules look at: the items still open and those added, the papers there are now.
    let stands = Registration {
        items: case.open_items().map(|item| item.code.clone()).chain(amendment.add.iter().cloned()).collect(),
        materials: case.materials.clone(),
        ..after.clone()
    };
    let items = complete(&stands, ctx)?;
    let shortfalls = acknowledged(&stands, &items, ctx)?;
    Ok(one(
        case,
        ctx,
        Fact::RegistrationAmended {
            paper: case.paper || items.iter().any(|item| item.paper),
            breach_at: promised(&items, after.received_at, &case.accepting, ctx),
            registration: Box::new(after),
            shortfalls,
            added: amendment.add.clone(),
            by_table: true,
        },
    ))
}

/// Who holds the case at Intake amends it; a case that another system brought and that nobody has taken up, that system
/// too, with a corrected list.
fn may_amend(case: &Case, ctx: &Context) -> Result<(), Refusal> {
    let Actor::Integration(_) = ctx.actor else {
        return super::holder(case, ctx, &[Stage::Intake]).map(|_| ());
    };
    let by_it =
        matches!((&case.origin, ctx.actor), (Origin::Integration(a), Actor::Integration(b)) if a == b);
    if !by_it {
        return Err(Refusal::NotAPerson {});
    }
    let (stage, status) = super::open(case)?;
    if stage != Stage::Intake {
        return Err(Refusal::WrongStage { stage });
    }
    if !matches!(status, Status::Ready) || !case.worked.is_empty() {
        return Err(Refusal::WrongStatus { needs: Needs::Ready });
    }
    Ok(())
}

/// What was received longer ago than a year is no application that lay somewhere, but a date mistyped.
const RECEIVED_WITHIN: TimeDelta = TimeDelta::days(366);

/// Everything a registration must have; gives its items' catalogue entries.
fn complete<'c>(registration: &Registration, ctx: &'c Context) -> Result<Vec<&'c Item>, Refusal> {
    text("/registration/policy/policy_no", registration.policy.policy_no.as_str())?;
    text("/registration/policy/holder", &registration.policy.holder)?;
    text("/registration/policy/insured", &registration.policy.insured)?;
    text("/registration/applicant", &registration.applicant)?;
    personal("/registration/mobile", &registration.mobile)?;
    if let Some(agent) = &registration.agent {
        text("/registration/agent/name", &agent.name)?;
        personal("/registration/agent/identity", &agent.identity)?;
    }
    if let Some(document) = &registration.document {
        personal("/registration/document/number", &document.number)?;
    }
    if registration.received_at > ctx.now {
        return Err(Refusal::input("/registration/received_at", InputRule::Future));
    }
    let received = local_date(registration.received_at);
    if received < registration.applied_on {
        return Err(Refusal::input("/registration/received_at", InputRule::BeforeApplication));
    }
    let limits = ctx.catalogue.settings.limits_of(registration.policy.group);
    if let Some((field, rule)) = policy::faults(&registration.policy, received, &limits).into_iter().next() {
        return Err(Refusal::input(&format!("/registration/policy/{field}"), rule));
    }
    if registration.items.is_empty() {
        return Err(Refusal::input("/registration/items", InputRule::Required));
    }
    let mut items = Vec::with_capacity(registration.items.len());
    for (index, code) in registration.items.iter().enumerate() {
        let pointer = format!("/registration/items/{index}");
        let Some(entry) = ctx.catalogue.item(code) else {
            return Err(Refusal::Input { pointer, rule: InputRule::Unknown });
        };
        if registration.items[..index].contains(code) {
            return Err(Refusal::Input { pointer, rule: InputRule::Twice });
        }
        items.push(entry);
    }
    if let Some((_, other)) = conflicts(&items).first() {
        let index = registration.items.iter().position(|code| code == other).unwrap_or_default();
        return Err(Refusal::input(&format!("/registration/items/{index}"), InputRule::OutOfRange));
    }
    if registration.materials.is_empty() {
        return Err(Refusal::input("/registration/materials", InputRule::Required));
    }
    for (index, material) in registration.materials.iter().enumerate() {
        let pointer = |field: &str| format!("/registration/materials/{index}/{field}");
        if ctx.catalogue.material(&material.kind).is_none() {
            return Err(Refusal::Input { pointer: pointer("kind"), rule: InputRule::Unknown });
        }
        if material.copies == 0 {
            return Err(Refusal::Input { pointer: pointer("copies"), rule: InputRule::Positive });
        }
        if material.pages == 0 {
            return Err(Refusal::Input { pointer: pointer("pages"), rule: InputRule::Positive });
        }
    }
    let faults: Vec<_> = faults(registration, ctx.catalogue, local_date(ctx.now))
        .into_iter()
        .filter(crate::catalogue::FieldFault::is_error)
        .collect();
    if !faults.is_empty() {
        return Err(Refusal::Fields { faults });
    }
    Ok(items)
}

/// A personal value that is there and, where it is sealed, met its rule before it was sealed.
fn personal(pointer: &str, secret: &Secret) -> Result<(), Refusal> {
    match secret {
        Secret::Plain(_) if secret.is_empty() => Err(Refusal::input(pointer, InputRule::Required)),
        Secret::Sealed(sealed) if !sealed.valid => Err(Refusal::input(pointer, InputRule::OutOfRange)),
        Secret::Plain(_) | Secret::Sealed(_) => Ok(()),
    }
}

/// Failing E01 rules and missing documents of a registration.
pub fn shortfalls_of(registration: &Registration, items: &[&Item], ctx: &Context) -> Vec<Shortfall> {
    let back_date = ctx.actor.person().map_or(0, |person| person.grants.back_date_days);
    let application = registration.application();
    let context = E01Context { open_items: ctx.open_items, back_date_days: back_date, now: ctx.now };
    let inadmissible = items.iter().flat_map(|item| {
        admissibility(item, &registration.policy, &application, &context)
            .into_iter()
            .filter(|line| !line.holds)
            .map(|line| Shortfall::Inadmissible {
                item: item.code.clone(),
                rule: rule_name(&line.check).to_owned(),
            })
    });
    let handed_in: Vec<HandedIn> = registration
        .materials
        .iter()
        .map(|material| HandedIn { kind: material.kind.clone(), form: material.form })
        .collect();
    let missing = missing_materials(items, &handed_in, application.by_agent)
        .into_iter()
        .map(|missing| Shortfall::Missing { material: missing.kind });
    inadmissible.chain(missing).collect::<BTreeSet<_>>().into_iter().collect()
}

/// Stable name of an E01 rule, as a shortfall keeps it.
pub const fn rule_name(check: &E01Check) -> &'static str {
    match check {
        E01Check::NotFuture { .. } => "not_future",
        E01Check::NotAfterReceipt { .. } => "not_after_receipt",
        E01Check::NotTooOld { .. } => "not_too_old",
        E01Check::Window { .. } => "window",
        E01Check::Status { .. } => "status",
        E01Check::Unblocked { .. } => "unblocked",
        E01Check::NoExcludedItem { .. } => "no_excluded_item",
        E01Check::Capacity { .. } => "capacity",
        E01Check::AgentAllowed => "agent_allowed",
        E01Check::AgentAuthority => "agent_authority",
    }
}

fn acknowledged(
    registration: &Registration,
    items: &[&Item],
    ctx: &Context,
) -> Result<Vec<Shortfall>, Refusal> {
    let shortfalls = shortfalls_of(registration, items, ctx);
    let lines: Vec<Shortfall> =
        shortfalls.iter().filter(|line| !registration.acknowledged.contains(line)).cloned().collect();
    if lines.is_empty() { Ok(shortfalls) } else { Err(Refusal::Acknowledge { lines }) }
}

/// Earliest promised end over the items: the end of the N-th working day after receipt, by the calendar of the accepting
/// unit, which promised it.
fn promised(items: &[&Item], received_at: Timestamp, accepting: &UnitId, ctx: &Context) -> Option<DayEnd> {
    items
        .iter()
        .map(|item| item.promise)
        .filter(|days| *days > BusinessDays::ZERO)
        .min()
        .map(|days| ctx.calendar_of(accepting).due_day(received_at, days).into())
}
