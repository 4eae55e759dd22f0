//! Derived rows against what the log gives: worked out by the very code that writes them, compared column by column.

use crate::{
    case::follow,
    dialect::{Conn, Db},
    error::store_error,
    import::work_rows,
    ledger::{cells, names},
    rows::Row,
    text,
};
use domain::id::CaseId;
use sqlx::QueryBuilder;
use std::collections::{BTreeMap, BTreeSet};
use store::{
    Known, StoreError, TableFault,
    table::{Cell, Role, TABLES, Table},
};
use uuid::Uuid;

/// A row that should be there, after the names of its columns: an imported case fills fewer than one of ours.
type ExpectedRow = (&'static [&'static str], Vec<Cell>);

/// Rows that should be there.
#[derive(Default)]
pub(crate) struct Expected {
    tables: BTreeMap<&'static str, Vec<ExpectedRow>>,
}

impl Expected {
    /// Adds rows of a table.
    pub(crate) fn add<R: Row>(&mut self, rows: impl IntoIterator<Item = R>) {
        let table = self.tables.entry(R::TABLE).or_default();
        table.extend(rows.into_iter().map(|row| (R::COLUMNS, row.cells())));
    }
}

/// Which cases: behind one and up to another.
type Range = (Option<CaseId>, Option<CaseId>);

/// Imported cases compared at once: there may be very many between two cases the log knows.
const AT_ONCE: i64 = 500;

pub(super) async fn compare(
    conn: &mut Conn,
    (mut behind, to): Range,
    known: &[Known],
) -> Result<Vec<TableFault>, StoreError> {
    let (mut faults, mut known) = (Vec::new(), known);
    loop {
        let step = imported_behind(conn, (behind, to)).await?;
        let end = step.or(to);
        let within = known.iter().take_while(|one| end.is_none_or(|end| one.case() <= end)).count();
        let (these, rest) = known.split_at(within);
        faults.extend(compare_some(conn, (behind, end), these).await?);
        if step.is_none() {
            return Ok(faults);
        }
        (behind, known) = (step, rest);
    }
}

/// The imported case so many behind another; none where there are fewer.
async fn imported_behind(conn: &mut Conn, (behind, to): Range) -> Result<Option<CaseId>, StoreError> {
    let mut query = QueryBuilder::<Db>::new("SELECT case_id FROM imported_case WHERE case_id > ");
    query.push_bind(behind.map_or(Uuid::nil(), |case| case.0));
    query.push(" AND case_id <= ").push_bind(to.map_or(Uuid::max(), |case| case.0));
    query.push(" ORDER BY case_id LIMIT 1 OFFSET ").push_bind(AT_ONCE - 1);
    let row: Option<(Uuid,)> = query.build_query_as().fetch_optional(conn).await.map_err(store_error)?;
    Ok(row.map(|(case,)| CaseId(case)))
}

async fn compare_some(conn: &mut Conn, range: Range, known: &[Known]) -> Result<Vec<TableFault>, StoreError> {
    let mut expected = Expected::default();
    let mut numbers: BTreeMap<Uuid, String> = BTreeMap::new();
    let mut unreadable: BTreeSet<Uuid> = BTreeSet::new();
    let mut notes: BTreeMap<Uuid, (i64, [u8; 32])> = BTreeMap::new();
    for one in known {
        match one {
            Known::Case(change, link) => {
                numbers.insert(change.after.id.0, change.after.number.clone());
                follow(change, *link, &mut expected)?;
            }
            Known::Notes { case, version, link } => {
                notes.insert(case.0, (text::int(*version)?, *link));
            }
            Known::Unreadable(case) => {
                unreadable.insert(case.0);
            }
        }
    }
    let mut faults = Vec::new();
    // Imported cases stand in lists too. What they say themselves the ledger vouches for.
    let imported = stored(conn, "imported_case", range).await?;
    let steps = stored(conn, "imported_step", range).await?;
    let mut steps_of: BTreeMap<&Cell, Vec<BTreeMap<&str, &Cell>>> = BTreeMap::new();
    for step in steps.rows() {
        if let Some(case) = step.get("case_id").copied() {
            steps_of.entry(case).or_default().push(step);
        }
    }
    for row in imported.rows() {
        let (Some(Cell::Bytes(case)), Some(Cell::Text(number))) = (row.get("case_id"), row.get("number"))
        else {
            continue;
        };
        let case = Uuid::from_slice(case).unwrap_or_default();
        numbers.insert(case, number.clone());
        let (version, link) = notes.remove(&case).unwrap_or((0, store::chain::START));
        for (column, cell) in [("version", Cell::Int(version)), ("link", Cell::Bytes(link.to_vec()))] {
            if !unreadable.contains(&case) && row.get(column) != Some(&&cell) {
                faults.push(TableFault {
                    table: "imported_case",
                    words: format!("{number}: imported_case: {column} is not what its notes give"),
                });
            }
        }
        let of_case = row.get("case_id").and_then(|case| steps_of.remove(*case)).unwrap_or_default();
        work_rows(&row, of_case, version, &mut expected);
    }
    faults.extend(
        notes
            .into_keys()
            .map(|case| TableFault { table: "imported_case", words: format!("{case}: events of no case") }),
    );
    for table in TABLES.iter().filter(|table| table.role == Role::Derived) {
        let rows = expected.tables.remove(table.name).unwrap_or_default();
        let found = stored(conn, table.name, range).await?;
        differences(table, &rows, &found, &numbers, &unreadable, &mut faults);
    }
    Ok(faults)
}

