//! The endorsement: number, text, from when the change holds, premium after it.

use crate::components::{AmountInput, Button, ButtonSize, ButtonVariant, IconName};
use crate::format::{AmountError, DateError, amount, full_date};
use crate::i18n::forms::FormWords;
use crate::i18n::forms::servicing::ServicingWords;
use crate::i18n::terms::Terms;
use crate::i18n::{Localised, use_messages, use_text};
use crate::pages::case::bench::Opened;
use crate::pages::case::desk::use_desk;
use crate::pages::case::forms::field::{Shown, Slot, dated};
use crate::pages::case::forms::section::{Section, done_mark};
use crate::pages::case::forms::submit::{Submit, SubmitButton, SubmitForm};
use crate::pages::case::forms::text_slot::{TextSlot, told_at};
use chrono::NaiveDate;
use domain::case::Command;
use domain::case::item::Endorsement;
use domain::catalogue::{EffectiveDates, PolicyDate, effective_dates};
use domain::money::Money;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What is typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Typed {
    number: String,
    text: String,
    effective: Result<Option<NaiveDate>, DateError>,
    effective_again: Result<Option<NaiveDate>, DateError>,
    premium: Result<Option<i64>, AmountError>,
    premium_again: Result<Option<i64>, AmountError>,
}

/// The dates the item's rule allows on a day.
fn allowed(opened: &Opened, no: u8, today: NaiveDate) -> Option<Result<EffectiveDates, PolicyDate>> {
    let entry = opened.catalogue.item(&opened.case.item(no)?.code)?;
    let registration = &opened.case.registration;
    Some(effective_dates(entry, &registration.policy, &registration.application(), today))
}

/// The endorsement of an item: open while it lacks one, or while it is changed.
#[component]
pub fn Endorsing(
    /// Its number.
    no: u8,
) -> impl IntoView {
    let desk = use_desk();
    let done = desk.bench.of(move |opened| opened.case.item(no).and_then(|item| item.endorsement.clone()));
    let editing = RwSignal::new(false);
    move || match done.get().flatten() {
        Some(endorsement) if !editing.get() => {
            view! { <Done endorsement=endorsement editing=editing/> }.into_any()
        }
        before => view! { <Open no=no before=before editing=editing/> }.into_any(),
    }
}

