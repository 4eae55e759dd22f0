//! Event logs of other systems: read-only cases with their past steps, for lists, clocks and dashboards.

mod read;
mod write;

pub use read::{Log, read};
pub use write::import;

use domain::post::Stage;
use serde::Deserialize;

use super::given::MappedUnit;
use super::when::TimeForm;

/// How a log is read: which column is what, and what each activity means here.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// Name of the source; case numbers are unique in it.
    pub source: String,
    /// What stands between values.
    #[serde(default = "comma")]
    pub delimiter: char,
    /// The unit its cases are shown under.
    pub unit: MappedUnit,
    /// Which column is what.
    pub columns: Columns,
    /// How times are written.
    #[serde(default)]
    pub time: TimeForm,
    /// Every activity of the log.
    pub activities: Vec<Activity>,
}

/// Columns by what they hold; what is left out is not read.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Columns {
    /// Number of the case.
    pub case: String,
    /// Name of the activity.
    pub activity: String,
    /// When the step was finished.
    pub time: String,
    /// Id of the step, unique in the file.
    pub step: Option<String>,
    /// Who.
    pub resource: Option<String>,
    /// Which group.
    pub group: Option<String>,
    /// Channel of the case.
    pub channel: Option<String>,
    /// Department of the case.
    pub department: Option<String>,
    /// Deadline of the case.
    pub deadline: Option<String>,
    /// End of the case. Where this column is named, a case without an end is open.
    pub end: Option<String>,
}

/// What an activity is here.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Activity {
    /// Its name in the log.
    pub name: String,
    /// The stage it belongs to.
    pub stage: Stage,
    /// Its kind.
    #[serde(default)]
    pub kind: StepKind,
}

/// Kind of a step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// An ordinary one.
    #[default]
    Step,
    /// Done again after a failed check.
    Rework,
    /// Advice asked of, or received from, another desk.
    Referral,
}

const fn comma() -> char {
    ','
}
