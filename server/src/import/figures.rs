//! The figures of an imported log, computed from what the store holds.
//!
//! Names are those of the published figures of the log they are compared with. Times are UTC; durations are natural
//! hours from first to last step; percentiles interpolate linearly. A step without resource or group counts as one
//! of the same nobody: two in a row are no hand-over, and nobody is not counted among resources and groups.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Months, NaiveDate};
use domain::api::case::{ImportedCase, ImportedStep};
use domain::statistics::Summary;
use domain::time::Timestamp;
use serde::{Serialize, Serializer};
use store::{ImportedRow, Store, StoreError};

/// Cases read at a time.
const PAGE: u32 = 500;
/// How many of the most frequent pairs are named.
const PAIRS: usize = 10;

/// The figures of a source.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figures {
    /// The source.
    pub source: String,
    /// Cases.
    pub cases: u64,
    /// Steps.
    pub events: u64,
    /// Different activities.
    pub activities: u64,
    /// First step.
    #[serde(serialize_with = "instant")]
    pub first: Option<Timestamp>,
    /// Last step.
    #[serde(serialize_with = "instant")]
    pub last: Option<Timestamp>,
    /// Cases whose first and last step are of one time.
    pub zero_duration: u64,
    /// Different resources.
    pub resources: u64,
    /// Pairs of steps in a row by different resources.
    pub resource_handovers: u64,
    /// Pairs of steps in a row.
    pub resource_pairs: u64,
    /// Different groups.
    pub groups: u64,
    /// Pairs of steps in a row by different groups.
    pub group_handovers: u64,
    /// Pairs of steps in a row.
    pub group_pairs: u64,
    /// Different sequences of activities.
    pub variants: u64,
    /// Cases of the most frequent sequence.
    pub top_variant_cases: u64,
    /// Cases with a step of rework.
    pub rework_cases_with_adjust: u64,
    /// Mean duration.
    #[serde(rename = "duration mean (h)", serialize_with = "hours")]
    pub duration_mean: Option<f64>,
    /// Median duration.
    #[serde(rename = "duration p50 (h)", serialize_with = "hours")]
    pub duration_p50: Option<f64>,
    /// 85 % of the durations are shorter.
    #[serde(rename = "duration p85 (h)", serialize_with = "hours")]
    pub duration_p85: Option<f64>,
    /// 95 % of the durations are shorter.
    #[serde(rename = "duration p95 (h)", serialize_with = "hours")]
    pub duration_p95: Option<f64>,
    /// Cases with a deadline.
    #[serde(rename = "deadline: with_deadline")]
    pub with_deadline: u64,
    /// Cases with an end.
    #[serde(rename = "deadline: with_enddate")]
    pub with_enddate: u64,
    /// Cases with both.
    #[serde(rename = "deadline: both")]
    pub with_both: u64,
    /// Of these, ended on time.
    #[serde(rename = "deadline: end<=deadline")]
    pub on_time: u64,
    /// Cases by the month of their first step.
    pub arrivals_by_month: BTreeMap<String, u64>,
    /// Cases begun and not ended at the end of each month that was over with the last step.
    pub open_at_end_of_month: BTreeMap<NaiveDate, u64>,
    /// Steps by activity with the post it is mapped to, the most frequent first.
    #[serde(serialize_with = "in_order")]
    pub events_by_activity: Vec<(String, ActivityCount)>,
    /// Steps by post, the most frequent first.
    #[serde(serialize_with = "in_order")]
    pub events_by_post: Vec<(String, u64)>,
    /// The most frequent pairs of resources in a row.
    #[serde(serialize_with = "in_order")]
    pub most_frequent_resource_pairs: Vec<(String, u64)>,
    /// The most frequent pairs of groups in a row.
    #[serde(serialize_with = "in_order")]
    pub most_frequent_group_pairs: Vec<(String, u64)>,
    /// Cases by channel, the most frequent first.
    #[serde(serialize_with = "in_order")]
    pub channels: Vec<(String, u64)>,
    /// Cases by department, the most frequent first.
    #[serde(serialize_with = "in_order")]
    pub departments: Vec<(String, u64)>,
}

