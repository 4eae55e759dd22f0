//! The table of a long list: only the rows in view are on the page.
//!
//! It is one tab stop. Inside it the arrows move a cursor (`aria-activedescendant`), so that no focus is lost when
//! rows leave the page. Rows have one height, measured from a row that is there: density, touch and phone set it by CSS.

mod body;
mod column;
mod rush;
mod window;

pub use column::{Column, RowContext, Sort};
pub use window::Window;

use super::id::unique;
use crate::follow::follow;
use body::Body;
use leptos::{ev, html, prelude::*};
use rush::Rush;
use std::ops::Range;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// A row asked to be selected or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowSelect {
    /// Which row.
    pub index: usize,
    /// The selection reaches from the last row selected to this one.
    pub extend: bool,
}

/// A long list as a table.
///
/// `row` answers a row by its index, or none while it is not loaded; it may read signals. `on_range` says which
/// rows are about to be seen, for loading pages ahead. A single click moves the cursor (the page shows its preview),
/// Enter and a double click open.
#[component]
pub fn Grid<R>(
    /// What the list is and how it is sorted, for readers.
    #[prop(into)]
    label: TextProp,
    /// Its columns.
    #[prop(into)]
    columns: Signal<Vec<Column<R>>>,
    /// How many rows there are, loaded or not.
    #[prop(into)]
    count: Signal<usize>,
    /// A row by its index.
    #[prop(into)]
    row: Callback<usize, Option<R>>,
    /// The row under the cursor.
    #[prop(into)]
    cursor: Signal<Option<usize>>,
    /// Called with the row the cursor moves to.
    #[prop(into)]
    on_cursor: Callback<usize>,
    /// Called with the row to open.
    #[prop(into)]
    on_open: Callback<usize>,
    /// Whether a row is selected; with it the list can be selected from.
    #[prop(optional, into)]
    selected: Option<Callback<R, bool>>,
    /// Called when a row is to be selected or not.
    #[prop(optional, into)]
    on_select: Option<Callback<RowSelect>>,
    /// Whether a row has just arrived.
    #[prop(optional, into)]
    fresh: Option<Callback<R, bool>>,
    /// What the rows are sorted by.
    #[prop(optional, into)]
    sort: Signal<Option<Sort>>,
    /// Called with the column to sort by.
    #[prop(optional, into)]
    on_sort: Option<Callback<Sort>>,
    /// How far it is scrolled at first, in pixels: where one was when one left it.
    #[prop(optional)]
    top: i32,
    /// Called with how far it is scrolled, in pixels.
    #[prop(optional, into)]
    on_top: Option<Callback<i32>>,
    /// Called with the rows about to be seen.
    #[prop(optional, into)]
    on_range: Option<Callback<Range<usize>>>,
) -> impl IntoView
where
    R: Clone + PartialEq + Send + Sync + 'static,
{
    let id = unique("grid");
    let frame = NodeRef::<html::Div>::new();
    let table = NodeRef::<html::Table>::new();
    let view = RwSignal::new(Window::default());
    let window = Memo::new(move |_| view.get().fitted(count.get()));

    let rush = Rush::new();
    let look = move |measure: fn(&Element, Window) -> Window| {
        // A frame after the list was left there is nothing to look at.
        if let Some(frame) = frame.try_get_untracked().flatten() {
            let frame: Element = frame.into();
            let seen = measure(&frame, view.get_untracked());
            if seen != view.get_untracked() {
                rush.note(&window.get_untracked(), &seen.fitted(count.get_untracked()));
                view.set(seen);
            }
        }
    };
    let waiting = StoredValue::new(false);
    let on_scroll = move |_| {
        // Several scroll events may come in one frame; one look is enough.
        if !waiting.get_value() {
            waiting.set_value(true);
            request_animation_frame(move || {
                waiting.try_set_value(false);
                look(Window::scrolled);
                if let (Some(on_top), Some(frame)) = (on_top, frame.try_get_untracked().flatten()) {
                    on_top.try_run(frame.scroll_top());
                }
            });
        }
    };
    // The table grows and shrinks when rows get another height: by density, by touch, by turning a tablet.
    super::measure::on_resize(frame, move |_| look(Window::measured));
    super::measure::on_resize(table, move |_| look(Window::measured));
    follow(move || {
        let range = window.with(Window::range);
        if let Some(on_range) = on_range.filter(|_| !range.is_empty()) {
            on_range.run(range);
        }
    });
    let reveal = move |index: usize| {
        if let Some(frame) = frame.get_untracked() {
            let element: &Element = frame.as_ref();
            if let Some(top) = view.get_untracked().scroll_for(index) {
                element.set_scroll_top(top);
            }
        }
    };
    Effect::new(move |before: Option<Option<usize>>| {
        let now = cursor.get();
        if let Some(index) = now.filter(|_| before != Some(now)) {
            reveal(index);
        }
        now
    });

    // Where one was when one left: once the rows that give the list its height are there, and after the cursor, which is
    // seen from there or was out of sight before.
    if top > 0 {
        let placed = StoredValue::new(false);
        follow(move || {
            if frame.get().is_none() || window.with(|window| window.range().is_empty()) || placed.get_value()
            {
                return;
            }
            placed.set_value(true);
            request_animation_frame(move || {
                if let Some(frame) = frame.try_get_untracked().flatten() {
                    frame.set_scroll_top(top);
                }
            });
        });
    }

    let select = move |index: usize, extend: bool| {
        if let Some(on_select) = on_select {
            on_select.run(RowSelect { index, extend });
        }
    };
    let keys = move |event: ev::KeyboardEvent| {
        let rows = count.get_untracked();
        // Buttons and boxes inside rows answer their own keys.
        let own = event.target() == event.current_target();
        if rows == 0 || !own || event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let at = cursor.get_untracked();
        let page = view.get_untracked().page();
        let last = rows - 1;
        let target = match event.key().as_str() {
            "ArrowDown" => at.map_or(0, |i| (i + 1).min(last)),
            "ArrowUp" => at.map_or(last, |i| i.saturating_sub(1)),
            "PageDown" => at.map_or(0, |i| (i + page).min(last)),
            "PageUp" => at.map_or(0, |i| i.saturating_sub(page)),
            "Home" => 0,
            "End" => last,
            "Enter" => {
                event.prevent_default();
                if let Some(index) = at {
                    on_open.run(index);
                }
                return;
            }
            " " => {
                event.prevent_default();
                if let Some(index) = at {
                    select(index, event.shift_key());
                }
                return;
            }
            _ => return,
        };
        event.prevent_default();
        on_cursor.run(target);
        if event.shift_key() && event.key().starts_with("Arrow") {
            select(target, true);
        }
    };
    let on_focus = move |event: ev::FocusEvent| {
        let own = event.target() == event.current_target();
        if own && cursor.with_untracked(Option::is_none) && count.get_untracked() > 0 {
            on_cursor.run(window.with_untracked(|w| w.first_seen));
        }
    };
    let on_click = move |event: ev::MouseEvent| {
        if let Some(index) = pressed_row(&event) {
            on_cursor.run(index);
        }
    };
    let on_double = move |event: ev::MouseEvent| {
        if let Some(index) = pressed_row(&event) {
            on_open.run(index);
        }
    };
    let on_change = move |event: ev::Event| {
        let Some(target) = event.target().and_then(|t| t.dyn_into::<Element>().ok()) else { return };
        if target.has_attribute("data-select")
            && let Some(index) = row_of(&target)
        {
            select(index, false);
        }
    };
    let active = {
        let id = id.clone();
        move || {
            let index = cursor.get().filter(|index| window.with(|w| w.range().contains(index)))?;
            Some(format!("{id}-{index}"))
        }
    };
    view! {
        <div class="scroll vgrid" node_ref=frame on:scroll=on_scroll>
            <table
                class="tbl grid"
                role="grid"
                tabindex="0"
                data-fixed=""
                node_ref=table
                aria-label=move || label.get()
                aria-rowcount=move || (count.get() + 1).to_string()
                aria-multiselectable=on_select.map(|_| "true")
                aria-activedescendant=active
                on:keydown=keys
                on:focus=on_focus
                on:click=on_click
                on:dblclick=on_double
                on:change=on_change
            >
                {column::head(columns, sort, on_sort)}
                <Body
                    id=id
                    columns=columns
                    window=window
                    rushing=rush.rushing.into()
                    row=row
                    cursor=cursor
                    selected=selected
                    fresh=fresh
                />
            </table>
        </div>
    }
}

/// The row an event is about, unless it is about a control inside the row.
fn pressed_row(event: &ev::MouseEvent) -> Option<usize> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let control = target.closest("a, button, input, label, select, textarea").ok().flatten();
    control.is_none().then(|| row_of(&target)).flatten()
}

fn row_of(target: &Element) -> Option<usize> {
    let row = target.closest("tr[data-index]").ok().flatten()?;
    row.dyn_ref::<HtmlElement>()?.get_attribute("data-index")?.parse().ok()
}
