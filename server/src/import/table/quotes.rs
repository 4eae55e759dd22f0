//! Quotes and row numbers, looked at before the table is read.
//!
//! Readers made for convenience, `csv` among them, take a quote left open, or text after a closing quote, for part of the
//! value and go on; half a file then becomes one cell. An import that is all or nothing says so instead.

use super::super::fault::{Fault, Rule};

/// The number a spreadsheet gives the row of each record of a text that begins in row `first`: lines within quotes are
/// one row, and lines without anything are rows that hold no record.
///
/// # Errors
/// `Quotes`, with row and place of the value, for the first quote that stands where none may.
pub fn rows(text: &str, delimiter: u8, first: u64) -> Result<Vec<u64>, Fault> {
    let mut scan = Scan { bytes: text.as_bytes(), at: 0, delimiter, row: first, value: 1 };
    let mut rows = Vec::new();
    while let Some(byte) = scan.peek() {
        if is_end(byte) {
            scan.line_end();
        } else {
            rows.push(scan.row);
            scan.record()?;
        }
    }
    Ok(rows)
}

struct Scan<'t> {
    bytes: &'t [u8],
    at: usize,
    delimiter: u8,
    row: u64,
    value: usize,
}

const fn is_end(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

impl Scan<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Over LF, CR or both.
    fn line_end(&mut self) {
        let both = self.bytes[self.at..].starts_with(b"\r\n");
        self.at += 1 + usize::from(both);
        self.row += 1;
    }

    fn record(&mut self) -> Result<(), Fault> {
        self.value = 1;
        loop {
            if self.peek() == Some(b'"') {
                self.quoted()?;
            } else {
                self.plain()?;
            }
            match self.peek() {
                None => return Ok(()),
                Some(byte) if byte == self.delimiter => {
                    self.at += 1;
                    self.value += 1;
                }
                Some(_) => {
                    self.line_end();
                    return Ok(());
                }
            }
        }
    }

    fn ends_value(&self, at: usize) -> bool {
        self.bytes.get(at).is_none_or(|byte| *byte == self.delimiter || is_end(*byte))
    }

    fn quoted(&mut self) -> Result<(), Fault> {
        let mut at = self.at + 1;
        loop {
            let Some(close) = self.bytes[at..].iter().position(|byte| *byte == b'"') else {
                return Err(self.fault("a quoted value without its second quote: add it"));
            };
            at += close + 1;
            if self.bytes.get(at) == Some(&b'"') {
                at += 1;
                continue;
            }
            if !self.ends_value(at) {
                return Err(
                    self.fault("text after the closing quote of a value: a quote inside is written twice")
                );
            }
            self.at = at;
            return Ok(());
        }
    }

    fn plain(&mut self) -> Result<(), Fault> {
        let start = self.at;
        while !self.ends_value(self.at) && self.bytes[self.at] != b'"' {
            self.at += 1;
        }
        if self.peek() != Some(b'"') || self.ends_value(self.at) {
            return Ok(());
        }
        // ="310000006002": the guard by which a spreadsheet keeps a number a text.
        if &self.bytes[start..self.at] == b"=" {
            let inner = self.at + 1;
            let close = self.bytes[inner..].iter().position(|byte| *byte == b'"').map(|close| inner + close);
            if let Some(close) = close
                && !(inner..close).any(|at| self.ends_value(at))
                && self.ends_value(close + 1)
            {
                self.at = close + 1;
                return Ok(());
            }
        }
        if self.bytes[start..self.at].iter().all(u8::is_ascii_whitespace) {
            return Err(self.fault("a space before the quote of a value: take the space away"));
        }
        Err(self.fault(
            "a quote inside a value that does not begin with one: put the value in quotes, the quote twice",
        ))
    }

    fn fault(&self, detail: &str) -> Fault {
        Fault::row(
            self.row,
            Rule::Quotes,
            format!("value {}: {detail}; nothing behind it was read", self.value),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_numbered_as_a_spreadsheet_does() {
        assert_eq!(rows("a,b\r\n1,\"x\r\ny\"\r\n\r\n3,4", b',', 1), Ok(vec![1, 2, 4]));
        assert_eq!(rows("a,b\r1,2\r", b',', 1), Ok(vec![1, 2]));
        assert_eq!(rows("a,=\"01\",=\"2\"\n", b',', 3), Ok(vec![3]));
    }

    #[test]
    fn quotes_that_stand_wrong_are_found() {
        for (text, row) in [
            ("a,b\n1,\"2\n3,4\n", 2),
            ("a,b\n1,\"2\"x\n", 2),
            ("a,b\n1,2\"3\n", 2),
            ("a, \"b\"\n", 1),
            ("a,=\"1,2\"\n", 1),
        ] {
            let fault = rows(text, b',', 1).expect_err(text);
            assert_eq!((fault.rule, fault.row), (Rule::Quotes, Some(row)), "{text}");
        }
    }
}
