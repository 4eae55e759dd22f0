//! The catalogue shipped with the product. Facts of law and practice are cited in each item's sources; every
//! figure without a source is company-set.

mod changes;
mod controls;
mod field;
mod lists;
mod others;
mod payments;

use super::{
    Catalogue, CatalogueVersion,
    admission::{Admission, Capacity, PolicyBlock, Window},
    effective::EffectiveRule,
    item::{Finishing, FinishingAction, Item, ItemClass, Obligations, Retention, Route},
    label::{DocumentCode, Label, Provenance, Source, Subject},
    material::{ItemMaterial, MaterialForm, MaterialWhen},
    settings::Settings,
};
use crate::{
    policy::PolicyStatus,
    quality::points::{CHECK_POINTS, ERROR_POINTS},
    time::BusinessDays,
};
use std::borrow::Cow;

/// Version 1.
pub(super) fn catalogue() -> Catalogue {
    Catalogue {
        version: CatalogueVersion(1),
        items: [changes::items(), payments::items(), others::items()].concat(),
        materials: lists::materials(),
        relations: lists::relations(),
        products: lists::products(),
        payment_modes: lists::payment_modes(),
        check_points: CHECK_POINTS.to_vec(),
        error_points: ERROR_POINTS.to_vec(),
        controls: controls::controls(),
        documents: lists::documents(),
        settings: Settings::default(),
    }
}

/// Published guide the lists of papers follow (reference, part 2.3).
const GUIDE: &str = "人保健康保全服务指南";

/// Items that end the policy: nothing else may be open beside them.
const ENDING: [&str; 3] = ["CT", "WT", "AG"];

/// What most items share: a change on paper, without money, for policies in force or paid up, by the holder
/// himself or somebody for him, at any time, bound as endorsement and customer's copy.
fn standard(code: &'static str, name: Label, pinyin: &'static str) -> Item {
    Item {
        code: code.into(),
        name,
        pinyin: Cow::Borrowed(pinyin),
        note: None,
        class: ItemClass::Change,
        route: Route::Standard,
        paper: true,
        admission: Admission {
            window: Window::Always,
            statuses: vec![PolicyStatus::InForce, PolicyStatus::PaidUp],
            blocked_by: vec![PolicyBlock::Frozen],
            excludes: excluding(&[code]),
            capacities: vec![Capacity::Holder],
            by_agent: true,
        },
        materials: Vec::new(),
        needs_consent: false,
        fields: Vec::new(),
        rules: Vec::new(),
        fee: None,
        effective: EffectiveRule::NextDay,
        effective_at_once: false,
        finishing: vec![
            finishing("endorsement", FinishingAction::Bound, "批单", "Endorsement"),
            finishing(
                "customer_copy",
                FinishingAction::Bound,
                "变更申请书客户联",
                "Customer's copy of the application",
            ),
        ],
        retention: Retention::Long,
        weight_ppm: 1_000_000,
        promise: BusinessDays(5),
        due_diligence: false,
        documents: vec![DocumentCode::new("D01"), DocumentCode::new("D05"), DocumentCode::new("D06")],
        obligations: Obligations::default(),
        sources: Vec::new(),
    }
}

/// The items named and those that end the policy.
fn excluding(codes: &[&str]) -> Vec<crate::id::ItemCode> {
    let mut excluded: Vec<_> = codes.iter().chain(&ENDING).map(|code| (*code).into()).collect();
    excluded.sort();
    excluded.dedup();
    excluded
}

const fn finishing(
    code: &'static str,
    action: FinishingAction,
    zh: &'static str,
    en: &'static str,
) -> Finishing {
    Finishing { code: Cow::Borrowed(code), action, label: Label::new(zh, en) }
}

fn face_page() -> Finishing {
    finishing("face_page", FinishingAction::Replaced, "保单首页", "Face page")
}

fn original(kind: &str) -> ItemMaterial {
    need(kind, MaterialForm::Original, false)
}

fn copy(kind: &str) -> ItemMaterial {
    need(kind, MaterialForm::Copy, false)
}

fn waivable(mut material: ItemMaterial) -> ItemMaterial {
    material.waivable = true;
    material
}

fn need(kind: &str, form: MaterialForm, waivable: bool) -> ItemMaterial {
    ItemMaterial { kind: kind.into(), form, when: MaterialWhen::Always, waivable }
}

/// The materials of an item that somebody may apply for in another's stead: his authority and identity come
/// on top (反洗钱法 art. 31).
fn with_agent(mut materials: Vec<ItemMaterial>) -> Vec<ItemMaterial> {
    for mut material in [original("authority_letter"), copy("agent_id")] {
        material.when = MaterialWhen::ByAgent;
        materials.push(material);
    }
    materials
}

const fn law(subject: Subject, article: &'static str) -> Provenance {
    Provenance { subject, source: Source::Law(Cow::Borrowed(article)) }
}

const fn practice(subject: Subject, whose: &'static str) -> Provenance {
    Provenance { subject, source: Source::Practice(Cow::Borrowed(whose)) }
}

const fn company_set(subject: Subject) -> Provenance {
    Provenance { subject, source: Source::CompanySet }
}
