//! Dashboards.

use super::{Load, Tag};
use domain::api::behind::{Behind, BehindQuery};
use domain::api::dashboard::{Backlog, DashboardQuery, Quality};

/// The backlog.
pub fn backlog(query: &DashboardQuery) -> Load<Backlog> {
    Load::with("/api/dashboards/backlog", query, [Tag::Dashboards])
}

/// The cases behind a figure of the backlog.
pub fn behind(query: &BehindQuery) -> Load<Behind> {
    Load::with("/api/dashboards/backlog/cases", query, [Tag::Dashboards])
}

/// Quality.
pub fn quality(query: &DashboardQuery) -> Load<Quality> {
    Load::with("/api/dashboards/quality", query, [Tag::Dashboards])
}
