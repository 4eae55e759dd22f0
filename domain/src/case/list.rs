//! The list of each stage: what must be done before a case leaves it (process §2, Lists).

use super::{item::CaseItem, state::Case};
use crate::{catalogue::Catalogue, post::Stage};
use serde::{Deserialize, Serialize};

/// A line of a stage's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ListLine {
    /// Entry: review complete.
    Review,
    /// Entry: change entered.
    Enter,
    /// Entry: confirmed by a second keying.
    Confirm,
    /// Servicing: preparation.
    Preparation,
    /// Servicing: core result, compared.
    CoreResult,
    /// Servicing: fees settled.
    Fees,
    /// Servicing: endorsement.
    Endorsement,
    /// Recheck: passed.
    Pass,
    /// Recheck: effective in the core.
    CoreEffective,
    /// Binding: finished.
    Bind,
}

/// An open line for one item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OpenLine {
    /// The item's number.
    pub item: u8,
    /// The line.
    pub line: ListLine,
}

/// Lines of a stage's list in the order of work.
pub const fn lines_of(stage: Stage) -> &'static [ListLine] {
    match stage {
        Stage::Intake | Stage::FinalCheck => &[],
        Stage::Entry => &[ListLine::Review, ListLine::Enter, ListLine::Confirm],
        Stage::Servicing => {
            &[ListLine::Preparation, ListLine::CoreResult, ListLine::Fees, ListLine::Endorsement]
        }
        Stage::Recheck => &[ListLine::Pass, ListLine::CoreEffective],
        Stage::Binding => &[ListLine::Bind],
    }
}

/// Whether a line of an item is done, or does not apply to it.
pub fn is_done(item: &CaseItem, line: ListLine, catalogue: &Catalogue) -> bool {
    match line {
        ListLine::Review => item.review.is_some(),
        ListLine::Enter => item.entered.is_some(),
        ListLine::Confirm => item.confirmed().is_some(),
        ListLine::Preparation => item.preparation.is_some(),
        ListLine::CoreResult => item.core.as_ref().is_some_and(|core| core.compared),
        ListLine::Fees => {
            item.fees.is_some() || catalogue.item(&item.code).is_none_or(|entry| entry.fee.is_none())
        }
        ListLine::Endorsement => item.endorsement.is_some(),
        ListLine::Pass => item.pass.is_some(),
        ListLine::CoreEffective => item.core_effective(),
        ListLine::Bind => item.bound.is_some(),
    }
}

/// Open lines of a stage over all items not dropped, by item, then in the order of work.
pub fn open_lines(case: &Case, stage: Stage, catalogue: &Catalogue) -> Vec<OpenLine> {
    case.open_items()
        .flat_map(|item| {
            lines_of(stage)
                .iter()
                .filter(move |line| !is_done(item, **line, catalogue))
                .map(move |line| OpenLine { item: item.no, line: *line })
        })
        .collect()
}

/// Open lines of several stages, in their order.
pub fn open_before(case: &Case, stages: &[Stage], catalogue: &Catalogue) -> Vec<OpenLine> {
    stages.iter().flat_map(|stage| open_lines(case, *stage, catalogue)).collect()
}