/// Steps of an activity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ActivityCount {
    /// How many.
    pub events: u64,
    /// The post it is mapped to.
    pub post: String,
}

/// The figures of a source in the store.
pub async fn figures(store: &dyn Store, source: &str) -> Result<Figures, StoreError> {
    let (mut counting, mut behind) = (Counting::default(), None::<String>);
    loop {
        let page = store.imported_behind(source, behind.as_deref(), PAGE).await?;
        let Some(last) = page.last() else { break };
        behind = Some(last.case.number.clone());
        for ImportedRow { case, .. } in &page {
            counting.case(case);
        }
    }
    Ok(counting.figures(source))
}

/// Counts as they grow, case by case.
#[derive(Default)]
pub(super) struct Counting {
    spans: Vec<(Timestamp, Timestamp)>,
    activities: BTreeMap<String, (u64, &'static str)>,
    posts: BTreeMap<&'static str, u64>,
    resources: Hands,
    groups: Hands,
    variants: BTreeMap<Vec<String>, u64>,
    rework: u64,
    with_deadline: u64,
    with_enddate: u64,
    with_both: u64,
    on_time: u64,
    channels: BTreeMap<String, u64>,
    departments: BTreeMap<String, u64>,
}

/// Who follows whom.
#[derive(Default)]
struct Hands {
    names: BTreeSet<String>,
    pairs: BTreeMap<(String, String), u64>,
}

impl Hands {
    fn case<'s>(&mut self, steps: &'s [ImportedStep], who: impl Fn(&'s ImportedStep) -> Option<&'s String>) {
        self.names.extend(steps.iter().filter_map(&who).cloned());
        let name = |step| who(step).cloned().unwrap_or_default();
        for (one, next) in steps.iter().zip(steps.iter().skip(1)) {
            *self.pairs.entry((name(one), name(next))).or_default() += 1;
        }
    }

    fn all(&self) -> u64 {
        self.pairs.values().sum()
    }

    fn handovers(&self) -> u64 {
        self.pairs.iter().filter(|((one, next), _)| one != next).map(|(_, count)| count).sum()
    }

    fn most_frequent(&self) -> Vec<(String, u64)> {
        let named = self.pairs.iter().map(|((one, next), count)| (format!("{one} → {next}"), *count));
        let mut pairs = most_first(named);
        pairs.truncate(PAIRS);
        pairs
    }
}

impl Counting {
    pub(super) fn case(&mut self, case: &ImportedCase) {
        let (Some(first), Some(last)) = (case.steps.first(), case.steps.last()) else { return };
        self.spans.push((first.at, last.at));
        for step in &case.steps {
            let post = post(step);
            self.activities.entry(step.activity.clone()).or_insert((0, post)).0 += 1;
            *self.posts.entry(post).or_default() += 1;
        }
        self.resources.case(&case.steps, |step| step.resource.as_ref());
        self.groups.case(&case.steps, |step| step.group.as_ref());
        let variant = case.steps.iter().map(|step| step.activity.clone()).collect();
        *self.variants.entry(variant).or_default() += 1;
        self.rework += u64::from(case.steps.iter().any(|step| step.rework));
        self.with_deadline += u64::from(case.deadline.is_some());
        self.with_enddate += u64::from(case.end.is_some());
        if let (Some(deadline), Some(end)) = (case.deadline, case.end) {
            self.with_both += 1;
            self.on_time += u64::from(end <= deadline);
        }
        for (counts, value) in
            [(&mut self.channels, &case.channel), (&mut self.departments, &case.department)]
        {
            if let Some(value) = value {
                *counts.entry(value.clone()).or_default() += 1;
            }
        }
    }

