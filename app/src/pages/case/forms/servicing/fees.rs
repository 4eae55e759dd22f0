//! Fees: how they are computed, what is settled, why it deviates and who allows it.

use super::fee_line::{Fee, FeeTyped, deviation, towards};
use crate::components::{
    AmountInput, Button, ButtonSize, ButtonVariant, Icon, IconName, State, Tag, TextArea,
};
use crate::format::{amount, delta, full_date, moment};
use crate::i18n::case_page::CasePage;
use crate::i18n::forms::FormWords;
use crate::i18n::forms::entry::EntryWords;
use crate::i18n::forms::servicing::ServicingWords;
use crate::i18n::wording::label;
use crate::i18n::{Locale, Localised, use_messages, use_text};
use crate::pages::case::bench::Opened;
use crate::pages::case::desk::{Desk, use_desk};
use crate::pages::case::forms::field::{Shown, Slot};
use crate::pages::case::forms::section::{Section, done_mark};
use crate::pages::case::forms::submit::{Submit, SubmitButton, SubmitForm};
use crate::pages::case::forms::text_slot::told_at;
use domain::case::item::Fees as SettledFees;
use domain::case::state::{Approval, ApprovalState, Matter};
use domain::case::{Command, Refusal};
use domain::catalogue::{ComputedFee, FeeDirection, FeeError, compute_fees};
use domain::money::Money;
use domain::post::Stage;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The fees of an item by its rule; none where the item is not confirmed yet.
pub fn computed_of(opened: &Opened, no: u8) -> Option<Result<Vec<ComputedFee>, FeeError>> {
    let item = opened.case.item(no)?;
    let entry = opened.catalogue.item(&item.code)?;
    let registration = &opened.case.registration;
    let entered = &item.confirmed()?.fields;
    Some(compute_fees(entry, &registration.policy, entered, registration.applied_on))
}

/// The fees of an item: open while they are not settled, or while they are changed.
#[component]
pub fn Fees(
    /// Its number.
    no: u8,
) -> impl IntoView {
    let desk = use_desk();
    let settled = desk.bench.of(move |opened| opened.case.item(no).and_then(|item| item.fees.clone()));
    let computed = desk.bench.of(move |opened| computed_of(opened, no));
    let editing = RwSignal::new(false);
    move || {
        let computed = computed.get().flatten();
        match (settled.get().flatten(), computed) {
            (Some(settled), Some(Ok(computed))) if !editing.get() => {
                view! { <Settled settled=settled computed=computed editing=editing/> }.into_any()
            }
            (settled, Some(Ok(computed))) => {
                view! { <Open no=no computed=computed settled=settled editing=editing/> }.into_any()
            }
            (_, Some(Err(_))) => view! { <Unknown/> }.into_any(),
            (_, None) => ().into_any(),
        }
    }
}

/// The rule cannot compute: only more facts mend it.
#[component]
fn Unknown() -> impl IntoView {
    let (desk, words, form, t) =
        (use_desk(), use_text::<ServicingWords>(), use_text::<FormWords>(), use_messages());
    view! {
        <Section title=move || words.get().fees>
            <p class="t-over row">
                <Icon name=IconName::StateOver/>
                {move || words.get().fee_unknown}
            </p>
            <Show when=move || !desk.closed.get()>
                <div class="acts">
                    <span class="dim sm">{move || form.get().way_on}</span>
                    <Button
                        variant=ButtonVariant::Return
                        size=ButtonSize::Small
                        icon=IconName::Return
                        on_press=Callback::new(move |()| desk.ways.ask_return.set(Some(Stage::Intake)))
                    >
                        {move || {
                            (EntryWords::in_locale(t.locale()).return_to)(
                                t.get().post.stage(Stage::Intake),
                            )
                        }}
                    </Button>
                </div>
            </Show>
        </Section>
    }
}

