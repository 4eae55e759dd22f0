//! The workbench of a case: its facts at the left, the work of its post in the middle, what happened at the right.

pub mod act;
pub mod bench;
pub mod conflict;
pub mod desk;
mod dialogs;
mod facts;
mod foot;
pub mod forms;
pub mod head;
mod imported;
mod intake;
mod keys;
mod returns;
mod summary;
pub mod timeline;
mod unseal;

use crate::api::case::Shown;
use crate::components::{Empty, Failed, Skeleton};
use crate::i18n::failure::word_failure;
use crate::i18n::wording::Wording;
use crate::i18n::{use_locale, use_messages};
use crate::pages::frame::{use_bar, use_title};
use crate::pages::part::Make;
use crate::pages::shell::UnitAndPost;
use crate::scope::provide;
use crate::state::clock::use_clock;
pub use facts::Facts as CaseFacts;
pub use timeline::History as CaseHistory;

use crate::pages::restored::Restored;
use crate::router::use_params_map;
use bench::{Bench, use_bench};
use domain::id::CaseId;
use domain::post::Stage;
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use std::collections::BTreeMap;

/// The page of a case.
#[wasm_split(casework, wasm_split_path = leptos::wasm_split, fallible)]
pub fn case_page() -> Result<Make, SplitLoaderError> {
    Ok(|| view! { <Restored><Page/></Restored> }.into_any())
}

/// Another case is another bench.
#[component]
fn Page() -> impl IntoView {
    let (t, params) = (use_messages(), use_params_map());
    let id = Memo::new(move |_| {
        params.with(|params| params.get_str("id").and_then(crate::api::key::parse_id)).map(CaseId)
    });
    move || match id.get() {
        Some(id) => provide(Bench::open(id), || view! { <OneCase/> }),
        None => view! {
            <main class="sheet">
                <Empty
                    page=true
                    title=move || t.get().shell.page_missing
                    hint=move || t.get().shell.page_missing_hint
                />
            </main>
        }
        .into_any(),
    }
}

/// What stands where the case is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stand {
    Loading,
    Failed,
    Imported,
    Own(Option<Stage>),
}

#[component]
fn OneCase() -> impl IntoView {
    let (locale, clock, bench) = (use_locale(), use_clock(), use_bench());
    let number = bench.shown.map(|shown| match shown {
        Shown::Own(view) => view.case.number.clone(),
        Shown::Imported(view) => view.imported.number.clone(),
    });
    use_title(move |t| number.get().unwrap_or_else(|| t.common.loading.to_owned()));
    let queue =
        Signal::derive(move || bench.opened.get().and_then(|opened| opened.case.stage()).map(Stage::queue));
    use_bar(move || view! { <UnitAndPost queue=queue/> }.into_any());
    let stand = Memo::new(move |_| match bench.shown.get().as_deref() {
        Some(Shown::Imported(_)) => Stand::Imported,
        Some(Shown::Own(view)) if bench.opened.get().is_some() => Stand::Own(view.case.stage()),
        None if bench.shown.failure().is_some() => Stand::Failed,
        _ => Stand::Loading,
    });
    let why = move || {
        let names = BTreeMap::new();
        let wording = Wording { locale: locale.get(), names: &names, catalogue: None };
        let failure = bench.shown.failure();
        failure.map_or_else(String::new, |failure| word_failure(&failure, &wording, None, clock.exact()))
    };
    view! {
        {move || match stand.get() {
            Stand::Loading => view! { <main class="sheet"><Skeleton lines=12/></main> }.into_any(),
            // What lies outside the scope is not there, and trying again does not bring it.
            Stand::Failed if bench.shown.failure().is_some_and(|failure| failure.status().0 == 404) => {
                view! { <main class="sheet"><Empty page=true title=why/></main> }.into_any()
            }
            Stand::Failed => {
                view! {
                    <main class="sheet">
                        <Failed
                            hint=why
                            on_retry=Callback::new(move |()| bench.shown.refetch())
                            busy=Signal::derive(move || bench.shown.loading())
                        />
                    </main>
                }
                .into_any()
            }
            Stand::Imported => view! { <imported::ImportedCase/> }.into_any(),
            Stand::Own(stage) => view! { <Workbench stage=stage/> }.into_any(),
        }}
    }
}

/// The workbench of a stage; another stage is another workbench.
#[component]
fn Workbench(stage: Option<Stage>) -> impl IntoView {
    let bench = expect_context::<Bench>();
    let class = match stage {
        Some(Stage::Intake) => "sheet case intake",
        Some(Stage::Entry) => "sheet case entry",
        Some(Stage::Servicing) => "sheet case servicing",
        Some(Stage::Binding) => "sheet case binding",
        _ => "sheet case",
    };
    let work = move || match stage {
        Some(Stage::Intake) => view! { <intake::IntakeWork/> }.into_any(),
        Some(stage @ (Stage::Entry | Stage::Servicing | Stage::Recheck | Stage::Binding)) => {
            view! { <forms::StageForm stage=stage/> }.into_any()
        }
        Some(Stage::FinalCheck) | None => view! { <summary::Summary/> }.into_any(),
    };
    let parts = move || {
        keys::hear(bench);
        view! {
            <main class=class>
                <head::Head/>
                <facts::FactsPane/>
                <div class="pane wk">
                    <div class="scroll">{work()}</div>
                    <foot::Foot/>
                </div>
                <timeline::TimelinePane/>
            </main>
            <dialogs::Dialogs/>
            <conflict::ConflictDialog/>
        }
    };
    provide(RwSignal::new(head::Side::None), move || dialogs::with_room(parts))
}
