//! Who may import whom, and what never reaches a browser.

use anyhow::{Context, Result};

use super::metadata::Package;
use crate::command::{cargo, output};
use crate::toolchain::TARGET;

/// Our packages, and which of ours each may import.
const OURS: [(&str, &[&str]); 7] = [
    ("domain", &[]),
    ("store", &["domain"]),
    ("store-sqlite", &["domain", "store"]),
    ("store-postgres", &["domain", "store"]),
    ("server", &["domain", "store", "store-sqlite", "store-postgres"]),
    ("app", &["domain"]),
    ("xtask", &[]),
];

/// What may not be asked for outside tests, by whom, and why.
const UNWANTED: [(&str, &[&str], &str); 5] = [
    ("domain", &["tokio", "futures", "async-trait", "sqlx", "reqwest"], "the rules have no async and no I/O"),
    ("domain", &["rand", "getrandom"], "randomness is injected"),
    ("store", &["sqlx", "axum", "tower", "http"], "the traits know neither SQL nor HTTP"),
    ("store-sqlite", &["axum", "tower", "http"], "a store knows no HTTP"),
    ("store-postgres", &["axum", "tower", "http"], "a store knows no HTTP"),
];

/// What the browser app may not contain: (package, taken only by this other package, why).
///
/// Leptos brings some of them along and never calls them in a browser-rendered app, so that the linker drops
/// them; only the way through the named package is allowed.
const NOT_IN_BROWSERS: [(&str, Option<&str>, &str); 13] = [
    ("regex", Some("leptos_config"), "it alone is 180 KB"),
    ("regex-lite", None, "patterns are a small form of our own"),
    ("icu_properties", Some("idna_adapter"), "its tables are larger than the app"),
    ("icu_datetime", None, "numbers and dates are the browser's Intl"),
    ("icu_decimal", None, "numbers and dates are the browser's Intl"),
    ("chrono-tz", None, "the zone is fixed at +08:00"),
    ("iana-time-zone", None, "the zone is fixed at +08:00"),
    ("rand", None, "randomness is injected"),
    ("nalgebra", None, "statistics need no matrices"),
    ("utoipa", None, "schemas are the server's"),
    ("tokio", None, "the browser has its own loop"),
    ("sqlx", None, "the store is the server's"),
    ("axum", None, "the server is the server's"),
];

/// Every broken rule.
pub fn broken(packages: &[Package]) -> Result<Vec<String>> {
    let tree = output(cargo().args(["tree", "--locked", "--package", "app", "--target", TARGET]).args([
        "--edges",
        "normal",
        "--prefix",
        "depth",
        "--format",
        "{p}",
        "--no-dedupe",
    ]))?;
    Ok([ours(packages), in_browser(&tree)?].concat())
}

fn ours(packages: &[Package]) -> Vec<String> {
    let names: Vec<&str> = OURS.iter().map(|(name, _)| *name).collect();
    let mut found = Vec::new();
    for package in packages.iter().filter(|package| package.source.is_none()) {
        let Some((_, allowed)) = OURS.iter().find(|(name, _)| *name == package.name) else {
            found.push(format!("{}: a new package needs a rule in xtask/src/check/imports.rs", package.name));
            continue;
        };
        for dependency in package.dependencies.iter().filter(|dependency| !dependency.dev) {
            let name = dependency.name.as_str();
            if names.contains(&name) && !allowed.contains(&name) {
                found.push(format!("{} imports {name}: it may import {allowed:?} of ours", package.name));
            }
            for (_, unwanted, why) in UNWANTED.iter().filter(|(of, ..)| *of == package.name) {
                if unwanted.contains(&name) {
                    found.push(format!("{} imports {name}: {why}", package.name));
                }
            }
        }
    }
    found
}

/// Walks the tree as cargo prints it: `2name v1.2.3`, depth first, procedural macros marked.
fn in_browser(tree: &str) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let mut path: Vec<&str> = Vec::new();
    let mut macros_below = usize::MAX;
    for line in tree.lines() {
        let digits = line.find(|c: char| !c.is_ascii_digit()).context("cargo tree prints names")?;
        let depth: usize = line[..digits].parse().context("cargo tree prints depths")?;
        let name = line[digits..].split(' ').next().context("cargo tree prints names")?;
        path.truncate(depth);
        path.push(name);
        if depth > macros_below {
            continue;
        }
        // A macro runs in the compiler; what it needs never reaches the browser.
        macros_below = if line.contains("(proc-macro)") { depth } else { usize::MAX };
        let Some((_, only_by, why)) = NOT_IN_BROWSERS.iter().find(|(unwanted, ..)| *unwanted == name) else {
            continue;
        };
        let by = depth.checked_sub(1).map(|depth| path[depth]);
        if only_by.is_none() || by != *only_by {
            let rule = format!("the browser app contains {}: {why}", path.join(" → "));
            // The same package hangs in many places of a tree that repeats itself; the first place says it.
            if !found.iter().any(|known: &String| known.contains(&format!("→ {name}: "))) {
                found.push(rule);
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(name: &str, dependencies: &[&str]) -> Package {
        let dependencies = dependencies
            .iter()
            .map(|name| super::super::metadata::Dependency { name: (*name).into(), dev: false });
        Package { name: name.into(), source: None, dependencies: dependencies.collect() }
    }

    #[test]
    fn the_app_reaches_the_server_only_over_the_wire() {
        assert!(ours(&[package("app", &["domain", "leptos"])]).is_empty());
        assert_eq!(ours(&[package("app", &["store"])]).len(), 1);
        assert_eq!(ours(&[package("domain", &["store", "tokio"])]).len(), 2);
        assert_eq!(ours(&[package("sandbox", &[])]).len(), 1);
    }

    #[test]
    fn what_is_heavy_is_found_wherever_it_hangs() {
        let through_leptos = "0app v0.1.0\n1leptos v0.8.0\n2leptos_config v0.8.0\n3regex v1.0.0\n";
        assert!(in_browser(through_leptos).unwrap().is_empty());
        let direct = format!("{through_leptos}1domain v0.1.0\n2regex v1.0.0\n");
        assert_eq!(
            in_browser(&direct).unwrap(),
            ["the browser app contains app → domain → regex: it alone is 180 KB"]
        );
    }

    #[test]
    fn what_a_macro_needs_stays_in_the_compiler() {
        let tree =
            "0app v0.1.0\n1leptos_macro v0.8.0 (proc-macro)\n2rand v0.9.0\n3tokio v1.0.0\n1serde v1.0.0\n";
        assert!(in_browser(tree).unwrap().is_empty());
        assert_eq!(in_browser("0app v0.1.0\n1m v1.0.0 (proc-macro)\n1rand v0.9.0\n").unwrap().len(), 1);
    }
}
