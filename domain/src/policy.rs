//! What the rules need to know of the policy 保单要素 (process §4).

mod number;
mod rules;

pub use number::PolicyNumber;
pub use rules::{ProductLimits, faults};

use crate::money::Money;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Product group: which fee formulas apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ProductGroup {
    /// 传统型
    Traditional,
    /// 分红型
    Participating,
    /// 万能型
    Universal,
    /// 年金型
    Annuity,
    /// 两全型
    Endowment,
}

/// Status of the policy in the core system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum PolicyStatus {
    /// 有效
    InForce,
    /// 效力中止
    Lapsed,
    /// 缴清
    PaidUp,
    /// 满期
    Matured,
    /// 终止
    Terminated,
}

/// Where the facts come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum FactSource {
    /// Typed at intake.
    Typed,
    /// From an imported list.
    Imported,
    /// From the core system.
    Core,
}

/// How often premium is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum PaymentMode {
    /// 趸交
    Single,
    /// 年交
    Annual,
    /// 半年交
    HalfYearly,
    /// 季交
    Quarterly,
    /// 月交
    Monthly,
}

/// The policy as far as the rules need it, with source and time. Amounts in minor units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PolicyFacts {
    /// Policy number 保单号.
    pub policy_no: PolicyNumber,
    /// Product name 险种.
    pub product: String,
    /// Product group.
    pub group: ProductGroup,
    /// Group business: the 2010 service rules exempt it.
    #[serde(default)]
    pub group_business: bool,
    /// Status in the core.
    pub status: PolicyStatus,
    /// Effective date.
    pub effective: NaiveDate,
    /// Day the customer signed for the policy; the free-look period runs from it.
    pub receipt_signed: Option<NaiveDate>,
    /// Length of the free-look period, natural days.
    pub free_look_days: u16,
    /// Premium is paid to this day.
    pub paid_to: Option<NaiveDate>,
    /// Next policy anniversary.
    pub anniversary: Option<NaiveDate>,
    /// Day the policy lapsed.
    pub lapsed_on: Option<NaiveDate>,
    /// Maturity date.
    pub matures_on: Option<NaiveDate>,
    /// How premium is paid.
    pub payment_mode: PaymentMode,
    /// Premium of one instalment.
    pub premium: Money,
    /// Premium paid so far.
    pub premium_paid: Money,
    /// Cash value today, by the core.
    pub cash_value: Money,
    /// Dividends left with the company.
    pub dividends: Money,
    /// Survival benefits due and not taken.
    pub survival_benefits: Money,
    /// Benefit at maturity.
    pub maturity_benefit: Money,
    /// Premium paid too much.
    pub overpaid: Money,
    /// Premium of riders not yet used up.
    pub unexpired_rider: Money,
    /// Policy loan outstanding.
    pub loan: Money,
    /// Interest on it to date.
    pub loan_interest: Money,
    /// Automatic premium loan 自垫 with interest.
    pub apl: Money,
    /// Premium in arrears.
    pub arrears: Money,
    /// A claim is open.
    pub open_claim: bool,
    /// Frozen by court or company.
    pub frozen: bool,
    /// Reported lost.
    pub loss_reported: bool,
    /// Policyholder's name 投保人.
    pub holder: String,
    /// Insured's name 被保险人.
    pub insured: String,
    /// Where the facts come from.
    pub source: FactSource,
    /// When they were read.
    #[serde(deserialize_with = "crate::time::wire::millis")]
    pub as_of: chrono::DateTime<chrono::Utc>,
}

impl PolicyFacts {
    /// Its amounts by field.
    pub const fn amounts(&self) -> [(&'static str, Money); 12] {
        [
            ("premium", self.premium),
            ("premium_paid", self.premium_paid),
            ("cash_value", self.cash_value),
            ("dividends", self.dividends),
            ("survival_benefits", self.survival_benefits),
            ("maturity_benefit", self.maturity_benefit),
            ("overpaid", self.overpaid),
            ("unexpired_rider", self.unexpired_rider),
            ("loan", self.loan),
            ("loan_interest", self.loan_interest),
            ("apl", self.apl),
            ("arrears", self.arrears),
        ]
    }

    /// Its amounts, in the same order.
    #[cfg(test)]
    pub(crate) const fn amounts_mut(&mut self) -> [&mut Money; 12] {
        [
            &mut self.premium,
            &mut self.premium_paid,
            &mut self.cash_value,
            &mut self.dividends,
            &mut self.survival_benefits,
            &mut self.maturity_benefit,
            &mut self.overpaid,
            &mut self.unexpired_rider,
            &mut self.loan,
            &mut self.loan_interest,
            &mut self.apl,
            &mut self.arrears,
        ]
    }

    /// Whether other facts say the same of the policy, wherever and whenever they were read.
    pub fn same_facts(&self, other: &Self) -> bool {
        *self == Self { source: self.source, as_of: self.as_of, ..other.clone() }
    }
}
