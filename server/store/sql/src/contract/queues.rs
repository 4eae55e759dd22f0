//! Lists: tabs, filters, orders, pages, counts.

use super::{
    given::{Like, arrived, at, came_back, day, fees, handed_over, id, priority, return_to, units},
    harness::{Base, slip},
};
use chrono::TimeDelta;
use domain::{
    actor::By,
    api::queue::{Band, BandLimits, QueueQuery, Sort, Tab},
    case::{
        Fact,
        returns::{Ground, NoFault},
        state::{Matter, Priority},
    },
    catalogue::{Channel, ItemClass},
    id::{CaseId, UnitId},
    post::{Queue, Stage},
};
use std::collections::BTreeSet;
use store::{Position, QueueAsk, QueueReads};

pub(super) fn bands() -> BandLimits {
    BandLimits { now: at(10, 0), soon: at(12, 0), today: at(17, 0) }
}

/// Twelve cases at Entry: due at 9:30, 10:00, 10:30 …; every third of another unit, every fourth claimed.
async fn entry_of_twelve() -> Base {
    let base = Base::new().await;
    let given = base.given.clone();
    for number in 1..=12_u32 {
        let unit: UnitId = if number % 3 == 0 { "BJ".into() } else { "SH".into() };
        let class = if number % 2 == 0 { ItemClass::Payment } else { ItemClass::Change };
        let like =
            Like { unit: unit.clone(), class, applicant: format!("客户{}", number % 5), ..given.like() };
        let due = at(9, 0) + TimeDelta::minutes(30) * i32::try_from(number).unwrap();
        let mut facts = vec![("ENT1", arrived(Stage::Entry, &unit, at(9, 0), due))];
        if number % 4 == 0 {
            facts.push(("ENT1", Fact::Claimed {}));
        }
        if number == 5 {
            facts.push(("LEAD", priority(Priority::Vip)));
        }
        facts.push(("ENT1", fees(i64::from(13 - number) * 100)));
        base.begin(given.past(number, &like, facts), None).await;
    }
    base
}

async fn page(
    base: &Base,
    query: &QueueQuery,
    scope: &[&str],
    at: &Position,
    limit: u32,
) -> (Vec<CaseId>, Position) {
    let (person, units, within) = ("ENT1".into(), units(scope), within(query));
    let ask = QueueAsk {
        queue: Queue::Entry,
        person: &person,
        units: &units,
        within: &within,
        bands: bands(),
        today: day(),
        query,
    };
    let slice = base.store.queue_page(&ask, at, limit).await.unwrap();
    let counts = slice.band_counts;
    if query.band.is_none() && *at == Position::First && slice.next.is_none() && query.tab != Tab::Done {
        assert_eq!(counts.iter().sum::<u64>(), slice.rows.len() as u64, "counts and rows of {query:?}");
    }
    let next = slice.next.map_or(Position::First, Position::Behind);
    (slice.rows.iter().map(|row| row.id).collect(), next)
}

fn within(query: &QueueQuery) -> BTreeSet<UnitId> {
    query.unit.iter().cloned().collect()
}

async fn all(base: &Base, query: &QueueQuery, scope: &[&str]) -> Vec<u32> {
    let (rows, _) = page(base, query, scope, &Position::First, 200).await;
    rows.into_iter().map(number).collect()
}

fn number(case: CaseId) -> u32 {
    (1..100).find(|number| id(*number) == case).unwrap()
}

#[tokio::test]
async fn orders_and_scope() {
    let base = entry_of_twelve().await;
    let everywhere = ["SH", "BJ"];
    let by = |sort| QueueQuery { sort, ..QueueQuery::default() };
    assert_eq!(all(&base, &by(Sort::Due), &everywhere).await, (1..=12).collect::<Vec<_>>());
    assert_eq!(all(&base, &by(Sort::Amount), &everywhere).await, (1..=12).collect::<Vec<_>>());
    assert_eq!(all(&base, &by(Sort::Arrived), &["BJ"]).await, [3, 6, 9, 12]);
    assert_eq!(
        all(&base, &by(Sort::Number), &everywhere).await,
        [3, 6, 9, 12, 1, 2, 4, 5, 7, 8, 10, 11],
        "BJ before SH, byte by byte"
    );
    assert!(all(&base, &by(Sort::Due), &["GZ"]).await.is_empty());
    base.end().await;
}

