//! Cases: appended, read in scope, searched; keys and access records.

use super::{
    given::{at, came_back, day, handed_over, id, number_of, priority, return_to, sealed, units},
    harness::{Base, slip},
};
use chrono::TimeDelta;
use domain::{
    actor::By,
    case::{
        Fact, State, Status,
        returns::{Ground, NoFault},
        state::{Ending, Priority},
    },
    catalogue::ItemClass,
    id::CaseId,
    policy::PolicyNumber,
    post::Stage,
};
use store::{AccessRecord, Bulk, CaseReads, Store, StoreError, VerifyReads, WrappedKey};

#[tokio::test]
async fn what_is_appended_is_what_is_read() {
    let base = Base::new().await;
    let events = base.given.past(1, &base.given.like(), base.given.way(&[(Stage::Entry, "ENT1")]));
    let appended = base.begin(events.clone(), None).await;
    assert_eq!(appended.version, 3);
    assert_eq!(base.store.events(id(1), 0, 100).await.unwrap(), events);
    assert_eq!(base.store.events(id(1), 1, 1).await.unwrap(), events[1..2]);
    let record = base.store.case_in(id(1), &units(&["SH"])).await.unwrap().unwrap();
    assert_eq!(record.case, base.case(id(1)).await);
    assert_eq!(record.head.version, 3);
    assert!(
        base.store.case_in(id(1), &units(&["BJ"])).await.unwrap().is_none(),
        "a foreign case is not there"
    );
    assert!(base.store.case_in(id(9), &units(&["SH"])).await.unwrap().is_none());
    let later = base.tell(id(1), "ENT1", at(9, 30), vec![Fact::Noted { text: "已致电".to_owned() }]).await;
    assert_eq!(later.version, 4);
    assert!(later.seq > appended.seq);
    base.end().await;
}

#[tokio::test]
async fn a_whole_life_leaves_nothing_over() {
    let base = Base::new().await;
    let given = &base.given;
    let slip_id = slip(7, given, at(9, 10)).id;
    base.begin(vec![given.registered(1, &given.like())], None).await;
    let give = vec![handed_over(slip_id, Stage::Entry, &given.unit)];
    base.tell_on(id(1), "INT1", at(9, 10), give, Some(slip(7, given, at(9, 10)))).await.unwrap();
    let differs = vec![Fact::CountDiffered { round: 1, counted: vec![2] }];
    base.tell(id(1), "ENT1", at(9, 20), differs).await;
    let received = vec![super::given::arrived(Stage::Entry, &given.unit, at(9, 10), at(11, 0))];
    base.tell(id(1), "ENT1", at(9, 21), received).await;
    base.tell(id(1), "ENT1", at(9, 22), vec![Fact::Claimed {}]).await;
    base.tell(id(1), "LEAD", at(9, 23), vec![priority(Priority::Vip)]).await;
    let held =
        Fact::Held { reason: "等客户".to_owned(), until: at(15, 0), moves_due: false, approval: None };
    base.tell(id(1), "ENT1", at(9, 24), vec![held]).await;
    assert_eq!(base.store.ended_holds(at(15, 0), 10).await.unwrap(), [id(1)]);
    assert!(base.store.ended_holds(at(14, 59), 10).await.unwrap().is_empty());
    base.tell(id(1), "ENT1", at(9, 30), vec![Fact::Resumed { due_at: at(12, 0) }]).await;
    let idle = base.store.idle_claims(at(9, 31), 10).await.unwrap();
    assert_eq!(
        idle.iter().map(|holder| (holder.case, holder.active_at)).collect::<Vec<_>>(),
        [(id(1), at(9, 30))]
    );
    assert!(base.store.idle_claims(at(9, 30), 10).await.unwrap().is_empty());
    let reason = Ground::NoFault(NoFault::Customer);
    let returned = return_to(Stage::Intake, Stage::Entry, vec![reason]);
    let send_back = Fact::Returned {
        slip: slip(8, given, at(9, 40)).id,
        unit: given.unit.clone(),
        returned: Box::new(returned.clone()),
        approval: None,
        unfinished: false,
        from_post: false,
    };
    let mut back = slip(8, given, at(9, 40));
    (back.from, back.to) = (back.to.clone(), back.from.clone());
    base.tell_on(id(1), "ENT1", at(9, 40), vec![send_back], Some(back)).await.unwrap();
    base.tell(id(1), "INT1", at(9, 50), vec![came_back(returned, &given.unit, at(12, 0), at(18, 0))]).await;
    base.assert_sound().await;
    base.tell(id(1), "INT1", at(10, 0), vec![Fact::Claimed {}]).await;
    let ending = Fact::Ended { ending: Ending::Withdrawn, method: None, detail: "客户撤回".to_owned() };
    base.tell(id(1), "INT1", at(10, 5), vec![ending]).await;
    assert!(matches!(base.case(id(1)).await.state, State::Ended { .. }));
    let counts = base.store.counts().await.unwrap();
    assert_eq!((counts.cases, counts.open, counts.events), (1, 0, 12));
    base.end().await;
}

