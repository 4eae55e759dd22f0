//! Passwords: argon2id, never more at once than there are cores, the same time for people who do not exist.

use std::sync::Arc;

use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Params, Version};
pub use domain::api::account::LONGEST_PASSWORD as LONGEST;
use domain::api::account::{PasswordFault, SHORTEST_PASSWORD as SHORTEST};
use domain::secret::normalise;
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Semaphore;

use crate::source::Source;

mod common;
mod memory;

use memory::Memory;

/// Memory of one hash, KiB (OWASP ASVS 5.0, appendix C: with two passes at least 19 MiB).
const MEMORY_KIB: u32 = 19_456;
/// Passes over it.
const PASSES: u32 = 2;
/// Lanes.
const LANES: u32 = 1;

/// The hash of a password nobody has: looked at where the person does not exist, so that the answer takes as long.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$Zm9yIG5vYm9keSBhdCBhbGw$\
    5wVb0m7Ck0Vb3p6s9lY2k1nQx8aTzRjW4dEuHfIgLpM";

/// Whether a person of that number may choose this password. There are no rules about kinds of characters, and it
/// never expires: both make passwords worse.
pub fn acceptable(person: &str, password: &str) -> Result<(), PasswordFault> {
    if password.len() > LONGEST {
        return Err(PasswordFault::Long);
    }
    if password.chars().count() < SHORTEST {
        return Err(PasswordFault::Short);
    }
    let folded = normalise(password);
    if folded.contains(&normalise(person)) {
        return Err(PasswordFault::OwnNumber);
    }
    if common::is_common(&folded) { Err(PasswordFault::Common) } else { Ok(()) }
}

/// Hashes and verifies, a few at a time.
#[derive(Clone, Debug)]
pub struct Passwords {
    slots: Arc<Semaphore>,
    cores: usize,
    memory: Memory,
    source: Source,
}

impl Passwords {
    /// With one slot per core: a morning of sign-ins must not starve everything else.
    pub fn new(source: Source) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self { slots: Arc::new(Semaphore::new(cores)), cores, memory: Memory::default(), source }
    }

    /// The hash to be stored.
    pub async fn hash(&self, password: SecretString) -> anyhow::Result<String> {
        let salt: [u8; 16] = self.source.bytes();
        self.run(move |memory| {
            let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(parameters)?;
            let salt = Salt::new(&salt).map_err(|error| anyhow::anyhow!("a salt: {error}"))?;
            let output = output(memory, &params, &password, &salt)?;
            let hash = PasswordHash {
                algorithm: Algorithm::Argon2id.ident(),
                version: Some(Version::V0x13.into()),
                params: ParamsString::try_from(&params).map_err(parameters)?,
                salt: Some(salt),
                hash: Some(output),
            };
            Ok(hash.to_string())
        })
        .await
    }

    /// Whether the password fits the stored hash; without one, as long a time and no.
    pub async fn verify(&self, password: SecretString, stored: Option<String>) -> anyhow::Result<bool> {
        if password.expose_secret().len() > LONGEST {
            return Ok(false);
        }
        self.run(move |memory| {
            let known = stored.is_some();
            let stored = stored.unwrap_or_else(|| NOBODY.to_owned());
            let fits = fits(memory, &password, &stored)?;
            Ok(fits && known)
        })
        .await
    }

    async fn run<R: Send + 'static>(
        &self,
        work: impl FnOnce(&Memory) -> anyhow::Result<R> + Send + 'static,
    ) -> anyhow::Result<R> {
        let slot = Arc::clone(&self.slots).acquire_owned().await?;
        let (slots, memory, cores) = (Arc::clone(&self.slots), self.memory.clone(), self.cores);
        tokio::task::spawn_blocking(move || {
            let result = work(&memory);
            drop(slot);
            // Nobody hashes any more: a slot that came free went to whoever waited for it.
            if slots.available_permits() == cores {
                memory.give_back();
            }
            result
        })
        .await?
    }
}

