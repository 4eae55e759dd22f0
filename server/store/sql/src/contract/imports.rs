//! Imported event logs: read-only cases that stand in lists.

use super::{
    given::{at, day, id, person, units},
    harness::Base,
    queues::bands,
};
use chrono::TimeDelta;
use domain::{
    actor::By,
    api::{
        case::ImportedStep,
        queue::{QueueQuery, Tab},
    },
    case::{Event, Fact},
    catalogue::{CatalogueVersion, Channel},
    post::{Queue, Stage},
    time::DayEnd,
};
use std::collections::BTreeSet;
use store::{
    Batch, BatchKind, CaseReads, DashboardReads, Grown, Head, ImportReads, Imported, NextAsk, OpenFilter,
    Position, QueueAsk, QueueReads, StoreError, StoreExt, VerifyReads, WriteError, chain::START,
};

fn step(minute: i64, stage: Stage, resource: Option<&str>) -> ImportedStep {
    ImportedStep {
        at: at(9, minute) + TimeDelta::milliseconds(266),
        started_at: (minute == 2).then(|| at(9, 1)),
        activity: format!("step at {stage}"),
        stage,
        resource: resource.map(str::to_owned),
        group: Some("Group 1".to_owned()),
        rework: stage == Stage::Servicing,
        referral: false,
    }
}

fn cases() -> Vec<Imported> {
    let case = |number: u32, open: bool, steps| Imported {
        id: id(number),
        number: format!("case-{number}"),
        unit: "NL".into(),
        channel: Some("Desk".to_owned()),
        department: None,
        deadline: Some(at(12, 0)),
        end: (!open).then(|| at(11, 0)),
        open,
        by_day: false,
        steps,
    };
    vec![
        case(1, true, vec![step(1, Stage::Intake, Some("R1")), step(2, Stage::Recheck, None)]),
        case(2, false, vec![step(1, Stage::Intake, Some("R2")), step(5, Stage::Servicing, Some("R1"))]),
    ]
}

fn batch() -> Batch {
    Batch {
        kind: BatchKind::EventLog,
        source: "receipt".to_owned(),
        file_hash: "ab".repeat(32),
        rows: 4,
        cases: 2,
        at: at(14, 0),
        by: None,
    }
}

async fn import(base: &Base, batch: Batch, cases: Vec<Imported>) -> Result<(), WriteError<()>> {
    base.store
        .write(move |tx| {
            let (batch, cases) = (batch.clone(), cases.clone());
            Box::pin(async move { Ok(tx.import(&batch, &cases).await?) })
        })
        .await
}

async fn imported() -> Base {
    let base = Base::new().await;
    import(&base, batch(), cases()).await.unwrap();
    base
}

#[tokio::test]
async fn a_file_is_imported_once() {
    let base = imported().await;
    let again = import(&base, batch(), cases()).await;
    assert!(matches!(again, Err(WriteError::Store(StoreError::Duplicate(_)))), "{again:?}");
    let same_cases = import(&base, Batch { file_hash: "cd".repeat(32), ..batch() }, cases()).await;
    assert!(matches!(same_cases, Err(WriteError::Store(StoreError::Duplicate(_)))), "{same_cases:?}");
    let without_steps = vec![Imported { steps: Vec::new(), ..cases().remove(0) }];
    let none = import(&base, Batch { file_hash: "ef".repeat(32), ..batch() }, without_steps).await;
    assert!(matches!(none, Err(WriteError::Store(StoreError::Invalid(_)))), "{none:?}");
    let (known, found, unknown) = base
        .write(|tx| {
            Box::pin(async move {
                let known = tx.source_cases("receipt").await?;
                let found = tx.batch("receipt", &"ab".repeat(32)).await?;
                Ok((known, found, tx.batch("receipt", "none").await?))
            })
        })
        .await;
    assert_eq!(known, [("case-1".to_owned(), id(1)), ("case-2".to_owned(), id(2))]);
    assert_eq!((found, unknown), (Some(batch()), None));
    assert_eq!(base.store.batches(10).await.unwrap(), [batch()]);
    let sources = base.store.sources().await.unwrap();
    assert_eq!(sources.len(), 1);
    assert_eq!((sources[0].cases, sources[0].steps), (2, 4));
    assert_eq!(sources[0].first, Some(cases()[0].steps[0].at), "milliseconds are kept");
    assert_eq!(base.store.counts().await.unwrap().imported, 2);
    base.end().await;
}

