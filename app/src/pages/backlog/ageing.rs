//! How old open work is, against how old finished work was.

use super::ageing_figures::{Ages, Target};
use super::use_board;
use crate::components::chart::Figure;
use crate::components::{Card, Icon, IconName};
use crate::i18n::backlog::BacklogPage as Words;
use crate::i18n::{use_messages, use_text};
use crate::router::{NavigateOptions, use_navigate};
use crate::routes::case_path;
use domain::api::behind::BehindQuery;
use leptos::prelude::*;

/// Height of the chart.
const HEIGHT: f64 = 300.0;

/// The card.
#[component]
pub fn Ageing() -> impl IntoView {
    let (t, words, board) = (use_messages(), use_text::<Words>(), use_board());
    let navigate = use_navigate();
    let ages = Memo::new(move |_| board.data.with(|data| Ages(data.ageing.clone())));
    let totals = Memo::new(move |_| ages.with(Ages::totals));
    let open = Callback::new(move |index: usize| {
        let href = match ages.with_untracked(|ages| ages.target(index)) {
            Some(Target::Case(case)) => Some(case_path(case)),
            Some(Target::Bin { stage, from, to }) => Some(board.url.now().behind(BehindQuery {
                stage: Some(stage),
                from: Some(from),
                to: Some(to),
                ..BehindQuery::default()
            })),
            None => None,
        };
        if let Some(href) = href {
            navigate(&href, NavigateOptions::default());
        }
    });
    let zones = move || {
        let finished = ages.with(Ages::finished);
        if finished > 0 { (words.get().zones)(finished) } else { words.get().zones_missing.to_owned() }
    };
    view! {
        <Card
            title=move || words.get().ageing
            detail=move || (words.get().ageing_detail)(totals.get().0)
            class="s7"
            controls=move || {
                view! {
                    <span class="legend">
                        <span class="in-time">{move || words.get().in_process}</span>
                        <span class="t-over">
                            <Icon name=IconName::StateOver/>
                            {move || (words.get().late)(totals.get().1)}
                        </span>
                    </span>
                }
                .into_any()
            }
            foot=move || view! { <span class="dim sm">{zones}</span> }.into_any()
        >
            <Figure
                summary=move || ages.with(|ages| ages.summary(t.get(), words.get()))
                draw=Callback::new(move |width| {
                    ages.with(|ages| ages.chart(t.get(), words.get())).draw(width, HEIGHT)
                })
                table=Signal::derive(move || ages.with(|ages| ages.table(t.get(), words.get())))
                on_open=open
            />
        </Card>
    }
}
