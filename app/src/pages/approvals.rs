//! Requests waiting for a lead's or manager's answer.

use crate::api::queue::page;
use crate::components::{Empty, Failed, Skeleton};
use crate::follow::follow;
use crate::format::short_number;
use crate::i18n::approvals::ApprovalWords;
use crate::i18n::{use_locale, use_messages, use_text};
use crate::pages::case::bench::{Bench, use_bench};
use crate::pages::case::timeline::Approvals;
use crate::pages::case::{CaseFacts, CaseHistory};
use crate::pages::catalogue::{items_name, use_item_names};
use crate::pages::frame::{use_bar, use_title};
use crate::pages::part::Make;
use crate::pages::shell::{UnitSwitch, use_unit};
use crate::query::query;
use crate::routes::{APPROVALS, case_path};
use crate::scope::provide;
use crate::state::connection::use_connection;
use crate::url_state::{UrlState, use_url_state};
use domain::api::queue::{QueueQuery, QueueRow};
use domain::id::CaseId;
use domain::post::Queue;
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

/// Requests for approval.
#[wasm_split(casework, wasm_split_path = leptos::wasm_split, fallible)]
pub fn approvals_page() -> Result<Make, SplitLoaderError> {
    Ok(|| view! { <Page/> }.into_any())
}

/// Which case is looked at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Chosen {
    unit: Option<String>,
    case: Option<CaseId>,
}

impl UrlState for Chosen {
    fn read(get: &dyn Fn(&str) -> Option<String>) -> Self {
        let case = get("case").and_then(|text| crate::api::key::parse_id(&text)).map(CaseId);
        Self { unit: get("unit"), case }
    }

    fn write(&self) -> Vec<(&'static str, String)> {
        let unit = self.unit.clone().map(|unit| ("unit", unit));
        unit.into_iter().chain(self.case.map(|case| ("case", case.to_string()))).collect()
    }
}

#[component]
fn Page() -> impl IntoView {
    let (t, words, connection) = (use_messages(), use_text::<ApprovalWords>(), use_connection());
    let unit = use_unit();
    let url = use_url_state::<Chosen>();
    let list = query(move || {
        let asked = QueueQuery { unit: unit.get(), limit: Some(200), ..QueueQuery::default() };
        Some(page(Queue::Approval, &asked))
    });
    follow(move || {
        if let Some(page) = list.get() {
            connection.data(page.as_of);
        }
    });
    use_title(move |_| words.now().title.to_owned());
    use_bar(move || {
        view! {
            <span class="ttl">{move || words.get().title}</span>
            <UnitSwitch/>
        }
        .into_any()
    });
    let rows = Memo::new(move |_| list.get().map(|page| page.items.clone()).unwrap_or_default());
    // Without a choice the first request is shown: it is the one to answer first.
    let case = Memo::new(move |_| {
        url.with(|url| url.case).or_else(|| rows.with(|rows| rows.first().map(|row| row.id)))
    });
    view! {
        <main class="sheet hand">
            <h1 class="vh">{move || words.get().title}</h1>
            <aside class="pane l" aria-label=move || words.get().waiting>
                <div class="scroll slips">
                    <h2 class="sec">
                        {move || words.get().waiting}
                        <span class="sub">
                            {move || {
                                let n = list.get().map(|page| page.items.len());
                                n.map_or_else(
                                    || t.get().common.empty_value.to_owned(),
                                    |n| crate::format::count(i64::try_from(n).unwrap_or(i64::MAX)),
                                )
                            }}
                        </span>
                    </h2>
                    {move || {
                        if list.get().is_none() {
                            if list.failure().is_some() {
                                view! { <Failed on_retry=Callback::new(move |()| list.refetch())/> }.into_any()
                            } else {
                                view! { <Skeleton lines=6/> }.into_any()
                            }
                        } else {
                            rows.get()
                                .into_iter()
                                .map(|row| view! { <Row row=row case=case/> })
                                .collect_view()
                                .into_any()
                        }
                    }}
                </div>
            </aside>
            {move || match case.get() {
                Some(id) => provide(Bench::open(id), move || view! { <OneCase id=id/> }),
                // Nothing waits only once that is known.
                None if list.get().is_none() => {
                    view! { <div class="pane wk"><Skeleton lines=8/></div> }.into_any()
                }
                None => {
                    view! {
                        <div class="pane wk">
                            <Empty
                                title=move || words.get().none
                                hint=move || words.get().none_hint
                            />
                        </div>
                    }
                    .into_any()
                }
            }}
        </main>
    }
}

#[component]
fn Row(row: QueueRow, case: Memo<Option<CaseId>>) -> impl IntoView {
    let (t, locale, names) = (use_messages(), use_locale(), use_item_names());
    let (id, items) = (row.id, row.items.clone());
    let href = format!("{APPROVALS}?case={id}");
    view! {
        <a href=href aria-current=move || (case.get() == Some(id)).then_some("true")>
            <b data-tip=row.number.clone()>{short_number(&row.number).to_owned()}</b>
            <span class="dim sm">{move || t.get().post.stage(row.stage)}</span>
            <small class="ell">
                {move || items_name(names.get().as_deref(), &items, t.get(), locale.get())}
            </small>
            <small>{row.applicant.clone()}</small>
        </a>
    }
}

/// The case with its requests in the middle.
#[component]
fn OneCase(id: CaseId) -> impl IntoView {
    let (t, bench) = (use_messages(), use_bench());
    let there = Memo::new(move |_| bench.opened.with(Option::is_some));
    let number = move || bench.opened.with(|opened| opened.as_ref().map(|opened| opened.case.number.clone()));
    view! {
        <div class="pane wk">
            <header class="bar">
                <h2 class="nw">{number}</h2>
                <span class="med ell">
                    {move || {
                        bench
                            .say(|opened, wording| {
                                let names: Vec<String> = opened
                                    .case
                                    .open_items()
                                    .map(|item| wording.item(&item.code))
                                    .collect();
                                wording.list(&names)
                            })
                    }}
                </span>
                <span class="push"></span>
                <a class="btn" data-z="sm" href=case_path(id)>{move || t.get().common.open}</a>
            </header>
            <div class="scroll">
                {move || {
                    if there.get() {
                        view! {
                            <Approvals/>
                            <CaseFacts/>
                        }
                            .into_any()
                    } else if bench.shown.failure().is_some() {
                        view! { <Failed on_retry=Callback::new(move |()| bench.shown.refetch())/> }.into_any()
                    } else {
                        view! { <Skeleton lines=8/> }.into_any()
                    }
                }}
            </div>
        </div>
        <aside class="pane r" aria-label=move || t.get().case().timeline>
            <div class="scroll" tabindex="0">{move || there.get().then(|| view! { <CaseHistory approvals=false/> })}</div>
        </aside>
    }
}
