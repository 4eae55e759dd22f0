//! A proposal to decline, answered at recheck: the foot of the workbench holds its two answers.

use crate::i18n::forms::recheck::RecheckWords;
use crate::i18n::{Localised, Messages, use_text};
use crate::pages::case::desk::use_desk;
use crate::pages::case::forms::section::Section;
use leptos::prelude::*;

/// Who proposed what, and why.
#[component]
pub fn ProposalView() -> impl IntoView {
    let (desk, words) = (use_desk(), use_text::<RecheckWords>());
    let proposal = desk.bench.of(|opened| opened.case.proposal.clone());
    move || {
        let proposal = proposal.get().flatten()?;
        let by = desk.bench.say(|_, wording| {
            let stage = Messages::in_locale(wording.locale).post.stage(proposal.stage);
            (words.get().proposed_by)(&wording.person(&proposal.by), stage)
        });
        let items = desk.bench.say(|opened, wording| {
            let names: Vec<String> = proposal
                .items
                .iter()
                .filter_map(|no| opened.case.item(*no))
                .map(|item| wording.item(&item.code))
                .collect();
            wording.list(&names)
        });
        Some(view! {
            <Section title=move || words.get().proposal sub=by>
                <dl class="facts">
                    <dt>{words.get().proposal_items}</dt>
                    <dd>{items}</dd>
                    <dt>{words.get().proposal_reason}</dt>
                    <dd>{proposal.reason}</dd>
                </dl>
                <p class="mut sm">{words.get().proposal_way}</p>
            </Section>
        })
    }
}
