use super::*;
use crate::{
    catalogue::{Catalogue, test_policy},
    policy::PaymentMode,
};
use chrono::Months;
use proptest::prelude::*;
use rstest::rstest;

fn compute(
    code: &str,
    policy: &PolicyFacts,
    fields: &[(&str, &str)],
    applied_on: &str,
) -> Result<Vec<ComputedFee>, FeeError> {
    let catalogue = Catalogue::shipped();
    let item = catalogue.item(&code.into()).unwrap_or_else(|| panic!("no item {code}"));
    let fields =
        fields.iter().map(|(key, choice)| ((*key).into(), Value::Choice((*choice).to_owned()))).collect();
    compute_fees(item, policy, &fields, test_policy::day(applied_on))
}

/// Kind, direction, amount, and the working as pairs in minor units.
type Shown = (FeeKind, FeeDirection, i64, Vec<(FeeTerm, i64)>);

fn shown(fees: &[ComputedFee]) -> Vec<Shown> {
    let working = |fee: &ComputedFee| fee.working.iter().map(|line| (line.term, line.amount.minor)).collect();
    fees.iter().map(|fee| (fee.kind, fee.direction, fee.amount.minor, working(fee))).collect()
}

/// 69,176.00 + 3,245.05 + 147.97 − 20,000.00 − 419.18 = 52,149.84, by hand.
#[test]
fn surrender_by_hand() {
    let policy = PolicyFacts {
        cash_value: Money::fen(6_917_600),
        dividends: Money::fen(324_505),
        unexpired_rider: Money::fen(14_797),
        loan: Money::fen(2_000_000),
        loan_interest: Money::fen(41_918),
        ..test_policy::policy()
    };
    let fees = compute("CT", &policy, &[], "2026-03-18").unwrap_or_default();
    let working = vec![
        (FeeTerm::CashValue, 6_917_600),
        (FeeTerm::Dividends, 324_505),
        (FeeTerm::UnexpiredRider, 14_797),
        (FeeTerm::Loan, -2_000_000),
        (FeeTerm::LoanInterest, -41_918),
    ];
    assert_eq!(shown(&fees), [(FeeKind::Surrender, FeeDirection::Refund, 5_214_984, working)]);
}

/// Every term: 1,000 + 20 + 300 + 4 + 50 − 600 − 7 − 80 − 9 = 678, by hand.
#[test]
fn surrender_takes_every_term() {
    let policy = PolicyFacts {
        cash_value: Money::yuan(1_000),
        dividends: Money::yuan(20),
        survival_benefits: Money::yuan(300),
        overpaid: Money::yuan(4),
        unexpired_rider: Money::yuan(50),
        loan: Money::yuan(600),
        loan_interest: Money::yuan(7),
        apl: Money::yuan(80),
        arrears: Money::yuan(9),
        ..test_policy::policy()
    };
    let fees = compute("CT", &policy, &[], "2026-03-18").unwrap_or_default();
    assert_eq!(fees[0].amount, Money::yuan(678));
    assert_eq!(fees[0].working.len(), 9);
}

/// 1,000 − 1,200 − 30: 230 to collect, its working turned round.
#[test]
fn debts_above_the_value_are_collected() {
    let policy = PolicyFacts {
        cash_value: Money::yuan(1_000),
        loan: Money::yuan(1_200),
        loan_interest: Money::yuan(30),
        ..test_policy::policy()
    };
    let fees = compute("CT", &policy, &[], "2026-03-18").unwrap_or_default();
    let working =
        vec![(FeeTerm::CashValue, -100_000), (FeeTerm::Loan, 120_000), (FeeTerm::LoanInterest, 3_000)];
    assert_eq!(shown(&fees), [(FeeKind::Surrender, FeeDirection::Collect, 23_000, working)]);
}

