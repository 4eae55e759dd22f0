//! Columns: heads, widths, cells.

use crate::components::icon::{Icon, IconName, IconSize};
use crate::i18n::use_messages;
use leptos::prelude::*;
use std::sync::Arc;

/// What rows are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sort {
    /// Id of the column.
    pub column: &'static str,
    /// Largest first.
    pub descending: bool,
}

/// A row as its cells see it.
#[derive(Debug, Clone, Copy)]
pub struct RowContext<'a, R> {
    /// The row.
    pub row: &'a R,
    /// Its index in the list.
    pub index: usize,
    /// Whether it is selected; to be read inside a view.
    pub selected: Signal<bool>,
}

type Cell<R> = Arc<dyn Fn(RowContext<'_, R>) -> AnyView + Send + Sync>;

/// A column of a [`Grid`](super::Grid).
pub struct Column<R> {
    pub(super) id: &'static str,
    pub(super) head: Head,
    pub(super) class: &'static str,
    pub(super) width: Option<&'static str>,
    pub(super) numeric: bool,
    pub(super) sortable: bool,
    pub(super) cell: Cell<R>,
}

pub(super) enum Head {
    Words(TextProp),
    Hidden(TextProp),
    View(ViewFn),
}

impl Clone for Head {
    fn clone(&self) -> Self {
        match self {
            Self::Words(words) => Self::Words(words.clone()),
            Self::Hidden(words) => Self::Hidden(words.clone()),
            Self::View(view) => Self::View(view.clone()),
        }
    }
}

impl<R> Clone for Column<R> {
    fn clone(&self) -> Self {
        Self { head: self.head.clone(), cell: self.cell.clone(), ..*self }
    }
}

impl<R> Column<R> {
    /// A column with a word as its head. `id` is what it is sorted and remembered by.
    pub fn new(
        id: &'static str,
        head: impl Into<TextProp>,
        cell: impl Fn(RowContext<'_, R>) -> AnyView + Send + Sync + 'static,
    ) -> Self {
        Self {
            id,
            head: Head::Words(head.into()),
            class: "",
            width: None,
            numeric: false,
            sortable: false,
            cell: Arc::new(cell),
        }
    }

    /// The same with its head only for readers.
    #[must_use]
    pub fn head_hidden(self) -> Self {
        let head = match self.head {
            Head::Words(words) | Head::Hidden(words) => Head::Hidden(words),
            view @ Head::View(_) => view,
        };
        Self { head, ..self }
    }

    /// The same with something to press in its head: the box that selects all.
    #[must_use]
    pub fn head_view(self, view: impl Into<ViewFn>) -> Self {
        Self { head: Head::View(view.into()), ..self }
    }

    /// The same with a class, by which CSS drops it where there is no room.
    #[must_use]
    pub fn class(self, class: &'static str) -> Self {
        Self { class, ..self }
    }

    /// The same with a fixed width, a CSS length; columns without one share what is left.
    #[must_use]
    pub fn width(self, width: &'static str) -> Self {
        Self { width: Some(width), ..self }
    }

    /// The same, right-aligned.
    #[must_use]
    pub fn numeric(self) -> Self {
        Self { numeric: true, ..self }
    }

    /// The same, sorted by pressing its head.
    #[must_use]
    pub fn sortable(self) -> Self {
        Self { sortable: true, ..self }
    }

    /// What it is sorted and remembered by.
    pub const fn id(&self) -> &'static str {
        self.id
    }

    /// How wide its cells are, as `flex` has it: rows are laid out each for itself, so that one row coming or going
    /// does not make the browser lay out all others.
    pub(super) fn flex(&self) -> String {
        self.width.map_or_else(|| "1 1 0".to_owned(), |width| format!("0 0 {width}"))
    }

    /// The classes of its cells.
    pub(super) fn classes(&self) -> String {
        match (self.class, self.numeric) {
            (class, false) => class.to_owned(),
            ("", true) => "num".to_owned(),
            (class, true) => format!("{class} num"),
        }
    }
}

/// The head row.
pub(super) fn head<R: Send + Sync + 'static>(
    columns: Signal<Vec<Column<R>>>,
    sort: Signal<Option<Sort>>,
    on_sort: Option<Callback<Sort>>,
) -> impl IntoView {
    let t = use_messages();
    let one = move |column: Column<R>| {
        let id = column.id;
        let sorted = Memo::new(move |_| sort.get().filter(|s| s.column == id));
        let aria = move || sorted.get().map(|s| if s.descending { "descending" } else { "ascending" });
        let inner = match (&column.head, on_sort.filter(|_| column.sortable)) {
            (Head::View(view), _) => view.run(),
            (Head::Hidden(words), _) => {
                let words = words.clone();
                view! { <span class="vh">{move || words.get()}</span> }.into_any()
            }
            (Head::Words(words), None) => {
                let words = words.clone();
                (move || words.get()).into_any()
            }
            (Head::Words(words), Some(on_sort)) => {
                let (words, said) = (words.clone(), words.clone());
                let press = move |_| {
                    let descending = sorted.get_untracked().is_some_and(|s| !s.descending);
                    on_sort.run(Sort { column: id, descending });
                };
                view! {
                    <button
                        type="button"
                        tabindex="-1"
                        data-tip=move || (t.get().table.sort_by)(&said.get())
                        on:click=press
                    >
                        {move || words.get()}
                        {move || {
                            sorted
                                .get()
                                .map(|s| {
                                    let name = if s.descending { IconName::Down } else { IconName::Up };
                                    view! { <Icon name=name size=IconSize::Small/> }
                                })
                        }}
                    </button>
                }
                .into_any()
            }
        };
        view! {
            <th role="columnheader" scope="col" class=column.classes() aria-sort=aria style:--flex=column.flex()>
                {inner}
            </th>
        }
    };
    view! {
        <thead role="rowgroup">
            <tr role="row" aria-rowindex="1">{move || columns.get().into_iter().map(one).collect_view()}</tr>
        </thead>
    }
}
