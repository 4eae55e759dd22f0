//! Hand-over slips.

use super::{Load, Tag};
use domain::api::slip::{Slip, Slips};
use domain::id::SlipId;

/// Slips to receive and slips given.
pub fn list() -> Load<Slips> {
    Load::new("/api/slips", [Tag::Slips])
}

/// A slip with its lines.
pub fn view(slip: SlipId) -> Load<Slip> {
    Load::new(format!("/api/slips/{slip}"), [Tag::Slip(slip), Tag::Slips])
}
