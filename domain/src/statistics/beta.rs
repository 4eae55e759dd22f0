//! The regularised incomplete beta function and its inverse: the quantiles behind the exact intervals.
//!
//! Own code, because the general-purpose one at hand stops its continued fraction after 140 terms and loses digits
//! in differences of log-gammas, so that intervals over a million checks come out wrong. Here the factor before
//! the fraction is built from Stirling errors and deviances (C. Loader, *Fast and Accurate Computation of Binomial
//! Probabilities*, 2000), both tails are computed without subtraction from one, and the inverse is a bracketed
//! Newton search.

use std::f64::consts::{PI, TAU};

use statrs::function::gamma::ln_gamma;

/// Terms after which the continued fraction is given up; it needs about √max(a, b) of them, so this is never met
/// below 10^11 checks.
const MAX_TERMS: u32 = 1_000_000;

/// Steps after which the search for a quantile stops: more than halving the whole range of `f64` near zero takes.
const MAX_STEPS: u32 = 1_100;

/// The quantile of Beta(a, b) at probability `p`: the x below which a share `p` of the distribution lies.
///
/// `a` and `b` are positive. Relative error about 1e-12.
pub(super) fn quantile(p: f64, a: f64, b: f64) -> f64 {
    if p <= 0.0 {
        return 0.0;
    }
    if p >= 1.0 {
        return 1.0;
    }
    let (mut low, mut high) = (0.0_f64, 1.0_f64);
    let mut x = a / (a + b);
    for _ in 0..MAX_STEPS {
        let (lower, upper) = tails(a, b, x);
        // The smaller tail keeps its digits; comparing the larger one would lose them.
        let excess = if p <= 0.5 { lower - p } else { (1.0 - p) - upper };
        if excess > 0.0 {
            high = x;
        } else {
            low = x;
        }
        let slope = factor(a, b, x, 1.0 - x) / (x * (1.0 - x));
        let newton = x - excess / slope;
        if (newton - x).abs() <= 1e-13 * x {
            return newton;
        }
        x = if newton > low && newton < high { newton } else { low.midpoint(high) };
    }
    x
}

/// The share of Beta(a, b) below and above `x`.
pub(super) fn tails(a: f64, b: f64, x: f64) -> (f64, f64) {
    if x <= 0.0 {
        return (0.0, 1.0);
    }
    if x >= 1.0 {
        return (1.0, 0.0);
    }
    let y = 1.0 - x;
    let factor = factor(a, b, x, y);
    // Each fraction converges fast on its own side of the mean only.
    if x < (a + 1.0) / (a + b + 2.0) {
        let lower = factor * fraction(a, b, x) / a;
        (lower, 1.0 - lower)
    } else {
        let upper = factor * fraction(b, a, y) / b;
        (1.0 - upper, upper)
    }
}

/// x^a · y^b / B(a, b), with y = 1 − x.
fn factor(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let both = a + b;
    let errors = stirling_error(both) - stirling_error(a) - stirling_error(b);
    (a * b / (TAU * both)).sqrt() * (errors - deviance(a, both * x) - deviance(b, both * y)).exp()
}

/// ln Γ(a+1) − ln(√(2πa) · (a/e)^a).
fn stirling_error(a: f64) -> f64 {
    if a < 16.0 {
        return ln_gamma(a + 1.0) - (a + 0.5) * a.ln() + a - 0.5 * (2.0 * PI).ln();
    }
    let s = 1.0 / (a * a);
    (1.0 / 12.0 - (1.0 / 360.0 - (1.0 / 1260.0 - (1.0 / 1680.0 - s / 1188.0) * s) * s) * s) / a
}

/// x·ln(x/m) + m − x, without the cancellation where x is near m.
fn deviance(x: f64, m: f64) -> f64 {
    let v = (x - m) / (x + m);
    if v.abs() >= 0.1 {
        return x * (x / m).ln() + m - x;
    }
    let mut sum = (x - m) * v;
    let mut power = 2.0 * x * v;
    for odd in (3_u32..1_000).step_by(2) {
        power *= v * v;
        let term = power / f64::from(odd);
        sum += term;
        if term.abs() <= 1e-17 * sum.abs() {
            break;
        }
    }
    sum
}

