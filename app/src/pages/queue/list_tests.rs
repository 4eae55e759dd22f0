use super::*;
use domain::api::queue::BandLimits;
use domain::case::state::Priority;
use domain::case::work_item::WorkStatus;
use domain::catalogue::{Channel, ItemClass};
use domain::money::Money;
use domain::post::Stage;
use domain::time::Timestamp;
use uuid::Uuid;

fn at() -> Timestamp {
    Timestamp::from_timestamp(1_773_800_000, 0).expect("a test instant")
}

fn row(n: u128) -> QueueRow {
    QueueRow {
        id: CaseId(Uuid::from_u128(n)),
        number: format!("SH-260318-{n:04}"),
        version: 1,
        status: WorkStatus::Ready,
        stage: Stage::Entry,
        accepting: "SH".into(),
        unit: "SH".into(),
        holder: None,
        until: None,
        act_by: at(),
        due_at: at(),
        breach_at: None,
        arrived_at: at(),
        received_at: at(),
        returns: 0,
        returned: false,
        priority: Priority::None,
        items: vec!["AM".into()],
        class: ItemClass::Change,
        amount: Money::ZERO,
        policy_no: "310022173390".into(),
        applicant: "顾文娟".into(),
        channel: Channel::Counter,
        from: None,
        proposal: false,
        barred: false,
        imported: false,
    }
}

fn page(rows: Range<u128>, next: Option<&str>, count: u64) -> QueuePage {
    QueuePage {
        items: rows.map(row).collect(),
        next: next.map(str::to_owned),
        count,
        bands: BandLimits { now: at(), soon: at(), today: at() },
        band_counts: [0; 4],
        as_of: at(),
    }
}

#[test]
fn pages_are_fetched_ahead_of_what_is_seen() {
    let mut list = List::begin(&page(0..100, Some("a"), 1000));
    assert_eq!(list.want(&(0..30)), None);
    assert_eq!(list.want(&(30..60)), Some(Want::After("a".into())));
    list.take(&Want::After("a".into()), page(100..200, Some("b"), 1000));
    assert_eq!(list.row(150).map(|row| row.id), Some(CaseId(Uuid::from_u128(150))));
    assert_eq!(list.want(&(30..60)), None);
}

#[test]
fn the_end_is_fetched_from_the_end() {
    let mut list = List::begin(&page(0..100, Some("a"), 100_000));
    assert_eq!(list.want(&(99_970..100_000)), Some(Want::Last));
    list.take(&Want::Last, page(99_800..100_000, None, 100_000));
    assert_eq!(list.want(&(99_970..100_000)), None);
    assert_eq!(list.row(99_999).map(|row| row.id), Some(CaseId(Uuid::from_u128(99_999))));
    assert_eq!(list.row(50_000), None);
    assert_eq!(list.index_of(CaseId(Uuid::from_u128(99_900))), Some(99_900));
}

#[test]
fn the_gap_closes_from_the_head() {
    let mut list = List::begin(&page(0..100, Some("a"), 300));
    list.take(&Want::Last, page(200..300, None, 300));
    list.take(&Want::After("a".into()), page(100..210, Some("b"), 300));
    assert_eq!((list.len(), list.want(&(0..300))), (300, None));
    assert!((0..300).all(|at| list.row(at).is_some_and(|row| row.id == CaseId(Uuid::from_u128(at as u128)))));
}

#[test]
fn a_page_of_an_older_list_is_dropped() {
    let mut list = List::begin(&page(0..100, Some("b"), 1000));
    list.take(&Want::After("a".into()), page(500..600, Some("c"), 1000));
    assert_eq!((list.row(100), list.want(&(50..90))), (None, Some(Want::After("b".into()))));
}

#[test]
fn a_list_without_a_next_page_is_as_long_as_its_page() {
    let list = List::begin(&page(0..7, None, 9));
    assert_eq!((list.len(), list.want(&(0..7))), (7, None));
}

#[test]
fn a_row_is_changed_where_it_stands() {
    let mut list = List::begin(&page(0..3, None, 3));
    let before = list.change(CaseId(Uuid::from_u128(1)), |row| row.version = 2);
    assert_eq!(before.map(|row| row.version), Some(1));
    assert_eq!(list.row(1).map(|row| row.version), Some(2));
    assert_eq!(list.change(CaseId(Uuid::from_u128(9)), |_| ()), None);
}
