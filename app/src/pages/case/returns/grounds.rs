//! Grounds: error points with severity and cause, check points not met, or nobody's fault.

use crate::components::entry::Choice;
use crate::components::segmented::Segment;
use crate::components::{Field, Segmented, Select};
use crate::i18n::terms::Terms;
use crate::i18n::wording::label;
use crate::i18n::{use_messages, use_text};
use crate::pages::case::act::words as use_words;
use crate::pages::case::bench::use_bench;
use domain::case::returns::{Ground, NoFault};
use domain::quality::points::{CHECK_POINTS, Cause, ErrorPoint, Severity};
use leptos::prelude::*;

/// The kinds of ground.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Finding,
    Nonconformity,
    NoFault,
}

/// Chooses grounds.
#[component]
pub fn GroundsForm(
    #[prop(into)] grounds: Signal<Vec<Ground>>,
    #[prop(into)] on_change: Callback<Vec<Ground>>,
) -> impl IntoView {
    let words = use_words();
    let first = grounds.with_untracked(|grounds| grounds.first().map(kind_of));
    let kind = RwSignal::new(first.unwrap_or(Kind::Finding));
    let segments = Signal::derive(move || {
        vec![
            Segment::new(Kind::Finding, TextProp::from(move || words.get().ground_finding)),
            Segment::new(Kind::Nonconformity, TextProp::from(move || words.get().ground_nonconformity)),
            Segment::new(Kind::NoFault, TextProp::from(move || words.get().ground_no_fault)),
        ]
    });
    view! {
        <section>
            <h3 class="sec">
                {move || words.get().grounds}
                <span class="push"></span>
                <Segmented
                    label=move || words.get().grounds
                    segments=segments
                    value=kind
                    small=true
                    on_change=Callback::new(move |to| kind.set(to))
                />
            </h3>
            {move || match kind.get() {
                Kind::Finding => view! { <Findings grounds=grounds on_change=on_change/> }.into_any(),
                Kind::Nonconformity => view! { <Points grounds=grounds on_change=on_change/> }.into_any(),
                Kind::NoFault => view! { <NoFaults grounds=grounds on_change=on_change/> }.into_any(),
            }}
        </section>
    }
}

const fn kind_of(ground: &Ground) -> Kind {
    match ground {
        Ground::Finding { .. } => Kind::Finding,
        Ground::Nonconformity { .. } => Kind::Nonconformity,
        Ground::NoFault(_) => Kind::NoFault,
    }
}

/// Puts a ground in or takes it out; `same` says which one it is.
fn toggled(grounds: &[Ground], ground: Ground, same: impl Fn(&Ground) -> bool) -> Vec<Ground> {
    let mut grounds = grounds.to_vec();
    let before = grounds.len();
    grounds.retain(|ground| !same(ground));
    if grounds.len() == before {
        grounds.push(ground);
    }
    grounds
}

/// The fourteen error points; each chosen one asks how bad and why.
#[component]
fn Findings(grounds: Signal<Vec<Ground>>, on_change: Callback<Vec<Ground>>) -> impl IntoView {
    let (t, bench) = (use_messages(), use_bench());
    let is = |ground: &Ground, point: ErrorPoint| matches!(ground, Ground::Finding { error_point, .. } if *error_point == point);
    let buttons = ErrorPoint::ALL
        .into_iter()
        .map(|point| {
            let spec = point.spec();
            let press = move |_| {
                let ground = Ground::Finding {
                    error_point: point,
                    severity: spec.severity,
                    cause: Cause::Care,
                    field: None,
                };
                on_change.run(toggled(&grounds.get_untracked(), ground, |ground| is(ground, point)));
            };
            let pressed = move || grounds.with(|all| all.iter().any(|ground| is(ground, point)));
            view! {
                <button
                    type="button"
                    aria-pressed=move || if pressed() { "true" } else { "false" }
                    data-tip=move || label(&spec.label, bench.locale())
                    on:click=press
                >
                    <span>{point.as_str()}</span>
                    {move || label(&spec.label, bench.locale())}
                </button>
            }
        })
        .collect_view();
    let chosen = move || {
        grounds
            .get()
            .into_iter()
            .enumerate()
            .filter_map(|(at, ground)| match ground {
                Ground::Finding { error_point, severity, cause, .. } => {
                    Some((at, error_point, severity, cause))
                }
                _ => None,
            })
            .map(|(at, point, severity, cause)| {
                let change = move |severity: Severity, cause: Cause| {
                    let mut all = grounds.get_untracked();
                    if let Some(Ground::Finding { severity: old, cause: why, .. }) = all.get_mut(at) {
                        (*old, *why) = (severity, cause);
                    }
                    on_change.run(all);
                };
                view! {
                    <div class="row wrap">
                        <b class="med">{point.as_str()}</b>
                        <SeverityChoice
                            value=severity
                            on_change=Callback::new(move |severity| change(severity, cause))
                        />
                        <CauseChoice
                            value=cause
                            on_change=Callback::new(move |cause| change(severity, cause))
                        />
                    </div>
                }
            })
            .collect_view()
    };
    view! {
        <div class="eps" role="group" aria-label=move || t.get().case().error_points>
            {buttons}
        </div>
        {chosen}
    }
}

