//! Candidate commands for a case: everything anyone might try, sensible or not.

use crate::{
    common::*,
    route::{ask, bind, confirm_core, enter, pass, service},
    walk::{Who, everyone},
};
use domain::{
    case::{
        Amendment, Case, Command, Material,
        command::ReleaseMethod,
        item::{Asked, CoreState, Fields, ReviewLines},
        registration::{Agent, Shortfall},
        returns::{Ground, NoFault},
        state::{Matter, Priority},
    },
    catalogue::{APPLICATION, FeeDirection, MaterialForm},
    id::CheckId,
    money::Money,
    post::Stage,
    quality::points::{Cause, ErrorPoint, Severity},
    secret::SecretKind,
    value::{DocumentKind, Value},
};
use uuid::Uuid;

/// An item's values with one of them another: what somebody keys wrongly, or the core makes of it.
pub fn others(world: &World, code: &str) -> Fields {
    let mut fields = fields(world, code);
    let key = ["mobile", "account", "reason"].into_iter().find(|key| fields.contains_key(&(*key).into()));
    let other = match key {
        Some("mobile") => Value::Secret(sealed(SecretKind::Phone, "13911112222")),
        Some("account") => Value::Secret(sealed(SecretKind::Account, "6222021001116245710")),
        Some("reason") => Value::Choice("customer_damaged".into()),
        other => panic!("{code} has no field to be keyed otherwise: {other:?}"),
    };
    fields.insert(key.expect("a field").into(), other);
    fields
}

/// What goes wrong, and what nobody may do: other values keyed from paper, recorded in the core and made effective,
/// the core's result called effective before its recheck, what is in force cancelled.
fn wrong(world: &World, case: &Case, no: u8, code: &str) -> Vec<Command> {
    let (right, other) = (fields(world, code), others(world, code));
    let record = |state, fields: &Fields| Command::RecordCoreResult {
        item: no,
        reference: format!("C{no}"),
        state,
        fields: fields.clone(),
        again: fields.clone(),
    };
    let Command::KeyAsked { asked, .. } = ask(world, no, code) else { unreachable!("asked") };
    let asked = asked
        .into_keys()
        .filter_map(|key| Some((key.clone(), Asked::Stated(other.get(&key)?.clone()))))
        .collect();
    let effective_at =
        case.item(no).and_then(|item| item.pass.as_ref()).map_or(world.now, |pass| pass.done.at);
    let keys = world.catalogue.key_fields(world.catalogue.item(&code.into()).expect("known item"));
    let key_fields = other
        .iter()
        .filter(|(key, _)| keys.iter().any(|spec| spec.key == **key))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    let once = |command| match command {
        Command::RecordCoreResult { item, reference, state, fields, .. } => {
            Command::RecordCoreResult { item, reference, state, fields, again: Fields::new() }
        }
        other => other,
    };
    vec![
        Command::EnterChange { item: no, fields: other.clone() },
        Command::ConfirmEntry { item: no, key_fields },
        once(record(CoreState::Pending, &other)),
        record(CoreState::Pending, &right),
        record(CoreState::Pending, &other),
        record(CoreState::Effective, &right),
        record(CoreState::Effective, &other),
        Command::KeyAsked { item: no, asked },
        Command::ConfirmCore {
            item: no,
            reference: format!("C{no}"),
            effective_at,
            values: other.clone(),
            again: Fields::new(),
        },
        Command::ConfirmCore {
            item: no,
            reference: format!("C{no}"),
            effective_at: case.registered_at,
            values: right,
            again: Fields::new(),
        },
        Command::ConfirmCore {
            item: no,
            reference: format!("C{no}"),
            effective_at,
            values: other.clone(),
            again: other,
        },
    ]
}

