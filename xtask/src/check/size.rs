//! The first visit: everything a browser fetches before the queue can be worked, packed with brotli.

use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::command::say;
use crate::site;

/// Bytes; 300 KB is the bar of the whole first visit, so some of it is left for the first answers of the API.
const TARGET: u64 = 290_000;

/// What the first visit may not grow beyond while it is over its target. Lower it with every saving, never raise it.
const CEILING: u64 = 450_000;

/// What a site's browser fetches, packed, in bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sizes {
    /// At the first visit.
    pub first: u64,
    /// With lazy pages.
    pub lazy: u64,
}

/// Fails where the site is larger than its ceiling, and says by how much it misses its target; prints every part.
pub fn within_budget(site: &Path) -> Result<()> {
    let Sizes { first, lazy } = of(site)?;
    say(format!("first visit {first} bytes of {TARGET}, lazy pages {lazy} more (brotli)"));
    if first > CEILING {
        bail!("the first visit is {first} bytes, {} over its ceiling", first - CEILING);
    }
    if first > TARGET {
        say(format!("the first visit misses its target by {} bytes", first - TARGET));
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

/// Modules of lazy routes, and those that only such share.
fn is_lazy(file: &Path) -> bool {
    file.extension().is_some_and(|extension| extension == "wasm") && !file.ends_with("app_bg.wasm")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_main_module_is_fetched_at_once() {
        assert!(!is_lazy(Path::new("assets/1/app_bg.wasm")));
        assert!(is_lazy(Path::new("assets/1/split___case_view_1.wasm")));
        assert!(!is_lazy(Path::new("assets/1/app.js")));
    }
}
