//! A first mapping for a file, written from its header and its rows, for a person to look through and complete.

mod columns;
mod list;
mod log;
mod times;

pub use list::suggest as case_list;
pub use log::suggest as event_log;

use std::fmt::Write as _;

use super::{Faults, File, Layout, Table};

/// Rows that are looked at for what a column holds.
const LOOKED_AT: usize = 200;

/// The table of a file of which nothing is known yet.
fn table(file: &File) -> Result<Table, Faults> {
    let known = columns::known();
    // The delimiter is the one by which most columns have a name that is known.
    file.table(&Layout { columns: &known, ..Layout::default() })
}

/// A mapping while it is written.
struct Draft {
    text: String,
}

impl Draft {
    fn new(source: &str, table: &Table, what: &str) -> Self {
        let mut draft = Self { text: String::new() };
        draft.say(&format!(
            "A first mapping of this file for `plumbline import {what}`: look it through, above all what is"
        ));
        draft.say("marked with ?, then try it with --dry-run.");
        draft.gap();
        draft.say("Name of the source: numbers of cases are unique in it. The next file of the same source has the same name.");
        draft.set("source", source);
        draft.gap();
        draft.say("What the file was taken for; both are recognised where these lines are left out.");
        draft.set("encoding", &table.taken().encoding.to_lowercase());
        draft.set("delimiter", delimiter(&table.taken().delimiter));
        draft
    }

    fn say(&mut self, comment: &str) {
        // Writing to a string does not fail.
        let _ = writeln!(self.text, "# {comment}");
    }

    fn gap(&mut self) {
        self.text.push('\n');
    }

    fn table(&mut self, name: &str) {
        self.gap();
        let _ = writeln!(self.text, "{name}");
    }

    fn set(&mut self, key: &str, value: &str) {
        let _ = writeln!(self.text, "{key} = {}", quoted(value));
    }

    /// With a list as it is written.
    fn set_list(&mut self, key: &str, list: &str) {
        let _ = writeln!(self.text, "{key} = {list}");
    }

    fn set_with(&mut self, key: &str, value: &str, comment: &str) {
        let _ = writeln!(self.text, "{key} = {} # {comment}", quoted(value));
    }

    /// A line that is to be completed: as it is, it says nothing.
    fn open(&mut self, key: &str, comment: &str) {
        let _ = writeln!(self.text, "# {key} = \"\" # ? {comment}");
    }
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// How a mapping names what [`super::table::Taken`] tells people.
fn delimiter(told: &str) -> &str {
    match told {
        "semicolon" => ";",
        "tab" => "\t",
        "\"|\"" => "|",
        _ => ",",
    }
}

#[cfg(test)]
mod tests;