/// The hash of a password in the memory of the one before.
fn output(memory: &Memory, params: &Params, password: &SecretString, salt: &Salt) -> anyhow::Result<Output> {
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params.clone());
    let mut out = vec![0; params.output_len().unwrap_or(Params::DEFAULT_OUTPUT_LEN)];
    let mut blocks = memory.take(params.block_count());
    let password = password.expose_secret().as_bytes();
    let done = argon2.hash_password_into_with_memory(password, salt, &mut out, &mut blocks);
    memory.keep(blocks);
    done.map_err(|error| anyhow::anyhow!("hashing a password: {error}"))?;
    Output::new(&out).map_err(|error| anyhow::anyhow!("hashing a password: {error}"))
}

/// Whether a password fits a stored hash, made with whatever parameters were right at its time. Outputs are compared
/// in a time that does not depend on them.
fn fits(memory: &Memory, password: &SecretString, stored: &str) -> anyhow::Result<bool> {
    let unreadable = |error| anyhow::anyhow!("a stored hash cannot be read: {error}");
    let stored = PasswordHash::new(stored).map_err(unreadable)?;
    let ours =
        stored.algorithm == Algorithm::Argon2id.ident() && stored.version == Some(Version::V0x13.into());
    let (true, Some(salt), Some(hash)) = (ours, &stored.salt, &stored.hash) else {
        anyhow::bail!("a stored hash is none of argon2id");
    };
    let params = Params::try_from(&stored).map_err(parameters)?;
    Ok(output(memory, &params, password, salt)? == *hash)
}

fn parameters(error: impl std::fmt::Display) -> anyhow::Error {
    anyhow::anyhow!("parameters of argon2: {error}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use argon2::password_hash::PasswordVerifier as _;

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

    #[tokio::test]
    async fn a_hash_is_one_that_any_argon2_reads() {
        let passwords = Passwords::new(Source::system());
        let hash = passwords.hash(secret("a quiet harbour")).await.unwrap();
        assert!(Argon2::default().verify_password(b"a quiet harbour", hash.as_str()).is_ok());
        assert!(Argon2::default().verify_password(b"a quiet harbor", hash.as_str()).is_err());
        assert!(passwords.verify(secret("x"), Some("no hash at all".to_owned())).await.is_err());
    }

    #[tokio::test]
    async fn when_nobody_signs_in_no_memory_is_kept() {
        let passwords = Passwords::new(Source::system());
        let many = (0..6).map(|_| passwords.verify(secret("a quiet harbour"), None));
        futures::future::try_join_all(many).await.unwrap();
        assert_eq!(passwords.memory.kept(), 0);
    }

    #[test]
    fn nobody_costs_what_somebody_costs() {
        let nobody = PasswordHash::new(NOBODY).unwrap();
        assert_eq!(nobody.params.to_string(), format!("m={MEMORY_KIB},t={PASSES},p={LANES}"));
        assert_eq!(nobody.hash.unwrap().as_bytes().len(), 32);
    }

    #[test]
    fn weak_passwords_are_refused() {
        assert_eq!(acceptable("SH3107", "short"), Err(PasswordFault::Short));
        assert_eq!(acceptable("SH3107", &"x".repeat(300)), Err(PasswordFault::Long));
        assert_eq!(acceptable("SH3107", "my-sh3107-word"), Err(PasswordFault::OwnNumber));
        for common in
            ["password123", "1234567890", "qwertyuiop", "aaaaaaaaaaaa", "abcdefghijkl", "woaini1314520"]
        {
            assert_eq!(acceptable("SH3107", common), Err(PasswordFault::Common), "{common}");
        }
        assert_eq!(acceptable("SH3107", "a quiet harbour"), Ok(()));
        assert_eq!(acceptable("SH3107", "静静的港湾里有十只船"), Ok(()));
    }
}
