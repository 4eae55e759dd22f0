//! An archive, read line by line; what it says is believed only once its last line has been checked.

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};

use flate2::bufread::GzDecoder;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use store::table::Cell;
use store::{ArchivePart, ArchiveSource, StoreError};

use super::{ArchiveError, End, EndLine, FORM, Header, TableLine};
use crate::seal::hex;

/// An archive that is being read.
pub struct Archive {
    file: PathBuf,
    header: Header,
    lines: BufReader<GzDecoder<BufReader<File>>>,
    hash: Sha256,
    number: u64,
    tables: u64,
    rows: u64,
    ended: bool,
}

/// A line after the first.
#[derive(Deserialize)]
#[serde(untagged)]
enum Line {
    Row(Vec<Cell>),
    Table(TableLine),
    End(EndLine),
}

impl Archive {
    /// Opens an archive and reads what it is.
    pub fn open(file: &Path) -> Result<Self, ArchiveError> {
        let opened = File::open(file).map_err(|error| ArchiveError::File(file.to_owned(), error))?;
        let lines =
            BufReader::with_capacity(1 << 18, GzDecoder::new(BufReader::with_capacity(1 << 18, opened)));
        let broken = |why: &str| ArchiveError::Broken(file.to_owned(), why.to_owned());
        let mut archive = Self {
            file: file.to_owned(),
            header: Header {
                plumbline: String::new(),
                form: 0,
                program: String::new(),
                at: chrono::DateTime::UNIX_EPOCH,
                engine: String::new(),
                schema: Vec::new(),
                key: None,
            },
            lines,
            hash: Sha256::new(),
            number: 0,
            tables: 0,
            rows: 0,
            ended: false,
        };
        let first = archive.line().map_err(|_| broken("it is no archive of Plumbline"))?;
        let mark: Mark =
            serde_json::from_slice(&first).map_err(|_| broken("it is no archive of Plumbline"))?;
        if mark.plumbline != "archive" {
            return Err(broken("it is no archive of Plumbline"));
        }
        if mark.form != FORM {
            return Err(ArchiveError::Form(file.to_owned(), mark.form));
        }
        archive.header =
            serde_json::from_slice(&first).map_err(|error| broken(&format!("its first line: {error}")))?;
        archive.hash.update(&first);
        Ok(archive)
    }

    /// What it is and needs.
    pub const fn header(&self) -> &Header {
        &self.header
    }

    /// The newest migration its store had.
    pub fn schema(&self) -> i64 {
        self.header.schema.iter().copied().max().unwrap_or(0)
    }

    /// The next line with its end.
    fn line(&mut self) -> Result<Vec<u8>, StoreError> {
        let mut line = Vec::new();
        self.number += 1;
        let read = self.lines.read_until(b'\n', &mut line);
        if read.is_err() || !line.ends_with(b"\n") {
            return Err(self.broken("it is cut off here, or was changed"));
        }
        Ok(line)
    }

    fn broken(&self, why: &str) -> StoreError {
        StoreError::Corrupt(format!("archive {}, line {}: {why}", self.file.display(), self.number))
    }

    fn check(&mut self, end: &End) -> Result<(), StoreError> {
        let counted =
            End { tables: self.tables, rows: self.rows, sha256: hex(&self.hash.clone().finalize()) };
        if *end != counted {
            return Err(self.broken("what it holds is not what was written"));
        }
        let mut more = Vec::new();
        match self.lines.read_until(b'\n', &mut more) {
            Ok(0) => Ok(()),
            _ => Err(self.broken("something follows its end")),
        }
    }
}

#[derive(Deserialize)]
struct Mark {
    plumbline: String,
    form: u32,
}

impl ArchiveSource for Archive {
    fn next_part(&mut self) -> Result<Option<ArchivePart>, StoreError> {
        if self.ended {
            return Ok(None);
        }
        let bytes = self.line()?;
        let line: Line =
            serde_json::from_slice(&bytes).map_err(|_| self.broken("it is neither a table nor a row"))?;
        let part = match line {
            Line::End(EndLine { end }) => {
                self.check(&end)?;
                self.ended = true;
                return Ok(None);
            }
            Line::Table(TableLine { table, columns }) => {
                self.tables += 1;
                ArchivePart::Table(table, columns)
            }
            Line::Row(row) => {
                self.rows += 1;
                ArchivePart::Row(row)
            }
        };
        self.hash.update(&bytes);
        Ok(Some(part))
    }
}
