//! Rows into cases with steps in the order of time.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use domain::api::case::ImportedStep;
use domain::time::Timestamp;

use super::super::fault::{Fault, Faults, Rule};
use super::super::table::Table;
use super::super::when::{Times, whole};
use super::{Activity, Mapping, StepKind};

/// A case of a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogCase {
    /// Its number there.
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
    /// Its steps in order of time; those of one time as the file has them.
    pub steps: Vec<ImportedStep>,
}

/// What a file holds by a mapping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Log {
    /// Rows read.
    pub rows: u64,
    /// Its cases, in the order in which they first stand in the file.
    pub cases: Vec<LogCase>,
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
    let mut faults = Faults::default();
    let cases = match Columns::find(table, mapping, &mut faults) {
        Some(columns) => Reader::new(columns, mapping).read(table, &mut faults),
        None => Vec::new(),
    };
    Log { rows: table.len(), cases, faults }
}

/// A column by its name and place.
struct Column<'m> {
    name: &'m str,
    at: usize,
}

/// Places of the columns a mapping names.
struct Columns<'m> {
    case: Column<'m>,
    activity: Column<'m>,
    time: Column<'m>,
    step: Option<Column<'m>>,
    resource: Option<Column<'m>>,
    group: Option<Column<'m>>,
    channel: Option<Column<'m>>,
    department: Option<Column<'m>>,
    deadline: Option<Column<'m>>,
    end: Option<Column<'m>>,
    times: Times,
}

impl<'m> Columns<'m> {
    /// None where one is missing: every fault is named, so that the mapping is mended in one go.
    fn find(table: &Table, mapping: &'m Mapping, faults: &mut Faults) -> Option<Self> {
        let mut find = |name: &'m str| match table.column(name) {
            Ok(at) => Some(Column { name, at }),
            Err(fault) => {
                faults.push(fault);
                None
            }
        };
        let named = &mapping.columns;
        let (case, activity, time) = (find(&named.case), find(&named.activity), find(&named.time));
        let mut optional = |name: &'m Option<String>| name.as_deref().and_then(&mut find);
        let step = optional(&named.step);
        let (resource, group) = (optional(&named.resource), optional(&named.group));
        let (channel, department) = (optional(&named.channel), optional(&named.department));
        let (deadline, end) = (optional(&named.deadline), optional(&named.end));
        let times =
            Times::new(&mapping.time).map_err(|detail| faults.push(Fault::file(Rule::Time, detail))).ok();
        let columns = Self {
            case: case?,
            activity: activity?,
            time: time?,
            step,
            resource,
            group,
            channel,
            department,
            deadline,
            end,
            times: times?,
        };
        faults.is_empty().then_some(columns)
    }
}

/// Cases as they come together.
struct Reader<'m> {
    columns: Columns<'m>,
    activities: HashMap<&'m str, &'m Activity>,
    places: HashMap<String, usize>,
    cases: Vec<LogCase>,
    /// Steps of each case with the full precision of their times, by which they are put in order.
    steps: Vec<Vec<(DateTime<Utc>, ImportedStep)>>,
}

impl<'m> Reader<'m> {
    fn new(columns: Columns<'m>, mapping: &'m Mapping) -> Self {
        let activities =
            mapping.activities.iter().map(|activity| (activity.name.as_str(), activity)).collect();
        Self { columns, activities, places: HashMap::new(), cases: Vec::new(), steps: Vec::new() }
    }

