//! Which compiler builds the browser app: the standard library for WebAssembly has to come from somewhere.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::command::{cargo, output, program, say, which};
use crate::debian;

/// The target of the browser app.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// How long `rustup target add` may take: behind some proxies it hangs instead of failing.
const LIMIT: Duration = Duration::from_mins(2);

/// A compiler, the sources of its standard library and a linker, as packaged by Debian.
const PACKAGES: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", "lld-19"];

/// What compiles to WebAssembly here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Toolchain {
    /// The toolchain that runs this program, with the target's standard library installed.
    Own,
    /// Debian's packages, which compile the standard library along with the app.
    Debian,
}

impl Toolchain {
    /// Finds or installs one; `PLUMBLINE_WASM_TOOLCHAIN=own|debian` decides where both would do.
    pub fn obtain() -> Result<Self> {
        match std::env::var("PLUMBLINE_WASM_TOOLCHAIN").as_deref() {
            Ok("own") => Self::own(),
            Ok("debian") => Self::debian(),
            Ok(other) => bail!("PLUMBLINE_WASM_TOOLCHAIN is `own` or `debian`, not `{other}`"),
            Err(_) => Self::first(),
        }
    }

    /// Its version and where its standard library comes from, to stand beside every size that it gave.
    pub fn describe(self) -> Result<String> {
        let (rustc, library) = match self {
            Self::Own => (std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()), "its own library for"),
            Self::Debian => ("/usr/bin/rustc".into(), "Debian's, the library compiled along for"),
        };
        let version = output(without_toolchain(program(rustc).arg("--version"), self))?;
        Ok(format!("{}, {library} {TARGET}", version.trim()))
    }

    /// A `cargo build` for the target, without package and profile.
    pub fn cargo_build(self) -> Command {
        let mut command = match self {
            Self::Own => cargo(),
            Self::Debian => {
                let mut command = program("/usr/bin/cargo");
                command
                    .env("RUSTC", "/usr/bin/rustc")
                    .env("RUSTC_BOOTSTRAP", "1")
                    .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", "wasm-ld-19");
                without_toolchain(&mut command, self);
                command
            }
        };
        command.arg("build");
        if self == Self::Debian {
            command.arg("-Zbuild-std=std,panic_abort");
        }
        command.args(["--target", TARGET]);
        command
    }

    /// What is there before what must be fetched, rustup before Debian.
    fn first() -> Result<Self> {
        if has_own()? {
            return Ok(Self::Own);
        }
        if debian::installed(&PACKAGES) {
            return Ok(Self::Debian);
        }
        match add_target() {
            Ok(()) => Ok(Self::Own),
            Err(error) if debian::can_install() => {
                say(format!("{error:#}; taking Debian's packages"));
                Self::debian()
            }
            Err(error) => Err(error.context(format!("{TARGET} is not installed"))),
        }
    }

    fn own() -> Result<Self> {
        if !has_own()? {
            add_target()?;
        }
        Ok(Self::Own)
    }

    fn debian() -> Result<Self> {
        if !debian::installed(&PACKAGES) {
            debian::install(&PACKAGES, "a Rust compiler with sources for WebAssembly")?;
        }
        Ok(Self::Debian)
    }
}

/// Debian's compiler must not look into the folders of the toolchain that runs this program.
fn without_toolchain(command: &mut Command, toolchain: Toolchain) -> &mut Command {
    match toolchain {
        Toolchain::Own => command,
        Toolchain::Debian => command.env_remove("RUSTUP_TOOLCHAIN").env_remove("LD_LIBRARY_PATH"),
    }
}

/// Whether the toolchain that runs this program has the target's standard library.
fn has_own() -> Result<bool> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let dir = output(program(rustc).args(["--print", "target-libdir", "--target", TARGET]))?;
    let Ok(entries) = Path::new(dir.trim()).read_dir() else { return Ok(false) };
    Ok(entries.flatten().any(|entry| entry.file_name().to_string_lossy().starts_with("libstd-")))
}

/// `rustup target add` with a time limit.
fn add_target() -> Result<()> {
    if which("rustup").is_none() {
        bail!("there is no rustup");
    }
    say(format!("installing: rustup target add {TARGET} (at most {} s)", LIMIT.as_secs()));
    let mut child =
        program("rustup").args(["target", "add", TARGET]).spawn().context("cannot start rustup")?;
    let end = Instant::now() + LIMIT;
    loop {
        if let Some(status) = child.try_wait()? {
            return if status.success() { Ok(()) } else { bail!("rustup target add ended with {status}") };
        }
        if Instant::now() > end {
            child.kill()?;
            child.wait()?;
            bail!("rustup target add did not end within {} s", LIMIT.as_secs());
        }
        std::thread::sleep(Duration::from_millis(200));
    }
}
