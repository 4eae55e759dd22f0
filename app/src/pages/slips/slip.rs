//! One slip: its head, its lines, receiving.

use super::count::{Counts, Standing, find};
use super::line::Line;
use super::list::place;
use super::receive::{Receiving, receive_all};
use crate::components::{Button, ButtonVariant, Failed, IconName, Skeleton, TextInput, Toast, use_toasts};
use crate::format::{hours, is_number, second_time, short_number};
use crate::i18n::slips::SlipWords;
use crate::i18n::use_text;
use crate::keys::Shortcut;
use crate::query::{Query, query};
use crate::scope::provide;
use crate::state::clock::use_clock;
use crate::state::drafts::use_drafts;
use crate::state::keyboard::use_keyboard;
use crate::state::session::use_session;
use domain::api::slip::{LineKey, LineState, Slip, SlipKind, SlipLine};
use domain::id::SlipId;
use domain::time::Calendar;
use leptos::prelude::*;

/// What the parts of a slip share.
#[derive(Debug, Clone, Copy)]
pub struct Bench {
    /// The slip.
    pub slip: Query<Slip>,
    /// What is counted.
    pub counts: RwSignal<Counts>,
    /// The line being counted.
    pub at: RwSignal<Option<LineKey>>,
    /// The person receives this slip.
    pub receives: Memo<bool>,
    /// A receipt is on its way.
    pub busy: RwSignal<bool>,
}

impl Bench {
    /// The lines; followed.
    pub fn lines(self) -> Vec<SlipLine> {
        self.slip.get().map(|slip| slip.lines.clone()).unwrap_or_default()
    }

    /// Whether it is a transfer between persons; followed.
    pub fn is_transfer(self) -> bool {
        self.slip.get().is_some_and(|slip| slip.summary.kind == SlipKind::Transfer)
    }
}

/// The slip.
#[component]
pub fn OneSlip(id: SlipId) -> impl IntoView {
    let session = use_session();
    let slip = query(move || Some(crate::api::slip::view(id)));
    let (drafts, clock) = (use_drafts(), use_clock());
    let name = StoredValue::new(format!("slip/{id}"));
    let counts = RwSignal::new(drafts.find::<Counts>(&name.get_value()).unwrap_or_default());
    Effect::new(move |before: Option<Counts>| {
        let now = counts.get();
        if before.is_some_and(|before| before != now) {
            drafts.keep(&name.get_value(), &now, clock.exact());
        }
        now
    });
    let receives = Memo::new(move |_| {
        let (Some(person), Some(slip)) = (session.person(), slip.get()) else { return false };
        let (stage, unit) = &slip.summary.to;
        match &slip.summary.to_person {
            Some(to) => *to == person.id,
            None => person.holds(stage.post()) && person.scope.contains(unit),
        }
    });
    let bench = Bench { slip, counts, at: RwSignal::new(None), receives, busy: RwSignal::new(false) };
    // A slip read anew is the same sheet: what is typed on it must stay under the hand.
    let (there, failed) =
        (Memo::new(move |_| slip.get().is_some()), Memo::new(move |_| slip.failure().is_some()));
    view! {
        <div class="pane wk">
            {move || {
                if there.get() {
                    provide(bench, || view! { <Sheet/> })
                } else if failed.get() {
                    view! { <Failed on_retry=Callback::new(move |()| slip.refetch())/> }.into_any()
                } else {
                    view! { <Skeleton lines=8/> }.into_any()
                }
            }}
        </div>
    }
}

#[component]
fn Sheet() -> impl IntoView {
    let words = use_text::<SlipWords>();
    let bench = expect_context::<Bench>();
    let keys = Memo::new(move |_| bench.lines().iter().map(SlipLine::key).collect::<Vec<_>>());
    let number = move || bench.slip.get().map(|slip| short_number(&slip.summary.number).to_owned());
    let counts = Memo::new(move |_| bench.receives.get() && !bench.is_transfer());
    view! {
        <Head/>
        {move || counts.get().then(|| view! { <ScanBar/> })}
        <div class="scroll">
            <table class="tbl hnd stk">
                <caption class="vh">{number}</caption>
                <thead>
                    <tr>
                        <th scope="col" class="c-no">{move || words.get().number}</th>
                        <th scope="col">{move || words.get().items}</th>
                        <th scope="col" class="c-pol">{move || words.get().policy}</th>
                        <th scope="col" class="num c-k">{move || words.get().papers}</th>
                        <th scope="col" class="num c-pg">{move || words.get().counted}</th>
                        <th scope="col" class="c-rs">{move || words.get().result}</th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || keys.get() key=|key| *key let:key>
                        <Line key=key/>
                    </For>
                </tbody>
            </table>
        </div>
        <Foot/>
    }
}

