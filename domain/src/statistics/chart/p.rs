//! Shares of groups: the p chart and Laney's p′ chart.

use super::super::{Tally, real};
use super::{ChartPoint, ChartRefused, ControlChart, Method, Rarer};

/// Expected errors per group below which three-sigma limits are refused.
const LEAST_EXPECTED: f64 = 5.0;

/// Mean moving range of two neighbours divided by the standard deviation, for normal values (the constant d₂).
const D2: f64 = 1.128;

/// The p chart: limits p̄ ± 3·√(p̄(1 − p̄)/nᵢ), held within 0 and 1, with p̄ = Σx/Σn (Montgomery).
///
/// It takes the groups to differ by chance alone; over large groups, where they never do, use [`laney_chart`].
/// Refused where fewer than five errors, or five units without, are expected in the smallest group.
pub fn p_chart(groups: &[Tally]) -> Result<ControlChart, ChartRefused> {
    let centre = centre(groups, 1)?;
    Ok(chart(groups, centre, Method::P, None))
}

/// Laney's p′ chart: the limits of the p chart widened by the mean moving range of the standardised shares
/// over 1.128. All moving ranges count: none is screened out for being large, as in Minitab.
///
/// Refused as [`p_chart`] is, and below two groups.
pub fn laney_chart(groups: &[Tally]) -> Result<ControlChart, ChartRefused> {
    let centre = centre(groups, 2)?;
    let scores: Vec<f64> = shares(groups).map(|(share, n)| (share - centre) / deviation(centre, n)).collect();
    let ranges = scores.iter().zip(scores.iter().skip(1)).map(|(one, next)| (next - one).abs());
    let spread = ranges.sum::<f64>() / (real(scores.len() as u64) - 1.0) / D2;
    Ok(chart(groups, centre, Method::Laney, Some(spread)))
}

fn chart(groups: &[Tally], centre: f64, method: Method, spread: Option<f64>) -> ControlChart {
    let points = shares(groups)
        .map(|(share, n)| {
            let reach = 3.0 * spread.unwrap_or(1.0) * deviation(centre, n);
            ChartPoint::new(share, (centre - reach).max(0.0), (centre + reach).min(1.0))
        })
        .collect();
    ControlChart { method, centre, spread, points }
}

/// Share and size of each group; no group is empty.
fn shares(groups: &[Tally]) -> impl Iterator<Item = (f64, f64)> {
    groups.iter().map(|group| (real(group.hits()) / real(group.checked()), real(group.checked())))
}

fn deviation(centre: f64, n: f64) -> f64 {
    (centre * (1.0 - centre) / n).sqrt()
}

