//! Event logs of other systems: read-only cases with their past steps, for lists, clocks and dashboards.

mod columns;
mod grow;
mod life;
mod read;
mod write;

pub use life::{Lifecycle, tells_life};
pub use read::{Log, LogCase, read};
pub use write::import;

use domain::post::Stage;
use serde::Deserialize;

use super::given::{MappedUnit, Unmapped};
use super::when::TimeForm;
use super::{Faults, File, Layout, Table};

/// How a log is read: which column is what, and what each activity means here.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// Name of the source; case numbers are unique in it.
    pub source: String,
    /// The encoding; recognised where it is not given.
    pub encoding: Option<String>,
    /// What stands between values; found where it is not given.
    pub delimiter: Option<String>,
    /// Row of the header; the first that is not empty where it is not given.
    pub header: Option<u64>,
    /// What columns nobody reads are.
    #[serde(default)]
    pub unmapped: Unmapped,
    /// What a row is that is the same as another.
    #[serde(default)]
    pub identical_rows: Identical,
    /// What happens to cases the source has brought before.
    #[serde(default)]
    pub brought_before: Before,
    /// Words by which the log says that who, or which group, is not known.
    #[serde(default)]
    pub unknown: Vec<String>,
    /// The unit its cases are shown under.
    pub unit: MappedUnit,
    /// Which column is what.
    pub columns: Columns,
    /// Which rows begin, and which finish, a step; without it every row is a finished one.
    pub lifecycle: Option<Lifecycle>,
    /// How times are written.
    #[serde(default)]
    pub time: TimeForm,
    /// Every activity of the log.
    pub activities: Vec<Activity>,
}

/// What a row is that is the same as another in every column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Identical {
    /// A fault: nobody can tell whether it happened twice or was written twice.
    #[default]
    Refuse,
    /// The same step, written twice.
    Once,
    /// A step of its own.
    Each,
}

/// What happens to cases the source has brought before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Before {
    /// The file is refused.
    #[default]
    Refuse,
    /// Steps that are new are put behind those there are, while the case has not ended.
    Append,
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
    /// It ends the case. Where an activity does, cases without one of these are open.
    #[serde(default)]
    pub ends: bool,
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

impl Mapping {
    /// Names of the columns that are read, each once.
    pub fn names(&self) -> Vec<&str> {
        let named = &self.columns;
        let optional = [
            &named.step,
            &named.resource,
            &named.group,
            &named.channel,
            &named.department,
            &named.deadline,
            &named.end,
        ];
        let mut names: Vec<&str> = vec![&named.case, &named.activity, &named.time];
        names.extend(optional.into_iter().filter_map(|name| name.as_deref()));
        names.extend(self.lifecycle.as_ref().map(|life| life.column.as_str()));
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The table of a file by this mapping.
    ///
    /// # Errors
    /// The first fault that makes the rest of the file unreadable.
    pub fn table(&self, file: &File) -> Result<Table, Faults> {
        file.table(&Layout {
            encoding: self.encoding.as_deref(),
            delimiter: self.delimiter.as_deref(),
            header: self.header,
            columns: &self.names(),
            only_named: self.unmapped == Unmapped::Refuse,
        })
    }

    /// Whether it says which cases have ended.
    pub fn tells_ends(&self) -> bool {
        self.columns.end.is_some() || self.activities.iter().any(|activity| activity.ends)
    }

    /// Whether an activity ends the case.
    pub fn ends(&self, activity: &str) -> bool {
        self.activities.iter().any(|known| known.ends && known.name == activity)
    }
}
