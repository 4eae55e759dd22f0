//! The columns of the queue.

use super::desk::{Desk, use_desk};
use super::figures::{LARGE, at_post, cycle, post_clock, urgency};
use crate::components::{Avatar, Checkbox, Clock, Column, Cycle, IconName, RowContext, State, Tag, Urgency};
use crate::format::{date, hours, short_number};
use crate::i18n::queue_page::QueuePage as Words;
use crate::i18n::{Messages, Text, use_locale, use_messages, use_text};
use crate::pages::catalogue::{items_name, use_item_names};
use crate::state::clock::use_clock;
use crate::state::session::use_session;
use domain::api::queue::QueueRow;
use domain::case::state::Priority;
use domain::case::work_item::WorkStatus;
use domain::time::{Calendar, local_date};
use leptos::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

type Row = QueueRow;

/// The columns. The order is the one CSS places them by on a phone.
pub fn columns() -> Vec<Column<Row>> {
    let (t, words, desk) = (use_messages(), use_text::<Words>(), use_desk());
    let (locale, session, clock, names) = (use_locale(), use_session(), use_clock(), use_item_names());
    let calendar = Arc::new(Calendar::national());
    // One unit and one year: the short form says it all.
    let short = session.now().is_some_and(|session| session.person.scope.len() == 1);
    let (age, post, urgent, whole) = (calendar.clone(), calendar.clone(), calendar.clone(), calendar);
    vec![
        Column::new(
            "select",
            move || t.get().table.select_all,
            move |cell: RowContext<'_, Row>| {
                let (row, index, selected) = (cell.row.clone(), cell.index, cell.selected);
                let number = row.number.clone();
                let calendar = urgent.clone();
                let state = {
                    let (row, calendar) = (row.clone(), calendar.clone());
                    Signal::derive(move || post_clock(&row, &calendar, clock.now(), "").state())
                };
                let percent = Signal::derive(move || urgency(&row, &calendar, clock.now()));
                view! {
                    <div class="row">
                        <Urgency percent=percent state=state/>
                        <Checkbox
                            label=move || (t.get().table.select_row)(&number)
                            checked=selected
                            on_change=Callback::new(move |_| desk.select(index, false))
                        />
                    </div>
                }
                .into_any()
            },
        )
        .head_view(move || select_all(desk, t))
        .class("c-u")
        .width("48px"),
        Column::new(
            "number",
            move || t.get().queue.number,
            move |cell: RowContext<'_, Row>| {
                // Of several units the short form needs its unit; the year is the tip's.
                let number = cell.row.number.clone();
                let unit = (!short).then(|| number.split('-').next().unwrap_or_default().to_owned());
                view! {
                    <a
                        class="med nw"
                        tabindex="-1"
                        href=crate::routes::case_path(cell.row.id)
                        data-tip=number.clone()
                    >
                        {unit.map(|unit| view! { <span class="dim">{unit}</span>" " })}
                        {short_number(&number).to_owned()}
                    </a>
                }
                .into_any()
            },
        )
        .class("c-no")
        .width(if short { "92px" } else { "136px" }),
        Column::new(
            "policy",
            move || t.get().queue.policy,
            move |cell: RowContext<'_, Row>| {
                view! { <span class="dim">{cell.row.policy_no.clone()}</span> }.into_any()
            },
        )
        .class("c-pol")
        .width("108px"),
        Column::new(
            "item",
            move || t.get().queue.item,
            move |cell: RowContext<'_, Row>| {
                let items = cell.row.items.clone();
                let text =
                    Memo::new(move |_| items_name(names.get().as_deref(), &items, t.get(), locale.get()));
                view! { <span class="ell" data-tip=move || text.get()>{move || text.get()}</span> }.into_any()
            },
        )
        .class("c-item"),
        Column::new(
            "applicant",
            move || t.get().queue.applicant,
            move |cell: RowContext<'_, Row>| {
                let name = cell.row.applicant.clone();
                view! { <span class="ell" data-tip=name.clone()>{name.clone()}</span> }.into_any()
            },
        )
        .class("c-who")
        .width("68px"),
        Column::new(
            "from",
            move || t.get().queue.from,
            move |cell: RowContext<'_, Row>| {
                let from = cell.row.from.clone();
                let told = from.clone();
                let tip = move || {
                    told.as_ref().map(|(stage, person)| {
                        let name = session.name(person, &BTreeMap::new());
                        format!("{} {name}", t.get().post.short(stage.post()))
                    })
                };
                let text = move || {
                    from.as_ref().map(|(stage, person)| {
                        let post = t.get().post.short(stage.post());
                        let name = session.name(person, &BTreeMap::new());
                        view! { <span class="dim">{post}</span>" "{name} }
                    })
                };
                view! { <span class="mut ell" data-tip=tip>{text}</span> }.into_any()
            },
        )
        .class("c-from")
        .width("92px"),
        Column::new(
            "age",
            move || t.get().queue.at_post,
            move |cell: RowContext<'_, Row>| {
                let (row, calendar) = (cell.row.clone(), age.clone());
                view! { <span class="mut">{move || hours(at_post(&row, &calendar, clock.now()))}</span> }
                    .into_any()
            },
        )
        .class("c-age")
        .numeric()
        .sortable()
        .width("56px"),
        Column::new(
            "due",
            move || t.get().queue.post_due,
            move |cell: RowContext<'_, Row>| {
                let (row, calendar) = (cell.row.clone(), post.clone());
                let state =
                    Signal::derive(move || post_clock(&row, &calendar, clock.now(), words.get().hold_why));
                view! { <Clock state=state/> }.into_any()
            },
        )
        .class("c-due")
        .sortable()
        .width("96px"),
        Column::new(
            "cycle",
            move || t.get().queue.cycle_due,
            move |cell: RowContext<'_, Row>| {
                let (received, promised) = (cell.row.received_at, cell.row.breach_at);
                let calendar = whole.clone();
                let figures = Memo::new(move |_| {
                    cycle(received, promised, &calendar, clock.now()).map(|c| (c.day, c.of, c.state, c.due))
                });
                let part = move |of: fn((u32, u32)) -> u32| {
                    Signal::derive(move || figures.get().map_or(0, |(day, total, ..)| of((day, total))))
                };
                let state =
                    Signal::derive(move || figures.get().map_or(State::Plain, |(_, _, state, _)| state));
                let due = move || {
                    figures.get().map_or_else(String::new, |(.., due)| date(due, local_date(clock.now())))
                };
                view! { <Cycle day=part(|(day, _)| day) of=part(|(_, of)| of) state=state due=due/> }
                    .into_any()
            },
        )
        .class("c-cyc")
        .width("96px"),
        Column::new(
            "flags",
            move || t.get().queue.flags,
            move |cell: RowContext<'_, Row>| flags(cell.row, t, words),
        )
        .class("c-flag")
        .width("104px"),
        Column::new(
            "holder",
            move || t.get().queue.holder,
            move |cell: RowContext<'_, Row>| holder(cell.row.clone(), cell.index, t, desk),
        )
        .class("c-hold")
        .width("84px"),
    ]
}