#[component]
fn Open(
    no: u8,
    computed: Vec<ComputedFee>,
    settled: Option<SettledFees>,
    editing: RwSignal<bool>,
) -> impl IntoView {
    let (desk, words, form) = (use_desk(), use_text::<ServicingWords>(), use_text::<FormWords>());
    let part = format!("fees-{no}");
    let blank: Vec<FeeTyped> = match settled {
        Some(settled) => settled
            .lines
            .into_iter()
            .map(|line| FeeTyped {
                settled: Ok(Some(line.settled.minor)),
                again: Ok((line.settled != line.computed).then_some(line.settled.minor)),
                reason: line.reason.unwrap_or_default(),
            })
            .collect(),
        None => vec![FeeTyped::default(); computed.len()],
    };
    let lines = desk.draft::<Vec<FeeTyped>>(&part, move || blank);
    let of = StoredValue::new(computed.clone());
    // A draft of other lines than are computed now is of no use.
    if lines.with_untracked(Vec::len) != computed.len() {
        lines.set(vec![FeeTyped::default(); computed.len()]);
    }
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let standings = Memo::new(move |_| {
        of.with_value(|of| {
            lines.with(|lines| {
                lines.iter().zip(of).map(|(line, of)| line.standing(of.amount)).collect::<Vec<_>>()
            })
        })
    });
    let count =
        move |wanted: fn(&Fee) -> bool| standings.with(|all| all.iter().filter(|fee| wanted(fee)).count());
    let submit = Submit::new(
        desk,
        move || {
            let lines = of.with_value(|of| {
                lines.with(|lines| {
                    lines.iter().zip(of).map(|(line, of)| line.input(of)).collect::<Option<Vec<_>>>()
                })
            })?;
            Some(Command::SettleFee { item: no, lines })
        },
        move || match count(|fee| matches!(fee, Fee::Open | Fee::Deviates(_))) {
            0 => None,
            n => Some((form.get().to_fill)(number(n))),
        },
    )
    .then(move || {
        desk.sent(&part);
        editing.try_set(false);
    });
    let sub = move || {
        let applied = desk
            .bench
            .opened
            .with(|opened| opened.as_ref().map(|opened| full_date(opened.case.registration.applied_on)));
        (words.get().fees_sub)(&applied.unwrap_or_default())
    };
    let controls = move || {
        let n = count(|fee| matches!(fee, Fee::Deviates(_) | Fee::Explained(_)));
        view! {
            {(n > 0)
                .then(|| {
                    view! {
                        <Tag state=State::Soon icon=IconName::StateSoon>{(words.get().deviates)(number(n))}</Tag>
                    }
                })}
            {editing
                .get()
                .then(|| {
                    view! {
                        <Button
                            variant=ButtonVariant::Quiet
                            size=ButtonSize::Small
                            on_press=Callback::new(move |()| editing.set(false))
                        >
                            {move || form.get().keep}
                        </Button>
                    }
                })}
        }
    };
    let empty = computed.is_empty();
    view! {
        <Section title=move || words.get().fees sub=sub controls=controls>
            <SubmitForm submit=submit label=move || words.get().fees>
                {if empty {
                    view! { <p class="wide mut">{move || words.get().no_fee}</p> }.into_any()
                } else {
                    view! {
                        <table class="tbl fees wide">
                            <FeeHead/>
                            <tbody>
                                {computed
                                    .into_iter()
                                    .enumerate()
                                    .map(|(index, of)| {
                                        view! {
                                            <Working of=of.clone()/>
                                            <OneLine no=no index=index of=of lines=lines submit=submit/>
                                        }
                                    })
                                    .collect_view()}
                            </tbody>
                        </table>
                    }
                    .into_any()
                }}
                <Deviation no=no of=of lines=lines submit=submit/>
                <div class="wide acts">
                    <SubmitButton submit=submit>{move || words.get().settle}</SubmitButton>
                </div>
            </SubmitForm>
        </Section>
    }
}

