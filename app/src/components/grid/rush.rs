//! Whether the list is being dragged through: then rows come and go faster than anyone reads.

use super::window::Window;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use std::time::Duration;

/// How long the list must rest before its rows are filled.
const REST: Duration = Duration::from_millis(90);

/// A first jump (End, Page down, a search) shows its rows at once; a second one before the list rested is dragging.
#[derive(Clone, Copy)]
pub(super) struct Rush {
    /// Rows need not be filled now.
    pub(super) rushing: RwSignal<bool>,
    rest: StoredValue<Option<TimeoutHandle>>,
}

impl Rush {
    pub(super) fn new() -> Self {
        let rest = StoredValue::new(None::<TimeoutHandle>);
        on_cleanup(move || {
            if let Some(Some(handle)) = rest.try_update_value(Option::take) {
                handle.clear();
            }
        });
        Self { rushing: RwSignal::new(false), rest }
    }

    /// Takes note of what is drawn and what will be.
    pub(super) fn note(self, drawn: &Window, next: &Window) {
        let moving = self.rest.try_update_value(Option::take).flatten();
        let still_moving = moving.is_some();
        if let Some(handle) = moving {
            handle.clear();
        }
        let jumps = !drawn.range().is_empty() && !overlap(drawn, next);
        if !jumps && !still_moving {
            return;
        }
        if jumps && still_moving && !self.rushing.get_untracked() {
            self.rushing.set(true);
        }
        let Self { rushing, rest } = self;
        let handle = set_timeout_with_handle(
            move || {
                rest.try_set_value(None);
                if rushing.try_get_untracked() == Some(true) {
                    rushing.set(false);
                }
            },
            REST,
        );
        rest.set_value(handle.ok());
    }
}

fn overlap(a: &Window, b: &Window) -> bool {
    let (a, b) = (a.range(), b.range());
    a.start < b.end && b.start < a.end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_without_a_row_in_common_are_a_jump() {
        let at = |top: f64| Window { top, ..Window::default() }.fitted(1000);
        assert!(overlap(&at(0.0), &at(360.0)));
        assert!(!overlap(&at(0.0), &at(3600.0)));
        assert!(!overlap(&at(3600.0), &at(0.0)));
    }
}
