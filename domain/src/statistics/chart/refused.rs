//! Why a chart is not drawn.

use serde::{Deserialize, Serialize};

/// Why a chart is not drawn; its numbers are meant to be shown.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ChartRefused {
    /// Fewer groups or gaps than the method needs.
    #[error("{given} points are too few: {needed} are needed")]
    TooFewPoints {
        /// How many were given.
        given: u64,
        /// How many it takes.
        needed: u64,
    },
    /// A group in which nothing was checked.
    #[error("nothing was checked in group {group}")]
    EmptyGroup {
        /// Its place, from 0.
        group: u64,
    },
    /// Three-sigma limits would not mean what they say: too few of the rarer outcome are expected in a group.
    #[error("in group {group} of {checked} only {expected:.2} are expected, fewer than 5")]
    TooRare {
        /// The smallest group's place, from 0.
        group: u64,
        /// How many were checked in it.
        checked: u64,
        /// Which outcome is the rarer one.
        rarer: Rarer,
        /// How many of it are expected there: n·p̄ or n·(1 − p̄).
        expected: f64,
        /// How many checks a group would have to hold; none if the rarer outcome never occurred.
        needed: Option<u64>,
    },
    /// A baseline rate that is not between 0 and 1, or two that do not differ as they must.
    #[error("the rate {rate} is no baseline for this chart")]
    BadBaseline {
        /// The rate.
        rate: f64,
    },
}

/// The rarer of two outcomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Rarer {
    /// What is counted: errors, as a rule.
    Hits,
    /// The others: of a conformity rate, what does not conform.
    Others,
}