#[component]
fn FeeHead() -> impl IntoView {
    let words = use_text::<ServicingWords>();
    view! {
        <caption class="vh">{move || words.get().fees}</caption>
        <thead>
            <tr>
                <th scope="col">{move || words.get().working}</th>
                <th scope="col" class="num">{move || words.get().computed}</th>
                <th scope="col" class="num c-in">{move || words.get().settled}</th>
                <th scope="col" class="num c-c">{move || words.get().deviation}</th>
            </tr>
        </thead>
    }
}

/// The terms of a line, each with its amount in the line's direction.
#[component]
fn Working(of: ComputedFee) -> impl IntoView {
    let words = use_text::<ServicingWords>();
    of.working
        .into_iter()
        .map(|line| {
            let name = line.term.label();
            view! {
                <tr class="term">
                    <th scope="row">{move || label(&name, words.locale())}</th>
                    <td class="num">{amount(line.amount.minor)}</td>
                    <td class="c-in"></td>
                    <td class="c-c"></td>
                </tr>
            }
        })
        .collect_view()
}

/// What a line is, and which way its money goes.
fn line_name(of: &ComputedFee, words: &ServicingWords, locale: Locale) -> String {
    let way = match of.direction {
        FeeDirection::Refund => words.refund,
        FeeDirection::Collect => words.collect,
    };
    format!("{way} {}", label(&of.kind.label(), locale))
}

#[component]
fn OneLine(
    no: u8,
    index: usize,
    of: ComputedFee,
    lines: RwSignal<Vec<FeeTyped>>,
    submit: Submit,
) -> impl IntoView {
    let (desk, words, t) = (use_desk(), use_text::<ServicingWords>(), use_messages());
    let computed = of.amount;
    let line = Memo::new(move |_| lines.with(|lines| lines.get(index).cloned().unwrap_or_default()));
    let standing = Memo::new(move |_| line.with(|line| line.standing(computed)));
    let change = move |change: &dyn Fn(&mut FeeTyped)| {
        lines.update(|lines| {
            if let Some(line) = lines.get_mut(index) {
                change(line);
            }
        });
    };
    let name = StoredValue::new(of);
    let title = move || name.with_value(|of| line_name(of, words.get(), words.locale()));
    let by = move || match standing.get() {
        Fee::Deviates(by) | Fee::Explained(by) => Some(by),
        Fee::AsComputed => Some(0),
        Fee::Open => None,
    };
    let deviates = Memo::new(move |_| matches!(standing.get(), Fee::Deviates(_) | Fee::Explained(_)));
    let faulty = move |typed: fn(&FeeTyped) -> super::fee_line::Typed, pointer: String, missing: bool| {
        Signal::derive(move || {
            let here = |text: &str| Shown { pointer: pointer.clone(), text: text.to_owned(), warns: false };
            let told = told_at(desk, Some(no), &pointer);
            told.or_else(|| match line.with(typed) {
                Err(error) => Some(here(t.get().field().amount(error))),
                Ok(None) if missing && submit.tried() => Some(here(t.get().field().required)),
                Ok(_) => None,
            })
        })
    };
    let settled_fault = faulty(|line| line.settled, format!("/settle_fee/lines/{index}/settled"), true);
    let again_fault = faulty(|line| line.again, String::from("/"), true);
    let reason_fault = Signal::derive(move || {
        let pointer = format!("/settle_fee/lines/{index}/reason");
        let missing = submit.tried() && line.with(|line| line.reason.trim().is_empty());
        told_at(desk, Some(no), &pointer).or_else(|| {
            missing.then(|| Shown { pointer, text: t.get().field().required.to_owned(), warns: false })
        })
    });
    let again_fits = Signal::derive(move || {
        line.with(|line| line.again.is_ok_and(|again| again.is_some()) && line.again == line.settled)
            .then(|| words.get().again_fits.to_owned())
    });
    view! {
        <tr class="sum" data-s=move || deviates.get().then_some("soon")>
            <th scope="row">{title}</th>
            <td class="num">{amount(computed.minor)}</td>
            <td class="num c-in">
                <Slot fault=settled_fault>
                    <AmountInput
                        value=Signal::derive(move || line.with(|line| line.settled.ok().flatten()))
                        on_change=Callback::new(move |typed| change(&|line| line.settled = typed))
                        label=move || format!("{} {}", title(), words.get().settled)
                        disabled=desk.closed
                        small=true
                    />
                </Slot>
            </td>
            <td class="num c-c" class:dim=move || !deviates.get()>
                {move || by().map(signed)}
            </td>
        </tr>
        {move || {
            deviates
                .get()
                .then(|| {
                    view! {
                        <tr class="exp" data-s="soon">
                            <td colspan="4">
                                <div class="dev">
                                    <Slot label=move || words.get().reason fault=reason_fault required=true>
                                        <TextArea
                                            value=Signal::derive(move || line.with(|line| line.reason.clone()))
                                            on_input=Callback::new(move |text: String| {
                                                change(&|line| line.reason.clone_from(&text));
                                            })
                                            disabled=desk.closed
                                            max_length=2000
                                        />
                                    </Slot>
                                    <Slot
                                        label=move || words.get().key_again
                                        fault=again_fault
                                        fits=again_fits
                                        required=true
                                    >
                                        <AmountInput
                                            value=Signal::derive(move || line.with(|line| line.again.ok().flatten()))
                                            on_change=Callback::new(move |typed| change(&|line| line.again = typed))
                                            disabled=desk.closed
                                        />
                                    </Slot>
                                </div>
                            </td>
                        </tr>
                    }
                })
        }}
    }
}

