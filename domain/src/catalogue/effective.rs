//! When a change may take effect 生效日.

use super::{
    admission::{Application, PolicyDate, Window, anniversary_for},
    item::Item,
};
use crate::policy::PolicyFacts;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// How an item's effective date is found. Receipt is the day the house got the application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum EffectiveRule {
    /// From the day of receipt to the day of the endorsement, by default the latter.
    SameDay,
    /// From the day after receipt to the day after the endorsement 次日零时, by default the latter.
    NextDay,
    /// The day of receipt alone.
    Receipt,
    /// The anniversary the application is for, alone.
    Anniversary,
    /// The day of maturity, alone.
    Maturity,
}

/// The effective dates an endorsement may name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EffectiveDates {
    /// The first.
    pub from: NaiveDate,
    /// The last.
    pub to: NaiveDate,
    /// What is offered.
    pub default: NaiveDate,
}

impl EffectiveDates {
    /// Whether a day is one of them.
    pub fn contains(&self, day: NaiveDate) -> bool {
        (self.from..=self.to).contains(&day)
    }

    const fn only(day: NaiveDate) -> Self {
        Self { from: day, to: day, default: day }
    }

    fn until(from: NaiveDate, to: NaiveDate) -> Self {
        // An endorsement is never dated before receipt, even where a clock was set back.
        let to = to.max(from);
        Self { from, to, default: to }
    }
}

/// The effective dates an item allows when it is endorsed on business day `today`. `Err` names a date the
/// policy lacks.
pub fn effective_dates(
    item: &Item,
    policy: &PolicyFacts,
    application: &Application,
    today: NaiveDate,
) -> Result<EffectiveDates, PolicyDate> {
    let received = application.received_on();
    let next = |day: NaiveDate| day.succ_opt().unwrap_or(day);
    Ok(match item.effective {
        EffectiveRule::SameDay => EffectiveDates::until(received, today),
        EffectiveRule::NextDay => EffectiveDates::until(next(received), next(today)),
        EffectiveRule::Receipt => EffectiveDates::only(received),
        EffectiveRule::Anniversary => {
            let day = anniversary_of(item, policy, application.applied_on);
            EffectiveDates::only(day.ok_or(PolicyDate::Anniversary)?)
        }
        EffectiveRule::Maturity => EffectiveDates::only(policy.matures_on.ok_or(PolicyDate::MaturesOn)?),
    })
}

/// The anniversary an application for an item is for: the one its window stands around.
pub(super) fn anniversary_of(item: &Item, policy: &PolicyFacts, applied_on: NaiveDate) -> Option<NaiveDate> {
    let after = match item.admission.window {
        Window::AroundAnniversary { after, .. } => after,
        _ => 0,
    };
    anniversary_for(policy, applied_on, after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{Catalogue, test_policy as given};
    use rstest::rstest;

    fn dates(code: &str, today: &str) -> Result<EffectiveDates, PolicyDate> {
        let catalogue = Catalogue::shipped();
        let item = catalogue.item(&code.into()).cloned().unwrap_or_else(|| catalogue.items[0].clone());
        effective_dates(&item, &given::policy(), &given::application(), given::day(today))
    }

    #[rstest]
    #[case("AM", "2026-03-18", "2026-03-20", "2026-03-20")]
    #[case("BC", "2026-03-19", "2026-03-21", "2026-03-21")]
    #[case("CT", "2026-03-18", "2026-03-18", "2026-03-18")]
    #[case("WT", "2026-03-18", "2026-03-18", "2026-03-18")]
    #[case("PM", "2026-06-12", "2026-06-12", "2026-06-12")]
    #[case("AG", "2039-06-12", "2039-06-12", "2039-06-12")]
    fn follows_the_rule(#[case] code: &str, #[case] from: &str, #[case] to: &str, #[case] default: &str) {
        let [from, to, default] = [from, to, default].map(given::day);
        let dates = dates(code, "2026-03-20");
        assert_eq!(dates, Ok(EffectiveDates { from, to, default }));
        assert!(
            dates.is_ok_and(|dates| dates.contains(default) && !dates.contains(from - chrono::Days::new(1)))
        );
    }

    #[test]
    fn never_ends_before_it_begins() {
        assert_eq!(dates("AM", "2026-03-01"), Ok(EffectiveDates::only(given::day("2026-03-18"))));
    }

    #[test]
    fn names_the_date_it_lacks() {
        let mut policy = given::policy();
        (policy.anniversary, policy.matures_on) = (None, None);
        let catalogue = Catalogue::shipped();
        for (code, date) in [("PM", PolicyDate::Anniversary), ("AG", PolicyDate::MaturesOn)] {
            let item = catalogue.item(&code.into());
            let dates = item
                .map(|item| effective_dates(item, &policy, &given::application(), given::day("2026-03-20")));
            assert_eq!(dates, Some(Err(date)));
        }
    }
}
