use super::*;
use crate::catalogue::{
    Catalogue,
    test_policy::{application, day, moment, policy},
};
use rstest::rstest;

fn lines(code: &str, policy: &PolicyFacts, application: &Application, open: &[&str]) -> Vec<E01Line> {
    let catalogue = Catalogue::shipped();
    let item = catalogue.item(&code.into()).unwrap_or_else(|| panic!("no item {code}"));
    let open_items: Vec<ItemCode> = open.iter().map(|code| (*code).into()).collect();
    let context =
        E01Context { open_items: &open_items, back_date_days: 3, now: moment("2026-03-18T14:32:05+08:00") };
    admissibility(item, policy, application, &context)
}

/// Rules that do not hold.
fn broken(lines: &[E01Line]) -> Vec<&E01Check> {
    lines.iter().filter(|line| !line.holds).map(|line| &line.check).collect()
}

fn window(lines: &[E01Line]) -> (Option<NaiveDate>, Option<NaiveDate>, i64, bool) {
    let found = lines.iter().find_map(|line| match &line.check {
        E01Check::Window { from, to, days_off, .. } => Some((*from, *to, *days_off, line.holds)),
        _ => None,
    });
    found.unwrap_or_else(|| panic!("no window line"))
}

#[test]
fn a_plain_application_meets_every_rule() {
    let lines = lines("BC", &policy(), &application(), &["PC"]);
    assert_eq!(broken(&lines), Vec::<&E01Check>::new());
    // three dates, window, status, frozen, claim, open items, capacity
    assert_eq!(lines.len(), 9);
}

/// A change of mode asked for on 17 March with the anniversary on 12 June: open from 13 April, 27 days early.
#[test]
fn says_how_many_days_too_early() {
    let lines = lines("PM", &policy(), &application(), &[]);
    assert_eq!(window(&lines), (Some(day("2026-04-13")), Some(day("2026-06-12")), -27, false));
    assert_eq!(broken(&lines).len(), 1);
}

#[rstest]
#[case("2026-04-12", -1, false)]
#[case("2026-04-13", 0, true)]
#[case("2026-06-12", 0, true)]
fn both_ends_of_a_window_are_in_it(#[case] applied: &str, #[case] off: i64, #[case] holds: bool) {
    let application = Application { applied_on: day(applied), ..application() };
    let (_, _, days_off, inside) = window(&lines("PM", &policy(), &application, &[]));
    assert_eq!((days_off, inside), (off, holds));
}

#[test]
fn after_an_anniversary_the_next_one_counts() {
    let application = Application { applied_on: day("2026-06-13"), ..application() };
    let (from, to, days_off, _) = window(&lines("PM", &policy(), &application, &[]));
    assert_eq!((from, to), (Some(day("2027-04-13")), Some(day("2027-06-12"))));
    assert_eq!(days_off, -304);
}

/// Facts read long ago, facts of a leap day, a window that reaches beyond the anniversary.
#[rstest]
#[case("2019-06-12", "2026-03-17", 0, "2026-06-12")]
#[case("2031-06-12", "2026-03-17", 0, "2026-06-12")]
#[case("2026-02-10", "2026-03-17", 60, "2026-02-10")]
#[case("2027-02-10", "2026-03-17", 60, "2026-02-10")]
#[case("2027-02-10", "2026-04-12", 60, "2027-02-10")]
#[case("2026-12-30", "2026-01-03", 10, "2025-12-30")]
#[case("2024-02-29", "2026-01-05", 0, "2026-02-28")]
#[case("2024-02-29", "2027-03-01", 0, "2028-02-29")]
fn finds_the_anniversary_a_day_belongs_to(
    #[case] known: &str,
    #[case] applied: &str,
    #[case] after: u16,
    #[case] found: &str,
) {
    let policy = PolicyFacts { anniversary: Some(day(known)), ..policy() };
    assert_eq!(anniversary_for(&policy, day(applied), after), Some(day(found)));
}

/// Signed for on 20 June with 15 days: free look until 5 July, surrender from the 6th.
#[rstest]
#[case("WT", "2019-06-19", -1)]
#[case("WT", "2019-06-20", 0)]
#[case("WT", "2019-07-05", 0)]
#[case("WT", "2019-07-06", 1)]
#[case("CT", "2019-07-05", -1)]
#[case("CT", "2019-07-06", 0)]
fn free_look_divides_cancellation_from_surrender(
    #[case] code: &str,
    #[case] applied: &str,
    #[case] off: i64,
) {
    let application = Application { applied_on: day(applied), ..application() };
    let (_, _, days_off, holds) = window(&lines(code, &policy(), &application, &[]));
    assert_eq!((days_off, holds), (off, off == 0));
}

#[rstest]
#[case("WT", PolicyDate::ReceiptSigned)]
#[case("CT", PolicyDate::ReceiptSigned)]
#[case("PM", PolicyDate::Anniversary)]
#[case("AG", PolicyDate::MaturesOn)]
fn a_window_cannot_hold_on_a_date_nobody_knows(#[case] code: &str, #[case] date: PolicyDate) {
    let policy = PolicyFacts { receipt_signed: None, anniversary: None, matures_on: None, ..policy() };
    let lines = lines(code, &policy, &application(), &[]);
    let unknown = broken(&lines).into_iter().find_map(|check| match check {
        E01Check::Window { unknown, .. } => *unknown,
        _ => None,
    });
    assert_eq!(unknown, Some(date));
}

