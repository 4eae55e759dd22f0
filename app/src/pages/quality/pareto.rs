//! Which few error points make most of the errors.

use super::pareto_figures::{chart, in_order, summary, table, total, vital};
use super::url::Weigh;
use super::use_board;
use crate::components::chart::Figure;
use crate::components::segmented::Segment;
use crate::components::{Card, Empty, Segmented};
use crate::i18n::quality::QualityPage as Words;
use crate::i18n::{use_locale, use_text};
use leptos::prelude::*;

/// The card.
#[component]
pub fn Pareto() -> impl IntoView {
    let (words, locale, board) = (use_text::<Words>(), use_locale(), use_board());
    let weigh = Memo::new(move |_| board.url.with(|url| url.weigh));
    let points = Memo::new(move |_| board.series(|series| in_order(&series.pareto, weigh.get())));
    let empty = Memo::new(move |_| points.with(|points| total(points) == 0));
    let name = move |weigh: Weigh| match weigh {
        Weigh::Count => words.get().by_count,
        Weigh::Points => words.get().by_points,
    };
    let segments = Signal::derive(move || {
        [Weigh::Count, Weigh::Points]
            .map(|weigh| Segment::new(weigh, TextProp::from(move || name(weigh))))
            .to_vec()
    });
    let detail = move || {
        points.with(|points| {
            let (n, share) = vital(points);
            match weigh.get() {
                _ if total(points) == 0 => String::new(),
                Weigh::Count => (words.get().pareto_by_count)(total(points), n, &share),
                Weigh::Points => (words.get().pareto_by_points)(total(points), n, &share),
            }
        })
    };
    view! {
        <Card
            title=move || words.get().pareto
            detail=detail
            class="s5"
            controls=move || {
                view! {
                    <Segmented
                        label=move || words.get().weigh
                        segments=segments
                        value=weigh
                        small=true
                        on_change=Callback::new(move |weigh| board.url.push(|url| url.weigh = weigh))
                    />
                }
                .into_any()
            }
        >
            {move || {
                if empty.get() {
                    view! {
                        <Empty
                            title=move || words.get().no_findings
                            hint=move || words.get().no_findings_hint
                        />
                    }
                    .into_any()
                } else {
                    view! {
                        <Figure
                            summary=move || points.with(|points| summary(points, words.get(), locale.get()))
                            draw=Callback::new(move |width| {
                                points
                                    .with(|points| chart(points, weigh.get(), words.get(), locale.get()))
                                    .draw(width)
                            })
                            table=Signal::derive(move || {
                                points.with(|points| table(points, words.get(), locale.get()))
                            })
                        />
                    }
                    .into_any()
                }
            }}
        </Card>
    }
}
