//! Fees 收退费: formulas as data, exact, with the working shown (process §5).
//!
//! Every formula rounds at most once per line. A line is never negative: where a refund comes out below
//! nothing, the shortfall is a line to collect.

mod formula;

pub use formula::compute_fees;

use super::{admission::PolicyDate, label::Label};
use crate::{id::FieldKey, money::Money, policy::PaymentMode};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Formula of an item with its figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum FeeRule {
    /// 犹豫期退保: premium paid − production cost.
    FreeLook {
        /// 工本费.
        production_cost: Money,
    },
    /// 退保: cash value + dividends + survival benefits + overpaid premium + unexpired rider premium − loan −
    /// interest − automatic premium loan − arrears. The same for every product group: what a group lacks is 0.
    Surrender,
    /// 满期给付: maturity benefit + dividends + survival benefits − loan − interest − automatic premium loan.
    Maturity,
    /// 补发: a fixed fee, nothing where the reason is not the customer's.
    Reissue {
        /// 工本费.
        fee: Money,
        /// The field that gives the reason.
        reason: FieldKey,
        /// Reasons that cost nothing.
        free: Vec<Cow<'static, str>>,
    },
    /// 交费间隔变更: where instalments of the old mode are paid beyond the effective date, the first
    /// instalment of the new mode − those; nothing where none are: the next bill is in the new mode.
    PremiumDifference {
        /// The field that gives the new mode.
        mode: FieldKey,
        /// Premium of one instalment by mode.
        factors: ModalFactors,
    },
}

/// Premium of one instalment, per million of the annual premium.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ModalFactors {
    /// 年交
    pub annual: u32,
    /// 半年交
    pub half_yearly: u32,
    /// 季交
    pub quarterly: u32,
    /// 月交
    pub monthly: u32,
}

impl ModalFactors {
    /// The factor of a mode and the months its instalment covers; none for a single premium.
    pub const fn of(self, mode: PaymentMode) -> Option<(u32, u32)> {
        match mode {
            PaymentMode::Single => None,
            PaymentMode::Annual => Some((self.annual, 12)),
            PaymentMode::HalfYearly => Some((self.half_yearly, 6)),
            PaymentMode::Quarterly => Some((self.quarterly, 3)),
            PaymentMode::Monthly => Some((self.monthly, 1)),
        }
    }
}

/// What a fee line is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum FeeKind {
    /// 犹豫期退费
    FreeLookRefund,
    /// 退保金
    Surrender,
    /// 满期金
    Maturity,
    /// 补发工本费
    ReissueFee,
    /// 保费差额
    PremiumDifference,
}

impl FeeKind {
    /// Its name.
    pub const fn label(self) -> Label {
        match self {
            Self::FreeLookRefund => Label::new("犹豫期退费", "Free-look refund"),
            Self::Surrender => Label::new("退保金", "Surrender value"),
            Self::Maturity => Label::new("满期金", "Maturity benefit"),
            Self::ReissueFee => Label::new("补发工本费", "Reissue fee"),
            Self::PremiumDifference => Label::new("保费差额", "Difference of premium"),
        }
    }
}

/// Which way the money goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum FeeDirection {
    /// 收费: from the customer.
    Collect,
    /// 退费: to the customer.
    Refund,
}

/// A term of a formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum FeeTerm {
    /// 已交保费
    PremiumPaid,
    /// 工本费
    ProductionCost,
    /// 现金价值
    CashValue,
    /// 满期金
    MaturityBenefit,
    /// 累积红利
    Dividends,
    /// 未领生存金
    SurvivalBenefits,
    /// 溢缴保费
    Overpaid,
    /// 附加险未到期
    UnexpiredRider,
    /// 贷款本金
    Loan,
    /// 贷款利息
    LoanInterest,
    /// 自垫本息
    PremiumLoan,
    /// 欠缴保费
    Arrears,
    /// 免收
    Waived,
    /// 新交费方式首期保费
    NewInstalment,
    /// 已交原期保费
    PaidAhead,
}

impl FeeTerm {
    /// Its name.
    pub const fn label(self) -> Label {
        match self {
            Self::PremiumPaid => Label::new("已交保费", "Premium paid"),
            Self::ProductionCost => Label::new("工本费", "Production cost"),
            Self::CashValue => Label::new("现金价值", "Cash value"),
            Self::MaturityBenefit => Label::new("满期金", "Maturity benefit"),
            Self::Dividends => Label::new("累积红利", "Dividends"),
            Self::SurvivalBenefits => Label::new("未领生存金", "Survival benefits"),
            Self::Overpaid => Label::new("溢缴保费", "Overpaid premium"),
            Self::UnexpiredRider => Label::new("附加险未到期", "Unexpired rider premium"),
            Self::Loan => Label::new("贷款本金", "Loan"),
            Self::LoanInterest => Label::new("贷款利息", "Loan interest"),
            Self::PremiumLoan => Label::new("自垫本息", "Automatic premium loan"),
            Self::Arrears => Label::new("欠缴保费", "Arrears"),
            Self::Waived => Label::new("免收", "Waived"),
            Self::NewInstalment => Label::new("新一期保费", "New instalment"),
            Self::PaidAhead => Label::new("已交原期保费", "Paid in the old mode"),
        }
    }
}

/// One term with its amount, signed in the direction of its line: what adds to it is positive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WorkingLine {
    /// The term.
    pub term: FeeTerm,
    /// Its amount.
    pub amount: Money,
}

/// A fee as computed. The working adds up to the amount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ComputedFee {
    /// What for.
    pub kind: FeeKind,
    /// Which way.
    pub direction: FeeDirection,
    /// How much; never negative.
    pub amount: Money,
    /// How it comes about: the first term always, others where they are not nothing.
    pub working: Vec<WorkingLine>,
}

/// A fee line of a case 费用明细.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FeeLine {
    /// Index of the item in the case.
    pub item: u8,
    /// What for.
    pub kind: FeeKind,
    /// Which way.
    pub direction: FeeDirection,
    /// What the formula gives 试算.
    pub computed: Money,
    /// What is settled 实算.
    pub settled: Money,
    /// Why it differs.
    #[serde(default)]
    pub reason: Option<String>,
    /// The approval that lets it differ beyond the grant.
    #[serde(default)]
    pub approval: Option<u32>,
}

impl FeeLine {
    /// Whether settled and computed differ.
    pub fn differs(&self) -> bool {
        self.settled != self.computed
    }
}

/// Why a fee cannot be computed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum FeeError {
    /// A field the formula needs has no value it knows.
    #[error("the formula needs field {field}")]
    MissingField {
        /// The field.
        field: FieldKey,
    },
    /// A date of the policy the formula needs is not known.
    #[error("the formula needs a date of the policy: {date:?}")]
    UnknownDate {
        /// The date.
        date: PolicyDate,
    },
    /// The policy is paid at once; there is no instalment to compare.
    #[error("the policy has a single premium")]
    SinglePremium,
    /// An amount beyond what a money value holds.
    #[error("the amount is beyond what can be written down")]
    TooLarge,
}
