//! Statistics of error rates: small samples, rare errors, unequal inclusion probabilities.
//!
//! Pure functions over plain structs; the browser draws its charts from the same ones. There is no bare rate: a
//! [`Rate`] always carries its numerator, denominator and interval. Every method is tested to published values.

mod beta;
pub mod chart;
mod histogram;
mod interval;
mod pareto;
mod percentile;
mod rate;
mod tally;
mod weighted;

pub use histogram::{Bucket, LogHistogram};
pub use interval::{Confidence, Interval, at_most, clean_checks_to_claim, clopper_pearson, jeffreys, wilson};
pub use pareto::{ParetoRow, pareto};
pub use percentile::{Sorted, Summary};
pub use rate::{Rate, UnitOfCount};
pub use tally::{Tally, TallyError};
pub use weighted::{Sampled, WeightError, Weighted, hajek};

/// A count as a real number.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts stay far below 2^53, up to which every integer is exact"
)]
const fn real(count: u64) -> f64 {
    count as f64
}
