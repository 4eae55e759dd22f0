//! Registering a case: its number, its data key, its first event, in one transaction.

use std::collections::{BTreeMap, BTreeSet};

use domain::actor::{Actor, Person};
use domain::api::case::{RegisterCase, RegisterCheck};
use domain::case::decide::{RegisterInput, shortfalls_of};
use domain::case::registration::Shortfall;
use domain::case::{Context, register as decide};
use domain::catalogue::{E01Context, Item, admissibility};
use domain::id::{CaseId, ItemCode, SlipId};
use domain::post::Stage;
use domain::time::local_date;
use store::{Change, WrappedKey, number};
use uuid::Uuid;

use crate::carry::{Done, Once, TxResult};
use crate::directory::Directory;
use crate::error::{Error, Result};
use crate::seal::Sealing;
use crate::state::App;

/// Registers a case, once.
pub async fn register(app: &App, actor: Actor, input: RegisterCase, once: Once) -> Result<Done> {
    let server = app.clone();
    app.write(move |tx| {
        let (app, actor, input, once) = (server.clone(), actor.clone(), input.clone(), once.clone());
        Box::pin(async move {
            if let Some(done) = once.recall::<Done>(tx).await? {
                return Ok(done);
            }
            let done = begin(&app, tx, &actor, input, Some(&once.key)).await?;
            once.remember(tx, &done, app.source().now()).await?;
            Ok(done)
        })
    })
    .await
}

/// Registers a case inside a transaction; an import registers many.
pub async fn begin(
    app: &App,
    tx: &mut dyn store::Tx,
    actor: &Actor,
    input: RegisterCase,
    key: Option<&str>,
) -> TxResult<Done> {
    let (now, directory, id) = (app.source().now(), app.directory(), CaseId(app.source().id()));
    let RegisterCase { accepting, mut registration } = input;
    if directory.units().get(&accepting).is_none() {
        return Err(Error::NotFound.into());
    }
    let edition = directory.current(now)?;
    let catalogue = &edition.catalogue;
    let (data_key, wrapped) = app.vault().new_key(id);
    Sealing { vault: app.vault(), key: &data_key, catalogue, now }.registration(&mut registration)?;
    let open_items = tx.open_items(&registration.policy.policy_no, id).await?;
    let (sites, people) = (directory.sites(&accepting), directory.around(&accepting));
    let calendar = directory.calendar(sites.get(&Stage::Intake).unwrap_or(&accepting));
    let present = tx.present(local_date(now)).await?;
    let context = Context {
        actor,
        now,
        calendar,
        calendars: &directory.calendars_beside(calendar, sites.values().chain([&accepting])),
        present: &present,
        inspectors: &BTreeSet::new(),
        catalogue,
        sites: &sites,
        people: &people,
        open_items: &open_items,
        slip: SlipId(Uuid::nil()),
    };
    let decided = |number: &str| {
        let input = RegisterInput { id, number, accepting: &accepting, registration: &registration };
        decide(&input, &context).map_err(Error::from)
    };
    // Decided once without a number: allotting one is a write, and a refusal comes before the first write.
    decided("")?;
    let day = local_date(now);
    let sequence = tx.next_number(&accepting, day, number::CASE).await?;
    let events = decided(&number::case_number(&accepting, day, sequence))?;
    let minutes = |unit: &_, from, to| directory.minutes(unit, from, to);
    let change = Change::new(None, events, catalogue, &minutes)?.with_key(key);
    let wrapped = WrappedKey { master: app.vault().master(), wrapped };
    tx.put_case_key(id, &wrapped).await?;
    let appended = tx.append(&change).await?;
    Ok(Done { case: id, version: appended.version })
}

/// What registering would say: rules and documents line by line, what is to be acknowledged, open cases.
pub async fn check(app: &App, person: &Person, input: RegisterCase) -> Result<RegisterCheck> {
    let (now, directory) = (app.source().now(), app.directory());
    let policy_no = input.registration.policy.policy_no.clone();
    let (open_cases, open_items) = if policy_no.is_empty() {
        (Vec::new(), Vec::new())
    } else {
        app.write(move |tx| {
            let policy_no = policy_no.clone();
            Box::pin(async move {
                let cases = tx.open_cases(&policy_no).await?;
                let items = tx.open_items(&policy_no, CaseId(Uuid::nil())).await?;
                Ok((cases, items))
            })
        })
        .await?
    };
    let edition = directory.current(now)?;
    let registration = &input.registration;
    let items: Vec<&Item> =
        registration.items.iter().filter_map(|code| edition.catalogue.item(code)).collect();
    let application = registration.application();
    let e01 = E01Context { open_items: &open_items, back_date_days: person.grants.back_date_days, now };
    let lines = items
        .iter()
        .map(|item| (item.code.clone(), admissibility(item, &registration.policy, &application, &e01)))
        .collect::<Vec<(ItemCode, _)>>();
    let shortfalls = shortfalls(app, &directory, person, &input, &items, &open_items)?;
    let missing = shortfalls
        .iter()
        .filter_map(|shortfall| match shortfall {
            Shortfall::Missing { material } => Some(material.clone()),
            Shortfall::Inadmissible { .. } => None,
        })
        .collect();
    Ok(RegisterCheck { lines, missing, shortfalls, open_cases })
}

fn shortfalls(
    app: &App,
    directory: &Directory,
    person: &Person,
    input: &RegisterCase,
    items: &[&Item],
    open_items: &[ItemCode],
) -> Result<Vec<Shortfall>> {
    let now = app.source().now();
    let actor = Actor::Person(person.clone());
    let (sites, people) = (directory.sites(&input.accepting), directory.around(&input.accepting));
    let context = Context {
        actor: &actor,
        now,
        calendar: directory.calendar(&input.accepting),
        calendars: &BTreeMap::new(),
        present: &BTreeSet::new(),
        inspectors: &BTreeSet::new(),
        catalogue: &directory.current(now)?.catalogue,
        sites: &sites,
        people: &people,
        open_items,
        slip: SlipId(Uuid::nil()),
    };
    Ok(shortfalls_of(&input.registration, items, &context))
}
