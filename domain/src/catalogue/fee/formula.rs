//! The formulas.

use super::{
    super::{admission::PolicyDate, check::payment_mode, effective::anniversary_of, item::Item},
    ComputedFee, FeeDirection, FeeError, FeeKind, FeeRule, FeeTerm, ModalFactors, WorkingLine,
};
use crate::{id::FieldKey, money::Money, policy::PolicyFacts, value::Value};
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeMap;

/// The fees of an item applied for on a day, by the policy's facts and the item's fields. Nothing depends on
/// the day they are computed, so that what was settled is compared with the same figure at every later step.
/// None for an item without a fee rule, and for a change of mode with nothing paid ahead; a fee waived is a
/// line of 0.
pub fn compute_fees(
    item: &Item,
    policy: &PolicyFacts,
    fields: &BTreeMap<FieldKey, Value>,
    applied_on: NaiveDate,
) -> Result<Vec<ComputedFee>, FeeError> {
    let Some(rule) = &item.fee else { return Ok(Vec::new()) };
    let fee = match rule {
        FeeRule::FreeLook { production_cost } => to_customer(
            FeeKind::FreeLookRefund,
            &[(FeeTerm::PremiumPaid, policy.premium_paid)],
            &[(FeeTerm::ProductionCost, *production_cost)],
        )?,
        FeeRule::Surrender => to_customer(
            FeeKind::Surrender,
            &[
                (FeeTerm::CashValue, policy.cash_value),
                (FeeTerm::Dividends, policy.dividends),
                (FeeTerm::SurvivalBenefits, policy.survival_benefits),
                (FeeTerm::Overpaid, policy.overpaid),
                (FeeTerm::UnexpiredRider, policy.unexpired_rider),
            ],
            &[
                (FeeTerm::Loan, policy.loan),
                (FeeTerm::LoanInterest, policy.loan_interest),
                (FeeTerm::PremiumLoan, policy.apl),
                (FeeTerm::Arrears, policy.arrears),
            ],
        )?,
        FeeRule::Maturity => to_customer(
            FeeKind::Maturity,
            &[
                (FeeTerm::MaturityBenefit, policy.maturity_benefit),
                (FeeTerm::Dividends, policy.dividends),
                (FeeTerm::SurvivalBenefits, policy.survival_benefits),
            ],
            &[
                (FeeTerm::Loan, policy.loan),
                (FeeTerm::LoanInterest, policy.loan_interest),
                (FeeTerm::PremiumLoan, policy.apl),
            ],
        )?,
        FeeRule::Reissue { fee, reason, free } => {
            let code = choice(fields, reason)?;
            let waived = if free.iter().any(|reason| reason == code) { *fee } else { Money::ZERO };
            from_customer(
                FeeKind::ReissueFee,
                &[(FeeTerm::ProductionCost, *fee)],
                &[(FeeTerm::Waived, waived)],
            )?
        }
        FeeRule::PremiumDifference { mode, factors } => {
            let on = anniversary_of(item, policy, applied_on)
                .ok_or(FeeError::UnknownDate { date: PolicyDate::Anniversary })?;
            return Ok(premium_difference(policy, choice(fields, mode)?, mode, *factors, on)?
                .into_iter()
                .collect());
        }
    };
    Ok(vec![fee])
}

fn choice<'a>(fields: &'a BTreeMap<FieldKey, Value>, key: &FieldKey) -> Result<&'a str, FeeError> {
    match fields.get(key) {
        Some(Value::Choice(code)) if !code.is_empty() => Ok(code),
        _ => Err(FeeError::MissingField { field: key.clone() }),
    }
}

/// First instalment in the new mode against what is paid ahead in the old. The new premium is the old one
/// times new factor ÷ old factor, rounded once.
fn premium_difference(
    policy: &PolicyFacts,
    code: &str,
    field: &FieldKey,
    factors: ModalFactors,
    on: NaiveDate,
) -> Result<Option<ComputedFee>, FeeError> {
    let unknown = || FeeError::MissingField { field: field.clone() };
    let (old, months) = factors.of(policy.payment_mode).ok_or(FeeError::SinglePremium)?;
    let (new, _) = payment_mode(code).and_then(|mode| factors.of(mode)).ok_or_else(unknown)?;
    let instalments = policy.paid_to.map_or(0, |paid_to| instalments_between(on, paid_to, months));
    if instalments == 0 {
        return Ok(None);
    }
    // `scaled` saturates; what it would cut off is refused instead.
    if i128::from(policy.premium.minor).abs() * i128::from(new) > i128::from(i64::MAX) * i128::from(old) {
        return Err(FeeError::TooLarge);
    }
    let first = policy.premium.scaled(i64::from(new), i64::from(old));
    let ahead = policy.premium.minor.checked_mul(instalments).ok_or(FeeError::TooLarge)?;
    let ahead = Money { minor: ahead, ..policy.premium };
    from_customer(
        FeeKind::PremiumDifference,
        &[(FeeTerm::NewInstalment, first)],
        &[(FeeTerm::PaidAhead, ahead)],
    )
    .map(Some)
}

/// How many instalments of so many months, counted from `on`, begin before `paid_to`.
fn instalments_between(on: NaiveDate, paid_to: NaiveDate, months: u32) -> i64 {
    if paid_to <= on {
        return 0;
    }
    let years = i64::from(paid_to.year()) - i64::from(on.year());
    let whole = years * 12 + i64::from(paid_to.month()) - i64::from(on.month());
    let begun = whole + i64::from(paid_to.day() > on.day());
    let months = i64::from(months);
    (begun + months - 1) / months
}

type Terms<'a> = &'a [(FeeTerm, Money)];

/// A line to the customer, or where it comes out below nothing one from him.
fn to_customer(kind: FeeKind, adds: Terms<'_>, takes: Terms<'_>) -> Result<ComputedFee, FeeError> {
    line(kind, FeeDirection::Refund, adds, takes)
}

/// A line from the customer, or where it comes out below nothing one to him.
fn from_customer(kind: FeeKind, adds: Terms<'_>, takes: Terms<'_>) -> Result<ComputedFee, FeeError> {
    line(kind, FeeDirection::Collect, adds, takes)
}

fn line(
    kind: FeeKind,
    towards: FeeDirection,
    adds: Terms<'_>,
    takes: Terms<'_>,
) -> Result<ComputedFee, FeeError> {
    let signed = adds.iter().map(|(term, amount)| (*term, i128::from(amount.minor)));
    let signed = signed.chain(takes.iter().map(|(term, amount)| (*term, -i128::from(amount.minor))));
    let terms: Vec<(FeeTerm, i128)> = signed.collect();
    let sum: i128 = terms.iter().map(|(_, amount)| amount).sum();
    let (direction, sign) = match (sum < 0, towards) {
        (false, same) => (same, 1),
        (true, FeeDirection::Refund) => (FeeDirection::Collect, -1),
        (true, FeeDirection::Collect) => (FeeDirection::Refund, -1),
    };
    let currency = adds.first().map_or(Money::ZERO, |(_, amount)| *amount).currency;
    let money = |minor: i128| {
        i64::try_from(minor * sign).map(|minor| Money { minor, currency }).map_err(|_| FeeError::TooLarge)
    };
    let working = terms
        .iter()
        .enumerate()
        .filter(|(index, (_, amount))| *index == 0 || *amount != 0)
        .map(|(_, (term, amount))| Ok(WorkingLine { term: *term, amount: money(*amount)? }))
        .collect::<Result<_, FeeError>>()?;
    Ok(ComputedFee { kind, direction, amount: money(sum)?, working })
}

#[cfg(test)]
mod tests;
