//! Hand-over slips 交接清单: receiving case by case with pages counted unseen, and what one has given.

mod count;
mod line;
mod list;
mod receive;
mod slip;

use crate::components::{Empty, Icon, IconName, Pane, PaneSide};
use crate::i18n::slips::SlipWords;
use crate::i18n::use_text;
use crate::pages::frame::{use_bar, use_title};
use crate::pages::part::Make;
use crate::pages::restored::Restored;
use crate::router::use_params_map;
use domain::id::SlipId;
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

/// Hand-over slips; with an id one is open.
#[wasm_split(papers, wasm_split_path = leptos::wasm_split, fallible)]
pub fn slips_page() -> Result<Make, SplitLoaderError> {
    Ok(|| view! { <Restored><Page/></Restored> }.into_any())
}

#[component]
fn Page() -> impl IntoView {
    let (words, params) = (use_text::<SlipWords>(), use_params_map());
    let id = Memo::new(move |_| {
        params.with(|params| params.get_str("id").and_then(crate::api::key::parse_id)).map(SlipId)
    });
    use_title(move |_| words.now().title.to_owned());
    use_bar(move || view! { <span class="ttl">{move || words.get().title}</span> }.into_any());
    view! {
        <main class="sheet hand">
            <h1 class="vh">{move || words.get().title}</h1>
            <list::SlipList chosen=id/>
            {move || match id.get() {
                Some(id) => view! { <slip::OneSlip id=id/> }.into_any(),
                None => {
                    view! {
                        <div class="pane wk">
                            <Empty title=move || words.get().choose/>
                        </div>
                    }
                    .into_any()
                }
            }}
            <Responsibility/>
        </main>
    }
}

/// Whose a case is while it travels.
#[component]
fn Responsibility() -> impl IntoView {
    let words = use_text::<SlipWords>();
    let rule = move |state: &'static str,
                     icon,
                     what: fn(&SlipWords) -> &'static str,
                     why: fn(&SlipWords) -> &'static str| {
        view! {
            <li data-s=state>
                <Icon name=icon/>
                <div>{move || what(words.get())}<small>{move || why(words.get())}</small></div>
            </li>
        }
    };
    view! {
        <Pane label=move || words.get().responsibility side=PaneSide::Right>
            <section>
                <h2 class="sec">{move || words.get().responsibility}</h2>
                <ul class="rules">
                    {rule("ok", IconName::StateDone, |w| w.after_receipt, |w| w.after_receipt_why)}
                    {rule("wait", IconName::StateWait, |w| w.before_receipt, |w| w.before_receipt_why)}
                    {rule("over", IconName::StateCross, |w| w.missing_papers, |w| w.missing_papers_why)}
                </ul>
            </section>
        </Pane>
    }
}
