//! E01: may this application be taken in? The window against the policy's dates, its status, what blocks it,
//! open items, who applies (process §4). Every rule answers with the dates needed to word it.

mod application;
mod window;

pub use application::{Application, Capacity, Channel};
pub use window::Window;
pub(super) use window::anniversary_for;

use super::item::Item;
use crate::{
    id::ItemCode,
    money::Money,
    policy::{PaymentMode, PolicyFacts, PolicyStatus},
    time::local_date,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// Something about a policy that stops an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum PolicyBlock {
    /// 冻结
    Frozen,
    /// 未结理赔
    OpenClaim,
    /// 挂失
    LossReported,
    /// 贷款未清
    Loan,
    /// 自垫未清
    PremiumLoan,
    /// 趸交: there is no instalment to change.
    SinglePremium,
}

impl PolicyBlock {
    /// Whether it stands in the way on that policy.
    pub fn holds(self, policy: &PolicyFacts) -> bool {
        match self {
            Self::Frozen => policy.frozen,
            Self::OpenClaim => policy.open_claim,
            Self::LossReported => policy.loss_reported,
            Self::Loan => policy.loan.minor > 0,
            Self::PremiumLoan => policy.apl.minor > 0,
            Self::SinglePremium => policy.payment_mode == PaymentMode::Single,
        }
    }

    /// The amount owed, where the block is one.
    pub const fn amount(self, policy: &PolicyFacts) -> Option<Money> {
        match self {
            Self::Loan => Some(policy.loan),
            Self::PremiumLoan => Some(policy.apl),
            _ => None,
        }
    }
}

/// A date of the policy a rule needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum PolicyDate {
    /// Day the policy was signed for 回执签收日.
    ReceiptSigned,
    /// Next anniversary 周年日.
    Anniversary,
    /// Maturity date 满期日.
    MaturesOn,
}

/// What an item declares on its application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Admission {
    /// When it may be applied for.
    pub window: Window,
    /// Statuses of the policy it is for.
    pub statuses: Vec<PolicyStatus>,
    /// What stops it.
    pub blocked_by: Vec<PolicyBlock>,
    /// Items that may not be open on the policy, nor stand in the same case.
    pub excludes: Vec<ItemCode>,
    /// Who may apply.
    pub capacities: Vec<Capacity>,
    /// Whether somebody may act for the applicant.
    pub by_agent: bool,
}

/// What E01 looks at beside the item, the policy and the application.
#[derive(Debug, Clone, Copy)]
pub struct E01Context<'a> {
    /// Items open on the policy: of other cases, and the other items of this one.
    pub open_items: &'a [ItemCode],
    /// How many days before receipt the application may be dated; more for who may back-date.
    pub back_date_days: u16,
    /// Now.
    pub now: DateTime<Utc>,
}

/// One rule with its verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct E01Line {
    /// Whether it holds.
    pub holds: bool,
    /// The rule, with what it looked at.
    pub check: E01Check,
}

/// A rule of E01 with the facts to word it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum E01Check {
    /// Neither signed nor received in the future.
    NotFuture {
        /// The application date.
        applied_on: NaiveDate,
        /// When it was received.
        received_at: DateTime<Utc>,
        /// The business day.
        today: NaiveDate,
    },
    /// Not signed after it was received.
    NotAfterReceipt {
        /// The application date.
        applied_on: NaiveDate,
        /// Day of receipt.
        received_on: NaiveDate,
    },
    /// Not signed longer before receipt than allowed.
    NotTooOld {
        /// The application date.
        applied_on: NaiveDate,
        /// Day of receipt.
        received_on: NaiveDate,
        /// Days between them.
        days: i64,
        /// Days allowed.
        allowed: u16,
    },
    /// Applied for inside the window.
    Window {
        /// The window declared.
        window: Window,
        /// Its first day; none = open, or unknown.
        from: Option<NaiveDate>,
        /// Its last day; none = open, or unknown.
        to: Option<NaiveDate>,
        /// The application date.
        applied_on: NaiveDate,
        /// Days outside: negative = too early, positive = too late, 0 = inside.
        days_off: i64,
        /// A date of the policy that is not known, so that the rule cannot hold.
        unknown: Option<PolicyDate>,
    },
    /// The policy has a status the item is for.
    Status {
        /// Its status.
        status: PolicyStatus,
        /// Those allowed.
        allowed: Vec<PolicyStatus>,
    },
    /// Nothing stops it.
    Unblocked {
        /// What was looked at.
        block: PolicyBlock,
        /// What is owed, where the block is a debt.
        amount: Option<Money>,
    },
    /// No item open that excludes it.
    NoExcludedItem {
        /// Those open that do.
        open: Vec<ItemCode>,
    },
    /// Applied for by one who may.
    Capacity {
        /// The capacity.
        capacity: Capacity,
        /// Those allowed.
        allowed: Vec<Capacity>,
    },
    /// Somebody may act for the applicant.
    AgentAllowed,
    /// He has shown his authority and identity.
    AgentAuthority,
}

/// E01 for one item, rule by rule; the two lines on agents only where there is one. It may be registered
/// with lines that do not hold, once they are acknowledged; `CompleteReview` refuses it then.
pub fn admissibility(
    item: &Item,
    policy: &PolicyFacts,
    application: &Application,
    context: &E01Context<'_>,
) -> Vec<E01Line> {
    let admission = &item.admission;
    let mut lines = Vec::from(dates(application, context));
    lines.push(admission.window.line(policy, application.applied_on));
    lines.push(E01Line {
        holds: admission.statuses.contains(&policy.status),
        check: E01Check::Status { status: policy.status, allowed: admission.statuses.clone() },
    });
    lines.extend(admission.blocked_by.iter().map(|block| E01Line {
        holds: !block.holds(policy),
        check: E01Check::Unblocked { block: *block, amount: block.amount(policy) },
    }));
    let mut open: Vec<ItemCode> =
        context.open_items.iter().filter(|code| admission.excludes.contains(code)).cloned().collect();
    open.sort();
    open.dedup();
    lines.push(E01Line { holds: open.is_empty(), check: E01Check::NoExcludedItem { open } });
    lines.push(E01Line {
        holds: admission.capacities.contains(&application.capacity),
        check: E01Check::Capacity { capacity: application.capacity, allowed: admission.capacities.clone() },
    });
    if application.by_agent {
        lines.push(E01Line { holds: admission.by_agent, check: E01Check::AgentAllowed });
        lines.push(E01Line { holds: application.agent_has_authority, check: E01Check::AgentAuthority });
    }
    lines
}

fn dates(application: &Application, context: &E01Context<'_>) -> [E01Line; 3] {
    let Application { applied_on, received_at, .. } = *application;
    let received_on = application.received_on();
    let today = local_date(context.now);
    let days = received_on.signed_duration_since(applied_on).num_days();
    let allowed = context.back_date_days;
    [
        E01Line {
            holds: applied_on <= today && received_at <= context.now,
            check: E01Check::NotFuture { applied_on, received_at, today },
        },
        E01Line {
            holds: applied_on <= received_on,
            check: E01Check::NotAfterReceipt { applied_on, received_on },
        },
        E01Line {
            holds: days <= i64::from(allowed),
            check: E01Check::NotTooOld { applied_on, received_on, days, allowed },
        },
    ]
}

#[cfg(test)]
mod tests;
