//! What the activities of a log are here.

use std::collections::HashMap;

use super::super::super::fault::{Fault, Faults, Rule};
use super::super::super::spelling;
use super::super::{Activity, Mapping};

/// Activities by their names as the mapping spells them, and folded where that leaves one.
pub(super) struct Activities<'m> {
    exact: HashMap<&'m str, &'m Activity>,
    folded: HashMap<String, Option<&'m Activity>>,
}

pub(super) fn activities<'m>(mapping: &'m Mapping, faults: &mut Faults) -> Activities<'m> {
    let (mut exact, mut folded) = (HashMap::new(), HashMap::new());
    for activity in &mapping.activities {
        if exact.insert(activity.name.as_str(), activity).is_some() {
            let detail = format!("activity {:?} stands in the mapping twice: take one away", activity.name);
            faults.push(Fault::file(Rule::Twice, detail));
        }
        let one = folded.entry(spelling::key(&activity.name)).or_insert(Some(activity));
        *one = one.filter(|known| std::ptr::eq(*known, activity));
    }
    Activities { exact, folded }
}

impl<'m> Activities<'m> {
    pub(super) fn find(&self, name: &str) -> Option<&'m Activity> {
        let near = || {
            // A line break within a name is no spelling of it.
            let whole = !name.contains(['\n', '\r']);
            whole.then(|| self.folded.get(&spelling::key(name)).copied().flatten()).flatten()
        };
        self.exact.get(name).copied().or_else(near)
    }
}
