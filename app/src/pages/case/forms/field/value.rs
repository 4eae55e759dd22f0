//! One field of an item as an input of its type.

use super::beneficiaries::BeneficiaryTable;
use super::document::DocumentFields;
use super::keyed::{Keyed, in_fours};
use super::sheet::Sheet;
use super::slot::Slot;
use crate::components::calendar::DayMark;
use crate::components::{AmountInput, Choice, DateInput, Select, TextInput};
use crate::format::DateError;
use crate::i18n::forms::FormWords;
use crate::i18n::terms::Terms;
use crate::i18n::wording::label;
use crate::i18n::{Locale, Localised, use_locale, use_messages, use_text};
use crate::pages::case::desk::Desk;
use chrono::NaiveDate;
use domain::catalogue::{Choice as Offered, FieldSpec, FieldType, PolicyFact, Rule};
use domain::id::FieldKey;
use domain::time::DayKind;
use domain::value::Value;
use leptos::prelude::*;

/// All fields of a sheet, labelled, in the grid of a form.
#[component]
pub fn Fields(
    /// The sheet.
    sheet: Sheet,
) -> impl IntoView {
    sheet.keys().into_iter().map(|key| view! { <FieldOf sheet=sheet key=key/> }).collect_view()
}

/// A field with its label.
#[component]
pub fn FieldOf(
    /// The sheet it is on.
    sheet: Sheet,
    /// Which field.
    key: FieldKey,
) -> impl IntoView {
    let spec = sheet.spec(&key)?;
    Some(match spec.kind {
        FieldType::IdentityDocument => view! { <DocumentFields sheet=sheet spec=spec/> }.into_any(),
        FieldType::Beneficiaries => view! {
            <div class="wide">
                <BeneficiaryTable sheet=sheet spec=spec/>
            </div>
        }
        .into_any(),
        _ => view! { <Labelled sheet=sheet spec=spec/> }.into_any(),
    })
}

/// A field without a label, in a row that names it.
#[component]
pub fn Bare(
    /// The sheet it is on.
    sheet: Sheet,
    /// Which field.
    key: FieldKey,
) -> impl IntoView {
    let spec = sheet.spec(&key)?;
    Some(match spec.kind {
        FieldType::IdentityDocument => view! {
            <div class="form doc">
                <DocumentFields sheet=sheet spec=spec short=true/>
            </div>
        }
        .into_any(),
        FieldType::Beneficiaries => view! {
            <div class="cq">
                <BeneficiaryTable sheet=sheet spec=spec/>
            </div>
        }
        .into_any(),
        _ => {
            let pointer = StoredValue::new(format!("/{key}"));
            let fault = Signal::derive(move || pointer.with_value(|pointer| sheet.at(pointer)));
            view! {
                <Slot
                    fault=fault
                    on_leave=Callback::new(move |()| pointer.with_value(|pointer| sheet.leave(pointer)))
                >
                    <Input sheet=sheet spec=spec bare=true/>
                </Slot>
            }
            .into_any()
        }
    })
}

#[component]
fn Labelled(sheet: Sheet, spec: FieldSpec) -> impl IntoView {
    let words = use_text::<FormWords>();
    let pointer = StoredValue::new(format!("/{}", spec.key));
    let fault = Signal::derive(move || pointer.with_value(|pointer| sheet.at(pointer)));
    let (name, kind) = (spec.label.clone(), spec.kind.clone());
    let text = move || {
        let name = label(&name, words.locale());
        match kind {
            FieldType::Money => (words.get().in_yuan)(&name),
            FieldType::Ratio => (words.get().in_percent)(&name),
            _ => name,
        }
    };
    let span = match spec.kind {
        FieldType::Address => 6,
        FieldType::BankAccount | FieldType::Email | FieldType::Text => 4,
        _ => 3,
    };
    let is_key = is_key_field(sheet, &spec.key);
    let fits = fits(sheet, &spec);
    view! {
        <Slot
            label=text
            fault=fault
            fits=fits
            required=spec.required
            key_field=is_key
            span=span
            on_leave=Callback::new(move |()| pointer.with_value(|pointer| sheet.leave(pointer)))
        >
            <Input sheet=sheet spec=spec bare=false/>
        </Slot>
    }
}

