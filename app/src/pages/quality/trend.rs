//! The error rate week by week.

use super::trend_figures::{Course, course, table};
use super::use_board;
use crate::components::chart::Figure;
use crate::components::{Card, Empty, IconName, Note, State};
use crate::format::decimal;
use crate::i18n::quality::QualityPage as Words;
use crate::i18n::rate::Rates;
use crate::i18n::use_text;
use leptos::prelude::*;

/// Height of the chart.
const HEIGHT: f64 = 300.0;

/// What stands in the card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stand {
    Control,
    Plain,
    Nothing,
}

/// The card.
#[component]
pub fn Trend() -> impl IntoView {
    let (words, rates, board) = (use_text::<Words>(), use_text::<Rates>(), use_board());
    let weeks = Memo::new(move |_| board.series(|series| series.trend.clone()));
    let now = Signal::derive(move || weeks.with(|weeks| course(weeks, words.get(), rates.get())));
    let stand = Memo::new(move |_| match now.get() {
        Course::Control { .. } => Stand::Control,
        Course::Plain { .. } => Stand::Plain,
        Course::Nothing => Stand::Nothing,
    });
    let detail = move || {
        let n = weeks.with(|weeks| i64::try_from(weeks.len()).unwrap_or(i64::MAX));
        match now.get() {
            Course::Control { spread, .. } => (words.get().control_detail)(n, &decimal(spread, 2)),
            Course::Plain { .. } => (words.get().trend_detail)(n),
            Course::Nothing => String::new(),
        }
    };
    let why = move || match now.get() {
        Course::Plain { why, .. } => why,
        Course::Control { .. } | Course::Nothing => String::new(),
    };
    let draw = Callback::new(move |width| match now.get() {
        Course::Control { chart, .. } => chart.draw(width, HEIGHT),
        Course::Plain { chart, .. } => chart.draw(width, HEIGHT - 44.0),
        Course::Nothing => crate::components::chart::Drawing::new(width, HEIGHT),
    });
    let summary = move || weeks.with(|weeks| now.get().summary(weeks, words.get(), rates.get()));
    let figure = move || {
        view! {
            <Figure
                summary=summary
                draw=draw
                table=Signal::derive(move || weeks.with(|weeks| table(weeks, words.get(), rates.get())))
                across=true
            />
        }
    };
    view! {
        <Card
            title=move || words.get().trend
            detail=detail
            class="s7"
            controls=move || view! { <Legend stand=stand/> }.into_any()
        >
            {move || match stand.get() {
                Stand::Control => figure().into_any(),
                Stand::Plain => {
                    view! {
                        <Note state=State::Plain icon=IconName::Info>{why}</Note>
                        {figure()}
                    }
                    .into_any()
                }
                Stand::Nothing => {
                    view! {
                        <Empty
                            title=move || words.get().nothing_checked
                            hint=move || words.get().nothing_checked_hint
                        />
                    }
                    .into_any()
                }
            }}
        </Card>
    }
}

#[component]
fn Legend(stand: Memo<Stand>) -> impl IntoView {
    let words = use_text::<Words>();
    view! {
        {move || {
            (stand.get() == Stand::Control)
                .then(|| {
                    view! {
                        <span class="legend">
                            <span class="ln-rate">{move || words.get().rate_line}</span>
                            <span class="ln-limit">{move || words.get().limits}</span>
                        </span>
                    }
                })
        }}
    }
}
