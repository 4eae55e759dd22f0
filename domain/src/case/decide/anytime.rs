//! What may be done besides the stage's own work: papers, holds, priority, notes, withdrawal, bars.

use super::{Emit, aside, holder, in_scope, is_system, lead, one, open, person, text, use_approval};
use crate::{
    actor::Role,
    case::{
        context::Context,
        eligible,
        event::{Event, Fact},
        refusal::{InputRule, Needs, Refusal},
        registration::Material,
        state::{Case, Ending, Matter, Priority, Status},
    },
    catalogue::{APPLICATION, HandedIn, missing_materials},
    id::CheckId,
    post::{Post, Stage},
    time::Timestamp,
};

/// Recorded by anyone of the post in scope, whoever holds the case, in any open status; not on a slip,
/// whose papers are being counted.
pub(super) fn receive_material(
    case: &Case,
    material: &Material,
    ctx: &Context,
) -> Result<Vec<Event>, Refusal> {
    let person = person(ctx)?;
    let stage = match (person.holds(Post::Intake), person.holds(Post::Binding), case.stage()) {
        (_, true, Some(Stage::Binding)) | (false, true, _) => Stage::Binding,
        (true, ..) => Stage::Intake,
        (false, false, _) => return Err(Refusal::PostNotHeld { post: Post::Intake }),
    };
    in_scope(case, person)?;
    let (_, status) = open(case)?;
    eligible::may_act(case, stage, person, ctx)?;
    if matches!(status, Status::HandedOver(_)) {
        return Err(Refusal::WrongStatus { needs: Needs::Held });
    }
    if ctx.catalogue.material(&material.kind).is_none() {
        return Err(Refusal::input("/receive_material/material/kind", InputRule::Unknown));
    }
    if material.copies == 0 {
        return Err(Refusal::input("/receive_material/material/copies", InputRule::Positive));
    }
    if material.pages == 0 {
        return Err(Refusal::input("/receive_material/material/pages", InputRule::Positive));
    }
    let fact = Fact::MaterialReceived {
        material: material.clone(),
        still_missing: missing_with(case, material, ctx),
        application: material.kind.as_str() == APPLICATION,
    };
    Ok(Emit::at(case, ctx, Some(stage)).push(fact).done())
}

/// Whether the kind of a paper that comes now is missing all the same: a copy does not do where the original is
/// needed.
fn missing_with(case: &Case, material: &Material, ctx: &Context) -> bool {
    let items: Vec<_> = case.open_items().filter_map(|item| ctx.catalogue.item(&item.code)).collect();
    let papers = case.materials.iter().chain([material]);
    let handed_in: Vec<HandedIn> =
        papers.map(|paper| HandedIn { kind: paper.kind.clone(), form: paper.form }).collect();
    missing_materials(&items, &handed_in, case.registration.agent.is_some())
        .into_iter()
        .any(|missing| missing.kind == material.kind)
}

pub(super) fn amend_count(
    case: &Case,
    index: u16,
    pages: u16,
    reason: &str,
    ctx: &Context,
) -> Result<Vec<Event>, Refusal> {
    holder(case, ctx, &Stage::ALL)?;
    let Some(material) = case.materials.get(usize::from(index)) else {
        return Err(Refusal::input("/amend_count/material", InputRule::Unknown));
    };
    text("/amend_count/reason", reason)?;
    let matter = Matter::AmendCount { material: index, pages };
    let approval = use_approval(case, &matter, ctx, |granted| *granted == matter)?;
    Ok(one(
        case,
        ctx,
        Fact::CountAmended {
            material: index,
            before: material.pages,
            pages,
            reason: reason.to_owned(),
            approval: Some(approval),
        },
    ))
}

pub(super) fn set_priority(
    case: &Case,
    priority: Priority,
    reason: &str,
    ctx: &Context,
) -> Result<Vec<Event>, Refusal> {
    lead(case, ctx)?;
    let (_, status) = open(case)?;
    if matches!(status, Status::HandedOver(_)) {
        return Err(Refusal::WrongStatus { needs: Needs::Held });
    }
    if case.priority == priority {
        return Err(Refusal::AlreadyDone { done: None });
    }
    text("/set_priority/reason", reason)?;
    Ok(aside(case, ctx, Fact::PrioritySet { priority, reason: reason.to_owned() }))
}