#[component]
fn Open(no: u8, before: Option<Endorsement>, editing: RwSignal<bool>) -> impl IntoView {
    let (desk, words, form, t) =
        (use_desk(), use_text::<ServicingWords>(), use_text::<FormWords>(), use_messages());
    let dates = Memo::new(move |_| {
        let today = desk.today.get();
        desk.bench.opened.with(|opened| opened.as_deref().and_then(|opened| allowed(opened, no, today)))
    });
    let part = format!("endorse-{no}");
    let typed = desk.draft(&part, || {
        let default = dates.get_untracked().and_then(Result::ok).map(|dates| dates.default);
        match before {
            Some(before) => Typed {
                number: before.number,
                text: before.text,
                effective: Ok(Some(before.effective_date)),
                effective_again: Ok(None),
                premium: Ok(before.premium.map(|premium| premium.minor)),
                premium_again: Ok(None),
            },
            None => Typed {
                number: String::new(),
                text: String::new(),
                effective: Ok(default),
                effective_again: Ok(None),
                premium: Ok(None),
                premium_again: Ok(None),
            },
        }
    });
    // The day the rule gives by itself is its own second keying; any other, and the premium, nothing else states.
    let default = Memo::new(move |_| dates.get().and_then(Result::ok).map(|dates| dates.default));
    let day_again = Memo::new(move |_| {
        typed.with(|typed| matches!(typed.effective, Ok(Some(day)) if default.get() != Some(day)))
    });
    let premium_again = Memo::new(move |_| typed.with(|typed| matches!(typed.premium, Ok(Some(_)))));
    let submit = Submit::new(
        desk,
        move || {
            let typed = typed.get();
            Some(Command::Endorse {
                item: no,
                number: typed.number.trim().to_owned(),
                text: typed.text.trim().to_owned(),
                effective_date: typed.effective.ok().flatten()?,
                effective_date_again: typed.effective_again.ok()?.filter(|_| day_again.get()),
                premium: typed.premium.ok()?.map(Money::fen),
                premium_again: typed.premium_again.ok()?.filter(|_| premium_again.get()).map(Money::fen),
            })
        },
        move || {
            let wrong = typed.with(|typed| {
                [
                    typed.number.trim().is_empty(),
                    typed.text.trim().is_empty(),
                    !matches!(typed.effective, Ok(Some(_))),
                    typed.premium.is_err(),
                    day_again.get() && typed.effective_again != typed.effective,
                    premium_again.get() && typed.premium_again != typed.premium,
                ]
            });
            let n = wrong.into_iter().filter(|wrong| *wrong).count();
            (n > 0).then(|| (form.get().to_fill)(i64::try_from(n).unwrap_or(i64::MAX)))
        },
    )
    .then(move || {
        desk.sent(&part);
        editing.try_set(false);
    });
    let range = move || {
        let words = words.get();
        match dates.get()? {
            Ok(dates) if dates.from == dates.to => Some((words.only_day)(&full_date(dates.from))),
            Ok(dates) => Some((words.day_between)(&full_date(dates.from), &full_date(dates.to))),
            Err(missing) => {
                let name = Terms::in_locale(desk.bench.locale()).policy_date(missing);
                Some((words.day_unknown)(name))
            }
        }
    };
    let day_fault = Signal::derive(move || {
        let here =
            |text: String| Some(Shown { pointer: "/endorse/effective_date".to_owned(), text, warns: false });
        match (typed.with(|typed| typed.effective), dates.get()) {
            (Err(error), _) => here(t.get().field().date(error).to_owned()),
            (_, Some(Err(_))) => here(range().unwrap_or_default()),
            (Ok(Some(day)), Some(Ok(dates))) if !dates.contains(day) => here(range().unwrap_or_default()),
            (Ok(None), _) if submit.tried() => here(t.get().field().required.to_owned()),
            _ => told_at(desk, Some(no), "/endorse/effective_date"),
        }
    });
    let premium_fault = Signal::derive(move || match typed.with(|typed| typed.premium) {
        Err(error) => Some(Shown {
            pointer: "/endorse/premium".to_owned(),
            text: t.get().field().amount(error).to_owned(),
            warns: false,
        }),
        Ok(_) => told_at(desk, Some(no), "/endorse/premium"),
    });
    let differs = move |typed: bool| (submit.tried() || typed).then(|| words.get().again_other.to_owned());
    let day_again_fault = Signal::derive(move || {
        let pointer = "/endorse/effective_date_again".to_owned();
        let (wrong, full) = typed.with(|typed| {
            (typed.effective_again != typed.effective, matches!(typed.effective_again, Ok(Some(_)) | Err(_)))
        });
        let own = differs(full).filter(|_| wrong);
        own.map(|text| Shown { pointer, text, warns: false })
            .or_else(|| told_at(desk, Some(no), "/endorse/effective_date_again"))
    });
    let premium_again_fault = Signal::derive(move || {
        let pointer = "/endorse/premium_again".to_owned();
        let (wrong, full) = typed.with(|typed| {
            (typed.premium_again != typed.premium, matches!(typed.premium_again, Ok(Some(_)) | Err(_)))
        });
        let own = differs(full).filter(|_| wrong);
        own.map(|text| Shown { pointer, text, warns: false })
            .or_else(|| told_at(desk, Some(no), "/endorse/premium_again"))
    });
    let second_date = move || {
        dated(
            desk,
            Signal::derive(move || typed.with(|typed| typed.effective_again.ok().flatten())),
            TextProp::from(move || words.get().effective_again),
            Callback::new(move |day| typed.update(|typed| typed.effective_again = day)),
        )
    };
    let date = dated(
        desk,
        Signal::derive(move || typed.with(|typed| typed.effective.ok().flatten())),
        TextProp::from(move || words.get().effective),
        Callback::new(move |day| typed.update(|typed| typed.effective = day)),
    );
    let controls = move || {
        editing.get().then(|| {
            view! {
                <Button
                    variant=ButtonVariant::Quiet
                    size=ButtonSize::Small
                    on_press=Callback::new(move |()| editing.set(false))
                >
                    {move || form.get().keep}
                </Button>
            }
        })
    };
    view! {
        <Section title=move || words.get().endorsement controls=controls>
            <SubmitForm submit=submit label=move || words.get().endorsement>
                <TextSlot
                    label=move || words.get().number
                    value=Signal::derive(move || typed.with(|typed| typed.number.clone()))
                    on_input=Callback::new(move |text| typed.update(|typed| typed.number = text))
                    submit=submit
                    item=no
                    pointer="/endorse/number"
                    span=6
                />
                <Slot
                    label=move || words.get().effective
                    fault=day_fault
                    hint=Signal::derive(range)
                    required=true
                    span=6
                >
                    {date}
                </Slot>
                <Show when=move || day_again.get()>
                    <Slot label=move || words.get().effective_again fault=day_again_fault required=true span=6>
                        {second_date()}
                    </Slot>
                </Show>
                <TextSlot
                    label=move || words.get().text
                    value=Signal::derive(move || typed.with(|typed| typed.text.clone()))
                    on_input=Callback::new(move |text| typed.update(|typed| typed.text = text))
                    submit=submit
                    item=no
                    pointer="/endorse/text"
                    span=12
                    area=true
                />
                <Slot
                    label=move || words.get().premium
                    fault=premium_fault
                    hint=Signal::derive(move || Some(words.get().premium_hint.to_owned()))
                    span=6
                >
                    <AmountInput
                        value=Signal::derive(move || typed.with(|typed| typed.premium.ok().flatten()))
                        on_change=Callback::new(move |premium| typed.update(|typed| typed.premium = premium))
                        disabled=desk.closed
                    />
                </Slot>
                <Show when=move || premium_again.get()>
                    <Slot label=move || words.get().premium_again fault=premium_again_fault required=true span=6>
                        <AmountInput
                            value=Signal::derive(move || typed.with(|typed| typed.premium_again.ok().flatten()))
                            on_change=Callback::new(move |premium| typed.update(|typed| typed.premium_again = premium))
                            disabled=desk.closed
                        />
                    </Slot>
                </Show>
                <div class="wide acts">
                    <SubmitButton submit=submit>{move || words.get().endorse}</SubmitButton>
                </div>
            </SubmitForm>
        </Section>
    }
}

