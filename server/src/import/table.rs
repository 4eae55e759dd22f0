//! A strict reader of RFC 4180 tables.
//!
//! Readers made for convenience take a quote left open, or text after a closing quote, for part of the value and go
//! on; half a file then becomes one cell. An import that is all or nothing must say so instead.

use std::collections::BTreeSet;

use super::fault::{Fault, Faults, Rule};

/// Longest value, characters.
const LONGEST: usize = 2_000;

/// A header and the rows below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    header: Vec<String>,
    rows: Vec<(u64, Vec<String>)>,
}

impl Table {
    /// Reads a table of bytes: UTF-8 with or without a byte-order mark, lines ended by LF or CRLF.
    ///
    /// # Errors
    /// The first fault that makes the rest unreadable: not UTF-8, NUL, quotes, no header, no row, a header with a
    /// name twice.
    pub fn read(bytes: &[u8], delimiter: char) -> Result<Self, Fault> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        // Where a file breaks, asked once.
        let row_of = |at: usize| bytes[..at].split(|byte| *byte == b'\n').count() as u64;
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let line = row_of(error.valid_up_to());
            Fault::row(line, Rule::Utf8, "not UTF-8: save the file as UTF-8 and try again")
        })?;
        if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
            return Err(Fault::row(row_of(at), Rule::Nul, "a NUL character: this is no text file"));
        }
        let mut records = Records::new(text, delimiter).collect::<Result<Vec<_>, Fault>>()?.into_iter();
        let Some((_, header)) = records.next() else {
            return Err(Fault::file(Rule::Empty, "the file is empty"));
        };
        let header: Vec<String> = header.into_iter().map(|name| name.trim().to_owned()).collect();
        let mut seen = BTreeSet::new();
        if let Some(twice) = header.iter().find(|name| !seen.insert(*name)) {
            let detail = format!("column {twice:?} stands in the header twice");
            return Err(Fault::value(1, twice, Rule::ColumnTwice, detail));
        }
        let rows: Vec<(u64, Vec<String>)> = records.collect();
        if rows.is_empty() {
            return Err(Fault::file(Rule::NoRows, "there is no row below the header"));
        }
        Ok(Self { header, rows })
    }

    /// Names of the columns.
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// Place of a column.
    ///
    /// # Errors
    /// `ColumnMissing`, naming the columns there are.
    pub fn column(&self, name: &str) -> Result<usize, Fault> {
        self.header.iter().position(|column| column == name).ok_or_else(|| {
            let detail = format!("the header has no such column; it has: {}", self.header.join(", "));
            Fault::value(1, name, Rule::ColumnMissing, detail)
        })
    }

    /// The rows with their numbers, those with too few, too many or too long values left out and named.
    pub fn whole_rows(&self, faults: &mut Faults) -> Vec<(u64, &[String])> {
        let mut whole = Vec::with_capacity(self.rows.len());
        for (row, values) in &self.rows {
            let (found, wanted) = (values.len(), self.header.len());
            if found != wanted {
                let detail = format!("{found} values where the header has {wanted} columns");
                faults.push(Fault::row(*row, Rule::Columns, detail));
                continue;
            }
            let long =
                values.iter().position(|value| value.len() > LONGEST && value.chars().count() > LONGEST);
            if let Some(at) = long {
                let detail = format!("longer than {LONGEST} characters");
                faults.push(Fault::value(*row, &self.header[at], Rule::TooLong, detail));
                continue;
            }
            whole.push((*row, values.as_slice()));
        }
        whole
    }

    /// Rows below the header.
    pub fn len(&self) -> u64 {
        self.rows.len() as u64
    }

    /// Whether there is no row below the header.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

/// The records of a text, with the number a spreadsheet gives their row. Blank lines are passed over.
struct Records<'t> {
    rest: &'t str,
    delimiter: char,
    row: u64,
    broken: bool,
}

/// How a value ended.
enum End {
    Value,
    Record,
    File,
}

impl<'t> Records<'t> {
    const fn new(text: &'t str, delimiter: char) -> Self {
        Self { rest: text, delimiter, row: 0, broken: false }
    }

    fn record(&mut self) -> Result<Vec<String>, Fault> {
        self.row += 1;
        let mut values = Vec::new();
        loop {
            let (value, end) = match self.rest.strip_prefix('"') {
                Some(rest) => self.quoted(rest, values.len())?,
                None => self.plain(values.len())?,
            };
            values.push(value);
            if !matches!(end, End::Value) {
                return Ok(values);
            }
        }
    }

