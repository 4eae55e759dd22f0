//! Rules on the facts of a policy: amounts and dates that can be (process §4).

use super::{PolicyFacts, ProductGroup};
use crate::{case::refusal::InputRule, money::Money};
use chrono::{Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

/// What a product of a group may be. Company-set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProductLimits {
    /// The group.
    pub group: ProductGroup,
    /// No policy of it took effect before.
    pub earliest: NaiveDate,
    /// Longest term in years: nothing is paid to, and nothing matures, later than so long after it took effect.
    pub longest_years: u16,
    /// No amount of it is above, minor units.
    pub most: Money,
    /// Longest free-look period, natural days.
    pub free_look_days: u16,
}

impl ProductLimits {
    /// The shipped limits of every group: life insurance is written in the country again since 1982, a whole life
    /// ends at 105.
    pub fn shipped() -> Vec<Self> {
        use ProductGroup::{Annuity, Endowment, Participating, Traditional, Universal};
        [Traditional, Participating, Universal, Annuity, Endowment].map(Self::of).to_vec()
    }

    /// The shipped limits of a group.
    pub const fn of(group: ProductGroup) -> Self {
        // 1982-01-01 exists in every calendar chrono knows.
        let earliest = match NaiveDate::from_ymd_opt(1982, 1, 1) {
            Some(day) => day,
            None => NaiveDate::MIN,
        };
        Self { group, earliest, longest_years: 106, most: Money::yuan(1_000_000_000), free_look_days: 60 }
    }
}

/// A policy may be concluded so many days before it takes effect, and signed for as long before.
const AHEAD: Days = Days::new(90);

/// What is wrong with the facts of a policy that stood so on the day an application was received: pointers below the
/// policy, with the rule. `received` is that day.
pub fn faults(
    policy: &PolicyFacts,
    received: NaiveDate,
    limits: &ProductLimits,
) -> Vec<(&'static str, InputRule)> {
    let mut faults = Vec::new();
    for (pointer, amount) in policy.amounts() {
        if amount.minor < 0 {
            faults.push((pointer, InputRule::Negative));
        } else if amount.minor > limits.most.minor {
            faults.push((pointer, InputRule::TooLarge));
        }
    }
    if policy.free_look_days > limits.free_look_days {
        faults.push(("free_look_days", InputRule::OutOfRange));
    }
    let ahead = received.checked_add_days(AHEAD).unwrap_or(NaiveDate::MAX);
    if policy.effective < limits.earliest || policy.effective > ahead {
        faults.push(("effective", InputRule::OutOfRange));
        // Every other date is measured by it.
        return faults;
    }
    let last = later(policy.effective, limits.longest_years);
    let concluded = policy.effective.checked_sub_days(AHEAD).unwrap_or(NaiveDate::MIN);
    let next_year = later(received, 2);
    // An anniversary is the next one when the facts were read; facts read a year ago are none.
    let last_year = received.checked_sub_months(Months::new(12)).unwrap_or(NaiveDate::MIN);
    for (pointer, day, from, to) in [
        ("receipt_signed", policy.receipt_signed, concluded, received),
        ("paid_to", policy.paid_to, policy.effective, last),
        ("anniversary", policy.anniversary, policy.effective.max(last_year), next_year),
        ("lapsed_on", policy.lapsed_on, policy.effective, received),
        ("matures_on", policy.matures_on, policy.effective.succ_opt().unwrap_or(policy.effective), last),
    ] {
        if let Some(day) = day {
            if day < from && from == policy.effective {
                faults.push((pointer, InputRule::DateOrder));
            } else if day < from || day > to {
                faults.push((pointer, InputRule::OutOfRange));
            }
        }
    }
    faults
}

fn later(day: NaiveDate, years: u16) -> NaiveDate {
    day.checked_add_months(Months::new(12 * u32::from(years))).unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::test_policy::{day, policy};
    use rstest::rstest;

    fn wrong(change: impl FnOnce(&mut PolicyFacts)) -> Vec<(&'static str, InputRule)> {
        let mut policy = policy();
        change(&mut policy);
        faults(&policy, day("2026-03-18"), &ProductLimits::of(policy.group))
    }

    #[test]
    fn sound_facts_have_no_fault() {
        assert_eq!(wrong(|_| {}), []);
        // Before its receipt is signed, unpaid, new.
        assert_eq!(
            wrong(|policy| {
                policy.effective = day("2026-03-19");
                policy.receipt_signed = Some(day("2026-03-18"));
                policy.paid_to = Some(day("2027-03-19"));
                policy.anniversary = Some(day("2027-03-19"));
            }),
            []
        );
    }

    #[test]
    fn every_amount_is_neither_negative_nor_absurd() {
        let of: Vec<_> = policy().amounts().into_iter().map(|(pointer, _)| pointer).collect();
        assert_eq!(of.len(), 12);
        for (index, pointer) in of.into_iter().enumerate() {
            for (minor, rule) in [(-1, InputRule::Negative), (100_000_000_001, InputRule::TooLarge)] {
                let found = wrong(|policy| *policy.amounts_mut()[index] = Money::fen(minor));
                assert_eq!(found, [(pointer, rule)]);
            }
            assert_eq!(wrong(|policy| *policy.amounts_mut()[index] = Money::fen(100_000_000_000)), []);
        }
    }

    #[rstest]
    #[case("effective", "1900-01-01", InputRule::OutOfRange)]
    #[case("effective", "2026-12-01", InputRule::OutOfRange)]
    #[case("receipt_signed", "2018-01-01", InputRule::OutOfRange)]
    #[case("receipt_signed", "2026-03-19", InputRule::OutOfRange)]
    #[case("paid_to", "2019-06-11", InputRule::DateOrder)]
    #[case("paid_to", "2199-01-01", InputRule::OutOfRange)]
    #[case("anniversary", "2024-06-12", InputRule::OutOfRange)]
    #[case("anniversary", "2029-06-12", InputRule::OutOfRange)]
    #[case("lapsed_on", "2019-06-11", InputRule::DateOrder)]
    #[case("lapsed_on", "2026-03-19", InputRule::OutOfRange)]
    #[case("matures_on", "2019-06-12", InputRule::OutOfRange)]
    #[case("matures_on", "2199-01-01", InputRule::OutOfRange)]
    fn dates_are_in_order_and_in_this_life(
        #[case] field: &'static str,
        #[case] date: &str,
        #[case] rule: InputRule,
    ) {
        let found = wrong(|policy| match field {
            "effective" => policy.effective = day(date),
            "receipt_signed" => policy.receipt_signed = Some(day(date)),
            "paid_to" => policy.paid_to = Some(day(date)),
            "anniversary" => policy.anniversary = Some(day(date)),
            "lapsed_on" => policy.lapsed_on = Some(day(date)),
            _ => policy.matures_on = Some(day(date)),
        });
        assert_eq!(found, [(field, rule)]);
    }
}
