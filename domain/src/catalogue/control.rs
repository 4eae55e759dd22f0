//! The 16 controls 质控措施: eight measures for targets one and two, M1–M8 for target three, with what the
//! founding document declares of each.

use super::label::Label;
use crate::quality::points::{Cause, ErrorPoint};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Which target a control serves 质控目标.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ControlTarget {
    /// 操作规范性与执行度
    Conformity,
    /// 工作周期
    CycleTime,
    /// 差错率
    ErrorRate,
}

/// When it works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Phase {
    /// 事前
    Before,
    /// 事中
    During,
    /// 事后
    After,
}

/// How often it works, as the document says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Frequency {
    /// Not stated.
    NotStated,
    /// 实时
    RealTime,
    /// 及时
    Promptly,
    /// 每日
    Daily,
    /// 每月
    Monthly,
    /// 定期
    Periodically,
}

/// A control.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Control {
    /// Its code: `M4`; `N1`–`N4` for target one, `T1`–`T4` for target two.
    pub code: Cow<'static, str>,
    /// Short name.
    pub label: Label,
    /// The document's own sentence.
    pub wording: Cow<'static, str>,
    /// The target it serves.
    pub target: ControlTarget,
    /// When it works.
    pub phase: Phase,
    /// How often.
    pub frequency: Frequency,
    /// Causes of its target it treats. The document lists causes and measures side by side without tying
    /// them: company-set.
    pub causes: Cow<'static, [Cause]>,
    /// Error points the document says it covers.
    pub covers: Cow<'static, [ErrorPoint]>,
    /// Error points the company adds; none as shipped, so that holes show.
    #[serde(default)]
    pub adds: Vec<ErrorPoint>,
    /// Where the evidence that it runs comes from; company-set.
    pub evidence: Label,
}

impl Control {
    /// Whether it covers an error point, by declaration or addition.
    pub fn covers(&self, point: ErrorPoint) -> bool {
        self.covers.contains(&point) || self.adds.contains(&point)
    }
}
