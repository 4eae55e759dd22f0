//! The sections of a module: dropped, or written anew.

use std::collections::HashMap;

use anyhow::{Context, Result, bail};

const HEADER: usize = 8;
const CUSTOM: u8 = 0;
/// The section of imports.
const IMPORT: u8 = 2;

/// The module without its custom sections (names, producers, features): browsers do not read them.
pub fn without_custom(module: &[u8]) -> Result<Vec<u8>> {
    map(module, |id, content| Ok((id != CUSTOM).then(|| content.to_vec())))
}

/// The module with other names for some of its imports.
pub fn rename_imports(module: &[u8], names: &HashMap<String, String>) -> Result<Vec<u8>> {
    map(
        module,
        |id, content| {
            if id == IMPORT { imports(content, names).map(Some) } else { Ok(Some(content.to_vec())) }
        },
    )
}

/// The module with what `each` makes of every section; one it makes nothing of is dropped.
fn map(module: &[u8], each: impl Fn(u8, &[u8]) -> Result<Option<Vec<u8>>>) -> Result<Vec<u8>> {
    let Some((header, rest)) = module.split_at_checked(HEADER) else { bail!("a module has a header") };
    let mut out = header.to_vec();
    let mut reader = Reader(rest);
    while !reader.0.is_empty() {
        let id = reader.byte()?;
        if let Some(content) = each(id, reader.bytes()?)? {
            out.push(id);
            write(&mut out, &content)?;
        }
    }
    Ok(out)
}

fn imports(content: &[u8], names: &HashMap<String, String>) -> Result<Vec<u8>> {
    let mut reader = Reader(content);
    let count = reader.number()?;
    let mut out = leb128(count);
    for _ in 0..count {
        write(&mut out, reader.bytes()?)?;
        let name = std::str::from_utf8(reader.bytes()?)?;
        write(&mut out, names.get(name).map_or(name, String::as_str).as_bytes())?;
        let kind = reader.0;
        match reader.byte()? {
            // A function, by its type.
            0 => _ = reader.number()?,
            // A table of references, a memory: their limits.
            1 => {
                reader.byte()?;
                reader.limits()?;
            }
            2 => reader.limits()?,
            // A global: its type and whether it changes.
            3 => {
                reader.byte()?;
                reader.byte()?;
            }
            other => bail!("an import of a kind that is not known: {other}"),
        }
        out.extend_from_slice(&kind[..kind.len() - reader.0.len()]);
    }
    Ok(out)
}

/// Reads a module from its front.
struct Reader<'m>(&'m [u8]);

impl<'m> Reader<'m> {
    fn byte(&mut self) -> Result<u8> {
        let (&byte, rest) = self.0.split_first().context("a section ends within its module")?;
        self.0 = rest;
        Ok(byte)
    }

    /// An unsigned number of at most 32 bits.
    fn number(&mut self) -> Result<u32> {
        let mut value = 0;
        for place in 0..5 {
            let byte = self.byte()?;
            value |= u32::from(byte & 0x7f) << (7 * place);
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        bail!("a number has at most 32 bits")
    }

    /// Bytes with their number in front.
    fn bytes(&mut self) -> Result<&'m [u8]> {
        let length = usize::try_from(self.number()?)?;
        let (bytes, rest) = self.0.split_at_checked(length).context("a section ends within its module")?;
        self.0 = rest;
        Ok(bytes)
    }

    fn limits(&mut self) -> Result<()> {
        let bounded = self.byte()? & 1 == 1;
        self.number()?;
        if bounded {
            self.number()?;
        }
        Ok(())
    }
}

fn write(out: &mut Vec<u8>, bytes: &[u8]) -> Result<()> {
    out.extend(leb128(u32::try_from(bytes.len())?));
    out.extend_from_slice(bytes);
    Ok(())
}

fn leb128(mut value: u32) -> Vec<u8> {
    let mut out = Vec::new();
    loop {
        let [low, ..] = value.to_le_bytes();
        value >>= 7;
        if value == 0 {
            out.push(low & 0x7f);
            return out;
        }
        out.push(low | 0x80);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &[u8] = b"\0asm\x01\0\0\0";

    #[test]
    fn only_custom_sections_go() {
        let kind = [1, 4, 1, 0x60, 0, 0];
        // Its length takes two bytes, as linkers that patch lengths write it.
        let custom = [0, 0x83, 0x00, 2, b'h', b'i'];
        let module = [HEAD, &custom, &kind, &custom].concat();
        assert_eq!(without_custom(&module).unwrap(), [HEAD, &kind].concat());
    }

    #[test]
    fn a_broken_module_is_an_error() {
        assert!(without_custom(b"\0asm").is_err());
        assert!(without_custom(b"\0asm\x01\0\0\0\x01\x7f\0").is_err());
    }

    #[test]
    fn imports_of_every_kind_keep_their_types() {
        let import = |name: &str, kind: &[u8]| {
            [b"\x01m", &leb128(u32::try_from(name.len()).unwrap())[..], name.as_bytes(), kind].concat()
        };
        let section = |name: &str| {
            let content = [
                vec![4],
                import(name, &[0, 0x85, 0x01]),
                import("table", &[1, 0x70, 1, 2, 0x80, 0x01]),
                import("memory", &[2, 0, 17]),
                import("stack", &[3, 0x7f, 1]),
            ]
            .concat();
            [vec![IMPORT], leb128(u32::try_from(content.len()).unwrap()), content].concat()
        };
        let names = HashMap::from([("long".repeat(40), "w0".to_owned())]);
        let before = [HEAD, &section(&"long".repeat(40))].concat();
        assert_eq!(rename_imports(&before, &names).unwrap(), [HEAD, &section("w0")].concat());
    }
}
