//! An archive, written.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Serialize;
use sha2::{Digest, Sha256};
use store::table::TABLES;
use store::{Engine, Store, StoreError};

use super::{ArchiveError, End, EndLine, FORM, Header, KeyMark, TableLine, kept, partial};
use crate::seal::hex;
use crate::source::Source;
use crate::start::DIGEST_KEY;

/// What was written.
#[derive(Debug, Clone, Serialize)]
pub struct Written {
    /// Tables.
    pub tables: u64,
    /// Rows.
    pub rows: u64,
    /// SHA-256 of its lines, as its last line says.
    pub sha256: String,
    /// Fingerprint of the master key it needs; none where nothing was ever sealed.
    pub master: Option<String>,
}

/// Writes everything a store holds at this moment, beside servers that go on writing. The file has its name only once
/// it is whole and on the disk, and is for this account alone.
pub async fn backup(store: &dyn Store, source: &Source, file: &Path) -> Result<Written, ArchiveError> {
    if file.exists() {
        return Err(ArchiveError::Exists(file.to_owned()));
    }
    let unfinished = partial(file);
    let fault = |error| ArchiveError::File(file.to_owned(), error);
    // One that was left behind when a backup was killed.
    match fs::remove_file(&unfinished) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(fault(error)),
        _ => {}
    }
    let out = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&unfinished).map_err(fault)?;
    let snapshot = store.snapshot().await?;
    let written = write_all(snapshot.as_ref(), source, out).await;
    snapshot.close().await;
    let written = written.and_then(|(written, out)| {
        out.sync_all().map_err(io_fault)?;
        Ok(written)
    });
    match written {
        Ok(written) => {
            fs::rename(&unfinished, file).map_err(fault)?;
            let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
            File::open(folder.unwrap_or(Path::new(".")))
                .and_then(|folder| folder.sync_all())
                .map_err(fault)?;
            Ok(written)
        }
        Err(error) => {
            fs::remove_file(&unfinished).map_err(fault)?;
            Err(error.into())
        }
    }
}

async fn write_all(store: &dyn Store, source: &Source, out: File) -> Result<(Written, File), StoreError> {
    let key = store.key_of(DIGEST_KEY).await?;
    let master = key.as_ref().map(|key| key.master.clone());
    let header = Header {
        plumbline: "archive".to_owned(),
        form: FORM,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        at: source.now(),
        engine: match store.engine() {
            Engine::Sqlite => "sqlite",
            Engine::Postgres => "postgres",
        }
        .to_owned(),
        schema: store.schema().await?,
        key: key.map(|key| KeyMark { master: key.master, wrapped: hex(&key.wrapped) }),
    };
    let out = BufWriter::with_capacity(1 << 18, out);
    let mut lines = Lines { out: GzEncoder::new(out, Compression::fast()), hash: Sha256::new(), rows: 0 };
    lines.write(&header)?;
    for table in TABLES.iter().filter(|table| table.is_kept()) {
        let mut begun = false;
        let name = table.name.to_owned();
        store
            .rows(table, &mut |columns, row| {
                if !begun {
                    begun = true;
                    lines.write(&TableLine { table: name.clone(), columns: columns.to_vec() })?;
                }
                lines.rows += 1;
                lines.write(&row)
            })
            .await?;
        if !begun {
            lines.write(&TableLine { table: name, columns: Vec::new() })?;
        }
    }
    lines.end(master)
}

/// Lines on their way into the file, hashed as they pass.
struct Lines {
    out: GzEncoder<BufWriter<File>>,
    hash: Sha256,
    rows: u64,
}

impl Lines {
    fn write(&mut self, line: &impl Serialize) -> Result<(), StoreError> {
        let mut line = serde_json::to_vec(line).map_err(|_| StoreError::Invalid("a row that is no JSON"))?;
        line.push(b'\n');
        self.hash.update(&line);
        self.out.write_all(&line).map_err(io_fault)
    }

    fn end(mut self, master: Option<String>) -> Result<(Written, File), StoreError> {
        let sha256 = hex(&self.hash.clone().finalize());
        let end = End { tables: kept() as u64, rows: self.rows, sha256 };
        self.write(&EndLine { end: end.clone() })?;
        let out = self.out.finish().map_err(io_fault)?;
        let file = out.into_inner().map_err(|error| io_fault(error.into_error()))?;
        let End { tables, rows, sha256 } = end;
        Ok((Written { tables, rows, sha256, master }, file))
    }
}

fn io_fault(error: io::Error) -> StoreError {
    match error.kind() {
        io::ErrorKind::StorageFull => StoreError::Full,
        _ => StoreError::Unavailable(error.into()),
    }
}
