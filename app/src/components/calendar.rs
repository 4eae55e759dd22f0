//! A month of days, with rest days and make-up days.

use super::icon::{Icon, IconName};
use crate::format::full_date;
use crate::i18n::use_messages;
use chrono::{Datelike, Days, Months, NaiveDate};
use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;

/// What a day is in the unit's calendar, beyond weekday or weekend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DayMark {
    /// As its weekday says.
    #[default]
    Usual,
    /// A holiday: 休.
    Rest,
    /// A working day on a weekend: 班.
    MakeUp,
}

/// Six weeks from the Monday on or before the first of the month.
fn days_shown(month: NaiveDate) -> Vec<NaiveDate> {
    let first = month.with_day(1).unwrap_or(month);
    let back = Days::new(u64::from(first.weekday().num_days_from_monday()));
    let start = first.checked_sub_days(back).unwrap_or(first);
    start.iter_days().take(42).collect()
}

/// Where a key leads from a day.
fn day_for_key(key: &str, from: NaiveDate) -> Option<NaiveDate> {
    let weekday = u64::from(from.weekday().num_days_from_monday());
    match key {
        "ArrowLeft" => from.checked_sub_days(Days::new(1)),
        "ArrowRight" => from.checked_add_days(Days::new(1)),
        "ArrowUp" => from.checked_sub_days(Days::new(7)),
        "ArrowDown" => from.checked_add_days(Days::new(7)),
        "Home" => from.checked_sub_days(Days::new(weekday)),
        "End" => from.checked_add_days(Days::new(6 - weekday)),
        "PageUp" => from.checked_sub_months(Months::new(1)),
        "PageDown" => from.checked_add_months(Months::new(1)),
        _ => None,
    }
}

/// A month to pick a day from: arrows move by day and week, Page keys by month.
#[component]
pub fn Calendar(
    /// The day chosen.
    #[prop(into)]
    value: Signal<Option<NaiveDate>>,
    /// The business date of today.
    #[prop(into)]
    today: Signal<NaiveDate>,
    /// What a day is in the unit's calendar.
    #[prop(optional_no_strip)]
    marks: Option<Callback<NaiveDate, DayMark>>,
    /// Words below the days: which working day the chosen one is.
    #[prop(optional, into)]
    foot: Option<TextProp>,
    /// Called with the day picked.
    #[prop(into)]
    on_pick: Callback<NaiveDate>,
) -> impl IntoView {
    let t = use_messages();
    let at = RwSignal::new(value.get_untracked().unwrap_or(today.get_untracked()));
    let grid = NodeRef::<html::Div>::new();
    let month = Memo::new(move |_| (at.get().year(), at.get().month()));
    let focus_day = move |day: NaiveDate| {
        at.set(day);
        // The button of the day is there once the month has been drawn anew.
        request_animation_frame(move || {
            let selector = format!("[data-day='{}']", full_date(day));
            let shown = grid.try_get_untracked().flatten();
            let found = shown.and_then(|grid| grid.query_selector(&selector).ok().flatten());
            if let Some(button) = found.and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok()) {
                super::focus::give(&button);
            }
        });
    };
    let keys = move |event: ev::KeyboardEvent| {
        if let Some(day) = day_for_key(&event.key(), at.get_untracked()) {
            event.prevent_default();
            focus_day(day);
        }
    };
    let turn = move |forward: bool| {
        let day = at.get_untracked();
        let turned = if forward {
            day.checked_add_months(Months::new(1))
        } else {
            day.checked_sub_months(Months::new(1))
        };
        at.set(turned.unwrap_or(day));
    };
    let day_button = move |day: NaiveDate| {
        let mark = marks.map_or(DayMark::Usual, |marks| marks.run(day));
        let words = t.get().field();
        let letter = match mark {
            DayMark::Usual => None,
            DayMark::Rest => Some(words.rest_day),
            DayMark::MakeUp => Some(words.make_up_day),
        };
        let outside = (day.year(), day.month()) != month.get();
        let label = letter.map_or_else(|| full_date(day), |letter| format!("{} {letter}", full_date(day)));
        view! {
            <button
                type="button"
                data-day=full_date(day)
                data-m=letter
                data-k=match mark {
                    DayMark::Usual => None,
                    DayMark::Rest => Some("rest"),
                    DayMark::MakeUp => Some("work"),
                }
                data-out=outside.then_some("")
                data-today=move || (today.get() == day).then_some("")
                aria-label=label
                aria-pressed=move || if value.get() == Some(day) { "true" } else { "false" }
                tabindex=move || if at.get() == day { "0" } else { "-1" }
                on:click=move |_| on_pick.run(day)
            >
                {day.day()}
            </button>
        }
    };
    view! {
        <div class="cal">
            <header class="row">
                <button
                    type="button"
                    class="btn"
                    data-v="quiet"
                    data-sq=""
                    data-z="sm"
                    aria-label=move || t.get().field().previous_month
                    on:click=move |_| turn(false)
                >
                    <Icon name=IconName::Left/>
                </button>
                <strong aria-live="polite">
                    {move || {
                        let (year, month) = month.get();
                        (t.get().field().month)(year, month)
                    }}
                </strong>
                <button
                    type="button"
                    class="btn"
                    data-v="quiet"
                    data-sq=""
                    data-z="sm"
                    aria-label=move || t.get().field().next_month
                    on:click=move |_| turn(true)
                >
                    <Icon name=IconName::Right/>
                </button>
            </header>
            <div class="g" aria-hidden="true">
                {move || {
                    t.get().field().weekdays.chars().map(|c| view! { <span>{c.to_string()}</span> }).collect_view()
                }}
            </div>
            <div class="g" node_ref=grid on:keydown=keys>
                {move || {
                    let (year, month) = month.get();
                    NaiveDate::from_ymd_opt(year, month, 1)
                        .map(|first| days_shown(first).into_iter().map(day_button).collect_view())
                }}
            </div>
            {foot.map(|foot| view! { <p class="sm dim">{move || foot.get()}</p> })}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).expect("a date")
    }

    #[test]
    fn a_month_is_shown_in_six_whole_weeks() {
        let days = days_shown(day(2026, 2, 27));
        assert_eq!((days.len(), days[0], days[41]), (42, day(2026, 1, 26), day(2026, 3, 8)));
        assert_eq!(days_shown(day(2026, 6, 1))[0], day(2026, 6, 1));
    }

    #[test]
    fn keys_lead_by_day_week_and_month() {
        let from = day(2026, 3, 31);
        let cases = [
            ("ArrowRight", Some(day(2026, 4, 1))),
            ("ArrowUp", Some(day(2026, 3, 24))),
            ("Home", Some(day(2026, 3, 30))),
            ("End", Some(day(2026, 4, 5))),
            ("PageUp", Some(day(2026, 2, 28))),
            ("PageDown", Some(day(2026, 4, 30))),
            ("a", None),
        ];
        for (key, to) in cases {
            assert_eq!(day_for_key(key, from), to, "{key}");
        }
    }
}
