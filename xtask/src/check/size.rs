//! The first visit: everything a browser fetches before the queue can be worked, packed with brotli.

use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::command::say;
use crate::site;

/// Bytes; 300 KB is the bar of the whole first visit, so some of it is left for the first answers of the API.
const TARGET: u64 = 290_000;

/// What the first visit may not grow beyond while it is over its target. Lower it with every saving, never raise it.
const CEILING: u64 = 520_000;

/// Fails where the site is larger than its ceiling, and says by how much it misses its target; prints every part.
pub fn within_budget(site: &Path) -> Result<()> {
    let mut total = 0;
    let mut later = 0;
    for file in site::files(site)? {
        let extension =
            file.extension().and_then(|extension| extension.to_str()).context("a site's file has a type")?;
        if matches!(extension, "br" | "gz") {
            continue;
        }
        let packed = Path::new(&format!("{}.br", file.display())).metadata();
        let bytes = packed.or_else(|_| file.metadata())?.len();
        if is_lazy(&file) {
            later += bytes;
        } else {
            println!("{bytes:>9} {}", file.strip_prefix(site)?.display());
            total += bytes;
        }
    }
    say(format!("first visit {total} bytes of {TARGET}, lazy pages {later} more (brotli)"));
    if total > CEILING {
        bail!("the first visit is {total} bytes, {} over its ceiling", total - CEILING);
    }
    if total > TARGET {
        say(format!("the first visit misses its target by {} bytes", total - TARGET));
    }
    Ok(())
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
