//! Applications as they reach the house.

use chrono::NaiveDate;
use domain::case::Registration;
use domain::case::item::Fields;
use domain::case::registration::{Agent, Material};
use domain::catalogue::{Capacity, Catalogue, Channel, Item, MaterialForm, MaterialWhen, conflicts};
use domain::id::{ItemCode, UnitId};
use domain::policy::PolicyFacts;
use domain::time::{Timestamp, local_date};

use super::super::chance::Chance;
use super::super::names;
use super::customer::Customers;
use super::policy::{earlier, policy};
use super::values::values;

/// What is asked for, of a hundred.
const ITEMS: [(&str, f64); 10] = [
    ("AM", 24.0),
    ("PC", 15.0),
    ("CT", 14.0),
    ("BC", 12.0),
    ("AG", 8.0),
    ("CM", 7.0),
    ("PM", 6.0),
    ("WT", 5.0),
    ("LR", 5.0),
    ("AE", 4.0),
];
/// What may be asked for without coming to a counter.
const ONLINE: [(&str, f64); 4] = [("AM", 45.0), ("PC", 35.0), ("PM", 12.0), ("AG", 8.0)];

/// What will come of an application that is in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::seed) enum Fate {
    /// It is carried out.
    Ordinary,
    /// The customer takes it back.
    Withdrawn,
    /// It cannot be met: the insured does not agree, and the like.
    Declined,
}

/// An application with what only its paper says.
#[derive(Clone, Debug)]
pub(in crate::seed) struct Application {
    /// Where it is taken in.
    pub counter: UnitId,
    /// What intake writes down, personal values plain.
    pub registration: Registration,
    /// What the paper says, item by item.
    pub asked: Vec<Fields>,
    /// What will come of it.
    pub fate: Fate,
}

/// Makes applications up.
pub(in crate::seed) struct Invention<'a> {
    /// Chance.
    pub chance: Chance,
    /// The catalogue.
    pub catalogue: &'a Catalogue,
}

