//! How a table is laid out: what a mapping says of it, and what is recognised.

use domain::text::{is_invisible, narrow_char};

use super::super::fault::{Fault, Rule};
use super::quotes;

/// What a mapping says of the file itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct Layout<'m> {
    /// The encoding; none where it is to be recognised.
    pub encoding: Option<&'m str>,
    /// What stands between values; none where it is to be recognised.
    pub delimiter: Option<&'m str>,
    /// Row of the header; the first that is not empty where it is not given.
    pub header: Option<u64>,
    /// Columns the mapping names that are not given may be left out of the file: they do not count for recognition.
    pub columns: &'m [&'m str],
    /// Whether columns the mapping does not name are refused.
    pub only_named: bool,
}

/// What can stand between values without being named.
const USUAL: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The delimiter and how much of the text belongs to a line that only names it (`sep=;`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delimiter {
    /// The delimiter.
    pub byte: u8,
    /// Bytes of the line before the table.
    pub skipped: usize,
}

/// The delimiter of a text: the one its first line names (`sep=;`, a spreadsheet's own), else the mapping's, else the
/// one by which the header has the columns the mapping names.
///
/// # Errors
/// `Delimiter`: one that cannot be; two that differ; another one by which the header would have all its columns.
pub fn delimiter(text: &str, layout: &Layout<'_>) -> Result<Delimiter, Fault> {
    let named = layout.delimiter.map(named).transpose()?;
    let line = text.split(['\n', '\r']).next().unwrap_or_default();
    if let Some(said) = line.strip_prefix("sep=").or_else(|| line.strip_prefix("SEP=")) {
        let byte = self::named(said.trim_matches('"'))?;
        if named.is_some_and(|named| named != byte) {
            let detail = format!(
                "the first line says sep={said}, the mapping another delimiter: take one of them away"
            );
            return Err(Fault::row(1, Rule::Delimiter, detail));
        }
        let skipped = line.len() + if text[line.len()..].starts_with("\r\n") { 2 } else { 1 };
        return Ok(Delimiter { byte, skipped: skipped.min(text.len()) });
    }
    let found = |byte: u8| found(text, byte, layout);
    if let Some(byte) = named {
        let here = found(byte);
        let other = USUAL.into_iter().find(|other| *other != byte && found(*other) == layout.columns.len());
        if let Some(other) = other.filter(|_| here < layout.columns.len()) {
            let detail = format!(
                "by {} the header has {here} of the columns the mapping names, by {} all of them: write delimiter = \
                 {:?}, or leave it out",
                shown(byte),
                shown(other),
                char::from(other).to_string()
            );
            return Err(Fault::row(1, Rule::Delimiter, detail));
        }
        return Ok(Delimiter { byte, skipped: 0 });
    }
    // The first of those with the most: a comma where none has any.
    let mut best = (b',', 0);
    for byte in USUAL {
        let count = found(byte);
        if count > best.1 {
            best = (byte, count);
        }
    }
    Ok(Delimiter { byte: best.0, skipped: 0 })
}

/// How people are told of a delimiter.
pub fn shown(byte: u8) -> String {
    match byte {
        b',' => "comma".to_owned(),
        b';' => "semicolon".to_owned(),
        b'\t' => "tab".to_owned(),
        other => format!("{:?}", char::from(other)),
    }
}

fn named(text: &str) -> Result<u8, Fault> {
    match text.as_bytes() {
        [byte] if byte.is_ascii() && !matches!(byte, b'"' | b'\n' | b'\r' | b'\0') => Ok(*byte),
        _ => {
            let detail = format!(
                "delimiter = {text:?} cannot be: it is one character, such as a comma, a semicolon or \"\\t\", and no \
                 quote and no line break"
            );
            Err(Fault::file(Rule::Delimiter, detail))
        }
    }
}

/// How many of the columns the mapping names the header has by a delimiter.
fn found(text: &str, byte: u8, layout: &Layout<'_>) -> usize {
    let Some(line) = line(text, layout.header) else { return 0 };
    // A header whose quotes stand wrong by it is none by it.
    if quotes::rows(line, byte, 1).is_err() {
        return 0;
    }
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).delimiter(byte).from_reader(line.as_bytes());
    let mut record = csv::StringRecord::new();
    if !reader.read_record(&mut record).unwrap_or(false) {
        return 0;
    }
    layout.columns.iter().filter(|name| record.iter().any(|column| same_name(column, name))).count()
}

/// The line of the header: the one of that number, or the first with anything in it.
fn line(text: &str, header: Option<u64>) -> Option<&str> {
    let mut lines = text.split('\n').flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split('\r'));
    match header {
        Some(row) => lines.nth(usize::try_from(row.checked_sub(1)?).ok()?),
        None => lines.find(|line| !line.trim().is_empty()),
    }
}

/// Whether a column of a header is the one a mapping names. Spaces and invisible characters, width and the asterisk by
/// which forms mark what must be filled in mean nothing.
pub fn same_name(column: &str, name: &str) -> bool {
    column == name || folded(column) == folded(name)
}

fn folded(name: &str) -> String {
    let name: String = name.chars().map(narrow_char).filter(|c| !is_invisible(*c)).collect();
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    name.trim_matches(|c: char| c == '*' || c.is_whitespace()).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout<'m>(delimiter: Option<&'m str>, columns: &'m [&'m str]) -> Layout<'m> {
        Layout { delimiter, columns, ..Layout::default() }
    }

    #[test]
    fn a_sure_delimiter_is_found() {
        let columns = ["a", "b"];
        for (text, byte) in [
            ("a,b\n1,2", b','),
            ("a;b;c,d\n", b';'),
            ("\"a\"\t\"b\"\n", b'\t'),
            ("a|b\n", b'|'),
            ("x y\n", b','),
        ] {
            assert_eq!(
                delimiter(text, &layout(None, &columns)).map(|found| found.byte),
                Ok(byte),
                "{text:?}"
            );
        }
    }

    #[test]
    fn a_line_that_names_it_is_heeded() {
        let read = delimiter("sep=;\r\na;b\r\n", &layout(None, &["a"]));
        assert_eq!(read, Ok(Delimiter { byte: b';', skipped: 7 }));
        let differs = delimiter("sep=;\na;b\n", &layout(Some(","), &["a"]));
        assert_eq!(differs.map_err(|fault| (fault.row, fault.rule)), Err((Some(1), Rule::Delimiter)));
    }

    #[test]
    fn one_that_cannot_be_or_fits_another_file_says_so() {
        for named in ["\"", "\n", "", ";;", "，"] {
            let fault = delimiter("a,b\n", &layout(Some(named), &["a"])).map_err(|fault| fault.rule);
            assert_eq!(fault, Err(Rule::Delimiter), "{named:?}");
        }
        let wrong = delimiter("a;b\n1;2\n", &layout(Some(","), &["a", "b"])).expect_err("a semicolon");
        assert!(wrong.detail.contains("delimiter = \";\""), "{}", wrong.detail);
    }

    #[test]
    fn names_are_the_same_whatever_shows_nothing() {
        for column in ["受理机构 ", "受理机构*", "受理机构\u{200b}", "＊受理机构"] {
            assert!(same_name(column, "受理机构"), "{column:?}");
        }
        assert!(!same_name("受理机构2", "受理机构"));
    }
}
