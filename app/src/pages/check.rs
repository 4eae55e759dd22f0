//! A sample check: the step as it was, the points that apply, what was found, where the sample comes from.

#![expect(
    clippy::large_types_passed_by_value,
    reason = "the sheet is a bundle of handles: large in debug builds alone, where each says where it was made"
)]

mod compare;
mod draft;
mod failed;
mod finding;
mod foot;
mod head;
mod points;
mod proposal;
mod result;
mod sheet;
mod side;
mod step;

use crate::api::check::view as check_view;
use crate::api::key::parse_id;
use crate::components::{Drawer, Pane, PaneSide};
use crate::follow::follow;
use crate::i18n::checks::Checks as Words;
use crate::i18n::{use_messages, use_text};
use crate::pages::frame::{use_bar, use_title};
use crate::pages::loaded::Loaded;
use crate::pages::part::Make;
use crate::pages::restored::Restored;
use crate::query::query;
use crate::router::use_params_map;
use crate::routes::CHECKS;
use crate::scope::provide;
use crate::state::connection::use_connection;
use domain::api::check::CheckView;
use domain::id::CheckId;
use leptos::html;
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use sheet::{Sheet, use_sheet};

/// A sample check.
#[wasm_split(sampling, wasm_split_path = leptos::wasm_split, fallible)]
pub fn check_page() -> Result<Make, SplitLoaderError> {
    Ok(|| view! { <Restored><CheckPage/></Restored> }.into_any())
}

/// Which of the panes beside the work is out, where there is no room for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    None,
    Step,
    Result,
}

/// The check of the address.
#[component]
fn CheckPage() -> impl IntoView {
    let (t, words, params, connection) =
        (use_messages(), use_text::<Words>(), use_params_map(), use_connection());
    let id = Memo::new(move |_| params.with(|params| params.get_str("id").and_then(parse_id).map(CheckId)));
    let read = query(move || id.get().map(check_view));
    follow(move || {
        if let Some(data) = read.get() {
            connection.data(data.as_of);
        }
    });
    let number = read.map(|view| view.row.number.clone());
    use_title(move |t| match number.get() {
        Some(number) => (<Words as crate::i18n::Localised>::in_locale(words.locale()).check_of)(&number),
        None => t.shell.checks.to_owned(),
    });
    use_bar(move || {
        view! {
            <a class="ttl" href=CHECKS>
                {move || t.get().shell.checks}
            </a>
        }
        .into_any()
    });
    view! {
        <main class="sheet one">
            {move || {
                // Another check is another sheet: nothing of one is left in the other.
                id.get()
                    .map(|id| {
                        view! {
                            <Loaded
                                query=read
                                at=|data: &CheckView| data.as_of
                                lines=14
                                missing=move || words.get().missing_check
                                missing_hint=move || words.get().missing_check_hint
                                let:data
                            >
                                {provide(Sheet::open(id, data, read), || {
                                    provide(RwSignal::new(Side::None), || view! { <Work/> })
                                })}
                            </Loaded>
                        }
                    })
            }}
        </main>
    }
}

/// Step, form and result side by side.
#[component]
fn Work() -> impl IntoView {
    let (words, sheet, side) = (use_text::<Words>(), use_sheet(), expect_context::<RwSignal<Side>>());
    let close = Callback::new(move |()| side.set(Side::None));
    let done = Memo::new(move |_| sheet.is_done());
    let frame = NodeRef::<html::Div>::new();
    view! {
        <div class="check">
            <Pane label=move || words.get().step_as_it_was side=PaneSide::Left>
                <step::Step/>
            </Pane>
            <div class="pane wk" node_ref=frame>
                <head::Head/>
                <div class="scroll">
                    {move || {
                        if done.get() {
                            view! { <result::Result/> }.into_any()
                        } else {
                            view! { <points::Points frame=frame/> }.into_any()
                        }
                    }}
                </div>
                <foot::Foot frame=frame/>
            </div>
            <Pane label=move || words.get().side_pane side=PaneSide::Right>
                <side::SidePane/>
            </Pane>
        </div>
        <Drawer
            title=move || words.get().step_as_it_was
            open=Signal::derive(move || side.get() == Side::Step)
            on_close=close
        >
            <step::Step/>
        </Drawer>
        <Drawer
            title=move || words.get().side_pane
            open=Signal::derive(move || side.get() == Side::Result)
            on_close=close
        >
            <side::SidePane/>
        </Drawer>
    }
}
