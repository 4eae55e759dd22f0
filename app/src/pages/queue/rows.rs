//! The rows: loading, failed, empty, or the list.

use super::columns::columns;
use super::desk::use_desk;
use super::filters::sort_words;
use super::list::List;
use crate::components::grid::RowSelect;
use crate::components::{Button, Empty, Failed, Grid, Skeleton, Sort as GridSort};
use crate::i18n::failure::word_generally;
use crate::i18n::queue_page::QueuePage as Words;
use crate::i18n::{use_locale, use_messages, use_text};
use crate::router::{NavigateOptions, use_address, use_navigate};
use crate::routes::{case_path, queue_path};
use crate::state::trail::use_trail;
use crate::url_state::{UrlState, address};
use domain::api::queue::{QueueRow, Sort, Tab};
use leptos::prelude::*;

/// What stands where the rows are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stand {
    Loading,
    Failed,
    Empty,
    Rows,
}

/// The rows of the queue.
#[component]
pub fn Rows() -> impl IntoView {
    let desk = use_desk();
    let stand = Memo::new(move |_| {
        let rows = desk.list.with(|list| list.as_ref().map(List::is_empty));
        match rows {
            Some(true) => Stand::Empty,
            Some(false) => Stand::Rows,
            None if desk.page.failure().is_some() => Stand::Failed,
            None => Stand::Loading,
        }
    });
    view! {
        {move || match stand.get() {
            Stand::Loading => view! { <div class="scroll"><Skeleton lines=12/></div> }.into_any(),
            Stand::Failed => view! { <Broken/> }.into_any(),
            Stand::Empty => view! { <Nothing/> }.into_any(),
            Stand::Rows => view! { <Table/> }.into_any(),
        }}
    }
}

#[component]
fn Broken() -> impl IntoView {
    let (locale, desk) = (use_locale(), use_desk());
    let why = move || {
        desk.page.failure().map_or_else(String::new, |failure| word_generally(&failure, locale.get()))
    };
    view! {
        <Failed
            hint=why
            on_retry=Callback::new(move |()| desk.page.refetch())
            busy=Signal::derive(move || desk.page.loading())
        />
    }
}

#[component]
fn Nothing() -> impl IntoView {
    let (t, desk) = (use_messages(), use_desk());
    let filtered = Memo::new(move |_| desk.url.with(|url| url.filters() > 0 || url.query.band.is_some()));
    let done = move || {
        // The count of today's finished is a tab of its own.
        desk.url.with(|url| url.query.tab == Tab::Todo)
    };
    view! {
        {move || {
            if filtered.get() {
                view! {
                    <Empty
                        title=move || t.get().state.nothing_matches
                        hint=move || t.get().state.nothing_matches_hint
                    >
                        <Button on_press=Callback::new(move |()| desk.url.push(super::url::QueueUrl::clear))>
                            {move || t.get().state.clear_filters}
                        </Button>
                    </Empty>
                }
                .into_any()
            } else if done() {
                view! { <Empty title=move || t.get().state.queue_empty/> }.into_any()
            } else {
                view! { <Empty title=move || t.get().state.nothing_yet/> }.into_any()
            }
        }}
    }
}

#[component]
fn Table() -> impl IntoView {
    let (t, words, desk, navigate) = (use_messages(), use_text::<Words>(), use_desk(), use_navigate());
    let columns = columns();
    let sort = Signal::derive(move || {
        let column = match desk.url.with(|url| url.query.sort) {
            Sort::Due => "due",
            Sort::Arrived => "age",
            Sort::Amount | Sort::Number => return None,
        };
        Some(GridSort { column, descending: false })
    });
    let label = move || {
        let words = words.get();
        let tab = (t.get().post.queue_of)(t.get().post.queue(desk.queue));
        (words.sorted_list)(&tab, sort_words(words, desk.url.with(|url| url.query.sort)))
    };
    let (trail, at) = (use_trail(), use_address());
    // Back at a list one is where one was; the case looked at last does not make it another list.
    let list = move || {
        let mut url = desk.url.now();
        url.case = None;
        address(&queue_path(desk.queue), &url.write())
    };
    let top = trail.top(&list());
    view! {
        <Grid
            label=label
            columns=Signal::stored(columns)
            count=Signal::derive(move || desk.list.with(|list| list.as_ref().map_or(0, List::len)))
            row=Callback::new(move |index| desk.row(index))
            cursor=desk.cursor
            on_cursor=Callback::new(move |index| desk.go_to(index))
            on_open=Callback::new(move |index| {
                if let Some(row) = desk.row(index) {
                    navigate(&case_path(row.id), NavigateOptions::default());
                }
            })
            selected=Callback::new(move |row: QueueRow| {
                desk.chosen.with(|chosen| chosen.iter().any(|one| one.id == row.id))
            })
            on_select=Callback::new(move |asked: RowSelect| desk.select(asked.index, asked.extend))
            fresh=Callback::new(move |row: QueueRow| desk.fresh.with(|fresh| fresh.contains(&row.id)))
            sort=sort
            on_sort=Callback::new(move |sort: GridSort| {
                desk.url.push(|url| {
                    url.query.sort = if sort.column == "age" { Sort::Arrived } else { Sort::Due };
                });
            })
            top=top.unwrap_or_default()
            on_top=Callback::new(move |top: i32| {
                if at.is_at(&queue_path(desk.queue)) {
                    trail.scrolled(list(), top);
                }
            })
            on_range=desk.loader()
        />
    }
}
