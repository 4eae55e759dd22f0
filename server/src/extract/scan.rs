//! One pass over JSON text before it is read: what no reader of ours should meet.

use crate::error::{Error, Result};

/// Refuses text that nests deeper than `limit`, or holds a NUL, plain or escaped: PostgreSQL cannot keep one and
/// no name, number or note has any. Whether the rest is JSON is the reader's to say.
pub fn check(text: &str, limit: usize) -> Result<()> {
    let (mut depth, mut quoted) = (0_usize, false);
    let mut bytes = text.as_bytes().iter();
    while let Some(byte) = bytes.next().copied() {
        match byte {
            0 => return Err(nul()),
            b'"' => quoted = !quoted,
            b'\\' if quoted => {
                let escaped = bytes.next();
                if escaped == Some(&b'u') && bytes.as_slice().starts_with(b"0000") {
                    return Err(nul());
                }
            }
            b'{' | b'[' if !quoted => {
                depth += 1;
                if depth > limit {
                    return Err(Error::malformed(format!("the body nests deeper than {limit} levels")));
                }
            }
            b'}' | b']' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    Ok(())
}

fn nul() -> Error {
    Error::malformed("the body holds a NUL")
}