#[tokio::test]
async fn a_case_list_remembers_its_numbers() {
    let base = Base::new().await;
    base.begin(vec![base.given.registered(1, &base.given.like())], None).await;
    let note = |case: u32| {
        base.store.write(move |tx| {
            Box::pin(async move { Ok::<_, WriteError<()>>(tx.note_source("branch", "A1", id(case)).await?) })
        })
    };
    note(1).await.unwrap();
    assert!(matches!(note(2).await, Err(WriteError::Store(StoreError::Duplicate(_)))));
    base.end().await;
}

#[tokio::test]
async fn imported_cases_are_read_with_their_steps() {
    let base = imported().await;
    let read = base.store.imported(id(1), &units(&["NL"])).await.unwrap().unwrap();
    assert_eq!((read.number.as_str(), read.source.as_str()), ("case-1", "receipt"));
    assert_eq!(read.steps, cases()[0].steps);
    assert_eq!((read.channel.as_deref(), read.deadline, read.end), (Some("Desk"), Some(at(12, 0)), None));
    assert!(base.store.imported(id(1), &units(&["SH"])).await.unwrap().is_none());
    assert!(base.store.imported(id(9), &units(&["NL"])).await.unwrap().is_none());
    let all = base.store.imported_behind("receipt", None, 10).await.unwrap();
    assert_eq!(
        all.iter().map(|row| (row.case.id, row.open)).collect::<Vec<_>>(),
        [(id(1), true), (id(2), false)]
    );
    assert_eq!(all[1].case.steps, cases()[1].steps);
    assert_eq!(base.store.imported_behind("receipt", Some("case-1"), 10).await.unwrap().len(), 1);
    assert_eq!(base.store.imported_behind("other", None, 10).await.unwrap().len(), 0);
    assert_eq!(base.store.imported_open(&units(&["NL"])).await.unwrap(), 1);
    let found = base.store.search("case-", &units(&["NL"]), 10).await.unwrap();
    let mut found: Vec<_> = found.into_iter().map(|found| (found.id, found.stage, found.imported)).collect();
    found.sort_unstable();
    assert_eq!(found, [(id(1), Some(Stage::Recheck), true), (id(2), None, true)]);
    base.end().await;
}

#[tokio::test]
async fn open_imported_cases_stand_in_lists_and_in_nobodys_pool() {
    let base = imported().await;
    let (who, scope, within) = ("ENT1".into(), units(&["NL"]), BTreeSet::new());
    let query = QueueQuery { tab: Tab::Todo, channel: Some(Channel::Counter), ..QueueQuery::default() };
    let ask = QueueAsk {
        queue: Queue::Recheck,
        person: &who,
        units: &scope,
        within: &within,
        bands: bands(),
        today: day(),
        query: &query,
    };
    let page = base.store.queue_page(&ask, &Position::First, 10).await.unwrap();
    assert_eq!(page.rows.len(), 1);
    assert!(page.rows[0].imported);
    assert_eq!(
        (page.rows[0].number.as_str(), page.rows[0].breach_at),
        ("case-1", Some(DayEnd::before(at(12, 0))))
    );
    let clerk = person("REC1", &["NL"]);
    let next = base.write(move |tx| {
        let clerk = clerk.clone();
        Box::pin(async move {
            let ask = NextAsk {
                stage: Stage::Recheck,
                person: &clerk,
                bands: bands(),
                now: at(10, 0),
                keepers: &[],
            };
            Ok(tx.next_candidate(&ask, None).await?)
        })
    });
    assert_eq!(next.await, None);
    let filter = OpenFilter { units: &scope, stages: &BTreeSet::new() };
    assert!(base.store.open_counts(&filter, at(10, 0), at(24, 0)).await.unwrap().is_empty());
    assert!(base.store.open_ages(&filter, 10).await.unwrap().is_empty());
    base.end().await;
}

