//! From values to positions, and the round values an axis is marked at.

/// A straight-line scale from values to pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    from: f64,
    to: f64,
    start: f64,
    end: f64,
}

impl Scale {
    /// Maps `from..to` (values) onto `start..end` (pixels); an empty range of values maps onto `start`.
    pub fn new((from, to): (f64, f64), (start, end): (f64, f64)) -> Self {
        Self { from, to, start, end }
    }

    /// The pixel of a value; values outside the range are not cut.
    pub fn at(&self, value: f64) -> f64 {
        let span = self.to - self.from;
        if span == 0.0 || !span.is_finite() {
            return self.start;
        }
        self.start + (value - self.from) / span * (self.end - self.start)
    }

    /// The pixel of a value, cut to the range.
    pub fn within(&self, value: f64) -> f64 {
        let (low, high) = (self.from.min(self.to), self.from.max(self.to));
        self.at(value.clamp(low, high))
    }
}

/// Round values from zero to at or above `highest`: at least two steps, at most five.
///
/// `whole` for counts, which have no half. The last tick is the top of the axis.
pub fn ticks_from_zero(highest: f64, whole: bool) -> Vec<f64> {
    let highest = if highest.is_finite() && highest > 0.0 { highest } else { 1.0 };
    let mut step = round_step(highest / 5.0);
    if whole {
        step = round_whole(step.max(1.0));
    }
    let mut steps = (highest / step - 1e-9).ceil().max(1.0);
    if steps < 2.0 {
        steps = 2.0;
    }
    let mut ticks = Vec::new();
    let mut i = 0.0;
    while i <= steps {
        ticks.push(i * step);
        i += 1.0;
    }
    ticks
}

/// Round values inside `low..=high`, about `want` of them.
pub fn ticks_between(low: f64, high: f64, want: usize, whole: bool) -> Vec<f64> {
    if !(low.is_finite() && high.is_finite()) || high <= low {
        return vec![low];
    }
    #[expect(clippy::cast_precision_loss, reason = "a handful of ticks")]
    let want = want.max(1) as f64;
    let mut step = round_step((high - low) / want);
    if whole {
        step = round_whole(step.max(1.0));
    }
    let mut ticks = Vec::new();
    let mut k = (low / step - 1e-9).ceil();
    while k * step <= high + step * 1e-9 {
        // Adding zero turns a negative zero into a plain one.
        ticks.push(k * step + 0.0);
        k += 1.0;
    }
    ticks
}

/// The smallest of 1, 2, 2.5, 5 times a power of ten at or above `at_least`.
fn round_step(at_least: f64) -> f64 {
    let power = 10f64.powf(at_least.log10().floor());
    let scaled = at_least / power;
    let factor = [1.0, 2.0, 2.5, 5.0].into_iter().find(|f| scaled <= f + 1e-9).unwrap_or(10.0);
    factor * power
}

/// Two and a half is no step for counts below ten.
fn round_whole(step: f64) -> f64 {
    if (step - step.round()).abs() < 1e-9 { step } else { (step * 2.0).round() }
}

/// Moves labels apart so that neighbours keep `gap` and all stay within `low..=high`; order is kept.
pub fn spread(wanted: &[f64], gap: f64, low: f64, high: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|&a, &b| wanted[a].total_cmp(&wanted[b]));
    let mut placed = vec![0.0; wanted.len()];
    let mut floor = low;
    for &i in &order {
        placed[i] = wanted[i].max(floor);
        floor = placed[i] + gap;
    }
    let mut ceiling = high;
    for &i in order.iter().rev() {
        placed[i] = placed[i].min(ceiling);
        ceiling = placed[i] - gap;
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_become_pixels() {
        let scale = Scale::new((0.0, 4.0), (364.0, 12.0));
        assert!((scale.at(1.0) - 276.0).abs() < 1e-9);
        assert!((scale.within(9.0) - 12.0).abs() < 1e-9);
        assert!((Scale::new((3.0, 3.0), (10.0, 20.0)).at(3.0) - 10.0).abs() < 1e-9);
    }

    #[test]
    fn axes_from_zero_end_at_a_round_value_above_the_highest() {
        let cases: [(f64, bool, &[f64]); 8] = [
            (17.0, true, &[0.0, 5.0, 10.0, 15.0, 20.0]),
            (742.0, true, &[0.0, 200.0, 400.0, 600.0, 800.0]),
            (2.0, true, &[0.0, 1.0, 2.0]),
            (1.0, true, &[0.0, 1.0, 2.0]),
            (0.0, true, &[0.0, 1.0, 2.0]),
            (12.0, true, &[0.0, 5.0, 10.0, 15.0]),
            (0.0277, false, &[0.0, 0.01, 0.02, 0.03]),
            (100.0, false, &[0.0, 20.0, 40.0, 60.0, 80.0, 100.0]),
        ];
        for (highest, whole, expected) in cases {
            let ticks = ticks_from_zero(highest, whole);
            assert_eq!(ticks.len(), expected.len(), "{highest}: {ticks:?}");
            assert!(ticks.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-9), "{highest}: {ticks:?}");
        }
    }

    #[test]
    fn every_axis_from_zero_has_two_to_five_steps_and_holds_its_highest() {
        for i in 1..5000 {
            let highest = f64::from(i) * 0.37;
            for whole in [false, true] {
                let ticks = ticks_from_zero(highest, whole);
                assert!((3..=6).contains(&ticks.len()), "{highest} {ticks:?}");
                assert!(ticks.last().is_some_and(|top| *top >= highest - 1e-9));
                assert!(!whole || ticks.iter().all(|t| (t - t.round()).abs() < 1e-9), "{highest} {ticks:?}");
            }
        }
    }

    #[test]
    fn ticks_between_two_values_are_round() {
        assert_eq!(ticks_between(290.0, 960.0, 7, true), [300.0, 400.0, 500.0, 600.0, 700.0, 800.0, 900.0]);
        assert_eq!(ticks_between(5.0, 5.0, 4, true), [5.0]);
    }

    #[test]
    fn labels_do_not_overlap() {
        assert_eq!(spread(&[10.0, 12.0, 40.0], 14.0, 0.0, 100.0), [10.0, 24.0, 40.0]);
        assert_eq!(spread(&[95.0, 98.0], 14.0, 0.0, 100.0), [86.0, 100.0]);
        assert_eq!(spread(&[50.0, 10.0], 14.0, 0.0, 100.0), [50.0, 10.0]);
    }
}
