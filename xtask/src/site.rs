//! The folder that is served: `index.html` at its root, everything else immutable under `/assets/<build>/`.

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::command::say;
use crate::compress::{self, Effort};
use crate::wasm::{self, Profile};
use crate::{paths, style};

/// What `index.html` writes for the folder of this build's assets.
const PLACEHOLDER: &str = "{assets}";

/// Builds the whole site and gives its folder. What did not change is left untouched, so that a server that
/// embeds it is not compiled again.
pub fn build(profile: Profile) -> Result<PathBuf> {
    let assets = scratch("wasm")?;
    wasm::build(profile, &assets)?;
    assemble(profile, &assets)
}

/// Puts glue, style and pictures together with the modules that the last [`wasm::build`] left.
pub fn assemble(profile: Profile, modules: &Path) -> Result<PathBuf> {
    let start = Instant::now();
    let staging = scratch("site.new")?;
    let gathered = staging.join("gathered");
    copy(modules, &gathered)?;
    copy(&paths::root().join("public"), &gathered)?;
    for (name, sheet) in style::bundle(&paths::root().join("style"))? {
        std::fs::write(gathered.join(name), sheet)?;
    }
    std::fs::write(gathered.join("boot.js"), boot(profile)?)?;
    let index = read(&paths::root().join("app/index.html"))?;

    let effort = if profile == Profile::Release { Effort::Best } else { Effort::Quick };
    let build = hash(&gathered, &format!("{index}{effort:?}"))?;
    let assets = format!("/assets/{build}");
    std::fs::create_dir_all(staging.join("assets"))?;
    std::fs::rename(&gathered, staging.join(&assets[1..]))?;
    std::fs::write(staging.join("index.html"), index.replace(PLACEHOLDER, &assets))?;

    let site = paths::site();
    if site.join(&assets[1..]).is_dir() && site.join("index.html.gz").is_file() {
        std::fs::remove_dir_all(&staging)?;
        say(format!("site {build}: unchanged"));
        return Ok(site);
    }
    compress::folder(&staging, effort)?;
    if site.exists() {
        std::fs::remove_dir_all(&site)?;
    }
    std::fs::rename(&staging, &site)?;
    say(format!("site {build}: put together in {:.1} s", start.elapsed().as_secs_f64()));
    Ok(site)
}

/// Every file below a folder, in a stable order.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(dir) = open.pop() {
        for entry in dir.read_dir().with_context(|| format!("cannot read {}", dir.display()))? {
            let entry = entry?;
            if entry.file_type()?.is_dir() { open.push(entry.path()) } else { found.push(entry.path()) }
        }
    }
    found.sort();
    Ok(found)
}

/// The start script; a build for `cargo xtask dev` also reloads the page when the server has a newer site.
fn boot(profile: Profile) -> Result<String> {
    let mut script = read(&paths::root().join("app/boot.js"))?;
    if profile == Profile::Dev {
        script.push_str(include_str!("dev/reload.js"));
    }
    Ok(script)
}

/// An empty folder below the target folder; what an interrupted run left in it is gone.
fn scratch(name: &str) -> Result<PathBuf> {
    let folder = paths::target().join("xtask").join(name);
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    for file in files(from)? {
        let target = to.join(file.strip_prefix(from)?);
        std::fs::create_dir_all(target.parent().context("a file is in a folder")?)?;
        std::fs::copy(&file, &target)?;
    }
    Ok(())
}

/// Names a build by its content: names and bytes of all assets, and what is not among them.
fn hash(folder: &Path, rest: &str) -> Result<String> {
    let mut hasher = Sha256::new();
    for file in files(folder)? {
        let bytes = std::fs::read(&file)?;
        hasher.update(file.strip_prefix(folder)?.as_os_str().as_encoded_bytes());
        hasher.update(bytes.len().to_le_bytes());
        hasher.update(bytes);
    }
    hasher.update(rest);
    let digest: [u8; 32] = hasher.finalize().into();
    let (name, _) = digest.split_first_chunk().context("a digest is longer than a name")?;
    Ok(format!("{:016x}", u64::from_be_bytes(*name)))
}

fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}
