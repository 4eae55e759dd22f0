//! What `decide` needs to know beside the case.

use crate::{
    actor::{Actor, Person},
    catalogue::Catalogue,
    id::{ItemCode, PersonId, SlipId, UnitId},
    post::Stage,
    time::{Calendar, Timestamp},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// Everything outside the case that a verdict depends on. The server fills it inside the transaction,
/// the browser from what came with the case.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// Who acts.
    pub actor: &'a Actor,
    /// Now, whole milliseconds.
    pub now: Timestamp,
    /// Calendar of the unit that works the present stage.
    pub calendar: &'a Calendar,
    /// Calendars of other units concerned, where they are not the same: a case is due at a stage by the calendar
    /// of the unit that works it there (process §6).
    pub calendars: &'a BTreeMap<UnitId, Arc<Calendar>>,
    /// The catalogue the case began with.
    pub catalogue: &'a Catalogue,
    /// Unit that works each stage for this case's accepting unit.
    pub sites: &'a BTreeMap<Stage, UnitId>,
    /// All active persons whose scope covers a working unit of the case: who could take, recheck or
    /// approve it.
    pub people: &'a [Person],
    /// Who is present: signed in on this business day (process §3). Asked at registration.
    pub present: &'a BTreeSet<PersonId>,
    /// Who has given a verdict on a sample check of the case: they may not work on it (process §3, separation).
    pub inspectors: &'a BTreeSet<PersonId>,
    /// Items of other open cases on the same policy (E01).
    pub open_items: &'a [ItemCode],
    /// The open slip this command's line goes on, allotted by the server; the browser passes nil.
    pub slip: SlipId,
}

impl Context<'_> {
    /// The calendar of a unit.
    pub fn calendar_of(&self, unit: &UnitId) -> &Calendar {
        self.calendars.get(unit).map_or(self.calendar, AsRef::as_ref)
    }

    /// The unit that works a stage.
    pub fn site<'s>(&'s self, stage: Stage, otherwise: &'s UnitId) -> &'s UnitId {
        self.sites.get(&stage).unwrap_or(otherwise)
    }
}
