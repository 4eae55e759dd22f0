//! Every draw done again.

use domain::unit::UnitTree;
use store::Store;

use super::Check;
use crate::error::{Error, Result};
use crate::sampling;

/// Draws read at once.
const PAGE: u32 = 2_000;

pub(super) async fn check(store: &dyn Store, units: &UnitTree, check: &mut Check) -> Result<()> {
    let mut behind = None;
    loop {
        let read = store.draws_behind(behind, PAGE).await.map_err(Error::from);
        let Some(page) = check.unreadable("draws", read)? else { return Ok(()) };
        let Some(last) = page.last() else { return Ok(()) };
        behind = Some(last.id);
        for draw in &page {
            check.checked += 1;
            let again = sampling::verify(store, units, draw).await;
            if let Some(Err(mismatch)) =
                check.unreadable(&format!("the frame or seed of draw {}", draw.number), again)?
            {
                check.fault(format!("{}: {mismatch}", draw.number));
            }
        }
    }
}
