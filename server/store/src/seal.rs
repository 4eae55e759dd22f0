//! Seals over the log, and the hashes the ledger keeps of rows that are no events.
//!
//! A seal is HMAC-SHA256, under a key that only who has the master key can come by, over the seal before it and over
//! every event and ledger entry since then with its place. Whoever can write to the database but does not have the
//! key can neither change what is sealed, nor cut its tail off and seal anew. What came since the last seal is held by
//! its links alone; and a whole older state of the database shows only against a seal that was kept elsewhere.

use crate::chain::Link;
use crate::table::{Cell, Table};
use domain::time::Timestamp;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt;

/// Events one seal covers at most; a long log is sealed in several.
pub const AT_ONCE: u32 = 50_000;

/// The key of the seals.
#[derive(Clone)]
pub struct SealKey([u8; 32]);

impl SealKey {
    /// From bytes.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

impl fmt::Debug for SealKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealKey(…)")
    }
}

/// A seal as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    /// Its number, from 1.
    pub no: i64,
    /// Places in the log behind this one …
    pub from: i64,
    /// … up to this one are sealed.
    pub to: i64,
    /// How many events.
    pub events: i64,
    /// How many entries of the ledger.
    pub entries: i64,
    /// When.
    pub at: Timestamp,
    /// The seal itself.
    pub mac: [u8; 32],
}

impl fmt::Display for Seal {
    /// As it is printed to be kept elsewhere, and given to `verify --seal`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.no, crate::table::hex(&self.mac))
    }
}

/// A seal in the making.
pub struct Sealing {
    mac: Hmac<Sha256>,
    events: i64,
    entries: i64,
}

impl Sealing {
    /// Begins the seal of a number over places behind `from` up to `to`, after the seal before.
    pub fn begin(key: &SealKey, before: &[u8; 32], no: i64, (from, to): (i64, i64), at: Timestamp) -> Self {
        let mut mac =
            <Hmac<Sha256> as KeyInit>::new_from_slice(&key.0).expect("HMAC takes keys of any length");
        mac.update(b"plumbline seal 2\n");
        mac.update(before);
        for number in [no, from, to, at.timestamp_millis()] {
            mac.update(&number.to_be_bytes());
        }
        Self { mac, events: 0, entries: 0 }
    }

    /// An event, in the order of the log.
    pub fn event(&mut self, seq: i64, link: &[u8]) {
        self.mac.update(b"e");
        self.mac.update(&seq.to_be_bytes());
        self.text(link);
        self.events += 1;
    }

    /// An entry of the ledger, in its order, after all events.
    pub fn entry(&mut self, (seq, entry): (i64, i64), table: &str, key: &str, hash: &[u8]) {
        self.mac.update(b"l");
        self.mac.update(&seq.to_be_bytes());
        self.mac.update(&entry.to_be_bytes());
        self.text(table.as_bytes());
        self.text(key.as_bytes());
        self.text(hash);
        self.entries += 1;
    }

    /// How many events and entries went in.
    pub const fn counts(&self) -> (i64, i64) {
        (self.events, self.entries)
    }

    /// The seal.
    pub fn end(mut self) -> Link {
        self.mac.update(&self.events.to_be_bytes());
        self.mac.update(&self.entries.to_be_bytes());
        self.mac.finalize().into_bytes().into()
    }

    fn text(&mut self, bytes: &[u8]) {
        self.mac.update(&(bytes.len() as u64).to_be_bytes());
        self.mac.update(bytes);
    }
}

/// Rows of a table that the ledger notes together, on their way to one hash. Columns count by name and not by place,
/// and empty ones not at all, so that a column that is added later leaves old entries as they are.
#[derive(Debug)]
pub struct Group {
    /// What names them in the ledger.
    pub key: String,
    rows: Vec<[u8; 32]>,
}

impl Group {
    /// Begins a group.
    pub const fn new(key: String) -> Self {
        Self { key, rows: Vec::new() }
    }

    /// What names the group of a row.
    pub fn key_of(table: &Table, columns: &[String], row: &[Cell]) -> String {
        let cell = |name: &&str| columns.iter().position(|column| column == name).and_then(|at| row.get(at));
        let named = table.key.iter().take(table.group).map(|name| match cell(name) {
            Some(cell) => cell.to_string(),
            None => String::new(),
        });
        named.collect::<Vec<_>>().join("\u{1f}")
    }

    /// Adds a row.
    pub fn add(&mut self, table: &Table, columns: &[String], row: &[Cell]) {
        let named: BTreeMap<&str, &Cell> = columns.iter().map(String::as_str).zip(row).collect();
        let mut hash = Sha256::new();
        for (name, cell) in named {
            if table.follows.contains(&name) {
                continue;
            }
            let (kind, bytes) = match cell {
                Cell::Null => continue,
                Cell::Int(number) => (b'i', number.to_be_bytes().to_vec()),
                Cell::Text(text) => (b't', text.clone().into_bytes()),
                Cell::Bytes(bytes) => (b'b', bytes.clone()),
            };
            hash.update((name.len() as u64).to_be_bytes());
            hash.update(name);
            hash.update([kind]);
            hash.update((bytes.len() as u64).to_be_bytes());
            hash.update(bytes);
        }
        self.rows.push(hash.finalize().into());
    }

    /// The hash of the group; the order of its rows does not matter.
    pub fn hash(mut self, table: &Table) -> [u8; 32] {
        self.rows.sort_unstable();
        let mut hash = Sha256::new();
        hash.update(b"plumbline ledger 1\n");
        hash.update((table.name.len() as u64).to_be_bytes());
        hash.update(table.name);
        for row in &self.rows {
            hash.update(row);
        }
        hash.finalize().into()
    }
}
