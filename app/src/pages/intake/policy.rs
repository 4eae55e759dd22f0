//! Policy facts.

use super::form::{Amount, Form, Gap};
use super::sheet::{Sheet, use_sheet};
use crate::components::entry::Choice;
use crate::components::{AmountInput, Checkbox, DateInput, Field, IconName, Select, TextInput};
use crate::i18n::intake::Intake as Words;
use crate::i18n::terms::Terms;
use crate::i18n::{use_messages, use_text};
use chrono::NaiveDate;
use domain::policy::{PaymentMode, PolicyStatus, ProductGroup};
use leptos::prelude::*;

const GROUPS: [ProductGroup; 5] = [
    ProductGroup::Traditional,
    ProductGroup::Participating,
    ProductGroup::Universal,
    ProductGroup::Annuity,
    ProductGroup::Endowment,
];
const STATUSES: [PolicyStatus; 5] = [
    PolicyStatus::InForce,
    PolicyStatus::Lapsed,
    PolicyStatus::PaidUp,
    PolicyStatus::Matured,
    PolicyStatus::Terminated,
];
const MODES: [PaymentMode; 5] = [
    PaymentMode::Annual,
    PaymentMode::HalfYearly,
    PaymentMode::Quarterly,
    PaymentMode::Monthly,
    PaymentMode::Single,
];

/// A text of the form with its field.
#[component]
pub fn TextField(
    /// Its name.
    #[prop(into)]
    label: TextProp,
    /// Where it is.
    of: fn(&mut Form) -> &mut String,
    /// What it is called when it is not filled in.
    #[prop(optional)]
    gap: Option<Gap>,
    /// Hint.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// Columns of twelve.
    #[prop(default = 12)]
    span: u8,
    /// A scanner's text stays in it.
    #[prop(optional)]
    scan: bool,
    /// Digits.
    #[prop(optional)]
    numeric: bool,
    /// Cannot be changed.
    #[prop(optional)]
    readonly: bool,
) -> impl IntoView {
    let (t, sheet) = (use_messages(), use_sheet());
    let value = Signal::derive(move || sheet.form.with(|form| of(&mut form.clone()).clone()));
    let error = Signal::derive(move || {
        gap.filter(|gap| sheet.gap(*gap)).map(|_| t.get().field().required.to_owned())
    });
    let on_input = move |typed: String| sheet.form.update(|form| *of(form) = typed);
    view! {
        <Field label=label hint=hint error=error required=Signal::stored(gap.is_some()) span=span>
            <TextInput
                value=value
                on_input=on_input
                scan=scan
                numeric=numeric
                readonly=Signal::stored(readonly)
                max_length=200
            />
        </Field>
    }
}

/// A day of the form with its field.
#[component]
pub fn DayField(
    /// Its name.
    #[prop(into)]
    label: TextProp,
    /// Where it is.
    of: fn(&mut Form) -> &mut Option<NaiveDate>,
    /// What it is called when it is not filled in.
    #[prop(optional)]
    gap: Option<Gap>,
    /// Hint.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// Columns of twelve.
    #[prop(default = 12)]
    span: u8,
    /// Cannot be changed.
    #[prop(optional)]
    fixed: bool,
) -> impl IntoView {
    let (t, sheet) = (use_messages(), use_sheet());
    let fault = RwSignal::new(None::<crate::format::DateError>);
    let value = Signal::derive(move || sheet.form.with(|form| *of(&mut form.clone())));
    let error = Signal::derive(move || {
        let field = t.get().field();
        fault
            .get()
            .map(|error| field.date(error).to_owned())
            .or_else(|| gap.filter(|gap| sheet.gap(*gap)).map(|_| field.required.to_owned()))
    });
    let on_change = Callback::new(move |read| match read {
        Ok(day) => {
            fault.set(None);
            sheet.form.update(|form| *of(form) = day);
        }
        Err(error) => fault.set(Some(error)),
    });
    view! {
        <Field label=label hint=hint error=error required=Signal::stored(gap.is_some()) span=span>
            <DateInput value=value today=sheet.today() on_change=on_change disabled=Signal::stored(fixed)/>
        </Field>
    }
}

/// A choice among a few kinds.
#[component]
fn KindField<T>(
    #[prop(into)] label: TextProp,
    all: &'static [T],
    of: fn(&mut Form) -> &mut T,
    name: fn(&Terms, T) -> &'static str,
) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    let (terms, sheet) = (use_text::<Terms>(), use_sheet());
    let choices = Signal::derive(move || {
        let terms = terms.get();
        all.iter()
            .enumerate()
            .map(|(index, one)| Choice::new(index.to_string(), name(terms, *one)))
            .collect::<Vec<_>>()
    });
    let value = Signal::derive(move || {
        let now = sheet.form.with(|form| *of(&mut form.clone()));
        all.iter().position(|one| *one == now).unwrap_or_default().to_string()
    });
    let on_change = Callback::new(move |index: String| {
        if let Some(one) = index.parse().ok().and_then(|index: usize| all.get(index)) {
            sheet.form.update(|form| *of(form) = *one);
        }
    });
    view! {
        <Field label=label span=12>
            <Select value=value choices=choices on_change=on_change/>
        </Field>
    }
}

