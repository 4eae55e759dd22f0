//! Loading a catalogue: nothing contradictory, dangling or beyond this version comes into force.

mod error;
mod fields;

pub use error::{CatalogueError, Obligation};

use super::{
    Catalogue,
    fee::FeeRule,
    item::{Item, Obligations, Route},
    label::{Choice, Label},
    settings::Settings,
};
use crate::{
    post::Stage,
    quality::points::{CheckPoint, ErrorPoint},
    time::BusinessMinutes,
};
use std::collections::BTreeSet;

/// Kind of material that proves the consent of the insured.
pub(super) const CONSENT: &str = "insured_consent";
/// Eight measures for targets one and two, eight for target three.
const CONTROLS: usize = 16;

impl Catalogue {
    /// Lets a catalogue in, or says everything that is wrong with it.
    pub fn load(catalogue: Self) -> Result<Self, Vec<CatalogueError>> {
        let mut errors = Vec::new();
        if catalogue.version.0 == 0 {
            errors.push(CatalogueError::Version);
        }
        catalogue.tables(&mut errors);
        for item in &catalogue.items {
            catalogue.check_item(item, &mut errors);
            fields::check(item, &catalogue, &mut errors);
        }
        settings(&catalogue.settings, &mut errors);
        if errors.is_empty() { Ok(catalogue) } else { Err(errors) }
    }

    fn tables(&self, errors: &mut Vec<CatalogueError>) {
        unique("items", self.items.iter().map(|item| item.code.as_str()), errors);
        unique("materials", self.materials.iter().map(|material| material.kind.as_str()), errors);
        unique("controls", self.controls.iter().map(|control| control.code.as_ref()), errors);
        unique("documents", self.documents.iter().map(|document| document.code.as_str()), errors);
        choices("relations", &self.relations, errors);
        choices("payment_modes", &self.payment_modes, errors);
        unique("products", self.products.iter().map(|product| product.name.as_str()), errors);
        for product in self.products.iter().filter(|product| product.name.trim().is_empty()) {
            errors.push(CatalogueError::EmptyText { of: format!("product of {:?}", product.group) });
        }
        let incomplete = |table: &str| CatalogueError::Incomplete { table: table.to_owned() };
        if !self.check_points.iter().map(|point| point.number).eq(CheckPoint::all()) {
            errors.push(incomplete("check_points"));
        }
        if !self.error_points.iter().map(|point| point.code).eq(ErrorPoint::ALL) {
            errors.push(incomplete("error_points"));
        }
        if self.controls.len() != CONTROLS {
            errors.push(incomplete("controls"));
        }
        for mode in &self.payment_modes {
            if super::check::payment_mode(&mode.code).is_none() {
                errors.push(CatalogueError::BadCode { code: mode.code.to_string() });
            }
        }
        for point in &self.check_points {
            self.document(&format!("check point {}", point.number), &point.document.0, errors);
            text(&format!("check point {}", point.number), &point.label, errors);
        }
        for point in &self.error_points {
            text(&format!("error point {}", point.code), &point.label, errors);
        }
        for control in &self.controls {
            text(&format!("control {}", control.code), &control.label, errors);
        }
        for document in &self.documents {
            text(&format!("document {}", document.code.0), &document.title, errors);
        }
        for material in &self.materials {
            text(&format!("material {}", material.kind), &material.label, errors);
        }
    }

    fn document(&self, of: &str, code: &str, errors: &mut Vec<CatalogueError>) {
        if !self.documents.iter().any(|document| document.code.0 == code) {
            errors.push(CatalogueError::UnknownDocument { of: of.to_owned(), code: code.to_owned() });
        }
    }