#[component]
fn SeverityChoice(value: Severity, on_change: Callback<Severity>) -> impl IntoView {
    let (t, bench) = (use_messages(), use_bench());
    let segments = Signal::derive(move || {
        [Severity::Major, Severity::Ordinary, Severity::Minor]
            .into_iter()
            .map(|one| Segment::new(one, TextProp::from(move || label(&one.label(), bench.locale()))))
            .collect::<Vec<_>>()
    });
    view! {
        <Segmented
            label=move || t.get().case().severity
            segments=segments
            value=Signal::stored(value)
            small=true
            on_change=on_change
        />
    }
}

#[component]
fn CauseChoice(value: Cause, on_change: Callback<Cause>) -> impl IntoView {
    let (words, bench) = (use_words(), use_bench());
    let choices = Signal::derive(move || {
        let locale = bench.locale();
        Cause::ALL
            .into_iter()
            .map(|cause| Choice::new(cause.as_str(), label(&cause.label(), locale)))
            .collect::<Vec<_>>()
    });
    view! {
        <Select
            value=Signal::stored(value.as_str().to_owned())
            choices=choices
            label=move || words.get().cause
            small=true
            on_change=Callback::new(move |name: String| {
                if let Some(cause) = Cause::ALL.into_iter().find(|cause| cause.as_str() == name) {
                    on_change.run(cause);
                }
            })
        />
    }
}

/// A check point that was not met, without a wrong result.
#[component]
fn Points(grounds: Signal<Vec<Ground>>, on_change: Callback<Vec<Ground>>) -> impl IntoView {
    let (words, bench) = (use_words(), use_bench());
    let t = use_messages();
    let now = Memo::new(move |_| {
        grounds.with(|all| {
            all.iter().find_map(|ground| match ground {
                Ground::Nonconformity { check_point, cause } => Some((*check_point, *cause)),
                _ => None,
            })
        })
    });
    let set = move |point: Option<u8>, cause: Cause| {
        let mut all = grounds.get_untracked();
        all.retain(|ground| !matches!(ground, Ground::Nonconformity { .. }));
        if let Some(check_point) = point {
            all.push(Ground::Nonconformity { check_point, cause });
        }
        on_change.run(all);
    };
    let points = Signal::derive(move || {
        let locale = bench.locale();
        CHECK_POINTS
            .iter()
            .map(|spec| {
                let number = spec.number.number();
                Choice::new(number.to_string(), format!("{number} {}", label(&spec.label, locale)))
            })
            .collect::<Vec<_>>()
    });
    view! {
        <Field label=move || t.get().case().check_points>
            <Select
                value=Signal::derive(move || {
                    now.get().map(|(point, _)| point.to_string()).unwrap_or_default()
                })
                choices=points
                none=move || t.get().field().choose
                on_change=Callback::new(move |number: String| {
                    let cause = now.get_untracked().map_or(Cause::Care, |(_, cause)| cause);
                    set(number.parse().ok(), cause);
                })
            />
        </Field>
        {move || {
            now.get()
                .map(|(point, cause)| {
                    view! {
                        <Field label=move || words.get().cause>
                            <CauseChoice
                                value=cause
                                on_change=Callback::new(move |cause| set(Some(point), cause))
                            />
                        </Field>
                    }
                })
        }}
    }
}

/// Nobody's fault: in no rate.
#[component]
fn NoFaults(grounds: Signal<Vec<Ground>>, on_change: Callback<Vec<Ground>>) -> impl IntoView {
    let (words, terms) = (use_words(), use_text::<Terms>());
    let segments = Signal::derive(move || {
        [NoFault::Customer, NoFault::Core, NoFault::OtherDepartment, NoFault::NewFact]
            .into_iter()
            .map(|one| Segment::new(Some(one), TextProp::from(move || terms.get().no_fault(one))))
            .collect::<Vec<_>>()
    });
    let value = Signal::derive(move || {
        grounds.with(|all| {
            all.iter().find_map(|ground| match ground {
                Ground::NoFault(one) => Some(*one),
                _ => None,
            })
        })
    });
    view! {
        <Segmented
            label=move || words.get().ground_no_fault
            segments=segments
            value=value
            on_change=Callback::new(move |one: Option<NoFault>| {
                // A return is somebody's fault or nobody's, not both.
                on_change.run(one.map(Ground::NoFault).into_iter().collect());
            })
        />
        <p class="sm dim">{move || words.get().no_fault_hint}</p>
    }
}