/// Whether a field is keyed twice.
pub(super) fn is_key_field(sheet: Sheet, key: &FieldKey) -> bool {
    sheet.desk().opened().is_some_and(|opened| {
        let item = sheet.item();
        opened.catalogue.key_fields(&item).iter().any(|spec| spec.key == *key)
    })
}

/// What a field agrees with, in words: what the policy says, or another field.
fn fits(sheet: Sheet, spec: &FieldSpec) -> Signal<Option<String>> {
    let words = use_text::<FormWords>();
    let rule = spec.rules.iter().find(|rule| matches!(rule, Rule::AsPolicy(_) | Rule::AsField(_))).cloned();
    let key = spec.key.clone();
    Signal::derive(move || {
        let rule = rule.as_ref()?;
        let value = sheet.read(&key).value?;
        if sheet.below(&format!("/{key}")).iter().any(|fault| !fault.warns) {
            return None;
        }
        let (other, what) = match rule {
            Rule::AsPolicy(fact) => sheet.desk().bench.opened.with(|opened| {
                let policy = &opened.as_ref()?.case.registration.policy;
                let terms = Terms::in_locale(words.locale());
                match fact {
                    PolicyFact::Holder => Some((policy.holder.clone(), terms.holder.to_owned())),
                    PolicyFact::Insured => Some((policy.insured.clone(), terms.insured.to_owned())),
                    PolicyFact::PaymentMode => None,
                }
            }),
            Rule::AsField(other) => match sheet.read(other).value {
                Some(Value::Text(text)) => Some((text, label(&sheet.spec(other)?.label, words.locale()))),
                _ => None,
            },
            _ => None,
        }?;
        let same = value.same(&Value::Text(other)) == Some(true);
        same.then(|| (words.get().same_as)(&what))
    })
}

#[component]
fn Input(sheet: Sheet, spec: FieldSpec, bare: bool) -> impl IntoView {
    let cell = sheet.cell(&spec.key)?;
    let pointer = StoredValue::new(format!("/{}", spec.key));
    let set = Callback::new(move |keyed: Keyed| {
        cell.set(keyed);
        pointer.with_value(|pointer| sheet.touch(pointer));
    });
    let own = spec.label.clone();
    let locale = use_locale();
    Some(view! {
        <KeyedInput
            desk=sheet.desk()
            spec=spec
            keyed=cell
            name=move || label(&own, locale.get())
            small=bare
            on_change=set
        />
    })
}

