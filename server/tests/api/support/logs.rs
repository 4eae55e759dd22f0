//! Everything this test binary logs, at the finest level, to be searched for what must not be in it.

use std::io::Write;
use std::sync::{Mutex, Once, PoisonError};

static LINES: Mutex<Vec<u8>> = Mutex::new(Vec::new());
static STARTED: Once = Once::new();

struct Lines;

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        LINES.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Starts writing down.
pub fn capture() {
    STARTED.call_once(|| {
        let lines = tracing_subscriber::fmt()
            .json()
            .with_max_level(tracing::Level::DEBUG)
            .with_writer(|| Lines)
            .try_init();
        lines.expect("nobody else logs in this binary");
    });
}

/// Whether any line so far holds the text.
pub fn hold(text: &str) -> bool {
    let lines = LINES.lock().unwrap_or_else(PoisonError::into_inner);
    lines.windows(text.len()).any(|window| window == text.as_bytes())
}

/// How much was logged.
pub fn size() -> usize {
    LINES.lock().unwrap_or_else(PoisonError::into_inner).len()
}
