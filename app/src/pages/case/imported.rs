//! A case of another system's log: its steps and notes, read-only but for a note.

use super::act::words as use_words;
use super::bench::use_bench;
use crate::components::{Moment, MomentKind, Note, State, Tag, Timeline};
use crate::format::{full_date, moment};
use crate::i18n::use_messages;
use domain::time::local_date;
use leptos::prelude::*;

/// An imported case.
#[component]
pub fn ImportedCase() -> impl IntoView {
    let (t, words, bench) = (use_messages(), use_words(), use_bench());
    let case = Memo::new(move |_| match bench.shown.get().as_deref() {
        Some(crate::api::case::Shown::Imported(view)) => Some(view.imported.clone()),
        _ => None,
    });
    let moments = Memo::new(move |_| {
        let (now, m, w) = (bench.clock().now(), t.get(), words.get());
        let Some(case) = case.get() else { return Vec::new() };
        let mut moments: Vec<Moment> = case
            .steps
            .iter()
            .map(|step| {
                let who = step.resource.clone().unwrap_or_default();
                let rework = if step.rework { format!(" {}", w.rework) } else { String::new() };
                Moment {
                    kind: MomentKind::Worked,
                    what: format!("{} {who}", m.post.stage(step.stage)),
                    when: format!("{} {}{rework}", moment(step.at, now), step.activity),
                    instant: step.at.to_rfc3339(),
                    duration: step.group.clone().unwrap_or_default(),
                }
            })
            .collect();
        moments.reverse();
        moments
    });
    let facts = move || {
        let case = case.get()?;
        let m = t.get();
        let rows = [
            (words.get().channel, case.channel),
            (m.shell.unit, case.department),
            (m.queue.cycle_due, case.deadline.map(|at| full_date(local_date(at)))),
            (m.clock.state_done, case.end.map(|at| full_date(local_date(at)))),
        ];
        let rows = rows
            .into_iter()
            .filter_map(|(name, value)| value.map(|value| view! { <dt>{name}</dt><dd>{value}</dd> }))
            .collect_view();
        Some(view! { <dl class="facts">{rows}</dl> })
    };
    let head = move || {
        case.get().map(|case| {
            let source = (words.get().imported_from)(&case.source);
            view! {
                <header class="bar">
                    <h1 class="nw">{case.number}</h1>
                    <Tag state=State::Line>{source}</Tag>
                </header>
            }
        })
    };
    let remark = move || case.get().map(|case| (words.get().imported_from)(&case.source));
    view! {
        <main class="sheet">
            <div class="pane">
                {head}
                <div class="scroll">
                    <section><Note state=State::Wait><span>{remark}</span></Note></section>
                    <section>{facts}</section>
                    <section>
                        <h2 class="sec">
                            {move || t.get().case().timeline}
                            <span class="sub">{move || t.get().case().newest_first}</span>
                        </h2>
                        <Timeline moments=moments label=move || t.get().case().timeline/>
                    </section>
                </div>
            </div>
        </main>
    }
}
