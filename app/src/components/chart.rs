//! Charts: plain structs in, SVG out.
//!
//! Each chart is a struct of numbers and words with a `draw` of a width and a height; it returns a [`Drawing`],
//! which is text and positions and so is tested without a browser. [`Figure`] puts a drawing on the
//! page at the width of its card, with a summary for readers, the figures as a table, and a mark moved by arrows.
//! Colours come from classes alone, so that one drawing serves both themes and paper.

pub mod ageing;
pub mod control;
pub mod drawing;
pub mod figure;
pub mod funnel;
pub mod heat;
pub mod interval;
pub mod line;
pub mod pareto;
pub mod ranges;
pub mod scale;
pub mod spark;
pub mod stacked;
pub mod trend;

pub use ageing::{AgeingBin, AgeingChart, AgeingColumn, AgeingDot};
pub use control::{ControlChart, ControlPoint};
pub use drawing::{Drawing, Mark};
pub use figure::{ChartTable, Figure, HatchPattern};
pub use funnel::{FunnelChart, FunnelDot, FunnelLimits};
pub use heat::{HeatCell, shade};
pub use interval::IntervalStrip;
pub use line::{Line, LineChart, LineStyle, TimeAxis};
pub use pareto::{ParetoChart, ParetoRow};
pub use ranges::{RangeChart, RangeRow};
pub use spark::Sparkline;
pub use stacked::{Layer, StackedChart};
pub use trend::{TrendChart, TrendPoint};

/// How a chart writes the figures on its axis and marks.
pub type Format = fn(f64) -> String;
