//! Backlog figures.

use super::{
    given::{Like, arrived, at, day, handed_over, id, units},
    harness::{Base, slip},
};
use chrono::TimeDelta;
use domain::{
    case::{Fact, state::Ending, work_item::WorkStatus},
    flow::MovementKind,
    post::Stage,
};
use std::collections::BTreeSet;
use store::{DashboardReads, OpenFilter};

/// Two cases at Intake in hand, one on its way to Entry, one at Entry in the pool, one withdrawn; one of BJ.
async fn six() -> Base {
    let base = Base::new().await;
    let given = base.given.clone();
    let like = given.like();
    for number in 1..=2 {
        let due_at = at(9, 30) + TimeDelta::hours(i64::from(number));
        base.begin(vec![given.registered(number, &Like { due_at, ..like.clone() })], None).await;
    }
    let on = slip(7, &given, at(9, 1));
    let give = vec![("INT1", handed_over(on.id, Stage::Entry, &given.unit))];
    base.begin(given.past(3, &like, give), Some(on)).await;
    let at_entry = vec![("INT1", arrived(Stage::Entry, &given.unit, at(9, 1), at(16, 0)))];
    base.begin(given.past(4, &Like { paper: false, ..like.clone() }, at_entry), None).await;
    let ended = Fact::Ended { ending: Ending::Withdrawn, method: None, detail: "客户撤回".to_owned() };
    base.begin(given.past(5, &like, vec![("INT1", ended)]), None).await;
    base.begin(vec![given.registered(6, &Like { unit: "BJ".into(), ..like })], None).await;
    base
}

#[tokio::test]
async fn open_cases_are_counted_by_cell_and_status() {
    let base = six().await;
    let (scope, all, entry) = (units(&["SH"]), BTreeSet::new(), BTreeSet::from([Stage::Entry]));
    let filter = OpenFilter { units: &scope, stages: &all };
    let counts = base.store.open_counts(&filter, at(11, 0), at(24, 0)).await.unwrap();
    let of: Vec<_> = counts
        .iter()
        .map(|count| (count.stage, count.status, count.open, count.overdue, count.due_today))
        .collect();
    assert_eq!(
        of,
        [
            (Stage::Entry, WorkStatus::Ready, 1, 0, 1),
            (Stage::Intake, WorkStatus::Claimed, 2, 1, 1),
            (Stage::Intake, WorkStatus::HandedOver, 1, 1, 0),
        ]
    );
    let only_entry = OpenFilter { units: &scope, stages: &entry };
    assert_eq!(base.store.open_counts(&only_entry, at(11, 0), at(24, 0)).await.unwrap().len(), 1);
    let ages = base.store.open_ages(&filter, 10).await.unwrap();
    assert_eq!(ages.iter().map(|age| age.case).collect::<Vec<_>>(), [id(1), id(2), id(3), id(4)]);
    assert_eq!(ages[0].holder.as_ref().unwrap().as_str(), "INT1");
    assert_eq!(base.store.open_ages(&filter, 2).await.unwrap().len(), 2);
    let unmoved = base.store.unmoved(&filter, at(9, 1), 10).await.unwrap();
    assert_eq!(unmoved.iter().map(|age| age.case).collect::<Vec<_>>(), [id(1), id(2)]);
    base.end().await;
}

#[tokio::test]
async fn movements_are_counted_by_hour() {
    let base = six().await;
    let scope = units(&["SH"]);
    let of_day = base.store.movements(day(), &scope).await.unwrap();
    let of: Vec<_> = of_day
        .iter()
        .map(|row| {
            (
                row.kind,
                row.from.as_ref().map(|cell| cell.1),
                row.to.as_ref().map(|cell| cell.1),
                row.hour,
                row.n,
            )
        })
        .collect();
    assert_eq!(
        of,
        [
            (MovementKind::Closed, Some(Stage::Intake), None, 9, 1),
            (MovementKind::Passed, Some(Stage::Intake), Some(Stage::Entry), 9, 1),
            (MovementKind::Registered, None, Some(Stage::Intake), 9, 5),
        ]
    );
    assert!(base.store.movements(day() - TimeDelta::days(1), &scope).await.unwrap().is_empty());
    assert_eq!(base.store.movements_since(at(9, 0), &scope).await.unwrap(), of_day);
    let since = base.store.movements_since(at(9, 1), &scope).await.unwrap();
    assert_eq!(since.iter().map(|row| row.n).sum::<u64>(), 2);
    base.end().await;
}

#[tokio::test]
async fn steps_ages_and_loads_are_counted() {
    let base = six().await;
    let scope = units(&["SH"]);
    let steps = base.store.step_counts(day(), day(), &scope, at(10, 0)).await.unwrap();
    let of: Vec<_> = steps.iter().map(|step| (step.day, step.stage, step.n, step.due)).collect();
    assert_eq!(of, [(day(), Stage::Intake, 2, 0)]);
    assert_eq!(base.store.step_counts(day(), day(), &scope, at(10, 1)).await.unwrap()[0].due, 2);
    let ages = base.store.finished_ages(day(), &scope).await.unwrap();
    let of: Vec<_> = ages.iter().map(|age| (age.stage, age.age, age.n)).collect();
    assert_eq!(of, [(Stage::Intake, 31, 2)], "minutes since receipt at half past eight");
    assert!(base.store.finished_ages(day() + TimeDelta::days(1), &scope).await.unwrap().is_empty());
    let loads = base.store.loads(&scope, at(11, 0), day()).await.unwrap();
    let of: Vec<_> =
        loads.iter().map(|load| (load.person.as_str(), load.open, load.overdue, load.finished)).collect();
    assert_eq!(of, [("INT1", 2, 1, 2)]);
    base.end().await;
}
