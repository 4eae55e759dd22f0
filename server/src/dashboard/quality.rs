//! The quality dashboard: what samples and rechecks found. The two series are never added.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike as _, Days, NaiveDate};
use domain::api::dashboard::{DashboardQuery, GroupRate, ParetoRow, Quality, Series, TrendPoint};
use domain::catalogue::SeverityPoints;
use domain::id::UnitId;
use domain::post::Post;
use domain::quality::points::{CheckPoint, ErrorPoint, Severity};
use domain::statistics::{Rate, Sampled, Tally, UnitOfCount};
use domain::time::{Period, local_date};
use store::{PointCount, QualityAsk, RecheckCount, SampleCount};

use super::{Extent, small};
use crate::error::{Error, Result};
use crate::state::App;

/// Days shown where no period is asked for: twelve weeks.
const DAYS: u64 = 83;
/// Longest period: what is read grows with it.
const MOST_DAYS: u64 = 800;
/// Posts a recheck returns to.
const RETURNED_TO: [Post; 3] = [Post::Intake, Post::Entry, Post::Servicing];

/// Makes the dashboard for an extent and a period.
pub async fn quality(app: &App, extent: &Extent, query: &DashboardQuery) -> Result<Quality> {
    let now = app.source().now();
    let to = query.to.unwrap_or_else(|| local_date(now));
    let from = query.from.unwrap_or_else(|| to - Days::new(DAYS));
    if from > to || to - Days::new(MOST_DAYS) > from {
        return Err(Error::malformed(format!(
            "the period ends after it begins and has at most {MOST_DAYS} days"
        )));
    }
    let period = Period::new(from, to).map_err(Error::internal)?;
    let (store, directory) = (app.store(), app.directory());
    let points = directory.current(now)?.catalogue.settings.severity_points;
    let ask = QualityAsk { units: &extent.units, from, to };
    let counts = store.sample_counts(&ask).await?;
    let verdicts = store.point_counts(&ask).await?;
    let found =
        store.sample_findings(&ask).await?.into_iter().map(|row| (row.error_point, row.severity, row.n));
    let rechecks = store.recheck_counts(&ask).await?;
    let returned =
        store.recheck_findings(&ask).await?.into_iter().map(|row| (row.error_point, row.severity, row.n));
    let outside = counts.iter().filter(|count| count.pi.is_none()).map(|count| count.checked).sum();
    let drawn: Vec<Drawn> =
        counts.iter().filter(|count| extent.has(count.stage)).filter_map(Drawn::of).collect();
    Ok(Quality {
        samples: Series {
            conformity: Some(conformity(verdicts.iter())?.within(period)),
            pareto: pareto(found, extent, points),
            ..samples(&drawn, period)?
        },
        recheck: Series { pareto: pareto(returned, extent, points), ..recheck(&rechecks, extent, period)? },
        points: CheckPoint::all()
            .map(|point| {
                let of = verdicts.iter().filter(|count| count.point == point.number());
                Ok(GroupRate { key: point.number(), rate: conformity(of)?.within(period) })
            })
            .collect::<Result<_>>()?,
        barred: small(store.barred(&extent.units).await?),
        outside_rates: small(outside),
        from,
        to,
        as_of: now,
    })
}

/// Drawn checks with the probability they were drawn with.
struct Drawn<'a> {
    count: &'a SampleCount,
    inclusion: f64,
}

impl<'a> Drawn<'a> {
    fn of(count: &'a SampleCount) -> Option<Self> {
        let (drawn, of) = count.pi?;
        (of > 0).then(|| Self { count, inclusion: f64::from(drawn) / f64::from(of) })
    }
}

/// The rate of units drawn with known probabilities.
fn drawn_rate<'d>(
    rows: impl Iterator<Item = &'d Drawn<'d>>,
    in_error: fn(&SampleCount) -> u64,
    period: Period,
) -> Result<Rate> {
    let units: Vec<Sampled> = rows
        .flat_map(|row| {
            let wrong = in_error(row.count);
            units(wrong, row.count.checked.saturating_sub(wrong), row.inclusion)
        })
        .collect();
    Ok(Rate::weighted(&units, UnitOfCount::Step).map_err(Error::internal)?.within(period))
}

fn units(hits: u64, others: u64, inclusion: f64) -> impl Iterator<Item = Sampled> {
    let of = move |hit, n| (0..n).map(move |_| Sampled { hit, inclusion });
    of(true, hits).chain(of(false, others))
}