#[tokio::test]
async fn an_imported_case_takes_notes() {
    let base = imported().await;
    let note = |version: u64| Event {
        case: id(1),
        version,
        at: at(15, 0),
        by: By::Person("REC1".into()),
        stage: None,
        unit: "NL".into(),
        catalogue: CatalogueVersion(1),
        fact: Fact::Noted { text: format!("备注 {version}") },
    };
    let append = |version: u64| {
        base.store.write(move |tx| {
            let event = note(version);
            Box::pin(async move {
                let (head, unit) = tx.imported_head(id(1)).await?.unwrap();
                assert_eq!(unit.as_str(), "NL");
                Ok::<_, WriteError<()>>(tx.append_note(head, &event, Some("k")).await?)
            })
        })
    };
    append(1).await.unwrap();
    append(2).await.unwrap();
    assert!(matches!(append(2).await, Err(WriteError::Store(StoreError::Invalid(_)))));
    let stale = base.store.write(move |tx| {
        let event = note(1);
        Box::pin(async move {
            Ok::<_, WriteError<()>>(tx.append_note(Head { version: 0, link: START }, &event, None).await?)
        })
    });
    assert!(matches!(stale.await, Err(WriteError::Store(StoreError::Stale { .. }))));
    let read = base.store.imported(id(1), &units(&["NL"])).await.unwrap().unwrap();
    assert_eq!(read.notes, [note(1), note(2)]);
    base.end().await;
}

#[tokio::test]
async fn a_case_that_has_gone_on_keeps_what_stood_there() {
    let base = imported().await;
    let mut case = cases().remove(0);
    case.steps.push(step(9, Stage::Binding, Some("R9")));
    (case.open, case.end, case.by_day) = (false, Some(at(13, 0)), true);
    let more = Imported { open: true, end: None, by_day: false, ..case.clone() };
    let read = |ids: Vec<domain::id::CaseId>| {
        base.write(move |tx| {
            let ids = ids.clone();
            Box::pin(async move { Ok(tx.imported_cases(&ids).await?) })
        })
    };
    let standing = read(vec![id(1), id(9)]).await;
    assert_eq!(standing.len(), 1);
    assert_eq!((&standing[0].case.steps, standing[0].version), (&cases()[0].steps, 0));
    assert_eq!((standing[0].unit.as_str(), standing[0].case.by_day), ("NL", false));
    for (case, before, open) in [(more, 2, Some(Stage::Binding)), (case.clone(), 3, None)] {
        let grown = Grown { case, before, version: 0 };
        base.write(move |tx| {
            let grown = grown.clone();
            Box::pin(async move { Ok(tx.grow(std::slice::from_ref(&grown)).await?) })
        })
        .await;
        let found = base.store.search("case-1", &units(&["NL"]), 10).await.unwrap();
        assert_eq!(found.iter().map(|found| found.stage).collect::<Vec<_>>(), [open]);
    }
    let now = base.store.imported(id(1), &units(&["NL"])).await.unwrap().unwrap();
    assert_eq!((&now.steps, now.end, now.by_day), (&case.steps, Some(at(13, 0)), true));
    assert_eq!(base.store.imported_open(&units(&["NL"])).await.unwrap(), 0);
    let fewer = base
        .store
        .write(move |tx| {
            let grown = Grown { case: cases().remove(0), before: 3, version: 0 };
            Box::pin(async move { Ok::<_, WriteError<()>>(tx.grow(&[grown]).await?) })
        })
        .await;
    assert!(matches!(fewer, Err(WriteError::Store(StoreError::Invalid(_)))), "{fewer:?}");
    base.end().await;
}
