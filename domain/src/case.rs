//! A case 保全件: one application on one policy, from intake to release (process §1–3).
//!
//! [`decide`](fn@decide) says what a command does to a case, or why it may not; [`Case::apply`] carries events out. Both
//! are pure; the state is a type that cannot express an impossible combination.

mod apply;
pub mod blind;
pub mod command;
pub mod compare;
pub mod context;
pub mod decide;
pub mod eligible;
pub mod event;
pub mod item;
pub mod list;
pub mod refusal;
pub mod registration;
pub mod rests;
pub mod returns;
pub mod state;
pub mod visit;
pub mod work_item;

pub use command::Command;
pub use context::Context;
pub use decide::{decide, register};
pub use event::{Event, Fact};
pub use item::CaseItem;
pub use refusal::Refusal;
pub use registration::{Amendment, Material, Registration};
pub use state::{Case, Holding, State, Status};
pub use work_item::WorkItem;
