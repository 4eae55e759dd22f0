//! Cases that have not moved for too long, and why.

use super::use_board;
use crate::components::{ButtonSize, Card, Empty, LinkButton, held_still};
use crate::format::{hours, moment};
use crate::i18n::backlog::BacklogPage as Words;
use crate::i18n::wording::unit_name;
use crate::i18n::{use_locale, use_messages, use_text};
use crate::pages::catalogue::{items_name, use_item_names};
use crate::routes::case_path;
use crate::state::session::use_session;
use domain::api::behind::{BehindQuery, Counted};
use domain::api::dashboard::{Stuck, StuckReason};
use leptos::html;
use leptos::prelude::*;

/// The card. Its rows keep their order while the hand is on them.
#[component]
pub fn StuckCases() -> impl IntoView {
    let (words, board) = (use_text::<Words>(), use_board());
    let frame = NodeRef::<html::Div>::new();
    let newest = Memo::new(move |_| board.data.with(|data| data.stuck.clone()));
    let rows = held_still(newest.into(), frame);
    let detail = move || {
        let shown = rows.with(Vec::len);
        board.data.with(|data| {
            (words.get().stuck_detail)(data.stuck_count.into(), i64::try_from(shown).unwrap_or(i64::MAX))
        })
    };
    view! {
        <Card
            title=move || words.get().stuck
            detail=detail
            class="s12"
            controls=move || {
                view! {
                    {move || {
                        board
                            .data
                            .with(|data| data.stuck_count > 0)
                            .then(|| {
                                let asked = BehindQuery { counted: Counted::Stuck, ..BehindQuery::default() };
                                let href = board.url.with(|url| url.behind(asked));
                                view! {
                                    <LinkButton href=Signal::stored(href) size=ButtonSize::Small>
                                        {move || words.get().see}
                                        <span class="vh">{move || words.get().stuck}</span>
                                    </LinkButton>
                                }
                            })
                    }}
                }
                .into_any()
            }
        >
            <div node_ref=frame>
                {move || {
                    if rows.with(Vec::is_empty) {
                        view! {
                            <Empty
                                title=move || words.get().stuck_none
                                hint=move || words.get().stuck_none_hint
                            />
                        }
                        .into_any()
                    } else {
                        view! { <Table rows=rows/> }.into_any()
                    }
                }}
            </div>
        </Card>
    }
}

#[component]
fn Table(rows: Signal<Vec<Stuck>>) -> impl IntoView {
    let words = use_text::<Words>();
    let head = move |of: fn(&Words) -> &'static str, numeric: bool| {
        view! { <th scope="col" class=numeric.then_some("num")>{move || of(words.get())}</th> }
    };
    view! {
        <div class="scroll-x" tabindex="0" role="group" aria-label=move || words.get().stuck>
            <table class="tbl grid stuck">
                <thead>
                    <tr>
                        {head(|w| w.number, false)} {head(|w| w.item, false)} {head(|w| w.unit, false)}
                        {head(|w| w.at, false)}
                        <th scope="col" class="num" data-tip=move || words.get().idle_hint>
                            {move || words.get().idle}
                        </th>
                        {head(|w| w.why, false)} {head(|w| w.holder, false)} {head(|w| w.due, true)}
                    </tr>
                </thead>
                <tbody>
                    <For each=move || rows.get() key=|row| row.case let(row)>
                        <Row row=row rows=rows/>
                    </For>
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn Row(row: Stuck, rows: Signal<Vec<Stuck>>) -> impl IntoView {
    let (t, words, locale, session) = (use_messages(), use_text::<Words>(), use_locale(), use_session());
    let (board, names) = (use_board(), use_item_names());
    let id = row.case;
    let first = row.clone();
    // Figures change in place: the row itself is made once.
    let now = Memo::new(move |_| {
        rows.with(|rows| rows.iter().find(|row| row.case == id).cloned()).unwrap_or_else(|| first.clone())
    });
    let items = move || now.with(|row| items_name(names.get().as_deref(), &row.items, t.get(), locale.get()));
    let unit = move || now.with(|row| unit_name(session.unit(&row.unit).as_ref(), &row.unit, locale.get()));
    let reason = move || reason_words(now.with(|row| row.reason), words.get());
    let holder = move || {
        now.with(|row| {
            row.holder.as_ref().map(|holder| board.data.with(|data| session.name(holder, &data.names)))
        })
    };
    let due = move || now.with(|row| board.data.with(|data| moment(row.due_at, data.as_of)));
    let late = move || {
        let late = now.with(|row| board.data.with(|data| row.due_at < data.as_of));
        if late { "num t-over" } else { "num mut" }
    };
    view! {
        <tr>
            <td class="med">
                <a
                    class="nw"
                    href=case_path(id)
                    aria-label=move || (words.get().open_case)(&row.number)
                >
                    {row.number.clone()}
                </a>
            </td>
            <td class="ell mut" data-tip=items>{items}</td>
            <td class="ell" data-tip=unit>{unit}</td>
            <td class="mut nw">{move || t.get().post.stage(now.with(|row| row.stage))}</td>
            <td class="num med">{move || hours(now.with(|row| row.idle))}</td>
            <td class="nw">{reason}</td>
            <td class="nw mut">{holder}</td>
            <td class=late>{due}</td>
        </tr>
    }
}

/// Why a case is stuck.
pub fn reason_words(reason: StuckReason, words: &Words) -> &'static str {
    match reason {
        StuckReason::InPool => words.in_pool,
        StuckReason::InHand => words.in_hand,
        StuckReason::OnSlip => words.on_slip,
        StuckReason::OnHold => words.on_hold,
        StuckReason::Nobody => words.nobody,
    }
}
