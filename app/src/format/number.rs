//! Counts, amounts of money, changes and rates.

/// The minus sign of typography, as wide as a digit, so that columns of figures line up.
const MINUS: char = '\u{2212}';

/// A count with thousands separators: `1,436`.
pub fn count(n: i64) -> String {
    signed(n, grouped(&n.unsigned_abs().to_string()))
}

/// An amount of minor units with two decimals and thousands separators: `12,480.00`. The unit stands in the label.
pub fn amount(minor: i64) -> String {
    let magnitude = minor.unsigned_abs();
    signed(minor, format!("{}.{:02}", grouped(&(magnitude / 100).to_string()), magnitude % 100))
}

/// The same amount as it is edited, without separators and with the hyphen a keyboard has: `-12480.00`.
pub fn amount_plain(minor: i64) -> String {
    let magnitude = minor.unsigned_abs();
    let sign = if minor < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", magnitude / 100, magnitude % 100)
}

/// A change against an earlier figure: `+60`, `−3`, `0`.
pub fn delta(n: i64) -> String {
    if n > 0 { format!("+{}", count(n)) } else { count(n) }
}

/// A number with a fixed count of decimals; never prints a negative zero.
pub fn decimal(value: f64, places: usize) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    let text = format!("{:.*}", places, value.abs());
    let zero = text.bytes().all(|b| matches!(b, b'0' | b'.'));
    let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
    let body = format!("{}{rest}", grouped(whole));
    if value < 0.0 && !zero { format!("{MINUS}{body}") } else { body }
}

/// A length for a style: `120px`. Whole pixels, because to print a float costs the first download its tables.
#[expect(clippy::cast_possible_truncation, reason = "no page is that long")]
pub fn pixels(length: f64) -> String {
    format!("{}px", length.round() as i64)
}

/// A share as a rate with two decimals: `0.0042` reads `0.42%`.
pub fn percent(share: f64) -> String {
    format!("{}%", decimal(share * 100.0, 2))
}

/// An interval of shares, the unit once at its end: `0.19–0.91%`.
pub fn percent_range(low: f64, high: f64) -> String {
    format!("{}–{}%", decimal(low * 100.0, 2), decimal(high * 100.0, 2))
}

fn signed(n: i64, body: String) -> String {
    if n < 0 { format!("{MINUS}{body}") } else { body }
}

/// Puts a comma after every third digit from the right; `digits` holds nothing but ASCII digits.
fn grouped(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_grouped_by_thousands() {
        let cases = [
            (0, "0"),
            (999, "999"),
            (1000, "1,000"),
            (-1_234_567, "−1,234,567"),
            (i64::MIN, "−9,223,372,036,854,775,808"),
        ];
        for (n, text) in cases {
            assert_eq!(count(n), text);
        }
    }

    #[test]
    fn amounts_keep_two_decimals_and_their_sign() {
        let cases =
            [(0, "0.00"), (5, "0.05"), (-5, "−0.05"), (1_248_000, "12,480.00"), (-8_642_000, "−86,420.00")];
        for (minor, text) in cases {
            assert_eq!(amount(minor), text);
        }
        assert_eq!(amount_plain(-1_248_050), "-12480.50");
    }

    #[test]
    fn changes_carry_their_sign() {
        assert_eq!([delta(60), delta(0), delta(-3)], ["+60", "0", "−3"]);
    }

    #[test]
    fn lengths_are_whole_pixels() {
        assert_eq!([pixels(0.0), pixels(-4.5), pixels(1e6 + 0.4)], ["0px", "-5px", "1000000px"]);
    }

    #[test]
    fn rates_have_two_decimals_and_no_negative_zero() {
        assert_eq!(percent(6.0 / 1436.0), "0.42%");
        assert_eq!(percent_range(0.0019, 0.0091), "0.19–0.91%");
        assert_eq!(decimal(-0.001, 2), "0.00");
        assert_eq!(decimal(-1234.5, 1), "−1,234.5");
        assert_eq!(decimal(f64::NAN, 2), "–");
    }
}
