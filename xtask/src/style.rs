//! Two style sheets out of many: `style/main.css` and `style/pages.css` name their parts in order.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::site;

/// What the first download needs, and what is fetched with the first other page.
const SHEETS: [&str; 2] = ["main.css", "pages.css"];

/// Both sheets by name, with every sheet they import in the place of its `@import url("…");`. A sheet in the folder
/// that is not imported is an error: it would be edited in vain. Comments and indentation are left out.
pub fn bundle(folder: &Path) -> Result<Vec<(&'static str, String)>> {
    let mut used = Vec::new();
    let sheets = SHEETS
        .into_iter()
        .map(|name| Ok((name, one(folder, name, &mut used)?)))
        .collect::<Result<Vec<_>>>()?;
    let unused: Vec<PathBuf> =
        site::files(folder)?.into_iter().filter(|sheet| !used.contains(sheet)).collect();
    if !unused.is_empty() {
        bail!("{SHEETS:?} do not import {unused:?}");
    }
    Ok(sheets)
}

fn one(folder: &Path, name: &str, used: &mut Vec<PathBuf>) -> Result<String> {
    let sheet = folder.join(name);
    let mut out = String::with_capacity(64 * 1024);
    for line in read(&sheet)?.lines() {
        if let Some(import) = line.strip_prefix("@import") {
            let part = imported(import).with_context(|| format!("{}: `{line}`", sheet.display()))?;
            let part = folder.join(part);
            out.push_str(&read(&part)?);
            used.push(part);
        } else {
            out.push_str(line);
            out.push('\n');
        }
    }
    used.push(sheet);
    bare(&out)
}

/// The sheet without what only its readers need: comments and indentation are a fifth of it, packed.
fn bare(sheet: &str) -> Result<String> {
    let mut rest = sheet;
    let mut without = String::with_capacity(sheet.len());
    while let Some((before, comment)) = rest.split_once("/*") {
        without.push_str(before);
        rest = comment.split_once("*/").context("a comment ends")?.1;
    }
    without.push_str(rest);
    let mut out = String::with_capacity(without.len());
    for line in without.lines().map(str::trim).filter(|line| !line.is_empty()) {
        out.push_str(line);
        out.push('\n');
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
        let main = "@layer a, b;\n@import url(\"tokens.css\");\n";
        let pages = "@import url(\"screens/one.css\");\n";
        let sheets = [
            ("main.css", main),
            ("pages.css", pages),
            ("tokens.css", ":root {}\n"),
            ("screens/one.css", ".one {}\n"),
        ];
        let folder = folder("order", &sheets);
        let bundled = bundle(&folder);
        std::fs::remove_dir_all(&folder).unwrap();
        let expected =
            [("main.css", "@layer a, b;\n:root {}\n".to_owned()), ("pages.css", ".one {}\n".to_owned())];
        assert_eq!(bundled.unwrap(), expected);
    }

    #[test]
    fn comments_and_indentation_stay_here() {
        let sheet =
            "/* Links. */\na {\n  color: red; /* for\n  now */\n\n  & b {\n    margin: 0 auto;\n  }\n}\n";
        assert_eq!(bare(sheet).unwrap(), "a {\ncolor: red;\n& b {\nmargin: 0 auto;\n}\n}\n");
        assert!(bare("a {} /* never ends").is_err());
    }

    #[test]
    fn a_forgotten_sheet_is_an_error() {
        let main = "@import url(\"a.css\");\n";
        let sheets = [("main.css", main), ("pages.css", ""), ("a.css", ""), ("screens/b.css", "")];
        let folder = folder("forgotten", &sheets);
        let bundled = bundle(&folder);
        std::fs::remove_dir_all(&folder).unwrap();
        assert!(bundled.unwrap_err().to_string().contains("screens/b.css"));
    }

    #[test]
    fn other_forms_of_import_are_refused() {
        assert!(imported(" \"a.css\";").is_err());
        assert!(imported(" url(\"a.css\") screen;").is_err());
    }
}