/// The box that selects all rows loaded.
fn select_all(desk: Desk, t: Text<Messages>) -> impl IntoView {
    let chosen = move || desk.chosen.with(Vec::len);
    let all = move || desk.list.with(|list| list.as_ref().map_or(0, |list| list.loaded().count()));
    view! {
        <div class="row">
            <i class="urg"></i>
            <Checkbox
                label=move || t.get().table.select_all
                checked=Signal::derive(move || chosen() > 0 && chosen() == all())
                mixed=Signal::derive(move || chosen() > 0 && chosen() < all())
                on_change=Callback::new(move |_| desk.select_all())
            />
        </div>
    }
}

/// At most three marks; the rest as a number.
pub fn flags(row: &Row, t: Text<Messages>, words: Text<Words>) -> AnyView {
    let row = row.clone();
    let marks = move || {
        let (m, w) = (t.get(), words.get());
        let mut marks: Vec<(State, Option<IconName>, String)> = Vec::new();
        if row.imported {
            marks.push((State::Line, None, w.imported.to_owned()));
        }
        if row.returned {
            let times = u32::from(row.returns.max(1));
            marks.push((State::Back, Some(IconName::StateBack), (m.clock.returned)(times)));
        }
        if row.barred {
            marks.push((State::Over, Some(IconName::StateOver), w.barred.to_owned()));
        }
        if row.proposal {
            marks.push((State::Soon, None, w.proposal.to_owned()));
        }
        match row.priority {
            Priority::Complaint => marks.push((State::Over, None, m.queue.complaint.to_owned())),
            Priority::Vip => marks.push((State::Accent, None, m.queue.vip.to_owned())),
            Priority::None => {}
        }
        if row.status == WorkStatus::HandedOver {
            marks.push((State::Wait, Some(IconName::HandOver), w.on_slip.to_owned()));
        }
        if row.amount.minor >= LARGE {
            marks.push((State::Line, None, m.queue.large.to_owned()));
        }
        let rest = marks.len().saturating_sub(3);
        let more = (rest > 0).then(|| {
            let n = i64::try_from(rest).unwrap_or(i64::MAX);
            view! { <span class="dim sm">{(m.common.further)(n)}</span> }
        });
        let shown = marks
            .into_iter()
            .take(3)
            .map(|(state, icon, text)| match icon {
                Some(icon) => view! { <Tag state=state icon=icon>{text}</Tag> }.into_any(),
                None => view! { <Tag state=state>{text}</Tag> }.into_any(),
            })
            .collect_view();
        view! { {shown} {more} }
    };
    view! { <span class="flags">{marks}</span> }.into_any()
}

/// Who holds it; a row under the cursor that nobody holds can be claimed there.
fn holder(row: Row, index: usize, t: Text<Messages>, desk: Desk) -> AnyView {
    let session = use_session();
    match row.holder.clone() {
        Some(id) => {
            let name = Memo::new({
                let id = id.clone();
                move |_| session.name(&id, &BTreeMap::new())
            });
            view! { {move || view! { <Avatar name=name.get() person=id.to_string()/> }} }.into_any()
        }
        None if row.imported => ().into_any(),
        None => {
            let claim = super::acts::claim();
            view! {
                <span class="vh">{move || t.get().queue.nobody}</span>
                {move || {
                    let row = row.clone();
                    (desk.cursor.get() == Some(index))
                        .then(|| {
                            view! {
                                <crate::components::Button
                                    size=crate::components::ButtonSize::Small
                                    shortcut=crate::keys::Shortcut::Claim
                                    on_press=Callback::new(move |()| claim.run(vec![row.clone()]))
                                >
                                    {move || t.get().queue.claim}
                                </crate::components::Button>
                            }
                        })
                }}
            }
            .into_any()
        }
    }
}
