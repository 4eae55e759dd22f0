//! Draws and sample checks.

use super::{Api, Failure, Load, Tag};
use domain::api::check::{CheckCommand, CheckView, Checks, ChecksQuery, DrawRequest, DrawView, SecondCheck};
use domain::id::{CheckId, DrawId};
use serde::Serialize;

/// Checks open and done, draws and what could be drawn from.
pub fn list(query: &ChecksQuery) -> Load<Checks> {
    Load::with("/api/checks", query, [Tag::Checks])
}

/// A check with the step as it was.
pub fn view(check: CheckId) -> Load<CheckView> {
    Load::new(format!("/api/checks/{check}"), [Tag::Check(check)])
}

#[derive(Serialize)]
struct Nothing {}

impl Api {
    /// Draws a sample.
    pub async fn draw(self, request: &DrawRequest) -> Result<DrawView, Failure> {
        self.command("/api/draws", None, request).await?.json()
    }

    /// Does a draw again over its frame; it answers with the draw, marked where the same steps were drawn.
    pub async fn verify_draw(self, draw: DrawId) -> Result<DrawView, Failure> {
        self.command(&format!("/api/draws/{draw}/verify"), None, &Nothing {}).await?.json()
    }

    /// Makes the second check of the step a major finding was made in.
    pub async fn second_check(self, check: CheckId) -> Result<CheckView, Failure> {
        self.command("/api/checks/second", None, &SecondCheck { check }).await?.json()
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
