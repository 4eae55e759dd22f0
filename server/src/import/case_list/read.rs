//! Rows into registrations.

use std::collections::BTreeMap;

use csv::StringRecord;
use domain::api::case::RegisterCase;
use domain::case::Registration;
use domain::catalogue::{Capacity, Channel};
use domain::id::UnitId;
use domain::time::Timestamp;

use super::super::fault::{Fault, Faults, Rule};
use super::super::spelling;
use super::super::table::Table;
use super::super::when::Times;
use super::given::Given;
use super::{Field, Mapping};

/// A row of a list.
#[derive(Clone, Debug)]
pub struct ListRow {
    /// Its row in the file.
    pub row: u64,
    /// Number of the case there.
    pub number: String,
    /// What is to be registered.
    pub case: RegisterCase,
}

/// What a file holds by a mapping.
#[derive(Clone, Debug, Default)]
pub struct List {
    /// Rows read.
    pub rows: u64,
    /// Rows that could be read.
    pub cases: Vec<ListRow>,
    /// What a person should know of how it was read.
    pub notes: Vec<String>,
    /// Everything wrong with it.
    pub faults: Faults,
}

/// Most rows of one file: all of them become one transaction, which may take so many places in the log and holds up
/// every other write while it lasts.
const MOST_ROWS: u64 = 4_000;

/// Reads a list; `now` is when the facts of the policies were read.
pub fn read(table: &Table, mapping: &Mapping, now: Timestamp) -> List {
    let mut list = List { rows: table.len(), notes: table.notes(&mapping.names()), ..List::default() };
    if table.len() > MOST_ROWS {
        let detail =
            format!("{} rows, at most {MOST_ROWS} in one file: split it and import the parts", table.len());
        list.faults.push(Fault::file(Rule::TooManyRows, detail));
    } else if let Some(reader) = Reader::find(table, mapping, now, &mut list.faults) {
        let mut seen: BTreeMap<String, u64> = BTreeMap::new();
        let places: Vec<usize> = reader.columns.values().copied().collect();
        for (row, values) in table.whole_rows(&places, &mut list.faults) {
            let Some(read) = reader.row(row, values, &mut list.faults) else { continue };
            if let Some(first) = seen.insert(spelling::key(&read.number), row) {
                let detail =
                    format!("number {:?} stands in row {first} too: take one of them away", read.number);
                list.faults.push(Fault::value(row, mapping.name(Field::Number), Rule::Twice, detail));
                continue;
            }
            list.cases.push(read);
        }
    }
    list
}

/// Reads rows by a mapping.
pub(super) struct Reader<'m> {
    pub(super) mapping: &'m Mapping,
    pub(super) columns: BTreeMap<Field, usize>,
    pub(super) times: Times,
    pub(super) now: Timestamp,
}

impl<'m> Reader<'m> {
    fn find(table: &Table, mapping: &'m Mapping, now: Timestamp, faults: &mut Faults) -> Option<Self> {
        let mut columns = BTreeMap::new();
        for (field, name) in &mapping.columns {
            match table.column(name) {
                Ok(at) => drop(columns.insert(*field, at)),
                Err(fault) => faults.push(fault),
            }
        }
        let times =
            Times::new(&mapping.time).map_err(|detail| faults.push(Fault::file(Rule::Time, detail))).ok();
        let reader = Self { mapping, columns, times: times?, now };
        faults.is_empty().then_some(reader)
    }

    fn row(&self, row: u64, values: &StringRecord, faults: &mut Faults) -> Option<ListRow> {
        let before = faults.count;
        let mut given = Given { reader: self, row, values, faults };
        // A row of totals would break every other rule too.
        let number = given.case_number()?;
        let accepting = UnitId(given.required(Field::Accepting));
        let managing = given.text(Field::Managing).map_or_else(|| accepting.clone(), UnitId);
        let registration = Registration {
            policy: given.policy(),
            managing,
            applicant: given.person(Field::Applicant),
            mobile: given.mobile(),
            document: None,
            capacity: given.word(Field::Capacity).unwrap_or(Capacity::Holder),
            channel: given.word(Field::Channel).unwrap_or(Channel::Online),
            agent: given.agent(),
            applied_on: given.required_day(Field::AppliedOn),
            received_at: given.moment(Field::ReceivedAt),
            items: given.items(),
            materials: given.materials(),
            acknowledged: Vec::new(),
        };
        let case = RegisterCase { accepting, registration };
        (faults.count == before).then_some(ListRow { row, number, case })
    }
}

#[cfg(test)]
mod tests;
