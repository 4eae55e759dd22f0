//! A fee line as it is settled: the amount, why it deviates, the amount once more where it does.

use crate::format::AmountError;
use domain::case::command::FeeInput;
use domain::catalogue::{ComputedFee, FeeDirection};
use domain::money::Money;
use serde::{Deserialize, Serialize};

/// An amount as far as it was read, minor units.
pub type Typed = Result<Option<i64>, AmountError>;

/// What is typed for one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeeTyped {
    /// The settled amount.
    pub settled: Typed,
    /// The same once more, where it is not the computed one.
    pub again: Typed,
    /// Why it deviates.
    pub reason: String,
}

impl Default for FeeTyped {
    fn default() -> Self {
        Self { settled: Ok(None), again: Ok(None), reason: String::new() }
    }
}

/// How a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fee {
    /// No amount yet.
    Open,
    /// The computed amount: that counts as its second keying.
    AsComputed,
    /// Another amount by so much, not yet keyed again or without a reason.
    Deviates(i64),
    /// Another amount by so much, keyed twice and with a reason.
    Explained(i64),
}

impl FeeTyped {
    /// How the line stands against the computed amount.
    pub fn standing(&self, computed: Money) -> Fee {
        let Ok(Some(settled)) = self.settled else { return Fee::Open };
        let by = settled - computed.minor;
        if by == 0 {
            Fee::AsComputed
        } else if self.again == Ok(Some(settled)) && !self.reason.trim().is_empty() {
            Fee::Explained(by)
        } else {
            Fee::Deviates(by)
        }
    }

    /// The line as it is sent; none while it has no amount.
    pub fn input(&self, computed: &ComputedFee) -> Option<FeeInput> {
        let settled = self.settled.ok().flatten()?;
        let reason = self.reason.trim();
        let deviates = settled != computed.amount.minor && !reason.is_empty();
        Some(FeeInput {
            kind: computed.kind,
            direction: computed.direction,
            settled: Money::fen(settled),
            again: self.again.ok().flatten().filter(|_| settled != computed.amount.minor).map(Money::fen),
            reason: deviates.then(|| reason.to_owned()),
        })
    }
}

/// By how much all lines deviate together, as the grant counts it.
pub fn deviation(lines: &[FeeTyped], computed: &[ComputedFee]) -> Money {
    lines
        .iter()
        .zip(computed)
        .filter_map(|(line, computed)| Some((line.settled.ok()?? - computed.amount.minor).abs()))
        .map(Money::fen)
        .sum()
}

/// In whose favour the lines deviate together: `refund` = the customer's.
pub fn towards(lines: &[FeeTyped], computed: &[ComputedFee]) -> FeeDirection {
    let to_customer: i64 = lines
        .iter()
        .zip(computed)
        .filter_map(|(line, computed)| {
            let more = line.settled.ok()?? - computed.amount.minor;
            Some(if computed.direction == FeeDirection::Refund { more } else { -more })
        })
        .sum();
    if to_customer >= 0 { FeeDirection::Refund } else { FeeDirection::Collect }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::catalogue::FeeKind;

    fn computed() -> ComputedFee {
        ComputedFee {
            kind: FeeKind::Surrender,
            direction: FeeDirection::Refund,
            amount: Money::fen(5_214_984),
            working: Vec::new(),
        }
    }

    #[test]
    fn a_deviation_wants_a_reason_and_a_second_keying() {
        let mut line = FeeTyped::default();
        assert_eq!(line.standing(computed().amount), Fee::Open);
        assert_eq!(line.input(&computed()), None);
        line.settled = Ok(Some(5_214_984));
        line.reason = "left over".into();
        assert_eq!(line.standing(computed().amount), Fee::AsComputed);
        assert_eq!(line.input(&computed()).and_then(|input| input.reason), None);
        line.settled = Ok(Some(5_236_224));
        assert_eq!(line.standing(computed().amount), Fee::Deviates(21_240));
        line.again = Ok(Some(5_236_224));
        assert_eq!(line.standing(computed().amount), Fee::Explained(21_240));
        assert_eq!(line.input(&computed()).and_then(|input| input.again), Some(Money::fen(5_236_224)));
        assert_eq!(towards(std::slice::from_ref(&line), &[computed()]), FeeDirection::Refund);
        line.reason = " ".into();
        assert_eq!(line.standing(computed().amount), Fee::Deviates(21_240));
        assert_eq!(deviation(&[line], &[computed()]), Money::fen(21_240));
    }

    #[test]
    fn deviations_add_up_whichever_way_they_go() {
        let line = |minor| FeeTyped { settled: Ok(Some(minor)), ..FeeTyped::default() };
        let lines = [line(5_214_984 + 100), line(5_214_984 - 50), FeeTyped::default()];
        let computed = [computed(), computed(), computed()];
        assert_eq!(deviation(&lines, &computed), Money::fen(150));
    }
}
