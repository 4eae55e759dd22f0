//! Both engines have the same tables, columns, nullability and keys: each says its schema in the same words, and
//! the words are one text beside this file.

use super::harness::Base;
use std::collections::{BTreeMap, BTreeSet};
use store::table::{Role, TABLES, Table};

const EXPECTED: &str = include_str!("schema.txt");

#[tokio::test]
async fn the_schema_is_the_same_on_both_engines() {
    let base = Base::new().await;
    let mut conn = base.raw().await;
    let mut said: Vec<String> = Vec::new();
    for part in PARTS {
        let rows: Vec<(String,)> = sqlx::query_as(part).fetch_all(&mut conn).await.unwrap();
        said.extend(rows.into_iter().map(|(line,)| line));
    }
    said.sort_unstable();
    let expected: Vec<&str> = EXPECTED.lines().collect();
    let missing: Vec<_> = expected.iter().filter(|line| !said.iter().any(|said| said == *line)).collect();
    let more: Vec<_> = said.iter().filter(|line| !expected.contains(&line.as_str())).collect();
    assert!(missing.is_empty() && more.is_empty(), "missing: {missing:#?}\nmore: {more:#?}");
    base.end().await;
}

/// Who vouches for a table, and whether an archive holds it, is said in one place.
#[tokio::test]
async fn every_table_has_its_place_in_the_list_of_tables() {
    let base = Base::new().await;
    let mut conn = base.raw().await;
    let rows: Vec<(String,)> = sqlx::query_as(PARTS[0]).fetch_all(&mut conn).await.unwrap();
    let mut keys: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for (line,) in &rows {
        let (table, rest) = line.split_once('.').unwrap();
        let columns = keys.entry(table.to_owned()).or_default();
        if let Some((column, place)) = rest.split_once(" key ") {
            columns.insert(place.to_owned(), column.split(' ').next().unwrap().to_owned());
        }
    }
    for (name, key) in &keys {
        let table = Table::named(name).unwrap_or_else(|| {
            panic!("{name} is a new table: say in store::table::TABLES what it holds, so that verify, backup and the tests of tampering know")
        });
        let columns: BTreeSet<&str> = key.values().map(String::as_str).collect();
        let listed: BTreeSet<&str> = table.key.iter().copied().collect();
        // The log is read by case, and records of access have no key of their own.
        if !["event", "access_record"].contains(&table.name) {
            assert_eq!(listed, columns, "the key of {name} in store::table::TABLES");
        }
        let case = rows.iter().any(|(line,)| line.starts_with(&format!("{name}.case_id ")));
        assert!(case || !matches!(table.role, Role::Derived | Role::Keys), "{name} is compared by case");
    }
    let gone: Vec<_> = TABLES.iter().filter(|table| !keys.contains_key(table.name)).collect();
    assert!(gone.is_empty(), "there is no such table: {gone:?}");
    base.end().await;
}

/// Columns, then keys. Types are named as SQLite names them: what one engine tells apart by type, the other
/// tells apart by its checks.
#[cfg(feature = "sqlite")]
const PARTS: [&str; 3] = [
    "SELECT t.name || '.' || c.name || ' ' || c.type || CASE WHEN c.\"notnull\" THEN ' not null' ELSE '' END
            || CASE WHEN c.pk > 0 THEN ' key ' || c.pk ELSE '' END
     FROM sqlite_schema t, pragma_table_info(t.name) c
     WHERE t.type = 'table' AND t.name NOT IN ('_sqlx_migrations', 'sqlite_sequence', 'sqlite_stat1', 'sqlite_stat4')",
    "SELECT 'index ' || t.name || CASE WHEN i.\"unique\" THEN ' unique' ELSE '' END || CASE WHEN i.partial THEN ' partial' ELSE '' END
            || ' (' || (SELECT group_concat(COALESCE(x.name, '…'), ', ') FROM (SELECT name FROM pragma_index_info(i.name) ORDER BY seqno) x) || ')'
     FROM sqlite_schema t, pragma_index_list(t.name) i
     WHERE t.type = 'table' AND i.origin <> 'pk' AND t.name <> '_sqlx_migrations'",
    "SELECT 'reference ' || t.name || '.' || f.\"from\" || ' to ' || f.\"table\" || '.' || f.\"to\"
     FROM sqlite_schema t, pragma_foreign_key_list(t.name) f WHERE t.type = 'table'",
];

#[cfg(feature = "postgres")]
const PARTS: [&str; 3] = [
    "SELECT c.table_name || '.' || c.column_name || ' '
            || CASE c.data_type WHEN 'bigint' THEN 'INTEGER' WHEN 'boolean' THEN 'INTEGER' WHEN 'uuid' THEN 'BLOB'
               WHEN 'bytea' THEN 'BLOB' WHEN 'text' THEN 'TEXT' WHEN 'date' THEN 'TEXT'
               WHEN 'timestamp with time zone' THEN 'TEXT' ELSE c.data_type END
            || CASE WHEN c.is_nullable = 'NO' THEN ' not null' ELSE '' END
            || COALESCE((SELECT ' key ' || k.ordinal_position FROM information_schema.key_column_usage k
                 JOIN information_schema.table_constraints n ON n.constraint_name = k.constraint_name
                 WHERE n.constraint_type = 'PRIMARY KEY' AND k.table_schema = 'public'
                   AND k.table_name = c.table_name AND k.column_name = c.column_name), '')
     FROM information_schema.columns c
     WHERE c.table_schema = 'public' AND c.table_name <> '_sqlx_migrations'",
    "SELECT 'index ' || t.relname || CASE WHEN i.indisunique THEN ' unique' ELSE '' END
            || CASE WHEN i.indpred IS NOT NULL THEN ' partial' ELSE '' END
            || ' (' || (SELECT string_agg(COALESCE(a.attname, '…'), ', ' ORDER BY k.place)
                        FROM unnest(i.indkey) WITH ORDINALITY AS k(attnum, place)
                        LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.attnum AND k.attnum > 0) || ')'
     FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace n ON n.oid = t.relnamespace
     WHERE n.nspname = 'public' AND NOT i.indisprimary AND t.relname <> '_sqlx_migrations'",
    "SELECT 'reference ' || f.conrelid::regclass || '.' || a.attname || ' to ' || f.confrelid::regclass || '.' || b.attname
     FROM pg_constraint f
     JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = f.conkey[1]
     JOIN pg_attribute b ON b.attrelid = f.confrelid AND b.attnum = f.confkey[1]
     WHERE f.contype = 'f'",
];
