//! Whoever follows the feed misses nothing, though transactions commit in another order than they began.

use super::harness::{Base, Written};
use domain::id::UnitId;
use std::sync::Arc;
use store::{FeedEntry, FeedReads, Store, StoreExt, VerifyReads};
use tokio::sync::Notify;
use uuid::Uuid;

fn notice(id: u128) -> FeedEntry {
    FeedEntry {
        seq: 0,
        at: super::given::at(9, 0),
        aggregate: "case".to_owned(),
        id: Uuid::from_u128(id),
        version: 1,
        queues: Vec::new(),
        unit: UnitId::from("SH"),
        accepting: UnitId::from("SH"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slow_transaction_is_not_skipped() {
    let base = Base::new().await;
    let add = |id| base.write(move |tx| Box::pin(async move { Ok(tx.notice(&notice(id)).await?) }));
    add(1).await;
    base.settled().await;
    // A transaction takes its place in the log, and then takes its time.
    let (placed, go) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let slow = {
        let (store, placed, go) = (Arc::clone(&base.store), Arc::clone(&placed), Arc::clone(&go));
        tokio::spawn(async move {
            let written: Written<()> = store
                .write(move |tx| {
                    let (placed, go) = (Arc::clone(&placed), Arc::clone(&go));
                    Box::pin(async move {
                        tx.notice(&notice(2)).await?;
                        placed.notify_one();
                        go.notified().await;
                        Ok(())
                    })
                })
                .await;
            written
        })
    };
    placed.notified().await;
    // One that began later commits first.
    add(3).await;
    let seen = || async {
        let feed = base.store.feed(0, 10).await.unwrap();
        feed.entries.into_iter().map(|entry| entry.id.as_u128()).collect::<Vec<_>>()
    };
    assert_eq!(seen().await, [1], "the third waits for the second");
    let behind = base.store.feed_end().await.unwrap();
    go.notify_one();
    slow.await.unwrap().unwrap();
    base.settled().await;
    assert_eq!(seen().await, [1, 2, 3], "in the order of their places");
    let rest = base.store.feed(behind, 10).await.unwrap();
    assert_eq!(rest.entries.len(), 2, "who followed misses none");
    base.end().await;
}

/// Data that came from a server with older transaction ids: new places are above the old ones.
#[tokio::test]
async fn places_grow_on_a_younger_server() {
    let base = Base::new().await;
    let add = |id| base.write(move |tx| Box::pin(async move { Ok(tx.notice(&notice(id)).await?) }));
    add(1).await;
    base.run("UPDATE change_feed SET seq = seq + 409600000000").await.unwrap();
    base.store.migrate().await.unwrap();
    add(2).await;
    base.store.migrate().await.unwrap();
    add(3).await;
    base.settled().await;
    let feed = base.store.feed(0, 10).await.unwrap();
    assert_eq!(feed.entries.iter().map(|entry| entry.id.as_u128()).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(base.store.counts().await.unwrap().events, 0);
    base.end().await;
}
