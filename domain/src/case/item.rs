//! One change item of a case with the results of each step.
//!
//! A result holds while the inputs it was given for hold. [`super::rests`] says which rests on which;
//! what the core system holds does not fall, only its comparison does (process §1).

use crate::{
    actor::By,
    catalogue::{FeeDirection, FeeKind},
    id::{FieldKey, FinishLine, ItemCode},
    money::Money,
    value::Value,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Values of an item's fields.
pub type Fields = BTreeMap<FieldKey, Value>;

/// Who did something, when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Done {
    /// Who.
    pub by: By,
    /// When.
    pub at: DateTime<Utc>,
}

/// How an item left the case before the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Dropped {
    /// 拒绝
    Declined,
}

/// Entered change data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Entered {
    /// The values.
    #[cfg_attr(feature = "openapi", schema(value_type = std::collections::HashMap<String, Value>))]
    pub fields: Fields,
    /// Who keyed them first.
    pub done: Done,
    /// The blind second keying that equalled them.
    pub confirmed: Option<Done>,
    /// Key fields whose second keying differed: neither value counts until one is chosen and the other
    /// is keyed again.
    #[serde(default)]
    pub differing: Vec<FieldKey>,
}

/// A line of the preparation before the change (process §2): each has an answer and a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum PreparationLine {
    /// 保单贷款
    Loan,
    /// 自垫
    Apl,
    /// 欠交保费
    Arrears,
    /// 未结理赔
    Claim,
    /// 冻结
    Freeze,
    /// 挂失
    LossReport,
    /// 转核保、转财务: only *not needed* until those desks exist.
    Referrals,
    /// 审批: only *not needed* for items that declare none.
    Approvals,
}

impl PreparationLine {
    /// All lines in order.
    pub const ALL: [Self; 8] = [
        Self::Loan,
        Self::Apl,
        Self::Arrears,
        Self::Claim,
        Self::Freeze,
        Self::LossReport,
        Self::Referrals,
        Self::Approvals,
    ];

    /// Whether only *not needed* may be answered.
    pub const fn only_not_needed(self) -> bool {
        matches!(self, Self::Referrals | Self::Approvals)
    }
}

/// What the preparation found for one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum PreparationAnswer {
    /// 无
    None,
    /// 有
    Present,
    /// 不需要
    NotNeeded,
}

/// Where the answer comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum PreparationSource {
    /// Looked up in the core system.
    Core,
    /// From the policy facts of the registration.
    Facts,
    /// Asked at the desk concerned.
    Desk,
}

/// One answered line of the preparation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Prepared {
    /// The answer.
    pub answer: PreparationAnswer,
    /// Its source.
    pub source: PreparationSource,
}

/// State of a core result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum CoreState {
    /// Made in the core, not in force yet.
    Pending,
    /// In force.
    Effective,
}

/// What the core policy system shows for the item. *Outstanding* from recording until its cancellation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CoreResult {
    /// The core's reference.
    pub reference: String,
    /// Pending or effective.
    pub state: CoreState,
    /// The values the core shows.
    #[cfg_attr(feature = "openapi", schema(value_type = std::collections::HashMap<String, Value>))]
    pub fields: Fields,
    /// Who recorded it last.
    pub done: Done,
    /// Since when it is in force.
    pub effective_at: Option<DateTime<Utc>>,
    /// Its comparison stands. Falls with a return; recording the same reference and values anew sets it.
    pub compared: bool,
}

/// A fee line with its working: collected from or refunded to the customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SettledFee {
    /// Which fee.
    pub kind: FeeKind,
    /// To collect or to refund.
    pub direction: FeeDirection,
    /// What the rule computes, minor units.
    pub computed: Money,
    /// What is charged or paid, minor units.
    pub settled: Money,
    /// Why it differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Settled fees of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Fees {
    /// The lines.
    pub lines: Vec<SettledFee>,
    /// Who settled them.
    pub done: Done,
}

/// The endorsement 批注 put on the policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Endorsement {
    /// Its number.
    pub number: String,
    /// Its text.
    pub text: String,
    /// From when the change holds.
    pub effective_date: NaiveDate,
    /// Premium of one instalment after the change, where it changes.
    pub premium: Option<Money>,
    /// Who wrote it.
    pub done: Done,
}

/// The "asked" column: what the application says for a key field, keyed blind by the rechecker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Asked {
    /// The paper states it.
    Stated(Value),
    /// The paper does not; the value follows from a rule the catalogue names for the field: its code.
    ByRule(String),
}