#[test]
fn maturity_opens_on_its_day_and_never_closes() {
    let matured = PolicyFacts { matures_on: Some(day("2026-03-17")), ..policy() };
    let insured = Application { capacity: Capacity::Insured, ..application() };
    assert_eq!(broken(&lines("AG", &matured, &insured, &[])), Vec::<&E01Check>::new());
    let later = PolicyFacts { matures_on: Some(day("2026-03-18")), ..policy() };
    assert_eq!(window(&lines("AG", &later, &insured, &[])).2, -1);
    let long_ago = PolicyFacts { matures_on: Some(day("1999-03-18")), ..policy() };
    assert!(window(&lines("AG", &long_ago, &insured, &[])).3);
}

/// Received on 18 March at 14:05, three days of back-dating allowed.
#[rstest]
#[case("2026-03-18", &[])]
#[case("2026-03-15", &[])]
#[case("2026-03-14", &["old 4"])]
#[case("2026-03-19", &["future", "after"])]
fn application_dates_lie_between_the_oldest_allowed_and_receipt(
    #[case] applied: &str,
    #[case] expected: &[&str],
) {
    let application = Application { applied_on: day(applied), ..application() };
    let lines = lines("AM", &policy(), &application, &[]);
    let names: Vec<String> = broken(&lines)
        .into_iter()
        .map(|check| match check {
            E01Check::NotFuture { .. } => "future".to_owned(),
            E01Check::NotAfterReceipt { .. } => "after".to_owned(),
            E01Check::NotTooOld { days, .. } => format!("old {days}"),
            other => format!("{other:?}"),
        })
        .collect();
    assert_eq!(names, expected);
}

/// Half past midnight in the house is still the day before in UTC.
#[test]
fn days_are_days_of_the_house() {
    let application = Application {
        applied_on: day("2026-03-18"),
        received_at: moment("2026-03-17T16:30:00Z"),
        ..application()
    };
    assert_eq!(application.received_on(), day("2026-03-18"));
    assert_eq!(broken(&lines("AM", &policy(), &application, &[])), Vec::<&E01Check>::new());
}

#[test]
fn nothing_is_received_in_the_future() {
    let application = Application { received_at: moment("2026-03-18T14:32:06+08:00"), ..application() };
    let lines = lines("AM", &policy(), &application, &[]);
    assert!(matches!(broken(&lines)[..], [E01Check::NotFuture { .. }]));
}

#[rstest]
#[case(PolicyBlock::Frozen, PolicyFacts { frozen: true, ..policy() })]
#[case(PolicyBlock::OpenClaim, PolicyFacts { open_claim: true, ..policy() })]
#[case(PolicyBlock::Loan, PolicyFacts { loan: Money::fen(1), ..policy() })]
#[case(PolicyBlock::PremiumLoan, PolicyFacts { apl: Money::fen(1), ..policy() })]
fn blocks_stop_a_holder_change(#[case] block: PolicyBlock, #[case] policy: PolicyFacts) {
    let lines = lines("AE", &policy, &application(), &[]);
    let [E01Check::Unblocked { block: found, amount }] = broken(&lines)[..] else { panic!("{lines:?}") };
    assert_eq!((*found, *amount), (block, block.amount(&policy)));
}

#[test]
fn a_single_premium_has_no_mode_to_change() {
    let policy =
        PolicyFacts { payment_mode: PaymentMode::Single, anniversary: Some(day("2026-03-30")), ..policy() };
    let lines = lines("PM", &policy, &application(), &[]);
    let single = E01Check::Unblocked { block: PolicyBlock::SinglePremium, amount: None };
    assert_eq!(broken(&lines), [&single]);
}

#[test]
fn loss_reported_blocks_where_declared() {
    assert!(PolicyBlock::LossReported.holds(&PolicyFacts { loss_reported: true, ..policy() }));
    assert!(!PolicyBlock::LossReported.holds(&policy()));
}

#[test]
fn status_open_items_and_capacity_are_named() {
    let lapsed = PolicyFacts { status: PolicyStatus::Lapsed, ..policy() };
    let insured = Application { capacity: Capacity::Insured, ..application() };
    let lines = lines("AE", &lapsed, &insured, &["BC", "AM", "BC", "CT"]);
    let [
        E01Check::Status { status, .. },
        E01Check::NoExcludedItem { open },
        E01Check::Capacity { capacity, .. },
    ] = broken(&lines)[..]
    else {
        panic!("{lines:?}")
    };
    assert_eq!((*status, *capacity), (PolicyStatus::Lapsed, Capacity::Insured));
    assert_eq!(open.iter().map(ItemCode::as_str).collect::<Vec<_>>(), ["BC", "CT"]);
}

#[rstest]
#[case("BC", true, &[])]
#[case("BC", false, &[E01Check::AgentAuthority])]
#[case("CT", true, &[E01Check::AgentAllowed])]
#[case("CT", false, &[E01Check::AgentAllowed, E01Check::AgentAuthority])]
fn agents_need_permission_and_authority(
    #[case] code: &str,
    #[case] shown: bool,
    #[case] expected: &[E01Check],
) {
    let application = Application { by_agent: true, agent_has_authority: shown, ..application() };
    let lines = lines(code, &policy(), &application, &[]);
    assert_eq!(broken(&lines), expected.iter().collect::<Vec<_>>());
}
