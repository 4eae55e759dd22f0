//! Rows into cases with steps in the order of time.

mod activities;
mod gather;

use std::collections::{HashMap, HashSet};
use std::hash::{Hash, Hasher};

use chrono::{DateTime, Utc};
use csv::StringRecord;
use domain::api::case::ImportedStep;
use domain::time::Timestamp;

use super::super::fault::{Fault, Faults, Rule};
use super::super::spelling;
use super::super::table::{Table, is_total, total_row};
use super::super::when::whole;
use super::columns::{Column, Columns};
use super::life::{self, Begun, Life};
use super::{Activity, Identical, Mapping, StepKind};

use activities::{Activities, activities};

/// A case of a log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogCase {
    /// Its number there, as it is shown.
    pub number: String,
    /// Row it first stands in.
    pub row: u64,
    /// Channel.
    pub channel: Option<String>,
    /// Department.
    pub department: Option<String>,
    /// Deadline.
    pub deadline: Option<Timestamp>,
    /// End.
    pub end: Option<Timestamp>,
    /// Whether it has not ended there.
    pub open: bool,
    /// Whether a time of it is that of a whole day.
    pub by_day: bool,
    /// Its steps in order of time; those of one time as the file has them.
    pub steps: Vec<ImportedStep>,
    /// The rows of the steps.
    pub rows: Vec<u64>,
}

/// What a file holds by a mapping.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Log {
    /// Rows read.
    pub rows: u64,
    /// Its cases, in the order in which they first stand in the file.
    pub cases: Vec<LogCase>,
    /// What a person should know of how it was read.
    pub notes: Vec<String>,
    /// Everything wrong with it.
    pub faults: Faults,
}

impl Log {
    /// Steps of all cases.
    pub fn steps(&self) -> u64 {
        self.cases.iter().map(|case| case.steps.len() as u64).sum()
    }
}

/// Reads a log. What is wrong is named; cases are whole only where nothing is.
pub fn read(table: &Table, mapping: &Mapping) -> Log {
    let mut log = Log { rows: table.len(), notes: table.notes(&mapping.names()), ..Log::default() };
    let faults = &mut log.faults;
    let activities = activities(mapping, faults);
    if let Some(columns) = Columns::find(table, mapping, faults) {
        life::unnamed(table, &columns.places(), faults);
        let reader = Reader::new(columns, mapping, activities);
        log.cases = reader.read(table, faults, &mut log.notes);
    }
    log
}

/// Rows that are the same in every value.
struct Same<'r>(&'r StringRecord);

impl PartialEq for Same<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl Eq for Same<'_> {}

impl Hash for Same<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.as_slice().hash(state);
    }
}

/// A step while its case comes together.
struct Step {
    /// To the full precision written, by which steps are put in order.
    at: DateTime<Utc>,
    row: u64,
    id: Option<String>,
    written: ImportedStep,
}

/// Cases as they come together.
struct Reader<'m> {
    columns: Columns<'m>,
    mapping: &'m Mapping,
    activities: Activities<'m>,
    unknown: HashSet<String>,
    places: HashMap<String, usize>,
    cases: Vec<LogCase>,
    steps: Vec<Vec<Step>>,
    begun: Begun,
    respelled: u64,
}

impl<'m> Reader<'m> {
    fn new(columns: Columns<'m>, mapping: &'m Mapping, activities: Activities<'m>) -> Self {
        Self {
            columns,
            mapping,
            activities,
            unknown: mapping.unknown.iter().map(|word| spelling::key(word)).collect(),
            places: HashMap::new(),
            cases: Vec::new(),
            steps: Vec::new(),
            begun: Begun::default(),
            respelled: 0,
        }
    }

    fn read(mut self, table: &Table, faults: &mut Faults, notes: &mut Vec<String>) -> Vec<LogCase> {
        let (mut seen, mut ids) = (HashMap::new(), HashMap::new());
        let mut twice = 0_u64;
        for (row, values) in table.whole_rows(&self.columns.places(), faults) {
            match (self.mapping.identical_rows, seen.entry(Same(values)).or_insert(row)) {
                (_, first) if *first == row => {}
                (Identical::Each, _) => {}
                (Identical::Once, _) => {
                    twice += 1;
                    continue;
                }
                (Identical::Refuse, first) => {
                    let detail = format!(
                        "the same as row {first}: take one away, or say in the mapping what such rows are \
                         (identical_rows = \"once\" or \"each\")"
                    );
                    faults.push(Fault::row(row, Rule::Twice, detail));
                    continue;
                }
            }
            let Some(life) = self.life(row, values, faults) else { continue };
            if life == Life::Complete
                && let Some(column) = &self.columns.step
                && let Some(id) = text(values, column)
                && let Some(first) = ids.insert(spelling::key(id), row)
            {
                let detail = format!("{id:?} stands in row {first} too");
                faults.push(Fault::value(row, column.name, Rule::Twice, detail));
                continue;
            }
            if life != Life::Skip {
                self.row(row, values, life, faults);
            }
        }
        if twice > 0 {
            notes.push(format!("{twice} rows that are the same as another were taken once"));
        }
        if self.respelled > 0 {
            notes.push(format!(
                "{} rows spell the number of their case in another way than its first row",
                self.respelled
            ));
        }
        self.finish(notes)
    }

