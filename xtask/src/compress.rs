//! Brotli and gzip copies of what compresses, made once at build instead of at every request.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// How much time the compressors may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// As small as can be: what people download.
    Best,
    /// For builds nobody downloads far.
    Quick,
}

/// Writes `name.br` and `name.gz` beside every file below `folder` that compresses; one thread per core.
pub fn folder(folder: &Path, effort: Effort) -> Result<()> {
    let mut files = crate::site::files(folder)?;
    files.retain(|path| compresses(path));
    let next = std::sync::Mutex::new(files.into_iter());
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    std::thread::scope(|scope| {
        let work = || {
            loop {
                let file = next.lock().expect("no thread panics while it holds the list").next();
                let Some(file) = file else { return Ok(()) };
                compress(&file, effort)?;
            }
        };
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        workers.into_iter().try_for_each(|worker| worker.join().expect("a compressor does not panic"))
    })
}

fn compress(file: &Path, effort: Effort) -> Result<()> {
    let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    for (suffix, packed) in [("br", brotli(&bytes, effort)?), ("gz", gzip(&bytes, effort)?)] {
        if packed.len() < bytes.len() {
            let mut name = file.as_os_str().to_owned();
            name.push(".");
            name.push(suffix);
            std::fs::write(PathBuf::from(name), packed)?;
        }
    }
    Ok(())
}

fn brotli(bytes: &[u8], effort: Effort) -> Result<Vec<u8>> {
    let quality = if effort == Effort::Best { 11 } else { 4 };
    let params = brotli::enc::BrotliEncoderParams { quality, lgwin: 22, ..Default::default() };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut packed, &params)?;
    Ok(packed)
}

fn gzip(bytes: &[u8], effort: Effort) -> Result<Vec<u8>> {
    let level = if effort == Effort::Best { 9 } else { 4 };
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(level));
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

fn compresses(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    matches!(extension, Some("html" | "js" | "css" | "svg" | "json" | "webmanifest" | "wasm" | "txt"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_compressed_comes_back() {
        let text = b"plumb line ".repeat(200);
        let packed = brotli(&text, Effort::Best).unwrap();
        let mut back = Vec::new();
        brotli::BrotliDecompress(&mut &*packed, &mut back).unwrap();
        assert_eq!(back, text);
        assert!(packed.len() < text.len() / 10);
        assert!(gzip(&text, Effort::Best).unwrap().len() < text.len() / 10);
    }

    #[test]
    fn pictures_are_left_alone() {
        assert!(compresses(Path::new("a/app_bg.wasm")));
        assert!(!compresses(Path::new("a/icon.png")));
    }
}