/// Premium paid − 10 yuan.
#[test]
fn free_look_keeps_the_production_cost() {
    let fees = compute("WT", &test_policy::policy(), &[], "2026-03-18").unwrap_or_default();
    let working = vec![(FeeTerm::PremiumPaid, 8_736_000), (FeeTerm::ProductionCost, -1_000)];
    assert_eq!(shown(&fees), [(FeeKind::FreeLookRefund, FeeDirection::Refund, 8_735_000, working)]);
}

/// 50,000 + 1,234.56 + 800 − 3,000 − 45.67 − 500 = 48,488.89, by hand; arrears and cash value play no part.
#[test]
fn maturity_by_hand() {
    let policy = PolicyFacts {
        maturity_benefit: Money::yuan(50_000),
        dividends: Money::fen(123_456),
        survival_benefits: Money::yuan(800),
        loan: Money::yuan(3_000),
        loan_interest: Money::fen(4_567),
        apl: Money::yuan(500),
        arrears: Money::yuan(77),
        cash_value: Money::yuan(49_000),
        ..test_policy::policy()
    };
    let fees = compute("AG", &policy, &[], "2039-06-12").unwrap_or_default();
    assert_eq!(shown(&fees)[0].2, 4_848_889);
    assert_eq!(fees[0].working.len(), 6);
}

#[rstest]
#[case("customer_lost", 1_000)]
#[case("customer_damaged", 1_000)]
#[case("customer_request", 1_000)]
#[case("agent_lost", 0)]
#[case("agent_damaged", 0)]
#[case("company_fault", 0)]
fn a_reissue_costs_ten_yuan_unless_the_house_is_at_fault(#[case] reason: &str, #[case] amount: i64) {
    let fees = compute("LR", &test_policy::policy(), &[("reason", reason)], "2026-03-18").unwrap_or_default();
    assert_eq!(
        (fees[0].kind, fees[0].direction, fees[0].amount.minor),
        (FeeKind::ReissueFee, FeeDirection::Collect, amount)
    );
    assert_eq!(fees[0].working.len(), if amount == 0 { 2 } else { 1 });
}

/// Annual 12,480.00: half-yearly 6,489.60, quarterly 3,307.20, monthly 1,123.20, by hand.
#[rstest]
#[case("half_yearly", 648_960)]
#[case("quarterly", 330_720)]
#[case("monthly", 112_320)]
fn a_year_paid_ahead_is_set_against_the_first_new_instalment(#[case] mode: &str, #[case] first: i64) {
    let policy = PolicyFacts { paid_to: Some(test_policy::day("2027-06-12")), ..test_policy::policy() };
    let fees = compute("PM", &policy, &[("payment_mode", mode)], "2026-04-20").unwrap_or_default();
    let working = vec![(FeeTerm::NewInstalment, -first), (FeeTerm::PaidAhead, 1_248_000)];
    let line = (FeeKind::PremiumDifference, FeeDirection::Refund, 1_248_000 - first, working);
    assert_eq!(shown(&fees), [line]);
}

/// Monthly 1,123.20 with two months paid ahead; annual is 12,480.00: 12,480.00 − 2,246.40 to collect.
#[test]
fn months_paid_ahead_are_credited() {
    let policy = PolicyFacts {
        payment_mode: PaymentMode::Monthly,
        premium: Money::fen(112_320),
        paid_to: Some(test_policy::day("2026-08-12")),
        ..test_policy::policy()
    };
    let fees = compute("PM", &policy, &[("payment_mode", "annual")], "2026-06-12").unwrap_or_default();
    assert_eq!((fees[0].direction, fees[0].amount), (FeeDirection::Collect, Money::fen(1_023_360)));
}

/// Applied for in April with premium paid to the anniversary in June: what is paid is not beyond it.
#[test]
fn nothing_paid_ahead_moves_no_money() {
    for applied_on in ["2026-04-20", "2026-06-12"] {
        let fees = compute("PM", &test_policy::policy(), &[("payment_mode", "monthly")], applied_on);
        assert_eq!(fees, Ok(Vec::new()));
    }
    assert_eq!(compute("AM", &test_policy::policy(), &[], "2026-06-12"), Ok(Vec::new()));
}

