//! One archive of a whole store, the same whichever engine it comes from: gzip of JSON lines.
//!
//! ```text
//! {"plumbline":"archive","form":1,"program":"0.1.0","at":…,"engine":"sqlite","schema":[1,…],"key":{"master":…,"wrapped":…}}
//! {"table":"unit","columns":["id","name",…]}
//! ["SH","上海分公司",…]
//! …
//! {"end":{"tables":36,"rows":123456,"sha256":"…"}}
//! ```
//!
//! Tables stand in the order of [`TABLES`], rows in the order of their keys, values in the form both engines share
//! ([`store::table::Cell`]). The last line counts tables and rows and has the SHA-256 of all lines before it: a file
//! that was cut off or changed is refused. The master key is not in it, only the mark that tells which one is needed.

use std::path::{Path, PathBuf};

use domain::time::Timestamp;
use serde::{Deserialize, Serialize};
use store::table::TABLES;

mod export;
mod read;
mod write;

pub use export::{Exported, export};
pub use read::Archive;
pub use write::{Written, backup};

/// What an archive is and needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// Always `archive`.
    pub plumbline: String,
    /// Version of the archive's form.
    pub form: u32,
    /// Version of the program that wrote it.
    pub program: String,
    /// When it was begun.
    pub at: Timestamp,
    /// The engine it was taken from.
    pub engine: String,
    /// Numbers of the migrations its store had.
    pub schema: Vec<i64>,
    /// Which master key its data keys are wrapped with; none where nothing was ever sealed.
    pub key: Option<KeyMark>,
}

/// The store's first wrapped key: a master key that opens it is the one the archive needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyMark {
    /// Fingerprint of the master key.
    pub master: String,
    /// The wrapped key, hexadecimal.
    pub wrapped: String,
}

/// The form this program writes and reads.
const FORM: u32 = 1;

#[derive(Serialize, Deserialize)]
struct TableLine {
    table: String,
    columns: Vec<String>,
}

#[derive(Serialize, Deserialize)]
struct EndLine {
    end: End,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct End {
    tables: u64,
    rows: u64,
    sha256: String,
}

/// Why there is no archive, or none that can be used.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// The file cannot be read or written.
    #[error("archive {0}: {1}")]
    File(PathBuf, std::io::Error),
    /// There is a file already; nothing is overwritten.
    #[error("archive {0}: there is such a file already")]
    Exists(PathBuf),
    /// Not an archive at all, or not whole.
    #[error("archive {0}: {1}")]
    Broken(PathBuf, String),
    /// Written in a form this program does not know.
    #[error("archive {0} is of form {1}, and this program knows form {FORM}: use a newer one")]
    Form(PathBuf, u32),
    /// The store.
    #[error(transparent)]
    Store(#[from] store::StoreError),
}

/// A part of the name of a file that is not finished.
fn partial(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".partial");
    PathBuf::from(name)
}

/// How many tables an archive of this program holds.
fn kept() -> usize {
    TABLES.iter().filter(|table| table.is_kept()).count()
}
