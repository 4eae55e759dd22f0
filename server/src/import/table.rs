//! Tables: decoded, cut into values by the `csv` crate, their rows numbered as a spreadsheet numbers them.

mod layout;
mod quotes;

pub use layout::{Layout, same_name};

use csv::StringRecord;
use domain::text::trimmed;

use super::encoding;
use super::fault::{Fault, Faults, Rule};

/// Longest value of a column that is read, characters.
const LONGEST: usize = 2_000;
/// Rows below the first in which a header is looked for, so that the person is told where it stands.
const LOOKED_FOR: usize = 20;

/// A header and the rows below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    header: StringRecord,
    /// Row of the header.
    header_row: u64,
    rows: Vec<(u64, StringRecord)>,
    /// Rows that hold nothing but blanks, which are passed over.
    blank: u64,
    /// What the file was taken for.
    taken: Taken,
}

/// What a file was taken for, so that a preview can say it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// The encoding.
    pub encoding: String,
    /// What stands between values.
    pub delimiter: String,
}

impl Table {
    /// Reads a table of bytes.
    ///
    /// # Errors
    /// The first fault that makes the rest unreadable: encoding, delimiter, NUL, quotes, no header, no row.
    pub fn read(bytes: &[u8], layout: &Layout<'_>) -> Result<Self, Fault> {
        let decoded = encoding::decode(bytes, layout.encoding, layout.columns)?;
        let text = decoded.text.as_str();
        if let Some(at) = text.find('\0') {
            let row = 1 + text[..at].matches('\n').count() as u64;
            let detail = "a NUL character: this is no text file; save it as CSV";
            return Err(Fault::row(row, Rule::Nul, detail));
        }
        let delimiter = layout::delimiter(text, layout)?;
        let first = if delimiter.skipped > 0 { 2 } else { 1 };
        let mut records = records(&text[delimiter.skipped..], delimiter.byte, first)?;
        let blanks = |record: &StringRecord| record.iter().all(|value| trimmed(value).is_empty());
        let before = records.len();
        records.retain(|(_, record)| !blanks(record));
        let blank = (before - records.len()) as u64;
        if let Some(row) = layout.header {
            records.retain(|(at, _)| *at >= row);
        }
        let mut records = records.into_iter();
        let Some((header_row, header)) = records.next() else {
            return Err(Fault::file(Rule::Empty, "the file is empty"));
        };
        let rows: Vec<(u64, StringRecord)> = records.collect();
        let taken = Taken { encoding: decoded.encoding.to_owned(), delimiter: layout::shown(delimiter.byte) };
        let table = Self { header, header_row, rows, blank, taken };
        table.right_header(layout)?;
        if table.rows.is_empty() {
            return Err(Fault::file(Rule::NoRows, "there is no row below the header"));
        }
        Ok(table)
    }

    /// Whether the header stands where it is looked for, once, and has no column it must not have.
    fn right_header(&self, layout: &Layout<'_>) -> Result<(), Fault> {
        let has = |record: &StringRecord| {
            layout.columns.iter().filter(|name| record.iter().any(|column| same_name(column, name))).count()
        };
        let (all, here) = (layout.columns.len(), has(&self.header));
        if here < all && all > 1 {
            let below = self.rows.iter().take(LOOKED_FOR).find(|(_, record)| has(record) == all);
            if let Some((row, _)) = below {
                let detail = format!(
                    "the columns the mapping names stand in row {row}: take away what is above it, or write header = \
                     {row} in the mapping"
                );
                return Err(Fault::row(self.header_row, Rule::Header, detail));
            }
        }
        let same = |record: &StringRecord| {
            record.len() == self.header.len()
                && record.iter().zip(&self.header).all(|(value, name)| trimmed(value) == trimmed(name))
        };
        if let Some((row, _)) = self.rows.iter().find(|(_, record)| same(record)) {
            let detail =
                "the header again: two files are in one; take the row away, or import each by itself";
            return Err(Fault::row(*row, Rule::Header, detail));
        }
        if layout.only_named
            && let Some(other) = self.unnamed(layout.columns).first()
        {
            let detail = "the mapping does not name this column, and says unmapped = \"refuse\"";
            return Err(Fault::value(self.header_row, other, Rule::Unmapped, detail));
        }
        Ok(())
    }

    /// Names of columns nobody reads.
    pub fn unnamed(&self, columns: &[&str]) -> Vec<&str> {
        let names = self.header.iter().filter(|name| !trimmed(name).is_empty());
        names.filter(|column| !columns.iter().any(|name| same_name(column, name))).collect()
    }

    /// Names of the columns.
    pub fn header(&self) -> impl Iterator<Item = &str> {
        self.header.iter()
    }