#[tokio::test]
async fn pages_meet_without_gap_or_overlap_and_the_last_reads_backwards() {
    let base = entry_of_twelve().await;
    let scope = ["SH", "BJ"];
    for sort in [Sort::Due, Sort::Arrived, Sort::Amount, Sort::Number] {
        let query = QueueQuery { sort, ..QueueQuery::default() };
        let whole = all(&base, &query, &scope).await;
        let (mut at, mut seen) = (Position::First, Vec::new());
        loop {
            let (rows, next) = page(&base, &query, &scope, &at, 5).await;
            seen.extend(rows.into_iter().map(number));
            if next == Position::First {
                break;
            }
            at = next;
        }
        assert_eq!(seen, whole, "{sort:?}");
        let (last, _) = page(&base, &query, &scope, &Position::Last, 5).await;
        assert_eq!(last.into_iter().map(number).collect::<Vec<_>>(), whole[7..], "{sort:?}");
    }
    base.end().await;
}

#[tokio::test]
async fn filters_narrow() {
    let base = entry_of_twelve().await;
    let none = QueueQuery::default;
    let cases: Vec<(QueueQuery, Vec<u32>)> = vec![
        (QueueQuery { band: Some(Band::Overdue), ..none() }, vec![1]),
        (QueueQuery { band: Some(Band::Soon), ..none() }, vec![2, 3, 4, 5]),
        (QueueQuery { band: Some(Band::Today), ..none() }, (6..=12).collect()),
        (QueueQuery { band: Some(Band::Later), ..none() }, vec![]),
        (QueueQuery { unit: Some("BJ".into()), ..none() }, vec![3, 6, 9, 12]),
        (QueueQuery { class: Some(ItemClass::Payment), ..none() }, vec![2, 4, 6, 8, 10, 12]),
        (QueueQuery { item: Some(base.given.item(ItemClass::Change)), ..none() }, vec![1, 3, 5, 7, 9, 11]),
        (QueueQuery { channel: Some(Channel::Counter), ..none() }, (1..=12).collect()),
        (QueueQuery { channel: Some(Channel::Online), ..none() }, vec![]),
        (QueueQuery { holder: Some("ENT1".into()), ..none() }, vec![4, 8, 12]),
        (QueueQuery { returned: Some(true), ..none() }, vec![]),
        (QueueQuery { returned: Some(false), ..none() }, (1..=12).collect()),
        (QueueQuery { priority: Some(Priority::Vip), ..none() }, vec![5]),
        (QueueQuery { amount_from: Some(1_000), ..none() }, vec![1, 2, 3]),
        (QueueQuery { search: Some("客户2".to_owned()), ..none() }, vec![2, 7, 12]),
        (QueueQuery { search: Some("SH-260318-0005".to_owned()), ..none() }, vec![5]),
        (QueueQuery { search: Some("310000000011".to_owned()), ..none() }, vec![11]),
        (QueueQuery { tab: Tab::Mine, ..none() }, vec![4, 8, 12]),
        (QueueQuery { tab: Tab::Waiting, ..none() }, vec![]),
    ];
    for (query, expected) in cases {
        assert_eq!(all(&base, &query, &["SH", "BJ"]).await, expected, "{query:?}");
    }
    base.end().await;
}

