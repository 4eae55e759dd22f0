//! Arrivals and completions of the day.

use super::flow_figures::Flow as Figures;
use super::use_board;
use crate::components::Card;
use crate::components::chart::Figure;
use crate::format::delta;
use crate::i18n::backlog::BacklogPage as Words;
use crate::i18n::use_text;
use leptos::prelude::*;

/// Height of the chart.
const HEIGHT: f64 = 176.0;

/// The card.
#[component]
pub fn Flow() -> impl IntoView {
    let (words, board) = (use_text::<Words>(), use_board());
    let flow = Memo::new(move |_| board.data.with(|data| Figures::of(data)));
    let empty = Memo::new(move |_| flow.with(Figures::is_empty));
    view! {
        <Card
            title=move || words.get().flow
            detail=move || (words.get().flow_detail)(&delta(flow.with(Figures::net)))
            class="ar"
        >
            {move || {
                if empty.get() {
                    view! { <p class="dim">{move || words.get().flow_empty}</p> }.into_any()
                } else {
                    view! {
                        <Figure
                            summary=move || flow.with(|flow| flow.summary(words.get()))
                            draw=Callback::new(move |width| {
                                flow.with(|flow| flow.chart(words.get())).draw(width, HEIGHT)
                            })
                            table=Signal::derive(move || flow.with(|flow| flow.table(words.get())))
                            across=true
                        />
                    }
                    .into_any()
                }
            }}
        </Card>
    }
}
