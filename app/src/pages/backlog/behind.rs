//! The cases behind a figure: a list of exactly those that it counts.

use super::behind_url::BehindUrl;
use crate::api::dashboard::behind;
use crate::components::{Column, Empty, Grid, IconName, LinkButton, RowContext};
use crate::follow::follow;
use crate::format::{hours, moment};
use crate::i18n::backlog::BacklogPage as Words;
use crate::i18n::wording::unit_name;
use crate::i18n::{use_locale, use_messages, use_text};
use crate::pages::catalogue::{items_name, use_item_names};
use crate::pages::frame::use_title;
use crate::pages::loaded::Loaded;
use crate::pages::part::Make;
use crate::query::query_staying;
use crate::router::{NavigateOptions, use_navigate};
use crate::routes::case_path;
use crate::state::connection::use_connection;
use crate::state::session::use_session;
use crate::url_state::use_url_state;
use domain::api::behind::{Behind, BehindRow};
use domain::case::work_item::WorkStatus;
use domain::id::PersonId;
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The cases behind a figure of the backlog dashboard.
#[wasm_split(dashboards, wasm_split_path = leptos::wasm_split, fallible)]
pub fn behind_page() -> Result<Make, SplitLoaderError> {
    Ok(|| view! { <BehindPage/> }.into_any())
}

/// The page of the address.
#[component]
fn BehindPage() -> impl IntoView {
    let (t, words, connection) = (use_messages(), use_text::<Words>(), use_connection());
    let (locale, session) = (use_locale(), use_session());
    let url = use_url_state::<BehindUrl>();
    let query = query_staying(move || Some(behind(&url.with(|url| url.0.clone()))));
    follow(move || {
        if let Some(data) = query.get() {
            connection.data(data.as_of);
        }
    });
    let known = query.map(|data: &Behind| data.names.clone());
    let title = Memo::new(move |_| {
        let names = known.get().unwrap_or_default();
        url.with(|url| {
            url.describe(
                words.get(),
                t.get(),
                |unit| unit_name(session.unit(unit).as_ref(), unit, locale.get()),
                |person| session.name(person, &names),
            )
        })
    });
    use_title(move |_| title.get());
    let back = Signal::derive(move || url.with(BehindUrl::dashboard));
    view! {
        <main class="sheet behind">
            <div class="bar">
                <LinkButton href=back icon=IconName::Left>{move || words.get().back_to_backlog}</LinkButton>
                <h1 class="ell">{move || title.get()}</h1>
            </div>
            <Loaded query=query at=|data: &Behind| data.as_of let:data>
                <Rows data=data/>
            </Loaded>
        </main>
    }
}

/// How many there are, and the list.
#[component]
fn Rows(data: Signal<Arc<Behind>>) -> impl IntoView {
    let (words, navigate) = (use_text::<Words>(), use_navigate());
    let none = Memo::new(move |_| data.with(|data| data.rows.is_empty()));
    let cursor = RwSignal::new(None::<usize>);
    let columns = Signal::stored(columns(data));
    let total = move || (words.get().behind_count)(data.with(|data| number(data.rows.len())));
    let open = Callback::new(move |index: usize| {
        if let Some(case) = data.with_untracked(|data| data.rows.get(index).map(|row| row.case)) {
            navigate(&case_path(case), NavigateOptions::default());
        }
    });
    view! {
        {move || {
            if none.get() {
                view! { <Empty title=move || words.get().behind_none hint=move || words.get().behind_none_hint/> }
                    .into_any()
            } else {
                view! {
                    <p class="behind-n" role="status">
                        {total}
                        <span class="dim sm">{move || (words.get().as_of)(&data.with(|data| crate::format::second_time(data.as_of)))}</span>
                    </p>
                    <Grid
                        label=total
                        columns=columns
                        count=Signal::derive(move || data.with(|data| data.rows.len()))
                        row=Callback::new(move |index: usize| data.with(|data| data.rows.get(index).cloned()))
                        cursor=cursor
                        on_cursor=Callback::new(move |index| cursor.set(Some(index)))
                        on_open=open
                    />
                }
                .into_any()
            }
        }}
    }
}

