//! Which days the dashboard is of.

use super::url::{NAMED, QualityUrl, Span};
use crate::components::segmented::Segment;
use crate::components::{DateInput, Segmented};
use crate::format::DateError;
use crate::i18n::quality::QualityPage as Words;
use crate::i18n::{use_messages, use_text};
use crate::state::clock::use_clock;
use crate::url_state::Url;
use chrono::NaiveDate;
use leptos::prelude::*;

/// Longest period in days, as the server sets it.
const MOST_DAYS: i64 = 800;

/// The name of a period.
pub fn name(period: &Span, words: &Words) -> &'static str {
    match period {
        Span::FourWeeks => words.four_weeks,
        Span::TwelveWeeks => words.twelve_weeks,
        Span::Month => words.this_month,
        Span::Year => words.this_year,
        Span::Days(..) => words.other_period,
    }
}

/// The periods with a name, and days of one's own.
#[component]
pub fn PeriodChoice(url: Url<QualityUrl>) -> impl IntoView {
    let (words, clock) = (use_text::<Words>(), use_clock());
    let segments = Signal::derive(move || {
        let now = url.with(|url| url.period.clone());
        // Days of one's own begin as the days shown.
        let (from, to) = now.days(crate::format::today(clock.exact()));
        NAMED
            .into_iter()
            .chain([Span::Days(from, to)])
            .map(|period| {
                let shown = period.clone();
                Segment::new(period, TextProp::from(move || name(&shown, words.get())))
            })
            .collect::<Vec<_>>()
    });
    view! {
        <Segmented
            label=move || words.get().period
            segments=segments
            value=Signal::derive(move || url.with(|url| url.period.clone()))
            on_change=Callback::new(move |period| url.push(|url| url.period = period))
        />
    }
}

/// Why two days are no period that can be shown.
fn fault(from: NaiveDate, to: NaiveDate, today: NaiveDate, words: &Words) -> Option<String> {
    if to < from {
        Some(words.period_order.to_owned())
    } else if to > today {
        Some(words.period_future.to_owned())
    } else if (to - from).num_days() > MOST_DAYS {
        Some((words.period_long)(MOST_DAYS))
    } else {
        None
    }
}

/// First and last day, where they are chosen by hand.
#[component]
pub fn Days(url: Url<QualityUrl>, day: Memo<NaiveDate>) -> impl IntoView {
    let (t, words) = (use_messages(), use_text::<Words>());
    let days = Memo::new(move |_| {
        url.with(|url| match url.period {
            Span::Days(from, to) => Some((from, to)),
            _ => None,
        })
    });
    let wrong = RwSignal::new(None::<String>);
    let change = move |read: Result<Option<NaiveDate>, DateError>, first: bool| match read {
        Ok(Some(typed)) => {
            let Some((from, to)) = days.get_untracked() else { return };
            let (from, to) = if first { (typed, to) } else { (from, typed) };
            let found = fault(from, to, day.get_untracked(), words.now());
            if found.is_none() {
                url.push(|url| url.period = Span::Days(from, to));
            }
            wrong.set(found);
        }
        Ok(None) => wrong.set(None),
        Err(error) => wrong.set(Some(t.now().field().date(error).to_owned())),
    };
    view! {
        {move || {
            days.get()
                .is_some()
                .then(|| {
                    view! {
                        <span class="row">
                            <DateInput
                                label=move || words.get().from
                                value=Signal::derive(move || days.get().map(|days| days.0))
                                today=day
                                on_change=Callback::new(move |read| change(read, true))
                            />
                            <span class="dim" aria-hidden="true">"–"</span>
                            <DateInput
                                label=move || words.get().to
                                value=Signal::derive(move || days.get().map(|days| days.1))
                                today=day
                                on_change=Callback::new(move |read| change(read, false))
                            />
                            <span class="t-over sm" role="alert">{move || wrong.get()}</span>
                        </span>
                    }
                })
        }}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_lies_in_the_past_and_is_not_too_long() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a date");
        let today = day("2026-03-18");
        let check = |from, to| fault(day(from), day(to), today, &Words::ZH);
        assert_eq!(check("2026-01-01", "2026-03-18"), None);
        assert_eq!(check("2026-02-01", "2026-01-31").as_deref(), Some("止日早于起日"));
        assert_eq!(check("2026-02-01", "2026-03-19").as_deref(), Some("止日晚于今日"));
        assert_eq!(check("2023-01-01", "2026-03-18").as_deref(), Some("最长 800 日"));
    }
}
