//! 64 clients take 10,000 cases: none twice, none left, bands respected.

use super::{
    given::{Like, at, person, priority},
    harness::Base,
};
use chrono::TimeDelta;
use domain::{
    actor::{Actor, By},
    api::queue::{Band, BandLimits},
    case::{Command, Context, Fact, decide, state::Priority},
    id::{CaseId, SlipId},
    post::Stage,
    time::Calendar,
};
use std::{collections::BTreeSet, sync::Arc, time::Instant};
use store::{Bulk, Change, NextAsk, Place, QueueReads, Store, StoreError, StoreExt, VerifyReads, WriteError};

const CASES: u32 = 10_000;
const CLIENTS: u32 = 64;

fn bands() -> BandLimits {
    BandLimits { now: at(10, 0), soon: at(12, 0), today: at(17, 0) }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sixty_four_clients_share_ten_thousand_cases() {
    let base = Base::new().await;
    let given = base.given.clone();
    let mut bulk = Bulk::default();
    for number in 1..=CASES {
        // Spread over all bands, a few of them urgent; numbered against the order of their due times.
        let due_at = at(9, 0) + TimeDelta::seconds(i64::from((CASES - number) * 7919 % CASES) * 4);
        let like = Like { due_at, by: By::Integration("list".to_owned()), ..given.like() };
        let facts = if number % 50 == 0 { vec![("LEAD", priority(Priority::Vip))] } else { Vec::new() };
        bulk.cases.push(given.change(None, given.past(number, &like, facts)).unwrap());
    }
    base.store.bulk(bulk).await.unwrap();
    let began = Instant::now();
    let mut clients = tokio::task::JoinSet::new();
    for client in 0..CLIENTS {
        let (store, given) = (Arc::clone(&base.store), given.clone());
        clients.spawn(async move {
            let mut taken: Vec<(CaseId, Place)> = Vec::new();
            while let Some(next) = claim_next(&*store, &given, client).await {
                taken.push(next);
            }
            taken
        });
    }
    let taken = clients.join_all().await;
    let seconds = began.elapsed().as_secs_f64();
    println!(
        "{:?}: {CASES} claims by {CLIENTS} clients, {:.0}/s",
        base.store.engine(),
        f64::from(CASES) / seconds
    );
    let all: BTreeSet<CaseId> = taken.iter().flatten().map(|(case, _)| *case).collect();
    assert_eq!(taken.iter().map(Vec::len).sum::<usize>(), CASES as usize, "none is given twice");
    assert_eq!(all.len(), CASES as usize, "none is left");
    for of_client in &taken {
        // Nobody is given a case while an earlier one is free: to each client the order never falls.
        let order: Vec<_> = of_client
            .iter()
            .map(|(_, place)| (place.band, place.rank, place.act_by, place.arrived_at, place.number.clone()))
            .collect();
        assert!(order.is_sorted(), "bands, ranks and due times are respected");
    }
    let bands: BTreeSet<Band> = taken.iter().flatten().map(|(_, place)| place.band).collect();
    assert_eq!(bands.len(), 4, "every band had work");
    let counts = base
        .store
        .tab_counts(
            domain::post::Queue::Intake,
            &"C0".into(),
            &super::given::units(&["SH"]),
            &BTreeSet::new(),
            at(10, 0),
            super::given::day(),
        )
        .await
        .unwrap();
    assert_eq!(counts.tabs[0], u64::from(CASES));
    assert_eq!(base.store.orphans().await.unwrap(), Vec::<String>::new());
    base.drop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_applications_on_one_policy_at_once_the_second_sees_the_first() {
    const POLICY: &str = "310000004711";
    let base = Base::new().await;
    let given = base.given.clone();
    let mut clerks = tokio::task::JoinSet::new();
    for number in 1..=8 {
        let (store, given) = (Arc::clone(&base.store), given.clone());
        clerks.spawn(async move {
            let begun = store
                .write(move |tx| {
                    let given = given.clone();
                    Box::pin(async move {
                        if !tx.open_items(&POLICY.into(), super::given::id(number)).await?.is_empty() {
                            return Ok(false);
                        }
                        // Others come in between what is read and what is written.
                        for _ in 0..50 {
                            tokio::task::yield_now().await;
                        }
                        let mut event = given.registered(number, &given.like());
                        if let Fact::Registered { registration, .. } = &mut event.fact {
                            registration.policy.policy_no = POLICY.into();
                        }
                        tx.append(&given.change(None, vec![event])?).await?;
                        Ok::<_, WriteError<()>>(true)
                    })
                })
                .await;
            begun.unwrap()
        });
    }
    let begun = clerks.join_all().await.into_iter().filter(|begun| *begun).count();
    assert_eq!(begun, 1, "each but the first sees the first");
    base.end().await;
}

/// The command the server runs: candidates in order, `decide` has the last word.
async fn claim_next(
    store: &(impl Store + ?Sized),
    given: &super::given::Given,
    client: u32,
) -> Option<(CaseId, Place)> {
    let (given, person) = (given.clone(), person(&format!("C{client}"), &["SH"]));
    let calendar = Calendar::national();
    let outcome = store
        .write(move |tx| {
            let (given, person, calendar) = (given.clone(), person.clone(), calendar.clone());
            Box::pin(async move {
                let ask = NextAsk {
                    stage: Stage::Intake,
                    person: &person,
                    bands: bands(),
                    now: at(10, 0),
                    keepers: &[],
                };
                let people = [person.clone(), super::given::person("REC", &["SH"])];
                let actor = Actor::Person(person.clone());
                let mut behind = None;
                while let Some(candidate) = tx.next_candidate(&ask, behind.as_ref()).await? {
                    let record = tx.case(candidate.case).await?.ok_or(StoreError::Invalid("gone"))?;
                    let context = Context {
                        actor: &actor,
                        now: at(10, 0),
                        calendar: &calendar,
                        calendars: &std::collections::BTreeMap::new(),
                        present: &BTreeSet::new(),
                        inspectors: &BTreeSet::new(),
                        catalogue: &given.catalogue,
                        sites: &std::collections::BTreeMap::new(),
                        people: &people,
                        open_items: &[],
                        slip: SlipId(uuid::Uuid::nil()),
                    };
                    if let Ok(events) = decide(&record.case, &Command::Claim {}, &context) {
                        let change: Change = given.change(Some(record), events)?;
                        tx.append(&change).await?;
                        return Ok(Some((candidate.case, candidate.place)));
                    }
                    behind = Some(candidate.place);
                }
                Ok::<_, WriteError<()>>(None)
            })
        })
        .await;
    outcome.unwrap()
}
