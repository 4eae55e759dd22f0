//! The forms of the stages: what the post of each does to a case, in the middle of its workbench.

mod binding;
mod entry;
pub mod field;
mod marked;
mod recheck;
mod section;
mod servicing;
mod submit;
mod text_slot;

use super::desk::Desk;
use crate::keys::Shortcut;
use crate::scope::provide;
use crate::state::keyboard::use_keyboard;
use domain::post::Stage;
use leptos::prelude::*;
use section::Steps;
use wasm_bindgen::JsCast;

/// The form of a stage: Entry, Servicing, Recheck or Binding.
#[component]
pub fn StageForm(
    /// The stage the case stands at.
    stage: Stage,
) -> impl IntoView {
    let desk = Desk::open();
    // Ctrl + Enter outside every section leads into the first that is open; where none is, the page hands over.
    use_keyboard().on_shortcut(|shortcut| shortcut == Shortcut::Submit && into_first_open());
    let form = move || match stage {
        Stage::Entry => view! { <entry::EntryForm/> }.into_any(),
        Stage::Servicing => view! { <servicing::ServicingForm/> }.into_any(),
        Stage::Recheck => view! { <recheck::RecheckForm/> }.into_any(),
        Stage::Binding => view! { <binding::BindingForm/> }.into_any(),
        Stage::Intake | Stage::FinalCheck => ().into_any(),
    };
    let parts = move || {
        view! {
            <Steps stage=stage/>
            {form()}
        }
    };
    provide(desk, parts)
}

/// Gives focus to the first input of the first open section; false where no section is open.
fn into_first_open() -> bool {
    let first = document()
        .query_selector(
            ".wk form :is(input, select, textarea, .tri button, .seg [tabindex='0']):not(:disabled)",
        )
        .ok()
        .flatten()
        .and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(first) = &first {
        crate::components::focus::give(first);
    }
    first.is_some()
}
