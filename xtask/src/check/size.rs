//! The first visit: everything a browser fetches before the queue can be worked, packed with brotli.

use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::command::say;
use crate::site;

/// Bytes the whole first visit may take over the wire.
const BAR: u64 = 300_000;

/// What of it is left for the headers of its answers and for the first answers of the API; the browser test of the
/// first visit measures all of it.
const ANSWERS: u64 = 12_000;

/// What a site's browser fetches, packed, in bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sizes {
    /// At the first visit.
    pub first: u64,
    /// With lazy pages.
    pub lazy: u64,
}

/// Fails where what every first visit fetches is larger than its bar; prints every part.
pub fn within_budget(site: &Path) -> Result<()> {
    let Sizes { first, lazy } = of(site)?;
    let limit = BAR - ANSWERS;
    say(format!("first visit {first} bytes of {limit}, fetched when wanted {lazy} more (brotli)"));
    if first > limit {
        bail!("the first visit is {first} bytes, {} over its bar", first - limit);
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
