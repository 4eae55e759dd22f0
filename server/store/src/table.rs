//! Every table of the store with what it is for: what `verify`, `backup` and the tests of tampering go by. The
//! columns are not listed here; they are read from the database, so that a new column is in all three at once. A
//! new *table* must be given its place in [`TABLES`]; a contract test fails until it is.

use serde::{Deserialize, Serialize};
use std::fmt;

/// What a table holds, and therefore who vouches for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// What happened, in the order of the log: sealed by its own links and by the seals over them. Append only.
    Log,
    /// What was written down and follows from nothing else: noted in the ledger whenever it is written, row by row
    /// or group by group, so that a changed, lost or added row shows. A column a migration adds here may be empty,
    /// and is where it was not there before: entries made before then still agree.
    Noted,
    /// Follows from the log: `verify` works it out anew and compares every column.
    Derived,
    /// Data keys: `verify` opens a value of each case with its own.
    Keys,
    /// People, units and settings: changed by those who may, with no history yet.
    Reference,
    /// Holds only while a store is in use: counters, answers to repeated requests, notices.
    Running,
    /// The same, and meaningless in another place or at another time: not in an archive.
    Momentary,
}

/// A table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub role: Role,
    /// The columns that order it: its primary key, or what comes nearest to one.
    pub key: &'static [&'static str],
    /// How many of the first columns of the key name what is noted in the ledger together.
    pub group: usize,
    /// Columns the ledger leaves out, because they follow from other rows and are checked against these.
    pub follows: &'static [&'static str],
}

impl Table {
    /// The table of a name.
    pub fn named(name: &str) -> Option<&'static Self> {
        TABLES.iter().find(|table| table.name == name)
    }

    /// Whether an archive holds it.
    pub fn is_kept(&self) -> bool {
        self.role != Role::Momentary
    }
}

const fn table(name: &'static str, role: Role, key: &'static [&'static str]) -> Table {
    Table { name, role, key, group: key.len(), follows: &[] }
}

const fn noted(
    name: &'static str,
    key: &'static [&'static str],
    group: usize,
    follows: &'static [&'static str],
) -> Table {
    Table { name, role: Role::Noted, key, group, follows }
}

/// Every table, those before that others refer to: the order of an archive.
pub const TABLES: &[Table] = &[
    table("unit", Role::Reference, &["id"]),
    table("site", Role::Reference, &["accepting", "stage"]),
    table("calendar", Role::Reference, &["unit"]),
    noted("catalogue", &["version"], 1, &[]),
    table("person", Role::Reference, &["id"]),
    table("person_post", Role::Reference, &["person", "post", "valid_from"]),
    table("person_scope", Role::Reference, &["person", "unit"]),
    table("session", Role::Momentary, &["token"]),
    table("presence", Role::Running, &["business_date", "person"]),
    table("second_factor", Role::Reference, &["person"]),
    table("recovery_code", Role::Reference, &["person", "digest"]),
    noted("audit_record", &["id"], 1, &[]),
    table("throttle", Role::Momentary, &["name"]),
    table("idempotency_key", Role::Running, &["person", "command_key"]),
    // By case, not by place in the log: who reads an archive finds the events of a case together.
    table("event", Role::Log, &["case_id", "version"]),
    table("ledger", Role::Log, &["seq", "entry"]),
    table("seal", Role::Log, &["seal_no"]),
    table("case_state", Role::Derived, &["case_id"]),
    table("case_key", Role::Keys, &["case_id"]),
    table("party", Role::Derived, &["case_id", "digest"]),
    noted("access_record", &["at", "person", "purpose", "case_id"], 4, &[]),
    table("work_item", Role::Derived, &["case_id"]),
    table("work_person", Role::Derived, &["case_id", "person", "stage"]),
    table("work_line", Role::Derived, &["case_id", "line_no"]),
    noted("slip", &["id"], 1, &["closed"]),
    table("slip_line", Role::Derived, &["case_id", "version"]),
    table("number_sequence", Role::Running, &["unit", "business_date", "letter"]),
    table("movement", Role::Derived, &["case_id", "version"]),
    table("step", Role::Derived, &["case_id", "stage", "round"]),
    table("recheck_item", Role::Derived, &["case_id", "stage", "round", "item_no"]),
    table("recheck_ground", Role::Derived, &["case_id", "stage", "round", "ground_no"]),
    noted("draw_seed", &["business_date"], 1, &[]),
    noted("draw", &["id"], 1, &[]),
    noted("sample_check", &["id"], 1, &[]),
    noted("check_verdict", &["check_id", "point"], 1, &[]),
    noted("finding", &["id"], 1, &[]),
    noted("import_batch", &["source", "file_hash"], 2, &[]),
    noted("source_case", &["source", "number"], 2, &[]),
    noted("imported_case", &["case_id"], 1, &["version", "link"]),
    noted("imported_step", &["case_id", "step_no"], 1, &[]),
    table("change_feed", Role::Running, &["seq"]),
    table("job_lease", Role::Momentary, &["job"]),
    table("store_meta", Role::Momentary, &["name"]),
];

/// Columns of evidence or of what follows from it that `verify` does not vouch for, with the reason. The test of
/// tampering leaves these out and no others.
pub const EXEMPT: &[(&str, &str, &str)] = &[];

/// A value of a column in the one form that both engines share: identifiers are their 16 bytes, truth is 0 or 1,
/// a moment is RFC 3339 text in UTC with no or three digits of a second, a date `YYYY-MM-DD`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cell {
    /// Nothing.
    Null,
    /// A whole number.
    Int(i64),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("–"),
            Self::Int(number) => number.fmt(f),
            Self::Text(text) => f.write_str(text),
            Self::Bytes(bytes) => match uuid::Uuid::from_slice(bytes) {
                Ok(id) => id.fmt(f),
                Err(_) => f.write_str(&hex(bytes)),
            },
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Form<'c> {
    Null(()),
    Int(i64),
    Text(std::borrow::Cow<'c, str>),
    Bytes { hex: String },
}

impl Serialize for Cell {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let form = match self {
            Self::Null => Form::Null(()),
            Self::Int(number) => Form::Int(*number),
            Self::Text(text) => Form::Text(text.as_str().into()),
            Self::Bytes(bytes) => Form::Bytes { hex: hex(bytes) },
        };
        form.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Cell {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Form::deserialize(deserializer)? {
            Form::Null(()) => Self::Null,
            Form::Int(number) => Self::Int(number),
            Form::Text(text) => Self::Text(text.into_owned()),
            Form::Bytes { hex } => Self::Bytes(
                unhex(&hex).ok_or_else(|| serde::de::Error::custom("bytes that are no hexadecimal"))?,
            ),
        })
    }
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    use fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Bytes of hexadecimal; none where it is none.
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.is_ascii() {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_read_as_it_was_written() {
        let cells =
            [Cell::Null, Cell::Int(i64::MIN), Cell::Text("王 \"{\"".into()), Cell::Bytes(vec![0, 255])];
        let text = serde_json::to_string(&cells).unwrap();
        assert_eq!(text, r#"[null,-9223372036854775808,"王 \"{\"",{"hex":"00ff"}]"#);
        assert_eq!(serde_json::from_str::<Vec<Cell>>(&text).unwrap(), cells);
        assert!(serde_json::from_str::<Cell>(r#"{"hex":"0g"}"#).is_err());
    }
}
