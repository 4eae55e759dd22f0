//! The state of a second keying: what was keyed, which value was taken where the two differ, and what follows.

use super::point::{Point, is_empty, may_be_empty, replaced, same};
use crate::pages::case::forms::field::Keyed;
use crate::state::drafts::pairs;
use chrono::NaiveDate;
use domain::case::Command;
use domain::case::item::{Entered, Fields};
use domain::catalogue::Item;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Which of two differing values was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Taken {
    /// The first.
    First,
    /// The second.
    Second,
}

/// What stands in the second keying of an item.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Keying {
    /// What was keyed the second time.
    #[serde(with = "pairs")]
    pub typed: BTreeMap<Point, Keyed>,
    /// Which value was taken of those that differ.
    #[serde(with = "pairs")]
    pub taken: BTreeMap<Point, Taken>,
    /// The taken value, keyed once more.
    #[serde(with = "pairs")]
    pub again: BTreeMap<Point, Keyed>,
}

/// How a point stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nothing was keyed.
    Open,
    /// Keyed, not compared.
    Keyed,
    /// Compared, and the same.
    Equal,
    /// Compared, and not the same.
    Differs,
}

impl Keying {
    /// Whether the two keyings were compared and differ, and both are here to choose from.
    pub fn is_disputed(&self, entered: &Entered, points: &[Point]) -> bool {
        !entered.differing.is_empty() && points.iter().all(|point| self.is_keyed(point))
    }

    /// Whether something was keyed for a point, or it may be left empty.
    pub fn is_keyed(&self, point: &Point) -> bool {
        self.typed.get(point).is_some_and(|keyed| !is_empty(keyed) || may_be_empty(point.aspect))
    }

    /// How a point stands.
    pub fn standing(
        &self,
        point: &Point,
        item: &Item,
        entered: &Entered,
        disputed: bool,
        today: NaiveDate,
    ) -> Standing {
        if !disputed {
            let keyed = self.typed.get(point).is_some_and(|keyed| !is_empty(keyed));
            return if keyed { Standing::Keyed } else { Standing::Open };
        }
        let equal = self.second(point, item, entered, today).is_some_and(|second| {
            entered.fields.get(&point.key).and_then(|first| same(first, &second, point.aspect)) == Some(true)
        });
        if equal { Standing::Equal } else { Standing::Differs }
    }

    /// The entered value with the second keying of one point in its place.
    pub fn second(
        &self,
        point: &Point,
        item: &Item,
        entered: &Entered,
        today: NaiveDate,
    ) -> Option<domain::value::Value> {
        let (first, spec) = (entered.fields.get(&point.key)?, item.field(&point.key)?);
        replaced(first, point, spec, self.typed.get(point)?, today)
    }

    /// The command that compares: all points as keyed; none while one is open or cannot be read.
    pub fn confirm(
        &self,
        no: u8,
        item: &Item,
        points: &[Point],
        entered: &Fields,
        today: NaiveDate,
    ) -> Option<Command> {
        let mut fields = Fields::new();
        for point in points {
            if !self.is_keyed(point) {
                return None;
            }
            let before = fields.get(&point.key).or_else(|| entered.get(&point.key))?;
            let keyed = replaced(before, point, item.field(&point.key)?, self.typed.get(point)?, today)?;
            fields.insert(point.key.clone(), keyed);
        }
        Some(Command::ConfirmEntry { item: no, key_fields: fields })
    }

    /// Whether of every differing point one value was taken and keyed once more.
    pub fn is_settled(&self, differing: &[Point]) -> bool {
        differing.iter().all(|point| {
            let again = self.again.get(point);
            self.taken.contains_key(point)
                && again.is_some_and(|keyed| !is_empty(keyed) || may_be_empty(point.aspect))
        })
    }

    /// The first values with the second ones taken in their place; none where all first ones were taken.
    pub fn corrected(
        &self,
        item: &Item,
        differing: &[Point],
        entered: &Fields,
        today: NaiveDate,
    ) -> Option<Fields> {
        let mut fields = entered.clone();
        let mut changed = false;
        for point in differing.iter().filter(|point| self.taken.get(point) == Some(&Taken::Second)) {
            let before = fields.get(&point.key)?;
            let value = replaced(before, point, item.field(&point.key)?, self.typed.get(point)?, today)?;
            fields.insert(point.key.clone(), value);
            changed = true;
        }
        changed.then_some(fields)
    }

    /// What was keyed once more becomes the second keying.
    pub fn take_again(&mut self) {
        self.typed.append(&mut self.again);
        self.taken.clear();
    }

    /// The same with what was keyed once more in its place.
    pub fn with_again(&self) -> Self {
        let mut next = self.clone();
        next.take_again();
        next
    }
}

#[cfg(test)]
#[path = "keying_tests.rs"]
mod tests;
