//! The browser of the browser tests: Playwright's own, else the system's, else Debian's package.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::command::{output, program, say, which};
use crate::{debian, paths};

/// Names under which systems install it.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/// Finds or installs one and says which; without fonts for Chinese every page would be boxes.
pub fn obtain() -> Result<PathBuf> {
    let browser = if let Some(found) = playwrights()?.or_else(|| NAMES.iter().find_map(|name| which(name))) {
        found
    } else {
        debian::install(&["chromium"], "a browser for the browser tests")?;
        which("chromium").context("the package chromium brought no chromium")?
    };
    say(format!("Chromium: {}", browser.display()));
    if which("fc-list").is_none()
        || output(program("fc-list").args([":lang=zh", "family"]))?.trim().is_empty()
    {
        debian::install(&["fontconfig", "fonts-noto-cjk"], "a Chinese font for the browser tests")?;
    }
    Ok(browser)
}

/// The one `npx playwright install` would have fetched, where somebody did.
fn playwrights() -> Result<Option<PathBuf>> {
    let ask = "process.stdout.write(require('@playwright/test').chromium.executablePath())";
    let path = output(program("node").current_dir(paths::root().join("end2end")).args(["-e", ask]))?;
    Ok(Some(Path::new(&path).to_owned()).filter(|path| path.is_file()))
}
