//! Policy facts.

use super::form::{Amount, Form, Why};
use super::sheet::{Sheet, use_sheet};
use crate::components::entry::Choice;
use crate::components::{AmountInput, Checkbox, DateInput, IconName, Select, TextInput};
use crate::i18n::intake::Intake as Words;
use crate::i18n::terms::Terms;
use crate::i18n::{use_messages, use_text};
use crate::pages::case::forms::field::Slot;
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
    /// Its place in the registration.
    at: &'static str,
    /// Must be filled in.
    #[prop(optional)]
    required: bool,
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
) -> impl IntoView {
    let sheet = use_sheet();
    let value = Signal::derive(move || sheet.form.with(|form| of(&mut form.clone()).clone()));
    let on_input = move |typed: String| sheet.edit(at, |form| *of(form) = typed);
    view! {
        <Slot
            label=label
            hint=hint
            fault=Signal::derive(move || sheet.fault_at(at))
            required=required
            span=span
            at=at
            on_leave=Callback::new(move |()| sheet.leave(at))
        >
            <TextInput value=value on_input=on_input scan=scan numeric=numeric max_length=200/>
        </Slot>
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
    /// Its place in the registration.
    at: &'static str,
    /// Must be filled in.
    #[prop(optional)]
    required: bool,
    /// Columns of twelve.
    #[prop(default = 12)]
    span: u8,
    /// Cannot be changed.
    #[prop(optional)]
    fixed: bool,
) -> impl IntoView {
    let sheet = use_sheet();
    let value = Signal::derive(move || sheet.form.with(|form| *of(&mut form.clone())));
    let on_change = Callback::new(move |read| match read {
        Ok(day) => {
            sheet.unread(at, None);
            sheet.edit(at, |form| *of(form) = day);
        }
        Err(error) => sheet.unread(at, Some(Why::Date(error))),
    });
    view! {
        <Slot
            label=label
            fault=Signal::derive(move || sheet.fault_at(at))
            required=required
            span=span
            at=at
            on_leave=Callback::new(move |()| sheet.leave(at))
        >
            <DateInput value=value today=sheet.today() on_change=on_change disabled=Signal::stored(fixed)/>
        </Slot>
    }
}

/// A choice among a few kinds.
#[component]
fn KindField<T>(
    #[prop(into)] label: TextProp,
    at: &'static str,
    all: &'static [T],
    #[prop(optional, into)] disabled: Signal<bool>,
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
            sheet.edit(at, |form| *of(form) = *one);
        }
    });
    view! {
        <Slot label=label fault=Signal::derive(move || sheet.fault_at(at)) span=12 at=at>
            <Select value=value choices=choices on_change=on_change disabled=disabled/>
        </Slot>
    }
}

