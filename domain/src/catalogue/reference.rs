//! The register of the founding document's ten reference documents 参照文档.

use super::{
    control::ControlTarget,
    label::{DocumentCode, Label},
};
use serde::{Deserialize, Serialize};

/// State of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum DocumentState {
    /// Exists: the founding document does not mark it.
    Exists,
    /// 待完成
    Unfinished,
    /// 分阶段（待完成）
    UnfinishedInStages,
}

/// A reference document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReferenceDocument {
    /// Its code: `D01`–`D10`, in the order they are named.
    pub code: DocumentCode,
    /// Its title.
    pub title: Label,
    /// The target it is listed under.
    pub target: ControlTarget,
    /// Its state.
    pub state: DocumentState,
}
