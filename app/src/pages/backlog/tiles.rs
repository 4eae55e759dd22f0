//! The five figures.

use super::use_board;
use crate::components::{Icon, IconSize};
use crate::components::{IconName, State, Strip};
use crate::format::{count, delta};
use crate::i18n::backlog::BacklogPage as Words;
use crate::i18n::use_text;
use domain::api::behind::{BehindQuery, Counted, Late, Standing};
use domain::api::dashboard::{Backlog, Compared};
use leptos::prelude::*;

/// A figure, its words and where its cases are.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Figure {
    value: String,
    detail: String,
    state: State,
}

/// The five figures.
#[component]
pub fn Tiles() -> impl IntoView {
    let (words, board) = (use_text::<Words>(), use_board());
    let figure = move |of: fn(&Backlog, &Words) -> Figure| {
        Memo::new(move |_| board.data.with(|data| of(data, words.get())))
    };
    let behind = move |figure: fn() -> BehindQuery| {
        Signal::derive(move || Some(board.url.with(|url| url.behind(figure()))))
    };
    view! {
        <Strip>
            <One
                name=move || words.get().at_post
                figure=figure(at_post)
                href=behind(|| open(Some(Standing::AtPost), None))
            />
            <One
                name=move || words.get().waiting
                figure=figure(waiting_of)
                href=behind(|| open(Some(Standing::Waiting), None))
            />
            <One
                name=move || words.get().overdue
                figure=figure(overdue)
                icon=IconName::StateOver
                href=behind(|| open(None, Some(Late::Overdue)))
            />
            <One
                name=move || words.get().due_today
                figure=figure(due_today)
                href=behind(|| open(None, Some(Late::Today)))
            />
            <One
                name=move || words.get().released
                figure=figure(released_of)
                href=behind(|| BehindQuery { counted: Counted::Released, ..BehindQuery::default() })
            />
        </Strip>
    }
}

fn open(standing: Option<Standing>, late: Option<Late>) -> BehindQuery {
    BehindQuery { standing, late, ..BehindQuery::default() }
}

#[component]
fn One(
    #[prop(into)] name: TextProp,
    figure: Memo<Figure>,
    #[prop(optional)] icon: Option<IconName>,
    href: Signal<Option<String>>,
) -> impl IntoView {
    let words = use_text::<Words>();
    // An anchor without an address is a plain figure.
    view! {
        <a class="tile" href=move || href.get()>
            <span class="k">
                {move || {
                    icon.filter(|_| figure.with(|figure| figure.state == State::Over))
                        .map(|icon| {
                            view! { <span class="t-over"><Icon name=icon size=IconSize::Small/></span> }
                        })
                }}
                {move || name.get()}
            </span>
            <span class="v">
                {move || figure.with(|figure| figure.value.clone())}
                <small>{move || words.get().unit_of_cases}</small>
            </span>
            <span class="d">{move || figure.with(|figure| figure.detail.clone())}</span>
        </a>
    }
}

fn against(compared: Compared, words: &Words) -> String {
    match compared.before {
        Some(before) => (words.against_yesterday)(&delta(i64::from(compared.now) - i64::from(before))),
        None => words.no_yesterday.to_owned(),
    }
}

fn at_post(data: &Backlog, words: &Words) -> Figure {
    let (ready, claimed) = (i64::from(data.ready), i64::from(data.claimed));
    Figure {
        value: count(ready + claimed),
        detail: (words.in_pool_and_hand)(ready, claimed),
        state: State::Plain,
    }
}

fn waiting_of(data: &Backlog, words: &Words) -> Figure {
    let detail = (words.besides_on_slips)(data.in_transit.into());
    Figure { value: count(data.waiting.into()), detail, state: State::Plain }
}

fn overdue(data: &Backlog, words: &Words) -> Figure {
    let (all, waiting) = (i64::from(data.overdue), i64::from(data.overdue_waiting));
    Figure {
        value: count(all),
        detail: (words.overdue_parts)(all - waiting, waiting),
        state: if all > 0 { State::Over } else { State::Plain },
    }
}

fn due_today(data: &Backlog, words: &Words) -> Figure {
    let (open, done) = (i64::from(data.due_today), i64::from(data.due_today_done));
    Figure { value: count(open), detail: (words.due_done)(done), state: State::Plain }
}

fn released_of(data: &Backlog, words: &Words) -> Figure {
    let registered = (words.registered)(data.registered_today.now.into());
    Figure {
        value: count(data.released_today.now.into()),
        detail: (words.two)(&against(data.released_today, words), &registered),
        state: State::Plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_record_of_yesterday_nothing_is_compared() {
        let known = Compared { now: 1_559, before: Some(1_499) };
        assert_eq!(against(known, &Words::ZH), "较昨日同刻 +60");
        let unknown = Compared { now: 3, before: None };
        assert_eq!(against(unknown, &Words::EN), "No record of yesterday");
    }
}
