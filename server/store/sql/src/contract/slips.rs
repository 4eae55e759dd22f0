//! Hand-over slips: begun, joined, closed, listed.

use super::{
    given::{arrived, at, handed_over, id, units},
    harness::{Base, slip},
};
use domain::{
    api::slip::{LineState, SlipKind},
    case::Fact,
    id::{PersonId, SlipId},
    post::Stage,
};
use std::collections::BTreeSet;
use store::{CaseReads, NewSlip, SlipKey, SlipReads};

fn key(of: &NewSlip) -> SlipKey {
    SlipKey { kind: of.kind, from: of.from.clone(), to: of.to.clone(), to_person: of.to_person.clone() }
}

async fn open(base: &Base, of: &NewSlip) -> Option<SlipId> {
    let key = key(of);
    base.write(move |tx| {
        let key = key.clone();
        Box::pin(async move { Ok(tx.open_slip(&key).await?) })
    })
    .await
}

async fn incoming(base: &Base, stage: Stage, person: &str) -> Vec<(String, u32, u32)> {
    let stages = BTreeSet::from([stage]);
    let slips = base.store.incoming_slips(&stages, &units(&["SH"]), &person.into()).await.unwrap();
    slips.into_iter().map(|slip| (slip.number, slip.lines, slip.open)).collect()
}

#[tokio::test]
async fn a_slip_takes_lines_until_one_is_received() {
    let base = Base::new().await;
    let given = base.given.clone();
    for number in 1..=3 {
        base.begin(vec![given.registered(number, &given.like())], None).await;
    }
    let first = slip(7, &given, at(9, 10));
    assert_eq!(open(&base, &first).await, None);
    let give = |slip: SlipId| vec![handed_over(slip, Stage::Entry, &given.unit)];
    base.tell_on(id(1), "INT1", at(9, 10), give(first.id), Some(first.clone())).await.unwrap();
    assert_eq!(open(&base, &first).await, Some(first.id));
    base.tell(id(2), "INT1", at(9, 11), give(first.id)).await;
    assert_eq!(incoming(&base, Stage::Entry, "ENT1").await, [("SH-260318-J001".to_owned(), 2, 2)]);
    assert!(incoming(&base, Stage::Recheck, "REC1").await.is_empty());
    let taken_back = vec![Fact::TakenBack { slip: first.id }];
    base.tell(id(2), "INT1", at(9, 12), taken_back).await;
    assert_eq!(open(&base, &first).await, Some(first.id), "a line taken back closes nothing");
    let received = vec![arrived(Stage::Entry, &given.unit, at(9, 10), at(12, 0))];
    base.tell(id(1), "ENT1", at(9, 13), received).await;
    assert_eq!(open(&base, &first).await, None, "a line received does");
    assert!(incoming(&base, Stage::Entry, "ENT1").await.is_empty());
    let second = slip(8, &given, at(9, 14));
    base.tell_on(id(2), "INT1", at(9, 14), give(second.id), Some(second.clone())).await.unwrap();
    assert_eq!(incoming(&base, Stage::Entry, "ENT1").await, [("SH-260318-J002".to_owned(), 1, 1)]);
    let whole = base.store.slip(first.id, &units(&["SH"])).await.unwrap().unwrap();
    let lines: Vec<_> = whole.lines.iter().map(|line| (line.case, line.state)).collect();
    assert_eq!(lines, [(id(1), LineState::Confirmed), (id(2), LineState::Withdrawn)]);
    assert_eq!(whole.lines[0].settled_by, Some(PersonId::from("ENT1")));
    assert_eq!(whole.lines[0].materials[0].pages, Some(3));
    assert!(
        base.store.slip(first.id, &units(&["BJ"])).await.unwrap().is_none(),
        "a foreign slip is not there"
    );
    let scanned = base.store.slip_numbered("SH-260318-J002", &units(&["SH"])).await.unwrap().unwrap();
    assert_eq!(scanned.summary.id, second.id);
    assert_eq!(base.store.slip_number(second.id).await.unwrap().as_deref(), Some("SH-260318-J002"));
    base.end().await;
}

#[tokio::test]
async fn a_difference_leaves_the_case_with_its_giver() {
    let base = Base::new().await;
    let given = base.given.clone();
    base.begin(vec![given.registered(1, &given.like())], None).await;
    let line = slip(7, &given, at(9, 10));
    let give = vec![handed_over(line.id, Stage::Entry, &given.unit)];
    base.tell_on(id(1), "INT1", at(9, 10), give, Some(line.clone())).await.unwrap();
    for round in 1..=2 {
        let counted = vec![Fact::CountDiffered { round, counted: vec![u16::from(round)] }];
        base.tell(id(1), "ENT1", at(9, 10 + i64::from(round)), counted).await;
    }
    let told = Fact::DifferenceReported {
        slip: line.id,
        difference: "少一页".to_owned(),
        counts: vec![vec![1], vec![2]],
    };
    base.tell(id(1), "ENT1", at(9, 20), vec![told]).await;
    let whole = base.store.slip(line.id, &units(&["SH"])).await.unwrap().unwrap();
    let told = &whole.lines[0];
    assert_eq!(
        (told.state, told.counts, told.difference.as_deref()),
        (LineState::Different, 2, Some("少一页"))
    );
    assert_eq!((whole.summary.lines, whole.summary.open), (1, 0));
    base.end().await;
}

