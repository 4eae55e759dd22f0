//! The rows on the page: as many as fit, each showing whichever row of the list has come to its place.

use super::column::{Column, RowContext};
use super::window::Window;
use leptos::prelude::*;

/// The rows in view between two rows that are as high as all others.
#[component]
pub(super) fn Body<R>(
    id: String,
    columns: Signal<Vec<Column<R>>>,
    window: Memo<Window>,
    row: Callback<usize, Option<R>>,
    cursor: Signal<Option<usize>>,
    #[prop(optional_no_strip)] selected: Option<Callback<R, bool>>,
    #[prop(optional_no_strip)] fresh: Option<Callback<R, bool>>,
) -> impl IntoView
where
    R: Clone + PartialEq + Send + Sync + 'static,
{
    let slots = Memo::new(move |_| window.with(|w| w.slots));
    let start = Memo::new(move |_| window.with(|w| w.start));
    let pad = move |height: f64| format!("{}px", height.round());
    let span = move || columns.with(Vec::len).max(1).to_string();
    let slot = move |place: usize| {
        let index = Memo::new(move |_| start.get() + place);
        let data = Memo::new(move |_| row.run(index.get()));
        let is = move |test: Option<Callback<R, bool>>| {
            Memo::new(move |_| test.is_some_and(|test| data.get().is_some_and(|row| test.run(row))))
        };
        let (chosen, new) = (is(selected), is(fresh));
        let id = id.clone();
        let cells = move || {
            let index = index.get();
            let row = data.get();
            columns.with(|columns| {
                let cell = |column: &Column<R>| {
                    let inner = match &row {
                        Some(row) => (column.cell)(RowContext { row, index, selected: chosen.into() }),
                        None => view! { <span class="skel"></span> }.into_any(),
                    };
                    view! { <td class=column.classes()>{inner}</td> }
                };
                columns.iter().map(cell).collect_view()
            })
        };
        view! {
            <tr
                id=move || format!("{id}-{}", index.get())
                data-index=move || index.get().to_string()
                aria-rowindex=move || (index.get() + 2).to_string()
                aria-selected=move || selected.map(|_| if chosen.get() { "true" } else { "false" })
                data-cursor=move || (cursor.get() == Some(index.get())).then_some("")
                data-new=move || new.get().then_some("")
            >
                {cells}
            </tr>
        }
    };
    view! {
        <tbody>
            <tr class="pad" aria-hidden="true">
                <td colspan=span style:--pad=move || pad(window.with(Window::before))></td>
            </tr>
            <For each=move || 0..slots.get() key=|place| *place children=slot/>
            <tr class="pad" aria-hidden="true">
                <td colspan=span style:--pad=move || pad(window.with(Window::after))></td>
            </tr>
        </tbody>
    }
}
