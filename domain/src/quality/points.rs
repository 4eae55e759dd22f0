//! The 17 check points and 14 error points of the founding document, and the words a finding is made of.
//!
//! A check point asks whether a step was done by the book; an error point names a wrong result. Wording is
//! the founding document's, verbatim. The document gives neither severities nor "critical": those, the
//! governing document of a check point and the error points it suggests are company-set.

mod check_points;
mod error_points;
mod words;

pub use check_points::CHECK_POINTS;
pub use error_points::ERROR_POINTS;
pub use words::{Basis, Cause, PointStage, Severity, Verdict};

use crate::{
    catalogue::{DocumentCode, Label},
    post::{Post, Stage},
};
use serde::{Deserialize, Serialize};
use std::{borrow::Cow, fmt};

/// Number of a check point, 1–17.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = u8, minimum = 1, maximum = 17))]
pub struct CheckPoint(u8);

impl CheckPoint {
    /// How many there are.
    pub const COUNT: u8 = 17;

    /// The check point of that number, 1–17.
    pub const fn new(number: u8) -> Option<Self> {
        if number >= 1 && number <= Self::COUNT { Some(Self(number)) } else { None }
    }

    /// All of them in order.
    pub fn all() -> impl Iterator<Item = Self> {
        (1..=Self::COUNT).map(Self)
    }

    /// Its number.
    pub const fn number(self) -> u8 {
        self.0
    }

    /// What it asks, as shipped.
    pub fn spec(self) -> &'static CheckPointSpec {
        &CHECK_POINTS[usize::from(self.0) - 1]
    }
}

impl From<CheckPoint> for u8 {
    fn from(point: CheckPoint) -> Self {
        point.0
    }
}

/// There are 17 check points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no check point {0}: there are 1 to 17")]
pub struct NoSuchCheckPoint(pub u8);

impl TryFrom<u8> for CheckPoint {
    type Error = NoSuchCheckPoint;
    fn try_from(number: u8) -> Result<Self, NoSuchCheckPoint> {
        Self::new(number).ok_or(NoSuchCheckPoint(number))
    }
}

impl fmt::Display for CheckPoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A check point 检查点.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CheckPointSpec {
    /// Its number, 1–17, through all stages.
    pub number: CheckPoint,
    /// The document's stage.
    pub stage: PointStage,
    /// The posts whose steps it applies to; all five for stages 6 and 7.
    pub posts: Cow<'static, [Post]>,
    /// What it appeals to.
    pub basis: Basis,
    /// The document's own sentence.
    pub wording: Cow<'static, str>,
    /// Short name.
    pub label: Label,
    /// Clause of the founding document: `一（一）3（2）`.
    pub clause: Cow<'static, str>,
    /// Reference document that governs it; company-set.
    pub document: DocumentCode,
    /// Failing it fails the whole check; company-set.
    pub critical: bool,
    /// Error points offered when its result was wrong too; none for 2, 5, 6 and 17 (quality §3).
    /// Company-set.
    pub suggests: Cow<'static, [ErrorPoint]>,
}

/// An error point 差错点, by its code `E01`–`E14` (the wire name too).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ErrorPoint {
    /// Application date against the rules not seen.
    E01,
    /// Review wrong.
    E02,
    /// Entry wrong.
    E03,
    /// Servicing's entry or system work wrong.
    E04,
    /// Fee wrong.
    E05,
    /// Endorsement wrong.
    E06,
    /// Not found at recheck.
    E07,
    /// Binding not to standard.
    E08,
    /// Binding wrong.
    E09,
    /// Hand-over incomplete, material missing.
    E10,
    /// Notice late or wrong.
    E11,
    /// Benefit late or wrong.
    E12,
    /// Seal missing or misused.
    E13,
    /// Back-end report not viewed or followed.
    E14,
}

impl ErrorPoint {
    /// All fourteen in order.
    pub const ALL: [Self; 14] = [
        Self::E01,
        Self::E02,
        Self::E03,
        Self::E04,
        Self::E05,
        Self::E06,
        Self::E07,
        Self::E08,
        Self::E09,
        Self::E10,
        Self::E11,
        Self::E12,
        Self::E13,
        Self::E14,
    ];

    /// Its number in the document, 1–14.
    pub const fn number(self) -> u8 {
        self as u8 + 1
    }

    /// The code: `E05`.
    pub const fn as_str(self) -> &'static str {
        const CODES: [&str; 14] = [
            "E01", "E02", "E03", "E04", "E05", "E06", "E07", "E08", "E09", "E10", "E11", "E12", "E13", "E14",
        ];
        CODES[self as usize]
    }

    /// The error point of that code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|point| point.as_str() == code)
    }

    /// What it says, as shipped.
    pub fn spec(self) -> &'static ErrorPointSpec {
        &ERROR_POINTS[self as usize]
    }
}

impl fmt::Display for ErrorPoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An error point with its wording.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ErrorPointSpec {
    /// Its code.
    pub code: ErrorPoint,
    /// The document's own sentence.
    pub wording: Cow<'static, str>,
    /// Short name.
    pub label: Label,
    /// Posts that can make it.
    pub posts: Cow<'static, [Post]>,
    /// Whether the document itself names the post; where not, `posts` is company-set.
    pub posts_stated: bool,
    /// Severity offered first; company-set.
    pub severity: Severity,
}

/// The shipped check points that apply to a step of a stage: those of its post, and the document's stages
/// 6 and 7, which apply to every post (quality §3).
pub fn check_points_for(stage: Stage) -> Vec<&'static CheckPointSpec> {
    applying(&CHECK_POINTS, stage)
}

/// Those of `points` that apply to a step of a stage.
pub fn applying(points: &[CheckPointSpec], stage: Stage) -> Vec<&CheckPointSpec> {
    points.iter().filter(|point| point.posts.contains(&stage.post())).collect()
}

#[cfg(test)]
mod tests;
