//! What is written stays written, and shows where it does not.

use super::{
    given::{at, id},
    harness::Base,
};
use domain::case::Fact;
use store::{
    VerifyReads,
    chain::{START, link},
};

const LET_IN: &str = if cfg!(feature = "sqlite") {
    "DROP TRIGGER event_no_update; DROP TRIGGER event_no_delete"
} else {
    "DROP TRIGGER event_append_only ON event"
};

async fn with_three_notes() -> Base {
    let base = Base::new().await;
    base.begin(vec![base.given.registered(1, &base.given.like())], None).await;
    for minute in 1..=3 {
        base.tell(id(1), "INT1", at(9, minute), vec![Fact::Noted { text: format!("note {minute}") }]).await;
    }
    base
}

/// The first version whose link does not hold.
async fn broken_at(base: &Base) -> Option<u64> {
    let mut before = START;
    for stored in base.store.events_behind(None, 100).await.unwrap() {
        if stored.link != link(&before, &stored.envelope, &stored.payload) {
            return Some(stored.envelope.version);
        }
        before = stored.link;
    }
    None
}

#[tokio::test]
async fn events_can_neither_be_changed_nor_removed() {
    let base = with_three_notes().await;
    let change = base.run("UPDATE event SET payload = '{\"noted\":{\"text\":\"other\"}}'").await;
    assert!(change.unwrap_err().to_string().contains("append only"));
    let remove = base.run("DELETE FROM event").await;
    assert!(remove.unwrap_err().to_string().contains("append only"));
    base.end().await;
}

#[tokio::test]
async fn a_changed_payload_breaks_the_chain() {
    let base = with_three_notes().await;
    assert_eq!(broken_at(&base).await, None);
    base.run(LET_IN).await.unwrap();
    base.run("UPDATE event SET payload = '{\"noted\":{\"text\":\"note 9\"}}' WHERE version = 3")
        .await
        .unwrap();
    assert_eq!(broken_at(&base).await, Some(3));
    base.drop().await;
}

#[tokio::test]
async fn a_changed_actor_or_time_breaks_the_chain() {
    for sql in [
        "UPDATE event SET actor = 'SRV9' WHERE version = 2",
        "UPDATE event SET at = '2026-03-18T01:02:00.001+00:00' WHERE version = 2",
        "UPDATE event SET unit = 'BJ' WHERE version = 2",
        "UPDATE event SET command_key = 'other' WHERE version = 2",
    ] {
        let base = with_three_notes().await;
        base.run(LET_IN).await.unwrap();
        base.run(sql).await.unwrap();
        assert_eq!(broken_at(&base).await, Some(2), "{sql}");
        base.drop().await;
    }
}

#[tokio::test]
async fn a_cut_tail_breaks_the_seal() {
    let base = with_three_notes().await;
    let seal = || base.write(|tx| Box::pin(async move { Ok(tx.seal(at(10, 0)).await?) }));
    base.settled().await;
    assert_eq!(seal().await, 4);
    assert_eq!(seal().await, 0, "nothing has come since");
    base.tell(id(1), "INT1", at(10, 5), vec![Fact::Noted { text: "late".to_owned() }]).await;
    base.settled().await;
    assert_eq!(seal().await, 1);
    base.assert_sound().await;
    base.run(LET_IN).await.unwrap();
    base.run("DELETE FROM event WHERE version = 5").await.unwrap();
    assert_eq!(broken_at(&base).await, None, "the chain alone cannot tell");
    let broken = base.store.broken_seal().await.unwrap();
    assert_eq!(broken.as_deref(), Some("seal 2 does not agree with its 1 events"));
    assert_eq!(
        base.store.orphans().await.unwrap(),
        ["case with fewer or more events than its version: SH-260318-0001"]
    );
    base.drop().await;
}
