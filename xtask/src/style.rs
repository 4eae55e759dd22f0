//! One style sheet out of many: `style/main.css` names the parts in order.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::site;

/// Puts every sheet that `main` imports in the place of its `@import url("…");`. A sheet beside or below `main`
/// that is not imported is an error: it would be edited in vain.
pub fn bundle(main: &Path) -> Result<String> {
    let folder = main.parent().context("a style sheet is in a folder")?;
    let mut out = String::with_capacity(128 * 1024);
    let mut used = vec![main.to_owned()];
    for line in read(main)?.lines() {
        if let Some(import) = line.strip_prefix("@import") {
            let name = imported(import).with_context(|| format!("{}: `{line}`", main.display()))?;
            let part = folder.join(name);
            out.push_str(&read(&part)?);
            used.push(part);
        } else {
            out.push_str(line);
            out.push('\n');
        }
    }
    let unused: Vec<PathBuf> =
        site::files(folder)?.into_iter().filter(|sheet| !used.contains(sheet)).collect();
    if !unused.is_empty() {
        bail!("{} does not import {unused:?}", main.display());
    }
    Ok(out)
}

/// The sheet named by ` url("name");`.
fn imported(import: &str) -> Result<&str> {
    let name = import.trim().strip_prefix("url(\"").and_then(|rest| rest.strip_suffix("\");"));
    name.context("only `@import url(\"…\");` is understood")
}

fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str, sheets: &[(&str, &str)]) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("plumbline-style-{name}-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("screens")).unwrap();
        for (sheet, text) in sheets {
            std::fs::write(folder.join(sheet), text).unwrap();
        }
        folder
    }

    #[test]
    fn parts_stand_in_the_place_of_their_imports() {
        let main = "@layer a, b;\n@import url(\"tokens.css\");\n@import url(\"screens/one.css\");\n";
        let sheets = [("main.css", main), ("tokens.css", ":root {}\n"), ("screens/one.css", ".one {}\n")];
        let folder = folder("order", &sheets);
        let bundled = bundle(&folder.join("main.css"));
        std::fs::remove_dir_all(&folder).unwrap();
        assert_eq!(bundled.unwrap(), "@layer a, b;\n:root {}\n.one {}\n");
    }

    #[test]
    fn a_forgotten_sheet_is_an_error() {
        let sheets = [("main.css", "@import url(\"a.css\");\n"), ("a.css", ""), ("screens/b.css", "")];
        let folder = folder("forgotten", &sheets);
        let bundled = bundle(&folder.join("main.css"));
        std::fs::remove_dir_all(&folder).unwrap();
        assert!(bundled.unwrap_err().to_string().contains("screens/b.css"));
    }

    #[test]
    fn other_forms_of_import_are_refused() {
        assert!(imported(" \"a.css\";").is_err());
        assert!(imported(" url(\"a.css\") screen;").is_err());
    }
}