/// A deviation with its sign: `+212.40`.
fn signed(by: i64) -> String {
    let text = amount(by);
    if by > 0 && delta(by).starts_with('+') { format!("+{text}") } else { text }
}

/// Who must allow a deviation beyond the grant, and what became of asking.
#[component]
fn Deviation(
    no: u8,
    of: StoredValue<Vec<ComputedFee>>,
    lines: RwSignal<Vec<FeeTyped>>,
    submit: Submit,
) -> impl IntoView {
    let (desk, words) = (use_desk(), use_text::<ServicingWords>());
    let sum = Memo::new(move |_| of.with_value(|of| lines.with(|lines| deviation(lines, of))));
    let way = Memo::new(move |_| of.with_value(|of| lines.with(|lines| towards(lines, of))));
    let asked = desk.bench.of(move |opened| {
        let own =
            |approval: &&Approval| matches!(approval.matter, Matter::FeeDeviation { item, .. } if item == no);
        opened.case.approvals.iter().filter(own).cloned().collect::<Vec<_>>()
    });
    let needed = move || match submit.refusal() {
        Some(refusal @ Refusal::ApprovalNeeded { .. }) => Some(desk.bench.word(&refusal)),
        _ => None,
    };
    let ask = move || {
        let reason = lines.with(|lines| {
            let reasons: Vec<&str> =
                lines.iter().map(|line| line.reason.trim()).filter(|text| !text.is_empty()).collect();
            reasons.join("; ")
        });
        let matter = Matter::FeeDeviation { item: no, towards: Some(way.get()), amount: sum.get() };
        Command::RequestApproval { matter, reason }
    };
    // One open request for as much is enough.
    let waits = move || {
        asked.get().unwrap_or_default().iter().any(|approval| {
            approval.state == ApprovalState::Open
                && matches!(&approval.matter, Matter::FeeDeviation { towards, amount, .. }
                    if *towards == Some(way.get()) && amount.minor >= sum.get().minor)
        })
    };
    view! {
        <Show when=move || { sum.get() > Money::ZERO }>
            <div class="wide appr">
                {move || needed().map(|text| view! {
                    <p class="row t-soon">
                        <Icon name=IconName::StateSoon/>
                        {text}
                    </p>
                })}
                <ul>
                    {move || {
                        asked
                            .get()
                            .unwrap_or_default()
                            .into_iter()
                            .map(|approval| view! { <li class="row">{approval_line(desk, &approval)}</li> })
                            .collect_view()
                    }}
                </ul>
                {move || {
                    (needed().is_some() && !waits())
                        .then(|| {
                            view! {
                                <Button
                                    size=ButtonSize::Small
                                    icon=IconName::Send
                                    busy=desk.bench.busy
                                    disabled=Signal::derive(move || desk.bench.why_not(&ask()))
                                    on_press=Callback::new(move |()| {
                                        let command = untrack(ask);
                                        spawn_local(async move {
                                            desk.bench.send(command).await;
                                        });
                                    })
                                >
                                    {move || words.get().ask}
                                </Button>
                            }
                        })
                }}
            </div>
        </Show>
    }
}

