//! Rows of cases that were brought before: what they say otherwise now.

use domain::case::Registration;
use domain::id::UnitId;
use domain::secret::Secret;

use super::super::fault::{Fault, Rule};
use super::read::ListRow;
use super::{Field, Mapping};
use crate::seal::Vault;

/// Fields of a row that say another thing than a registration does. Fields the mapping does not know say nothing, and when
/// the facts were read is no difference.
pub(super) fn differing(
    was: (&UnitId, &Registration),
    row: &ListRow,
    mapping: &Mapping,
    vault: &Vault,
) -> Vec<Field> {
    let (accepting, was) = was;
    let (is, policy) = (&row.case.registration, &row.case.registration.policy);
    let facts = &was.policy;
    let same = |a: &Secret, b: &Secret| match (a, b) {
        (Secret::Sealed(a), Secret::Plain(b)) => a.digest == vault.digest(b),
        (a, b) => a.same(b) == Some(true),
    };
    let (agent, now) = (was.agent.as_ref(), is.agent.as_ref());
    let said = [
        (Field::Accepting, *accepting == row.case.accepting),
        (Field::Managing, was.managing == is.managing),
        (Field::Applicant, was.applicant == is.applicant),
        (Field::Mobile, same(&was.mobile, &is.mobile)),
        (Field::Capacity, was.capacity == is.capacity),
        (Field::Channel, was.channel == is.channel),
        (Field::AppliedOn, was.applied_on == is.applied_on),
        (Field::ReceivedAt, was.received_at == is.received_at),
        (Field::Items, was.items == is.items),
        (Field::Materials, was.materials == is.materials),
        (Field::AgentName, agent.map(|agent| &agent.name) == now.map(|agent| &agent.name)),
        (
            Field::AgentIdentity,
            match (agent, now) {
                (Some(agent), Some(now)) => same(&agent.identity, &now.identity),
                (agent, now) => agent.is_none() == now.is_none(),
            },
        ),
        (Field::AgentAuthority, agent.map(|agent| agent.authority) == now.map(|agent| agent.authority)),
        (Field::PolicyNo, facts.policy_no == policy.policy_no),
        (Field::Product, facts.product == policy.product),
        (Field::Group, facts.group == policy.group),
        (Field::GroupBusiness, facts.group_business == policy.group_business),
        (Field::Status, facts.status == policy.status),
        (Field::Effective, facts.effective == policy.effective),
        (Field::ReceiptSigned, facts.receipt_signed == policy.receipt_signed),
        (Field::FreeLookDays, facts.free_look_days == policy.free_look_days),
        (Field::PaidTo, facts.paid_to == policy.paid_to),
        (Field::Anniversary, facts.anniversary == policy.anniversary),
        (Field::LapsedOn, facts.lapsed_on == policy.lapsed_on),
        (Field::MaturesOn, facts.matures_on == policy.matures_on),
        (Field::PaymentMode, facts.payment_mode == policy.payment_mode),
        (Field::Premium, facts.premium == policy.premium),
        (Field::PremiumPaid, facts.premium_paid == policy.premium_paid),
        (Field::CashValue, facts.cash_value == policy.cash_value),
        (Field::Dividends, facts.dividends == policy.dividends),
        (Field::SurvivalBenefits, facts.survival_benefits == policy.survival_benefits),
        (Field::MaturityBenefit, facts.maturity_benefit == policy.maturity_benefit),
        (Field::Overpaid, facts.overpaid == policy.overpaid),
        (Field::UnexpiredRider, facts.unexpired_rider == policy.unexpired_rider),
        (Field::Loan, facts.loan == policy.loan),
        (Field::LoanInterest, facts.loan_interest == policy.loan_interest),
        (Field::Apl, facts.apl == policy.apl),
        (Field::Arrears, facts.arrears == policy.arrears),
        (Field::OpenClaim, facts.open_claim == policy.open_claim),
        (Field::Frozen, facts.frozen == policy.frozen),
        (Field::LossReported, facts.loss_reported == policy.loss_reported),
        (Field::Holder, facts.holder == policy.holder),
        (Field::Insured, facts.insured == policy.insured),
    ];
    let known = |field: &Field| mapping.columns.contains_key(field) || mapping.constants.contains_key(field);
    said.into_iter().filter(|(field, same)| !same && known(field)).map(|(field, _)| field).collect()
}

/// Whether a list may change a field of a case that was brought: units, items, papers and the time of receipt are the
/// case's own from then on (process §2, `AmendRegistration`).
pub(super) const fn is_amendable(field: Field) -> bool {
    !matches!(
        field,
        Field::Number
            | Field::Accepting
            | Field::Managing
            | Field::ReceivedAt
            | Field::Items
            | Field::Materials
    )
}

/// The fault of a row that says another thing, with what can be done about it.
pub(super) fn changed(row: &ListRow, mapping: &Mapping, field: Field, what_to_do: &str) -> Fault {
    let detail = format!("case {} was brought with another value than this: {what_to_do}", row.number);
    Fault::value(row.row, mapping.name(field), Rule::Changed, detail)
}

/// The registration with what the row says of it now.
pub(super) fn amended(now: &Registration, row: &ListRow) -> Registration {
    let is = row.case.registration.clone();
    Registration {
        managing: now.managing.clone(),
        received_at: now.received_at,
        items: now.items.clone(),
        materials: now.materials.clone(),
        acknowledged: now.acknowledged.clone(),
        ..is
    }
}