    fn read(mut self, table: &Table, faults: &mut Faults) -> Vec<LogCase> {
        let (mut rows, mut ids) = (HashMap::new(), BTreeMap::new());
        for (row, values) in table.whole_rows(faults) {
            if let Some(first) = rows.insert(values, row) {
                faults.push(Fault::row(row, Rule::Twice, format!("the same as row {first}")));
                continue;
            }
            if let Some(id) = self.columns.step.as_ref().and_then(|column| text(values, column))
                && let Some(first) = ids.insert(id, row)
            {
                let name = self.columns.step.as_ref().map_or("", |column| column.name);
                let detail = format!("{id:?} stands in row {first} too");
                faults.push(Fault::value(row, name, Rule::Twice, detail));
                continue;
            }
            self.row(row, values, faults);
        }
        for (case, mut steps) in self.cases.iter_mut().zip(self.steps) {
            // Stable: steps of one time stay as the file has them.
            steps.sort_by_key(|(at, _)| *at);
            case.steps = steps.into_iter().map(|(_, step)| step).collect();
        }
        self.cases
    }

    fn row(&mut self, row: u64, values: &[String], faults: &mut Faults) {
        let before = faults.count;
        let columns = &self.columns;
        let required = |column: &Column<'_>, faults: &mut Faults| {
            let value = text(values, column);
            if value.is_none() {
                faults.push(Fault::value(row, column.name, Rule::Required, "nothing is given"));
            }
            value
        };
        let number = required(&columns.case, faults);
        let activity = required(&columns.activity, faults).and_then(|name| {
            let known = self.activities.get(name).copied();
            if known.is_none() {
                let detail = format!("activity {name:?} is not in the mapping");
                faults.push(Fault::value(row, columns.activity.name, Rule::Activity, detail));
            }
            known
        });
        let at = required(&columns.time, faults)
            .and_then(|text| time(&columns.times, &columns.time, row, text, faults));
        let mut moment = |column: &Option<Column<'_>>| {
            let column = column.as_ref()?;
            time(&columns.times, column, row, text(values, column)?, faults).map(whole)
        };
        let (deadline, end) = (moment(&columns.deadline), moment(&columns.end));
        let optional = |column: &Option<Column<'_>>| {
            column.as_ref().and_then(|column| text(values, column)).map(str::to_owned)
        };
        let (Some(number), Some(activity), Some(at)) = (number, activity, at) else { return };
        if faults.count > before {
            return;
        }
        let step = ImportedStep {
            at: whole(at),
            activity: activity.name.clone(),
            stage: activity.stage,
            resource: optional(&columns.resource),
            group: optional(&columns.group),
            rework: activity.kind == StepKind::Rework,
            referral: activity.kind == StepKind::Referral,
        };
        let case = LogCase {
            number: number.to_owned(),
            row,
            channel: optional(&columns.channel),
            department: optional(&columns.department),
            deadline,
            end,
            open: columns.end.is_some() && end.is_none(),
            steps: Vec::new(),
        };
        if let Some(&place) = self.places.get(number) {
            if let Some((column, first)) = self.differs(&self.cases[place], &case) {
                let detail = format!("says of case {number} another thing than row {first}");
                faults.push(Fault::value(row, column, Rule::Differs, detail));
                return;
            }
            self.steps[place].push((at, step));
        } else {
            self.places.insert(number.to_owned(), self.cases.len());
            self.cases.push(case);
            self.steps.push(vec![(at, step)]);
        }
    }

    /// The first column in which two rows say different things of their case, with the row that said it first.
    fn differs(&self, known: &LogCase, other: &LogCase) -> Option<(&'m str, u64)> {
        let columns = &self.columns;
        [
            (&columns.channel, known.channel == other.channel),
            (&columns.department, known.department == other.department),
            (&columns.deadline, known.deadline == other.deadline),
            (&columns.end, known.end == other.end),
        ]
        .into_iter()
        .find(|(_, same)| !same)
        .and_then(|(column, _)| column.as_ref().map(|column| (column.name, known.row)))
    }
}

/// A value, where one is given.
fn text<'v>(values: &'v [String], column: &Column<'_>) -> Option<&'v str> {
    values.get(column.at).map(|value| value.trim()).filter(|value| !value.is_empty())
}

