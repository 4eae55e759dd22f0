//! Rules a field declares beyond its type.

use super::{Checking, FieldFault, FieldRule, given, payment_mode};
use crate::{
    catalogue::{
        field::{PolicyFact, Rule},
        identity::ResidentId,
    },
    id::FieldKey,
    secret::normalise,
    value::{DocumentKind, Value},
};
use chrono::{Months, NaiveDate};

impl Checking<'_> {
    pub(super) fn rule(&mut self, rule: &Rule, value: &Value) {
        if let Some(broken) = self.broken(rule, value) {
            // Two people may bear one name; nobody changes a mode to the mode he has.
            let warns = matches!(rule, Rule::NotAsPolicy(PolicyFact::Holder | PolicyFact::Insured));
            let fault = if warns { FieldFault::warn } else { FieldFault::error };
            self.faults.push(fault(self.at.clone(), broken));
        }
    }

    /// What a value breaks of a rule. A rule the value's form has nothing to say to, or whose other side is
    /// missing or sealed, is not broken.
    fn broken(&self, rule: &Rule, value: &Value) -> Option<FieldRule> {
        let today = self.context.today;
        let unless = |holds: bool, broken: FieldRule| (!holds).then_some(broken);
        match (rule, value) {
            (Rule::Length { .. } | Rule::Characters(_) | Rule::Pattern(_), _) => Self::text_rule(rule, value),
            (Rule::NotPast, Value::Date(day)) => {
                unless(*day >= today, FieldRule::NotPast { day: *day, today })
            }
            (Rule::NotFuture, Value::Date(day)) => {
                unless(*day <= today, FieldRule::NotFuture { day: *day, today })
            }
            (Rule::AgeAtLeast(years), Value::Date(birth)) => {
                unless(is_of_age(*birth, *years, today), FieldRule::AgeAtLeast { years: *years })
            }
            (Rule::MoneyRange { min, max }, Value::Money(amount)) => {
                unless((min..=max).contains(&amount), FieldRule::MoneyRange { min: *min, max: *max })
            }
            (Rule::NoneOf(codes), Value::Choice(code)) => {
                unless(!codes.iter().any(|excluded| excluded == code), FieldRule::UnknownChoice)
            }
            (Rule::AsPolicy(fact), _) => {
                unless(self.as_policy(*fact, value) != Some(false), FieldRule::AsPolicy { fact: *fact })
            }
            (Rule::NotAsPolicy(fact), _) => {
                unless(self.as_policy(*fact, value) != Some(true), FieldRule::NotAsPolicy { fact: *fact })
            }
            (Rule::AsField(other), _) => {
                let other_value = self.values.and_then(|values| given(values, other));
                let same = other_value.and_then(|other| value.same(other));
                unless(same != Some(false), FieldRule::AsField { field: other.clone() })
            }
            (Rule::BirthDateOf(document), Value::Date(birth)) => {
                let agrees = self.resident_id(document).is_none_or(|id| id.birth_date() == *birth);
                unless(agrees, FieldRule::BirthDateDiffers { document: document.clone() })
            }
            (Rule::SexOf(document), Value::Choice(sex)) => {
                let agrees = self.resident_id(document).is_none_or(|id| id.sex().as_str() == sex);
                unless(agrees, FieldRule::SexDiffers { document: document.clone() })
            }
            _ => None,
        }
    }

    /// Whether a value says what the policy says; unknown without a policy.
    fn as_policy(&self, fact: PolicyFact, value: &Value) -> Option<bool> {
        let policy = self.context.policy?;
        match (fact, value) {
            (PolicyFact::Holder, Value::Text(text)) => Some(normalise(text) == normalise(&policy.holder)),
            (PolicyFact::Insured, Value::Text(text)) => Some(normalise(text) == normalise(&policy.insured)),
            (PolicyFact::PaymentMode, Value::Choice(code)) => {
                Some(payment_mode(code) == Some(policy.payment_mode))
            }
            _ => None,
        }
    }

    /// What the plain, valid citizen number in the document of another field says.
    fn resident_id(&self, field: &FieldKey) -> Option<ResidentId> {
        let Value::Document(document) = given(self.values?, field)? else { return None };
        let id = ResidentId::parse(document.number.plain()?, self.context.today).ok()?;
        // A household register shows the identity number of its person.
        let borne = if document.kind == DocumentKind::HouseholdRegister {
            DocumentKind::ResidentId
        } else {
            document.kind
        };
        (id.document() == borne).then_some(id)
    }
}

fn is_of_age(birth: NaiveDate, years: u8, today: NaiveDate) -> bool {
    birth.checked_add_months(Months::new(u32::from(years) * 12)).is_some_and(|day| day <= today)
}
