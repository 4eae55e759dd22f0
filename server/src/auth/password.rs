//! Passwords: argon2id, never more at once than there are cores, the same time for people who do not exist.

use std::sync::Arc;

use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Semaphore;

use crate::source::Source;

mod common;

/// Memory of one hash, KiB (OWASP ASVS 5.0, appendix C: with two passes at least 19 MiB).
const MEMORY_KIB: u32 = 19_456;
/// Passes over it.
const PASSES: u32 = 2;
/// Lanes.
const LANES: u32 = 1;

/// The hash of a password nobody has: looked at where the person does not exist, so that the answer takes as long.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$Zm9yIG5vYm9keSBhdCBhbGw$\
    5wVb0m7Ck0Vb3p6s9lY2k1nQx8aTzRjW4dEuHfIgLpM";

/// Fewest characters of a password.
pub const SHORTEST: usize = 10;
/// Most bytes of a password: enough for any sentence, too little to keep the server busy.
pub const LONGEST: usize = 256;

/// Why a password may not be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Weak {
    /// Fewer than [`SHORTEST`] characters.
    #[error("a password has at least {SHORTEST} characters")]
    Short,
    /// More than [`LONGEST`] bytes.
    #[error("a password has at most {LONGEST} bytes")]
    Long,
    /// Known to whoever guesses passwords, or easily made up.
    #[error("this password is too common")]
    Common,
    /// Holds the person's number.
    #[error("a password does not hold the person's number")]
    OwnNumber,
}

/// Whether a person of that number may choose this password. There are no rules about kinds of characters, and it
/// never expires: both make passwords worse.
pub fn acceptable(person: &str, password: &str) -> Result<(), Weak> {
    if password.len() > LONGEST {
        return Err(Weak::Long);
    }
    if password.chars().count() < SHORTEST {
        return Err(Weak::Short);
    }
    let folded = password.to_lowercase();
    if folded.contains(&person.to_lowercase()) {
        return Err(Weak::OwnNumber);
    }
    if common::is_common(&folded) { Err(Weak::Common) } else { Ok(()) }
}

/// Hashes and verifies, a few at a time.
#[derive(Clone, Debug)]
pub struct Passwords {
    slots: Arc<Semaphore>,
    source: Source,
}

impl Passwords {
    /// With one slot per core: a morning of sign-ins must not starve everything else.
    pub fn new(source: Source) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self { slots: Arc::new(Semaphore::new(cores)), source }
    }

    /// The hash to be stored.
    pub async fn hash(&self, password: SecretString) -> anyhow::Result<String> {
        let salt: [u8; 16] = self.source.bytes();
        self.run(move || {
            let hash = argon2()?.hash_password_with_salt(password.expose_secret().as_bytes(), &salt);
            Ok(hash.map_err(|error| anyhow::anyhow!("hashing a password: {error}"))?.to_string())
        })
        .await
    }

    /// Whether the password fits the stored hash; without one, as long a time and no.
    pub async fn verify(&self, password: SecretString, stored: Option<String>) -> anyhow::Result<bool> {
        if password.expose_secret().len() > LONGEST {
            return Ok(false);
        }
        self.run(move || {
            let known = stored.is_some();
            let stored = stored.unwrap_or_else(|| NOBODY.to_owned());
            let fits =
                argon2()?.verify_password(password.expose_secret().as_bytes(), stored.as_str()).is_ok();
            Ok(fits && known)
        })
        .await
    }

    async fn run<R: Send + 'static>(
        &self,
        work: impl FnOnce() -> anyhow::Result<R> + Send + 'static,
    ) -> anyhow::Result<R> {
        let slot = Arc::clone(&self.slots).acquire_owned().await?;
        tokio::task::spawn_blocking(move || {
            let result = work();
            drop(slot);
            result
        })
        .await?
    }
}

fn argon2() -> anyhow::Result<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None)
        .map_err(|error| anyhow::anyhow!("parameters of argon2: {error}"))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

#[cfg(test)]
mod tests {
    use super::*;
    use argon2::password_hash::phc::PasswordHash;

    fn secret(text: &str) -> SecretString {
        SecretString::from(text.to_owned())
    }

    #[tokio::test]
    async fn a_hash_fits_its_password_alone() {
        let passwords = Passwords::new(Source::system());
        let hash = passwords.hash(secret("a quiet harbour")).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(passwords.verify(secret("a quiet harbour"), Some(hash.clone())).await.unwrap());
        assert!(!passwords.verify(secret("a quiet harbor"), Some(hash)).await.unwrap());
        assert!(!passwords.verify(secret("a quiet harbour"), None).await.unwrap());
    }

    #[test]
    fn nobody_costs_what_somebody_costs() {
        let nobody = PasswordHash::new(NOBODY).unwrap();
        assert_eq!(nobody.params.to_string(), format!("m={MEMORY_KIB},t={PASSES},p={LANES}"));
        assert_eq!(nobody.hash.unwrap().as_bytes().len(), 32);
    }

    #[test]
    fn weak_passwords_are_refused() {
        assert_eq!(acceptable("SH3107", "short"), Err(Weak::Short));
        assert_eq!(acceptable("SH3107", &"x".repeat(300)), Err(Weak::Long));
        assert_eq!(acceptable("SH3107", "my-sh3107-word"), Err(Weak::OwnNumber));
        for common in
            ["password123", "1234567890", "qwertyuiop", "aaaaaaaaaaaa", "abcdefghijkl", "woaini1314520"]
        {
            assert_eq!(acceptable("SH3107", common), Err(Weak::Common), "{common}");
        }
        assert_eq!(acceptable("SH3107", "a quiet harbour"), Ok(()));
        assert_eq!(acceptable("SH3107", "静静的港湾里有十只船"), Ok(()));
    }
}
