//! Who applies, when, and how it reached the house.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// In what capacity somebody applies 申请人身份.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Capacity {
    /// 投保人
    Holder,
    /// 被保险人
    Insured,
    /// 受益人
    Beneficiary,
}

/// How an application reaches the house 渠道.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Channel {
    /// 柜面
    Counter,
    /// 业务员
    Agent,
    /// 邮寄
    Post,
    /// 电话
    Phone,
    /// 线上
    Online,
}

impl Channel {
    /// Whether the request arrives as data: then nobody keys it again (M2).
    pub const fn is_structured(self) -> bool {
        matches!(self, Self::Online)
    }
}

/// The application as far as E01 looks at it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Application {
    /// Day it was signed 申请日期.
    pub applied_on: NaiveDate,
    /// When the house got it 收到时间.
    pub received_at: DateTime<Utc>,
    /// In what capacity.
    pub capacity: Capacity,
    /// Somebody acts for the applicant 代办.
    pub by_agent: bool,
    /// With a letter of authority 授权委托书 and his identity shown.
    pub agent_has_authority: bool,
    /// How it came.
    pub channel: Channel,
}

impl Application {
    /// The business day it was received on.
    pub fn received_on(&self) -> NaiveDate {
        crate::time::local_date(self.received_at)
    }
}
