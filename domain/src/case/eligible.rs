//! Who may take and work a case: post, scope, separation, grants, reserve (process §3).
//!
//! Claim and every step ask the same rule; the step asks again because grants end.

use super::{
    context::Context,
    refusal::Refusal,
    state::{Case, Line},
};
use crate::{
    actor::{Limit, Person},
    catalogue::ItemClass,
    id::{PersonId, UnitId},
    money::Money,
    post::Stage,
};
use std::collections::BTreeMap;

/// Stages that a stage must be separate from: who worked there may not work here. The relation holds in either
/// order (process §3). The final check is separate from the last binding, which [`separated`] looks up itself.
pub const fn separate_from(stage: Stage) -> &'static [Stage] {
    match stage {
        Stage::Intake | Stage::Entry | Stage::Servicing => &[Stage::Recheck],
        Stage::Recheck => &[Stage::Intake, Stage::Entry, Stage::Servicing],
        Stage::Binding => &[Stage::FinalCheck],
        Stage::FinalCheck => &[],
    }
}

/// Whether the person may work the case at a stage: post, scope, separation, grants, in this order.
pub fn may_work(case: &Case, stage: Stage, person: &Person, ctx: &Context) -> Result<(), Refusal> {
    let unit = unit_of(case, stage, ctx);
    if !person.holds(stage.post()) {
        return Err(Refusal::PostNotHeld { post: stage.post() });
    }
    if !person.scope.contains(unit) {
        return Err(Refusal::OutOfScope {});
    }
    separated(case, stage, person, ctx)?;
    granted(case, stage, person, ctx)
}

/// Whether a person may do a step of a stage without holding the case – book a paper, send a case back after a
/// major finding: what makes somebody *worked on* asks separation and reserve like every step (process §3).
pub fn may_act(case: &Case, stage: Stage, person: &Person, ctx: &Context) -> Result<(), Refusal> {
    separated(case, stage, person, ctx)?;
    reserve(case, stage, person, ctx)
}

/// The unit that works a stage of the case: where it stands now, else by the sites.
pub fn unit_of<'c>(case: &'c Case, stage: Stage, ctx: &'c Context) -> &'c UnitId {
    if case.stage() == Some(stage) {
        return case.working_unit();
    }
    ctx.site(stage, &case.accepting)
}

/// Separation of persons on one case, in either order: the stages of [`separate_from`], the final check from the
/// last binding, inspectors from everyone who works on it.
pub fn separated(case: &Case, stage: Stage, person: &Person, ctx: &Context) -> Result<(), Refusal> {
    if let Some(worked_at) = separate_from(stage).iter().find(|other| case.worked_at(&[**other], &person.id))
    {
        return Err(Refusal::Separation { worked_at: *worked_at });
    }
    let bound = |item: &super::CaseItem| {
        item.bound.as_ref().is_some_and(|bound| bound.done.by.person() == Some(&person.id))
    };
    if stage == Stage::FinalCheck && case.open_items().any(bound) {
        return Err(Refusal::Separation { worked_at: Stage::Binding });
    }
    if ctx.inspectors.contains(&person.id) || case.bars.iter().any(|bar| bar.by == person.id) {
        return Err(Refusal::Inspected {});
    }
    Ok(())
}

/// Grants: every open item among the person's items; at recheck, which authorises, the amount too.
pub fn granted(case: &Case, stage: Stage, person: &Person, ctx: &Context) -> Result<(), Refusal> {
    let others =
        |could: &dyn Fn(&Person) -> bool| who(ctx, |other| other.holds(stage.post()) && could(other));
    for item in case.open_items() {
        if !person.grants.covers_item(&item.code) {
            return Err(Refusal::ItemNotGranted {
                item: item.code.clone(),
                who: others(&|other| other.grants.covers_item(&item.code)),
            });
        }
    }
    if stage == Stage::Recheck {
        for (class, amount) in expected_amounts(case, ctx) {
            let limit = person.grants.limit(class);
            if !limit.covers(amount) {
                return Err(Refusal::AmountAboveGrant {
                    class,
                    amount,
                    limit: match limit {
                        Limit::UpTo(limit) => limit,
                        Limit::Unlimited => amount,
                    },
                    who: others(&|other| other.grants.limit(class).covers(amount)),
                });
            }
        }
    }
    Ok(())
}

