//! The figures of an imported log, computed from what the store holds.
//!
//! Names are those of the published figures of the log they are compared with. Times are UTC; durations are natural
//! hours from first to last step; percentiles interpolate linearly. A step without resource or group is of somebody
//! unknown: it stands in no pair, because nobody can say whether the work changed hands.

mod counting;
mod hands;
mod months;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use counting::Counting;
use domain::time::Timestamp;
use serde::{Serialize, Serializer};
use store::{ImportedRow, Store, StoreError};

/// Cases read at a time.
const PAGE: u32 = 500;

/// The figures of a source.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figures {
    /// The source.
    pub source: String,
    /// `days` where times of the log are days: durations are then no finer than a day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub precision: Option<&'static str>,
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
    /// Pairs of steps in a row of which both resources are known.
    pub resource_pairs: u64,
    /// Different groups.
    pub groups: u64,
    /// Pairs of steps in a row by different groups.
    pub group_handovers: u64,
    /// Pairs of steps in a row of which both groups are known.
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
    /// Steps of which the beginning is known.
    #[serde(rename = "work: steps", skip_serializing_if = "is_zero")]
    pub work_steps: u64,
    /// Mean time of work on such a step.
    #[serde(rename = "work mean (h)", serialize_with = "hours", skip_serializing_if = "Option::is_none")]
    pub work_mean: Option<f64>,
    /// Median of it.
    #[serde(rename = "work p50 (h)", serialize_with = "hours", skip_serializing_if = "Option::is_none")]
    pub work_p50: Option<f64>,
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
    /// Cases begun and not ended at the end of each month that was over with the last step. Where that were more months
    /// than a century has, only those at whose end the number is another than before.
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

/// As the published figures write a time: `2010-10-02 07:20:39.266000+00:00`.
#[expect(clippy::ref_option, reason = "serde calls it with a reference to the field")]
fn instant<S: Serializer>(at: &Option<Timestamp>, serializer: S) -> Result<S::Ok, S::Error> {
    at.map(|at| at.format("%Y-%m-%d %H:%M:%S%.6f+00:00").to_string()).serialize(serializer)
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference to the field")]
fn is_zero(count: &u64) -> bool {
    *count == 0
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
mod tests;