    fn plain(&mut self, at: usize) -> Result<(String, End), Fault> {
        let stop = self.rest.find([self.delimiter, '\n', '"']).unwrap_or(self.rest.len());
        let (value, rest) = self.rest.split_at(stop);
        if rest.starts_with('"') {
            return Err(self.quotes(at, "a quote inside a value that does not begin with one"));
        }
        let end = self.end(rest, at)?;
        Ok((value.strip_suffix('\r').filter(|_| !matches!(end, End::Value)).unwrap_or(value).to_owned(), end))
    }

    fn quoted(&mut self, mut rest: &'t str, at: usize) -> Result<(String, End), Fault> {
        let mut value = String::new();
        loop {
            let Some((before, after)) = rest.split_once('"') else {
                return Err(self.quotes(at, "a quoted value without its second quote"));
            };
            value.push_str(before);
            if let Some(after) = after.strip_prefix('"') {
                value.push('"');
                rest = after;
                continue;
            }
            let after = after
                .strip_prefix('\r')
                .filter(|rest| rest.starts_with('\n') || rest.is_empty())
                .unwrap_or(after);
            return Ok((value, self.end(after, at)?));
        }
    }

    /// What follows a value.
    fn end(&mut self, rest: &'t str, at: usize) -> Result<End, Fault> {
        let mut chars = rest.chars();
        match chars.next() {
            None => {
                self.rest = "";
                Ok(End::File)
            }
            Some('\n') => {
                self.rest = chars.as_str();
                Ok(End::Record)
            }
            Some(next) if next == self.delimiter => {
                self.rest = chars.as_str();
                Ok(End::Value)
            }
            Some(_) => Err(self.quotes(at, "text after the closing quote of a value")),
        }
    }

    fn quotes(&self, at: usize, detail: &str) -> Fault {
        Fault::row(self.row, Rule::Quotes, format!("value {}: {detail}; nothing behind it was read", at + 1))
    }
}

impl Iterator for Records<'_> {
    type Item = Result<(u64, Vec<String>), Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.rest.is_empty() && !self.broken {
            match self.record() {
                Ok(values) if values.len() == 1 && values[0].trim().is_empty() => {}
                Ok(values) => return Some(Ok((self.row, values))),
                Err(fault) => {
                    self.broken = true;
                    return Some(Err(fault));
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<(u64, Vec<String>)> {
        let table = Table::read(text.as_bytes(), ',').unwrap();
        table.rows
    }

    #[test]
    fn reads_what_the_standard_describes() {
        let text = "\u{feff}a,b\r\n1,\"x,\"\"y\"\"\r\nz\"\r\n\r\n,\n3,last";
        let read: Vec<(u64, Vec<String>)> = rows(text);
        let plain = |row, values: [&str; 2]| (row, values.map(str::to_owned).to_vec());
        assert_eq!(read, [plain(2, ["1", "x,\"y\"\r\nz"]), plain(4, ["", ""]), plain(5, ["3", "last"])]);
    }

    #[test]
    fn other_delimiters_are_read_too() {
        let table = Table::read("a;b\n1,5;2\n".as_bytes(), ';').unwrap();
        assert_eq!(table.rows, [(2, vec!["1,5".to_owned(), "2".to_owned()])]);
    }

    #[test]
    fn says_what_makes_a_file_unreadable() {
        let fault = |bytes: &[u8]| {
            let fault = Table::read(bytes, ',').unwrap_err();
            (fault.rule, fault.row)
        };
        assert_eq!(fault(b""), (Rule::Empty, None));
        assert_eq!(fault(b"\n\n"), (Rule::Empty, None));
        assert_eq!(fault(b"a,b\n"), (Rule::NoRows, None));
        assert_eq!(fault(b"a,b\n1,\xff\n"), (Rule::Utf8, Some(2)));
        assert_eq!(fault(b"a,b\n1,2\n3,\0\n"), (Rule::Nul, Some(3)));
        assert_eq!(fault(b"a,b\n1,\"2\n3,4\n"), (Rule::Quotes, Some(2)));
        assert_eq!(fault(b"a,b\n1,\"2\"x\n"), (Rule::Quotes, Some(2)));
        assert_eq!(fault(b"a,b\n1,2\"3\n"), (Rule::Quotes, Some(2)));
        assert_eq!(fault(b"a,b,a\n1,2,3\n"), (Rule::ColumnTwice, Some(1)));
    }

    #[test]
    fn rows_of_another_length_are_named() {
        let table = Table::read(b"a,b\n1\n1,2\n1,2,3\n", ',').unwrap();
        let mut faults = Faults::default();
        assert_eq!(table.whole_rows(&mut faults).len(), 1);
        let rows: Vec<_> = faults.first.iter().map(|fault| (fault.row, fault.rule)).collect();
        assert_eq!(rows, [(Some(2), Rule::Columns), (Some(4), Rule::Columns)]);
    }
}
