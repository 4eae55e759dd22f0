//! The five figures.

use super::url::{Measure, queue_of};
use super::use_board;
use crate::components::{Icon, IconSize};
use crate::components::{IconName, State, Strip};
use crate::format::{count, delta};
use crate::i18n::backlog::BacklogPage as Words;
use crate::i18n::use_text;
use domain::api::dashboard::{Backlog, Compared};
use domain::api::queue::{Band, Tab};
use domain::post::Stage;
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
    // A figure over all posts has no queue of its own: it leads to the matrix, whose cells have one.
    let href = move |measure: Measure, tab: Tab, band: Option<Band>| {
        Signal::derive(move || {
            Some(board.url.with(|url| url.queue(tab, band).unwrap_or_else(|| url.with_measure(measure))))
        })
    };
    let waiting = Signal::derive(move || board.url.with(|url| url.queue(Tab::Waiting, None)));
    let released = Signal::derive(move || {
        Some(board.url.with(|url| queue_of(Stage::Binding, url.unit.as_ref(), Tab::Done, None)))
    });
    view! {
        <Strip>
            <One
                name=move || words.get().at_post
                figure=figure(at_post)
                href=href(Measure::Open, Tab::Todo, None)
            />
            <One name=move || words.get().waiting figure=figure(waiting_of) href=waiting/>
            <One
                name=move || words.get().overdue
                figure=figure(overdue)
                icon=IconName::StateOver
                href=href(Measure::Overdue, Tab::Todo, Some(Band::Overdue))
            />
            <One
                name=move || words.get().due_today
                figure=figure(due_today)
                href=href(Measure::Today, Tab::Todo, Some(Band::Today))
            />
            <One name=move || words.get().released figure=figure(released_of) href=released/>
        </Strip>
    }
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
    Figure { value: count(open + done), detail: (words.done_and_open)(done, open), state: State::Plain }
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
