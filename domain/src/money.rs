//! Money in integer minor units: no floating point ever touches an amount.

use serde::{Deserialize, Serialize};
use std::ops::{Add, AddAssign, Neg, Sub};

/// The currencies Plumbline keeps books in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Currency {
    /// Renminbi yuan; minor unit 分.
    #[default]
    #[serde(rename = "CNY")]
    Cny,
}

/// An amount in minor units (分) of a currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Money {
    /// Amount in minor units; negative where a correction may be.
    pub minor: i64,
    /// The currency; all amounts of one case share it.
    #[serde(default)]
    pub currency: Currency,
}

impl Money {
    /// No money.
    pub const ZERO: Self = Self { minor: 0, currency: Currency::Cny };

    /// An amount in minor units of yuan.
    pub const fn fen(minor: i64) -> Self {
        Self { minor, currency: Currency::Cny }
    }

    /// An amount in whole yuan.
    pub const fn yuan(yuan: i64) -> Self {
        Self::fen(yuan * 100)
    }

    /// `self × numerator ÷ denominator`, rounded half up, through `i128` so that no product overflows.
    ///
    /// Rounding happens once per fee line (architecture §2). A zero denominator gives zero.
    #[must_use]
    pub fn scaled(self, numerator: i64, denominator: i64) -> Self {
        if denominator == 0 {
            return Self { minor: 0, ..self };
        }
        let product = i128::from(self.minor) * i128::from(numerator);
        let divisor = i128::from(denominator);
        let twice = product * 2 + divisor;
        let minor = twice.div_euclid(divisor * 2);
        Self { minor: i64::try_from(minor).unwrap_or(i64::MAX), ..self }
    }
}

impl Add for Money {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self { minor: self.minor.saturating_add(other.minor), ..self }
    }
}

impl Sub for Money {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self { minor: self.minor.saturating_sub(other.minor), ..self }
    }
}

impl Neg for Money {
    type Output = Self;
    fn neg(self) -> Self {
        Self { minor: self.minor.saturating_neg(), ..self }
    }
}

impl AddAssign for Money {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl std::iter::Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_with_half_up_rounding() {
        assert_eq!(Money::fen(101).scaled(1, 2), Money::fen(51));
        assert_eq!(Money::fen(100).scaled(1, 3), Money::fen(33));
        assert_eq!(Money::fen(-101).scaled(1, 2), Money::fen(-50));
        assert_eq!(Money::fen(i64::MAX).scaled(1, 1), Money::fen(i64::MAX));
    }
}
