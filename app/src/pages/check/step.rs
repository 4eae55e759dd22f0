//! The step as it was when it was finished: policy, application, items, papers, comparison.

use super::compare::Compare;
use super::sheet::use_sheet;
use crate::format::{amount, full_date, moment};
use crate::i18n::Localised;
use crate::i18n::checks::Checks as Words;
use crate::i18n::terms::Terms;
use crate::i18n::wording::Wording;
use crate::i18n::{use_messages, use_text};
use crate::state::clock::use_clock;
use domain::api::check::CheckView;
use domain::case::item::{CaseItem, SettledFee};
use domain::catalogue::{FeeDirection, MaterialForm};
use leptos::prelude::*;

/// The step as it was.
#[component]
pub fn Step() -> impl IntoView {
    let (t, words, sheet, clock) = (use_messages(), use_text::<Words>(), use_sheet(), use_clock());
    let facts = move || {
        let (words, now) = (words.get(), clock.now());
        sheet.worded(|view, wording| {
            let registration = &view.case.registration;
            let policy = &registration.policy;
            let terms = Terms::in_locale(wording.locale);
            [
                (words.policy, policy.policy_no.to_string()),
                (words.product, policy.product.clone()),
                (words.policy_status, terms.policy_status(policy.status).to_owned()),
                (words.holder, policy.holder.clone()),
                (words.insured, policy.insured.clone()),
                (words.applicant, registration.applicant.clone()),
                (words.mobile, registration.mobile.masked()),
                (words.applied_on, full_date(registration.applied_on)),
                (words.received_at, moment(registration.received_at, now)),
                (words.channel, terms.channel(registration.channel).to_owned()),
            ]
        })
    };
    let items = move || {
        sheet.worded(|view, wording| {
            view.case
                .items
                .iter()
                .filter(|item| item.is_open())
                .map(|item| item_view(item, wording, words.get()))
                .collect_view()
        })
    };
    let materials = move || sheet.worded(|view, wording| material_rows(view, wording, words.get()));
    view! {
        <section>
            <h2 class="sec">{move || words.get().step_as_it_was}</h2>
            <dl class="facts sm">
                {move || {
                    facts()
                        .into_iter()
                        .map(|(name, value)| view! { <dt>{name}</dt> <dd>{value}</dd> })
                        .collect_view()
                }}
            </dl>
        </section>
        <section>
            <h2 class="sec">{move || words.get().items}</h2>
            {items}
        </section>
        <section>
            <h2 class="sec">
                {move || t.get().case().materials}
            </h2>
            {move || {
                let rows = materials();
                if rows.is_empty() {
                    view! { <p class="dim sm">{move || words.get().no_materials}</p> }.into_any()
                } else {
                    view! {
                        <ul class="ls sm">
                            {rows
                                .into_iter()
                                .map(|(name, detail)| {
                                    view! {
                                        <li class="row">
                                            <span class="ell" data-tip=name.clone()>{name.clone()}</span>
                                            <span class="push dim">{detail}</span>
                                        </li>
                                    }
                                })
                                .collect_view()}
                        </ul>
                    }
                    .into_any()
                }
            }}
        </section>
        <Compare/>
    }
}

/// An item with its fees, core reference and endorsement as far as there were any.
fn item_view(item: &CaseItem, wording: &Wording, words: &'static Words) -> AnyView {
    let name = wording.item(&item.code);
    let mut rows: Vec<(String, String)> = Vec::new();
    if let Some(core) = &item.core {
        let state = Terms::in_locale(wording.locale).core_state(core.state);
        rows.push((words.core_reference.to_owned(), format!("{} {state}", core.reference)));
    }
    for fee in item.fees.iter().flat_map(|fees| &fees.lines) {
        rows.push(fee_row(fee, wording, words));
    }
    if let Some(endorsement) = &item.endorsement {
        let from = full_date(endorsement.effective_date);
        rows.push((
            words.endorsement.to_owned(),
            format!("{} {from} {}", endorsement.number, endorsement.text),
        ));
    }
    view! {
        <p class="med">{name}</p>
        <dl class="facts sm">
            {rows.into_iter().map(|(name, value)| view! { <dt>{name}</dt> <dd>{value}</dd> }).collect_view()}
        </dl>
    }
    .into_any()
}

fn fee_row(fee: &SettledFee, wording: &Wording, words: &Words) -> (String, String) {
    let direction = match fee.direction {
        FeeDirection::Collect => words.collect,
        FeeDirection::Refund => words.refund,
    };
    let kind = wording.label(&fee.kind.label());
    let mut value = format!("{direction} {}", amount(fee.settled.minor));
    if fee.settled != fee.computed {
        value.push_str(", ");
        value.push_str(&(words.computed)(&amount(fee.computed.minor)));
    }
    (kind, value)
}

/// Name and what of it: original or copy, copies, pages.
fn material_rows(view: &CheckView, wording: &Wording, words: &Words) -> Vec<(String, String)> {
    view.case
        .materials
        .iter()
        .map(|material| {
            let form = match material.form {
                MaterialForm::Original => words.original,
                MaterialForm::Copy => words.copy,
            };
            let detail = (words.material_line)(form, material.copies.into(), material.pages.into());
            (wording.material(&material.kind), detail)
        })
        .collect()
}