/// People and commands worth trying on a case as it stands, in a fixed order.
pub fn candidates(world: &World, case: &Case) -> Vec<(Who, Command)> {
    let mut commands = vec![
        Command::HandOver {},
        Command::TakeBack {},
        Command::Claim {},
        Command::Unclaim {},
        Command::ConfirmTransfer {},
        Command::CancelProposal {},
        Command::Decline {},
        Command::RefuseProposal { reason: "可以办理".into() },
        Command::Resume {},
        pass(),
        Command::CompleteReview {
            lines: ReviewLines { time: true, content: true, material: true, identity: true },
        },
        Command::CompleteReview {
            lines: ReviewLines { time: false, content: true, material: true, identity: true },
        },
        Command::ReportDifference { difference: "缺页".into() },
        Command::AddNote { text: "备注".into() },
        Command::Withdraw { request_pages: 1, reason: "客户撤回".into() },
        Command::SetPriority { priority: Priority::Complaint, reason: "投诉".into() },
        Command::PutOnHold {
            reason: "等客户来电".into(),
            until: world.now + chrono::TimeDelta::hours(5),
            moves_due: false,
        },
        Command::PutOnHold {
            reason: "系统停机".into(),
            until: world.now + chrono::TimeDelta::hours(5),
            moves_due: true,
        },
        Command::RequestApproval {
            matter: Matter::HoldMovesDue { until: world.now + chrono::TimeDelta::hours(9) },
            reason: "系统停机".into(),
        },
        Command::RequestApproval {
            matter: Matter::AmendCount { material: 0, pages: 9 },
            reason: "点错".into(),
        },
        Command::AmendCount { material: 0, pages: 9, reason: "点错".into() },
        Command::Release { method: ReleaseMethod::Counter, receiver: "张立群".into() },
        Command::ConfirmReceipt { counted: case.materials.iter().map(|paper| paper.pages).collect() },
        Command::ConfirmReceipt { counted: case.materials.iter().map(|paper| paper.pages + 1).collect() },
        Command::ExpireLease {},
        Command::BarRelease { check: CheckId(Uuid::from_u128(7)), stage: Stage::Entry },
        Command::LiftBar { check: CheckId(Uuid::from_u128(7)) },
    ];
    commands.extend(amendments(case));
    commands.extend(papers(case));
    for approval in &case.approvals {
        commands.push(Command::Approve { approval: approval.no });
        commands.push(Command::RefuseApproval { approval: approval.no, reason: "不同意".into() });
    }
    for item in &case.items {
        let (no, code) = (item.no, item.code.as_str());
        commands.extend(enter(world, no, code));
        commands.extend(service(world, case, no, code));
        commands.push(ask(world, no, code));
        commands.push(confirm_core(world, no, code));
        commands.push(bind(world, no, code));
        commands.push(Command::CancelCoreResult {
            item: no,
            reference: format!("C{no}"),
            reason: "系统退回".into(),
        });
        commands.push(Command::ProposeDecline { reason: "不符规定".into(), items: vec![no] });
        for (towards, amount) in [
            (FeeDirection::Refund, Money::yuan(10)),
            (FeeDirection::Collect, Money::yuan(10)),
            (FeeDirection::Refund, Money::yuan(2_000_000)),
        ] {
            let matter = Matter::FeeDeviation { item: no, towards: Some(towards), amount };
            commands.push(Command::RequestApproval { matter, reason: "协商".into() });
        }
        commands.extend(deviating(world, case, no, code));
        for matter in [Matter::CancelEffective { item: no }, Matter::AskedAgain { item: no }] {
            commands.push(Command::RequestApproval { matter, reason: "更正".into() });
        }
        commands.extend(wrong(world, case, no, code));
    }
    let numbers: Vec<u8> = case.open_items().map(|item| item.no).collect();
    for stage in [Stage::Intake, Stage::Entry, Stage::Servicing, Stage::Recheck] {
        commands.push(Command::RequestApproval {
            matter: Matter::ReturnEffective { to: stage, items: numbers.clone() },
            reason: "生效后发现差错".into(),
        });
        for items in [numbers.clone(), numbers.iter().copied().take(1).collect()] {
            commands.push(Command::ReturnTo {
                stage,
                items: items.clone(),
                grounds: vec![Ground::NoFault(NoFault::Customer)],
                reason: "客户要求".into(),
            });
            commands.push(Command::ReturnTo {
                stage,
                items,
                grounds: vec![Ground::Finding {
                    error_point: ErrorPoint::E03,
                    severity: Severity::Minor,
                    cause: Cause::Care,
                    field: None,
                }],
                reason: "录入有误".into(),
            });
        }
    }
    let mut all = Vec::new();
    for who in everyone(world) {
        for command in &commands {
            all.push((who.clone(), command.clone()));
        }
        for to in world.people.iter().filter(|person| !person.posts.is_empty()).take(6) {
            all.push((who.clone(), Command::Assign { to: to.id.clone() }));
            all.push((who.clone(), Command::TransferHolding { to: to.id.clone() }));
        }
    }
    all
}

