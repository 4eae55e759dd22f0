//! Beneficiaries: everybody named once, orders without a gap, shares of an order that make the whole or are
//! all left out, which means equal shares (保险法 art. 40).

use super::{Checking, FieldFault, FieldRule};
use crate::value::Beneficiary;
use std::collections::BTreeMap;

/// More than a form has lines for; company-set.
const MOST: u8 = 20;
/// The whole, per million.
const WHOLE: u64 = 1_000_000;

impl Checking<'_> {
    pub(super) fn beneficiaries(&mut self, list: &[Beneficiary]) {
        let root = format!("{}/beneficiaries/named", self.at);
        if list.is_empty() {
            return self.faults.push(FieldFault::error(root, FieldRule::NoBeneficiary));
        }
        if list.len() > usize::from(MOST) {
            let rule = FieldRule::TooManyBeneficiaries { max: MOST };
            return self.faults.push(FieldFault::error(root, rule));
        }
        for (index, beneficiary) in list.iter().enumerate() {
            self.beneficiary(&format!("{root}/{index}"), beneficiary);
            let same = list[..index].iter().position(|other| same_person(other, beneficiary));
            if let Some(other) = same.and_then(|other| u16::try_from(other).ok()) {
                let rule = FieldRule::SameBeneficiary { other };
                self.faults.push(FieldFault::error(format!("{root}/{index}"), rule));
            }
        }
        self.orders(&root, list);
        self.shares(&root, list);
    }

    fn beneficiary(&mut self, at: &str, beneficiary: &Beneficiary) {
        let field = std::mem::replace(&mut self.at, format!("{at}/name"));
        if beneficiary.name.trim().is_empty() {
            self.fail(FieldRule::Required);
        } else {
            self.name(&beneficiary.name);
        }
        self.at = format!("{at}/relation");
        self.chosen(self.context.relations, &beneficiary.relation);
        self.at = field;
        self.document(&format!("{at}/document"), &beneficiary.document);
    }

    fn orders(&mut self, root: &str, list: &[Beneficiary]) {
        let highest = list.iter().map(|beneficiary| beneficiary.order).max().unwrap_or(0);
        let missing = (1..=highest).find(|order| list.iter().all(|beneficiary| beneficiary.order != *order));
        if let Some(missing) = missing {
            self.faults.push(FieldFault::error(root.to_owned(), FieldRule::OrderGap { missing }));
        }
        for (index, _) in list.iter().enumerate().filter(|(_, beneficiary)| beneficiary.order == 0) {
            let rule = FieldRule::OrderGap { missing: 1 };
            self.faults.push(FieldFault::error(format!("{root}/{index}/order"), rule));
        }
    }

    fn shares(&mut self, root: &str, list: &[Beneficiary]) {
        let mut orders: BTreeMap<u8, Vec<(usize, Option<u32>)>> = BTreeMap::new();
        for (index, beneficiary) in list.iter().enumerate() {
            orders.entry(beneficiary.order).or_default().push((index, beneficiary.share_ppm));
        }
        for (order, shares) in orders {
            if shares.iter().all(|(_, share)| share.is_none()) {
                continue;
            }
            for (index, share) in &shares {
                let rule = match share {
                    None => FieldRule::ShareMissing { order },
                    Some(0) => FieldRule::ShareZero,
                    Some(_) => continue,
                };
                self.faults.push(FieldFault::error(format!("{root}/{index}/share_ppm"), rule));
            }
            let sum_ppm: u64 = shares.iter().filter_map(|(_, share)| *share).map(u64::from).sum();
            if sum_ppm != WHOLE
                && let Some((index, _)) = shares.first()
            {
                let rule = FieldRule::ShareSum { order, sum_ppm };
                self.faults.push(FieldFault::error(format!("{root}/{index}/share_ppm"), rule));
            }
        }
    }
}

/// The same document means the same person; where one number is sealed and the other plain nobody here knows.
fn same_person(a: &Beneficiary, b: &Beneficiary) -> bool {
    a.document.kind == b.document.kind
        && !a.document.number.is_empty()
        && a.document.number.same(&b.document.number) == Some(true)
}
