//! The first visit: everything a browser fetches before the queue can be worked, packed with brotli.

use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::command::say;
use crate::site;
use crate::toolchain::Toolchain;

/// Bytes that the whole first visit should take over the wire, built by the plain stable toolchain.
pub const GOAL: u64 = 300_000;

/// Bytes at which a build fails. Compilers differ by some hundredths from version to version and by where their standard
/// library comes from: a gate at the goal would break with the next of them, and nobody would have changed a line.
const GATE: u64 = 330_000;

/// What of the visit is left for the headers of its answers and for the first answers of the API; the browser test of the
/// first visit measures all of it.
pub const ANSWERS: u64 = 9_500;

/// What a site's browser fetches, packed, in bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sizes {
    /// At the first visit.
    pub first: u64,
    /// With lazy pages.
    pub lazy: u64,
}

/// Prints every part of what a first visit fetches with the toolchain that made it, and fails beyond the gate.
pub fn within_budget(site: &Path) -> Result<()> {
    let Sizes { first, lazy } = of(site)?;
    let visit = first + ANSWERS;
    say(format!(
        "first visit {visit} bytes (brotli {first}, some {ANSWERS} for headers and answers), goal {GOAL}, gate {GATE}; \
         fetched when wanted {lazy} more"
    ));
    say(format!("measured with {}", Toolchain::obtain()?.describe()?));
    if visit > GATE {
        bail!("the first visit is {visit} bytes, {} beyond its gate", visit - GATE);
    }
    Ok(())
}

/// Adds up a site and prints every part of its first visit.
pub fn of(site: &Path) -> Result<Sizes> {
    let mut sizes = Sizes::default();
    for file in site::files(site)? {
        let extension =
            file.extension().and_then(|extension| extension.to_str()).context("a site's file has a type")?;
        if matches!(extension, "br" | "gz") {
            continue;
        }
        let packed = Path::new(&format!("{}.br", file.display())).metadata();
        let bytes = packed.or_else(|_| file.metadata())?.len();
        if is_lazy(&file) {
            sizes.lazy += bytes;
        } else {
            println!("{bytes:>9} {}", file.strip_prefix(site)?.display());
            sizes.first += bytes;
        }
    }
    Ok(sizes)
}

/// Parts of the app, what several of them share, and the style of pages.
fn is_lazy(file: &Path) -> bool {
    let part = file.extension().is_some_and(|extension| extension == "wasm");
    (part && !file.ends_with("app_bg.wasm")) || file.ends_with("pages.css")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_main_module_is_fetched_at_once() {
        assert!(!is_lazy(Path::new("assets/1/app_bg.wasm")));
        assert!(is_lazy(Path::new("assets/1/split_casework.wasm")));
        assert!(!is_lazy(Path::new("assets/1/app.js")));
        assert!(is_lazy(Path::new("assets/1/pages.css")) && !is_lazy(Path::new("assets/1/main.css")));
    }
}