#[tokio::test]
async fn a_transfer_travels_on_a_slip_to_a_person() {
    let base = Base::new().await;
    let given = base.given.clone();
    for number in 1..=2 {
        base.begin(vec![given.registered(number, &given.like())], None).await;
    }
    let to_person = |id: u128, person: &str| NewSlip {
        kind: SlipKind::Transfer,
        to: (Stage::Intake, given.unit.clone()),
        to_person: Some(person.into()),
        ..slip(id, &given, at(9, 10))
    };
    let offer =
        |slip: &NewSlip| vec![Fact::TransferOffered { to: slip.to_person.clone().unwrap(), slip: slip.id }];
    let (first, second) = (to_person(7, "INT2"), to_person(8, "INT3"));
    base.tell_on(id(1), "INT1", at(9, 10), offer(&first), Some(first.clone())).await.unwrap();
    base.tell(id(2), "INT1", at(9, 10), offer(&first)).await;
    assert_eq!(incoming(&base, Stage::Binding, "INT2").await, [("SH-260318-J001".to_owned(), 2, 2)]);
    assert!(incoming(&base, Stage::Intake, "INT9").await.is_empty(), "only the receiver receives a transfer");
    // A new transfer takes the case off the first slip, a release off any.
    base.tell_on(id(1), "INT1", at(9, 11), offer(&second), Some(second.clone())).await.unwrap();
    base.tell(id(1), "INT3", at(9, 12), vec![Fact::TransferConfirmed { from: "INT1".into() }]).await;
    base.tell(id(2), "INT1", at(9, 13), vec![Fact::Unclaimed {}]).await;
    let states = |of: SlipId| {
        let store = std::sync::Arc::clone(&base.store);
        async move {
            let whole = store.slip(of, &units(&["SH"])).await.unwrap().unwrap();
            whole.lines.iter().map(|line| line.state).collect::<Vec<_>>()
        }
    };
    assert_eq!(states(first.id).await, [LineState::Withdrawn, LineState::Withdrawn]);
    assert_eq!(states(second.id).await, [LineState::Confirmed]);
    let outgoing =
        base.store.outgoing_slips(&BTreeSet::from([Stage::Intake]), &units(&["SH"]), &"INT1".into()).await;
    assert!(outgoing.unwrap().is_empty());
    base.end().await;
}

#[tokio::test]
async fn the_receiving_unit_sees_what_is_on_its_way_to_it() {
    let base = Base::new().await;
    let given = base.given.clone();
    base.begin(vec![given.registered(1, &given.like())], None).await;
    assert!(base.store.case_in(id(1), &units(&["BJ"])).await.unwrap().is_none());
    let mut line = slip(7, &given, at(9, 10));
    line.to.1 = "BJ".into();
    let give = vec![handed_over(line.id, Stage::Entry, &line.to.1)];
    base.tell_on(id(1), "INT1", at(9, 10), give, Some(line)).await.unwrap();
    for unit in ["SH", "BJ"] {
        assert!(base.store.case_in(id(1), &units(&[unit])).await.unwrap().is_some(), "{unit}");
    }
    assert!(base.store.case_in(id(1), &units(&["GZ"])).await.unwrap().is_none());
    base.end().await;
}

#[tokio::test]
async fn givers_see_what_is_not_received_yet() {
    let base = Base::new().await;
    let given = base.given.clone();
    base.begin(vec![given.registered(1, &given.like())], None).await;
    let line = slip(7, &given, at(9, 10));
    let give = vec![handed_over(line.id, Stage::Entry, &given.unit)];
    base.tell_on(id(1), "INT1", at(9, 10), give, Some(line.clone())).await.unwrap();
    for (stages, scope, person, seen) in [
        (BTreeSet::from([Stage::Intake]), "SH", "INT9", 1),
        (BTreeSet::from([Stage::Entry]), "SH", "INT9", 0),
        (BTreeSet::from([Stage::Intake]), "BJ", "INT9", 0),
        (BTreeSet::new(), "BJ", "INT1", 1),
    ] {
        let slips = base.store.outgoing_slips(&stages, &units(&[scope]), &person.into()).await.unwrap();
        assert_eq!(slips.len(), seen, "{stages:?} {scope} {person}");
    }
    base.end().await;
}
