//! What money the case moves and what stands on the policy, as servicing left it: read-only.

use crate::i18n::forms::recheck::RecheckWords;
use crate::i18n::use_text;
use crate::pages::case::desk::use_desk;
use crate::pages::case::forms::section::Section;
use crate::pages::case::forms::servicing::{EndorsementFacts, FeeTable, computed_of};
use leptos::prelude::*;

/// Fees and endorsement of every item.
#[component]
pub fn Money() -> impl IntoView {
    let desk = use_desk();
    let items = desk.bench.of(|opened| {
        opened
            .case
            .open_items()
            .map(|item| {
                let computed = computed_of(opened, item.no).and_then(Result::ok).unwrap_or_default();
                let fees = item.fees.clone().map(|fees| (fees, computed));
                (item.code.clone(), fees, item.endorsement.clone())
            })
            .collect::<Vec<_>>()
    });
    let words = use_text::<RecheckWords>();
    move || {
        items
            .get()
            .unwrap_or_default()
            .into_iter()
            .map(|(code, fees, endorsement)| {
                let shown = code.to_string();
                let own = shown.clone();
                let name = move || desk.bench.say(|_, wording| wording.item(&code));
                view! {
                    {fees
                        .map(|(settled, computed)| {
                            view! {
                                <Section title=move || words.get().fees code=own sub=name.clone()>
                                    <FeeTable settled=settled computed=computed/>
                                </Section>
                            }
                        })}
                    {endorsement
                        .map(|endorsement| {
                            view! {
                                <Section title=move || words.get().endorsement code=shown>
                                    <EndorsementFacts endorsement=endorsement/>
                                </Section>
                            }
                        })}
                }
            })
            .collect_view()
    }
}