/// 100.01 a year is 26.50265 a quarter: rounded once, half up.
#[test]
fn rounds_once() {
    let policy = PolicyFacts {
        premium: Money::fen(10_001),
        paid_to: Some(test_policy::day("2027-06-12")),
        ..test_policy::policy()
    };
    let fees = compute("PM", &policy, &[("payment_mode", "quarterly")], "2026-06-12").unwrap_or_default();
    assert_eq!(fees[0].working[0].amount, Money::fen(-2_650));
}

#[test]
fn says_what_it_lacks() {
    let policy = PolicyFacts { paid_to: Some(test_policy::day("2027-06-12")), ..test_policy::policy() };
    let missing = |field: &str| Err(FeeError::MissingField { field: field.into() });
    assert_eq!(compute("LR", &policy, &[], "2026-06-12"), missing("reason"));
    assert_eq!(compute("PM", &policy, &[], "2026-06-12"), missing("payment_mode"));
    assert_eq!(compute("PM", &policy, &[("payment_mode", "weekly")], "2026-06-12"), missing("payment_mode"));
    let single = PolicyFacts { payment_mode: PaymentMode::Single, ..policy.clone() };
    let refused = compute("PM", &single, &[("payment_mode", "annual")], "2026-06-12");
    assert_eq!(refused, Err(FeeError::SinglePremium));
    let undated = PolicyFacts { anniversary: None, ..policy.clone() };
    let unknown = Err(FeeError::UnknownDate { date: PolicyDate::Anniversary });
    assert_eq!(compute("PM", &undated, &[("payment_mode", "monthly")], "2026-06-12"), unknown);
    let large = PolicyFacts { premium: Money::fen(i64::MAX), payment_mode: PaymentMode::Monthly, ..policy };
    assert_eq!(compute("PM", &large, &[("payment_mode", "annual")], "2026-06-12"), Err(FeeError::TooLarge));
}

prop_compose! {
    fn amounts()(minor in prop::array::uniform10(prop_oneof![
        4 => 0_i64..100_000_000_000, 1 => Just(0_i64), 1 => any::<i64>(),
    ])) -> PolicyFacts {
        let [cash_value, dividends, survival_benefits, overpaid, unexpired_rider, loan, loan_interest, apl,
            arrears, maturity_benefit] = minor.map(Money::fen);
        PolicyFacts { cash_value, dividends, survival_benefits, overpaid, unexpired_rider, loan, loan_interest,
            apl, arrears, maturity_benefit, premium_paid: cash_value, ..test_policy::policy() }
    }
}

proptest! {
    /// No amount panics; what cannot be written down is refused; the working adds up; nothing is negative.
    #[test]
    fn workings_add_up(policy in amounts(), code in prop::sample::select(vec!["CT", "WT", "AG"])) {
        match compute(code, &policy, &[], "2026-03-18") {
            Ok(fees) => {
                prop_assert_eq!(fees.len(), 1);
                let sum: i128 = fees[0].working.iter().map(|line| i128::from(line.amount.minor)).sum();
                prop_assert_eq!(sum, i128::from(fees[0].amount.minor));
                prop_assert!(sum >= 0);
            }
            Err(error) => prop_assert_eq!(error, FeeError::TooLarge),
        }
    }

    /// Whole instalments cover the time to the day premium is paid to, and one fewer would not.
    #[test]
    fn instalments_cover_the_time_paid(start in 730_000_i32..745_000, days in 1_u64..9_000, months in 1_u32..13) {
        let on = NaiveDate::from_num_days_from_ce_opt(start).unwrap_or_default();
        let paid_to = on + chrono::Days::new(days);
        let count = u32::try_from(instalments_between(on, paid_to, months)).unwrap_or(0);
        prop_assert!(count > 0);
        prop_assert!(on + Months::new(count * months) >= paid_to);
        prop_assert!(on + Months::new((count - 1) * months) < paid_to);
    }
}
