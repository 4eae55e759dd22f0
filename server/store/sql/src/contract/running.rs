//! What keeps a server running: keys, sessions, throttles, leases, the feed.

use super::{
    given::{at, id},
    harness::Base,
};
use domain::{case::Fact, id::PersonId, post::Queue};
use store::{Answer, FeedEntry, FeedReads, PeopleReads, Recall, Session, Throttle};
use uuid::Uuid;

#[tokio::test]
async fn a_key_is_answered_as_the_first_time() {
    let base = Base::new().await;
    let recall = |person: &'static str, request: u8| {
        base.write(move |tx| {
            Box::pin(async move { Ok(tx.recall(&PersonId::from(person), "k1", &[request; 32]).await?) })
        })
    };
    assert_eq!(recall("ENT1", 1).await, Recall::Fresh);
    let answer = Answer { status: 200, body: "{\"version\":3}".to_owned() };
    let kept = answer.clone();
    base.write(move |tx| {
        let kept = kept.clone();
        Box::pin(async move { Ok(tx.remember(&"ENT1".into(), "k1", &[1; 32], &kept, at(9, 0)).await?) })
    })
    .await;
    assert_eq!(recall("ENT1", 1).await, Recall::Answered(answer));
    assert_eq!(recall("ENT1", 2).await, Recall::OtherRequest);
    assert_eq!(recall("ENT2", 1).await, Recall::Fresh, "keys are a person's own");
    let forget = |before| base.write(move |tx| Box::pin(async move { Ok(tx.forget_keys(before).await?) }));
    assert_eq!(forget(at(9, 0)).await, 0);
    assert_eq!(forget(at(9, 1)).await, 1);
    assert_eq!(recall("ENT1", 1).await, Recall::Fresh);
    base.end().await;
}

/// Two requests with the same key at the same time: one is carried out, the other is answered as the first.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn requests_with_the_same_key_wait_for_each_other() {
    let base = Base::new().await;
    let once = || {
        base.write(|tx| {
            Box::pin(async move {
                let recalled = tx.recall(&"ENT1".into(), "k1", &[1; 32]).await?;
                if recalled == Recall::Fresh {
                    let answer = Answer { status: 200, body: String::new() };
                    tx.remember(&"ENT1".into(), "k1", &[1; 32], &answer, at(9, 0)).await?;
                }
                Ok(recalled == Recall::Fresh)
            })
        })
    };
    let runs = futures::future::join_all((0..20).map(|_| once())).await;
    assert_eq!(runs.into_iter().filter(|fresh| *fresh).count(), 1);
    base.end().await;
}

#[tokio::test]
async fn sessions_begin_live_and_end() {
    let base = Base::new().await;
    super::people::one_unit_one_person(&base).await;
    let session = |token: u8| Session {
        token: [token; 32],
        id: Uuid::from_u128(u128::from(token)),
        person: "INT1".into(),
        created_at: at(9, i64::from(token)),
        seen_at: at(9, i64::from(token)),
        ends_at: at(21, 0),
        address: "10.0.0.8".to_owned(),
        device: "Chrome · Windows".to_owned(),
        verified: token == 2,
    };
    for token in 1..=3 {
        base.write(move |tx| Box::pin(async move { Ok(tx.begin_session(&session(token)).await?) })).await;
    }
    let touched = |token: u8| {
        base.write(move |tx| Box::pin(async move { Ok(tx.touch_session(&[token; 32], at(10, 0)).await?) }))
    };
    assert!(touched(1).await);
    assert!(!touched(9).await);
    let read = base.store.session(&[1; 32]).await.unwrap().unwrap();
    assert_eq!(read.session, Session { seen_at: at(10, 0), ..session(1) });
    assert!(read.must_change && !read.enrolled);
    assert_eq!(base.store.session(&[9; 32]).await.unwrap(), None);
    assert_eq!(base.store.sessions_of(&"INT1".into(), at(12, 0)).await.unwrap()[1], session(2));
    assert_eq!(base.store.sessions_of(&"INT1".into(), at(21, 0)).await.unwrap().len(), 0);
    let swept = base.write(|tx| Box::pin(async move { Ok(tx.sweep_sessions(at(10, 5), at(9, 3)).await?) }));
    assert_eq!(swept.await, 1, "the second was idle too long");
    let ended = base.write(|tx| Box::pin(async move { Ok(tx.end_session(&[3; 32]).await?) }));
    assert!(ended.await);
    let all = base.write(|tx| Box::pin(async move { Ok(tx.end_sessions_of(&"INT1".into()).await?) }));
    assert_eq!(all.await, 1);
    base.end().await;
}

