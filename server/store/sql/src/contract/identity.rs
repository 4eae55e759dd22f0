//! Second factors, exact searches, the audit record.

use super::{
    given::{at, id, units},
    harness::Base,
};
use domain::{
    api::audit::{AuditKind, AuditRow},
    id::{PersonId, UnitId},
};
use std::collections::BTreeSet;
use store::{AccessRecord, AuditAsk, AuditReads, FOUND, PeopleReads, SEARCH, SecondFactor};
use uuid::Uuid;

fn person() -> PersonId {
    "INT1".into()
}

#[tokio::test]
async fn no_code_is_taken_twice_and_none_of_the_past() {
    let base = Base::new().await;
    super::people::one_unit_one_person(&base).await;
    let factor = SecondFactor { offered: Some(vec![7; 48]), ..SecondFactor::default() };
    let kept = factor.clone();
    base.write(move |tx| {
        let kept = kept.clone();
        Box::pin(async move { Ok(tx.put_second_factor(&person(), &kept).await?) })
    })
    .await;
    assert_eq!(PeopleReads::second_factor(&*base.store, &person()).await.unwrap(), Some(factor.clone()));
    let take = |step| base.write(move |tx| Box::pin(async move { Ok(tx.take_step(&person(), step).await?) }));
    let at_once = futures::future::join_all((0..8).map(|_| take(100))).await;
    assert_eq!(at_once.into_iter().filter(|taken| *taken).count(), 1);
    assert!(!take(99).await);
    assert!(take(101).await);
    let confirmed =
        SecondFactor { secret: factor.offered, confirmed_at: Some(at(9, 0)), last_step: 101, offered: None };
    let kept = confirmed.clone();
    let read = base
        .write(move |tx| {
            let kept = kept.clone();
            Box::pin(async move {
                tx.put_second_factor(&person(), &kept).await?;
                Ok(tx.second_factor(&person()).await?)
            })
        })
        .await;
    assert_eq!(read, Some(confirmed));
    let removed = || base.write(|tx| Box::pin(async move { Ok(tx.remove_second_factor(&person()).await?) }));
    assert!(removed().await);
    assert!(!removed().await);
    base.end().await;
}

#[tokio::test]
async fn a_recovery_code_is_good_once() {
    let base = Base::new().await;
    super::people::one_unit_one_person(&base).await;
    let put = |codes: &'static [[u8; 32]]| {
        base.write(move |tx| Box::pin(async move { Ok(tx.put_recovery_codes(&person(), codes).await?) }))
    };
    put(&[[1; 32], [2; 32], [3; 32]]).await;
    let take = |code: u8| {
        base.write(move |tx| {
            Box::pin(async move { Ok(tx.take_recovery_code(&person(), &[code; 32], at(9, 0)).await?) })
        })
    };
    let at_once = futures::future::join_all((0..8).map(|_| take(2))).await;
    assert_eq!(at_once.into_iter().filter(|taken| *taken).count(), 1);
    assert!(!take(9).await);
    assert_eq!(base.store.recovery_left(&person()).await.unwrap(), 2);
    put(&[[4; 32]]).await;
    assert!(!take(1).await, "new codes take the place of the old ones");
    assert_eq!(base.store.recovery_left(&person()).await.unwrap(), 1);
    base.end().await;
}

#[tokio::test]
async fn exact_searches_are_counted_by_person_and_time() {
    let base = Base::new().await;
    for (minute, who, purpose, case) in [
        (0, "INT1", SEARCH, None),
        (30, "INT1", SEARCH, None),
        (30, "INT1", FOUND, Some(id(1))),
        (31, "ENT1", SEARCH, None),
    ] {
        let record =
            AccessRecord { at: at(9, minute), person: who.into(), case, purpose: purpose.to_owned() };
        base.write(move |tx| {
            let record = record.clone();
            Box::pin(async move { Ok(tx.record_access(&record).await?) })
        })
        .await;
    }
    let counted =
        base.write(|tx| Box::pin(async move { Ok(tx.exact_searches(&person(), at(9, 0)).await?) })).await;
    assert_eq!(counted, [at(9, 30)]);
    base.end().await;
}

fn row(
    number: u128,
    kind: AuditKind,
    actor: Option<&str>,
    about: Option<&str>,
    unit: Option<&str>,
) -> AuditRow {
    AuditRow {
        id: Uuid::from_u128(number),
        at: at(9, i64::try_from(number).unwrap()),
        kind,
        actor: actor.map(PersonId::from),
        person: about.map(PersonId::from),
        unit: unit.map(UnitId::from),
        address: Some("10.0.0.8".to_owned()),
        subject: Some("GET /api/cases/{id}".to_owned()),
    }
}

#[tokio::test]
async fn the_audit_record_is_read_by_page_and_filter_within_scope() {
    let base = Base::new().await;
    let rows = [
        row(1, AuditKind::SignInRefused, None, None, None),
        row(2, AuditKind::PersonAdded, None, Some("INT1"), Some("SH")),
        row(3, AuditKind::NotFound, Some("INT1"), None, Some("SH")),
        row(4, AuditKind::NotFound, Some("BJ1"), None, Some("BJ")),
    ];
    let written = rows.clone();
    base.write(move |tx| {
        let written = written.clone();
        Box::pin(async move {
            for row in &written {
                tx.audit(row).await?;
            }
            Ok(())
        })
    })
    .await;
    let shanghai = units(&["SH"]);
    let all = AuditAsk {
        units: &shanghai,
        person: None,
        kind: None,
        from: None,
        to: None,
        before: None,
        limit: 10,
    };
    let read = async |ask: AuditAsk<'_>| {
        let rows = base.store.audit(&ask).await.unwrap();
        rows.into_iter().map(|row| row.id.as_u128()).collect::<Vec<_>>()
    };
    assert_eq!(base.store.audit(&all).await.unwrap(), [rows[2].clone(), rows[1].clone(), rows[0].clone()]);
    assert_eq!(read(AuditAsk { units: &BTreeSet::new(), ..all.clone() }).await, [1]);
    assert_eq!(read(AuditAsk { person: Some(&person()), ..all.clone() }).await, [3, 2]);
    assert_eq!(read(AuditAsk { kind: Some(AuditKind::NotFound), ..all.clone() }).await, [3]);
    assert_eq!(read(AuditAsk { from: Some(at(9, 2)), to: Some(at(9, 3)), ..all.clone() }).await, [2]);
    assert_eq!(read(AuditAsk { limit: 2, ..all.clone() }).await, [3, 2]);
    assert_eq!(read(AuditAsk { limit: 2, before: Some(Uuid::from_u128(2)), ..all.clone() }).await, [1]);
    base.end().await;
}

#[tokio::test]
async fn the_audit_record_never_changes() {
    let base = Base::new().await;
    base.write(|tx| {
        Box::pin(async move { Ok(tx.audit(&row(1, AuditKind::SignedIn, Some("INT1"), None, None)).await?) })
    })
    .await;
    for sql in ["UPDATE audit_record SET kind = 'signed_out'", "DELETE FROM audit_record"] {
        let refused = base.run(sql).await.unwrap_err().to_string();
        assert!(refused.contains("audit_record is append only"), "{refused}");
    }
    base.end().await;
}
