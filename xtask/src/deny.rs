//! cargo-deny: licences, bans and sources of packages, by the rules of `deny.toml`.

use std::path::PathBuf;

use anyhow::Result;

use crate::command::{cargo, program, run, say, which};
use crate::paths;

/// The version the rules were written for.
const VERSION: &str = "0.20.2";

/// Runs the checks that need no network.
pub fn check() -> Result<()> {
    run(program(obtain()?).args(["--locked", "--log-level", "warn", "check", "bans", "licenses", "sources"]))
}

/// The system's, else one compiled once into the target folder.
fn obtain() -> Result<PathBuf> {
    if let Some(found) = which("cargo-deny") {
        return Ok(found);
    }
    let root = paths::target().join("tools");
    let binary = root.join("bin/cargo-deny");
    if !binary.is_file() {
        say(format!("installing cargo-deny {VERSION} into {} (a few minutes, once)", root.display()));
        run(cargo()
            .args(["install", "cargo-deny", "--version", VERSION, "--locked", "--quiet", "--root"])
            .arg(&root)
            .arg("--target-dir")
            .arg(root.join("build")))?;
        std::fs::remove_dir_all(root.join("build"))?;
    }
    Ok(binary)
}
