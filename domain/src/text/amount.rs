//! Amounts in yuan, as people write them.

use super::{narrow, trimmed};
use crate::money::Money;

/// Why a text is no amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AmountFault {
    /// Nothing is given.
    #[error("is empty")]
    Empty,
    /// Written with an exponent, as spreadsheets write what they have cut.
    #[error("is written with an exponent: a spreadsheet has cut it")]
    Exponent,
    /// A comma that groups no three digits.
    #[error("has a comma that groups no three digits")]
    Grouping,
    /// More than two decimals.
    #[error("has more than two decimals")]
    Decimals,
    /// More than can be counted.
    #[error("is too large")]
    TooLarge,
    /// Something else.
    #[error("is no amount like 12480.50")]
    Other,
}

/// An amount, exactly. `¥`, `￥` or `元`, full-width signs and commas that group three digits are forgiven; nothing that
/// could be read in two ways is.
///
/// # Errors
/// The most specific [`AmountFault`].
pub fn yuan(text: &str) -> Result<Money, AmountFault> {
    let text = narrow(text);
    let text = trimmed(&text);
    let text = trimmed(text.strip_prefix('¥').unwrap_or(text));
    let text = trimmed(text.strip_suffix('元').unwrap_or(text));
    let (yuan, cents) = text.split_once('.').unwrap_or((text, ""));
    let digits = |part: &str| part.chars().all(|c| c.is_ascii_digit());
    if text.is_empty() {
        return Err(AmountFault::Empty);
    }
    if has_exponent(text) {
        return Err(AmountFault::Exponent);
    }
    if yuan.is_empty() || !yuan.chars().all(|c| c.is_ascii_digit() || c == ',') || !digits(cents) {
        return Err(if cents.contains(',') { AmountFault::Grouping } else { AmountFault::Other });
    }
    let mut groups = yuan.split(',');
    let first = groups.next().unwrap_or_default();
    let grouped = yuan.contains(',');
    if grouped && (!(1..=3).contains(&first.len()) || groups.any(|group| group.len() != 3)) {
        return Err(AmountFault::Grouping);
    }
    if cents.len() > 2 {
        return Err(AmountFault::Decimals);
    }
    let whole: i64 = yuan.replace(',', "").parse().map_err(|_| AmountFault::TooLarge)?;
    let part: i64 = format!("{cents:0<2}").parse().map_err(|_| AmountFault::Other)?;
    let fen = whole.checked_mul(100).and_then(|fen| fen.checked_add(part)).ok_or(AmountFault::TooLarge)?;
    Ok(Money::fen(fen))
}

/// Whether a number is written `1.39E+10`: digits behind the shown ones are lost.
pub fn has_exponent(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['e', 'E']) else { return false };
    let number = |text: &str| text.chars().any(|c| c.is_ascii_digit());
    let plain = |text: &str| text.chars().all(|c| c.is_ascii_digit() || c == '.' || c == ',');
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    number(mantissa)
        && plain(mantissa.strip_prefix('-').unwrap_or(mantissa))
        && number(exponent)
        && plain(exponent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forgives_how_amounts_are_written() {
        for text in [
            "12480.50",
            "12,480.50",
            "￥12480.50",
            "¥ 12480.5",
            "１２４８０.５０",
            "12480.5元",
            " 12480.5 ",
            "１２，４８０．５",
        ] {
            assert_eq!(yuan(text), Ok(Money::fen(1_248_050)), "{text}");
        }
        assert_eq!(yuan("0"), Ok(Money::ZERO));
        assert_eq!(yuan("1,234,567"), Ok(Money::yuan(1_234_567)));
    }

    #[test]
    fn names_what_is_wrong() {
        use AmountFault::{Decimals, Empty, Exponent, Grouping, Other, TooLarge};
        let faults = [
            ("", Empty),
            ("元", Empty),
            ("1.24805E+4", Exponent),
            ("1,2480.50", Grouping),
            ("12480,50", Grouping),
            ("1234,567", Grouping),
            ("12.480,50", Grouping),
            ("12480.500", Decimals),
            ("-1", Other),
            (".5", Other),
            ("about 12", Other),
            ("99999999999999999999", TooLarge),
        ];
        for (text, fault) in faults {
            assert_eq!(yuan(text), Err(fault), "{text}");
        }
    }
}
