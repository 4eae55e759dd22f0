//! The headline figures: rates with their intervals, and what stands outside them.

use super::url::Source;
use super::use_board;
use crate::components::chart::IntervalStrip;
use crate::components::measure::measured_width;
use crate::components::{Icon, IconName, IconSize, Strip, Tile};
use crate::format::count;
use crate::i18n::quality::QualityPage as Words;
use crate::i18n::rate::{RateWords, Rates};
use crate::i18n::use_text;
use domain::statistics::Rate;
use leptos::html;
use leptos::prelude::*;

/// The figures.
#[component]
pub fn Tiles() -> impl IntoView {
    let (words, board) = (use_text::<Words>(), use_board());
    let error = Memo::new(move |_| Some(board.series(|series| series.error_rate)));
    let conformity = Memo::new(move |_| board.series(|series| series.conformity));
    let barred = Memo::new(move |_| board.data.with(|data| data.barred));
    let missing = move || match board.url.with(|url| url.source) {
        Source::Samples => "",
        Source::Recheck => words.get().conformity_missing,
    };
    view! {
        <Strip>
            <RateTile name=move || words.get().error_rate rate=error from_zero=true missing=|| ""/>
            <RateTile name=move || words.get().conformity rate=conformity from_zero=false missing=missing/>
            <div class="tile">
                <span class="k">
                    {move || {
                        (barred.get() > 0)
                            .then(|| {
                                view! {
                                    <span class="t-over">
                                        <Icon name=IconName::StateOver size=IconSize::Small/>
                                    </span>
                                }
                            })
                    }}
                    {move || words.get().barred}
                </span>
                <span class="v">
                    {move || count(barred.get().into())} <small>{move || words.get().unit_of_cases}</small>
                </span>
                <span class="d">{move || words.get().barred_detail}</span>
            </div>
            <Tile
                name=move || words.get().outside
                value=move || count(board.data.with(|data| data.outside_rates).into())
                unit=move || words.get().unit_of_checks
                detail=move || words.get().outside_detail
            />
        </Strip>
    }
}

/// A rate: figure, interval on a line, counts and interval in words.
#[component]
fn RateTile(
    #[prop(into)] name: TextProp,
    rate: Memo<Option<Rate>>,
    from_zero: bool,
    #[prop(into)] missing: TextProp,
) -> impl IntoView {
    let rates = use_text::<Rates>();
    let said = Memo::new(move |_| -> Option<RateWords> {
        let rates = rates.get();
        rate.get().map(|rate| if from_zero { rates.errors(&rate) } else { rates.conforming(&rate) })
    });
    let frame = NodeRef::<html::Div>::new();
    let width = measured_width(frame);
    let strip = move || {
        let rate = rate.get()?;
        let value = rate.estimate?;
        let strip = if from_zero {
            IntervalStrip::from_zero(rate.low, rate.high, value, None)
        } else {
            // What conforms is judged by how much is missing to the whole.
            let from = (1.0 - (1.0 - rate.low) * 1.3).max(0.0);
            IntervalStrip { from, to: 1.0, low: rate.low, high: rate.high, value, target: None }
        };
        (width.get() > 0.0).then(|| strip.draw(width.get()))
    };
    view! {
        <div class="tile">
            <span class="k">{move || name.get()}</span>
            <span class="v">
                {move || said.with(|said| said.as_ref().map_or_else(|| "–".to_owned(), |said| said.figure.clone()))}
            </span>
            <div class="iv" node_ref=frame>
                {move || {
                    strip()
                        .map(|drawing| {
                            view! {
                                <svg
                                    class="ch"
                                    role="img"
                                    aria-label=move || said.with(|said| said.as_ref().map(|said| said.detail.clone()))
                                    viewBox=drawing.view_box()
                                    inner_html=drawing.markup
                                ></svg>
                            }
                        })
                }}
            </div>
            <span class="d">
                {move || {
                    said.with(|said| {
                        said.as_ref().map_or_else(|| missing.get().to_string(), |said| said.detail.clone())
                    })
                }}
            </span>
        </div>
    }
}
