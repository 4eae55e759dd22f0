//! What a browser fetches before the queue can be worked.

use anyhow::Result;

use crate::bench::table::{Row, Verdict, thousands};
use crate::check::size;
use crate::paths;

/// What is measured, and the bar.
pub const WANTED: [(&str, &str); 1] = [("first visit, transferred (brotli)", "≤ 300 KB")];

/// From the site that is embedded.
pub fn measure() -> Result<Vec<Row>> {
    let sizes = size::of(&paths::site())?;
    Ok(vec![Row {
        what: WANTED[0].0.to_owned(),
        engine: "–",
        bar: WANTED[0].1.to_owned(),
        measured: format!(
            "{} bytes with headers and answers, lazy pages {} more",
            thousands(sizes.first + size::ANSWERS),
            thousands(sizes.lazy)
        ),
        verdict: Verdict::of(sizes.first + size::ANSWERS <= size::GOAL, true),
    }])
}
