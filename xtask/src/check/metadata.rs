//! What cargo knows of the packages.

use anyhow::{Context, Result};
use serde_json::Value;

use crate::command::{cargo, output};

/// One package of the lock file.
pub struct Package {
    /// Its name.
    pub name: String,
    /// Where it comes from; nothing for our own.
    pub source: Option<String>,
    /// What it asks for.
    pub dependencies: Vec<Dependency>,
}

/// What a package asks for.
pub struct Dependency {
    /// The package's name.
    pub name: String,
    /// Whether only tests use it.
    pub dev: bool,
}

/// Reads all packages. Whether the committed lock file answers the manifests is asked by `.ci/run`: cargo has
/// mended it by the time this program runs.
pub fn read() -> Result<Vec<Package>> {
    let text = output(cargo().args(["metadata", "--format-version=1", "--locked"]))?;
    let value: Value = serde_json::from_str(&text)?;
    let packages = value["packages"].as_array().context("cargo metadata lists packages")?;
    packages.iter().map(package).collect()
}

fn package(value: &Value) -> Result<Package> {
    let dependencies = value["dependencies"].as_array().context("a package lists its dependencies")?;
    Ok(Package {
        name: text(value, "name")?,
        source: value["source"].as_str().map(str::to_owned),
        dependencies: dependencies
            .iter()
            .map(|dependency| {
                Ok(Dependency { name: text(dependency, "name")?, dev: dependency["kind"] == "dev" })
            })
            .collect::<Result<_>>()?,
    })
}

fn text(value: &Value, key: &str) -> Result<String> {
    Ok(value[key].as_str().with_context(|| format!("cargo metadata gives a {key}"))?.to_owned())
}
