//! A drawing on the page: measured, summarised, walked through by keys, and read as a table.

use super::drawing::{Drawing, Mark};
use crate::components::measure::measured_width;
use crate::i18n::use_messages;
use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;

/// The figures of a chart, for readers and for copying.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ChartTable {
    /// What the columns are.
    pub heads: Vec<String>,
    /// Rows; the first cell names the row.
    pub rows: Vec<Vec<String>>,
}

/// Puts a chart on the page.
///
/// `draw` is called with the width of the card in pixels and again when it changes. Tab reaches the chart, the
/// arrows move its mark, Enter opens what the mark stands at, Escape takes the mark away.
#[component]
pub fn Figure(
    /// One sentence that says what the chart shows (not what it is).
    #[prop(into)]
    summary: TextProp,
    /// Makes the drawing for a width.
    #[prop(into)]
    draw: Callback<f64, Drawing>,
    /// The figures behind 表格.
    #[prop(into)]
    table: Signal<ChartTable>,
    /// Across the chart only the horizontal distance finds a mark: charts over time.
    #[prop(optional)]
    across: bool,
    /// Opens what a mark stands at, by the index in the chart's data.
    #[prop(optional, into)]
    on_open: Option<Callback<usize>>,
) -> impl IntoView {
    let t = use_messages();
    let frame = NodeRef::<html::Div>::new();
    let width = measured_width(frame);
    let drawing = Memo::new(move |_| {
        let width = width.get();
        (width > 0.0).then(|| draw.run(width))
    });
    let at = RwSignal::new(None::<usize>);
    let mark = Memo::new(move |_| -> Option<Mark> {
        let at = at.get()?;
        drawing.with(|d| d.as_ref()?.marks.get(at).cloned())
    });
    let open = move || {
        if let (Some(mark), Some(on_open)) = (mark.get_untracked(), on_open) {
            on_open.run(mark.index);
        }
    };
    let find = move |event: &web_sys::MouseEvent, reach: f64| {
        let target = event.current_target().and_then(|t| t.dyn_into::<web_sys::Element>().ok())?;
        let rect = target.get_bounding_client_rect();
        drawing.with_untracked(|d| {
            let drawing = d.as_ref()?;
            let scale = if rect.width() > 0.0 { drawing.width / rect.width() } else { 1.0 };
            let x = (f64::from(event.client_x()) - rect.left()) * scale;
            let y = (f64::from(event.client_y()) - rect.top()) * scale;
            drawing.nearest((x, y), reach, across)
        })
    };
    let on_key = move |event: ev::KeyboardEvent| {
        let count = drawing.with_untracked(|d| d.as_ref().map_or(0, |d| d.marks.len()));
        let now = at.get_untracked();
        let next = match event.key().as_str() {
            "ArrowRight" | "ArrowDown" => Some(now.map_or(0, |i| (i + 1).min(count.saturating_sub(1)))),
            "ArrowLeft" | "ArrowUp" => Some(now.map_or(count.saturating_sub(1), |i| i.saturating_sub(1))),
            "Home" => Some(0),
            "End" => Some(count.saturating_sub(1)),
            "Escape" if now.is_some() => None,
            "Enter" if now.is_some() && on_open.is_some() => {
                event.prevent_default();
                open();
                return;
            }
            _ => return,
        };
        event.prevent_default();
        at.set(next.filter(|_| count > 0));
    };
    view! {
        <div class="chart">
            <div class="plot" node_ref=frame>
            <svg
                class="ch"
                role="img"
                tabindex="0"
                aria-label=move || summary.get()
                viewBox=move || drawing.with(|d| d.as_ref().map_or_else(|| "0 0 1 1".to_owned(), Drawing::view_box))
                data-open=on_open.map(|_| "")
                inner_html=move || drawing.with(|d| d.as_ref().map(|d| d.markup.clone()).unwrap_or_default())
                on:keydown=on_key
                on:blur=move |_| {
                    at.try_set(None);
                }
                on:pointermove=move |event| at.set(find(&event, 22.0))
                on:pointerleave=move |_| at.set(None)
                on:click=move |event| {
                    at.set(find(&event, 28.0));
                    open();
                }
            ></svg>
            {move || {
                let share = |part: f64, whole: f64| format!("{:.2}%", part / whole.max(1.0) * 100.0);
                mark.get()
                    .map(|mark| {
                        let (width, height) =
                            drawing.with(|d| d.as_ref().map_or((1.0, 1.0), |d| (d.width, d.height)));
                        // Near the right edge the words stand to the left of their mark.
                        let side = if mark.x > width * 0.6 { "end" } else { "start" };
                        view! {
                            <div
                                class="at"
                                data-side=side
                                style:--x=share(mark.x, width)
                                style:--y=share(mark.y, height)
                            >
                                <span class="tip">{mark.label}</span>
                            </div>
                        }
                    })
            }}
            </div>
            <output class="vh">{move || mark.get().map(|m| m.label)}</output>
            <details class="chart-data">
                <summary>{move || t.get().chart().as_table}</summary>
                <div class="scroll" tabindex="0" role="group" aria-label=move || t.get().chart().as_table>
                    {move || {
                        let ChartTable { heads, rows } = table.get();
                        view! {
                            <table class="tbl">
                                <thead>
                                    <tr>{heads.into_iter().map(|h| view! { <th scope="col">{h}</th> }).collect_view()}</tr>
                                </thead>
                                <tbody>{rows.into_iter().map(table_row).collect_view()}</tbody>
                            </table>
                        }
                    }}
                </div>
            </details>
        </div>
    }
}

fn table_row(row: Vec<String>) -> impl IntoView {
    let mut cells = row.into_iter();
    let head = cells.next().unwrap_or_default();
    view! {
        <tr>
            <th scope="row">{head}</th>
            {cells.map(|cell| view! { <td class="num">{cell}</td> }).collect_view()}
        </tr>
    }
}

/// The hatching that charts fill areas with on paper; stands once on a page, where `url(#hatch)` finds it.
#[component]
pub fn HatchPattern() -> impl IntoView {
    view! {
        <svg class="vh" aria-hidden="true">
            <defs>
                <pattern
                    id="hatch"
                    width="4"
                    height="4"
                    patternUnits="userSpaceOnUse"
                    patternTransform="rotate(45)"
                >
                    <path class="hatch" d="M0 0v4"></path>
                </pattern>
            </defs>
        </svg>
    }
}