#[tokio::test]
async fn a_past_written_at_once_is_the_past_written_step_by_step() {
    let (step_by_step, at_once) = (Base::new().await, Base::new().await);
    let given = step_by_step.given.clone();
    let way = [(Stage::Entry, "ENT1"), (Stage::Servicing, "SRV1"), (Stage::Recheck, "REC1")];
    let mut cases = Vec::new();
    for number in 1..=40 {
        let like = super::given::Like { paper: number % 2 == 0, ..given.like() };
        let mut events = given.past(number, &like, given.way(&way[..(number % 4) as usize]));
        if like.paper {
            let on = slip(100 + u128::from(number), &given, at(9, 9));
            let case = domain::case::Case::replay(&events).unwrap();
            let fact = vec![handed_over(on.id, Stage::Binding, &given.unit)];
            events.extend(given.events(&case, &"REC1".into(), at(9, 20), fact));
        }
        cases.push(events);
    }
    let mut bulk = Bulk { numbers: vec![("SH".into(), day(), 'C', 40)], ..Bulk::default() };
    for (number, events) in (1..).zip(&cases) {
        let mut line = slip(100 + number, &given, at(9, 9));
        line.to.0 = Stage::Binding;
        // Receivers of their own, so that none of the slips is another's.
        line.to.1 = format!("U{number}").as_str().into();
        step_by_step.begin(events.clone(), Some(line.clone())).await;
        if number % 2 == 0 {
            line.number = Some(format!("SH-260318-J{number:03}"));
            bulk.slips.push(line);
        }
        bulk.cases.push(given.change(None, events.clone()).unwrap());
    }
    at_once.store.bulk(bulk).await.unwrap();
    let all = |base: &Base| {
        let store = std::sync::Arc::clone(&base.store);
        async move {
            let mut events = store.events_behind(None, 1_000).await.unwrap();
            // Where an event stands in the log is the one thing that may differ.
            for event in &mut events {
                event.seq = 0;
            }
            (store.cases_behind(None, 1_000).await.unwrap(), events, store.counts().await.unwrap())
        }
    };
    assert_eq!(all(&step_by_step).await, all(&at_once).await);
    for table in ["movement", "step", "party", "work_person", "work_line", "slip_line", "recheck_item"] {
        assert_eq!(rows(&step_by_step, table).await, rows(&at_once, table).await, "{table}");
    }
    let next =
        at_once.write(|tx| Box::pin(async move { Ok(tx.next_number(&"SH".into(), day(), 'C').await?) }));
    assert_eq!(next.await, 41);
    step_by_step.end().await;
    at_once.end().await;
}

async fn rows(base: &Base, table: &str) -> i64 {
    let mut conn = base.raw().await;
    let sql = format!("SELECT COUNT(*) FROM {table}");
    let (rows,): (i64,) = sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_one(&mut conn).await.unwrap();
    rows
}

#[tokio::test]
async fn cases_are_found_by_number_policy_name_and_digest() {
    let base = Base::new().await;
    let given = &base.given;
    let mut like = given.like();
    for (number, applicant) in [(1, "王小明"), (2, "王芳"), (3, "李雷")] {
        like.applicant = applicant.to_owned();
        base.begin(vec![given.registered(number, &like)], None).await;
    }
    like.unit = "BJ".into();
    like.applicant = "王小明".to_owned();
    base.begin(vec![given.registered(4, &like)], None).await;
    let found = |text: &'static str, scope: &'static [&'static str]| {
        let store = std::sync::Arc::clone(&base.store);
        async move {
            let found = store.search(text, &units(scope), 10).await.unwrap();
            let mut cases: Vec<CaseId> = found.into_iter().map(|found| found.id).collect();
            cases.sort();
            cases
        }
    };
    assert_eq!(found("王", &["SH"]).await, [id(1), id(2)]);
    assert_eq!(found("王小明", &["SH", "BJ"]).await, [id(1), id(4)]);
    assert_eq!(found("SH-260318-0003", &["SH"]).await, [id(3)]);
    assert_eq!(found("SH-2603", &["SH"]).await.len(), 3);
    assert_eq!(found("310000000002", &["SH"]).await, [id(2)]);
    assert!(found("BJ-260318-0004", &["SH"]).await.is_empty(), "a foreign case is not found");
    assert!(found("  ", &["SH"]).await.is_empty());
    assert!(found("小明", &["SH"]).await.is_empty(), "a name is found by its beginning");
    // What is cut is cut by age: 王小明 comes before 王芳 in the alphabet, and is older.
    like.unit = "SH".into();
    like.applicant = "王安".to_owned();
    let mut late = given.registered(5, &like);
    if let Fact::Registered { registration, .. } = &mut late.fact {
        registration.received_at += TimeDelta::hours(1);
    }
    base.begin(vec![late], None).await;
    let newest = base.store.search("王", &units(&["SH"]), 1).await.unwrap();
    assert_eq!(newest.iter().map(|found| found.id).collect::<Vec<_>>(), [id(5)]);
    let digest = "digest of 13800000003";
    let by_digest = base.store.search_digest(digest, &units(&["SH"]), 10).await.unwrap();
    assert_eq!(by_digest.len(), 1);
    assert_eq!(
        (by_digest[0].id, by_digest[0].stage, by_digest[0].imported),
        (id(3), Some(Stage::Intake), false)
    );
    assert_eq!(by_digest[0].items, [given.item(ItemClass::Change)]);
    assert!(base.store.search_digest(digest, &units(&["BJ"]), 10).await.unwrap().is_empty());
    base.end().await;
}

