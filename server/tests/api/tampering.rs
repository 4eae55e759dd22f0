//! Somebody changes one value at the database, past every trigger and check: `verify` finds it and names it. Every
//! column of every table that is evidence, follows from it or holds keys, as the database itself lists them.

use std::collections::BTreeMap;

use server::verify::{Report, verify};
use store::table::{Cell, EXEMPT, Role, TABLES, Table};
use store::{Engine, StoreError};
use store_sqlite::tamper::{GONE_OR_ADDED, NO_SEALS};

use crate::support::everything::everything;
use crate::support::{TestApp, stores};

#[tokio::test]
async fn on_sqlite_one_changed_value_is_found_whatever_it_is() {
    let app = everything(Engine::Sqlite).await;
    let mut tamper = Hand::Sqlite(store_sqlite::tamper::Tamper::with(app.place.url()).await.expect("a hand"));
    found_whatever_it_is(&app, &mut tamper).await;
}

#[tokio::test]
async fn on_postgres_one_changed_value_is_found_whatever_it_is() {
    let app = everything(Engine::Postgres).await;
    let database = app.place.database();
    let mut tamper =
        Hand::Postgres(store_postgres::tamper::Tamper::with(app.place.url()).await.expect("a hand"));
    found_whatever_it_is(&app, &mut tamper).await;
    drop((app, tamper));
    stores::clear(database).await;
}

/// The two engines' hands do the same and are of two types.
enum Hand {
    Sqlite(store_sqlite::tamper::Tamper),
    Postgres(store_postgres::tamper::Tamper),
}

enum Change {
    Sqlite(store_sqlite::tamper::Changed),
    Postgres(store_postgres::tamper::Changed),
}

impl Change {
    fn row(&self) -> (&BTreeMap<String, Cell>, &Cell) {
        match self {
            Self::Sqlite(changed) => (&changed.before, &changed.after),
            Self::Postgres(changed) => (&changed.before, &changed.after),
        }
    }
}

impl Hand {
    async fn columns(&mut self, table: &'static Table) -> Vec<String> {
        let columns = match self {
            Self::Sqlite(hand) => hand.columns(table).await,
            Self::Postgres(hand) => hand.columns(table).await,
        };
        columns.expect("columns")
    }

    async fn change(&mut self, table: &'static Table, column: &str) -> Result<Change, StoreError> {
        match self {
            Self::Sqlite(hand) => hand.change(table, column).await.map(Change::Sqlite),
            Self::Postgres(hand) => hand.change(table, column).await.map(Change::Postgres),
        }
    }

    async fn undo(&mut self, change: &Change) {
        let undone = match (self, change) {
            (Self::Sqlite(hand), Change::Sqlite(change)) => hand.undo(change).await,
            (Self::Postgres(hand), Change::Postgres(change)) => hand.undo(change).await,
            _ => unreachable!("one hand, one engine"),
        };
        undone.expect("it is as it was");
    }

    async fn run(&mut self, sql: &'static str) {
        let done = match self {
            Self::Sqlite(hand) => hand.run(sql).await,
            Self::Postgres(hand) => hand.run(sql).await,
        };
        done.expect("it is done");
    }
}

fn faults(report: &Report) -> Vec<String> {
    report.checks.each().into_iter().flat_map(|(_, check)| check.faults.clone()).collect()
}

async fn found_whatever_it_is(app: &TestApp, hand: &mut Hand) {
    let (store, vault) = (app.app.store().as_ref(), app.app.vault());
    let whole = verify(store, vault).await.expect("the store is read");
    assert!(whole.ok, "{:#?}", faults(&whole));
    assert_eq!(whole.unsealed, 0);
    let numbers: BTreeMap<String, String> = store
        .cases_behind(None, 10_000)
        .await
        .expect("cases")
        .into_iter()
        .map(|case| (case.record.case.id.to_string(), case.record.case.number))
        .collect();
    let (mut missed, mut tried) = (Vec::new(), 0);
    for table in TABLES {
        if !matches!(table.role, Role::Log | Role::Noted | Role::Derived | Role::Keys) {
            continue;
        }
        let columns = hand.columns(table).await;
        assert!(!columns.is_empty(), "the story leaves {} empty, and nothing of it is tried", table.name);
        for column in columns {
            if EXEMPT.iter().any(|(of, exempt, _)| (*of, *exempt) == (table.name, column.as_str())) {
                continue;
            }
            let place = format!("{}.{column}", table.name);
            let change = match hand.change(table, &column).await {
                Ok(change) => change,
                Err(error) => panic!("{place} cannot be tried: {error}"),
            };
            let report = verify(store, vault).await.expect("verify reads what is there");
            let faults = faults(&report);
            let (row, after) = change.row();
            if report.ok || !faults.iter().any(|fault| names(fault, row, after, &column, table, &numbers)) {
                missed.push(format!("{place}: {:?}", faults.iter().take(3).collect::<Vec<_>>()));
            }
            hand.undo(&change).await;
            tried += 1;
        }
    }
    assert!(missed.is_empty(), "{} of {tried} not found or not named: {missed:#?}", missed.len());
    assert!(tried > 200, "{tried} columns");
    let again = verify(store, vault).await.expect("the store is read");
    assert!(again.ok, "everything is as it was: {:#?}", faults(&again));
    gone_or_added(app, hand).await;
}

/// Whether a fault says which row it is: by the number or id of its case, the number of the seal, or the key it has.
fn names(
    fault: &str,
    row: &BTreeMap<String, Cell>,
    after: &Cell,
    column: &str,
    table: &Table,
    numbers: &BTreeMap<String, String>,
) -> bool {
    if let Some(id) = row.get("case_id").map(ToString::to_string)
        && (fault.contains(&id) || numbers.get(&id).is_some_and(|number| fault.contains(number)))
    {
        return true;
    }
    if column == "case_id" && fault.contains(&after.to_string()) {
        return true;
    }
    // A seal covers many events and names none.
    if table.name == "seal" || (table.name, column) == ("event", "seq") {
        return fault.starts_with("seal ");
    }
    if table.name == "ledger" {
        return fault.contains("entries of the ledger") || fault.contains(&row["table_name"].to_string());
    }
    let told = |key: &&str| {
        let before = row[*key].to_string();
        fault.contains(&before) || (*key == column && fault.contains(&after.to_string()))
    };
    fault.contains(table.name) && table.key.iter().take(table.group).any(told)
        || row.get("number").is_some_and(|number| fault.contains(&number.to_string()))
}

/// Rows that are taken away or put in are found as well.
async fn gone_or_added(app: &TestApp, hand: &mut Hand) {
    let (store, vault) = (app.app.store().as_ref(), app.app.vault());
    let kept = verify(store, vault).await.expect("the store is read").seal.expect("a seal");
    for (sql, told) in GONE_OR_ADDED {
        hand.run(sql).await;
        let report = verify(store, vault).await.expect("verify reads what is there");
        assert!(faults(&report).iter().any(|fault| fault.contains(told)), "{sql}: {:#?}", faults(&report));
    }
    // All seals gone: what is there agrees with itself, and no longer with what was kept elsewhere.
    hand.run(NO_SEALS).await;
    let report = server::verify::verify_against(store, vault, Some(&kept)).await.expect("the store is read");
    assert!(
        report.checks.seals.faults.iter().any(|fault| fault.contains("was kept and is not there")),
        "{:?}",
        report.checks.seals
    );
}