pub(super) fn hold(
    case: &Case,
    reason: &str,
    until: Timestamp,
    moves_due: bool,
    ctx: &Context,
) -> Result<Vec<Event>, Refusal> {
    holder(case, ctx, &Stage::ALL)?;
    text("/put_on_hold/reason", reason)?;
    if until <= ctx.now {
        return Err(Refusal::input("/put_on_hold/until", InputRule::Past));
    }
    let approval = if moves_due {
        let fits = |granted: &Matter| matches!(granted, Matter::HoldMovesDue { until: approved } if *approved >= until);
        Some(use_approval(case, &Matter::HoldMovesDue { until }, ctx, fits)?)
    } else {
        None
    };
    Ok(one(case, ctx, Fact::Held { reason: reason.to_owned(), until, moves_due, approval }))
}

pub(super) fn resume(case: &Case, ctx: &Context) -> Result<Vec<Event>, Refusal> {
    let allowed = match ctx.actor.person() {
        Some(person) => {
            in_scope(case, person)?;
            case.holding().is_some_and(|holding| holding.by == person.id) || person.role.leads()
        }
        None => is_system(ctx),
    };
    let (_, status) = open(case)?;
    let Status::Waiting { holding, hold } = status else {
        return Err(Refusal::WrongStatus { needs: Needs::Waiting });
    };
    if !allowed {
        return Err(Refusal::HeldByOther { holder: holding.by.clone() });
    }
    if is_system(ctx) && ctx.now < hold.until {
        return Err(Refusal::LeaseRuns {});
    }
    let due_at = if hold.moves_due {
        // By no more than was approved, however late the case is taken up again.
        let paused = ctx.calendar.minutes_between(hold.since, ctx.now.min(hold.until));
        ctx.calendar.add_minutes(case.due_at, paused)
    } else {
        case.due_at
    };
    Ok(one(case, ctx, Fact::Resumed { due_at }))
}

/// Intake or entry, whoever of the post: the signed request is what counts.
pub(super) fn withdraw(case: &Case, pages: u16, reason: &str, ctx: &Context) -> Result<Vec<Event>, Refusal> {
    let person = person(ctx)?;
    if !person.holds(Post::Intake) && !person.holds(Post::Entry) {
        return Err(Refusal::PostNotHeld { post: Post::Intake });
    }
    in_scope(case, person)?;
    let stage = if person.holds(Post::Intake) { Stage::Intake } else { Stage::Entry };
    let (_, status) = open(case)?;
    // The reserve is not asked: what ends here nobody will have to recheck.
    eligible::separated(case, stage, person, ctx)?;
    if matches!(status, Status::HandedOver(_)) {
        return Err(Refusal::WrongStatus { needs: Needs::Held });
    }
    let outstanding: Vec<u8> =
        case.items.iter().filter(|item| item.core_outstanding()).map(|item| item.no).collect();
    if !outstanding.is_empty() {
        return Err(Refusal::CoreOutstanding { items: outstanding });
    }
    if pages == 0 {
        return Err(Refusal::input("/withdraw/request_pages", InputRule::Positive));
    }
    text("/withdraw/reason", reason)?;
    Ok(Emit::at(case, ctx, Some(stage))
        .push(Fact::Ended { ending: Ending::Withdrawn, method: None, detail: reason.to_owned() })
        .done())
}

pub(super) fn note(case: &Case, wording: &str, ctx: &Context) -> Result<Vec<Event>, Refusal> {
    let person = person(ctx)?;
    in_scope(case, person)?;
    text("/add_note/text", wording)?;
    Ok(aside(case, ctx, Fact::Noted { text: wording.to_owned() }))
}

fn inspector(case: &Case, ctx: &Context) -> Result<(), Refusal> {
    let person = person(ctx)?;
    if person.role != Role::Inspector {
        return Err(Refusal::NotAnInspector {});
    }
    in_scope(case, person)?;
    match Stage::ALL.into_iter().find(|stage| case.worked_at(&[*stage], &person.id)) {
        Some(worked_at) => Err(Refusal::Separation { worked_at }),
        None => Ok(()),
    }
}

pub(super) fn bar(case: &Case, check: CheckId, stage: Stage, ctx: &Context) -> Result<Vec<Event>, Refusal> {
    inspector(case, ctx)?;
    open(case)?;
    if case.bars.iter().any(|bar| bar.check == check) {
        return Err(Refusal::AlreadyDone { done: None });
    }
    Ok(aside(case, ctx, Fact::ReleaseBarred { check, stage }))
}

pub(super) fn lift_bar(case: &Case, check: CheckId, ctx: &Context) -> Result<Vec<Event>, Refusal> {
    inspector(case, ctx)?;
    open(case)?;
    if !case.bars.iter().any(|bar| bar.check == check) {
        return Err(Refusal::AlreadyDone { done: None });
    }
    Ok(aside(case, ctx, Fact::BarLifted { check }))
}
