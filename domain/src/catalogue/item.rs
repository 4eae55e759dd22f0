//! A change item 变更项目 and what it declares (process §5).

use super::{
    admission::Admission,
    effective::EffectiveRule,
    fee::FeeRule,
    field::{FieldSpec, FieldsRule},
    label::{DocumentCode, Label, Provenance},
    material::ItemMaterial,
};
use crate::{id::ItemCode, time::BusinessDays};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Class of an item: targets and grants go by it. Ordered by the sum of their shipped targets, the lightest
/// first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ItemClass {
    /// 其他类
    Other,
    /// 变更类
    Change,
    /// 给付类
    Payment,
    /// 特别件
    Special,
}

impl ItemClass {
    /// All classes, in the order people list them.
    pub const ALL: [Self; 4] = [Self::Change, Self::Payment, Self::Other, Self::Special];

    /// The wire and database name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Change => "change",
            Self::Payment => "payment",
            Self::Other => "other",
            Self::Special => "special",
        }
    }

    /// The class of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.as_str() == name)
    }

    /// Its name.
    pub const fn label(self) -> Label {
        match self {
            Self::Change => Label::new("变更", "Change"),
            Self::Payment => Label::new("给付", "Payment"),
            Self::Other => Label::new("其他", "Other"),
            Self::Special => Label::new("特别件", "Special"),
        }
    }
}

/// Which stages, commands and lists apply to an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Route {
    /// 标准
    Standard,
    /// 满期给付
    Maturity,
    /// 退保
    Surrender,
    /// 特别件
    Special,
    /// 回退
    Reversal,
}

/// How long the papers of an item are kept 保存期限; the years are the archive's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Retention {
    /// 永久
    Permanent,
    /// 长期
    Long,
    /// 短期
    Short,
}

/// What is done to a piece of the policy when it is finished.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum FinishingAction {
    /// 装入
    Bound,
    /// 更换
    Replaced,
    /// 增加
    Added,
    /// 收回
    Recovered,
    /// 作废
    Cancelled,
}

/// One line of an item's finishing list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Finishing {
    /// Code, unique in the item.
    pub code: Cow<'static, str>,
    /// What is done.
    pub action: FinishingAction,
    /// To what.
    pub label: Label,
}

/// What an item declares beyond the standard way. This version knows none of it: the loader refuses an item
/// that declares any.
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent declarations, each by its own name in the data"
)]
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Obligations {
    /// Desks it is referred to 会办.
    pub referrals: Vec<Cow<'static, str>>,
    /// Level-by-level approval 特别件审批.
    pub special_approval: bool,
    /// Medical examination 体检.
    pub examination: bool,
    /// Check of the bound policy 成品复核.
    pub final_check: bool,
    /// Notices due 通知书.
    pub notices: Vec<Cow<'static, str>>,
    /// Seals needed 印章.
    pub seals: Vec<Cow<'static, str>>,
    /// Ends by itself when the customer does not answer 逾期终止.
    pub lapses: bool,
}

impl Obligations {
    /// Whether nothing is declared.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A change item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Item {
    /// Its code: `BC`.
    pub code: ItemCode,
    /// Its name.
    pub name: Label,
    /// Initials of the name's pinyin, in lower case: `syrbg`.
    pub pinyin: Cow<'static, str>,
    /// What a clerk should know before taking it in 注意事项.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Label>,
    /// Its class.
    pub class: ItemClass,
    /// Its route.
    pub route: Route,
    /// Whether papers travel with it.
    pub paper: bool,
    /// Rules on the application (E01).
    pub admission: Admission,
    /// Materials it needs.
    pub materials: Vec<ItemMaterial>,
    /// Needs the written consent of the insured (保险法 art. 34, 39, 41).
    pub needs_consent: bool,
    /// Its fields, in the order they are keyed.
    pub fields: Vec<FieldSpec>,
    /// Rules between fields.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<FieldsRule>,
    /// How its fee is computed; none = no money moves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fee: Option<FeeRule>,
    /// When it may take effect.
    pub effective: EffectiveRule,
    /// The core makes it effective at once, when servicing makes the change, and not after the recheck.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub effective_at_once: bool,
    /// Finishing list 装订清单.
    pub finishing: Vec<Finishing>,
    /// How long its papers are kept.
    pub retention: Retention,
    /// Weight in the standard workload 折算系数, per million: 1,000,000 = one standard piece.
    pub weight_ppm: u32,
    /// Promise to the customer, from receipt to release.
    pub promise: BusinessDays,
    /// Whether an amount over the threshold calls for due diligence 尽职调查.
    pub due_diligence: bool,
    /// Reference documents that govern it.
    pub documents: Vec<DocumentCode>,
    /// What this version cannot carry out.
    #[serde(default, skip_serializing_if = "Obligations::is_empty")]
    pub obligations: Obligations,
    /// Where its rules and figures come from.
    pub sources: Vec<Provenance>,
}

impl Item {
    /// The field of that key.
    pub fn field(&self, key: &crate::id::FieldKey) -> Option<&FieldSpec> {
        self.fields.iter().find(|field| field.key == *key)
    }
}

/// Fields keyed a second time, blind (M2): identity numbers, accounts, amounts and beneficiary shares by their
/// type, dates of effect by declaration, and every short field of an item with at most `short_item_fields`
/// fields. Free text and addresses never are.
pub fn key_fields(item: &Item, short_item_fields: u8) -> Vec<&FieldSpec> {
    let short = item.fields.len() <= usize::from(short_item_fields);
    item.fields
        .iter()
        .filter(|field| !field.kind.is_prose() && (field.double_keyed || field.kind.is_critical() || short))
        .collect()
}

/// Pairs of items that exclude each other and so cannot stand in one case. The same item twice is a pair too.
pub fn conflicts(items: &[&Item]) -> Vec<(ItemCode, ItemCode)> {
    let mut pairs = Vec::new();
    for (index, one) in items.iter().enumerate() {
        for other in &items[index + 1..] {
            let excluded = |a: &Item, b: &Item| a.admission.excludes.contains(&b.code);
            if one.code == other.code || excluded(one, other) || excluded(other, one) {
                pairs.push((one.code.clone(), other.code.clone()));
            }
        }
    }
    pairs
}