fn number(rows: usize) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}

fn columns(data: Signal<Arc<Behind>>) -> Vec<Column<BehindRow>> {
    let (t, words, locale) = (use_messages(), use_text::<Words>(), use_locale());
    let (session, names) = (use_session(), use_item_names());
    let known = move |person: &PersonId, names: &BTreeMap<PersonId, String>| session.name(person, names);
    vec![
        Column::new("number", move || words.get().number, move |cell: RowContext<'_, BehindRow>| {
            view! {
                <a class="med nw" tabindex="-1" href=case_path(cell.row.case)>{cell.row.number.clone()}</a>
            }
            .into_any()
        })
        .class("h-no")
        .width("148px"),
        Column::new("item", move || words.get().item, move |cell: RowContext<'_, BehindRow>| {
            let items = cell.row.items.clone();
            let text = Memo::new(move |_| items_name(names.get().as_deref(), &items, t.get(), locale.get()));
            view! { <span class="ell" data-tip=move || text.get()>{move || text.get()}</span> }.into_any()
        })
        .class("h-item"),
        Column::new("unit", move || words.get().unit, move |cell: RowContext<'_, BehindRow>| {
            let unit = cell.row.accepting.clone();
            let text = Memo::new(move |_| unit_name(session.unit(&unit).as_ref(), &unit, locale.get()));
            view! { <span class="ell" data-tip=move || text.get()>{move || text.get()}</span> }.into_any()
        })
        .class("h-unit")
        .width("168px"),
        Column::new("at", move || words.get().at, move |cell: RowContext<'_, BehindRow>| {
            let stage = cell.row.stage;
            view! { <span class="nw">{move || t.get().post.stage(stage)}</span> }.into_any()
        })
        .class("h-at")
        .width("112px"),
        Column::new("status", move || words.get().status, move |cell: RowContext<'_, BehindRow>| {
            let status = cell.row.status;
            view! { <span class="nw mut">{move || status_words(status, words.get())}</span> }.into_any()
        })
        .class("h-status")
        .width("88px"),
        Column::new("person", move || words.get().person, move |cell: RowContext<'_, BehindRow>| {
            let person = cell.row.person.clone();
            let name = move || {
                person.as_ref().map(|person| data.with(|data| known(person, &data.names)))
            };
            view! { <span class="ell">{name}</span> }.into_any()
        })
        .class("h-who")
        .width("96px"),
        Column::new("age", move || words.get().age, move |cell: RowContext<'_, BehindRow>| {
            let age = cell.row.age.map(hours);
            view! { <span class="mut">{age}</span> }.into_any()
        })
        .class("h-age")
        .numeric()
        .width("96px"),
        Column::new("when", move || words.get().when, move |cell: RowContext<'_, BehindRow>| {
            let (at, late) = (cell.row.at, cell.row.overdue);
            let text = move || data.with(|data| moment(at, data.as_of));
            let class = if late { "nw t-over" } else { "nw mut" };
            view! { <span class=class>{text} {late.then(|| view! { <span class="vh">{move || words.get().overdue}</span> })}</span> }
                .into_any()
        })
        .class("h-when")
        .numeric()
        .width("128px"),
    ]
}

/// How a case stands; one that is counted for what was done is done.
fn status_words(status: Option<WorkStatus>, words: &Words) -> &'static str {
    match status {
        Some(WorkStatus::Ready) => words.status_ready,
        Some(WorkStatus::Claimed) => words.status_claimed,
        Some(WorkStatus::Waiting) => words.waiting,
        Some(WorkStatus::HandedOver) => words.on_slips,
        None => words.status_done,
    }
}
