//! Hand-over slips 交接清单.

use crate::{
    id::{CaseId, ItemCode, MaterialKind, PersonId, SlipId, UnitId},
    post::Stage,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What a slip passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum SlipKind {
    /// From post to post, forwards or back.
    Posts,
    /// From person to person: only the holder changes.
    Transfer,
}

/// How a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum LineState {
    /// To be received.
    Open,
    /// Received.
    Confirmed,
    /// Reported different.
    Different,
    /// Taken back, or a transfer that fell.
    Withdrawn,
}

/// One material to count: the stated pages are absent while the receiver has still to count unseen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LineMaterial {
    /// Kind.
    pub kind: MaterialKind,
    /// Copies stated.
    pub copies: u16,
    /// Pages stated; hidden from the receiver until the line is settled.
    pub pages: Option<u16>,
}

/// One case on a slip.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SlipLine {
    /// The case.
    pub case: CaseId,
    /// Its version.
    pub version: u64,
    /// Version of the case that put it on the slip. A case taken back or reported different and given again
    /// stands on one slip several times: with the case this names the line.
    #[serde(default)]
    pub given: u64,
    /// Its number.
    pub number: String,
    /// Policy number.
    pub policy_no: String,
    /// Items.
    pub items: Vec<ItemCode>,
    /// Giver.
    pub giver: PersonId,
    /// It is a return.
    pub returned: bool,
    /// What to count.
    pub materials: Vec<LineMaterial>,
    /// Differing counts so far.
    pub counts: u8,
    /// How it stands.
    pub state: LineState,
    /// When it was put on the slip.
    pub since: DateTime<Utc>,
    /// When it was settled.
    pub settled_at: Option<DateTime<Utc>>,
    /// Who settled it.
    pub settled_by: Option<PersonId>,
    /// Difference, in words.
    pub difference: Option<String>,
}

impl SlipLine {
    /// What names the line among all lines of all slips.
    pub const fn key(&self) -> LineKey {
        (self.case, self.given)
    }

    /// 自行签收: who gave it received it, because nobody else of the receiving post could.
    pub fn is_own(&self) -> bool {
        self.state == LineState::Confirmed && self.settled_by.as_ref() == Some(&self.giver)
    }
}

/// The case of a line and the version of the case that put it on its slip.
pub type LineKey = (CaseId, u64);

/// A slip, as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SlipSummary {
    /// Its id.
    pub id: SlipId,
    /// Its number, with its letter: `SH-260318-J003`.
    pub number: String,
    /// What it passes.
    pub kind: SlipKind,
    /// From which stage and unit.
    pub from: (Stage, UnitId),
    /// To which stage and unit.
    pub to: (Stage, UnitId),
    /// To which person, on a transfer.
    pub to_person: Option<PersonId>,
    /// Lines in all.
    pub lines: u32,
    /// Lines still open.
    pub open: u32,
    /// When it was begun.
    pub since: DateTime<Utc>,
}

/// A slip with its lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Slip {
    /// Head.
    pub summary: SlipSummary,
    /// Lines.
    pub lines: Vec<SlipLine>,
}

/// `GET /api/slips`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Slips {
    /// To receive.
    pub incoming: Vec<SlipSummary>,
    /// Given, not all confirmed.
    pub outgoing: Vec<SlipSummary>,
    /// For who leads: slips of the last days on which somebody received a case he had given himself 自行签收.
    #[serde(default)]
    pub own: Vec<SlipSummary>,
    /// Time of the data.
    pub as_of: DateTime<Utc>,
}
