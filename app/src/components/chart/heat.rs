//! The shade of a matrix cell: backlog against what a day can take.

use crate::components::icon::{Icon, IconName};
use crate::format::{count, delta};
use crate::i18n::use_messages;
use leptos::prelude::*;

/// Shade of a cell in per cent, 0 to 60: backlog ÷ daily capacity, full at two days' work.
///
/// It never gets so dark that a figure on it is hard to read; without a known capacity there is no shade.
pub fn shade(backlog: i64, daily_capacity: Option<f64>) -> u32 {
    const DARKEST: f64 = 60.0;
    const FULL_AT_DAYS: f64 = 2.0;
    let Some(capacity) = daily_capacity.filter(|c| *c > 0.0) else { return 0 };
    #[expect(clippy::cast_precision_loss, reason = "counts of cases")]
    let days = backlog.max(0) as f64 / capacity;
    let shade = (days / FULL_AT_DAYS * DARKEST).clamp(0.0, DARKEST);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "cut to 0..=60")]
    let shade = shade.round() as u32;
    shade
}

/// A cell of the backlog matrix: figure, change, overdue, and where it leads.
#[component]
pub fn HeatCell(
    /// Open cases.
    #[prop(into)]
    open: Signal<i64>,
    /// Change against the same hour of the last business day; none where the log does not reach back.
    #[prop(into)]
    change: Signal<Option<i64>>,
    /// Of these overdue.
    #[prop(into)]
    overdue: Signal<i64>,
    /// Shade in per cent, from [`shade`].
    #[prop(into)]
    shade: Signal<u32>,
    /// The cell is of cases that wait for someone outside.
    #[prop(optional)]
    waiting: bool,
    /// Address of its cases; none where no queue shows them.
    #[prop(into)]
    href: Signal<Option<String>>,
    /// Unit and post, for readers; the figures follow.
    #[prop(into)]
    label: TextProp,
) -> impl IntoView {
    let t = use_messages();
    view! {
        <a
            href=move || href.get()
            data-w=waiting.then_some("")
            style:--h=move || shade.get().to_string()
        >
            <span class="vh">{move || label.get()}</span>
            <b>{move || count(open.get())}</b>
            <span>
                {move || change.get().filter(|n| *n != 0).map(delta)}
                {move || {
                    (overdue.get() > 0).then(|| view! { <em><Icon name=IconName::StateOver/><span class="vh">{t.get().chart().overdue}</span>{count(overdue.get())}</em> })
                }}
            </span>
        </a>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shade_follows_days_of_work_and_stays_readable() {
        let cases = [
            (0, Some(40.0), 0),
            (40, Some(40.0), 30),
            (80, Some(40.0), 60),
            (4000, Some(40.0), 60),
            (40, None, 0),
            (40, Some(0.0), 0),
        ];
        for (backlog, capacity, expected) in cases {
            assert_eq!(shade(backlog, capacity), expected);
        }
    }
}
