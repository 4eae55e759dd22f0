//! Where things are in this repository.

use std::path::{Path, PathBuf};

/// The repository's root.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask is a folder of the repository")
}

/// Where cargo leaves what it builds for the host.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// The browser app as it is served and embedded.
pub fn site() -> PathBuf {
    target().join("site")
}

/// Where the browser app is compiled: apart from the host's folder, so that neither locks or evicts the other.
pub fn wasm_target() -> PathBuf {
    target().join("wasm")
}