    pub(super) fn figures(self, source: &str) -> Figures {
        let durations = self.spans.iter().map(|(first, last)| hours_between(*first, *last));
        let summary = Summary::of(durations);
        let activities = most_first_by(self.activities, |(events, _)| *events);
        Figures {
            source: source.to_owned(),
            cases: self.spans.len() as u64,
            events: self.posts.values().sum(),
            activities: activities.len() as u64,
            first: self.spans.iter().map(|(first, _)| *first).min(),
            last: self.spans.iter().map(|(_, last)| *last).max(),
            zero_duration: self.spans.iter().filter(|(first, last)| first == last).count() as u64,
            resources: self.resources.names.len() as u64,
            resource_handovers: self.resources.handovers(),
            resource_pairs: self.resources.all(),
            groups: self.groups.names.len() as u64,
            group_handovers: self.groups.handovers(),
            group_pairs: self.groups.all(),
            variants: self.variants.len() as u64,
            top_variant_cases: self.variants.values().copied().max().unwrap_or(0),
            rework_cases_with_adjust: self.rework,
            duration_mean: summary.map(|summary| summary.mean),
            duration_p50: summary.map(|summary| summary.p50),
            duration_p85: summary.map(|summary| summary.p85),
            duration_p95: summary.map(|summary| summary.p95),
            with_deadline: self.with_deadline,
            with_enddate: self.with_enddate,
            with_both: self.with_both,
            on_time: self.on_time,
            arrivals_by_month: arrivals(&self.spans),
            open_at_end_of_month: open_at_ends(&self.spans),
            events_by_activity: activities
                .into_iter()
                .map(|(name, (events, post))| (name, ActivityCount { events, post: post.to_owned() }))
                .collect(),
            events_by_post: most_first(self.posts.into_iter().map(|(post, n)| (post.to_owned(), n))),
            most_frequent_resource_pairs: self.resources.most_frequent(),
            most_frequent_group_pairs: self.groups.most_frequent(),
            channels: most_first(self.channels),
            departments: most_first(self.departments),
        }
    }
}

/// Name of a step's post, as documents write it.
const fn post(step: &ImportedStep) -> &'static str {
    use domain::post::Post;
    match step.stage.post() {
        Post::Intake => "Intake",
        Post::Entry => "Entry",
        Post::Servicing => "Servicing",
        Post::Recheck => "Recheck",
        Post::Binding => "Binding",
    }
}

fn arrivals(spans: &[(Timestamp, Timestamp)]) -> BTreeMap<String, u64> {
    let mut months = BTreeMap::new();
    for (first, _) in spans {
        *months.entry(first.format("%Y-%m").to_string()).or_default() += 1;
    }
    months
}

fn open_at_ends(spans: &[(Timestamp, Timestamp)]) -> BTreeMap<NaiveDate, u64> {
    let first = spans.iter().map(|(first, _)| *first).min();
    let last = spans.iter().map(|(_, last)| *last).max();
    let (Some(first), Some(last)) = (first, last) else { return BTreeMap::new() };
    let begin = |date: NaiveDate| date.with_day(1)?.checked_add_months(Months::new(1));
    let mut ends = BTreeMap::new();
    let mut next = begin(first.date_naive());
    while let Some(month) = next.filter(|month| *month <= last.date_naive()) {
        let Some(day) = month.pred_opt() else { break };
        // Open at 23:59:59.999: begun before midnight, and a last step still to come then.
        let midnight = month.and_time(chrono::NaiveTime::MIN).and_utc();
        let open = spans.iter().filter(|(first, last)| *first < midnight && *last >= midnight).count();
        ends.insert(day, open as u64);
        next = begin(month);
    }
    ends
}

#[expect(clippy::cast_precision_loss, reason = "a span of milliseconds stays far below 2^53")]
fn hours_between(from: Timestamp, to: Timestamp) -> f64 {
    (to - from).num_milliseconds() as f64 / 3_600_000.0
}

fn most_first(counts: impl IntoIterator<Item = (String, u64)>) -> Vec<(String, u64)> {
    most_first_by(counts, |count| *count)
}