/// Amount per class as settled; before that, as computed from the policy facts (process §2).
pub fn expected_amounts(case: &Case, ctx: &Context) -> BTreeMap<ItemClass, Money> {
    case.amounts(ctx.catalogue)
}

/// People in the context who satisfy a condition, for "who can help".
pub fn who(ctx: &Context, could: impl Fn(&Person) -> bool) -> Vec<PersonId> {
    ctx.people.iter().filter(|person| could(person)).map(|person| person.id.clone()).collect()
}

/// Who could work a stage of the case, present or not: all who hold its post in scope, with the grants, and may by
/// separation.
pub fn able<'c>(
    case: &'c Case,
    stage: Stage,
    ctx: &'c Context<'c>,
) -> impl Iterator<Item = &'c Person> + use<'c> {
    ctx.people.iter().filter(move |person| may_work(case, stage, person, ctx).is_ok())
}

/// Who could recheck the case.
pub fn recheckers<'c>(case: &'c Case, ctx: &'c Context<'c>) -> impl Iterator<Item = &'c Person> + use<'c> {
    able(case, Stage::Recheck, ctx)
}

/// Stages for which an act at a stage may not use up the last person (process §3, reserve). No item of the
/// catalogue asks for a final check yet, so that Binding keeps nobody back.
const fn keeps(stage: Stage) -> &'static [Stage] {
    match stage {
        Stage::Intake | Stage::Entry | Stage::Servicing => &[Stage::Recheck],
        Stage::Recheck => &[Stage::Entry, Stage::Servicing],
        Stage::Binding | Stage::FinalCheck => &[],
    }
}

/// Refuses what would take the last person of the unit and those above who could recheck the case – or, of an act
/// of Recheck, who could enter or service it (process §3, reserve). Who is separate already takes nobody away;
/// where nobody could anyway, nothing is refused.
pub fn reserve(case: &Case, stage: Stage, person: &Person, ctx: &Context) -> Result<(), Refusal> {
    for kept in keeps(stage) {
        let counts = may_work(case, *kept, person, ctx).is_ok();
        if counts && !able(case, *kept, ctx).any(|candidate| candidate.id != person.id) {
            return Err(Refusal::Reserve { stage: *kept });
        }
    }
    Ok(())
}

/// The first stage on the way of an open case, from where it stands, that nobody could work 无人可办 (process §3).
/// Where papers are on their way it is the stage they go to; a claim that may still be worked counts as somebody.
pub fn nobody(case: &Case, ctx: &Context) -> Option<Stage> {
    let from = case.line().map_or(case.stage()?, |line| line.to);
    let way = [Stage::Intake, Stage::Entry, Stage::Servicing, Stage::Recheck, Stage::Binding];
    way.into_iter().filter(|stage| *stage >= from).find(|stage| able(case, *stage, ctx).next().is_none())
}

/// Whether a person may receive the open line of a slip: of its post in its unit. Nobody confirms his own line
/// while another eligible person of the receiving post is in scope (process §1, custody); where there is none he
/// may, and the line says so. Gives whether it is his own.
pub fn may_receive(case: &Case, line: &Line, person: &Person, ctx: &Context) -> Result<bool, Refusal> {
    let post = line.to.post();
    if !person.holds(post) {
        return Err(Refusal::PostNotHeld { post });
    }
    if !person.scope.contains(&line.unit) {
        return Err(Refusal::OutOfScope {});
    }
    if line.giver != person.id {
        return Ok(false);
    }
    let eligible = |other: &&Person| {
        other.id != person.id
            && other.holds(post)
            && other.scope.contains(&line.unit)
            && separated(case, line.to, other, ctx).is_ok()
            && granted(case, line.to, other, ctx).is_ok()
    };
    if ctx.people.iter().any(|other| eligible(&other)) { Err(Refusal::OwnLine {}) } else { Ok(true) }
}
