//! What is wrong with a file, row by row.

use std::fmt;

use serde::Serialize;

/// The rule a row breaks; its name is stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// The file holds nothing.
    Empty,
    /// A header, and no row below it.
    NoRows,
    /// More rows than are written at once.
    TooManyRows,
    /// Bytes of another encoding, or one that cannot be told.
    Encoding,
    /// What stands between values cannot be told, cannot be, or is said twice.
    Delimiter,
    /// The header is not where it is looked for, or stands in the file twice.
    Header,
    /// A NUL character.
    Nul,
    /// A quoted value without its second quote, text after it, or a quote inside an unquoted value.
    Quotes,
    /// Another number of values than the header has columns.
    Columns,
    /// A column stands in the header twice.
    ColumnTwice,
    /// A column the mapping names is not in the header.
    ColumnMissing,
    /// A column the mapping does not name, where it says that there must be none.
    Unmapped,
    /// Rows that begin and rows that finish a step, and no word in the mapping which are which.
    Lifecycle,
    /// A row of totals.
    Total,
    /// A value that must be there is not.
    Required,
    /// A value longer than allowed.
    TooLong,
    /// Not a point in time, or one without an offset.
    Time,
    /// Not a day, or one that cannot be meant.
    Date,
    /// A number written with an exponent: a spreadsheet has cut it.
    Exponent,
    /// A name with a line break, or with characters that are not seen.
    Name,
    /// Not a mobile number.
    Mobile,
    /// Not an identity number.
    Identity,
    /// Not a policy number.
    PolicyNumber,
    /// Not an amount.
    Amount,
    /// Not a number.
    Number,
    /// Neither yes nor no.
    YesNo,
    /// Not one of the words this column may hold.
    Unknown,
    /// An activity the mapping does not name.
    Activity,
    /// A row, or an id that is unique in the file, stands in it twice.
    Twice,
    /// Rows of one case say different things of it.
    Differs,
    /// The source has brought a case of that number before.
    Known,
    /// A case brought before, with other values than now.
    Changed,
    /// A step of a case that has ended, or one before the last that was brought.
    Late,
    /// A unit that is not in the store.
    Unit,
    /// What registration itself refuses.
    Refused,
}

impl Rule {
    /// Its stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::NoRows => "no_rows",
            Self::TooManyRows => "too_many_rows",
            Self::Encoding => "encoding",
            Self::Delimiter => "delimiter",
            Self::Header => "header",
            Self::Nul => "nul",
            Self::Quotes => "quotes",
            Self::Columns => "columns",
            Self::ColumnTwice => "column_twice",
            Self::ColumnMissing => "column_missing",
            Self::Unmapped => "unmapped",
            Self::Lifecycle => "lifecycle",
            Self::Total => "total",
            Self::Required => "required",
            Self::TooLong => "too_long",
            Self::Time => "time",
            Self::Date => "date",
            Self::Exponent => "exponent",
            Self::Name => "name",
            Self::Mobile => "mobile",
            Self::Identity => "identity",
            Self::PolicyNumber => "policy_number",
            Self::Amount => "amount",
            Self::Number => "number",
            Self::YesNo => "yes_no",
            Self::Unknown => "unknown",
            Self::Activity => "activity",
            Self::Twice => "twice",
            Self::Differs => "differs",
            Self::Known => "known",
            Self::Changed => "changed",
            Self::Late => "late",
            Self::Unit => "unit",
            Self::Refused => "refused",
        }
    }
}

/// One thing wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The row as a spreadsheet numbers it, the header being 1; none where the whole file is meant.
    pub row: Option<u64>,
    /// The column, by its name in the header.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// The rule.
    pub rule: Rule,
    /// In words.
    pub detail: String,
}

impl Fault {
    /// Of a row.
    pub fn row(row: u64, rule: Rule, detail: impl Into<String>) -> Self {
        Self { row: Some(row), column: None, rule, detail: detail.into() }
    }

    /// Of a value.
    pub fn value(row: u64, column: &str, rule: Rule, detail: impl Into<String>) -> Self {
        Self { column: Some(column.to_owned()), ..Self::row(row, rule, detail) }
    }

    /// Of the whole file.
    pub fn file(rule: Rule, detail: impl Into<String>) -> Self {
        Self { row: None, column: None, rule, detail: detail.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.row {
            Some(row) => write!(f, "row {row}")?,
            None => f.write_str("file")?,
        }
        if let Some(column) = &self.column {
            write!(f, ", column {column}")?;
        }
        write!(f, ": {} [{}]", self.detail, self.rule.as_str())
    }
}

/// Everything wrong with a file: all of it counted, the first of it kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Faults {
    /// How many there are.
    pub count: u64,
    /// The first of them, at most [`Faults::KEPT`].
    pub first: Vec<Fault>,
}

impl Faults {
    /// How many are kept: more than anyone mends before trying again.
    pub const KEPT: usize = 1_000;

    /// One more.
    pub fn push(&mut self, fault: Fault) {
        self.count += 1;
        if self.first.len() < Self::KEPT {
            self.first.push(fault);
        }
    }

    /// All of these too.
    pub fn append(&mut self, others: Self) {
        let kept = others.first.len() as u64;
        for fault in others.first {
            self.push(fault);
        }
        self.count += others.count - kept;
    }

    /// Whether nothing is wrong.
    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }
}

impl From<Fault> for Faults {
    fn from(fault: Fault) -> Self {
        Self { count: 1, first: vec![fault] }
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for fault in &self.first {
            writeln!(f, "{fault}")?;
        }
        let more = self.count - self.first.len() as u64;
        if more > 0 {
            writeln!(f, "… and {more} more")?;
        }
        Ok(())
    }
}
