//! Counts of a log as they grow, case by case.

use std::collections::BTreeMap;

use domain::api::case::{ImportedCase, ImportedStep};
use domain::statistics::Summary;
use domain::time::Timestamp;

use super::hands::Hands;
use super::{ActivityCount, Figures, months};

/// Counts as they grow, case by case.
#[derive(Default)]
pub(super) struct Counting {
    by_day: bool,
    spans: Vec<(Timestamp, Timestamp)>,
    work: Vec<f64>,
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

impl Counting {
    pub(super) fn case(&mut self, case: &ImportedCase) {
        let (Some(first), Some(last)) = (case.steps.first(), case.steps.last()) else { return };
        self.by_day |= case.by_day;
        self.spans.push((first.at, last.at));
        for step in &case.steps {
            let post = post(step);
            self.activities.entry(step.activity.clone()).or_insert((0, post)).0 += 1;
            *self.posts.entry(post).or_default() += 1;
            self.work.extend(step.started_at.map(|started| hours_between(started, step.at)));
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
        let work = Summary::of(self.work.iter().copied());
        let activities = most_first_by(self.activities, |(events, _)| *events);
        Figures {
            source: source.to_owned(),
            precision: self.by_day.then_some("days"),
            cases: self.spans.len() as u64,
            events: self.posts.values().sum(),
            activities: activities.len() as u64,
            first: self.spans.iter().map(|(first, _)| *first).min(),
            last: self.spans.iter().map(|(_, last)| *last).max(),
            zero_duration: self.spans.iter().filter(|(first, last)| first == last).count() as u64,
            resources: self.resources.known(),
            resource_handovers: self.resources.handovers(),
            resource_pairs: self.resources.all(),
            groups: self.groups.known(),
            group_handovers: self.groups.handovers(),
            group_pairs: self.groups.all(),
            variants: self.variants.len() as u64,
            top_variant_cases: self.variants.values().copied().max().unwrap_or(0),
            rework_cases_with_adjust: self.rework,
            duration_mean: summary.map(|summary| summary.mean),
            duration_p50: summary.map(|summary| summary.p50),
            duration_p85: summary.map(|summary| summary.p85),
            duration_p95: summary.map(|summary| summary.p95),
            work_steps: self.work.len() as u64,
            work_mean: work.map(|work| work.mean),
            work_p50: work.map(|work| work.p50),
            with_deadline: self.with_deadline,
            with_enddate: self.with_enddate,
            with_both: self.with_both,
            on_time: self.on_time,
            arrivals_by_month: arrivals(&self.spans),
            open_at_end_of_month: months::open_at_ends(&self.spans),
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

#[expect(clippy::cast_precision_loss, reason = "a span of milliseconds stays far below 2^53")]
fn hours_between(from: Timestamp, to: Timestamp) -> f64 {
    (to - from).num_milliseconds() as f64 / 3_600_000.0
}

pub(super) fn most_first(counts: impl IntoIterator<Item = (String, u64)>) -> Vec<(String, u64)> {
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
