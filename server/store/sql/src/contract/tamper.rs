//! What is written stays written, and shows where it does not.

use super::{
    given::{at, id},
    harness::{Base, seal_key},
};
use domain::case::Fact;
use store::{
    VerifyReads,
    chain::{START, link},
    seal::SealKey,
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

/// Who cuts the tail off and seals anew without the key makes seals that do not hold.
#[tokio::test]
async fn a_seal_of_another_key_does_not_hold() {
    let base = with_three_notes().await;
    base.settled().await;
    base.write(|tx| Box::pin(async move { Ok(tx.seal(&SealKey::new([8; 32]), at(10, 0)).await?) })).await;
    let state = base.store.seals(&seal_key()).await.unwrap();
    assert_eq!(state.faults.len(), 1, "{:?}", state.faults);
    assert_eq!(state.unsealed, 0);
    let own = base.store.seals(&SealKey::new([8; 32])).await.unwrap();
    assert_eq!(own.faults, Vec::<String>::new());
    base.drop().await;
}

/// Every table of evidence refuses change and removal; what rightly changes still does.
#[tokio::test]
async fn evidence_is_append_only() {
    let base = with_three_notes().await;
    base.settled().await;
    base.write(|tx| Box::pin(async move { Ok(tx.seal(&seal_key(), at(10, 0)).await?) })).await;
    base.run(EVIDENCE).await.unwrap();
    for (column, tables) in [
        ("at", &["seal", "access_record", "draw", "finding", "import_batch", "draw_seed", "event"][..]),
        ("hash", &["ledger"]),
        ("body", &["catalogue"]),
        ("evidence", &["check_verdict"]),
        ("number", &["source_case", "sample_check", "slip"]),
    ] {
        for table in tables {
            let change = base.run_text(format!("UPDATE {table} SET {column} = {column}")).await.unwrap_err();
            assert!(change.to_string().contains("append only"), "{table}: {change}");
            let removal = base.run_text(format!("DELETE FROM {table}")).await.unwrap_err();
            assert!(removal.to_string().contains("append only"), "{table}: {removal}");
        }
    }
    // Done once, and then no more.
    base.run("UPDATE sample_check SET state = 'done', conforms = true, done_at = at_of.at FROM (SELECT at FROM draw) AS at_of")
        .await
        .unwrap();
    let again = base.run("UPDATE sample_check SET version = 3").await.unwrap_err();
    assert!(again.to_string().contains("append only"), "{again}");
    base.run("UPDATE draw SET verified_at = at").await.unwrap();
    base.run("UPDATE slip SET closed = true").await.unwrap();
    // Purging a case destroys its data key.
    base.run("DELETE FROM case_key").await.unwrap();
    base.drop().await;
}

/// A row in every table of evidence that the story of this test leaves empty.
#[cfg(feature = "sqlite")]
const EVIDENCE: &str = "
    INSERT INTO ledger (seq, entry, table_name, row_key, hash) VALUES (9000, 1, 'draw', 'x', zeroblob(32));
    INSERT INTO catalogue (version, in_force_from, body) VALUES (900, '2026-03-18T01:00:00+00:00', '{}');
    INSERT INTO access_record (at, person, case_id, purpose) VALUES ('2026-03-18T01:00:00+00:00', 'P', zeroblob(16), 'x');
    INSERT INTO slip (id, number, kind, from_stage, from_unit, to_stage, to_unit, begun_at, closed)
      VALUES (zeroblob(16), 'S', 'posts', 'intake', 'SH', 'entry', 'SH', '2026-03-18T01:00:00+00:00', 0);
    INSERT INTO draw_seed (business_date, seed, commitment, at) VALUES ('2026-03-18', 'x', 'x', '2026-03-18T01:00:00+00:00');
    INSERT INTO draw (id, number, business_date, unit, post, frame_size, frame_hash, seed_commitment, seed, drawn, at, person)
      VALUES (zeroblob(16), 'D', '2026-03-18', 'SH', 'entry', 1, 'x', 'x', 'x', 1, '2026-03-18T01:00:00+00:00', 'P');
    INSERT INTO sample_check (id, version, draw_id, case_id, stage, round, case_version, number, items, person, unit, accepting, finished_at, inspector, state)
      VALUES (zeroblob(16), 1, zeroblob(16), zeroblob(16), 'entry', 1, 1, 'C', '[]', 'P', 'SH', 'SH', '2026-03-18T01:00:00+00:00', 'I', 'open');
    INSERT INTO check_verdict (check_id, point, verdict, evidence) VALUES (zeroblob(16), 1, 'conforms', '');
    INSERT INTO finding (id, check_id, case_id, error_point, severity, cause, responsible, evidence, affected, person, at)
      VALUES (zeroblob(16), zeroblob(16), zeroblob(16), 'E01', 'minor', 'care', 'P', '', 0, 'I', '2026-03-18T01:00:00+00:00');
    INSERT INTO import_batch (source, file_hash, kind, rows_read, cases, at) VALUES ('s', 'h', 'case_list', 1, 1, '2026-03-18T01:00:00+00:00');
    INSERT INTO source_case (source, number, case_id) VALUES ('s', 'n', zeroblob(16));
    INSERT INTO case_key (case_id, master, wrapped) VALUES (zeroblob(16), 'm', zeroblob(16));";

/// A row in every table of evidence that the story of this test leaves empty.
#[cfg(feature = "postgres")]
const EVIDENCE: &str = "
    INSERT INTO ledger (seq, entry, table_name, row_key, hash) VALUES (9000, 1, 'draw', 'x', decode(repeat('00', 32), 'hex'));
    INSERT INTO catalogue (version, in_force_from, body) VALUES (900, '2026-03-18T01:00:00+00:00', '{}');
    INSERT INTO access_record (at, person, case_id, purpose) VALUES ('2026-03-18T01:00:00+00:00', 'P', '00000000-0000-0000-0000-000000000000', 'x');
    INSERT INTO slip (id, number, kind, from_stage, from_unit, to_stage, to_unit, begun_at, closed)
      VALUES ('00000000-0000-0000-0000-000000000000', 'S', 'posts', 'intake', 'SH', 'entry', 'SH', '2026-03-18T01:00:00+00:00', false);
    INSERT INTO draw_seed (business_date, seed, commitment, at) VALUES ('2026-03-18', 'x', 'x', '2026-03-18T01:00:00+00:00');
    INSERT INTO draw (id, number, business_date, unit, post, frame_size, frame_hash, seed_commitment, seed, drawn, at, person)
      VALUES ('00000000-0000-0000-0000-000000000000', 'D', '2026-03-18', 'SH', 'entry', 1, 'x', 'x', 'x', 1, '2026-03-18T01:00:00+00:00', 'P');
    INSERT INTO sample_check (id, version, draw_id, case_id, stage, round, case_version, number, items, person, unit, accepting, finished_at, inspector, state)
      VALUES ('00000000-0000-0000-0000-000000000000', 1, '00000000-0000-0000-0000-000000000000', '00000000-0000-0000-0000-000000000000', 'entry', 1, 1, 'C', '[]', 'P', 'SH', 'SH', '2026-03-18T01:00:00+00:00', 'I', 'open');
    INSERT INTO check_verdict (check_id, point, verdict, evidence) VALUES ('00000000-0000-0000-0000-000000000000', 1, 'conforms', '');
    INSERT INTO finding (id, check_id, case_id, error_point, severity, cause, responsible, evidence, affected, person, at)
      VALUES ('00000000-0000-0000-0000-000000000000', '00000000-0000-0000-0000-000000000000', '00000000-0000-0000-0000-000000000000', 'E01', 'minor', 'care', 'P', '', 0, 'I', '2026-03-18T01:00:00+00:00');
    INSERT INTO import_batch (source, file_hash, kind, rows_read, cases, at) VALUES ('s', 'h', 'case_list', 1, 1, '2026-03-18T01:00:00+00:00');
    INSERT INTO source_case (source, number, case_id) VALUES ('s', 'n', '00000000-0000-0000-0000-000000000000');
    INSERT INTO case_key (case_id, master, wrapped) VALUES ('00000000-0000-0000-0000-000000000000', 'm', '');";

#[tokio::test]
async fn a_cut_tail_breaks_the_seal() {
    let base = with_three_notes().await;
    let seal = || base.write(|tx| Box::pin(async move { Ok(tx.seal(&seal_key(), at(10, 0)).await?) }));
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
    let broken = base.store.seals(&seal_key()).await.unwrap();
    assert_eq!(broken.faults, ["seal 2 does not agree with its 1 events and 0 entries of the ledger"]);
    assert_eq!(
        base.store.orphans().await.unwrap(),
        ["case with fewer or more events than its version: SH-260318-0001"]
    );
    base.drop().await;
}
