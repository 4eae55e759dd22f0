//! The five posts of the founding document, the stages of a case and the queues people work from.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A post 岗位.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Post {
    /// 交接岗 (收件): takes cases in.
    Intake,
    /// 录入岗: reviews and enters the request.
    Entry,
    /// 保全岗: makes the change in the core system.
    Servicing,
    /// 复核岗: the second person.
    Recheck,
    /// 装订岗: binds and releases.
    Binding,
}

impl Post {
    /// All posts, in the order of the cycle.
    pub const ALL: [Self; 5] = [Self::Intake, Self::Entry, Self::Servicing, Self::Recheck, Self::Binding];

    /// The wire and database name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Intake => "intake",
            Self::Entry => "entry",
            Self::Servicing => "servicing",
            Self::Recheck => "recheck",
            Self::Binding => "binding",
        }
    }

    /// The post of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|post| post.as_str() == name)
    }
}

impl fmt::Display for Post {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A stage of the cycle: the five posts and the check of the bound policy (process §1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Stage {
    /// Registration.
    Intake,
    /// Review and entry.
    Entry,
    /// Preparation, core change, fees, endorsement.
    Servicing,
    /// The second person's comparison.
    Recheck,
    /// Finishing and release.
    Binding,
    /// 成品复核: the bound policy, checked by the recheck post before release.
    FinalCheck,
}

impl Stage {
    /// All stages.
    pub const ALL: [Self; 6] =
        [Self::Intake, Self::Entry, Self::Servicing, Self::Recheck, Self::Binding, Self::FinalCheck];

    /// The post whose people work this stage.
    pub const fn post(self) -> Post {
        match self {
            Self::Intake => Post::Intake,
            Self::Entry => Post::Entry,
            Self::Servicing => Post::Servicing,
            Self::Recheck | Self::FinalCheck => Post::Recheck,
            Self::Binding => Post::Binding,
        }
    }

    /// The queue a case of this stage stands in.
    pub const fn queue(self) -> Queue {
        match self {
            Self::Intake => Queue::Intake,
            Self::Entry => Queue::Entry,
            Self::Servicing => Queue::Servicing,
            Self::Recheck => Queue::Recheck,
            Self::Binding => Queue::Binding,
            Self::FinalCheck => Queue::FinalCheck,
        }
    }

    /// The stage a complete case is handed over to; none after the last. From `Binding` a case is
    /// released; the way through `FinalCheck` is taken only where an item asks for it.
    pub const fn next(self) -> Option<Self> {
        match self {
            Self::Intake => Some(Self::Entry),
            Self::Entry => Some(Self::Servicing),
            Self::Servicing => Some(Self::Recheck),
            Self::Recheck | Self::FinalCheck => Some(Self::Binding),
            Self::Binding => None,
        }
    }

    /// The wire and database name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Intake => "intake",
            Self::Entry => "entry",
            Self::Servicing => "servicing",
            Self::Recheck => "recheck",
            Self::Binding => "binding",
            Self::FinalCheck => "final_check",
        }
    }

    /// The stage of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.as_str() == name)
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A queue: what people work from. Queues are not posts: desks and approvals have their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Queue {
    /// 交接
    Intake,
    /// 录入
    Entry,
    /// 保全
    Servicing,
    /// 复核
    Recheck,
    /// 成品复核
    FinalCheck,
    /// 装订
    Binding,
    /// 审批: requests waiting for a lead's or manager's answer.
    Approval,
}

impl Queue {
    /// All queues with work in them.
    pub const ALL: [Self; 7] = [
        Self::Intake,
        Self::Entry,
        Self::Servicing,
        Self::Recheck,
        Self::FinalCheck,
        Self::Binding,
        Self::Approval,
    ];

    /// The wire and database name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Intake => "intake",
            Self::Entry => "entry",
            Self::Servicing => "servicing",
            Self::Recheck => "recheck",
            Self::FinalCheck => "final-check",
            Self::Binding => "binding",
            Self::Approval => "approval",
        }
    }

    /// The queue of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|queue| queue.as_str() == name)
    }

    /// The stage whose cases stand in this queue; none for approvals.
    pub const fn stage(self) -> Option<Stage> {
        match self {
            Self::Intake => Some(Stage::Intake),
            Self::Entry => Some(Stage::Entry),
            Self::Servicing => Some(Stage::Servicing),
            Self::Recheck => Some(Stage::Recheck),
            Self::FinalCheck => Some(Stage::FinalCheck),
            Self::Binding => Some(Stage::Binding),
            Self::Approval => None,
        }
    }
}

impl fmt::Display for Queue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
