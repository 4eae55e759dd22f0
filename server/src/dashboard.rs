//! Dashboards: figures of the store made into what managers see. No rate leaves without its counts and interval.

use std::collections::BTreeSet;

use domain::actor::Person;
use domain::api::dashboard::DashboardQuery;
use domain::id::UnitId;
use domain::post::Stage;

use crate::error::{Error, Result};
use crate::state::App;

pub mod ageing;
pub mod backlog;
pub mod behind;
mod flow;
mod matrix;
pub mod quality;

/// What a dashboard is about: units of the scope, and stages of a post where one is chosen.
#[derive(Clone, Debug)]
pub struct Extent {
    /// Units, subtrees expanded.
    pub units: BTreeSet<UnitId>,
    /// Stages; empty = all.
    pub stages: BTreeSet<Stage>,
    /// The unit chosen; none = the whole scope.
    pub unit: Option<UnitId>,
}

impl Extent {
    /// What a query asks for, within the person's scope.
    ///
    /// # Errors
    /// `NotFound` for a unit outside of it.
    pub fn of(app: &App, person: &Person, query: &DashboardQuery) -> Result<Self> {
        let units = match &query.unit {
            Some(unit) if person.scope.contains(unit) => {
                let below = app.directory().units().expand(std::slice::from_ref(unit));
                below.intersection(&person.scope).cloned().collect()
            }
            Some(_) => return Err(Error::NotFound),
            None => person.scope.clone(),
        };
        let stages = match query.post {
            Some(post) => Stage::ALL.into_iter().filter(|stage| stage.post() == post).collect(),
            None => BTreeSet::new(),
        };
        Ok(Self { units, stages, unit: query.unit.clone() })
    }

    /// Whether a stage is among those looked at.
    pub fn has(&self, stage: Stage) -> bool {
        self.stages.is_empty() || self.stages.contains(&stage)
    }
}

/// A count as the wire has it.
fn small(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