#[tokio::test]
async fn tabs_follow_what_happens_to_a_case() {
    let base = Base::new().await;
    let given = base.given.clone();
    let tabs = |person: &'static str, queue| {
        let store = std::sync::Arc::clone(&base.store);
        async move {
            store
                .tab_counts(queue, &person.into(), &units(&["SH"]), &units(&[]), at(12, 0), day())
                .await
                .unwrap()
        }
    };
    base.begin(vec![given.registered(1, &given.like())], None).await;
    let counts = tabs("INT1", Queue::Intake).await;
    assert_eq!((counts.tabs, counts.overdue), ([1, 1, 0, 0, 0, 0], 1));
    assert_eq!(tabs("INT2", Queue::Intake).await.tabs, [1, 0, 0, 0, 0, 0]);
    let line = slip(7, &given, at(9, 10));
    let give = vec![handed_over(line.id, Stage::Entry, &given.unit)];
    base.tell_on(id(1), "INT1", at(9, 10), give, Some(line)).await.unwrap();
    assert_eq!(tabs("INT1", Queue::Intake).await.tabs, [0, 0, 0, 0, 0, 1], "done today");
    assert_eq!(tabs("ENT1", Queue::Entry).await.tabs, [0, 0, 0, 0, 1, 0], "to receive");
    base.tell(id(1), "ENT1", at(9, 20), vec![arrived(Stage::Entry, &given.unit, at(9, 10), at(15, 0))]).await;
    base.tell(id(1), "ENT1", at(9, 21), vec![Fact::Claimed {}]).await;
    let held = Fact::Held { reason: "等".to_owned(), until: at(15, 0), moves_due: false, approval: None };
    base.tell(id(1), "ENT1", at(9, 22), vec![held]).await;
    assert_eq!(tabs("ENT1", Queue::Entry).await.tabs, [0, 1, 1, 0, 0, 0], "waiting, and still mine");
    base.tell(id(1), "ENT1", at(9, 23), vec![Fact::Resumed { due_at: at(15, 0) }]).await;
    let asked = Fact::ApprovalRequested {
        approval: 1,
        matter: Matter::HoldMovesDue { until: at(16, 0) },
        reason: "客户出差".to_owned(),
    };
    base.tell(id(1), "ENT1", at(9, 24), vec![asked]).await;
    assert_eq!(tabs("LEAD", Queue::Approval).await.tabs, [1, 0, 0, 0, 0, 0]);
    let ground = Ground::NoFault(NoFault::Customer);
    let returned = return_to(Stage::Intake, Stage::Entry, vec![ground]);
    let sent = Fact::Returned {
        slip: slip(8, &given, at(9, 30)).id,
        unit: given.unit.clone(),
        returned: Box::new(returned.clone()),
        approval: None,
        unfinished: false,
        from_post: false,
    };
    base.tell_on(id(1), "ENT1", at(9, 30), vec![sent], Some(slip(8, &given, at(9, 30)))).await.unwrap();
    assert_eq!(tabs("LEAD", Queue::Approval).await.tabs, [0; 6], "an open request falls with a return");
    base.tell(id(1), "INT1", at(9, 40), vec![came_back(returned, &given.unit, at(15, 0), at(18, 0))]).await;
    assert_eq!(tabs("INT1", Queue::Intake).await.tabs, [1, 0, 0, 1, 0, 1]);
    // The list of what was done today names who did it, and when.
    let (person, scope, within) = ("INT1".into(), units(&["SH"]), BTreeSet::new());
    let query = QueueQuery { tab: Tab::Done, ..QueueQuery::default() };
    let ask = QueueAsk {
        queue: Queue::Entry,
        person: &person,
        units: &scope,
        within: &within,
        bands: bands(),
        today: day(),
        query: &query,
    };
    let done = base.store.queue_page(&ask, &Position::First, 10).await.unwrap();
    assert_eq!(done.rows.len(), 1);
    let row = &done.rows[0];
    assert_eq!((row.id, row.holder.clone(), row.until), (id(1), Some("ENT1".into()), Some(at(9, 30))));
    assert!(row.returned);
    assert_eq!(done.band_counts, [0, 0, 0, 1]);
    let with_item = QueueQuery { item: Some(given.item(ItemClass::Change)), ..query.clone() };
    let other_item = QueueQuery { item: Some("nothing".into()), ..query.clone() };
    for (query, rows) in [(with_item, 1), (other_item, 0)] {
        let ask = QueueAsk { query: &query, ..ask };
        assert_eq!(base.store.queue_page(&ask, &Position::First, 10).await.unwrap().rows.len(), rows);
        assert_eq!(base.store.queue_page(&ask, &Position::Last, 10).await.unwrap().rows.len(), rows);
    }
    base.end().await;
}

#[tokio::test]
async fn what_was_done_today_comes_in_pages() {
    let base = Base::new().await;
    let given = base.given.clone();
    for number in 1..=7 {
        let like = Like { paper: false, by: By::Person("INT1".into()), ..given.like() };
        let facts = vec![("INT1", arrived(Stage::Entry, &given.unit, at(9, 1), at(15, 0)))];
        base.begin(given.past(number, &like, facts), None).await;
    }
    let (person, scope, within) = ("INT1".into(), units(&["SH"]), BTreeSet::new());
    let query = QueueQuery {
        tab: Tab::Done,
        class: Some(ItemClass::Change),
        channel: Some(Channel::Counter),
        holder: Some("INT1".into()),
        returned: Some(false),
        priority: Some(Priority::None),
        amount_from: Some(0),
        search: Some("王".to_owned()),
        ..QueueQuery::default()
    };
    let ask = QueueAsk {
        queue: Queue::Intake,
        person: &person,
        units: &scope,
        within: &within,
        bands: bands(),
        today: day(),
        query: &query,
    };
    let (mut at, mut seen) = (Position::First, Vec::new());
    loop {
        let slice = base.store.queue_page(&ask, &at, 3).await.unwrap();
        seen.extend(slice.rows.iter().map(|row| number(row.id)));
        let Some(next) = slice.next else { break };
        at = Position::Behind(next);
    }
    assert_eq!(seen, [7, 6, 5, 4, 3, 2, 1]);
    let last = base.store.queue_page(&ask, &Position::Last, 3).await.unwrap();
    assert_eq!(last.rows.iter().map(|row| number(row.id)).collect::<Vec<_>>(), [3, 2, 1]);
    base.end().await;
}
