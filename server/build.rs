//! Puts the browser app into the binary: a table of the files below `PLUMBLINE_SITE_DIR`, empty when it is unset.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

#[path = "src/site/mime.rs"]
mod mime;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/site/mime.rs");
    println!("cargo::rerun-if-env-changed=PLUMBLINE_SITE_DIR");
    let mut table = String::from("static SITE: &[Asset] = &[\n");
    if let Some(site) = std::env::var_os("PLUMBLINE_SITE_DIR") {
        let site = fs::canonicalize(&site)
            .unwrap_or_else(|error| panic!("PLUMBLINE_SITE_DIR={}: {error}", site.display()));
        println!("cargo::rerun-if-changed={}", site.display());
        for file in files(&site) {
            row(&mut table, &site, &file);
        }
    }
    table.push_str("];\n");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    fs::write(out.join("site_table.rs"), table).expect("OUT_DIR can be written to");
}

/// Every file of the site but the packed copies, which belong to the rows of their originals.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for entry in entries {
        let path = entry.expect("a folder that opened can be listed").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if !path.extension().is_some_and(|extension| extension == "br" || extension == "gz") {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn row(table: &mut String, site: &Path, file: &Path) {
    let below = file.strip_prefix(site).expect("a listed file is below its folder");
    let packed = |suffix: &str| {
        let copy = PathBuf::from(format!("{}.{suffix}", file.display()));
        if copy.is_file() {
            format!("Some(include_bytes!({:?}))", copy.display().to_string())
        } else {
            "None".into()
        }
    };
    writeln!(
        table,
        "Asset {{ path: {:?}, mime: {:?}, raw: include_bytes!({:?}), br: {}, gz: {} }},",
        format!("/{}", below.display()),
        mime::of(file),
        file.display().to_string(),
        packed("br"),
        packed("gz"),
    )
    .expect("a string takes what is written");
}
