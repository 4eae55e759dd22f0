//! The lock file of the browser tests works on every machine.

use anyhow::{Context, Result};

use crate::paths;

const LOCK: &str = "end2end/package-lock.json";

/// npm writes the address of the registry it happened to use into its lock file; without it every machine takes
/// its own, and the checksums hold in any case.
pub fn broken() -> Result<Vec<String>> {
    let lock =
        std::fs::read_to_string(paths::root().join(LOCK)).with_context(|| format!("cannot read {LOCK}"))?;
    Ok(hosts(&lock).map(|line| format!("{LOCK} names a host: {line}")).collect())
}

fn hosts(lock: &str) -> impl Iterator<Item = &str> {
    lock.lines().map(str::trim).filter(|line| line.starts_with("\"resolved\":"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_found() {
        assert_eq!(hosts("\"integrity\": \"sha512-…\"\n").count(), 0);
        assert_eq!(hosts("  \"resolved\": \"https://example.org/a.tgz\",\n").count(), 1);
    }
}
