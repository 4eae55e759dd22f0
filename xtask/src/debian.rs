//! Installing what is missing from Debian's packages.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Result, bail};

use crate::command::{program, run, say, which};

/// Whether packages can be installed here: a Debian or a child of it, as root.
pub fn can_install() -> bool {
    which("apt-get").is_some() && is_root()
}

/// Whether this process is the system's administrator.
pub fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    Path::new("/proc/self").metadata().is_ok_and(|data| data.uid() == 0)
}

/// Whether every one of the packages is installed.
pub fn installed(packages: &[&str]) -> bool {
    packages.iter().all(|package| {
        Command::new("dpkg-query")
            .args(["--show", "--showformat=${db:Status-Abbrev}", package])
            .stderr(Stdio::null())
            .output()
            .is_ok_and(|output| output.status.success() && output.stdout.starts_with(b"ii"))
    })
}

/// Installs packages, saying which and what for; says what to run where this process may not.
pub fn install(packages: &[&str], purpose: &str) -> Result<()> {
    let list = packages.join(" ");
    if !can_install() {
        bail!(
            "{purpose} is missing. On Debian: apt-get install {list} (as root); elsewhere by the system's own means"
        );
    }
    say(format!("installing {purpose} from Debian's packages: {list}"));
    run(apt().args(["update", "--quiet"]))?;
    run(apt().args(["install", "--quiet", "--yes", "--no-install-recommends"]).args(packages))
}

fn apt() -> Command {
    let mut command = program("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive").stdin(Stdio::null());
    command
}
