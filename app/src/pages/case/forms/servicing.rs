//! Servicing 保全岗: preparation, fees, what the core system shows, endorsement – for each item.

mod core;
mod core_row;
mod endorsement;
mod fee_line;
mod fees;
mod preparation;

pub use endorsement::EndorsementFacts;
pub use fees::{FeeTable, computed_of};

use crate::i18n::forms::servicing::ServicingWords;
use crate::i18n::use_text;
use crate::pages::case::desk::use_desk;
use crate::pages::case::forms::entry::EnteredFacts;
use crate::pages::case::forms::section::Section;
use crate::pages::case::forms::submit::OfItem;
use crate::scope::provide;
use leptos::prelude::*;

/// The form of Servicing.
#[component]
pub fn ServicingForm() -> impl IntoView {
    let desk = use_desk();
    let items = desk.bench.of(|opened| opened.case.open_items().map(|item| item.no).collect::<Vec<_>>());
    view! {
        <For each=move || items.get().unwrap_or_default() key=|no| *no let(no)>
            <OneItem no=no/>
        </For>
    }
}

#[component]
fn OneItem(no: u8) -> impl IntoView {
    let (desk, words) = (use_desk(), use_text::<ServicingWords>());
    let opened = desk.opened()?;
    let code = opened.case.item(no)?.code.clone();
    let has_fee = opened.catalogue.item(&code)?.fee.is_some();
    let own = code.clone();
    let title = move || desk.bench.say(|_, wording| wording.item(&own));
    let parts = move || {
        view! {
            <div class="half">
                <preparation::Preparation no=no/>
                <Section title=title code=code.to_string() sub=move || words.get().entered_hint>
                    <EnteredFacts no=no/>
                </Section>
            </div>
            {has_fee.then(|| view! { <fees::Fees no=no/> })}
            <div class="half">
                <core::Core no=no/>
                <endorsement::Endorsing no=no/>
            </div>
        }
    };
    Some(provide(OfItem(no), parts))
}
