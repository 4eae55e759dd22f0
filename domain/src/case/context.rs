//! What `decide` needs to know beside the case.

use crate::{
    actor::{Actor, Person},
    catalogue::Catalogue,
    id::{ItemCode, SlipId, UnitId},
    post::Stage,
    time::{Calendar, Timestamp},
};
use std::collections::BTreeMap;

/// Everything outside the case that a verdict depends on. The server fills it inside the transaction,
/// the browser from what came with the case.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// Who acts.
    pub actor: &'a Actor,
    /// Now, whole milliseconds.
    pub now: Timestamp,
    /// Calendar of the working unit.
    pub calendar: &'a Calendar,
    /// The catalogue the case began with.
    pub catalogue: &'a Catalogue,
    /// Unit that works each stage for this case's accepting unit.
    pub sites: &'a BTreeMap<Stage, UnitId>,
    /// All active persons whose scope covers a working unit of the case: who could take, recheck or
    /// approve it.
    pub people: &'a [Person],
    /// Items of other open cases on the same policy (E01).
    pub open_items: &'a [ItemCode],
    /// The open slip this command's line goes on, allotted by the server; the browser passes nil.
    pub slip: SlipId,
}

impl Context<'_> {
    /// The unit that works a stage.
    pub fn site<'s>(&'s self, stage: Stage, otherwise: &'s UnitId) -> &'s UnitId {
        self.sites.get(&stage).unwrap_or(otherwise)
    }
}
