//! Who may take and work a case: post, scope, separation, grants, reserve (process §3).
//!
//! Claim and every step ask the same rule; the step asks again because grants end.

use super::{context::Context, refusal::Refusal, state::Case};
use crate::{
    actor::{Limit, Person},
    catalogue::ItemClass,
    id::{PersonId, UnitId},
    money::Money,
    post::Stage,
};
use std::collections::BTreeMap;

/// Stages that a stage must be separate from: who worked there may not work here.
pub const fn separate_from(stage: Stage) -> &'static [Stage] {
    match stage {
        Stage::Recheck => &[Stage::Intake, Stage::Entry, Stage::Servicing],
        Stage::FinalCheck => &[Stage::Binding],
        _ => &[],
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
    separated(case, stage, person)?;
    granted(case, stage, person, ctx)
}

/// The unit that works a stage of the case: where it stands now, else by the sites.
pub fn unit_of<'c>(case: &'c Case, stage: Stage, ctx: &'c Context) -> &'c UnitId {
    if case.stage() == Some(stage) {
        return case.working_unit();
    }
    ctx.site(stage, &case.accepting)
}

/// Separation of persons on one case.
pub fn separated(case: &Case, stage: Stage, person: &Person) -> Result<(), Refusal> {
    match separate_from(stage).iter().find(|other| case.worked_at(&[**other], &person.id)) {
        Some(worked_at) => Err(Refusal::Separation { worked_at: *worked_at }),
        None => Ok(()),
    }
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

/// Who could recheck the case: all who hold the post in scope with the grants and did not work on it
/// where recheck must be separate – present or not.
pub fn recheckers<'c>(case: &'c Case, ctx: &'c Context<'c>) -> impl Iterator<Item = &'c Person> {
    let case_site = unit_of(case, Stage::Recheck, ctx);
    ctx.people.iter().filter(move |person| {
        person.holds(Stage::Recheck.post())
            && person.scope.contains(case_site)
            && separated(case, Stage::Recheck, person).is_ok()
            && granted(case, Stage::Recheck, person, ctx).is_ok()
    })
}

/// Whether a step at a stage counts against a later recheck.
pub const fn uses_reserve(stage: Stage) -> bool {
    matches!(stage, Stage::Intake | Stage::Entry | Stage::Servicing)
}

/// Refuses what would take the last person who could recheck the case (process §3, reserve). Who has
/// worked on it already takes nobody away; where nobody could anyway, nothing is refused.
pub fn reserve(case: &Case, stage: Stage, person: &PersonId, ctx: &Context) -> Result<(), Refusal> {
    if !uses_reserve(stage) {
        return Ok(());
    }
    let mut could = recheckers(case, ctx).map(|candidate| &candidate.id).peekable();
    if could.peek().is_some() && could.all(|candidate| candidate == person) {
        return Err(Refusal::Reserve {});
    }
    Ok(())
}