/// Policy facts: number, product, dates, amounts, marks.
#[component]
pub fn PolicyForm() -> impl IntoView {
    let words = use_text::<Words>();
    let sheet = use_sheet();
    view! {
        <section>
            <h2 class="sec">{move || words.get().policy_pane}</h2>
            <div class="form">
                <TextField
                    label=move || words.get().policy_no
                    of=|form| &mut form.policy_no
                    gap=Gap::PolicyNo
                    scan=true
                    hint=Signal::derive(move || Some(words.get().policy_no_hint.to_owned()))
                />
                <TextField label=move || words.get().holder of=|form| &mut form.holder gap=Gap::Holder/>
                <TextField label=move || words.get().insured of=|form| &mut form.insured gap=Gap::Insured/>
                <TextField label=move || words.get().product of=|form| &mut form.product gap=Gap::Product/>
                <KindField
                    label=move || words.get().group
                    all=&GROUPS
                    of=|form| &mut form.group
                    name=Terms::product_group
                />
                <KindField
                    label=move || words.get().status
                    all=&STATUSES
                    of=|form| &mut form.status
                    name=Terms::policy_status
                />
                <KindField
                    label=move || words.get().mode
                    all=&MODES
                    of=|form| &mut form.mode
                    name=Terms::payment_mode
                />
                <DayField
                    label=move || words.get().effective
                    of=|form| &mut form.effective
                    gap=Gap::Effective
                />
                <DayField label=move || words.get().receipt_signed of=|form| &mut form.receipt_signed/>
                <TextField
                    label=move || words.get().free_look
                    of=|form| &mut form.free_look
                    gap=Gap::FreeLook
                    numeric=true
                />
                <DayField label=move || words.get().paid_to of=|form| &mut form.paid_to/>
                <DayField label=move || words.get().anniversary of=|form| &mut form.anniversary/>
                <DayField label=move || words.get().matures_on of=|form| &mut form.matures_on/>
                <LapseDay/>
            </div>
        </section>
        <section>
            <h2 class="sec">{move || words.get().flags}</h2>
            <div class="col">
                <Mark label=move || words.get().open_claim of=|form| &mut form.open_claim/>
                <Mark label=move || words.get().frozen of=|form| &mut form.frozen/>
                <Mark label=move || words.get().loss_reported of=|form| &mut form.loss_reported/>
                <Mark label=move || words.get().group_business of=|form| &mut form.group_business/>
            </div>
        </section>
        <section>
            <h2 class="sec">{move || words.get().amounts}</h2>
            <div class="form">
                {Amount::ALL
                    .into_iter()
                    .map(|amount| view! { <AmountField amount=amount sheet=sheet/> })
                    .collect_view()}
            </div>
        </section>
    }
}

/// A lapsed policy has the day it lapsed.
#[component]
fn LapseDay() -> impl IntoView {
    let (words, sheet) = (use_text::<Words>(), use_sheet());
    let lapsed = Memo::new(move |_| sheet.form.with(|form| form.status == PolicyStatus::Lapsed));
    move || {
        lapsed
            .get()
            .then(|| view! { <DayField label=move || words.get().lapsed_on of=|form| &mut form.lapsed_on/> })
    }
}

/// A mark that is on or off.
#[component]
pub fn Mark(#[prop(into)] label: TextProp, of: fn(&mut Form) -> &mut bool) -> impl IntoView {
    let sheet = use_sheet();
    view! {
        <Checkbox
            checked=Signal::derive(move || sheet.form.with(|form| *of(&mut form.clone())))
            on_change=Callback::new(move |on| sheet.form.update(|form| *of(form) = on))
        >
            {move || label.get()}
        </Checkbox>
    }
}

#[component]
fn AmountField(amount: Amount, sheet: Sheet) -> impl IntoView {
    let (words, t) = (use_text::<Words>(), use_messages());
    let fault = RwSignal::new(None::<crate::format::AmountError>);
    let label = move || {
        let w = words.get();
        match amount {
            Amount::Premium => w.premium,
            Amount::PremiumPaid => w.premium_paid,
            Amount::CashValue => w.cash_value,
            Amount::Dividends => w.dividends,
            Amount::Survival => w.survival,
            Amount::Maturity => w.maturity,
            Amount::Overpaid => w.overpaid,
            Amount::UnexpiredRider => w.unexpired_rider,
            Amount::Loan => w.loan,
            Amount::LoanInterest => w.loan_interest,
            Amount::Apl => w.apl,
            Amount::Arrears => w.arrears,
        }
    };
    let value = Signal::derive(move || sheet.form.with(|form| form.amounts.get(&amount).copied()));
    let on_change = Callback::new(move |read| match read {
        Ok(minor) => {
            fault.set(None);
            sheet.form.update(|form| match minor {
                Some(minor) => drop(form.amounts.insert(amount, minor)),
                None => drop(form.amounts.remove(&amount)),
            });
        }
        Err(error) => fault.set(Some(error)),
    });
    view! {
        <Field
            label=label
            span=6
            error=Signal::derive(move || fault.get().map(|error| t.get().field().amount(error).to_owned()))
        >
            <AmountInput value=value on_change=on_change/>
        </Field>
    }
}

/// The icon of a field that cannot be changed.
pub const FIXED: IconName = IconName::Lock;
