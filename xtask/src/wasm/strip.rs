//! Drops the custom sections of a module (names, producers, features): browsers do not read them.

use anyhow::{Context, Result, bail};

const HEADER: usize = 8;
const CUSTOM: u8 = 0;

/// The module without its custom sections.
pub fn custom_sections(module: &[u8]) -> Result<Vec<u8>> {
    let Some((header, mut rest)) = module.split_at_checked(HEADER) else { bail!("a module has a header") };
    let mut kept = header.to_vec();
    while let Some((&id, after)) = rest.split_first() {
        let (length, size) = leb128(after).context("a section has a length")?;
        let whole = 1 + size + usize::try_from(length)?;
        let (section, next) = rest.split_at_checked(whole).context("a section ends within its module")?;
        if id != CUSTOM {
            kept.extend_from_slice(section);
        }
        rest = next;
    }
    Ok(kept)
}

/// An unsigned number of at most 32 bits, and the bytes it takes.
fn leb128(bytes: &[u8]) -> Option<(u32, usize)> {
    let mut value = 0;
    for (place, byte) in bytes.iter().take(5).enumerate() {
        value |= u32::from(byte & 0x7f) << (7 * place);
        if byte & 0x80 == 0 {
            return Some((value, place + 1));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_custom_sections_go() {
        let header = b"\0asm\x01\0\0\0";
        let kind = [1, 4, 1, 0x60, 0, 0];
        // Its length takes two bytes, as linkers that patch lengths write it.
        let custom = [0, 0x83, 0x00, 2, b'h', b'i'];
        let module = [&header[..], &custom, &kind, &custom].concat();
        assert_eq!(custom_sections(&module).unwrap(), [&header[..], &kind].concat());
    }

    #[test]
    fn a_broken_module_is_an_error() {
        assert!(custom_sections(b"\0asm").is_err());
        assert!(custom_sections(b"\0asm\x01\0\0\0\x01\x7f\0").is_err());
    }
}