    fn check_item(&self, item: &Item, errors: &mut Vec<CatalogueError>) {
        let code = &item.code;
        if code.as_str().len() != 2 || !code.as_str().bytes().all(|byte| byte.is_ascii_uppercase()) {
            errors.push(CatalogueError::BadCode { code: code.to_string() });
        }
        text(code.as_str(), &item.name, errors);
        if item.pinyin.is_empty() || !item.pinyin.bytes().all(|byte| byte.is_ascii_lowercase()) {
            errors.push(CatalogueError::EmptyText { of: format!("{code} pinyin") });
        }
        for (empty, what) in [
            (item.admission.statuses.is_empty(), "statuses"),
            (item.admission.capacities.is_empty(), "capacities"),
            (item.materials.is_empty(), "materials"),
            (item.fields.is_empty(), "fields"),
            (item.finishing.is_empty(), "finishing"),
            (item.promise.get() == 0, "promise"),
            (item.weight_ppm == 0, "weight"),
        ] {
            if empty {
                errors.push(CatalogueError::Nothing { item: code.clone(), what: what.to_owned() });
            }
        }
        for material in &item.materials {
            if self.material(&material.kind).is_none() {
                let kind = material.kind.clone();
                errors.push(CatalogueError::UnknownMaterial { item: code.clone(), kind });
            }
        }
        unique(&format!("{code} materials"), item.materials.iter().map(|need| need.kind.as_str()), errors);
        if item.needs_consent && !item.materials.iter().any(|need| need.kind.as_str() == CONSENT) {
            errors.push(CatalogueError::ConsentWithoutPaper { item: code.clone() });
        }
        for other in &item.admission.excludes {
            if self.item(other).is_none() {
                errors.push(CatalogueError::UnknownItem { item: code.clone(), other: other.clone() });
            }
        }
        for document in &item.documents {
            self.document(code.as_str(), &document.0, errors);
        }
        unique(&format!("{code} finishing"), item.finishing.iter().map(|line| line.code.as_ref()), errors);
        for line in &item.finishing {
            text(&format!("{code} finishing {}", line.code), &line.label, errors);
        }
        if matches!(item.route, Route::Special | Route::Reversal) {
            errors.push(CatalogueError::Route { item: code.clone(), route: item.route });
        }
        let declared = obligations(&item.obligations).into_iter();
        errors
            .extend(declared.map(|obligation| CatalogueError::Obligation { item: code.clone(), obligation }));
        if let Some(FeeRule::PremiumDifference { factors, .. }) = &item.fee
            && [factors.annual, factors.half_yearly, factors.quarterly, factors.monthly].contains(&0)
        {
            errors.push(CatalogueError::Setting { name: format!("{code} factors") });
        }
    }
}

fn obligations(declared: &Obligations) -> Vec<Obligation> {
    // Named one by one, so that a new obligation cannot be forgotten here.
    let Obligations { referrals, special_approval, examination, final_check, notices, seals, lapses } =
        declared;
    [
        (!referrals.is_empty(), Obligation::Referral),
        (*special_approval, Obligation::SpecialApproval),
        (*examination, Obligation::Examination),
        (*final_check, Obligation::FinalCheck),
        (!notices.is_empty(), Obligation::Notice),
        (!seals.is_empty(), Obligation::Seal),
        (*lapses, Obligation::Lapse),
    ]
    .into_iter()
    .filter_map(|(declared, obligation)| declared.then_some(obligation))
    .collect()
}

fn settings(settings: &Settings, errors: &mut Vec<CatalogueError>) {
    let targets = settings.targets;
    let classes = [targets.change, targets.payment, targets.other, targets.special];
    let zero = classes
        .iter()
        .any(|minutes| Stage::ALL.into_iter().any(|stage| minutes.of(stage) <= BusinessMinutes::ZERO));
    for (wrong, name) in [
        (zero, "targets"),
        (settings.transit <= BusinessMinutes::ZERO, "transit"),
        (settings.approval <= BusinessMinutes::ZERO, "approval"),
        (settings.stuck <= BusinessMinutes::ZERO, "stuck"),
        (!(1..=100).contains(&settings.due_soon_percent), "due_soon_percent"),
        (settings.due_diligence_threshold.minor < 0, "due_diligence_threshold"),
    ] {
        if wrong {
            errors.push(CatalogueError::Setting { name: name.to_owned() });
        }
    }
}

fn unique<'a>(table: &str, codes: impl Iterator<Item = &'a str>, errors: &mut Vec<CatalogueError>) {
    let mut seen = BTreeSet::new();
    for code in codes {
        if !seen.insert(code) {
            errors.push(CatalogueError::Duplicate { table: table.to_owned(), code: code.to_owned() });
        }
    }
}

fn text(of: &str, label: &Label, errors: &mut Vec<CatalogueError>) {
    if !label.is_complete() {
        errors.push(CatalogueError::EmptyText { of: of.to_owned() });
    }
}

fn choices(table: &str, choices: &[Choice], errors: &mut Vec<CatalogueError>) {
    unique(table, choices.iter().map(|choice| choice.code.as_ref()), errors);
    for choice in choices {
        text(&format!("{table} {}", choice.code), &choice.label, errors);
    }
    if choices.is_empty() {
        errors.push(CatalogueError::Incomplete { table: table.to_owned() });
    }
}

#[cfg(test)]
mod tests;
