//! Who may be given cases: asked of the same rule that carries the assignment out, with what everybody has in hand.

use std::collections::{BTreeMap, BTreeSet};

use domain::actor::{Actor, Person};
use domain::api::case::Candidate;
use domain::case::Command;
use domain::id::{CaseId, PersonId, SlipId, UnitId};
use domain::time::local_date;
use uuid::Uuid;

use crate::carry::Around;
use crate::error::{Error, Result};
use crate::state::App;

/// Everybody who may be given at least one of the cases: who may take most of them first, then who has least in hand.
///
/// # Errors
/// `NotFound` where a case is not in the person's scope; `Refused` where the person assigns nothing at all.
pub async fn candidates(app: &App, person: &Person, cases: &[CaseId]) -> Result<Vec<Candidate>> {
    let (now, directory) = (app.source().now(), app.directory());
    let actor = Actor::Person(person.clone());
    let (mut may, mut units) = (BTreeMap::<PersonId, u16>::new(), BTreeSet::<UnitId>::new());
    for id in cases {
        let record = app.store().case_in(*id, &person.scope).await?.ok_or(Error::NotFound)?;
        units.insert(record.case.working_unit().clone());
        let inspectors = app.store().inspectors(*id).await?;
        let around =
            Around { directory: &directory, actor: &actor, now, open_items: &[], inspectors: &inspectors };
        for other in directory.around(&record.case.accepting).iter() {
            let command = Command::Assign { to: other.id.clone() };
            if around.decide(&record.case, &command, SlipId(Uuid::nil())).is_ok() {
                *may.entry(other.id.clone()).or_default() += 1;
            }
        }
    }
    // What people have in hand anywhere in the scope: a clerk of several offices is as busy as all of them make him.
    units.extend(person.scope.iter().cloned());
    let loads = app.store().loads(&units, now, local_date(now)).await?;
    let small = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
    let names = directory.names(may.keys());
    let mut candidates: Vec<Candidate> = may
        .into_iter()
        .map(|(person, may)| {
            let load = loads.iter().find(|load| load.person == person);
            Candidate {
                name: names.get(&person).cloned().unwrap_or_default(),
                may,
                open: load.map_or(0, |load| small(load.open)),
                overdue: load.map_or(0, |load| small(load.overdue)),
                person,
            }
        })
        .collect();
    candidates.sort_by_key(|one| (std::cmp::Reverse(one.may), one.open, one.overdue));
    Ok(candidates)
}
