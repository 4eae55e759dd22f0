//! Control charts: has the error rate changed, or is it chance?
//!
//! Pooled groups in which at least five errors are expected get a p chart ([`p_chart`]) or, as a rule, Laney's p′
//! ([`laney_chart`]), which allows for days that differ by more than chance. Where errors are rarer, three-sigma
//! limits would cry wolf ten to twenty times too often, and both are refused with the reason; the g chart
//! ([`g_chart`]) and the Bernoulli CUSUM ([`CusumDesign`]) take their place.

mod cusum;
mod g;
mod p;
mod refused;

use serde::{Deserialize, Serialize};

pub use cusum::{Cusum, CusumDesign};
pub use g::{g_chart, gaps};
pub use p::{laney_chart, p_chart};
pub use refused::{ChartRefused, Rarer};

/// A control chart, ready to be drawn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ControlChart {
    /// By which method.
    pub method: Method,
    /// The centre line: the pooled rate, or for a g chart the median number of clean units.
    pub centre: f64,
    /// How much more the groups differ than by chance (Laney's σ of z; 1 = chance alone); none for other charts.
    pub spread: Option<f64>,
    /// The points, in the order given.
    pub points: Vec<ChartPoint>,
}

impl ControlChart {
    /// The places of the points outside their limits.
    pub fn signals(&self) -> Vec<usize> {
        self.points
            .iter()
            .enumerate()
            .filter(|(_, point)| point.signal.is_some())
            .map(|(place, _)| place)
            .collect()
    }
}

/// How a chart's limits are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Three standard deviations of a binomial share.
    P,
    /// The same, widened or narrowed by how much neighbouring groups differ (Laney's p′).
    Laney,
    /// Quantiles of the geometric distribution of clean units between errors.
    G,
}

/// A point of a control chart.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChartPoint {
    /// The group's rate, or the clean units between two errors.
    pub value: f64,
    /// Its lower limit.
    pub lower: f64,
    /// Its upper limit.
    pub upper: f64,
    /// On which side of the limits it lies, if outside.
    pub signal: Option<Signal>,
}

impl ChartPoint {
    const fn new(value: f64, lower: f64, upper: f64) -> Self {
        let signal = if value > upper {
            Some(Signal::Above)
        } else if value < lower {
            Some(Signal::Below)
        } else {
            None
        };
        Self { value, lower, upper, signal }
    }
}

/// On which side of its limits a point lies. On a g chart *above* is the good side: more clean units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Signal {
    /// Above the upper limit.
    Above,
    /// Below the lower limit.
    Below,
}