/// The continued fraction of the incomplete beta function, by Lentz's method.
fn fraction(a: f64, b: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let away_from_zero = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut over = 1.0;
    let mut under = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0));
    let mut product = under;
    for term in 1..=MAX_TERMS {
        let place = f64::from(term);
        let end = a + 2.0 * place;
        let even = place * (b - place) * x / ((end - 1.0) * end);
        let odd = -(a + place) * (a + b + place) * x / (end * (end + 1.0));
        for part in [even, odd] {
            under = 1.0 / away_from_zero(1.0 + part * under);
            over = away_from_zero(1.0 + part / over);
            product *= under * over;
        }
        if (under * over - 1.0).abs() <= 1e-15 {
            break;
        }
    }
    product
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn close(found: f64, expected: f64, relative: f64) {
        assert!((found - expected).abs() <= relative * expected.abs(), "{found} is not {expected}");
    }

    #[test]
    fn closed_forms() {
        for x in [1e-9, 0.001, 0.02, 0.3, 0.5, 0.9, 0.999] {
            close(tails(1.0, 7.0, x).0, -f64::exp_m1(7.0 * f64::ln_1p(-x)), 1e-13);
            close(tails(3.0, 1.0, x).0, x * x * x, 1e-13);
            // The arcsine law.
            close(tails(0.5, 0.5, x).0, 2.0 / PI * x.sqrt().asin(), 1e-13);
        }
    }

    /// The share below x of Beta(k, n−k+1) is the chance of at least k errors among n at rate x.
    #[test]
    fn it_is_a_sum_of_binomial_probabilities() {
        let (n, p) = (40, 0.07_f64);
        let mut chance = (1.0 - p).powi(n);
        let mut below = 0.0;
        for k in 1..=n {
            below += chance;
            let (lower, upper) = tails(f64::from(k), f64::from(n - k + 1), p);
            close(upper, below, 1e-12);
            assert!((lower - (1.0 - below)).abs() < 1e-14);
            chance *= f64::from(n - k + 1) / f64::from(k) * p / (1.0 - p);
        }
    }

    /// Over two million checks the normal approximation of the binomial is good to some 1e-4 of a share, which a
    /// fraction cut off too early would miss by far.
    #[test]
    fn millions_of_checks() {
        let (x, n) = (20_000.0, 2_000_000.0);
        let p = x / n;
        let deviation = f64::sqrt(p * (1.0 - p) / n);
        close(quantile(0.975, x + 0.5, n - x + 0.5), p + 1.959_963_984_540_054 * deviation, 1e-4);
        close(quantile(0.025, x + 0.5, n - x + 0.5), p - 1.959_963_984_540_054 * deviation, 1e-4);
        assert!((tails(x, n - x + 1.0, p).0 - 0.5).abs() < 2e-3);
    }

    #[test]
    fn tiny_quantiles_are_found() {
        // Near zero Beta(a, b) is x^a / (a·B(a, b)), so the quantile is (p·a·B)^(1/a).
        let x = quantile(0.025, 0.01, 1_000.0);
        assert!(x > 0.0 && x < 1e-150, "{x}");
        close(tails(0.01, 1_000.0, x).0, 0.025, 1e-9);
    }

    proptest! {
        #[test]
        fn the_quantile_is_the_inverse(p in 1e-6_f64..0.999_999, x in 0_u32..5_000, rest in 0_u32..2_000_000) {
            let (a, b) = (f64::from(x) + 0.5, f64::from(rest) + 0.5);
            let q = quantile(p, a, b);
            let (lower, upper) = tails(a, b, q);
            prop_assert!((lower - p).abs() <= 1e-9 * p);
            prop_assert!((upper - (1.0 - p)).abs() <= 1e-9 * (1.0 - p));
        }

        #[test]
        fn the_two_ends_mirror_each_other(p in 0.001_f64..0.999, x in 0_u32..500, rest in 0_u32..500) {
            let (a, b) = (f64::from(x) + 0.5, f64::from(rest) + 0.5);
            prop_assert!((quantile(p, a, b) - (1.0 - quantile(1.0 - p, b, a))).abs() < 1e-12);
        }
    }
}
