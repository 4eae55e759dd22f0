//! The matrix of units and posts.

use super::matrix_figures::Figures;
use super::url::Measure;
use super::{AsOf, Board, use_board};
use crate::components::chart::{HeatCell, shade};
use crate::components::segmented::Segment;
use crate::components::{Card, Icon, IconName, Segmented};
use crate::format::{count, decimal};
use crate::i18n::backlog::BacklogPage as Words;
use crate::i18n::wording::unit_name;
use crate::i18n::{use_locale, use_messages, use_text};
use crate::state::session::use_session;
use domain::api::behind::{BehindQuery, Standing};
use domain::id::UnitId;
use domain::post::Stage;
use leptos::prelude::*;

/// The figures of the matrix on screen.
pub fn use_figures() -> Memo<Figures> {
    let (board, session) = (use_board(), use_session());
    Memo::new(move |_| {
        let units = session.units();
        let above =
            |unit: &UnitId| units.upwards(unit).into_iter().skip(1).map(|unit| unit.id.clone()).collect();
        board.data.with(|data| Figures::of(&data.rows, above))
    })
}

/// The name of a row.
pub fn use_row_name() -> Callback<(UnitId, bool), String> {
    let (words, locale, session) = (use_text::<Words>(), use_locale(), use_session());
    Callback::new(move |(id, alone): (UnitId, bool)| {
        let name = unit_name(session.unit(&id).as_ref(), &id, locale.get());
        if alone { (words.get().own_level)(&name) } else { name }
    })
}

/// The matrix.
#[component]
pub fn Matrix() -> impl IntoView {
    let (t, words, board) = (use_messages(), use_text::<Words>(), use_board());
    let figures = use_figures();
    let name = use_row_name();
    let measure = Memo::new(move |_| board.url.with(|url| url.measure));
    let stages = Memo::new(move |_| figures.with(|figures| figures.stages.clone()));
    let units = Memo::new(move |_| {
        figures
            .with(|figures| figures.rows.iter().map(|row| (row.unit.clone(), row.alone)).collect::<Vec<_>>())
    });
    let detail = move || match measure.get() {
        Measure::Open => words.get().matrix_open,
        Measure::Overdue => words.get().matrix_overdue,
        Measure::Today => words.get().matrix_today,
    };
    // A sum leads to its cases; of none there is no list.
    let sum = move |of: Callback<(), i64>, href: Callback<(), String>| {
        move || {
            let n = of.run(());
            let href = (n > 0).then(|| href.run(()));
            view! { <a href=href>{count(n)}</a> }
        }
    };
    let standing = move |row: Option<(UnitId, bool)>, standing: Standing| {
        Callback::new(move |()| {
            let (row, alone) =
                row.clone().map_or((None, None), |(unit, alone)| (Some(unit), alone.then_some(true)));
            let asked = BehindQuery { row, alone, standing: Some(standing), ..BehindQuery::default() };
            board.url.with(|url| url.behind(asked))
        })
    };
    let of_cells = move |row: Option<(UnitId, bool)>, stage: Option<Stage>| {
        Callback::new(move |()| board.url.with(|url| url.behind_cell(row.clone(), stage)))
    };
    let total = move |of: fn(&Figures, Measure) -> i64| {
        Callback::new(move |()| figures.with(|figures| of(figures, measure.get())))
    };
    let head = move |stage: Stage| view! { <th scope="col">{move || t.get().post.short(stage.post())}</th> };
    let row = move |(unit, alone): (UnitId, bool)| {
        let (of_row, sums) = (unit.clone(), unit.clone());
        let cells = move || {
            let unit = of_row.clone();
            stages
                .get()
                .into_iter()
                .map(move |stage| view! { <td><Cell unit=unit.clone() alone=alone stage=stage figures=figures/></td> })
                .collect_view()
        };
        let of = move |figure: fn(&super::matrix_figures::Row, Measure) -> i64| {
            let unit = sums.clone();
            Callback::new(move |()| {
                let measure = measure.get();
                figures.with(|figures| {
                    figures.rows.iter().find(|row| row.unit == unit).map_or(0, |row| figure(row, measure))
                })
            })
        };
        let here = || Some((unit.clone(), alone));
        let shown = unit.clone();
        view! {
            <tr>
                <th scope="row">{move || name.run((shown.clone(), alone))}</th>
                {cells}
                <td class="tot">{sum(of(|row, _| row.waiting), standing(here(), Standing::Waiting))}</td>
                <td class="tot">{sum(of(|row, _| row.in_transit), standing(here(), Standing::InTransit))}</td>
                <td class="tot">{sum(of(super::matrix_figures::Row::sum), of_cells(here(), None))}</td>
            </tr>
        }
    };
    view! {
        <Card
            title=move || words.get().matrix
            detail=detail
            class="s8 mxc"
            controls=move || view! { <Controls measure=measure board=board/> }.into_any()
            foot=move || view! { <AsOf/> }.into_any()
        >
            <div class="mx-scroll" tabindex="0" role="group" aria-label=move || words.get().matrix>
                <table class="mx">
                    <caption class="vh">{move || words.get().matrix_caption}</caption>
                    <thead>
                        <tr class="gh">
                            <td></td>
                            <th
                                scope="colgroup"
                                colspan=move || stages.with(Vec::len).to_string()
                            >
                                {move || words.get().posts}
                            </th>
                            <th scope="colgroup" colspan="2">{move || words.get().of_these}</th>
                            <td></td>
                        </tr>
                        <tr>
                            <th scope="col">{move || words.get().unit}</th>
                            {move || stages.get().into_iter().map(head).collect_view()}
                            <th scope="col" class="tot">{move || words.get().waiting}</th>
                            <th scope="col" class="tot">{move || words.get().on_slips}</th>
                            <th scope="col">{move || words.get().total}</th>
                        </tr>
                    </thead>
                    <tbody>
                        <For each=move || units.get() key=Clone::clone let(unit)>
                            {row(unit)}
                        </For>
                        <tr class="sum">
                            <th scope="row">{move || words.get().total}</th>
                            {move || {
                                stages
                                    .get()
                                    .into_iter()
                                    .map(|stage| {
                                        let column = Callback::new(move |()| {
                                            figures.with(|figures| figures.column(stage, measure.get()))
                                        });
                                        view! { <td class="tot">{sum(column, of_cells(None, Some(stage)))}</td> }
                                    })
                                    .collect_view()
                            }}
                            <td class="tot side">
                                {sum(
                                    total(|figures, _| figures.rows.iter().map(|row| row.waiting).sum()),
                                    standing(None, Standing::Waiting),
                                )}
                            </td>
                            <td class="tot side">
                                {sum(
                                    total(|figures, _| figures.rows.iter().map(|row| row.in_transit).sum()),
                                    standing(None, Standing::InTransit),
                                )}
                            </td>
                            <td class="tot">
                                {sum(
                                    total(|figures, measure| {
                                        figures.rows.iter().map(|row| row.sum(measure)).sum()
                                    }),
                                    of_cells(None, None),
                                )}
                            </td>
                        </tr>
                    </tbody>
                </table>
            </div>
        </Card>
    }
}