/// The pooled share, if the normal approximation holds in every group.
fn centre(groups: &[Tally], needed: u64) -> Result<f64, ChartRefused> {
    let given = groups.len() as u64;
    let smallest = groups.iter().enumerate().min_by_key(|(_, group)| group.checked());
    let Some((group, smallest)) = smallest.filter(|_| given >= needed) else {
        return Err(ChartRefused::TooFewPoints { given, needed });
    };
    let group = group as u64;
    let pooled: Tally = groups.iter().copied().sum();
    let Some(centre) = pooled.share().filter(|_| smallest.checked() > 0) else {
        return Err(ChartRefused::EmptyGroup { group });
    };
    let (rarer, share) = if centre <= 0.5 { (Rarer::Hits, centre) } else { (Rarer::Others, 1.0 - centre) };
    let (checked, expected) = (smallest.checked(), share * real(smallest.checked()));
    if expected < LEAST_EXPECTED {
        return Err(ChartRefused::TooRare { group, checked, rarer, expected, needed: needed_size(share) });
    }
    Ok(centre)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a positive whole number")]
fn needed_size(share: f64) -> Option<u64> {
    (share > 0.0).then(|| (LEAST_EXPECTED / share).ceil() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Nonconforming cans of frozen orange juice among 50, the 54 samples of Montgomery 1991 as in the R package qcc.
    const ORANGE_JUICE: [u64; 54] = [
        12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13,
        9, 6, 9, 6, 12, 5, 6, 4, 6, 3, 7, 6, 2, 4, 3, 6, 5, 4, 8, 5, 6, 7, 5, 6, 3, 5,
    ];

    fn groups(hits: &[u64], checked: u64) -> Vec<Tally> {
        hits.iter().map(|hits| Tally::new(*hits, checked).unwrap()).collect()
    }

    fn close(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-7, "{found} is not {expected}");
    }

    #[test]
    fn orange_juice_as_published() {
        let chart = p_chart(&groups(&ORANGE_JUICE[..30], 50)).unwrap();
        close(chart.centre, 0.231_333_3);
        close(chart.points[0].lower, 0.052_427_55);
        close(chart.points[0].upper, 0.410_239_1);
        assert_eq!(chart.signals(), [14, 22]);
    }

    #[test]
    fn without_the_two_that_were_explained() {
        let kept: Vec<u64> = ORANGE_JUICE[..30]
            .iter()
            .enumerate()
            .filter(|(at, _)| ![14, 22].contains(at))
            .map(|(_, x)| *x)
            .collect();
        let chart = p_chart(&groups(&kept, 50)).unwrap();
        close(chart.centre, 0.215);
        close(chart.points[0].lower, 0.040_702_84);
        close(chart.points[0].upper, 0.389_297_2);
        assert_eq!(chart.signals(), [19]);
    }

    #[test]
    fn a_lower_limit_stops_at_zero() {
        let hits = [9, 6, 12, 5, 6, 4, 6, 3, 7, 6, 2, 4, 3, 6, 5, 4, 8, 5, 6, 7, 5, 6, 3, 5];
        let chart = p_chart(&groups(&hits, 50)).unwrap();
        close(chart.centre, 0.110_833_3);
        close(chart.points[0].lower, 0.0);
        close(chart.points[0].upper, 0.244_020_7);
    }

    /// Spread and limits computed with R by the rule of Minitab, moving ranges unscreened.
    #[test]
    fn laney_widens_by_the_moving_range() {
        let trial = laney_chart(&groups(&ORANGE_JUICE[..30], 50)).unwrap();
        close(trial.spread.unwrap(), 1.660_866_719_743_24);
        close(trial.points[0].upper, 0.528_471_998_043_532);
        close(trial.points[0].lower, 0.0);
        assert_eq!(trial.signals(), Vec::<usize>::new());
        let all = laney_chart(&groups(&ORANGE_JUICE, 50)).unwrap();
        close(all.centre, 0.177_777_777_777_778);
        close(all.spread.unwrap(), 1.379_753_644_461_11);
        close(all.points[0].upper, 0.401_583_478_299_657);
    }

    #[test]
    fn groups_of_different_size_have_limits_of_their_own() {
        let groups = [Tally::new(10, 100).unwrap(), Tally::new(40, 400).unwrap()];
        let chart = p_chart(&groups).unwrap();
        close(chart.points[0].upper, 0.19);
        close(chart.points[1].upper, 0.145);
    }

    #[test]
    fn rare_errors_are_refused_with_the_size_it_takes() {
        let refused = p_chart(&groups(&[1, 0, 0, 1], 100)).unwrap_err();
        let expected = ChartRefused::TooRare {
            group: 0,
            checked: 100,
            rarer: Rarer::Hits,
            expected: 0.5,
            needed: Some(1_000),
        };
        assert_eq!(refused, expected);
        assert_eq!(laney_chart(&groups(&[1, 0, 0, 1], 100)), Err(expected));
        assert!(p_chart(&groups(&[5, 5, 5, 5], 1_000)).is_ok());
    }

    #[test]
    fn a_conformity_rate_near_one_is_refused_likewise() {
        let refused = p_chart(&groups(&[99, 100], 100)).unwrap_err();
        assert!(matches!(refused, ChartRefused::TooRare { rarer: Rarer::Others, needed: Some(1_000), .. }));
        let refused = p_chart(&groups(&[100, 100], 100)).unwrap_err();
        assert!(matches!(refused, ChartRefused::TooRare { rarer: Rarer::Others, needed: None, .. }));
    }

    #[test]
    fn nothing_is_no_chart() {
        assert_eq!(p_chart(&[]), Err(ChartRefused::TooFewPoints { given: 0, needed: 1 }));
        assert_eq!(laney_chart(&groups(&[20], 50)), Err(ChartRefused::TooFewPoints { given: 1, needed: 2 }));
        let empty = [Tally::new(20, 50).unwrap(), Tally::default()];
        assert_eq!(p_chart(&empty), Err(ChartRefused::EmptyGroup { group: 1 }));
    }
}
