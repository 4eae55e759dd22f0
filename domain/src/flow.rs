//! How cases flow: movements between cells, finished steps, clocks.

mod clock;
mod movement;
mod step;

pub use clock::spans;
pub use movement::{Balance, Cell, Movement, MovementKind, balance, movement};
pub use step::{Step, StepOutcome, finished_step};