    /// Place of a column.
    ///
    /// # Errors
    /// `ColumnMissing`, naming the columns there are; `ColumnTwice` where two are called so.
    pub fn column(&self, name: &str) -> Result<usize, Fault> {
        // Spelled exactly so before spelled nearly so.
        let exact = self.header.iter().filter(|column| *column == name).count();
        let is = |column: &str| if exact > 0 { column == name } else { same_name(column, name) };
        let mut found = self.header.iter().enumerate().filter(|(_, column)| is(column));
        let Some((at, _)) = found.next() else {
            let named: Vec<&str> = self.header.iter().filter(|name| !name.is_empty()).take(40).collect();
            let detail = format!("the header has no such column; it has: {}", named.join(", "));
            return Err(Fault::value(self.header_row, name, Rule::ColumnMissing, detail));
        };
        if found.next().is_some() {
            let detail = format!("column {name:?} stands in the header twice: give one of them another name");
            return Err(Fault::value(self.header_row, name, Rule::ColumnTwice, detail));
        }
        Ok(at)
    }

    /// The rows with their numbers, those with too few or too many values, or with a too long one in a column that is
    /// `read`, left out and named.
    pub fn whole_rows(&self, read: &[usize], faults: &mut Faults) -> Vec<(u64, &StringRecord)> {
        let mut whole = Vec::with_capacity(self.rows.len());
        for (row, values) in &self.rows {
            let (found, wanted) = (values.len(), self.header.len());
            // Empty values behind the last are what is left of columns that were cleared.
            let more = values.iter().skip(wanted).any(|value| !trimmed(value).is_empty());
            if found < wanted || more {
                let detail = format!(
                    "{found} values where the header has {wanted} columns: a value with the delimiter in it stands in \
                     quotes"
                );
                faults.push(Fault::row(*row, Rule::Columns, detail));
                continue;
            }
            let long = read.iter().find(|at| {
                values.get(**at).is_some_and(|value| value.len() > LONGEST && value.chars().count() > LONGEST)
            });
            if let Some(at) = long {
                let detail = format!("longer than {LONGEST} characters: shorten it");
                faults.push(Fault::value(*row, &self.header[*at], Rule::TooLong, detail));
                continue;
            }
            whole.push((*row, values));
        }
        whole
    }

    /// Rows below the header that hold anything.
    pub fn len(&self) -> u64 {
        self.rows.len() as u64
    }

    /// Whether there is no such row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Row of the header.
    pub const fn header_row(&self) -> u64 {
        self.header_row
    }

    /// What the file was taken for.
    pub const fn taken(&self) -> &Taken {
        &self.taken
    }

    /// What a person should know of how the file was read.
    pub fn notes(&self, columns: &[&str]) -> Vec<String> {
        let mut notes = Vec::new();
        if self.blank > 0 {
            notes.push(format!("{} empty rows were passed over", self.blank));
        }
        let unnamed = self.unnamed(columns);
        if !unnamed.is_empty() {
            let shown: Vec<&str> = unnamed.iter().take(10).copied().collect();
            let more = if unnamed.len() > shown.len() { ", …" } else { "" };
            notes.push(format!("columns not read: {} ({}{more})", unnamed.len(), shown.join(", ")));
        }
        notes
    }

    /// Every value of a column, as it stands.
    pub fn values(&self, at: usize) -> impl Iterator<Item = (u64, &str)> {
        self.rows.iter().filter_map(move |(row, record)| Some((*row, record.get(at)?)))
    }
}

fn records(text: &str, delimiter: u8, first: u64) -> Result<Vec<(u64, StringRecord)>, Fault> {
    let rows = quotes::rows(text, delimiter, first)?;
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut records = Vec::with_capacity(rows.len());
    for (row, record) in rows.iter().zip(reader.records()) {
        let record = record.map_err(|error| Fault::row(*row, Rule::Quotes, error.to_string()))?;
        records.push((*row, record));
    }
    if records.len() != rows.len() || reader.records().next().is_some() {
        return Err(Fault::file(
            Rule::Quotes,
            "the rows of this file cannot be told apart: save it anew as CSV",
        ));
    }
    Ok(records)
}

/// What the first value of a row of totals says.
pub fn is_total(value: &str) -> bool {
    let value = trimmed(value).trim_end_matches([':', '：']).to_lowercase();
    matches!(
        value.as_str(),
        "合计" | "总计" | "小计" | "共计" | "汇总" | "total" | "totals" | "sum" | "subtotal"
    )
}

/// The fault of such a row.
pub fn total_row(row: u64, column: &str) -> Fault {
    Fault::value(row, column, Rule::Total, "a row of totals is no case: take it away")
}

#[cfg(test)]
mod tests;