/// The most frequent first, equals by name.
fn most_first_by<V>(
    counts: impl IntoIterator<Item = (String, V)>,
    count: impl Fn(&V) -> u64,
) -> Vec<(String, V)> {
    let mut counts: Vec<(String, V)> = counts.into_iter().collect();
    counts.sort_by(|(name, a), (other, b)| count(b).cmp(&count(a)).then_with(|| name.cmp(other)));
    counts
}

/// As the published figures write a time: `2010-10-02 07:20:39.266000+00:00`.
#[expect(clippy::ref_option, reason = "serde calls it with a reference to the field")]
fn instant<S: Serializer>(at: &Option<Timestamp>, serializer: S) -> Result<S::Ok, S::Error> {
    at.map(|at| at.format("%Y-%m-%d %H:%M:%S%.6f+00:00").to_string()).serialize(serializer)
}

/// Hours to four places, as the published figures have them.
#[expect(clippy::ref_option, reason = "serde calls it with a reference to the field")]
fn hours<S: Serializer>(hours: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    hours.map(|hours| (hours * 10_000.0).round() / 10_000.0).serialize(serializer)
}

fn in_order<V: Serialize, S: Serializer>(entries: &[(String, V)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(entries.iter().map(|(name, value)| (name, value)))
}

#[cfg(test)]
mod tests {
    use super::super::event_log::{Mapping, read};
    use super::*;
    use domain::id::CaseId;
    use uuid::Uuid;

    const MAPPING: &str = r#"
        source = "desk"
        unit.code = "HQ"
        columns = { case = "case", activity = "what", time = "at", resource = "who", group = "where", end = "end" }
        activities = [
            { name = "in", stage = "intake" },
            { name = "check", stage = "recheck" },
            { name = "mend", stage = "servicing", kind = "rework" },
        ]
    "#;

    const LOG: &str = "case,what,at,who,where,end\n\
        a,check,2026-01-31T23:59:59.999Z,W,,2026-03-01T00:00:00Z\n\
        a,in,2026-01-31T08:00:00Z,V,,2026-03-01T00:00:00Z\n\
        a,mend,2026-02-02T08:00:00Z,W,North,2026-03-01T00:00:00Z\n\
        b,in,2026-02-01T00:00:00Z,,North,\n";

    fn count(log: &str) -> Figures {
        let mapping: Mapping = toml::from_str(MAPPING).unwrap();
        let file = super::super::File::new(log.as_bytes().to_vec());
        let log = read(&file.table(',').unwrap(), &mapping);
        assert!(log.faults.is_empty(), "{}", log.faults);
        let mut counting = Counting::default();
        for case in log.cases {
            counting.case(&ImportedCase {
                id: CaseId(Uuid::nil()),
                source: "desk".into(),
                number: case.number,
                channel: case.channel,
                department: case.department,
                deadline: case.deadline,
                end: case.end,
                steps: case.steps,
                notes: Vec::new(),
            });
        }
        counting.figures("desk")
    }

    #[test]
    fn counts_by_hand() {
        let figures = count(LOG);
        assert_eq!((figures.cases, figures.events, figures.activities), (2, 4, 3));
        assert_eq!((figures.resources, figures.resource_pairs, figures.resource_handovers), (2, 2, 1));
        // Nobody follows nobody: no hand-over; North follows nobody: one.
        assert_eq!((figures.groups, figures.group_pairs, figures.group_handovers), (1, 2, 1));
        assert_eq!((figures.variants, figures.top_variant_cases, figures.zero_duration), (2, 1, 1));
        assert_eq!((figures.rework_cases_with_adjust, figures.with_enddate), (1, 1));
        assert_eq!(figures.duration_mean, Some(24.0));
        let open: Vec<_> = figures.open_at_end_of_month.values().copied().collect();
        assert_eq!(open, [1]);
    }

    #[test]
    fn times_and_hours_read_as_published() {
        let json = serde_json::to_value(count(LOG)).unwrap();
        assert_eq!(json["first"], "2026-01-31 08:00:00.000000+00:00");
        assert_eq!(json["duration mean (h)"], 24.0);
        assert_eq!(json["events_by_activity"]["in"]["post"], "Intake");
    }
}
