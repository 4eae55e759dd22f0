//! The case under the cursor, beside the list. What it shows of a case is a part of its own, fetched when the first
//! case is looked at, so that the first download need not know cases.

mod content;

use super::desk::use_desk;
use crate::components::{Empty, Skeleton};
use crate::follow::follow;
use crate::i18n::use_messages;
use crate::pages::part::with_style;
use domain::id::CaseId;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use std::time::Duration;

/// How long the cursor rests on a row before its case is fetched.
const REST: Duration = Duration::from_millis(160);

/// Makes the content for whichever case the signal names.
type Make = fn(Signal<Option<CaseId>>) -> AnyView;

/// The pane beside the list; where there is no room beside it, drawn out over it.
#[component]
pub fn PreviewPane() -> impl IntoView {
    let (t, desk) = (use_messages(), use_desk());
    let make = RwSignal::new(None::<Make>);
    let asked = StoredValue::new(false);
    let wanted = Memo::new(move |_| desk.url.with(|url| url.case));
    // The case follows the cursor only when it rests: holding J must not open every case on the way.
    let rested = RwSignal::new(wanted.get_untracked());
    let timer = StoredValue::new(None::<TimeoutHandle>);
    follow(move || {
        let wanted = wanted.get();
        timer.update_value(|timer| {
            if let Some(timer) = timer.take() {
                timer.clear();
            }
        });
        if wanted == rested.get_untracked() {
            return;
        }
        let rest = move || {
            rested.try_set(wanted);
        };
        timer.set_value(set_timeout_with_handle(rest, REST).ok());
    });
    follow(move || {
        if rested.get().is_some() && desk.preview.get() && !asked.get_value() {
            asked.set_value(true);
            spawn_local(async move {
                match with_style(load()).await {
                    Ok(found) => {
                        make.try_set(Some(found));
                    }
                    // The next case looked at asks again.
                    Err(_) => {
                        asked.try_set_value(false);
                    }
                }
            });
        }
    });
    view! {
        {move || {
            desk.preview
                .get()
                .then(|| {
                    view! {
                        <aside class="pane r" aria-label=move || t.get().queue.preview>
                            {move || match (rested.get().is_some(), make.get()) {
                                (true, Some(make)) => make(rested.into()),
                                (true, None) => view! { <Skeleton lines=8/> }.into_any(),
                                (false, _) => {
                                    view! { <Empty title=move || t.get().state.no_selection/> }.into_any()
                                }
                            }}
                        </aside>
                    }
                })
        }}
    }
}

/// The part of the app that shows cases.
#[wasm_split(cases, wasm_split_path = leptos::wasm_split, fallible)]
fn load() -> Result<Make, SplitLoaderError> {
    Ok(content::content)
}