fn samples(drawn: &[Drawn<'_>], period: Period) -> Result<Series> {
    let weeks: BTreeSet<NaiveDate> = drawn.iter().map(|row| week(row.count.day)).collect();
    let at: BTreeSet<UnitId> = drawn.iter().map(|row| row.count.accepting.clone()).collect();
    // E07, what a recheck did not see, counts in the rechecker's series alone (quality §3).
    let roots: fn(&SampleCount) -> u64 = |count| count.in_error;
    let with_missed: fn(&SampleCount) -> u64 = |count| count.in_error + count.only_missed;
    let rate = |keep: &dyn Fn(&SampleCount) -> bool| {
        drawn_rate(drawn.iter().filter(|row| keep(row.count)), roots, period)
    };
    let of_post = |post: Post| {
        let rows = drawn.iter().filter(|row| row.count.stage.post() == post);
        drawn_rate(rows, if post == Post::Recheck { with_missed } else { roots }, period)
    };
    Ok(Series {
        error_rate: rate(&|_| true)?,
        conformity: None,
        trend: weeks
            .into_iter()
            .map(|of| Ok(TrendPoint { week: of, rate: rate(&|count| week(count.day) == of)? }))
            .collect::<Result<_>>()?,
        posts: Post::ALL
            .into_iter()
            .map(|post| Ok(GroupRate { key: post, rate: of_post(post)? }))
            .collect::<Result<_>>()?,
        units: at
            .into_iter()
            .map(|unit| Ok(GroupRate { rate: rate(&|count| count.accepting == unit)?, key: unit }))
            .collect::<Result<_>>()?,
        pareto: Vec::new(),
    })
}

/// Census of first rounds of recheck: change items with a finding among those checked.
fn recheck(counts: &[RecheckCount], extent: &Extent, period: Period) -> Result<Series> {
    // Every item checked counts; an error only against the post it was returned to.
    let tally = |keep: &dyn Fn(&RecheckCount) -> bool, blames: &dyn Fn(&RecheckCount) -> bool| {
        let rows = || counts.iter().filter(|count| keep(count));
        let checked = rows().map(|count| count.checked).sum();
        let hits = rows().filter(|count| blames(count)).map(|count| count.in_error).sum();
        let tally = Tally::new(hits, checked).map_err(Error::internal)?;
        Ok::<_, Error>(Rate::of(tally, UnitOfCount::ChangeItem).within(period))
    };
    let blamed = |count: &RecheckCount| count.to.is_none_or(|stage| extent.has(stage));
    let weeks: BTreeSet<NaiveDate> = counts.iter().map(|count| week(count.day)).collect();
    let at: BTreeSet<UnitId> = counts.iter().map(|count| count.accepting.clone()).collect();
    Ok(Series {
        error_rate: tally(&|_| true, &blamed)?,
        conformity: None,
        trend: weeks
            .into_iter()
            .map(|of| Ok(TrendPoint { week: of, rate: tally(&|count| week(count.day) == of, &blamed)? }))
            .collect::<Result<_>>()?,
        posts: RETURNED_TO
            .into_iter()
            .map(|post| {
                let by = |count: &RecheckCount| count.to.is_some_and(|stage| stage.post() == post);
                Ok(GroupRate { key: post, rate: tally(&|_| true, &by)? })
            })
            .collect::<Result<_>>()?,
        units: at
            .into_iter()
            .map(|unit| Ok(GroupRate { rate: tally(&|count| count.accepting == unit, &blamed)?, key: unit }))
            .collect::<Result<_>>()?,
        pareto: Vec::new(),
    })
}

/// Share of verdicts that conform, over those that say conforms or does not.
fn conformity<'c>(counts: impl Iterator<Item = &'c PointCount>) -> Result<Rate> {
    let verdicts: Vec<Sampled> = counts
        .filter(|count| count.pi.1 > 0)
        .flat_map(|count| units(count.conforms, count.fails, f64::from(count.pi.0) / f64::from(count.pi.1)))
        .collect();
    Rate::weighted(&verdicts, UnitOfCount::Verdict).map_err(Error::internal)
}

/// Findings by error point: most points first, then most findings.
fn pareto(
    findings: impl Iterator<Item = (ErrorPoint, Severity, u64)>,
    extent: &Extent,
    points: SeverityPoints,
) -> Vec<ParetoRow> {
    let mut by_point: BTreeMap<ErrorPoint, [u64; 3]> = BTreeMap::new();
    // E07 follows from its roots: counted beside them it would count them twice.
    for (error_point, severity, n) in findings.filter(|(error_point, ..)| *error_point != ErrorPoint::E07) {
        let posts = &error_point.spec().posts;
        if extent.stages.is_empty()
            || posts.iter().any(|post| extent.stages.iter().any(|s| s.post() == *post))
        {
            by_point.entry(error_point).or_default()[severity as usize] += n;
        }
    }
    let weights = [Severity::Major, Severity::Ordinary, Severity::Minor].map(|severity| points.of(severity));
    let mut rows: Vec<ParetoRow> = by_point
        .into_iter()
        .map(|(error_point, by)| ParetoRow {
            error_point,
            count: small(by.iter().sum()),
            points: small(by.iter().zip(weights).map(|(n, weight)| n * u64::from(weight)).sum()),
            by_severity: by.map(small),
        })
        .collect();
    rows.sort_by_key(|row| std::cmp::Reverse((row.points, row.count)));
    rows
}

/// The Monday of a day's week.
fn week(day: NaiveDate) -> NaiveDate {
    day - Days::new(u64::from(day.weekday().num_days_from_monday()))
}