fn time(
    times: &Times,
    column: &Column<'_>,
    row: u64,
    text: &str,
    faults: &mut Faults,
) -> Option<DateTime<Utc>> {
    times.read(text).map_err(|detail| faults.push(Fault::value(row, column.name, Rule::Time, detail))).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::File;

    fn mapping() -> Mapping {
        let text = r#"
            source = "desk"
            unit.code = "HQ"
            activities = [{ name = "in", stage = "intake" }, { name = "out", stage = "binding" }]
            [columns]
            case = "case"
            activity = "what"
            time = "at"
            step = "id"
            resource = "who"
            channel = "channel"
            end = "end"
        "#;
        toml::from_str(text).unwrap()
    }

    const HEADER: &str = "case,what,at,id,who,channel,end\n";

    fn faults(rows: &str) -> Vec<(Option<u64>, Option<String>, Rule)> {
        let file = File::new(format!("{HEADER}{rows}").into_bytes());
        let log = read(&file.table(',').unwrap(), &mapping());
        log.faults.first.into_iter().map(|fault| (fault.row, fault.column, fault.rule)).collect()
    }

    fn value(row: u64, column: &str, rule: Rule) -> (Option<u64>, Option<String>, Rule) {
        (Some(row), Some(column.to_owned()), rule)
    }

    #[test]
    fn every_fault_names_row_column_and_rule() {
        let rows = "c1,in,2026-01-01T08:00:00Z,1,,Desk,\n\
            ,in,2026-01-01T08:00:00Z,2,,Desk,\n\
            c1,dance,2026-01-01T08:00:00Z,3,,Desk,\n\
            c1,out,yesterday,4,,Desk,\n\
            c1,out,2026-01-01T09:00:00Z,1,,Desk,\n\
            c1,in,2026-01-01T08:00:00Z,1,,Desk,\n\
            c1,out,2026-01-01T09:00:00Z,5,,Post,\n\
            c1,out,2026-01-01T09:00:00Z,6,,Desk,soon\n";
        let expected = [
            value(3, "case", Rule::Required),
            value(4, "what", Rule::Activity),
            value(5, "at", Rule::Time),
            value(6, "id", Rule::Twice),
            (Some(7), None, Rule::Twice),
            value(8, "channel", Rule::Differs),
            value(9, "end", Rule::Time),
        ];
        assert_eq!(faults(rows), expected);
    }

    #[test]
    fn columns_the_file_lacks_are_all_named() {
        let file = File::new(b"case,what\nc1,in\n".to_vec());
        let log = read(&file.table(',').unwrap(), &mapping());
        let names: Vec<_> = log.faults.first.iter().filter_map(|fault| fault.column.as_deref()).collect();
        assert_eq!(names, ["at", "id", "who", "channel", "end"]);
        assert!(log.faults.first.iter().all(|fault| fault.rule == Rule::ColumnMissing));
    }

    #[test]
    fn steps_stand_in_the_order_of_time_and_else_of_the_file() {
        let rows = "c1,out,2026-01-02T08:00:00.0006Z,3,B,Desk,\n\
            c1,in,2026-01-01T08:00:00Z,1,A,Desk,\n\
            c1,in,2026-01-02T08:00:00.0001Z,2,C,Desk,\n\
            c1,out,2026-01-01T08:00:00Z,4,D,Desk,\n\
            c2,in,2026-01-01T08:00:00Z,5,,Desk,2026-01-01T08:00:00Z\n";
        let file = File::new(format!("{HEADER}{rows}").into_bytes());
        let log = read(&file.table(',').unwrap(), &mapping());
        assert!(log.faults.is_empty(), "{}", log.faults);
        let who: Vec<_> = log.cases[0].steps.iter().filter_map(|step| step.resource.as_deref()).collect();
        assert_eq!(who, ["A", "D", "C", "B"]);
        assert_eq!([log.cases[0].open, log.cases[1].open], [true, false]);
    }
}
