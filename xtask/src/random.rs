//! Random words for passwords that live as long as one command.

use std::fs::File;
use std::io::Read;

use anyhow::{Context, Result};

/// 128 random bits in hexadecimal digits.
pub fn token() -> Result<String> {
    let mut bytes = [0; 16];
    File::open("/dev/urandom")
        .and_then(|mut file| file.read_exact(&mut bytes))
        .context("cannot read /dev/urandom")?;
    Ok(format!("{:032x}", u128::from_le_bytes(bytes)))
}
