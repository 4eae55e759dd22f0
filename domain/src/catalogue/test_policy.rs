//! A policy and an application for tests.

use super::{Application, Capacity, Channel};
use crate::{
    money::Money,
    policy::{FactSource, PaymentMode, PolicyFacts, PolicyStatus, ProductGroup},
    time::Timestamp,
};
use chrono::NaiveDate;

/// A day written `2026-03-18`.
pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// A moment written in RFC 3339.
pub(crate) fn moment(text: &str) -> Timestamp {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// A participating whole-life policy of 2019, in force, paid annually to its next anniversary, without debts.
pub(crate) fn policy() -> PolicyFacts {
    PolicyFacts {
        policy_no: "310021846621".into(),
        product: "安衡终身寿险".to_owned(),
        group: ProductGroup::Participating,
        group_business: false,
        status: PolicyStatus::InForce,
        effective: day("2019-06-12"),
        receipt_signed: Some(day("2019-06-20")),
        free_look_days: 15,
        paid_to: Some(day("2026-06-12")),
        anniversary: Some(day("2026-06-12")),
        lapsed_on: None,
        matures_on: Some(day("2039-06-12")),
        payment_mode: PaymentMode::Annual,
        premium: Money::yuan(12_480),
        premium_paid: Money::yuan(87_360),
        cash_value: Money::ZERO,
        dividends: Money::ZERO,
        survival_benefits: Money::ZERO,
        maturity_benefit: Money::ZERO,
        overpaid: Money::ZERO,
        unexpired_rider: Money::ZERO,
        loan: Money::ZERO,
        loan_interest: Money::ZERO,
        apl: Money::ZERO,
        arrears: Money::ZERO,
        open_claim: false,
        frozen: false,
        loss_reported: false,
        holder: "顾文娟".to_owned(),
        insured: "沈嘉树".to_owned(),
        source: FactSource::Core,
        as_of: moment("2026-03-18T06:00:00+08:00"),
    }
}

/// The holder herself, at the counter, on 18 March 2026.
pub(crate) fn application() -> Application {
    Application {
        applied_on: day("2026-03-17"),
        received_at: moment("2026-03-18T14:05:00+08:00"),
        capacity: Capacity::Holder,
        by_agent: false,
        agent_has_authority: false,
        channel: Channel::Counter,
    }
}
