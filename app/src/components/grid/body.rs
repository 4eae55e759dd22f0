//! The rows on the page, between two that are as high as all others.

use super::column::{Column, RowContext};
use super::window::Window;
use crate::components::Each;
use crate::format::pixels;
use leptos::prelude::*;

/// The rows in view. While the list is dragged through, rows are as light as can be; they fill when it rests.
#[component]
pub(super) fn Body<R>(
    id: String,
    columns: Signal<Vec<Column<R>>>,
    window: Memo<Window>,
    rushing: Signal<bool>,
    row: Callback<usize, Option<R>>,
    cursor: Signal<Option<usize>>,
    #[prop(optional_no_strip)] selected: Option<Callback<R, bool>>,
    #[prop(optional_no_strip)] fresh: Option<Callback<R, bool>>,
) -> impl IntoView
where
    R: Clone + PartialEq + Send + Sync + 'static,
{
    let range = Memo::new(move |_| window.with(Window::range));
    let one = move |index: usize| {
        let data = Memo::new(move |_| row.run(index));
        let is = move |test: Option<Callback<R, bool>>| {
            Memo::new(move |_| test.is_some_and(|test| data.get().is_some_and(|row| test.run(row))))
        };
        let (chosen, new) = (is(selected), is(fresh));
        // A row once filled stays so: rushing on does not empty what is already there.
        let filled = Memo::new(move |before: Option<&bool>| before.is_some_and(|b| *b) || !rushing.get());
        let cells = move || {
            let data = filled.get().then(|| data.get()).flatten();
            let Some(row) = data else {
                return view! { <td role="gridcell" class="pending"><span class="skel"></span></td> }
                    .into_any();
            };
            columns.with(|columns| {
                let cell = |column: &Column<R>| {
                    let inner = (column.cell)(RowContext { row: &row, index, selected: chosen.into() });
                    view! {
                        <td role="gridcell" class=column.classes() style:--flex=column.flex()>
                            {inner}
                        </td>
                    }
                };
                columns.iter().map(cell).collect_view().into_any()
            })
        };
        view! {
            <tr
                role="row"
                id=format!("{id}-{index}")
                data-index=index.to_string()
                aria-rowindex=(index + 2).to_string()
                aria-selected=move || selected.map(|_| if chosen.get() { "true" } else { "false" })
                data-cursor=move || (cursor.get() == Some(index)).then_some("")
                data-new=move || new.get().then_some("")
            >
                {cells}
            </tr>
        }
        .into_any()
    };
    view! {
        <tbody role="rowgroup">
            <tr class="pad" aria-hidden="true" style:--pad=move || pixels(window.with(Window::before))></tr>
            <Each numbers=Signal::derive(move || range.get().collect()) each=one/>
            <tr class="pad" aria-hidden="true" style:--pad=move || pixels(window.with(Window::after))></tr>
        </tbody>
    }
}