#[tokio::test]
async fn throttles_are_kept_per_key() {
    let base = Base::new().await;
    let throttle = Throttle { failures: 3, last_at: at(9, 0), wait_until: Some(at(9, 5)) };
    let kept = throttle.clone();
    base.write(move |tx| {
        let kept = kept.clone();
        Box::pin(async move {
            tx.put_throttle("INT1", &Throttle { failures: 1, last_at: at(8, 0), wait_until: None }).await?;
            tx.put_throttle("INT1", &kept).await?;
            Ok(tx.put_throttle("10.0.0.1", &kept).await?)
        })
    })
    .await;
    let read = |key: &'static str| base.write(move |tx| Box::pin(async move { Ok(tx.throttle(key).await?) }));
    assert_eq!(read("INT1").await, Some(throttle));
    assert_eq!(read("INT2").await, None);
    base.write(|tx| Box::pin(async move { Ok(tx.clear_throttle("INT1").await?) })).await;
    assert_eq!(read("INT1").await, None);
    let swept = base.write(|tx| Box::pin(async move { Ok(tx.sweep_throttles(at(10, 0)).await?) }));
    assert_eq!(swept.await, 1);
    base.end().await;
}

#[tokio::test]
async fn a_lease_has_one_holder_until_it_is_over() {
    let base = Base::new().await;
    let take = |holder: &'static str, minute| {
        base.write(move |tx| {
            Box::pin(
                async move { Ok(tx.take_lease("expiry", holder, at(9, minute), at(9, minute + 5)).await?) },
            )
        })
    };
    assert!(take("a", 0).await);
    assert!(!take("b", 4).await, "while a's runs");
    assert!(take("a", 4).await, "a renews");
    assert!(!take("b", 8).await);
    assert!(take("b", 9).await, "a's is over");
    base.write(|tx| Box::pin(async move { Ok(tx.drop_lease("expiry", "a").await?) })).await;
    assert!(!take("a", 10).await, "only the holder gives back");
    base.write(|tx| Box::pin(async move { Ok(tx.drop_lease("expiry", "b").await?) })).await;
    assert!(take("a", 10).await);
    base.end().await;
}

#[tokio::test]
async fn the_feed_tells_in_order_what_changed() {
    let base = Base::new().await;
    assert_eq!(base.store.feed_end().await.unwrap(), 0);
    let first = base.begin(vec![base.given.registered(1, &base.given.like())], None).await;
    let second = base.tell(id(1), "INT1", at(9, 5), vec![Fact::Unclaimed {}]).await;
    let notice = FeedEntry {
        seq: 0,
        at: at(9, 6),
        aggregate: "people".to_owned(),
        id: Uuid::from_u128(5),
        version: 1,
        queues: Vec::new(),
        unit: "SH".into(),
        accepting: "SH".into(),
    };
    base.write(move |tx| {
        let notice = notice.clone();
        Box::pin(async move { Ok(tx.notice(&notice).await?) })
    })
    .await;
    base.settled().await;
    let feed = base.store.feed(0, 10).await.unwrap();
    let told: Vec<_> = feed.entries.iter().map(|entry| (entry.aggregate.as_str(), entry.version)).collect();
    assert_eq!(told, [("case", 1), ("case", 2), ("people", 1)]);
    assert!(!feed.gap);
    assert_eq!((feed.entries[0].seq, feed.entries[1].seq), (first.seq, second.seq));
    assert_eq!(feed.entries[1].queues, [Queue::Intake]);
    assert_eq!((feed.entries[1].id, feed.entries[1].accepting.as_str()), (id(1).0, "SH"));
    assert!(feed.entries.is_sorted_by_key(|entry| entry.seq));
    assert_eq!(base.store.feed(first.seq, 1).await.unwrap().entries, feed.entries[1..2]);
    assert_eq!(base.store.feed_end().await.unwrap(), feed.entries[2].seq);
    let trimmed = base.write(|tx| Box::pin(async move { Ok(tx.trim_feed(at(23, 0)).await?) }));
    assert_eq!(trimmed.await, 2, "the newest stays");
    let rest = base.store.feed(first.seq, 10).await.unwrap();
    assert!(rest.gap, "who was behind fetches anew");
    assert!(!base.store.feed(feed.entries[2].seq, 10).await.unwrap().gap);
    let third = base.tell(id(1), "INT1", at(9, 7), vec![Fact::Claimed {}]).await;
    assert!(third.seq > feed.entries[2].seq, "places are never used twice");
    base.end().await;
}