/// What is shown, and what the marks mean.
#[component]
fn Controls(measure: Memo<Measure>, board: Board) -> impl IntoView {
    let words = use_text::<Words>();
    let name = move |measure: Measure| match measure {
        Measure::Open => words.get().open,
        Measure::Overdue => words.get().overdue,
        Measure::Today => words.get().due_today,
    };
    let segments = Signal::derive(move || {
        Measure::ALL
            .into_iter()
            .map(|measure| Segment::new(measure, TextProp::from(move || name(measure))))
            .collect::<Vec<_>>()
    });
    view! {
        <span class="legend" data-on="wide">
            <span>{move || words.get().change_legend}</span>
            <span class="t-over"><Icon name=IconName::StateOver/>{move || words.get().overdue}</span>
        </span>
        <Segmented
            label=move || words.get().measure
            segments=segments
            value=measure
            small=true
            on_change=Callback::new(move |measure| board.url.push(|url| url.measure = measure))
        />
    }
}

/// One cell; it leads to exactly the cases it counts.
#[component]
fn Cell(unit: UnitId, alone: bool, stage: Stage, figures: Memo<Figures>) -> impl IntoView {
    let (t, words, board) = (use_messages(), use_text::<Words>(), use_board());
    let name = use_row_name();
    let key = unit.clone();
    let cell = Memo::new(move |_| figures.with(|figures| figures.cell(&key, stage)));
    let measure = Memo::new(move |_| board.url.with(|url| url.measure));
    let figure = move |of: fn(&super::matrix_figures::Cell) -> i64| {
        Signal::derive(move || cell.with(|cell| cell.as_ref().map_or(0, of)))
    };
    let shown = Signal::derive(move || {
        let measure = measure.get();
        cell.with(|cell| cell.as_ref().map_or(0, |cell| cell.figure(measure)))
    });
    let all = move || measure.get() == Measure::Open;
    let overdue = Signal::derive(move || if all() { figure(|cell| cell.overdue).get() } else { 0 });
    let change = Signal::derive(move || cell.get().filter(|_| all()).and_then(|cell| cell.change));
    let dark = Signal::derive(move || {
        cell.with(|cell| cell.as_ref().map_or(0, |cell| shade(cell.open, Some(cell.daily))))
    });
    let to = unit.clone();
    let href = Signal::derive(move || {
        (shown.get() > 0)
            .then(|| board.url.with(|url| url.behind_cell(Some((to.clone(), alone)), Some(stage))))
    });
    let label = move || {
        let words = words.get();
        let Some(cell) = cell.get() else { return String::new() };
        let mut figures = (words.cell_figures)(cell.open, cell.overdue, cell.today);
        if let Some(days) = cell.days() {
            figures = (words.two)(&figures, &(words.days_of_work)(&decimal(days, 1)));
        }
        (words.cell)(&name.run((unit.clone(), alone)), t.get().post.short(stage.post()), &figures)
    };
    view! { <HeatCell open=shown change=change overdue=overdue shade=dark href=href label=label/> }
}