impl Invention<'_> {
    /// An application that reaches a counter of a branch at a moment; on paper, or online. `again`: a policy on
    /// which something was asked before.
    pub(in crate::seed) fn application(
        &mut self,
        (branch, counter): (&str, &UnitId),
        at: Timestamp,
        online: bool,
        again: Option<&PolicyFacts>,
    ) -> Application {
        let (catalogue, received_on) = (self.catalogue, local_date(at));
        let codes = if again.is_some() { vec!["AM".into()] } else { self.items(online) };
        let items: Vec<&Item> = codes.iter().filter_map(|code| catalogue.item(code)).collect();
        let applied_on = if online { received_on } else { earlier(received_on, self.chance.between(-2, 3)) };
        let mut facts = match again {
            Some(facts) => PolicyFacts { as_of: at, ..facts.clone() },
            None => policy(&mut self.chance, &codes, applied_on, at),
        };
        let by_agent =
            !online && items.iter().all(|item| item.admission.by_agent) && self.chance.happens(0.14);
        let capacity = items.first().and_then(|item| item.admission.capacities.first()).copied();
        let asked = items.iter().map(|item| self.values(item, &facts, branch, received_on)).collect();
        let mut materials = self.materials(&items, by_agent);
        let (mut applied_on, mut capacity) = (applied_on, capacity.unwrap_or(Capacity::Holder));
        if !online {
            self.shortcomings((&mut facts, &mut materials), (&mut applied_on, &mut capacity), received_on);
        }
        let applicant = self.applicant(&facts, capacity);
        let registration = Registration {
            managing: branch.into(),
            applicant,
            mobile: self.customers(branch, received_on).mobile(),
            document: None,
            capacity,
            channel: self.channel(online, by_agent),
            agent: by_agent.then(|| self.agent(branch, received_on)),
            applied_on,
            received_at: at,
            items: codes,
            materials,
            acknowledged: Vec::new(),
            policy: facts,
        };
        let fate = match self.chance.below(1_000) {
            0..=8 => Fate::Withdrawn,
            9..=21 => Fate::Declined,
            _ => Fate::Ordinary,
        };
        Application { counter: counter.clone(), registration, asked, fate }
    }

    fn items(&mut self, online: bool) -> Vec<ItemCode> {
        let table: &[(&str, f64)] = if online { &ONLINE } else { &ITEMS };
        let at = self.chance.weighted(table.iter().map(|(_, weight)| *weight));
        let mut codes = vec![ItemCode::from(table[at].0)];
        if self.chance.happens(0.13) {
            let second = ItemCode::from(*self.chance.one(&["AM", "PC", "BC", "LR", "PM"]));
            let both: Vec<&Item> =
                [&codes[0], &second].into_iter().filter_map(|code| self.catalogue.item(code)).collect();
            if conflicts(&both).is_empty()
                && both.iter().all(|item| item.admission.capacities[0] == Capacity::Holder)
            {
                codes.push(second);
            }
        }
        codes
    }

    fn values(&mut self, item: &Item, facts: &PolicyFacts, branch: &str, on: NaiveDate) -> Fields {
        let catalogue = self.catalogue;
        values(catalogue, item, facts, self.customers(branch, on))
    }

    fn customers<'c>(&'c mut self, branch: &'c str, on: NaiveDate) -> Customers<'c> {
        Customers { chance: &mut self.chance, branch, on }
    }

    /// Everything the items need, counted page by page.
    fn materials(&mut self, items: &[&Item], by_agent: bool) -> Vec<Material> {
        let mut materials: Vec<Material> = Vec::new();
        for need in items.iter().flat_map(|item| &item.materials) {
            if need.when == MaterialWhen::ByAgent && !by_agent {
                continue;
            }
            if let Some(known) = materials.iter_mut().find(|known| known.kind == need.kind) {
                // An original meets the need of a copy, not the other way round.
                if need.form == MaterialForm::Original {
                    known.form = MaterialForm::Original;
                }
                continue;
            }
            let returned = self.catalogue.material(&need.kind).is_some_and(|spec| spec.returned);
            let pages = match need.kind.as_str() {
                "contract" => self.chance.between(12, 46),
                "application" => self.chance.between(1, 3),
                _ => self.chance.between(1, 2),
            };
            materials.push(Material {
                kind: need.kind.clone(),
                form: need.form,
                copies: 1,
                pages: u16::try_from(pages).unwrap_or(1),
                return_to_customer: returned && need.form == MaterialForm::Original,
            });
        }
        materials
    }

    /// Some applications fall short: a paper is missing, a date is too old, the policy is frozen.
    fn shortcomings(
        &mut self,
        (facts, materials): (&mut PolicyFacts, &mut Vec<Material>),
        (applied_on, capacity): (&mut NaiveDate, &mut Capacity),
        received_on: NaiveDate,
    ) {
        match self.chance.below(1_000) {
            0..=23 if materials.len() > 1 => {
                let at = 1 + usize::try_from(self.chance.below(materials.len() as u64 - 1)).unwrap_or(0);
                materials.remove(at);
            }
            24..=27 => facts.frozen = true,
            28..=30 => *applied_on = earlier(received_on, self.chance.between(16, 50)),
            31..=32 => *capacity = Capacity::Beneficiary,
            _ => {}
        }
    }

    fn applicant(&mut self, facts: &PolicyFacts, capacity: Capacity) -> String {
        match capacity {
            Capacity::Holder => facts.holder.clone(),
            Capacity::Insured => facts.insured.clone(),
            Capacity::Beneficiary => names::relative(&mut self.chance, &facts.insured),
        }
    }

    fn channel(&mut self, online: bool, by_agent: bool) -> Channel {
        if online {
            Channel::Online
        } else if by_agent {
            Channel::Agent
        } else {
            [Channel::Counter, Channel::Agent, Channel::Post, Channel::Phone]
                [self.chance.weighted([75.0, 15.0, 8.0, 2.0].into_iter())]
        }
    }

    fn agent(&mut self, branch: &str, on: NaiveDate) -> Agent {
        let name = names::name(&mut self.chance);
        let document = self.customers(branch, on).identity().document;
        Agent {
            name,
            kind: document.kind,
            identity: document.number,
            expires: document.expires,
            authority: true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::catalogue::{
        E01Context, FieldFault, HandedIn, admissibility, check_fields, missing_materials,
    };
    use std::collections::BTreeSet;

    #[test]
    fn applications_keep_the_rules_but_for_a_few() {
        let catalogue = Catalogue::shipped();
        let mut invention = Invention { chance: Chance::new(3, "applications"), catalogue: &catalogue };
        let at = "2026-11-20T02:30:00Z".parse().unwrap();
        let (mut short, mut seen) = (0, BTreeSet::new());
        for number in 0..4_000_u32 {
            let online = number % 8 == 0;
            let application = invention.application(("JS", &"JS01".into()), at, online, None);
            let form = &application.registration;
            let items: Vec<&Item> = form.items.iter().filter_map(|code| catalogue.item(code)).collect();
            let context =
                E01Context { open_items: &[], back_date_days: if online { 0 } else { 15 }, now: at };
            let admissible = items.iter().all(|item| {
                admissibility(item, &form.policy, &form.application(), &context).iter().all(|line| line.holds)
            });
            let handed_in: Vec<HandedIn> = form
                .materials
                .iter()
                .map(|paper| HandedIn { kind: paper.kind.clone(), form: paper.form })
                .collect();
            let whole = missing_materials(&items, &handed_in, form.agent.is_some()).is_empty();
            let falls_short = !(admissible && whole);
            assert!(!(online && falls_short), "{form:?}");
            short += u32::from(falls_short);
            for (item, asked) in items.iter().zip(&application.asked) {
                seen.insert(item.code.clone());
                let rules = catalogue.context(local_date(at), Some(&form.policy));
                let faults: Vec<_> =
                    check_fields(item, asked, &rules).into_iter().filter(FieldFault::is_error).collect();
                assert!(faults.is_empty(), "{} {faults:?} {asked:?}", item.code);
            }
        }
        assert_eq!(seen.len(), catalogue.items.len());
        assert!((60..=180).contains(&short), "{short} of 3,500 on paper fall short");
    }

    #[test]
    fn slips_of_the_key_pass_the_rules() {
        let catalogue = Catalogue::shipped();
        let mut invention = Invention { chance: Chance::new(4, "applications"), catalogue: &catalogue };
        let at = "2026-11-20T02:30:00Z".parse().unwrap();
        let mut slips = 0;
        for _ in 0..500 {
            let application = invention.application(("JS", &"JS01".into()), at, false, None);
            let form = &application.registration;
            let Some(item) = catalogue.item(&form.items[0]) else { continue };
            let right = (&application.asked[0], local_date(at));
            let slip = super::super::altered(&catalogue, item, &form.policy, right, &mut invention.chance);
            if let Some((field, wrong)) = slip {
                slips += 1;
                assert_ne!(wrong.get(&field), application.asked[0].get(&field));
                assert_eq!(wrong.len(), application.asked[0].len());
            }
        }
        assert!(slips > 250, "{slips} of 500 could be keyed wrong");
    }
}
