//! Targets and other figures. The founding document gives none: all are company-set (process §5).

use super::item::ItemClass;
use crate::{
    money::Money,
    policy::{ProductGroup, ProductLimits},
    post::Stage,
    quality::points::Severity,
    time::BusinessMinutes,
};
use serde::{Deserialize, Serialize};

/// Target of a visit per stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StageMinutes {
    /// 收件
    pub intake: BusinessMinutes,
    /// 录入
    pub entry: BusinessMinutes,
    /// 保全
    pub servicing: BusinessMinutes,
    /// 复核
    pub recheck: BusinessMinutes,
    /// 装订
    pub binding: BusinessMinutes,
    /// 成品复核
    pub final_check: BusinessMinutes,
}

impl StageMinutes {
    /// Intake, entry, servicing, recheck, binding, final check.
    pub const fn new(minutes: [i64; 6]) -> Self {
        let [intake, entry, servicing, recheck, binding, final_check] = minutes;
        Self {
            intake: BusinessMinutes(intake),
            entry: BusinessMinutes(entry),
            servicing: BusinessMinutes(servicing),
            recheck: BusinessMinutes(recheck),
            binding: BusinessMinutes(binding),
            final_check: BusinessMinutes(final_check),
        }
    }

    /// Target of a stage.
    pub const fn of(self, stage: Stage) -> BusinessMinutes {
        match stage {
            Stage::Intake => self.intake,
            Stage::Entry => self.entry,
            Stage::Servicing => self.servicing,
            Stage::Recheck => self.recheck,
            Stage::Binding => self.binding,
            Stage::FinalCheck => self.final_check,
        }
    }
}

/// Target of a visit in business minutes, by class and stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Targets {
    /// 变更
    pub change: StageMinutes,
    /// 给付
    pub payment: StageMinutes,
    /// 其他
    pub other: StageMinutes,
    /// 特别件
    pub special: StageMinutes,
}

impl Targets {
    /// Target of a visit.
    pub const fn of(self, class: ItemClass, stage: Stage) -> BusinessMinutes {
        match class {
            ItemClass::Change => self.change.of(stage),
            ItemClass::Payment => self.payment.of(stage),
            ItemClass::Other => self.other.of(stage),
            ItemClass::Special => self.special.of(stage),
        }
    }
}

/// Points of a finding by severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SeverityPoints {
    /// 重大
    pub major: u16,
    /// 一般
    pub ordinary: u16,
    /// 轻微
    pub minor: u16,
}

impl SeverityPoints {
    /// Points of a severity.
    pub const fn of(self, severity: Severity) -> u16 {
        match severity {
            Severity::Major => self.major,
            Severity::Ordinary => self.ordinary,
            Severity::Minor => self.minor,
        }
    }
}

/// The figures of a catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Settings {
    /// Targets of a visit.
    pub targets: Targets,
    /// Target of a hand-over.
    pub transit: BusinessMinutes,
    /// Target of an approval step.
    pub approval: BusinessMinutes,
    /// A case without an event for so long is stuck 滞留.
    pub stuck: BusinessMinutes,
    /// A visit that has used so many per cent of its target is due soon 将到期.
    pub due_soon_percent: u8,
    /// Registering later than so long after receipt is shown 迟登.
    pub late_registration: BusinessMinutes,
    /// Items with at most so many fields have all their short fields keyed twice (M2).
    pub short_item_fields: u8,
    /// Payments above it call for due diligence 尽职调查.
    pub due_diligence_threshold: Money,
    /// Points by severity.
    pub severity_points: SeverityPoints,
    /// What a product of each group may be; a catalogue of an older version takes those shipped.
    #[serde(default = "ProductLimits::shipped")]
    pub product_limits: Vec<ProductLimits>,
}

impl Settings {
    /// What a product of a group may be.
    pub fn limits_of(&self, group: ProductGroup) -> ProductLimits {
        self.product_limits
            .iter()
            .find(|limits| limits.group == group)
            .copied()
            .unwrap_or_else(|| ProductLimits::of(group))
    }
}

impl Default for Settings {
    /// The shipped figures, process §5 and quality §3, all company-set.
    fn default() -> Self {
        Self {
            targets: Targets {
                change: StageMinutes::new([30, 120, 180, 120, 120, 60]),
                payment: StageMinutes::new([30, 120, 240, 180, 60, 60]),
                other: StageMinutes::new([30, 60, 60, 60, 60, 60]),
                special: StageMinutes::new([60, 240, 480, 240, 120, 120]),
            },
            transit: BusinessMinutes(60),
            approval: BusinessMinutes(240),
            stuck: BusinessMinutes(960),
            due_soon_percent: 80,
            late_registration: BusinessMinutes(120),
            short_item_fields: 6,
            due_diligence_threshold: Money::yuan(10_000),
            severity_points: SeverityPoints { major: 10, ordinary: 3, minor: 1 },
            product_limits: ProductLimits::shipped(),
        }
    }
}
