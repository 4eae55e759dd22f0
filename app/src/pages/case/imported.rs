//! A case of another system's log: its steps and notes, read-only but for a note.

use super::act::words as use_words;
use super::bench::use_bench;
use super::head::back_href;
use crate::api::case::Shown;
use crate::api::use_api;
use crate::components::{
    Button, ButtonSize, ButtonVariant, Field, IconName, Moment, MomentKind, State, Tag, TextArea, Timeline,
    Toast, use_toasts,
};
use crate::format::{full_date, moment};
use crate::i18n::failure::word_failure;
use crate::i18n::use_messages;
use crate::i18n::wording::Wording;
use crate::keys::Shortcut;
use crate::router::{NavigateOptions, use_navigate};
use crate::state::drafts::use_drafts;
use crate::state::keyboard::use_keyboard;
use crate::state::session::use_session;
use domain::actor::By;
use domain::case::{Command, Event, Fact};
use domain::time::{Timestamp, local_date};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::BTreeMap;

/// An imported case.
#[component]
pub fn ImportedCase() -> impl IntoView {
    let (t, words, bench) = (use_messages(), use_words(), use_bench());
    let case = Memo::new(move |_| match bench.shown.get().as_deref() {
        Some(Shown::Imported(view)) => Some(view.imported.clone()),
        _ => None,
    });
    let moments = Memo::new(move |_| {
        let (now, m, w) = (bench.clock().now(), t.get(), words.get());
        let Some(case) = case.get() else { return Vec::new() };
        // A log of days knows no time of day: midnight would be read as one.
        let day = |at| full_date(local_date(at));
        let when = |at| if case.by_day { day(at) } else { moment(at, now) };
        let instant = |at: Timestamp| if case.by_day { local_date(at).to_string() } else { at.to_rfc3339() };
        let mut moments: Vec<Moment> = case
            .steps
            .iter()
            .map(|step| {
                let who = step.resource.clone().unwrap_or_default();
                let rework = if step.rework { format!(" {}", w.rework) } else { String::new() };
                Moment {
                    kind: MomentKind::Worked,
                    what: format!("{} {who}", m.post.stage(step.stage)),
                    when: format!("{} {}{rework}", when(step.at), step.activity),
                    instant: instant(step.at),
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
    let (back, navigate) = (back_href(), use_navigate());
    let go_back = Callback::new(move |()| navigate(&back.get_untracked(), NavigateOptions::default()));
    let head = move || {
        case.get().map(|case| {
            let source = (words.get().imported_from)(&case.source);
            view! {
                <header class="bar">
                    <Button
                        square=true
                        variant=ButtonVariant::Quiet
                        icon=IconName::Left
                        label=move || t.get().common.back
                        on_press=go_back
                    />
                    <h1 class="nw">{case.number}</h1>
                    <Tag state=State::Line>{source}</Tag>
                </header>
            }
        })
    };
    use_keyboard().on_shortcut(move |shortcut| {
        let back = shortcut == Shortcut::Back;
        if back {
            go_back.run(());
        }
        back
    });
    view! {
        <main class="sheet">
            <div class="pane">
                {head}
                <div class="scroll">
                    <section>{facts}</section>
                    <Notes/>
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

/// The notes made here, the newest first, and the form of another one: all that is done to such a case.
#[component]
fn Notes() -> impl IntoView {
    let (t, words, bench) = (use_messages(), use_words(), use_bench());
    let (api, drafts, session, toasts) = (use_api(), use_drafts(), use_session(), use_toasts());
    let name = StoredValue::new(bench.draft("note"));
    let text = RwSignal::new(drafts.find::<String>(&name.get_value()).unwrap_or_default());
    let busy = RwSignal::new(false);
    let notes = Memo::new(move |_| match bench.shown.get().as_deref() {
        Some(Shown::Imported(view)) => view.imported.notes.iter().rev().cloned().collect(),
        _ => Vec::new(),
    });
    let list = move || {
        let now = bench.clock().now();
        let one = |note: Event| {
            let Fact::Noted { text } = note.fact else { return ().into_any() };
            let who = match &note.by {
                By::Person(id) => session.name(id, &BTreeMap::new()),
                By::System | By::Integration(_) => String::new(),
            };
            view! { <li>{text} <span class="sub">{format!("{who} {}", moment(note.at, now))}</span></li> }
                .into_any()
        };
        let notes = notes.get();
        (!notes.is_empty())
            .then(|| view! { <ul class="notes">{notes.into_iter().map(one).collect_view()}</ul> })
    };
    let typed = Callback::new(move |typed: String| {
        if typed.is_empty() {
            drafts.sent(&name.get_value());
        } else {
            drafts.keep(&name.get_value(), &typed, bench.clock().exact());
        }
        text.set(typed);
    });
    let add = Callback::new(move |()| {
        let Some(Shown::Imported(view)) = bench.shown.now().as_deref().cloned() else { return };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let (command, name) = (Command::AddNote { text: text.get_untracked() }, name.get_value());
        spawn_local(async move {
            let answer = api.act(view.imported.id, view.version, &command).await;
            busy.try_set(false);
            match answer {
                Ok(_) => {
                    drafts.sent(&name);
                    text.try_set(String::new());
                    toasts.show(Toast::done(words.now().done_note));
                }
                Err(failure) => {
                    let names = BTreeMap::new();
                    let wording = Wording { locale: words.locale_now(), names: &names, catalogue: None };
                    let why = word_failure(&failure, &wording, None, bench.clock().exact());
                    toasts.show(Toast::failed(why));
                }
            }
            bench.shown.refetch();
        });
    });
    let missing =
        move || text.with(|text| text.trim().is_empty()).then(|| t.get().field().required.to_owned());
    view! {
        <section>
            <h2 class="sec">{move || words.get().notes}</h2>
            {list}
            <Field label=move || words.get().note_title>
                <TextArea value=text rows=2 max_length=2000 on_input=typed/>
            </Field>
            <div class="row">
                <span class="push"></span>
                <Button
                    size=ButtonSize::Small
                    busy=busy
                    disabled=Signal::derive(missing)
                    on_press=add
                >
                    {move || words.get().note_title}
                </Button>
            </div>
        </section>
    }
}