/// Policy facts: number, product, dates, amounts, marks.
#[component]
pub fn PolicyForm() -> impl IntoView {
    let words = use_text::<Words>();
    let sheet = use_sheet();
    // The group is the product's, where the catalogue lists products.
    let listed = Memo::new(move |_| listed(sheet));
    view! {
        <section>
            <h2 class="sec">{move || words.get().policy_pane}</h2>
            <div class="form">
                <TextField
                    label=move || words.get().policy_no
                    of=|form| &mut form.policy_no
                    at="/registration/policy/policy_no"
                    required=true
                    scan=true
                    hint=Signal::derive(move || Some(words.get().policy_no_hint.to_owned()))
                />
                <TextField
                    label=move || words.get().holder
                    of=|form| &mut form.holder
                    at="/registration/policy/holder"
                    required=true
                />
                <TextField
                    label=move || words.get().insured
                    of=|form| &mut form.insured
                    at="/registration/policy/insured"
                    required=true
                />
                <Product/>
                <KindField
                    label=move || words.get().group
                    at="/registration/policy/group"
                    disabled=listed
                    all=&GROUPS
                    of=|form| &mut form.group
                    name=Terms::product_group
                />
                <KindField
                    label=move || words.get().status
                    at="/registration/policy/status"
                    all=&STATUSES
                    of=|form| &mut form.status
                    name=Terms::policy_status
                />
                <KindField
                    label=move || words.get().mode
                    at="/registration/policy/payment_mode"
                    all=&MODES
                    of=|form| &mut form.mode
                    name=Terms::payment_mode
                />
                <DayField
                    label=move || words.get().effective
                    of=|form| &mut form.effective
                    at="/registration/policy/effective"
                    required=true
                />
                <DayField
                    label=move || words.get().receipt_signed
                    of=|form| &mut form.receipt_signed
                    at="/registration/policy/receipt_signed"
                />
                <TextField
                    label=move || words.get().free_look
                    of=|form| &mut form.free_look
                    at="/registration/policy/free_look_days"
                    required=true
                    numeric=true
                />
                <DayField
                    label=move || words.get().paid_to
                    of=|form| &mut form.paid_to
                    at="/registration/policy/paid_to"
                />
                <DayField
                    label=move || words.get().anniversary
                    of=|form| &mut form.anniversary
                    at="/registration/policy/anniversary"
                />
                <DayField
                    label=move || words.get().matures_on
                    of=|form| &mut form.matures_on
                    at="/registration/policy/matures_on"
                />
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

/// Whether the catalogue lists products. Followed.
fn listed(sheet: Sheet) -> bool {
    sheet
        .catalogue
        .with(|catalogue| catalogue.as_ref().is_some_and(|catalogue| !catalogue.products.is_empty()))
}

/// The product: one of the catalogue's, and with it its group; a catalogue without products takes any name.
#[component]
fn Product() -> impl IntoView {
    const AT: &str = "/registration/policy/product";
    let (words, t, sheet) = (use_text::<Words>(), use_messages(), use_sheet());
    let listed = Memo::new(move |_| listed(sheet));
    let value = Memo::new(move |_| sheet.form.with(|form| form.product.clone()));
    let choices = Signal::derive(move || {
        let Some(catalogue) = sheet.catalogue.get() else { return Vec::new() };
        let mut names: Vec<String> = catalogue.products.iter().map(|product| product.name.clone()).collect();
        // What a case or a draft holds is shown, and said to be none of them.
        let now = value.get();
        if !now.trim().is_empty() && !names.contains(&now) {
            names.insert(0, now);
        }
        names.into_iter().map(|name| Choice::new(name.clone(), name)).collect()
    });
    let on_change = Callback::new(move |name: String| {
        let group = sheet.catalogue.with_untracked(|catalogue| {
            catalogue.as_ref().and_then(|catalogue| catalogue.product(&name).map(|product| product.group))
        });
        sheet.edit(AT, |form| {
            form.product = name;
            form.group = group.unwrap_or(form.group);
        });
        sheet.touch("/registration/policy/group");
    });
    move || {
        if listed.get() {
            view! {
                <Slot
                    label=move || words.get().product
                    fault=Signal::derive(move || sheet.fault_at(AT))
                    required=true
                    span=12
                    at=AT
                    on_leave=Callback::new(move |()| sheet.leave(AT))
                >
                    <Select value=value choices=choices none=move || t.get().field().choose on_change=on_change/>
                </Slot>
            }
            .into_any()
        } else {
            view! {
                <TextField
                    label=move || words.get().product
                    of=|form| &mut form.product
                    at=AT
                    required=true
                />
            }
            .into_any()
        }
    }
}

/// A lapsed policy has the day it lapsed.
#[component]
fn LapseDay() -> impl IntoView {
    let (words, sheet) = (use_text::<Words>(), use_sheet());
    let lapsed = Memo::new(move |_| sheet.form.with(|form| form.status == PolicyStatus::Lapsed));
    move || {
        lapsed.get().then(|| {
            view! {
                <DayField
                    label=move || words.get().lapsed_on
                    of=|form| &mut form.lapsed_on
                    at="/registration/policy/lapsed_on"
                />
            }
        })
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
    let words = use_text::<Words>();
    let at = amount.place();
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
            sheet.unread(at, None);
            sheet.edit(at, |form| match minor {
                Some(minor) => drop(form.amounts.insert(amount, minor)),
                None => drop(form.amounts.remove(&amount)),
            });
        }
        Err(error) => sheet.unread(at, Some(Why::Amount(error))),
    });
    view! {
        <Slot
            label=label
            fault=Signal::derive(move || sheet.fault_at(at))
            span=6
            at=at
            on_leave=Callback::new(move |()| sheet.leave(at))
        >
            <AmountInput value=value on_change=on_change/>
        </Slot>
    }
}

/// The icon of a field that cannot be changed.
pub const FIXED: IconName = IconName::Lock;
