//! How elapsed time is made up, in business minutes.

use crate::components::{Spans, TimeSpan};
use crate::format::hours;
use crate::i18n::use_messages;
use crate::pages::case::act::words as use_words;
use crate::pages::case::bench::{Opened, use_bench};
use domain::flow::spans;
use domain::time::{BusinessMinutes, Clocks, Timestamp, business_clocks};
use leptos::prelude::*;

/// The business clocks of a case now. Visits run by the calendar of the unit at hand: the browser knows one.
pub fn clocks(opened: &Opened, now: Timestamp) -> Option<Clocks<BusinessMinutes>> {
    let calendar = opened.calendar.as_ref();
    business_clocks(&spans(&opened.case), now, calendar, |_| calendar).ok()
}

/// The parts of the elapsed time in order.
fn parts(opened: &Opened, now: Timestamp) -> Vec<TimeSpan> {
    let (case, calendar) = (&opened.case, &opened.calendar);
    let minutes =
        |from, to: Option<Timestamp>| calendar.minutes_between(from, to.unwrap_or(now)).get().max(0);
    let mut parts: Vec<(Timestamp, TimeSpan)> = Vec::new();
    for visit in &case.visits {
        let waited: i64 = visit.waits.iter().map(|wait| minutes(wait.from, wait.to)).sum();
        let own = (minutes(visit.from, visit.to) - waited).max(0);
        parts
            .push((visit.from, if visit.to.is_none() { TimeSpan::Here(own) } else { TimeSpan::Worked(own) }));
        for wait in &visit.waits {
            parts.push((wait.from, TimeSpan::Waited(minutes(wait.from, wait.to))));
        }
    }
    for transit in &case.transits {
        parts.push((transit.from, TimeSpan::Waited(minutes(transit.from, Some(transit.until)))));
    }
    parts.sort_by_key(|(from, _)| *from);
    let length = |span: &TimeSpan| match span {
        TimeSpan::Worked(n) | TimeSpan::Waited(n) | TimeSpan::Here(n) => *n,
    };
    parts.into_iter().map(|(_, span)| span).filter(|span| length(span) > 0).collect()
}

/// Total and ours, with the bar of spans.
#[component]
pub fn ClocksSection() -> impl IntoView {
    let (t, words, bench) = (use_messages(), use_words(), use_bench());
    let totals = Memo::new(move |_| {
        let now = bench.clock().now();
        bench.opened.with(|opened| {
            let clocks = clocks(opened.as_deref()?, now)?;
            Some((clocks.total.get(), clocks.ours.get()))
        })
    });
    let spans = Memo::new(move |_| {
        let now = bench.clock().now();
        bench.opened.with(|opened| opened.as_deref().map(|opened| parts(opened, now)).unwrap_or_default())
    });
    let said = move || {
        totals
            .get()
            .map_or_else(String::new, |(total, ours)| (words.get().elapsed_ours)(&hours(total), &hours(ours)))
    };
    view! {
        <section>
            <h2 class="sec">
                {move || t.get().case().timeline}
                <span class="sub">{move || t.get().clock.business_time}</span>
                <span class="push"></span>
                <span class="sub">{said}</span>
            </h2>
            <Spans spans=spans summary=said/>
        </section>
    }
}
