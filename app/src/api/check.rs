//! Draws and sample checks.

use super::{Api, Failure, Load, Tag};
use domain::api::check::{CheckCommand, CheckView, Checks, DrawRequest, DrawView};
use domain::id::CheckId;

/// Today's checks and draws.
pub fn list() -> Load<Checks> {
    Load::new("/api/checks", [Tag::Checks])
}

/// A check with the step as it was.
pub fn view(check: CheckId) -> Load<CheckView> {
    Load::new(format!("/api/checks/{check}"), [Tag::Check(check)])
}

impl Api {
    /// Draws a sample.
    pub async fn draw(self, request: &DrawRequest) -> Result<DrawView, Failure> {
        self.command("/api/draws", None, request).await?.json()
    }

    /// Sends a command on a check.
    pub async fn check_command(
        self,
        check: CheckId,
        version: u64,
        command: &CheckCommand,
    ) -> Result<CheckView, Failure> {
        self.command(&format!("/api/checks/{check}/commands"), Some(version), command).await?.json()
    }
}