#[component]
fn Done(endorsement: Endorsement, editing: RwSignal<bool>) -> impl IntoView {
    let (desk, words, t) = (use_desk(), use_text::<ServicingWords>(), use_messages());
    let done = endorsement.done.clone();
    let mark = move || {
        view! {
            {done_mark(desk.bench, words.get().endorsed.to_owned(), &done)}
            <Show when=move || !desk.closed.get()>
                <Button
                    variant=ButtonVariant::Quiet
                    size=ButtonSize::Small
                    icon=IconName::Fix
                    on_press=Callback::new(move |()| editing.set(true))
                >
                    {move || t.get().common.edit}
                </Button>
            </Show>
        }
    };
    view! {
        <Section title=move || words.get().endorsement controls=mark>
            <EndorsementFacts endorsement=endorsement/>
        </Section>
    }
}

/// An endorsement, read-only.
#[component]
pub fn EndorsementFacts(
    /// The endorsement.
    endorsement: Endorsement,
) -> impl IntoView {
    let words = use_text::<ServicingWords>();
    let Endorsement { number, text, effective_date, premium, .. } = endorsement;
    view! {
        <dl class="facts">
            <dt>{move || words.get().number}</dt>
            <dd>{number}</dd>
            <dt>{move || words.get().effective}</dt>
            <dd>{full_date(effective_date)}</dd>
            <dt>{move || words.get().text}</dt>
            <dd>{text}</dd>
            {premium
                .map(|premium| {
                    view! {
                        <dt>{move || words.get().premium}</dt>
                        <dd>{amount(premium.minor)}</dd>
                    }
                })}
        </dl>
    }
}
