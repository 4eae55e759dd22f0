//! Writing: refusals, failures, panics, groups.

use super::{
    given::{id, number_of},
    harness::Base,
};
use chrono::NaiveDate;
use domain::{case::Fact, id::UnitId};
use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};
use store::{Engine, Store, StoreError, StoreExt, VerifyReads, WriteError};
use tokio::sync::Notify;

fn day() -> NaiveDate {
    super::given::day()
}

#[tokio::test]
async fn a_refusal_is_handed_back_and_nothing_is_written() {
    let base = Base::new().await;
    let refused: Result<(), WriteError<&str>> = base
        .store
        .write(|tx| {
            Box::pin(async move {
                tx.next_number(&"SH".into(), day(), 'C').await?;
                Err(WriteError::Refused("after a write"))
            })
        })
        .await;
    assert!(matches!(refused, Err(WriteError::Refused("after a write"))));
    let next = base.write(|tx| Box::pin(async move { Ok(tx.next_number(&"SH".into(), day(), 'C').await?) }));
    assert_eq!(next.await, 1);
    base.end().await;
}

#[tokio::test]
async fn a_panic_costs_the_command_and_not_the_store() {
    let base = Base::new().await;
    let broken: Result<(), WriteError<()>> =
        base.store.write(|_| Box::pin(async move { panic!("a mistake of ours") })).await;
    assert!(matches!(broken, Err(WriteError::Store(StoreError::Panicked))));
    let next = base.write(|tx| Box::pin(async move { Ok(tx.next_number(&"SH".into(), day(), 'C').await?) }));
    assert_eq!(next.await, 1);
    base.end().await;
}

/// Commands that wait while one runs are one group on `SQLite`: when one of them fails after it has written, the
/// others are written all the same, by a second run. On PostgreSQL each has a transaction of its own.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_command_that_fails_late_takes_nobody_along() {
    let base = Base::new().await;
    let (begun, go) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let first = {
        let (store, begun, go) = (Arc::clone(&base.store), Arc::clone(&begun), Arc::clone(&go));
        tokio::spawn(async move {
            store
                .write(move |_| {
                    let (begun, go) = (Arc::clone(&begun), Arc::clone(&go));
                    Box::pin(async move {
                        begun.notify_one();
                        go.notified().await;
                        Ok::<(), WriteError<&str>>(())
                    })
                })
                .await
        })
    };
    begun.notified().await;
    let runs = Arc::new(AtomicU32::new(0));
    // Polled in this order while the first one holds the writer, so that they wait in this order.
    let take = |unit: &'static str, fails: bool| {
        let runs = Arc::clone(&runs);
        base.store.write(move |tx| {
            let runs = Arc::clone(&runs);
            Box::pin(async move {
                let number = tx.next_number(&UnitId::from(unit), day(), 'C').await?;
                if fails {
                    return Err(WriteError::Refused("too late"));
                }
                runs.fetch_add(1, Ordering::SeqCst);
                Ok(number)
            })
        })
    };
    let together = futures::future::join3(take("SH", false), take("BJ", true), take("SH", false));
    let release = async {
        // All three are in the queue once they have been polled; only then the first one ends.
        go.notify_one();
    };
    let (outcomes, ()) = futures::future::join(together, release).await;
    assert!(first.await.unwrap().is_ok());
    assert!(matches!(outcomes.1, Err(WriteError::Refused("too late"))));
    let mut numbers = [outcomes.0.unwrap(), outcomes.2.unwrap()];
    numbers.sort_unstable();
    assert_eq!(numbers, [1, 2]);
    let other = base.write(|tx| Box::pin(async move { Ok(tx.next_number(&"BJ".into(), day(), 'C').await?) }));
    assert_eq!(other.await, 1, "what the failed command took is free again");
    let expected = if base.store.engine() == Engine::Sqlite { 3 } else { 2 };
    assert_eq!(runs.load(Ordering::SeqCst), expected, "the first of the group ran twice, the last once");
    base.end().await;
}

#[tokio::test]
async fn a_change_decided_on_an_older_version_is_stale() {
    let base = Base::new().await;
    base.begin(vec![base.given.registered(1, &base.given.like())], None).await;
    let given = base.given.clone();
    let outcome = base
        .store
        .write(move |tx| {
            let given = given.clone();
            Box::pin(async move {
                let record = tx.case(id(1)).await?.unwrap();
                let note = |text: &str| vec![Fact::Noted { text: text.to_owned() }];
                let decided = |text| {
                    let events =
                        given.events(&record.case, &"INT1".into(), super::given::at(9, 5), note(text));
                    given.change(Some(record.clone()), events)
                };
                tx.append(&decided("first")?).await?;
                Ok::<_, WriteError<()>>(tx.append(&decided("second")?).await?)
            })
        })
        .await;
    let Err(WriteError::Store(StoreError::Stale { case, expected, found })) = outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!((case, expected, found), (id(1), 1, Some(2)));
    assert_eq!(base.case(id(1)).await.version, 1, "the first one was taken back with it");
    base.end().await;
}

#[tokio::test]
async fn a_number_is_given_to_one_case_only() {
    let base = Base::new().await;
    let like = base.given.like();
    base.begin(vec![base.given.registered(1, &like)], None).await;
    let mut second = base.given.registered(2, &like);
    if let Fact::Registered { number, .. } = &mut second.fact {
        *number = number_of(1, &like);
    }
    let given = base.given.clone();
    let outcome = base
        .store
        .write(move |tx| {
            let change = given.change(None, vec![second.clone()]);
            Box::pin(async move { Ok::<_, WriteError<()>>(tx.append(&change?).await?) })
        })
        .await;
    assert!(matches!(outcome, Err(WriteError::Store(StoreError::Duplicate(_)))), "{outcome:?}");
    assert_eq!(base.store.counts().await.unwrap().cases, 1);
    base.end().await;
}

#[tokio::test]
async fn a_store_that_was_not_migrated_says_so() {
    let base = Base::new().await;
    base.store.check().await.unwrap();
    base.run("UPDATE _sqlx_migrations SET version = 999 WHERE version = 1").await.unwrap();
    assert!(matches!(base.store.check().await, Err(StoreError::Newer(999))));
    assert!(matches!(base.store.migrate().await, Err(StoreError::Newer(999))));
    base.run("DELETE FROM _sqlx_migrations").await.unwrap();
    assert!(matches!(base.store.check().await, Err(StoreError::Older(1))));
    base.run("DROP TABLE _sqlx_migrations").await.unwrap();
    assert!(matches!(base.store.check().await, Err(StoreError::Older(1))));
    base.drop().await;
}
