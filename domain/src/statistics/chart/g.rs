//! The g chart: clean units between errors, for errors too rare for a chart of shares.

use super::super::real;
use super::{ChartPoint, ChartRefused, ControlChart, Method};

/// Share beyond each limit: that of three standard deviations of a normal value.
const TAIL: f64 = 0.001_349_898_031_630_095;

/// The clean units before each error, and those since the last one.
///
/// The run before the first error counts as a gap: a geometric distribution has no memory of when the count began.
pub fn gaps(outcomes: impl IntoIterator<Item = bool>) -> (Vec<u64>, u64) {
    let (mut gaps, mut open) = (Vec::new(), 0);
    for error in outcomes {
        if error {
            gaps.push(open);
            open = 0;
        } else {
            open += 1;
        }
    }
    (gaps, open)
}

/// The g chart of the clean units before each error, with the still open run after the last one as its last point.
///
/// The clean units between errors at rate p are geometric, P(Y = k) = p(1 − p)^k; the limits are its quantiles at
/// 0.135 % and 99.865 %, the centre its median. p is the baseline, or else the maximum-likelihood estimate, in which
/// the open run counts as what it is: at least so long. A point above its limit is an improvement. Below p = 0.135 %
/// only is the lower limit above 0, so that a single short gap can signal at all: a rate that rises is found sooner
/// by a [`CusumDesign`](super::CusumDesign).
///
/// Refused below two gaps if there is no baseline, and for a baseline not between 0 and 1. The open run never signals
/// *below*: it is not over.
pub fn g_chart(gaps: &[u64], open_run: u64, baseline: Option<f64>) -> Result<ControlChart, ChartRefused> {
    let rate = match baseline {
        Some(rate) => rate,
        None => estimate(gaps, open_run)?,
    };
    if !(rate > 0.0 && rate < 1.0) {
        return Err(ChartRefused::BadBaseline { rate });
    }
    let (lower, upper) = (quantile(rate, TAIL), quantile(rate, 1.0 - TAIL));
    let mut points: Vec<ChartPoint> =
        gaps.iter().map(|gap| ChartPoint::new(real(*gap), lower, upper)).collect();
    points.push(ChartPoint::new(real(open_run), 0.0, upper));
    Ok(ControlChart { method: Method::G, centre: quantile(rate, 0.5), spread: None, points })
}

fn estimate(gaps: &[u64], open_run: u64) -> Result<f64, ChartRefused> {
    let errors = gaps.len() as u64;
    if errors < 2 {
        return Err(ChartRefused::TooFewPoints { given: errors, needed: 2 });
    }
    let clean = gaps.iter().fold(open_run, |sum, gap| sum.saturating_add(*gap));
    Ok(real(errors) / (real(errors) + real(clean)))
}

/// The least number of clean units that, with probability `p` or more, is not exceeded.
fn quantile(rate: f64, p: f64) -> f64 {
    // The chance of more than k clean units is (1 − rate)^(k+1).
    let units = f64::ln_1p(-p) / f64::ln_1p(-rate);
    (units.ceil() - 1.0).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::super::Signal;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn gaps_and_the_open_run() {
        let outcomes = [false, false, true, true, false, true, false];
        assert_eq!(gaps(outcomes), (vec![2, 0, 1], 1));
        assert_eq!(gaps([]), (vec![], 0));
    }

    #[test]
    fn limits_are_quantiles_of_the_geometric() {
        let chart = g_chart(&[300], 0, Some(0.005)).unwrap();
        assert_eq!((chart.centre, chart.points[0].upper), (138.0, 1318.0));
        let above = |k: f64| 0.995_f64.powf(k + 1.0);
        assert!(above(1_318.0) <= TAIL && above(1_317.0) > TAIL);
        assert!(chart.points[0].lower < 0.5);
        assert!(g_chart(&[300], 0, Some(0.000_5)).unwrap().points[0].lower > 0.0);
    }

    #[test]
    fn a_long_clean_run_is_a_signal_while_it_lasts() {
        let chart = g_chart(&[100, 200, 150], 1_400, Some(0.005)).unwrap();
        assert_eq!(chart.signals(), [3]);
        assert_eq!(chart.points[3].signal, Some(Signal::Above));
        let short = g_chart(&[1_000, 2_000], 0, Some(0.000_5)).unwrap();
        assert_eq!(short.signals(), Vec::<usize>::new(), "a run that has just begun is not short");
    }

    #[test]
    fn the_open_run_enters_the_estimate() {
        let chart = g_chart(&[99, 99], 198, None).unwrap();
        // Two errors in 398 units.
        let rate = 2.0 / 398.0;
        assert!((chart.centre - quantile(rate, 0.5)).abs() < 0.5);
    }

    #[test]
    fn too_little_to_go_by() {
        assert_eq!(g_chart(&[10], 5, None), Err(ChartRefused::TooFewPoints { given: 1, needed: 2 }));
        assert_eq!(g_chart(&[0, 0], 0, None), Err(ChartRefused::BadBaseline { rate: 1.0 }));
        assert_eq!(g_chart(&[1, 2], 0, Some(0.0)), Err(ChartRefused::BadBaseline { rate: 0.0 }));
    }

    proptest! {
        #[test]
        fn a_quantile_is_the_least_that_suffices(rate in 0.000_1_f64..0.5, p in 0.001_f64..0.999) {
            let k = quantile(rate, p);
            let upto = |k: f64| 1.0 - (1.0 - rate).powf(k + 1.0);
            prop_assert!(upto(k) >= p - 1e-12);
            prop_assert!(k == 0.0 || upto(k - 1.0) < p + 1e-12);
        }
    }
}
