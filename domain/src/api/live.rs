//! Live notices over server-sent events.

use crate::{id::UnitId, post::Queue};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// `event: change`, `id: <seq>`. `event: resync` has no data: fetch anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Notice {
    /// Place in the feed.
    pub seq: i64,
    /// `case`, `check`, `slip`.
    pub aggregate: String,
    /// Which one.
    pub id: Uuid,
    /// Its version.
    pub version: u64,
    /// Queues it left or entered.
    pub queues: Vec<Queue>,
    /// Unit it belongs to.
    pub unit: UnitId,
}
