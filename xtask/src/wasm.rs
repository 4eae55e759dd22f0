//! The browser app as WebAssembly: compiled, cut at its lazy routes, given its JavaScript.

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result, anyhow};
use wasm_bindgen_cli_support::Bindgen;

use crate::command::{run, say};
use crate::toolchain::{TARGET, Toolchain};
use crate::{paths, site};

mod first;
mod lean;
mod section;

/// How the browser app is compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// As it is served: small, slow to compile.
    Release,
    /// For `cargo xtask dev`: quick to compile, large.
    Dev,
}

impl Profile {
    /// The profile's name in `Cargo.toml` and its folder.
    pub fn name(self) -> &'static str {
        match self {
            Self::Release => "wasm-release",
            Self::Dev => "wasm-dev",
        }
    }
}

/// Compiles the package `app` and writes modules and glue into `out`: `app.js`, `app_bg.wasm`, one module per
/// lazy route, modules they share, and `__wasm_split.js`, which loads them. All refer to each other relatively.
pub fn build(profile: Profile, out: &Path) -> Result<()> {
    let module = compile(profile)?;
    let start = Instant::now();
    let bytes = std::fs::read(&module).with_context(|| format!("cannot read {}", module.display()))?;
    split(&bytes, out)?;
    bind(out)?;
    if profile == Profile::Release {
        shrink(out)?;
    }
    say(format!("WebAssembly split and bound in {:.1} s", start.elapsed().as_secs_f64()));
    Ok(())
}

/// Leaves out what browsers do not read, once its names have told what is in the first download.
fn shrink(out: &Path) -> Result<()> {
    first::knows_no_case(&std::fs::read(out.join("app_bg.wasm"))?)?;
    let (glue, names) = lean::names(&std::fs::read_to_string(out.join("app.js"))?)?;
    std::fs::write(out.join("app.js"), glue)?;
    for file in site::files(out)? {
        if file.extension().is_some_and(|extension| extension == "wasm") {
            let module = section::without_custom(&std::fs::read(&file)?)?;
            let main = file.ends_with("app_bg.wasm");
            std::fs::write(&file, if main { section::rename_imports(&module, &names)? } else { module })?;
        } else {
            std::fs::write(&file, lean::script(&std::fs::read_to_string(&file)?))?;
        }
    }
    Ok(())
}

fn compile(profile: Profile) -> Result<PathBuf> {
    let target = paths::wasm_target();
    let toolchain = Toolchain::obtain()?;
    say(format!("WebAssembly: {}", toolchain.describe()?));
    let mut command = toolchain.cargo_build();
    command
        .args(["--package", "app", "--profile", profile.name(), "--locked", "--target-dir"])
        .arg(&target)
        .env("CARGO_ENCODED_RUSTFLAGS", FLAGS.join("\x1f"));
    run(&mut command)?;
    Ok(target.join(TARGET).join(profile.name()).join("app.wasm"))
}

const FLAGS: [&str; 2] = [
    // Splitting needs to know which function refers to which: the linker has to leave its relocations in.
    "-Clink-args=--emit-relocs",
    // Leptos hides the types of components from each other: 9 % smaller as measured, and quicker to compile.
    "--cfg=erase_components",
];

/// The module between splitting and binding; it is no part of the site.
const UNBOUND: &str = "unbound.wasm";

fn split(module: &[u8], out: &Path) -> Result<()> {
    let main = out.join(UNBOUND);
    let mut options = wasm_split_cli_support::Options::new(module);
    options.output_dir = out;
    options.main_out_path = &main;
    options.main_module = "./app.js";
    wasm_split_cli_support::transform(options)
        .map_err(|error| anyhow!("cannot split the module: {error:?}"))?;
    Ok(())
}

fn bind(out: &Path) -> Result<()> {
    let main = out.join(UNBOUND);
    Bindgen::new()
        .input_path(&main)
        .out_name("app")
        .web(true)?
        .typescript(false)
        // The modules of lazy routes import the main module's stack pointer and table by these names.
        .keep_lld_exports(true)
        .generate(out)
        .context("cannot make the JavaScript of the module")?;
    std::fs::remove_file(main)?;
    Ok(())
}
