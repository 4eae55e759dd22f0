//! `cargo xtask build`: the browser app, then the binary with it inside.

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;

use crate::command::{cargo, run, say};
use crate::wasm::Profile;
use crate::{paths, site};

/// How to build.
#[derive(Args)]
pub struct Options {
    /// Optimise the server, too.
    #[arg(long)]
    release: bool,
}

/// Builds both and says where the binary is.
pub fn build(options: &Options) -> Result<()> {
    let site = site::build(Profile::Release)?;
    let binary = server(&site, options.release)?;
    say(format!("built {}", binary.display()));
    Ok(())
}

/// Builds `plumbline` as the tests have it, which is what they have compiled already: their dependencies have other
/// features than the binary's alone.
pub fn tested_server(site: &Path) -> Result<PathBuf> {
    run(cargo().args(["build", "--workspace", "--all-targets", "--locked"]).env("PLUMBLINE_SITE_DIR", site))?;
    Ok(paths::target().join("debug/plumbline"))
}

/// Builds `plumbline` with the site inside, and gives the path of the binary. The whole workspace is selected though
/// one binary is built: another selection has other features, and would compile every dependency once more.
pub fn server(site: &Path, release: bool) -> Result<PathBuf> {
    let mut command = cargo();
    command.args(["build", "--workspace", "--bin", "plumbline", "--locked"]).env("PLUMBLINE_SITE_DIR", site);
    if release {
        command.arg("--release");
    }
    run(&mut command)?;
    Ok(paths::target().join(if release { "release" } else { "debug" }).join("plumbline"))
}
