//! The checks as a table.

use super::sample_rows::shown;
use super::url::Show;
use super::use_desk;
use crate::components::{Avatar, Column, Empty, Grid, IconName, RowContext, State, Tag};
use crate::format::{count, moment};
use crate::i18n::checks::Checks as Words;
use crate::i18n::{use_locale, use_messages, use_text};
use crate::pages::catalogue::{items_name, use_item_names};
use crate::router::{NavigateOptions, use_navigate};
use crate::routes::check_path;
use crate::state::clock::use_clock;
use crate::state::session::use_session;
use domain::api::check::{CheckRow, CheckState};
use domain::id::PersonId;
use leptos::prelude::*;

/// The table, or what to do where it would be empty.
#[component]
pub fn Sample() -> impl IntoView {
    let (words, desk, navigate) = (use_text::<Words>(), use_desk(), use_navigate());
    let rows = Memo::new(move |_| {
        let url = desk.url.get();
        desk.data.with(|data| shown(&data.checks, &url))
    });
    let cursor = RwSignal::new(None::<usize>);
    let none = Memo::new(move |_| rows.with(Vec::is_empty));
    let columns = Signal::stored(columns());
    let open = Callback::new(move |index: usize| {
        if let Some(id) = rows.with_untracked(|rows| rows.get(index).map(|row| row.id)) {
            navigate(&check_path(id), NavigateOptions::default());
        }
    });
    let empty = move || {
        let words = words.get();
        let any = desk.data.with(|data| !data.checks.is_empty());
        let (title, hint) = match desk.url.with(|url| url.show) {
            Show::Open if any => (words.empty_open, words.empty_open_hint),
            Show::Done if any => (words.empty_done, ""),
            _ => (words.empty, words.empty_hint),
        };
        view! { <Empty title=title hint=hint/> }
    };
    view! {
        {move || {
            if none.get() {
                empty().into_any()
            } else {
                view! {
                    <Grid
                        label=move || {
                            (words.get().list_label)(
                                rows.with(|rows| i64::try_from(rows.len()).unwrap_or(i64::MAX)),
                            )
                        }
                        columns=columns
                        count=Signal::derive(move || rows.with(Vec::len))
                        row=Callback::new(move |index: usize| rows.with(|rows| rows.get(index).cloned()))
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

/// State and verdict as one mark.
pub fn verdict_tag(row: &CheckRow, words: &'static Words) -> AnyView {
    match (row.state, row.conforms) {
        (CheckState::Open, _) | (CheckState::Done, None) => {
            view! { <Tag state=State::Line icon=IconName::StateOk>{words.to_check}</Tag> }.into_any()
        }
        (CheckState::Done, Some(true)) => {
            view! { <Tag state=State::Ok icon=IconName::StateDone>{words.conforms}</Tag> }.into_any()
        }
        (CheckState::Done, Some(false)) => {
            view! { <Tag state=State::Over icon=IconName::StateCross>{words.does_not}</Tag> }.into_any()
        }
    }
}

fn columns() -> Vec<Column<CheckRow>> {
    let (t, words, desk) = (use_messages(), use_text::<Words>(), use_desk());
    let (locale, clock, session, names) = (use_locale(), use_clock(), use_session(), use_item_names());
    let person =
        move |id: PersonId| Memo::new(move |_| desk.data.with(|data| session.name(&id, &data.names)));
    vec![
        Column::new("state", move || words.get().state, move |cell: RowContext<'_, CheckRow>| {
            let row = cell.row.clone();
            view! { {move || verdict_tag(&row, words.get())} }.into_any()
        })
        .class("k-state")
        .width("88px"),
        Column::new("step", move || words.get().step, move |cell: RowContext<'_, CheckRow>| {
            let (stage, round) = (cell.row.stage, cell.row.round);
            let second = cell.row.second_of.is_some();
            view! {
                <span class="row">
                    <span class="nw">{move || t.get().post.short(stage.post())}</span>
                    {(round > 1)
                        .then(|| view! { <span class="dim sm nw">{move || (words.get().round)(round.into())}</span> })}
                    {second
                        .then(|| {
                            view! {
                                <Tag state=State::Over icon=IconName::StateBack>
                                    {move || words.get().second}
                                </Tag>
                            }
                        })}
                </span>
            }
            .into_any()
        })
        .class("k-step")
        .width("128px"),
        Column::new("number", move || words.get().number, move |cell: RowContext<'_, CheckRow>| {
            view! {
                <a class="med nw" tabindex="-1" href=check_path(cell.row.id)>{cell.row.number.clone()}</a>
            }
            .into_any()
        })
        .class("k-no")
        .width("136px"),
        Column::new("item", move || words.get().item, move |cell: RowContext<'_, CheckRow>| {
            let items = cell.row.items.clone();
            let text = Memo::new(move |_| items_name(names.get().as_deref(), &items, t.get(), locale.get()));
            view! { <span class="ell" data-tip=move || text.get()>{move || text.get()}</span> }.into_any()
        })
        .class("k-item"),
        Column::new("operator", move || words.get().operator, move |cell: RowContext<'_, CheckRow>| {
            let name = person(cell.row.operator.clone());
            let id = cell.row.operator.to_string();
            view! {
                <span class="row">
                    <Avatar name=name person=Signal::stored(id)/>
                    <span class="ell k-name">{move || name.get()}</span>
                </span>
            }
            .into_any()
        })
        .class("k-who")
        .width("104px"),
        Column::new("finished", move || words.get().finished, move |cell: RowContext<'_, CheckRow>| {
            let at = cell.row.finished_at;
            view! { <span class="mut nw">{move || moment(at, clock.now())}</span> }.into_any()
        })
        .class("k-when")
        .width("96px"),
        Column::new("inspector", move || words.get().inspector, move |cell: RowContext<'_, CheckRow>| {
            let name = person(cell.row.inspector.clone());
            view! { <span class="mut ell">{move || name.get()}</span> }.into_any()
        })
        .class("k-insp")
        .width("80px"),
        Column::new("pi", move || words.get().probability, move |cell: RowContext<'_, CheckRow>| {
            let pi = cell.row.pi;
            let text = move || match pi {
                Some((drawn, of)) => (words.get().pi)(&count(drawn.into()), &count(of.into())),
                None => words.get().no_pi.to_owned(),
            };
            view! { <span class="dim nw">{text}</span> }.into_any()
        })
        .class("k-pi")
        .numeric()
        .width("104px"),
    ]
}
