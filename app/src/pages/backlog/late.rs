//! Where it is late: the cells with most overdue.

use super::matrix::{use_figures, use_row_name};
use super::use_board;
use crate::components::Card;
use crate::format::count;
use crate::i18n::backlog::BacklogPage as Words;
use crate::i18n::{use_messages, use_text};
use domain::api::behind::{BehindQuery, Late};
use leptos::prelude::*;

/// Cells named.
const MOST: usize = 5;

/// The cells with most overdue, each with its share of all that is overdue.
#[component]
pub fn LateCells() -> impl IntoView {
    let (t, words, board) = (use_messages(), use_text::<Words>(), use_board());
    let (figures, name) = (use_figures(), use_row_name());
    let latest = Memo::new(move |_| figures.with(|figures| figures.latest(MOST)));
    let list = move || {
        let words = words.get();
        let cells = latest.get();
        let most = cells.first().map_or(1, |(.., cell)| cell.overdue.max(1));
        cells
            .into_iter()
            .map(|(unit, alone, cell)| {
                let post = t.get().post.short(cell.stage.post());
                let text = (words.late_cell)(&name.run((unit.clone(), alone)), post);
                let asked = BehindQuery {
                    row: Some(unit.clone()),
                    alone: alone.then_some(true),
                    stage: Some(cell.stage),
                    late: Some(Late::Overdue),
                    ..BehindQuery::default()
                };
                let href = board.url.with(|url| url.behind(asked));
                // The bar's longest form is that of the first cell.
                let part = format!("{}%", cell.overdue * 1000 / most / 24);
                view! {
                    <li>
                        <a class="ell" href=href data-tip=text.clone()>{text.clone()}</a>
                        <i style:--v=part></i>
                        <b>{count(cell.overdue)}</b>
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <Card
            title=move || words.get().late_where
            detail=move || words.get().late_where_detail
            class="fc"
        >
            {move || {
                if latest.with(Vec::is_empty) {
                    view! { <p class="dim">{move || words.get().late_none}</p> }.into_any()
                } else {
                    view! { <ul class="bars late-l">{list}</ul> }.into_any()
                }
            }}
        </Card>
    }
}
