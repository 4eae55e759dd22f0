//! Draws: which units are checked, decided by chance that anyone can follow afterwards.
//!
//! Before the frame closes, the ledger holds the [commitment](Seed::commitment) to a secret seed; when it has closed,
//! the seed and the frame alone decide who is drawn; when the seed is revealed, [`redraw`] does it again and must
//! find the same units. Nothing here makes a seed: that is chance, and comes from outside.

mod frame;
mod hash;
mod stream;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use frame::{Frame, FrameError, frame_hash};
pub use hash::{Hash, HexError, Seed};

use stream::Stream;

/// How likely a unit was to be drawn, as an exact ratio; written at the time of the draw, never worked out later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Inclusion {
    /// Units drawn.
    pub drawn: u64,
    /// Units they were drawn from.
    pub of: u64,
}

impl Inclusion {
    /// The probability π as a number, for weighted rates; 0 out of nothing.
    #[expect(clippy::cast_precision_loss, reason = "frames stay far below 2^53 units")]
    pub fn probability(self) -> f64 {
        if self.of == 0 { 0.0 } else { self.drawn as f64 / self.of as f64 }
    }
}

/// How many units a plan asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SampleSize {
    /// So many units.
    Count(u64),
    /// So many of each million, a part of a unit counting as one.
    PerMillion(u32),
}

impl SampleSize {
    /// How many units that is of a frame: never more than all.
    pub fn of(self, frame_size: u64) -> u64 {
        let wanted = match self {
            Self::Count(count) => count,
            Self::PerMillion(rate) => {
                let units = (u128::from(frame_size) * u128::from(rate)).div_ceil(1_000_000);
                u64::try_from(units).unwrap_or(frame_size)
            }
        };
        wanted.min(frame_size)
    }
}

/// A drawn unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Selected {
    /// Its id in the frame.
    pub id: String,
    /// How likely it was to be drawn.
    pub inclusion: Inclusion,
}

/// The ledger of one simple random draw. It never changes, but that the seed is revealed in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Draw {
    /// The id of the plan.
    pub plan: String,
    /// Its version.
    pub plan_version: u32,
    /// What was in the frame, in words and parameters: period, posts, items, where it was read.
    pub frame_definition: String,
    /// How many units were in it.
    pub frame_size: u64,
    /// [`frame_hash`] of their ids.
    pub frame_hash: Hash,
    /// [`Seed::commitment`], written before the frame closed.
    pub seed_commitment: Hash,
    /// The seed, once revealed.
    pub seed: Option<Seed>,
    /// How many units the plan asked for.
    pub size: SampleSize,
    /// The units drawn, in the order of the frame.
    pub selected: Vec<Selected>,
}

impl Draw {
    /// Draws a sample by a plan and writes its ledger, the seed revealed in it.
    pub fn new(
        plan: impl Into<String>,
        plan_version: u32,
        frame_definition: impl Into<String>,
        frame: &Frame,
        seed: Seed,
        size: SampleSize,
    ) -> Self {
        Self {
            plan: plan.into(),
            plan_version,
            frame_definition: frame_definition.into(),
            frame_size: frame.size(),
            frame_hash: frame.hash(),
            seed_commitment: seed.commitment(),
            seed: Some(seed),
            size,
            selected: select(frame, &seed, size.of(frame.size())),
        }
    }

    /// The ledger as it is shown while the seed must stay secret.
    #[must_use]
    pub fn sealed(mut self) -> Self {
        self.seed = None;
        self
    }
}

/// Simple random sampling without replacement: `count` units of the frame (all, if it holds no more), every such
/// set as likely as every other, decided by the seed alone. In the order of the frame.
pub fn select(frame: &Frame, seed: &Seed, count: u64) -> Vec<Selected> {
    let size = frame.size();
    let count = count.min(size);
    let inclusion = Inclusion { drawn: count, of: size };
    let mut stream = Stream::new(seed);
    // Floyd's algorithm: one number per unit drawn, and memory for these alone.
    let mut drawn = std::collections::BTreeSet::new();
    for last in size - count..size {
        let place = stream.up_to(last);
        if !drawn.insert(place) {
            drawn.insert(last);
        }
    }
    let id = |place: u64| usize::try_from(place).ok().and_then(|place| frame.ids().get(place)).cloned();
    drawn.into_iter().filter_map(id).map(|id| Selected { id, inclusion }).collect()
}

/// Why a draw, done again, is not what its ledger says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DrawMismatch {
    /// The seed is not revealed yet, so nothing can be done again.
    #[error("the seed is not revealed")]
    Sealed,
    /// The seed is not the one that was committed to.
    #[error("the seed is not the one committed to")]
    Seed,
    /// The frame has another number of units.
    #[error("the ledger says {ledger} units in the frame, there are {found}")]
    FrameSize {
        /// Units by the ledger.
        ledger: u64,
        /// Units in the frame given.
        found: u64,
    },
    /// The frame holds other units.
    #[error("the frame holds other units than the ledger says")]
    FrameHash,
    /// Another number of units is drawn.
    #[error("the ledger says {ledger} units drawn, there are {found}")]
    Count {
        /// Units by the ledger.
        ledger: u64,
        /// Units drawn again.
        found: u64,
    },
    /// Another unit is drawn, or with another probability.
    #[error("drawn unit {place} is {} by the ledger, {} when drawn again", ledger.id, found.id)]
    Unit {
        /// Its place in the sample, from 0.
        place: u64,
        /// The unit by the ledger.
        ledger: Selected,
        /// The unit drawn again.
        found: Selected,
    },
}

/// Does a draw again over its frame and compares it with the ledger. Only after this may it be called repeatable.
pub fn redraw(draw: &Draw, frame: &Frame) -> Result<(), DrawMismatch> {
    let seed = draw.seed.as_ref().ok_or(DrawMismatch::Sealed)?;
    if seed.commitment() != draw.seed_commitment {
        return Err(DrawMismatch::Seed);
    }
    if frame.size() != draw.frame_size {
        return Err(DrawMismatch::FrameSize { ledger: draw.frame_size, found: frame.size() });
    }
    if frame.hash() != draw.frame_hash {
        return Err(DrawMismatch::FrameHash);
    }
    let again = select(frame, seed, draw.size.of(frame.size()));
    if again.len() != draw.selected.len() {
        return Err(DrawMismatch::Count { ledger: draw.selected.len() as u64, found: again.len() as u64 });
    }
    let different = draw.selected.iter().zip(again).enumerate().find(|(_, (ledger, found))| *ledger != found);
    different.map_or(Ok(()), |(place, (ledger, found))| {
        Err(DrawMismatch::Unit { place: place as u64, ledger: ledger.clone(), found })
    })
}