/// The input of a field that is one thing: not a document, not beneficiaries.
#[component]
pub fn KeyedInput(
    /// The desk it lies on.
    desk: Desk,
    /// The field.
    spec: FieldSpec,
    /// What stands in it.
    #[prop(into)]
    keyed: Signal<Keyed>,
    /// Its name.
    #[prop(into)]
    name: TextProp,
    /// Lower, inside tables.
    #[prop(optional)]
    small: bool,
    /// Called with what was typed.
    #[prop(into)]
    on_change: Callback<Keyed>,
) -> impl IntoView {
    let closed: Signal<bool> = desk.closed.into();
    match &spec.kind {
        FieldType::Date => {
            let value = Signal::derive(move || match keyed.get() {
                Keyed::Date(Ok(day)) => day,
                _ => None,
            });
            dated(desk, value, name, Callback::new(move |day| on_change.run(Keyed::Date(day))))
        }
        FieldType::Money => {
            let value = Signal::derive(move || match keyed.get() {
                Keyed::Amount(Ok(minor)) => minor,
                _ => None,
            });
            view! {
                <AmountInput
                    value=value
                    on_change=Callback::new(move |amount| on_change.run(Keyed::Amount(amount)))
                    label=name
                    disabled=closed
                    small=small
                />
            }
            .into_any()
        }
        FieldType::Choice(_) | FieldType::Relation | FieldType::PaymentMode => {
            let value = Signal::derive(move || match keyed.get() {
                Keyed::Choice(code) => code,
                _ => String::new(),
            });
            let offered = offered(desk, &spec);
            view! {
                <ChoiceInput
                    value=value
                    offered=offered
                    label=name
                    disabled=closed
                    small=small
                    on_change=Callback::new(move |code| on_change.run(Keyed::Choice(code)))
                />
            }
            .into_any()
        }
        kind => {
            let value = Signal::derive(move || match keyed.get() {
                Keyed::Text(text) | Keyed::Percent(text) => text,
                _ => String::new(),
            });
            let percent = matches!(kind, FieldType::Ratio);
            let typed = move |text: String| if percent { Keyed::Percent(text) } else { Keyed::Text(text) };
            let account = matches!(kind, FieldType::BankAccount);
            let commit = Callback::new(move |text: String| {
                if account {
                    on_change.run(Keyed::Text(in_fours(&text)));
                }
            });
            let (input_type, mode) = match kind {
                FieldType::Mobile => ("tel", "tel"),
                FieldType::BankAccount | FieldType::PostalCode => ("text", "numeric"),
                FieldType::Ratio => ("text", "decimal"),
                FieldType::Email => ("text", "email"),
                _ => ("text", "text"),
            };
            view! {
                <TextInput
                    value=value
                    on_input=Callback::new(move |text| on_change.run(typed(text)))
                    on_commit=commit
                    label=name
                    kind=input_type
                    input_mode=mode
                    disabled=closed
                    numeric=percent
                    small=small
                />
            }
            .into_any()
        }
    }
}

/// A date input with the rest days of the working unit's calendar.
pub fn dated(
    desk: Desk,
    value: Signal<Option<NaiveDate>>,
    name: TextProp,
    on_change: Callback<Result<Option<NaiveDate>, DateError>>,
) -> AnyView {
    let marks = Callback::new(move |day: NaiveDate| {
        desk.bench.opened.with_untracked(|opened| {
            opened.as_ref().map_or(DayMark::Usual, |opened| match opened.calendar.kind(day) {
                DayKind::Holiday => DayMark::Rest,
                DayKind::MakeUp => DayMark::MakeUp,
                _ => DayMark::Usual,
            })
        })
    });
    view! {
        <DateInput
            value=value
            today=desk.today
            on_change=on_change
            marks=marks
            label=name
            disabled=desk.closed
        />
    }
    .into_any()
}

/// What a choice field offers.
pub(super) fn offered(desk: Desk, spec: &FieldSpec) -> Vec<Offered> {
    match &spec.kind {
        FieldType::Choice(list) => {
            let excluded = |choice: &Offered| {
                spec.rules
                    .iter()
                    .any(|rule| matches!(rule, Rule::NoneOf(codes) if codes.contains(&choice.code)))
            };
            list.iter().filter(|choice| !excluded(choice)).cloned().collect()
        }
        FieldType::Relation => {
            desk.opened().map(|opened| opened.catalogue.relations.clone()).unwrap_or_default()
        }
        FieldType::PaymentMode => {
            desk.opened().map(|opened| opened.catalogue.payment_modes.clone()).unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

/// A choice of the catalogue's.
#[component]
pub(super) fn ChoiceInput(
    value: Signal<String>,
    offered: Vec<Offered>,
    label: TextProp,
    disabled: Signal<bool>,
    small: bool,
    on_change: Callback<String>,
) -> impl IntoView {
    let t = use_messages();
    let choices = Signal::derive(move || choices(&offered, t.locale()));
    view! {
        <Select
            value=value
            choices=choices
            none=move || t.get().field().choose
            on_change=on_change
            label=label
            disabled=disabled
            small=small
        />
    }
}

fn choices(offered: &[Offered], locale: Locale) -> Vec<Choice> {
    offered.iter().map(|choice| Choice::new(choice.code.to_string(), label(&choice.label, locale))).collect()
}