/// A request for approval: for how much, and what became of it.
fn approval_line(desk: Desk, approval: &Approval) -> AnyView {
    let locale = desk.bench.locale();
    let (words, page) = (ServicingWords::in_locale(locale), CasePage::in_locale(locale));
    let sum = match &approval.matter {
        Matter::FeeDeviation { amount: sum, .. } => (words.for_amount)(&amount(sum.minor)),
        _ => String::new(),
    };
    let (state, text) = desk.bench.opened.with(|opened| {
        let person =
            |id| opened.as_ref().map_or_else(String::new, |opened| opened.wording(locale).person(id));
        match &approval.state {
            ApprovalState::Open => (State::Wait, page.approval_open.to_owned()),
            ApprovalState::Granted(by) => (State::Ok, (page.approval_granted)(&person(by))),
            ApprovalState::Refused { by, reason } => {
                (State::Over, (page.approval_refused)(&person(by), reason))
            }
            ApprovalState::Used => (State::Line, page.approval_used.to_owned()),
            ApprovalState::Fallen => (State::Line, page.approval_fallen.to_owned()),
        }
    });
    view! {
        <Tag state=state>{text}</Tag>
        <span class="num">{sum}</span>
        <span class="dim sm">{moment(approval.at, desk.bench.clock().now())}</span>
    }
    .into_any()
}

#[component]
fn Settled(settled: SettledFees, computed: Vec<ComputedFee>, editing: RwSignal<bool>) -> impl IntoView {
    let (desk, words, t) = (use_desk(), use_text::<ServicingWords>(), use_messages());
    let done = settled.done.clone();
    let mark = move || {
        view! {
            {done_mark(desk.bench, words.get().settled_mark.to_owned(), &done)}
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
        <Section title=move || words.get().fees controls=mark>
            <FeeTable settled=settled computed=computed/>
        </Section>
    }
}

/// Settled fees beside the computed ones, with their working.
#[component]
pub fn FeeTable(
    /// What was settled.
    settled: SettledFees,
    /// What the rule computes.
    computed: Vec<ComputedFee>,
) -> impl IntoView {
    let words = use_text::<ServicingWords>();
    if settled.lines.is_empty() {
        return view! { <p class="mut">{move || words.get().no_fee}</p> }.into_any();
    }
    let rows = settled
        .lines
        .into_iter()
        .zip(computed)
        .map(|(line, of)| {
            let by = line.settled.minor - line.computed.minor;
            let name = of.clone();
            view! {
                <Working of=of/>
                <tr class="sum" data-s=(by != 0).then_some("soon")>
                    <th scope="row">{move || line_name(&name, words.get(), words.locale())}</th>
                    <td class="num">{amount(line.computed.minor)}</td>
                    <td class="num c-in">{amount(line.settled.minor)}</td>
                    <td class="num c-c" class:dim=by == 0>{signed(by)}</td>
                </tr>
                {line
                    .reason
                    .map(|reason| {
                        view! {
                            <tr class="exp" data-s="soon">
                                <td colspan="4">
                                    <span class="dim sm">{move || words.get().reason}</span>
                                    " "
                                    {reason}
                                </td>
                            </tr>
                        }
                    })}
            }
        })
        .collect_view();
    view! {
        <table class="tbl fees">
            <FeeHead/>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}
