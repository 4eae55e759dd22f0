//! Dashboards.

use super::{Load, Tag};
use domain::api::dashboard::{Backlog, DashboardQuery, Quality};

/// The backlog.
pub fn backlog(query: &DashboardQuery) -> Load<Backlog> {
    Load::with("/api/dashboards/backlog", query, [Tag::Dashboards])
}

/// Quality.
pub fn quality(query: &DashboardQuery) -> Load<Quality> {
    Load::with("/api/dashboards/quality", query, [Tag::Dashboards])
}
