//! Movements between cells and the identity of the day close (process §8).

use crate::{
    case::{Case, Event, Fact, state::Ending},
    id::UnitId,
    post::Stage,
};
use serde::{Deserialize, Serialize};

/// A cell of the reconciliation: working unit and stage.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cell {
    /// Working unit.
    pub unit: UnitId,
    /// Stage; the final check is a line of its own.
    pub stage: Stage,
}

/// What moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MovementKind {
    /// 登记新进
    Registered,
    /// 转入 / 转出
    Passed,
    /// 退回转入 / 退回转出
    Returned,
    /// 下发
    Released,
    /// 撤销·拒绝·终止
    Closed,
}

impl MovementKind {
    /// The database name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Registered => "registered",
            Self::Passed => "passed",
            Self::Returned => "returned",
            Self::Released => "released",
            Self::Closed => "closed",
        }
    }
}

/// One movement: at most one cell left and one entered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Movement {
    /// What moved.
    pub kind: MovementKind,
    /// The cell left.
    pub from: Option<Cell>,
    /// The cell entered.
    pub to: Option<Cell>,
}

/// The movement an event makes, if any. Hand-over, difference, take-back, claim, assignment, transfer
/// and waiting move nothing.
pub fn movement(before: Option<&Case>, event: &Event) -> Option<Movement> {
    let here =
        || before.and_then(|case| Some(Cell { unit: case.working_unit().clone(), stage: case.stage()? }));
    match &event.fact {
        Fact::Registered { .. } => Some(Movement {
            kind: MovementKind::Registered,
            from: None,
            to: Some(Cell { unit: event.unit.clone(), stage: Stage::Intake }),
        }),
        Fact::Arrived(arrival) => Some(Movement {
            kind: if arrival.returned.is_some() { MovementKind::Returned } else { MovementKind::Passed },
            from: here(),
            to: Some(Cell { unit: arrival.unit.clone(), stage: arrival.stage }),
        }),
        Fact::Ended { ending, .. } => Some(Movement {
            kind: match ending {
                Ending::Released => MovementKind::Released,
                Ending::Withdrawn | Ending::Declined => MovementKind::Closed,
            },
            from: here(),
            to: None,
        }),
        _ => None,
    }
}

/// Terms of the identity for one cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Balance {
    /// 昨日未结
    pub opening: i64,
    /// 登记新进
    pub registered: i64,
    /// 转入
    pub passed_in: i64,
    /// 退回转入
    pub returned_in: i64,
    /// 下发
    pub released: i64,
    /// 撤销·拒绝·终止
    pub closed: i64,
    /// 转出
    pub passed_out: i64,
    /// 退回转出
    pub returned_out: i64,
}

impl Balance {
    /// 今日未结 as the identity gives it: opening and everything in, less everything out.
    pub const fn closing(&self) -> i64 {
        self.opening + self.registered + self.passed_in + self.returned_in
            - self.released
            - self.closed
            - self.passed_out
            - self.returned_out
    }
}

/// Balance of one cell over a day's movements, from what was open before.
pub fn balance<'m>(cell: &Cell, opening: i64, movements: impl IntoIterator<Item = &'m Movement>) -> Balance {
    let mut terms = Balance { opening, ..Balance::default() };
    for movement in movements {
        let out = movement.from.as_ref() == Some(cell);
        let into = movement.to.as_ref() == Some(cell);
        match movement.kind {
            MovementKind::Registered => terms.registered += i64::from(into),
            MovementKind::Passed => {
                terms.passed_in += i64::from(into);
                terms.passed_out += i64::from(out);
            }
            MovementKind::Returned => {
                terms.returned_in += i64::from(into);
                terms.returned_out += i64::from(out);
            }
            MovementKind::Released => terms.released += i64::from(out),
            MovementKind::Closed => terms.closed += i64::from(out),
        }
    }
    terms
}