    /// What a row is; none where it is at fault.
    fn life(&self, row: u64, values: &StringRecord, faults: &mut Faults) -> Option<Life> {
        let (Some(column), Some(lifecycle)) = (&self.columns.life, &self.mapping.lifecycle) else {
            return Some(Life::Complete);
        };
        let value = text(values, column).unwrap_or_default();
        let life = lifecycle.of(value);
        if life.is_none() {
            let detail = format!(
                "{value:?} is neither a finished step nor one begun: name it under [lifecycle] in the mapping (complete, \
                 start or skip)"
            );
            faults.push(Fault::value(row, column.name, Rule::Lifecycle, detail));
        }
        life
    }

    fn row(&mut self, row: u64, values: &StringRecord, life: Life, faults: &mut Faults) {
        let before = faults.count;
        let number = self.number(row, values, faults);
        let activity = self.activity(row, values, faults);
        let columns = &self.columns;
        let read = required(values, &columns.time, row, faults)
            .and_then(|text| found(columns.times.read(text), &columns.time, row, faults));
        let deadline = columns.deadline.as_ref().and_then(|column| {
            // By a day means by its end.
            found(columns.times.by(text(values, column)?), column, row, faults).map(whole)
        });
        let end = columns.end.as_ref().and_then(|column| {
            found(columns.times.read(text(values, column)?), column, row, faults).map(|read| whole(read.at))
        });
        let (Some(number), Some(activity), Some(read)) = (number, activity, read) else { return };
        if faults.count > before {
            return;
        }
        let optional = |column: &Option<Column<'_>>| {
            column.as_ref().and_then(|column| text(values, column)).map(str::to_owned)
        };
        let case = LogCase {
            number: spelling::shown(number).into_owned(),
            row,
            channel: optional(&columns.channel),
            department: optional(&columns.department),
            deadline,
            end,
            by_day: read.day_only,
            ..LogCase::default()
        };
        let (resource, group) = (self.who(optional(&columns.resource)), self.who(optional(&columns.group)));
        let id = columns.step.as_ref().and_then(|column| text(values, column)).map(spelling::key);
        let Some(place) = self.place(case, faults) else { return };
        let at = self.moment(place, read);
        if life == Life::Start {
            self.begun.push((place, activity.name.clone(), id), at);
            return;
        }
        let written = ImportedStep {
            at: whole(at),
            started_at: None,
            activity: activity.name.clone(),
            stage: activity.stage,
            resource,
            group,
            rework: activity.kind == StepKind::Rework,
            referral: activity.kind == StepKind::Referral,
        };
        self.steps[place].push(Step { at, row, id, written });
    }

    fn number<'v>(&self, row: u64, values: &'v StringRecord, faults: &mut Faults) -> Option<&'v str> {
        let column = &self.columns.case;
        let number = required(values, column, row, faults)?;
        if is_total(number) {
            faults.push(total_row(row, column.name));
            return None;
        }
        if spelling::is_cut(number) {
            let detail =
                format!("{number:?} was cut by a spreadsheet: give the column the form of a text there");
            faults.push(Fault::value(row, column.name, Rule::Exponent, detail));
            return None;
        }
        Some(number)
    }

    fn activity(&self, row: u64, values: &StringRecord, faults: &mut Faults) -> Option<&'m Activity> {
        let column = &self.columns.activity;
        let name = required(values, column, row, faults)?;
        let known = self.activities.find(name);
        if known.is_none() {
            let detail = format!("activity {name:?} is not in the mapping: add it under [[activities]]");
            faults.push(Fault::value(row, column.name, Rule::Activity, detail));
        }
        known
    }

    /// A name, where it is one.
    fn who(&self, name: Option<String>) -> Option<String> {
        name.filter(|name| self.unknown.is_empty() || !self.unknown.contains(&spelling::key(name)))
    }
}

/// A value, where one is given.
fn text<'v>(values: &'v StringRecord, column: &Column<'_>) -> Option<&'v str> {
    values.get(column.at).map(spelling::plain).filter(|value| !value.is_empty())
}

fn required<'v>(
    values: &'v StringRecord,
    column: &Column<'_>,
    row: u64,
    faults: &mut Faults,
) -> Option<&'v str> {
    let value = text(values, column);
    if value.is_none() {
        faults.push(Fault::value(row, column.name, Rule::Required, "nothing is given"));
    }
    value
}

fn found<T>(read: Result<T, String>, column: &Column<'_>, row: u64, faults: &mut Faults) -> Option<T> {
    read.map_err(|detail| faults.push(Fault::value(row, column.name, Rule::Time, detail))).ok()
}

#[cfg(test)]
mod tests;
