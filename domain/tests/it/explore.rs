//! Candidate commands for a case: everything anyone might try, sensible or not.

use crate::{
    common::*,
    route::{ask, bind, confirm_core, enter, pass, service},
};
use domain::{
    case::{
        Case, Command,
        command::ReleaseMethod,
        item::ReviewLines,
        returns::{Ground, NoFault},
        state::{Matter, Priority},
    },
    id::{CheckId, MaterialKind, PersonId},
    money::Money,
    post::Stage,
    quality::points::{Cause, ErrorPoint, Severity},
};
use uuid::Uuid;

/// People and commands worth trying on a case as it stands, in a fixed order.
pub fn candidates(world: &World, case: &Case) -> Vec<(PersonId, Command)> {
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
        Command::AmendRegistration { registration: Box::new(case.registration.clone()) },
        Command::ConfirmReceipt { counted: case.materials.iter().map(|paper| paper.pages).collect() },
        Command::ConfirmReceipt { counted: case.materials.iter().map(|paper| paper.pages + 1).collect() },
        Command::ExpireLease {},
        Command::BarRelease { check: CheckId(Uuid::from_u128(7)), stage: Stage::Entry },
        Command::LiftBar { check: CheckId(Uuid::from_u128(7)) },
        Command::ReceiveMaterial {
            material: domain::case::Material {
                kind: case
                    .materials
                    .first()
                    .map_or(MaterialKind::from("application"), |paper| paper.kind.clone()),
                form: domain::catalogue::MaterialForm::Copy,
                copies: 1,
                pages: 2,
                return_to_customer: false,
            },
        },
    ];
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
        commands.push(Command::RequestApproval {
            matter: Matter::FeeDeviation { item: no, amount: Money::yuan(10) },
            reason: "协商".into(),
        });
    }
    let numbers: Vec<u8> = case.open_items().map(|item| item.no).collect();
    for stage in [Stage::Intake, Stage::Entry, Stage::Servicing, Stage::Recheck] {
        commands.push(Command::RequestApproval {
            matter: Matter::ReturnEffective { to: stage },
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
    for person in &world.people {
        for command in &commands {
            all.push((person.id.clone(), command.clone()));
        }
        for to in ["ENT1", "ALL1", "REC1", "SRV1"] {
            all.push((person.id.clone(), Command::Assign { to: to.into() }));
            all.push((person.id.clone(), Command::TransferHolding { to: to.into() }));
        }
    }
    all
}
