//! The master key: 32 bytes, from the environment or a file that only the server's account reads.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use secrecy::{ExposeSecret, SecretBox};

use crate::seal::{hex, sha256};
use crate::source::Source;

/// Why there is no master key to work with.
#[derive(Debug, thiserror::Error)]
pub enum MasterKeyError {
    /// The file cannot be read or written.
    #[error("master key {0}: {1}")]
    File(PathBuf, io::Error),
    /// Others than the server's account can read it.
    #[error("master key {0} can be read by others (mode {1:o}): chmod 600")]
    Open(PathBuf, u32),
    /// Not 32 bytes in base64.
    #[error("the master key is 32 bytes in base64: `openssl rand -base64 32`")]
    Form,
    /// The store has sealed values, and the key that opens them is not here.
    #[error("master key {0} is missing, and this store has values sealed with it: bring the key back")]
    Lost(PathBuf),
    /// Neither a key nor a place for one is set.
    #[error(
        "set master_key_file (or PLUMBLINE_MASTER_KEY): a PostgreSQL store has no place of its own for the key"
    )]
    Nowhere,
}

/// The key that wraps every data key.
#[derive(Debug)]
pub struct MasterKey(SecretBox<[u8; 32]>);

impl MasterKey {
    /// From bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(SecretBox::new(Box::new(bytes)))
    }

    /// From base64.
    pub fn from_base64(text: &str) -> Result<Self, MasterKeyError> {
        let bytes = STANDARD.decode(text.trim()).map_err(|_| MasterKeyError::Form)?;
        Ok(Self::new(bytes.try_into().map_err(|_| MasterKeyError::Form)?))
    }

    /// Reads the file; makes it, readable for this account alone, unless the store already has sealed values.
    pub fn read_or_create(path: &Path, in_use: bool, source: &Source) -> Result<Self, MasterKeyError> {
        let fault = |error| MasterKeyError::File(path.to_owned(), error);
        match File::open(path) {
            Ok(file) => {
                let mode = file.metadata().map_err(fault)?.mode() & 0o777;
                if mode & 0o077 != 0 {
                    return Err(MasterKeyError::Open(path.to_owned(), mode));
                }
                Self::from_base64(&io::read_to_string(file).map_err(fault)?)
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound && in_use => {
                Err(MasterKeyError::Lost(path.to_owned()))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Self::create(path, source).map_err(fault)
            }
            Err(error) => Err(fault(error)),
        }
    }

    /// Writes a new key and waits until the disk has it: values sealed with a key that is lost are lost.
    fn create(path: &Path, source: &Source) -> io::Result<Self> {
        let bytes: [u8; 32] = source.bytes();
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
        writeln!(file, "{}", STANDARD.encode(bytes))?;
        file.sync_all()?;
        File::open(folder)?.sync_all()?;
        tracing::info!(file = %path.display(), "made a new master key; keep a copy away from the store");
        Ok(Self::new(bytes))
    }

    /// Tells keys apart without giving anything away: what the store notes beside a wrapped key.
    pub fn fingerprint(&self) -> String {
        let mut text = b"plumbline master key ".to_vec();
        text.extend_from_slice(self.0.expose_secret());
        hex(&sha256(&text)[..8])
    }

    pub(super) fn expose(&self) -> &[u8; 32] {
        self.0.expose_secret()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_made_once_and_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/plumbline.key");
        let source = Source::system();
        let made = MasterKey::read_or_create(&path, false, &source).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o600);
        let read = MasterKey::read_or_create(&path, true, &source).unwrap();
        assert_eq!(made.fingerprint(), read.fingerprint());
        assert!(!format!("{made:?}").contains(&STANDARD.encode(made.expose())));
    }

    #[test]
    fn a_lost_key_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plumbline.key");
        let lost = MasterKey::read_or_create(&path, true, &Source::system());
        assert!(matches!(lost, Err(MasterKeyError::Lost(_))));
        assert!(!path.exists());
    }

    #[test]
    fn a_key_that_others_read_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plumbline.key");
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o640).open(&path).unwrap();
        writeln!(file, "{}", STANDARD.encode([7; 32])).unwrap();
        let open = MasterKey::read_or_create(&path, true, &Source::system());
        assert!(matches!(open, Err(MasterKeyError::Open(_, 0o640))));
    }
}
