//! Places of the columns a mapping names.

use super::super::fault::{Fault, Faults, Rule};
use super::super::table::Table;
use super::super::when::Times;
use super::Mapping;

/// A column by its name and place.
pub(super) struct Column<'m> {
    pub(super) name: &'m str,
    pub(super) at: usize,
}

/// Places of the columns a mapping names.
pub(super) struct Columns<'m> {
    pub(super) case: Column<'m>,
    pub(super) activity: Column<'m>,
    pub(super) time: Column<'m>,
    pub(super) step: Option<Column<'m>>,
    pub(super) resource: Option<Column<'m>>,
    pub(super) group: Option<Column<'m>>,
    pub(super) channel: Option<Column<'m>>,
    pub(super) department: Option<Column<'m>>,
    pub(super) deadline: Option<Column<'m>>,
    pub(super) end: Option<Column<'m>>,
    pub(super) life: Option<Column<'m>>,
    pub(super) times: Times,
}

impl<'m> Columns<'m> {
    /// None where one is missing: every fault is named, so that the mapping is mended in one go.
    pub(super) fn find(table: &Table, mapping: &'m Mapping, faults: &mut Faults) -> Option<Self> {
        let mut find = |name: &'m str| match table.column(name) {
            Ok(at) => Some(Column { name, at }),
            Err(fault) => {
                faults.push(fault);
                None
            }
        };
        let named = &mapping.columns;
        let (case, activity, time) = (find(&named.case), find(&named.activity), find(&named.time));
        let mut optional = |name: Option<&'m str>| name.and_then(&mut find);
        let step = optional(named.step.as_deref());
        let (resource, group) = (optional(named.resource.as_deref()), optional(named.group.as_deref()));
        let (channel, department) =
            (optional(named.channel.as_deref()), optional(named.department.as_deref()));
        let (deadline, end) = (optional(named.deadline.as_deref()), optional(named.end.as_deref()));
        let life = optional(mapping.lifecycle.as_ref().map(|life| life.column.as_str()));
        let times =
            Times::new(&mapping.time).map_err(|detail| faults.push(Fault::file(Rule::Time, detail))).ok();
        let columns = Self {
            case: case?,
            activity: activity?,
            time: time?,
            step,
            resource,
            group,
            channel,
            department,
            deadline,
            end,
            life,
            times: times?,
        };
        faults.is_empty().then_some(columns)
    }

    /// Places of all of them.
    pub(super) fn places(&self) -> Vec<usize> {
        let optional = [
            &self.step,
            &self.resource,
            &self.group,
            &self.channel,
            &self.department,
            &self.deadline,
            &self.end,
            &self.life,
        ];
        let always = [&self.case, &self.activity, &self.time];
        always.into_iter().chain(optional.into_iter().flatten()).map(|column| column.at).collect()
    }
}