impl Asked {
    /// Whether two keyings say the same; unknown (`None`) where a plain personal value meets a sealed one.
    pub fn same(&self, other: &Self) -> Option<bool> {
        match (self, other) {
            (Self::Stated(a), Self::Stated(b)) => a.same(b),
            (Self::ByRule(a), Self::ByRule(b)) => Some(a == b),
            (Self::Stated(_), Self::ByRule(_)) | (Self::ByRule(_), Self::Stated(_)) => Some(false),
        }
    }
}

/// Why a difference between asked, entered and core is right as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Explained {
    /// The field.
    pub field: FieldKey,
    /// The explanation.
    pub reason: String,
}

/// A rechecker's pass.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Pass {
    /// Explained differences.
    #[serde(default)]
    pub explained: Vec<Explained>,
    /// Which round of recheck gave it, from 1.
    pub round: u16,
    /// Who passed it.
    pub done: Done,
}

/// Answer to a line of the finishing list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Finished {
    /// Done as the line says.
    Done,
    /// Does not apply to this policy.
    NotApplicable,
    /// Wrong: the case must go back.
    AtFault,
}

/// The finished policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Bound {
    /// Answers to the finishing list.
    #[cfg_attr(feature = "openapi", schema(value_type = std::collections::HashMap<String, Finished>))]
    pub lines: BTreeMap<FinishLine, Finished>,
    /// Who bound it.
    pub done: Done,
}

/// The four parts of the review (F033): each must conform.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReviewLines {
    /// Time: the application date and windows.
    pub time: bool,
    /// Content: what is asked for is clear, complete and allowed.
    pub content: bool,
    /// Material: complete and in order.
    pub material: bool,
    /// Identity and consent.
    pub identity: bool,
}

impl ReviewLines {
    /// Whether no line is at fault.
    pub const fn conforms(self) -> bool {
        self.time && self.content && self.material && self.identity
    }
}

/// A change item of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseItem {
    /// Number within the case, from 1.
    pub no: u8,
    /// Which item of the catalogue.
    pub code: ItemCode,
    /// Values of the item are hidden from whom this copy was made for, who has to key them blind (process §4,
    /// M2). Never stored.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub blind: bool,
    /// Set once the item has left the case.
    pub dropped: Option<Dropped>,
    /// Entry: review passed.
    pub review: Option<Done>,
    /// Entry: change data.
    pub entered: Option<Entered>,
    /// Servicing: preparation.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<std::collections::HashMap<String, Prepared>>))]
    pub preparation: Option<BTreeMap<PreparationLine, Prepared>>,
    /// Servicing: what the core shows.
    pub core: Option<CoreResult>,
    /// Servicing: settled fees.
    pub fees: Option<Fees>,
    /// Servicing: endorsement.
    pub endorsement: Option<Endorsement>,
    /// Recheck: what the application says. Stands while its paper is unchanged.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = std::collections::HashMap<String, Asked>))]
    pub asked: BTreeMap<FieldKey, Asked>,
    /// How often it was keyed again otherwise than before: once is shown, then a lead must allow it.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub asked_again: u8,
    /// Recheck: passed.
    pub pass: Option<Pass>,
    /// Binding: finished.
    pub bound: Option<Bound>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
const fn is_zero(count: &u8) -> bool {
    *count == 0
}

impl CaseItem {
    /// A newly registered item.
    pub fn new(no: u8, code: ItemCode) -> Self {
        Self {
            no,
            code,
            blind: false,
            dropped: None,
            review: None,
            entered: None,
            preparation: None,
            core: None,
            fees: None,
            endorsement: None,
            asked: BTreeMap::new(),
            asked_again: 0,
            pass: None,
            bound: None,
        }
    }

    /// Whether the item is still worked.
    pub const fn is_open(&self) -> bool {
        self.dropped.is_none()
    }

    /// Whether a core result is recorded and not cancelled.
    pub const fn core_outstanding(&self) -> bool {
        self.core.is_some()
    }

    /// Whether the change is in force in the core.
    pub fn core_effective(&self) -> bool {
        self.core.as_ref().is_some_and(|core| core.state == CoreState::Effective)
    }

    /// Confirmed change data: keyed twice with equal results.
    pub fn confirmed(&self) -> Option<&Entered> {
        self.entered.as_ref().filter(|entered| entered.confirmed.is_some())
    }

    /// Total to collect and total to refund, minor units.
    pub fn totals(&self) -> (Money, Money) {
        let sum = |direction| {
            self.fees
                .iter()
                .flat_map(|fees| &fees.lines)
                .filter(|line| line.direction == direction)
                .map(|line| line.settled)
                .sum::<Money>()
        };
        (sum(FeeDirection::Collect), sum(FeeDirection::Refund))
    }
}
