//! The words a check and a finding are made of: stage, basis, severity, cause, verdict.

use crate::catalogue::Label;
use serde::{Deserialize, Serialize};

/// The seven stages the founding document sorts its check points into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum PointStage {
    /// 1 收件
    Intake,
    /// 2 审核
    Review,
    /// 3 系统操作
    SystemWork,
    /// 4 复核
    Recheck,
    /// 5 装订
    Binding,
    /// 6 打印, every post.
    Printing,
    /// 7 操作权限, every post.
    Authority,
}

impl PointStage {
    /// All seven in order.
    pub const ALL: [Self; 7] = [
        Self::Intake,
        Self::Review,
        Self::SystemWork,
        Self::Recheck,
        Self::Binding,
        Self::Printing,
        Self::Authority,
    ];

    /// Its number in the document, 1–7.
    pub const fn number(self) -> u8 {
        match self {
            Self::Intake => 1,
            Self::Review => 2,
            Self::SystemWork => 3,
            Self::Recheck => 4,
            Self::Binding => 5,
            Self::Printing => 6,
            Self::Authority => 7,
        }
    }

    /// Its name.
    pub const fn label(self) -> Label {
        match self {
            Self::Intake => Label::new("收件", "Intake"),
            Self::Review => Label::new("审核", "Review"),
            Self::SystemWork => Label::new("系统操作", "System work"),
            Self::Recheck => Label::new("复核", "Recheck"),
            Self::Binding => Label::new("装订", "Binding"),
            Self::Printing => Label::new("打印", "Printing"),
            Self::Authority => Label::new("操作权限", "Authority"),
        }
    }
}

/// What kind of basis a check point appeals to 依据类型: the word its sentence ends in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Basis {
    /// 操作标准
    Standard,
    /// 操作流程
    Process,
    /// 操作要求
    Requirement,
    /// 规范
    Rule,
    /// 操作权限
    Authority,
}

impl Basis {
    /// Its name.
    pub const fn label(self) -> Label {
        match self {
            Self::Standard => Label::new("标准", "Standard"),
            Self::Process => Label::new("流程", "Process"),
            Self::Requirement => Label::new("要求", "Requirement"),
            Self::Rule => Label::new("规范", "Rule"),
            Self::Authority => Label::new("权限", "Authority"),
        }
    }
}

/// Severity of a finding (quality §3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Severity {
    /// 轻微: form only.
    Minor,
    /// 一般: wrong, corrected without effect.
    Ordinary,
    /// 重大: the customer's money, rights or a legal date wrong, or data disclosed.
    Major,
}

impl Severity {
    /// All three, the lightest first; `Ord` agrees, so that the worst is the maximum.
    pub const ALL: [Self; 3] = [Self::Minor, Self::Ordinary, Self::Major];

    /// Its name.
    pub const fn label(self) -> Label {
        match self {
            Self::Minor => Label::new("轻微", "Minor"),
            Self::Ordinary => Label::new("一般", "Ordinary"),
            Self::Major => Label::new("重大", "Major"),
        }
    }

    /// The wire and database name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Minor => "minor",
            Self::Ordinary => "ordinary",
            Self::Major => "major",
        }
    }
}

/// Why an error happened: the founding document's causes, target one, two and three (quality §3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Cause {
    /// 缺少完整、清晰的操作工具
    NoClearProcedure,
    /// 擅自按自己的经验操作
    OwnWay,
    /// 工作态度不端正
    Attitude,
    /// 人工录入与控制环节过多
    ManualSteps,
    /// 业务知识掌握不全面
    Knowledge,
    /// 责任心不强、不认真
    Care,
    /// 交接过程不清晰或有漏洞
    HandOver,
    /// 其他部门配合
    OtherDepartment,
}

impl Cause {
    /// All eight.
    pub const ALL: [Self; 8] = [
        Self::NoClearProcedure,
        Self::OwnWay,
        Self::Attitude,
        Self::ManualSteps,
        Self::Knowledge,
        Self::Care,
        Self::HandOver,
        Self::OtherDepartment,
    ];

    /// Its short name.
    pub const fn label(self) -> Label {
        match self {
            Self::NoClearProcedure => Label::new("缺清晰流程或工具", "No clear tool or procedure"),
            Self::OwnWay => Label::new("擅自按经验操作", "Own way"),
            Self::Attitude => Label::new("工作态度", "Attitude"),
            Self::ManualSteps => Label::new("人工环节过多", "Too many manual steps"),
            Self::Knowledge => Label::new("业务知识不足", "Knowledge"),
            Self::Care => Label::new("责任心不强", "Care"),
            Self::HandOver => Label::new("交接不清", "Hand-over unclear"),
            Self::OtherDepartment => Label::new("其他部门", "Other department"),
        }
    }

    /// The wire and database name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoClearProcedure => "no_clear_procedure",
            Self::OwnWay => "own_way",
            Self::Attitude => "attitude",
            Self::ManualSteps => "manual_steps",
            Self::Knowledge => "knowledge",
            Self::Care => "care",
            Self::HandOver => "hand_over",
            Self::OtherDepartment => "other_department",
        }
    }
}

/// The answer to a check point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Verdict {
    /// 合格
    Conforms,
    /// 不合格
    DoesNot,
    /// 不适用
    NotApplicable,
}

impl Verdict {
    /// All three, in the order of their keys on the form (1 2 3).
    pub const ALL: [Self; 3] = [Self::Conforms, Self::DoesNot, Self::NotApplicable];

    /// Its name.
    pub const fn label(self) -> Label {
        match self {
            Self::Conforms => Label::new("合格", "Conforms"),
            Self::DoesNot => Label::new("不合格", "Does not conform"),
            Self::NotApplicable => Label::new("不适用", "Not applicable"),
        }
    }

    /// The wire and database name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Conforms => "conforms",
            Self::DoesNot => "does_not",
            Self::NotApplicable => "not_applicable",
        }
    }
}
