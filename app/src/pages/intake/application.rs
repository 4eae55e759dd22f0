//! The application: who, how, when, where.

use super::form::{Form, Gap, parse_time};
use super::policy::{DayField, FIXED, Mark, TextField};
use super::sheet::use_sheet;
use crate::components::entry::Choice;
use crate::components::segmented::Segment;
use crate::components::{Field, Segmented, Select, TextInput};
use crate::i18n::intake::Intake as Words;
use crate::i18n::terms::Terms;
use crate::i18n::wording::unit_name;
use crate::i18n::{use_locale, use_messages, use_text};
use crate::state::session::use_session;
use domain::catalogue::{Capacity, Channel};
use domain::id::UnitId;
use domain::secret::Secret;
use leptos::prelude::*;

const CAPACITIES: [Capacity; 3] = [Capacity::Holder, Capacity::Insured, Capacity::Beneficiary];
const CHANNELS: [Channel; 5] =
    [Channel::Counter, Channel::Agent, Channel::Post, Channel::Phone, Channel::Online];

/// The application.
#[component]
pub fn ApplicationForm() -> impl IntoView {
    let (words, terms, sheet) = (use_text::<Words>(), use_text::<Terms>(), use_sheet());
    let capacities = Signal::derive(move || {
        CAPACITIES
            .into_iter()
            .map(|one| Segment::new(one, TextProp::from(move || terms.get().capacity(one))))
            .collect::<Vec<_>>()
    });
    let channels = Signal::derive(move || {
        CHANNELS
            .into_iter()
            .map(|one| Segment::new(one, TextProp::from(move || terms.get().channel(one))))
            .collect::<Vec<_>>()
    });
    let by_agent = Memo::new(move |_| sheet.form.with(|form| form.by_agent));
    view! {
        <section>
            <h2 class="sec">{move || words.get().application}</h2>
            <div class="form">
                <TextField
                    label=move || words.get().applicant
                    of=|form| &mut form.applicant
                    gap=Gap::Applicant
                    span=3
                />
                <SecretField label=move || words.get().mobile of=|form| &mut form.mobile gap=Gap::Mobile/>
                <Field label=move || words.get().capacity span=6>
                    <Segmented
                        label=move || words.get().capacity
                        segments=capacities
                        value=Signal::derive(move || sheet.form.with(|form| form.capacity))
                        on_change=Callback::new(move |one| sheet.form.update(|form| form.capacity = one))
                    />
                </Field>
                <Field label=move || words.get().channel span=6>
                    <Segmented
                        label=move || words.get().channel
                        segments=channels
                        value=Signal::derive(move || sheet.form.with(|form| form.channel))
                        on_change=Callback::new(move |one| sheet.form.update(|form| form.channel = one))
                    />
                </Field>
                <div class="field">
                    <Mark label=move || words.get().by_agent of=|form| &mut form.by_agent/>
                </div>
                {move || {
                    by_agent
                        .get()
                        .then(|| {
                            view! {
                                <TextField
                                    label=move || words.get().agent
                                    of=|form| &mut form.agent
                                    gap=Gap::AgentName
                                    span=3
                                />
                                <SecretField
                                    label=move || words.get().agent_id
                                    of=|form| &mut form.agent_id
                                    gap=Gap::AgentIdentity
                                />
                                <div class="field">
                                    <Mark
                                        label=move || words.get().authority
                                        of=|form| &mut form.authority
                                    />
                                </div>
                            }
                        })
                }}
                <DayField
                    label=move || words.get().applied_on
                    of=|form| &mut form.applied_on
                    gap=Gap::AppliedOn
                    span=3
                />
                <Received/>
                <Accepting/>
            </div>
        </section>
    }
}

/// A personal value: masked while it is the one of the case, plain once it is typed anew.
#[component]
fn SecretField(#[prop(into)] label: TextProp, of: fn(&mut Form) -> &mut Secret, gap: Gap) -> impl IntoView {
    let (t, sheet) = (use_messages(), use_sheet());
    let value = Signal::derive(move || {
        sheet.form.with(|form| {
            let secret = of(&mut form.clone()).clone();
            secret.plain().map_or_else(|| secret.masked(), str::to_owned)
        })
    });
    // A masked value cannot be edited in part: the first stroke begins it anew.
    let on_input = move |typed: String| {
        sheet.form.update(|form| {
            let secret = of(form);
            let sealed = matches!(secret, Secret::Sealed(_));
            let masked = secret.masked();
            let text = if sealed {
                typed.strip_prefix(masked.as_str()).unwrap_or_default().to_owned()
            } else {
                typed
            };
            *secret = Secret::Plain(text);
        });
    };
    let error = Signal::derive(move || sheet.gap(gap).then(|| t.get().field().required.to_owned()));
    view! {
        <Field label=label error=error required=Signal::stored(true) span=3>
            <TextInput value=value on_input=on_input input_mode="numeric" max_length=20/>
        </Field>
    }
}

/// When it was received; of a case that is there it cannot be moved.
#[component]
fn Received() -> impl IntoView {
    let (words, t, sheet) = (use_text::<Words>(), use_messages(), use_sheet());
    let fixed = sheet.form.with_untracked(|form| form.received_fixed.is_some());
    let error = Signal::derive(move || {
        let typed = sheet.form.with(|form| form.received_time.clone());
        if !typed.trim().is_empty() && parse_time(&typed).is_none() {
            Some(words.get().time_form.to_owned())
        } else {
            (sheet.gap(Gap::ReceivedAt) && typed.trim().is_empty())
                .then(|| t.get().field().required.to_owned())
        }
    });
    let value = Signal::derive(move || sheet.form.with(|form| form.received_time.clone()));
    let hint = Signal::derive(move || Some(words.get().received_hint.to_owned()));
    let time = move || {
        view! {
            <TextInput
                value=value
                on_input=move |typed| sheet.form.update(|form| form.received_time = typed)
                max_length=5
                readonly=Signal::stored(fixed)
            />
        }
    };
    view! {
        <DayField
            label=move || words.get().received_on
            of=|form| &mut form.received_on
            gap=Gap::ReceivedAt
            span=3
            fixed=fixed
        />
        {if fixed {
            view! {
                <Field label=move || words.get().received_at hint=hint span=3 icon=FIXED>
                    {time()}
                </Field>
            }
            .into_any()
        } else {
            view! {
                <Field label=move || words.get().received_at hint=hint error=error span=3>
                    {time()}
                </Field>
            }
            .into_any()
        }}
    }
}

/// The unit that accepts: one of the person's.
#[component]
fn Accepting() -> impl IntoView {
    let (words, sheet, session, locale) = (use_text::<Words>(), use_sheet(), use_session(), use_locale());
    let choices = Signal::derive(move || {
        let (units, locale) = (session.units(), locale.get());
        let scope = session.person().map(|person| person.scope).unwrap_or_default();
        units
            .iter()
            .filter(|unit| scope.contains(&unit.id))
            .map(|unit| Choice::new(unit.id.as_str(), unit_name(Some(unit), &unit.id, locale)))
            .collect::<Vec<_>>()
    });
    let value = Signal::derive(move || sheet.accepting().map(|unit| unit.to_string()).unwrap_or_default());
    let amends = sheet.case.is_some();
    view! {
        <Field label=move || words.get().accepting span=3>
            <Select
                value=value
                choices=choices
                disabled=Signal::stored(amends)
                on_change=Callback::new(move |id: String| {
                    sheet.form.update(|form| form.accepting = Some(UnitId(id)));
                })
            />
        </Field>
    }
}
