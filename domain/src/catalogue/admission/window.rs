//! Windows: natural days between dates of the policy, both ends included.

use super::{E01Check, E01Line, PolicyDate};
use crate::policy::PolicyFacts;
use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

/// When an item may be applied for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Window {
    /// At any time.
    Always,
    /// In the free-look period 犹豫期: from the day the policy was signed for, so many days as the policy gives.
    WithinFreeLook,
    /// After the free-look period.
    AfterFreeLook,
    /// Around an anniversary 周年日.
    AroundAnniversary {
        /// Days before it.
        before: u16,
        /// Days after it.
        after: u16,
    },
    /// From maturity on 满期.
    FromMaturity {
        /// Days before it.
        before: u16,
    },
}

impl Window {
    /// First and last day of the window an application of that day falls in, or the next one; none at an end
    /// that is open. `Err` where the policy lacks the date.
    pub fn days(
        self,
        policy: &PolicyFacts,
        applied_on: NaiveDate,
    ) -> Result<(Option<NaiveDate>, Option<NaiveDate>), PolicyDate> {
        let free_look = || {
            let signed = policy.receipt_signed.ok_or(PolicyDate::ReceiptSigned)?;
            Ok((signed, later(signed, policy.free_look_days)))
        };
        Ok(match self {
            Self::Always => (None, None),
            Self::WithinFreeLook => {
                let (from, to) = free_look()?;
                (Some(from), Some(to))
            }
            Self::AfterFreeLook => {
                let (_, last) = free_look()?;
                (Some(later(last, 1)), None)
            }
            Self::AroundAnniversary { before, after } => {
                let day = anniversary_for(policy, applied_on, after).ok_or(PolicyDate::Anniversary)?;
                (Some(earlier(day, before)), Some(later(day, after)))
            }
            Self::FromMaturity { before } => {
                let day = policy.matures_on.ok_or(PolicyDate::MaturesOn)?;
                (Some(earlier(day, before)), None)
            }
        })
    }

    pub(super) fn line(self, policy: &PolicyFacts, applied_on: NaiveDate) -> E01Line {
        let (from, to, unknown) = match self.days(policy, applied_on) {
            Ok((from, to)) => (from, to, None),
            Err(date) => (None, None, Some(date)),
        };
        let early = from.map_or(0, |from| (applied_on - from).num_days().min(0));
        let late = to.map_or(0, |to| (applied_on - to).num_days().max(0));
        let days_off = if early == 0 { late } else { early };
        E01Line {
            holds: unknown.is_none() && days_off == 0,
            check: E01Check::Window { window: self, from, to, applied_on, days_off, unknown },
        }
    }
}

/// The anniversary an application of that day is for: the first whose window, `after` days beyond it, has not
/// ended. The facts name the next one after they were read; that day is moved by whole years.
pub(in crate::catalogue) fn anniversary_for(
    policy: &PolicyFacts,
    applied_on: NaiveDate,
    after: u16,
) -> Option<NaiveDate> {
    let known = policy.anniversary?;
    let wanted = earlier(applied_on, after);
    // A year early, since a day may stand before or after its anniversary in the calendar year.
    let years = i64::from(wanted.year()) - i64::from(known.year()) - 1;
    (years..).take(3).find_map(|years| by_years(known, years).filter(|day| *day >= wanted))
}

/// The same day so many years on; 28 February where there is no 29th.
fn by_years(day: NaiveDate, years: i64) -> Option<NaiveDate> {
    let months = Months::new(u32::try_from(years.unsigned_abs()).ok()?.checked_mul(12)?);
    if years < 0 { day.checked_sub_months(months) } else { day.checked_add_months(months) }
}

fn later(day: NaiveDate, days: u16) -> NaiveDate {
    day.checked_add_days(Days::new(u64::from(days))).unwrap_or(NaiveDate::MAX)
}

fn earlier(day: NaiveDate, days: u16) -> NaiveDate {
    day.checked_sub_days(Days::new(u64::from(days))).unwrap_or(NaiveDate::MIN)
}
