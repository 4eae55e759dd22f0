//! Where the figures come from: they are worth nothing without it.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::time::Instant;

use anyhow::Result;

use super::latency::{Latencies, ms};
use crate::now::now;

/// What is measured on, one line each.
pub fn describe(folder: &Path) -> Result<Vec<String>> {
    let read = |path| fs::read_to_string(path).unwrap_or_default();
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let (info, memory, system) = (read("/proc/cpuinfo"), read("/proc/meminfo"), read("/etc/os-release"));
    let cpu = value(&info, "model name", ':').unwrap_or("unknown processor");
    let kib: f64 = value(&memory, "MemTotal", ':').and_then(first_number).unwrap_or(0.0);
    let system = value(&system, "PRETTY_NAME", '=').unwrap_or("unknown system").trim_matches('"').to_owned();
    Ok(vec![
        format!("{cores} cores ({cpu}), {:.1} GiB of memory", kib / 1_048_576.0),
        format!("{system}, kernel {}", read("/proc/sys/kernel/osrelease").trim()),
        format!("{:.2} ms to write 4 KiB and have it on disk (median of 100)", sync_time(folder)?),
        format!("{}, release build, client and server on this machine", now().format("%Y-%m-%d %H:%M %:z")),
    ])
}

/// The load average over a minute: what else the machine has to do shows in every figure.
pub fn load() -> String {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().unwrap_or("unknown").to_owned()
}

/// Resident memory of a process in MiB.
pub fn resident(process: u32) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    value(&status, "VmRSS", ':').and_then(first_number).map(|kib| kib / 1_024.0)
}

/// The value of a key in lines of `key: value` or `key=value`.
fn value<'t>(text: &'t str, key: &str, separator: char) -> Option<&'t str> {
    text.lines().find_map(|line| {
        let (name, value) = line.split_once(separator)?;
        (name.trim() == key).then(|| value.trim())
    })
}

fn first_number(text: &str) -> Option<f64> {
    text.split_whitespace().next()?.parse().ok()
}

/// Milliseconds that a durable write takes here at the least: no command can be quicker alone.
fn sync_time(folder: &Path) -> Result<f64> {
    let path = folder.join("sync");
    let mut file = File::create(&path)?;
    let mut times = Latencies::default();
    for _ in 0..100 {
        let start = Instant::now();
        file.write_all(&[1; 4_096])?;
        file.sync_data()?;
        times.push(start.elapsed());
    }
    fs::remove_file(path)?;
    Ok(times.percentiles([500]).map_or(0.0, |[median]| ms(median)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_by_their_key_alone() {
        let text = "model\t\t: 85\nmodel name\t: Fast CPU\nVmRSS:\t   61440 kB\nPRETTY_NAME=\"A System\"\n";
        assert_eq!(value(text, "model name", ':'), Some("Fast CPU"));
        assert_eq!(value(text, "VmRSS", ':').and_then(first_number), Some(61_440.0));
        assert_eq!(value(text, "PRETTY_NAME", '='), Some("\"A System\""));
        assert_eq!(value(text, "name", ':'), None);
    }

    #[test]
    fn this_process_has_memory() {
        assert!(resident(std::process::id()).unwrap() > 1.0);
    }
}