/// Rows as they stand.
struct Stored {
    columns: Vec<String>,
    rows: Vec<Vec<Cell>>,
}

impl Stored {
    fn rows(&self) -> impl Iterator<Item = BTreeMap<&str, &Cell>> {
        self.rows.iter().map(|row| self.columns.iter().map(String::as_str).zip(row).collect())
    }
}

async fn stored(conn: &mut Conn, table: &str, (behind, to): Range) -> Result<Stored, StoreError> {
    let mut query = QueryBuilder::<Db>::new("SELECT * FROM ");
    query.push(table).push(" WHERE case_id > ").push_bind(behind.map_or(Uuid::nil(), |case| case.0));
    query.push(" AND case_id <= ").push_bind(to.map_or(Uuid::max(), |case| case.0));
    let rows = query.build().fetch_all(conn).await.map_err(store_error)?;
    let columns = rows.first().map(names).unwrap_or_default();
    Ok(Stored { columns, rows: rows.iter().map(cells).collect::<Result<_, _>>()? })
}

fn differences(
    table: &'static Table,
    expected: &[ExpectedRow],
    found: &Stored,
    numbers: &BTreeMap<Uuid, String>,
    unreadable: &BTreeSet<Uuid>,
    faults: &mut Vec<TableFault>,
) {
    let place = |names: &[&str], name: &str| names.iter().position(|column| *column == name);
    let found_columns: Vec<&str> = found.columns.iter().map(String::as_str).collect();
    let key = |names: &[&str], row: &[Cell]| -> Vec<Cell> {
        let cell = |name: &&str| place(names, name).map_or(Cell::Null, |at| row[at].clone());
        table.key.iter().map(cell).collect()
    };
    let case = |names: &[&str], row: &[Cell]| match place(names, "case_id").map(|at| &row[at]) {
        Some(Cell::Bytes(id)) => Uuid::from_slice(id).unwrap_or_default(),
        _ => Uuid::nil(),
    };
    let mut fault = |case: Uuid, key: &[Cell], what: &str| {
        // The key of a row beside its case, which the number says.
        let rest: Vec<String> = (table.key.iter().zip(key))
            .filter(|(column, _)| **column != "case_id" && **column != "digest")
            .map(|(_, cell)| cell.to_string())
            .collect();
        let number = numbers.get(&case).cloned().unwrap_or_else(|| case.to_string());
        let row = if rest.is_empty() { String::new() } else { format!(" {}", rest.join(" ")) };
        faults
            .push(TableFault { table: table.name, words: format!("{number}: {}{row}: {what}", table.name) });
    };
    let mut there: BTreeMap<Vec<Cell>, &Vec<Cell>> =
        found.rows.iter().map(|row| (key(&found_columns, row), row)).collect();
    for (columns, row) in expected {
        let (id, own) = (case(columns, row), key(columns, row));
        let Some(other) = there.remove(&own) else {
            fault(id, &own, "is missing");
            continue;
        };
        for (at, name) in found_columns.iter().enumerate() {
            let should = place(columns, name).map_or(&Cell::Null, |at| &row[at]);
            if other[at] != *should {
                fault(id, &own, &format!("{name} is not what its events give"));
            }
        }
    }
    for (own, row) in there {
        let id = case(&found_columns, row);
        if !unreadable.contains(&id) {
            fault(id, &own, "follows from no event");
        }
    }
}
