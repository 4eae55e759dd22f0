//! Policies that fit what is asked for.

use chrono::{Datelike, Days, Months, NaiveDate};
use domain::id::ItemCode;
use domain::money::Money;
use domain::policy::{FactSource, PaymentMode, PolicyFacts, PolicyStatus, ProductGroup};
use domain::time::Timestamp;

use super::super::chance::Chance;
use super::super::names;

const PRODUCTS: [(ProductGroup, &str); 10] = [
    (ProductGroup::Participating, "安衡终身寿险"),
    (ProductGroup::Participating, "鑫悦两全保险"),
    (ProductGroup::Traditional, "康泰重大疾病保险"),
    (ProductGroup::Traditional, "守护定期寿险"),
    (ProductGroup::Universal, "金穗终身寿险（万能型）"),
    (ProductGroup::Annuity, "颐年年金保险"),
    (ProductGroup::Annuity, "少儿成长年金保险"),
    (ProductGroup::Endowment, "福满两全保险"),
    (ProductGroup::Endowment, "岁岁红两全保险"),
    (ProductGroup::Traditional, "安康医疗保险"),
];

/// A policy on which all these items may be applied for on that day.
pub(super) fn policy(
    chance: &mut Chance,
    items: &[ItemCode],
    applied_on: NaiveDate,
    as_of: Timestamp,
) -> PolicyFacts {
    let asks = |code: &str| items.iter().any(|item| item.as_str() == code);
    let (free_look, matures) = (asks("WT"), asks("AG"));
    let (group, product) = if matures { *chance.one(&PRODUCTS[7..9]) } else { *chance.one(&PRODUCTS) };
    let effective = if free_look {
        earlier(applied_on, chance.between(4, 12))
    } else {
        earlier(applied_on, chance.between(120, 4_600))
    };
    let signed = later(effective, chance.between(1, if free_look { 3 } else { 12 }));
    let mode = match chance.weighted([6.0, 1.0, 1.2, 2.4].into_iter()) {
        0 => PaymentMode::Annual,
        1 => PaymentMode::HalfYearly,
        2 => PaymentMode::Quarterly,
        _ => PaymentMode::Monthly,
    };
    let anniversary = anniversary(chance, effective, applied_on, asks("PM"));
    let status = status(chance, items);
    let money = Amounts::new(chance, mode, whole_years(effective, applied_on), free_look);
    let debts = !matures && asks("CT");
    let (loan, apl) = (debts && chance.happens(0.10), debts && chance.happens(0.04));
    let holder = names::name(chance);
    let insured = match chance.below(10) {
        0..=5 => holder.clone(),
        6..=7 => names::relative(chance, &holder),
        _ => names::name(chance),
    };
    PolicyFacts {
        policy_no: format!("3{}", chance.digits(11)).into(),
        product: product.to_owned(),
        group,
        group_business: false,
        status,
        effective,
        receipt_signed: Some(signed),
        free_look_days: 15,
        paid_to: Some(anniversary),
        anniversary: Some(anniversary),
        lapsed_on: (status == PolicyStatus::Lapsed)
            .then(|| earlier(applied_on, chance.between(61, 300)).max(later(effective, 60))),
        matures_on: if matures {
            Some(earlier(applied_on, chance.between(0, 60)))
        } else {
            (group == ProductGroup::Endowment).then(|| years_later(effective, 20))
        },
        payment_mode: mode,
        premium: money.premium,
        premium_paid: money.paid,
        cash_value: money.cash,
        dividends: if group == ProductGroup::Participating {
            money.cash.scaled(chance.between(1, 6), 100)
        } else {
            Money::ZERO
        },
        survival_benefits: if group == ProductGroup::Annuity && chance.happens(0.3) {
            money.premium.scaled(1, 5)
        } else {
            Money::ZERO
        },
        maturity_benefit: if matures {
            money.paid.scaled(chance.between(104, 138), 100)
        } else {
            Money::ZERO
        },
        overpaid: if chance.happens(0.03) { money.premium.scaled(1, 12) } else { Money::ZERO },
        unexpired_rider: if chance.happens(0.2) { Money::yuan(chance.between(20, 600)) } else { Money::ZERO },
        loan: if loan { money.cash.scaled(chance.between(10, 60), 100) } else { Money::ZERO },
        loan_interest: if loan { money.cash.scaled(1, 100) } else { Money::ZERO },
        apl: if apl { money.premium.scaled(105, 100) } else { Money::ZERO },
        arrears: Money::ZERO,
        open_claim: false,
        frozen: false,
        loss_reported: false,
        holder,
        insured,
        source: if chance.happens(0.7) { FactSource::Core } else { FactSource::Typed },
        as_of,
    }
}

/// Premium and what has become of it.
struct Amounts {
    premium: Money,
    paid: Money,
    cash: Money,
}

impl Amounts {
    fn new(chance: &mut Chance, mode: PaymentMode, years: i64, new: bool) -> Self {
        let large = chance.happens(0.03);
        #[expect(clippy::cast_possible_truncation, reason = "a few ten thousand yuan")]
        let annual = chance.skewed(if large { 160_000.0 } else { 7_200.0 }) as i64;
        let annual = Money::yuan(annual.max(600) / 10 * 10);
        let (part, a_year) = match mode {
            PaymentMode::Annual | PaymentMode::Single => (1_000_000, 1),
            PaymentMode::HalfYearly => (520_000, 2),
            PaymentMode::Quarterly => (265_000, 4),
            PaymentMode::Monthly => (90_000, 12),
        };
        let premium = annual.scaled(part, 1_000_000);
        let paid = premium.scaled(if new { 1 } else { (years + 1) * a_year }, 1);
        let kept = chance.between(38, 96);
        Self { premium, paid, cash: paid.scaled(if new { 30 } else { kept }, 100) }
    }
}

fn status(chance: &mut Chance, items: &[ItemCode]) -> PolicyStatus {
    let only = |codes: &[&str]| items.iter().all(|item| codes.contains(&item.as_str()));
    if only(&["AG"]) && chance.happens(0.6) {
        PolicyStatus::Matured
    } else if only(&["AM", "BC", "PC", "LR", "CT"]) && chance.happens(0.06) {
        PolicyStatus::Lapsed
    } else if only(&["AM", "BC", "AE", "CM", "CT", "LR"]) && chance.happens(0.10) {
        PolicyStatus::PaidUp
    } else {
        PolicyStatus::InForce
    }
}

/// The next anniversary; for a change of mode soon enough to be applied for.
fn anniversary(chance: &mut Chance, effective: NaiveDate, on: NaiveDate, soon: bool) -> NaiveDate {
    if soon {
        return later(on, chance.between(3, 55));
    }
    // A policy of 29 February has its anniversary on the 28th in most years.
    let years = (on.year() - effective.year()).max(0).cast_unsigned();
    let this = years_later(effective, years);
    if this > on { this } else { years_later(effective, years + 1) }
}

fn whole_years(from: NaiveDate, to: NaiveDate) -> i64 {
    (to - from).num_days() / 366
}

fn years_later(day: NaiveDate, years: u32) -> NaiveDate {
    day.checked_add_months(Months::new(12 * years)).unwrap_or(day)
}

pub(super) fn later(day: NaiveDate, days: i64) -> NaiveDate {
    day.checked_add_days(Days::new(days.max(0).cast_unsigned())).unwrap_or(day)
}

pub(super) fn earlier(day: NaiveDate, days: i64) -> NaiveDate {
    day.checked_sub_days(Days::new(days.max(0).cast_unsigned())).unwrap_or(day)
}