/// What the registrar or the system that brought the case may put right: nothing, a fact, the date, an agent who comes
/// or goes, an item asked for besides.
fn amendments(case: &Case) -> Vec<Command> {
    let as_is = Amendment::of(&case.registration);
    let with = |change: &dyn Fn(&mut Amendment)| {
        let mut amendment = as_is.clone();
        change(&mut amendment);
        // What an agent would have to hand in.
        amendment.acknowledged.extend(
            ["authority_letter", "agent_id"].map(|kind| Shortfall::Missing { material: kind.into() }),
        );
        Command::AmendRegistration { amendment: Box::new(amendment) }
    };
    let agent = Agent {
        name: "王芳".into(),
        kind: DocumentKind::ResidentId,
        identity: sealed(SecretKind::Identity, &resident_id(25)),
        expires: None,
        authority: true,
    };
    vec![
        with(&|_| {}),
        with(&|amendment| {
            let more = if case.registration.policy == policy() { 100 } else { 0 };
            amendment.policy.cash_value = policy().cash_value + Money::yuan(more);
        }),
        with(&|amendment| amendment.applied_on = amendment.applied_on.pred_opt().expect("a day before")),
        with(&|amendment| amendment.agent = amendment.agent.is_none().then(|| agent.clone())),
        with(&|amendment| amendment.add = vec!["AM".into()]),
    ]
}

/// Papers that may come: what is missing, as original and as copy, another application, one there already.
fn papers(case: &Case) -> Vec<Command> {
    let missing = case.shortfalls.iter().filter_map(|line| match line {
        Shortfall::Missing { material } => Some(material.clone()),
        Shortfall::Inadmissible { .. } => None,
    });
    let kinds =
        missing.chain([APPLICATION.into()]).chain(case.materials.last().map(|paper| paper.kind.clone()));
    kinds
        .flat_map(|kind| [MaterialForm::Original, MaterialForm::Copy].map(|form| (kind.clone(), form)))
        .map(|(kind, form)| Command::ReceiveMaterial {
            material: Material { kind, form, copies: 1, pages: 2, return_to_customer: false },
        })
        .collect()
}

/// Fees that deviate, keyed twice and once, and a premium likewise.
fn deviating(world: &World, case: &Case, no: u8, code: &str) -> Vec<Command> {
    let mut all = Vec::new();
    for command in service(world, case, no, code) {
        for twice in [true, false] {
            match &command {
                Command::SettleFee { item, lines } if !lines.is_empty() => {
                    let mut lines = lines.clone();
                    lines[0].settled += Money::yuan(10);
                    lines[0].again = twice.then_some(lines[0].settled);
                    lines[0].reason = Some("协商".into());
                    all.push(Command::SettleFee { item: *item, lines });
                }
                Command::Endorse { item, number, text, effective_date, .. } => all.push(Command::Endorse {
                    item: *item,
                    number: number.clone(),
                    text: text.clone(),
                    effective_date: *effective_date,
                    effective_date_again: None,
                    premium: Some(Money::yuan(1_200)),
                    premium_again: twice.then_some(Money::yuan(1_200)),
                }),
                _ => {}
            }
        }
    }
    all
}