#[tokio::test]
async fn other_open_cases_on_a_policy_are_known() {
    let base = Base::new().await;
    let like = base.given.like();
    base.begin(vec![base.given.registered(1, &like)], None).await;
    let (items, cases, own) = base
        .write(|tx| {
            Box::pin(async move {
                let policy = &PolicyNumber::new("310000000001");
                let items = tx.open_items(policy, id(2)).await?;
                Ok((items, tx.open_cases(policy).await?, tx.open_items(policy, id(1)).await?))
            })
        })
        .await;
    let item = base.given.item(ItemClass::Change);
    assert_eq!(items, std::slice::from_ref(&item));
    assert_eq!(cases, [(number_of(1, &like), vec![item])]);
    assert!(own.is_empty());
    base.end().await;
}

#[tokio::test]
async fn plain_personal_values_and_uneven_times_are_not_written() {
    let given = super::given::Given::new();
    let mut event = given.registered(1, &given.like());
    event.at += TimeDelta::microseconds(1);
    assert!(matches!(given.change(None, vec![event]), Err(StoreError::Invalid(_))));
    let mut event = given.registered(1, &given.like());
    if let Fact::Registered { registration, .. } = &mut event.fact {
        registration.mobile = domain::secret::Secret::Plain("13812341234".to_owned());
    }
    assert!(matches!(given.change(None, vec![event]), Err(StoreError::Invalid(_))));
    assert!(matches!(given.change(None, Vec::new()), Err(StoreError::Invalid(_))));
    assert!(sealed("x").same(&sealed("x")).unwrap());
}

#[tokio::test]
async fn data_keys_and_access_records_are_kept() {
    let base = Base::new().await;
    base.begin(vec![base.given.registered(1, &base.given.like())], None).await;
    let key = |master: &str| WrappedKey { master: master.to_owned(), wrapped: vec![1, 2, 3] };
    for master in ["m1", "m2"] {
        let key = key(master);
        base.write(move |tx| {
            let key = key.clone();
            Box::pin(async move {
                tx.put_case_key(id(1), &key).await?;
                assert_eq!(tx.case_key(id(1)).await?, Some(key.clone()));
                Ok(())
            })
        })
        .await;
    }
    assert_eq!(base.store.key_of(id(1)).await.unwrap(), Some(key("m2")));
    assert_eq!(base.store.key_of(id(2)).await.unwrap(), None);
    let keys = base.store.keys_behind(None, 10).await.unwrap();
    assert_eq!(keys.iter().map(|sealed| sealed.case).collect::<Vec<_>>(), [id(1)]);
    assert!(base.store.keys_behind(Some(id(1)), 10).await.unwrap().is_empty());
    let access = AccessRecord {
        at: at(9, 0),
        person: "REC1".into(),
        case: Some(id(1)),
        purpose: "recheck".to_owned(),
    };
    let record = access.clone();
    base.write(move |tx| {
        let record = record.clone();
        Box::pin(async move { Ok(tx.record_access(&record).await?) })
    })
    .await;
    assert_eq!(base.store.accesses(id(1), 10).await.unwrap(), [access]);
    base.end().await;
}

#[tokio::test]
async fn system_and_integration_are_kept_as_actors() {
    let base = Base::new().await;
    let like = super::given::Like { by: By::Integration("online".to_owned()), ..base.given.like() };
    base.begin(vec![base.given.registered(1, &like)], None).await;
    assert!(matches!(base.case(id(1)).await.status(), Some(Status::Ready)));
    let given = base.given.clone();
    base.write(move |tx| {
        let given = given.clone();
        Box::pin(async move {
            let record = tx.case(id(1)).await?.unwrap();
            let mut events = given.events(
                &record.case,
                &"x".into(),
                at(9, 30),
                vec![Fact::Noted { text: "自动".to_owned() }],
            );
            events[0].by = By::System;
            Ok(tx.append(&given.change(Some(record), events)?).await?)
        })
    })
    .await;
    let events = base.store.events(id(1), 0, 10).await.unwrap();
    assert_eq!(events[0].by, By::Integration("online".to_owned()));
    assert_eq!(events[1].by, By::System);
    base.end().await;
}
