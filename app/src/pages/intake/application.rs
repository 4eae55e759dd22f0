//! The application: who, how, when, where.

use super::identity::{IdentityFields, Whose, retyped, shown};
use super::policy::{DayField, FIXED, Mark, TextField};
use super::sheet::use_sheet;
use crate::components::entry::Choice;
use crate::components::segmented::Segment;
use crate::components::{Field, Segmented, Select, TextInput};
use crate::i18n::intake::Intake as Words;
use crate::i18n::terms::Terms;
use crate::i18n::wording::unit_name;
use crate::i18n::{use_locale, use_text};
use crate::pages::case::forms::field::Slot;
use crate::state::session::use_session;
use domain::catalogue::{Capacity, Channel};
use domain::id::UnitId;
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
                    at="/registration/applicant"
                    required=true
                    span=3
                />
                <Mobile/>
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
                <IdentityFields whose=Whose::Applicant/>
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
                                    at="/registration/agent/name"
                                    required=true
                                    span=3
                                />
                                <IdentityFields whose=Whose::Agent/>
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
                    at="/registration/applied_on"
                    required=true
                    span=3
                />
                <Received/>
                <Accepting/>
            </div>
        </section>
    }
}

/// The applicant's mobile.
#[component]
fn Mobile() -> impl IntoView {
    const AT: &str = "/registration/mobile";
    let (words, sheet) = (use_text::<Words>(), use_sheet());
    let value = Signal::derive(move || sheet.form.with(|form| shown(&form.mobile)));
    let on_input = move |typed: String| sheet.edit(AT, |form| form.mobile = retyped(&form.mobile, typed));
    view! {
        <Slot
            label=move || words.get().mobile
            fault=Signal::derive(move || sheet.fault_at(AT))
            required=true
            span=3
            at=AT
            on_leave=Callback::new(move |()| sheet.leave(AT))
        >
            <TextInput value=value on_input=on_input kind="tel" input_mode="tel" max_length=40/>
        </Slot>
    }
}

/// When it was received; of a case that is there it cannot be moved.
#[component]
fn Received() -> impl IntoView {
    const AT: &str = "/registration/received_at";
    let (words, sheet) = (use_text::<Words>(), use_sheet());
    let fixed = sheet.form.with_untracked(|form| form.received_fixed.is_some());
    let value = Signal::derive(move || sheet.form.with(|form| form.received_time.clone()));
    let hint = Signal::derive(move || Some(words.get().received_hint.to_owned()));
    let time = move || {
        view! {
            <TextInput
                value=value
                on_input=move |typed| sheet.edit(AT, |form| form.received_time = typed)
                max_length=5
                readonly=Signal::stored(fixed)
            />
        }
    };
    view! {
        <DayField
            label=move || words.get().received_on
            of=|form| &mut form.received_on
            at="/registration/received_on"
            required={!fixed}
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
                <Slot
                    label=move || words.get().received_at
                    hint=hint
                    fault=Signal::derive(move || sheet.fault_at(AT))
                    required=true
                    span=3
                    at=AT
                    on_leave=Callback::new(move |()| sheet.leave(AT))
                >
                    {time()}
                </Slot>
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