#[component]
fn Head() -> impl IntoView {
    let (words, clock, session) = (use_text::<SlipWords>(), use_clock(), use_session());
    let bench = expect_context::<Bench>();
    let calendar = Calendar::national();
    let head = move || {
        let slip = bench.slip.get()?;
        let (from, to) = (place(slip.summary.from.clone()), place(slip.summary.to.clone()));
        let person = slip.summary.to_person.clone();
        let route = move || match &person {
            Some(person) => {
                (words.get().to_person)(&session.name(person, &std::collections::BTreeMap::new()))
            }
            None => (words.get().from_to)(&from(), &to()),
        };
        let minutes = calendar.minutes_between(slip.summary.since, clock.now()).get().max(0);
        Some(view! {
            <h2 class="nw">{short_number(&slip.summary.number).to_owned()}</h2>
            <span class="med ell">{route}</span>
            <span class="push"></span>
            <span class="dim sm nw">{(words.get().transit)(&hours(minutes))}</span>
        })
    };
    view! { <header class="bar">{head}</header> }
}

/// Where a scan or a typed number goes.
#[component]
fn ScanBar() -> impl IntoView {
    let (words, clock, toasts) = (use_text::<SlipWords>(), use_clock(), use_toasts());
    let bench = expect_context::<Bench>();
    let text = RwSignal::new(String::new());
    let last = RwSignal::new(None::<(String, String)>);
    let look = move |typed: String| {
        if typed.trim().is_empty() {
            return;
        }
        let lines = untrack(|| bench.lines());
        match find(&lines, &typed) {
            Some(key) => {
                let number = lines.iter().find(|line| line.key() == key).map(|line| line.number.clone());
                last.set(number.map(|number| (second_time(clock.exact()), number)));
                text.set(String::new());
                bench.at.set(Some(key));
            }
            // What a reader sent here by mistake may be personal: only a case's number is said again.
            None if is_number(typed.trim()) => {
                toasts.show(Toast::failed((words.now().not_on_slip)(typed.trim())));
            }
            None => toasts.show(Toast::failed(words.now().scan_not_on_slip)),
        }
    };
    // In its own field the text stands already, and the field's Enter looks it up.
    use_keyboard().on_scan(move |scan| {
        if !scan.into_field {
            look(scan.text);
        }
        true
    });
    view! {
        <div class="bar scan">
            <TextInput
                value=text
                scan=true
                icon=IconName::Scan
                label=move || words.get().scan_label
                placeholder=move || words.get().scan
                on_input=move |typed| text.set(typed)
                on_commit=Callback::new(look)
            />
            <p class="row sm nw" role="status">
                {move || {
                    last.get()
                        .map(|(time, number)| {
                            let text = (words.get().scanned)(short_number(&number));
                            view! { <span class="t-ok">{format!("{time} {text}")}</span> }
                        })
                }}
            </p>
            <span class="push"></span>
            <span class="sub nw">{move || words.get().unseen}</span>
        </div>
    }
}

#[component]
fn Foot() -> impl IntoView {
    let words = use_text::<SlipWords>();
    let bench = expect_context::<Bench>();
    let standings = Memo::new(move |_| {
        let counts = bench.counts.get();
        let of = |test: &dyn Fn(Standing) -> bool| {
            let n = bench.lines().iter().filter(|line| test(counts.standing(line))).count();
            i64::try_from(n).unwrap_or(i64::MAX)
        };
        [
            of(&|s| s == Standing::Settled(LineState::Confirmed)),
            of(&|s| matches!(s, Standing::Counting { .. } | Standing::Complete)),
            of(&|s| s == Standing::Differs),
            of(&|s| s == Standing::ToCount),
            of(&|s| s == Standing::Complete),
        ]
    });
    let transfer = Memo::new(move |_| bench.is_transfer());
    let open = Memo::new(move |_| {
        bench.receives.get() && bench.lines().iter().any(|line| line.state == LineState::Open)
    });
    let receive = receive_all(bench);
    use_keyboard().on_shortcut(move |shortcut| {
        let asked = matches!(shortcut, Shortcut::Submit | Shortcut::Pass) && bench.receives.get_untracked();
        if asked {
            receive.run(Receiving::Everything);
        }
        asked
    });
    let disabled = move || {
        let [.., complete] = standings.get();
        (!transfer.get() && complete == 0).then(|| words.get().receive_none.to_owned())
    };
    view! {
        <footer class="bar foot">
            <div class="why" role="status">
                <span>
                    {move || {
                        let [agree, counting, differ, rest, _] = standings.get();
                        (words.get().summary)(agree, counting, differ, rest)
                    }}
                </span>
            </div>
            {move || {
                open.get()
                    .then(|| {
                        view! {
                            <Button
                                variant=ButtonVariant::Primary
                                icon=IconName::Check
                                shortcut=Shortcut::Submit
                                busy=bench.busy
                                disabled=Signal::derive(disabled)
                                on_press=Callback::new(move |()| receive.run(Receiving::Everything))
                            >
                                {move || {
                                    let [.., complete] = standings.get();
                                    if transfer.get() {
                                        words.get().accept_all.to_owned()
                                    } else {
                                        (words.get().receive)(complete)
                                    }
                                }}
                            </Button>
                        }
                    })
            }}
        </footer>
    }
}
