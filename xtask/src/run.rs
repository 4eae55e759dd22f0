//! `cargo xtask run`: from a clone to a working department on this machine.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use anyhow::{Context, Result};
use clap::Args;
use serde_json::{Value, json};

use crate::command::say;
use crate::server::{Demo, Server, plumbline};
use crate::wasm::Profile;
use crate::{build, paths, random, site};

/// How to run.
#[derive(Args)]
pub struct Options {
    /// Address to listen on.
    #[arg(long, default_value_t = SocketAddr::from((Ipv4Addr::LOCALHOST, 3000)))]
    listen: SocketAddr,
    /// How many cases a new demo store gets.
    #[arg(long, default_value_t = 20_000)]
    cases: u32,
    /// Optimise the server: slower to build, faster to work with.
    #[arg(long)]
    release: bool,
}

/// Builds, seeds where there is no store yet, serves until Ctrl-C.
pub fn run(options: &Options) -> Result<()> {
    say(
        "1/3 browser app, as it is served (optimised for size: the first build takes minutes, later ones seconds)",
    );
    let site = site::build(Profile::Release)?;
    say(format!(
        "2/3 server, {}",
        if options.release { "optimised" } else { "not optimised; --release does" }
    ));
    let binary = build::server(&site, options.release)?;
    say("3/3 store");
    let demo = demo(&binary, options.cases)?;
    let mut server = Server::start(plumbline(&binary, &demo.store), options.listen)?;
    println!("\n{}\n\nPlumbline: {}  (Ctrl-C ends it)", people(&demo), server.url());
    server.wait()
}

/// The demo store of this clone: what is there, or a new one. People and password are kept beside it, because
/// only a hash of the password is in it.
pub fn demo(binary: &Path, cases: u32) -> Result<Demo> {
    let folder = paths::root().join("data");
    let (store, kept) = (folder.join("plumbline.db"), folder.join("demo.json"));
    if store.exists() && kept.exists() {
        say(format!("using {}; delete the folder data/ for a new one", relative(&store)));
        let kept: Value = serde_json::from_str(&fs::read_to_string(&kept)?)?;
        let password = kept["password"].as_str().context("data/demo.json names the password")?.to_owned();
        return Ok(Demo {
            store: format!("sqlite:{}", store.display()),
            password,
            seeded: kept["seeded"].clone(),
        });
    }
    anyhow::ensure!(
        !store.exists(),
        "{} is not a demo store of this command: move it away",
        relative(&store)
    );
    say(format!("making {} with {cases} cases of an invented department", relative(&store)));
    // Made aside and put in its place when it is whole: a run that is ended half-way leaves nothing that looks like one.
    let aside = folder.join("making");
    if aside.exists() {
        fs::remove_dir_all(&aside)?;
    }
    fs::create_dir_all(&aside)?;
    let made = Demo::seed(binary, &aside.join("plumbline.db"), cases, random::token()?[..12].to_owned())?;
    let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&kept)?;
    serde_json::to_writer_pretty(&mut file, &json!({ "password": made.password, "seeded": made.seeded }))?;
    // The store last, after its key and what may lie beside it.
    let names =
        fs::read_dir(&aside)?.map(|file| Ok(file?.file_name())).collect::<std::io::Result<Vec<_>>>()?;
    let (store_file, beside): (Vec<_>, Vec<_>) = names.into_iter().partition(|name| name == "plumbline.db");
    for name in beside.into_iter().chain(store_file) {
        fs::rename(aside.join(&name), folder.join(&name))?;
    }
    fs::remove_dir_all(&aside)?;
    Ok(Demo { store: format!("sqlite:{}", store.display()), ..made })
}

/// The people of the demo store as a table.
fn people(demo: &Demo) -> String {
    let people = demo.seeded["people"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut lines = vec![format!("{:<10} {:<8} {:<24} role, name", "sign in", "unit", "posts")];
    for person in people {
        let text = |key: &str| person[key].as_str().unwrap_or("–").to_owned();
        let posts: Vec<&str> =
            person["posts"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        lines.push(format!(
            "{:<10} {:<8} {:<24} {}, {}",
            text("person"),
            text("unit"),
            posts.join(" "),
            text("role"),
            text("name")
        ));
    }
    lines.push(format!("password of all: {}", demo.password));
    lines.join("\n")
}

fn relative(path: &Path) -> String {
    path.strip_prefix(paths::root()).unwrap_or(path).display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_listed_with_what_they_sign_in_by() {
        let seeded = json!({ "people": [{ "person": "SH3107", "name": "陈思远", "unit": "SH", "posts": ["recheck"], "role": "clerk" }] });
        let demo = Demo { store: String::new(), password: "plumb".into(), seeded };
        let text = people(&demo);
        assert!(text.contains("SH3107     SH       recheck"), "{text}");
        assert!(text.ends_with("password of all: plumb"));
    }
}
