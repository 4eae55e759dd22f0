//! The table of what was asked for and what was measured.

/// Whether a bar is met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// At the size the bar speaks of.
    Ok,
    /// Within the bar, at less than the bar's size: says nothing yet about that.
    OkSmaller,
    /// Not met.
    Miss,
    /// There is no bar.
    NoBar,
    /// Nothing was measured.
    NotMeasured,
}

impl Verdict {
    /// Of a figure that is within its bar or not, measured at the bar's size or a smaller one.
    pub fn of(within: bool, full_size: bool) -> Self {
        match (within, full_size) {
            (false, _) => Self::Miss,
            (true, true) => Self::Ok,
            (true, false) => Self::OkSmaller,
        }
    }

    fn word(&self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::OkSmaller => "ok (smaller)",
            Self::Miss => "MISS",
            Self::NoBar => "–",
            Self::NotMeasured => "not measured",
        }
    }
}

/// A line of the table.
#[derive(Clone, Debug)]
pub struct Row {
    /// What is measured.
    pub what: String,
    /// On which engine.
    pub engine: &'static str,
    /// What is asked for.
    pub bar: String,
    /// What was measured, with units and how often; or why nothing was.
    pub measured: String,
    /// Whether that is enough.
    pub verdict: Verdict,
}

/// All lines.
#[derive(Debug, Default)]
pub struct Table {
    rows: Vec<Row>,
}

impl Table {
    /// Adds a line, and says it at once.
    pub fn add(&mut self, row: Row) {
        crate::command::say(format!(
            "{} [{}]: {} – {}",
            row.what,
            row.engine,
            row.measured,
            row.verdict.word()
        ));
        self.rows.push(row);
    }

    /// Adds what was measured, or a line for each that it would have been, with the reason why not.
    pub fn add_all(
        &mut self,
        measured: anyhow::Result<Vec<Row>>,
        engine: &'static str,
        wanted: &[(&str, &str)],
    ) {
        match measured {
            Ok(rows) => rows.into_iter().for_each(|row| self.add(row)),
            Err(error) => {
                let why = format!("{error:#}").replace('\n', " ");
                wanted.iter().for_each(|(what, bar)| self.add(not_measured(what, engine, bar, &why)));
            }
        }
    }

    /// Whether every bar that was measured is met, and none failed to be.
    pub fn holds(&self) -> bool {
        !self.rows.iter().any(|row| row.verdict == Verdict::Miss)
    }

    /// As Markdown, columns aligned.
    pub fn text(&self) -> String {
        let head = ["what", "engine", "bar", "measured", ""].map(str::to_owned);
        let cells = |row: &Row| {
            [&row.what, row.engine, &row.bar, &row.measured, row.verdict.word()]
                .map(|cell| cell.replace('|', "/"))
        };
        let lines: Vec<[String; 5]> = std::iter::once(head).chain(self.rows.iter().map(cells)).collect();
        let width = |column: usize| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or(0);
        let widths = [0, 1, 2, 3, 4].map(width);
        let mut text = String::new();
        for (number, line) in lines.iter().enumerate() {
            let padded = line.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}"));
            text += &format!("| {} |\n", padded.collect::<Vec<_>>().join(" | "));
            if number == 0 {
                text += &format!("|{}|\n", widths.map(|width| "-".repeat(width + 2)).join("|"));
            }
        }
        text
    }
}

/// A line that says why nothing was measured.
pub fn not_measured(what: &str, engine: &'static str, bar: &str, why: &str) -> Row {
    let why = why.chars().take(160).collect();
    Row { what: what.to_owned(), engine, bar: bar.to_owned(), measured: why, verdict: Verdict::NotMeasured }
}

/// A whole number with commas between thousands.
pub fn thousands(number: impl Into<u64>) -> String {
    let digits = number.into().to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_at_less_than_full_size_is_said_to_be_so() {
        assert_eq!(Verdict::of(true, true), Verdict::Ok);
        assert_eq!(Verdict::of(true, false), Verdict::OkSmaller);
        assert_eq!(Verdict::of(false, false), Verdict::Miss);
    }

    #[test]
    fn what_is_not_measured_neither_meets_nor_misses() {
        let mut table = Table::default();
        let failed = Err(anyhow::anyhow!("no server"));
        table.add_all(failed, "SQLite", &[("a", "≤ 1 s"), ("b", "≤ 2 s")]);
        assert!(table.holds());
        let text = table.text();
        assert_eq!(text.lines().count(), 4);
        assert!(text.contains("| a    | SQLite | ≤ 1 s | no server | not measured |"), "{text}");
        table.add(Row { verdict: Verdict::Miss, ..not_measured("c", "–", "–", "9 s") });
        assert!(!table.holds());
    }

    #[test]
    fn thousands_are_told_apart() {
        assert_eq!(thousands(0_u32), "0");
        assert_eq!(thousands(999_u32), "999");
        assert_eq!(thousands(1_000_u32), "1,000");
        assert_eq!(thousands(12_345_678_u32), "12,345,678");
    }
}
