//! What the core system shows: keyed from its screen, compared with what was entered, cancelled where it was.

use super::core_row::{Row, standing};
use crate::components::{Button, ButtonSize, ButtonVariant, Icon, IconName, State, Tag};
use crate::i18n::forms::FormWords;
use crate::i18n::forms::servicing::ServicingWords;
use crate::i18n::terms::Terms;
use crate::i18n::wording::label;
use crate::i18n::{Localised, use_text};
use crate::pages::case::act::Act;
use crate::pages::case::desk::use_desk;
use crate::pages::case::forms::field::{Bare, Keyed, Purpose, Sheet};
use crate::pages::case::forms::marked::full;
use crate::pages::case::forms::section::Section;
use crate::pages::case::forms::submit::{Submit, SubmitButton, SubmitForm};
use crate::pages::case::forms::text_slot::TextSlot;
use domain::case::item::{CoreState, Fields};
use domain::case::state::{ApprovalState, Matter};
use domain::case::{Command, Refusal};
use domain::id::FieldKey;
use leptos::prelude::*;
use std::sync::Arc;

/// How the core result of an item stands.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Stand {
    /// None is recorded.
    Open,
    /// Recorded, and its comparison fell with a return.
    Anew,
    /// Recorded and compared.
    Recorded,
}

/// The core result of an item.
#[component]
pub fn Core(
    /// Its number.
    no: u8,
) -> impl IntoView {
    let desk = use_desk();
    let stand = desk.bench.of(move |opened| {
        let core = opened.case.item(no).and_then(|item| item.core.as_ref());
        core.map_or(Stand::Open, |core| if core.compared { Stand::Recorded } else { Stand::Anew })
    });
    // Another confirmed entry is another sheet: its fields are those entered.
    let entered = desk.bench.of(move |opened| {
        opened
            .case
            .item(no)
            .and_then(|item| item.confirmed())
            .map(|entered| entered.fields.keys().cloned().collect::<Vec<FieldKey>>())
            .unwrap_or_default()
    });
    move || {
        let stand = stand.get()?;
        let keys = entered.get()?;
        Some(match stand {
            Stand::Recorded => view! { <Recorded no=no/> }.into_any(),
            stand => view! { <Open no=no keys=keys anew=stand == Stand::Anew/> }.into_any(),
        })
    }
}

#[component]
fn Open(no: u8, keys: Vec<FieldKey>, anew: bool) -> impl IntoView {
    let (desk, words) = (use_desk(), use_text::<ServicingWords>());
    let opened = desk.opened()?;
    let item = Arc::new(opened.catalogue.item(&opened.case.item(no)?.code)?.clone());
    let lay = |part: String| {
        let purpose = Purpose { item: no, part, at: "/record_core_result/fields", rules: false };
        Sheet::new(desk, item.clone(), &keys, purpose, |spec| Keyed::blank(&spec.kind))
    };
    let (sheet, again) = (lay(format!("core-{no}")), lay(format!("core-again-{no}")));
    let part = format!("core-reference-{no}");
    let reference = desk.draft(&part, String::new);
    let rows = Memo::new(move |_| {
        let entered = desk.bench.opened.with(|opened| {
            let entered = opened.as_ref()?.case.item(no)?.confirmed()?;
            Some(entered.fields.clone())
        });
        let entered: Fields = entered.unwrap_or_default();
        entered
            .iter()
            .map(|(key, value)| (key.clone(), standing(value, &sheet.read(key), &again.read(key))))
            .collect::<Vec<(FieldKey, Row)>>()
    });
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let count =
        move |wanted: &[Row]| rows.with(|rows| rows.iter().filter(|(_, row)| wanted.contains(row)).count());
    let submit = Submit::new(
        desk,
        move || {
            // Only what differs is keyed again; what was typed beside it meanwhile is not sent.
            let twice = rows.with(|rows| {
                rows.iter()
                    .filter(|(_, row)| *row == Row::Twice)
                    .map(|(key, _)| key.clone())
                    .collect::<Vec<_>>()
            });
            let mut second = again.fields();
            second.retain(|key, _| twice.contains(key));
            Some(Command::RecordCoreResult {
                item: no,
                reference: reference.with(|reference| reference.trim().to_owned()),
                state: CoreState::Pending,
                fields: sheet.fields(),
                again: second,
            })
        },
        move || {
            let words = words.get();
            let (open, differ) = (count(&[Row::Open, Row::Half]), count(&[Row::Differs, Row::AgainDiffers]));
            if reference.with(|reference| reference.trim().is_empty()) {
                Some(words.no_reference.to_owned())
            } else if open > 0 {
                Some((words.rows_to_key)(number(open)))
            } else if differ > 0 {
                Some((words.rows_again)(number(differ)))
            } else {
                None
            }
        },
    )
    .of_sheet(sheet)
    .then(move || {
        again.sent();
        desk.sent(&part);
    });
    let before = desk.bench.of(move |opened| {
        opened.case.item(no).and_then(|item| item.core.as_ref()).map(|core| core.reference.clone())
    });
    let sub = move || if anew { words.get().core_anew } else { words.get().core_sub };
    let equal = move || (words.get().equal_of)(number(count(&[Row::Equal])), number(rows.with(Vec::len)));
    let controls = move || view! { <span class="mut sm">{equal}</span> };
    let hint = Signal::derive(move || {
        before.get().flatten().map(|reference| (words.get().reference_is)(&reference))
    });
    let form = use_text::<FormWords>();
    let rows_of = sheet.keys();
    Some(view! {
        <Section title=move || words.get().core sub=sub controls=controls>
            <SubmitForm submit=submit label=move || words.get().core>
                <TextSlot
                    label=move || form.get().reference
                    value=reference
                    on_input=Callback::new(move |text| reference.set(text))
                    submit=submit
                    item=no
                    pointer="/record_core_result/reference"
                    hint=hint
                    span=6
                />
                <table class="tbl core wide">
                    <caption class="vh">{move || words.get().core}</caption>
                    <thead class="vh">
                        <tr>
                            <th scope="col">{move || form.get().field}</th>
                            <th scope="col">{move || words.get().value}</th>
                            <th scope="col">{move || form.get().result}</th>
                        </tr>
                    </thead>
                    <tbody>
                        {rows_of
                            .into_iter()
                            .map(|key| view! { <OneRow key=key sheet=sheet again=again rows=rows submit=submit/> })
                            .collect_view()}
                    </tbody>
                </table>
                <div class="wide acts">
                    <SubmitButton submit=submit>{move || words.get().record}</SubmitButton>
                </div>
            </SubmitForm>
            <Show when=move || before.with(|before| before.as_ref().is_some_and(Option::is_some))>
                <Cancelling no=no/>
            </Show>
        </Section>
    })
}

#[component]
fn OneRow(
    key: FieldKey,
    sheet: Sheet,
    again: Sheet,
    rows: Memo<Vec<(FieldKey, Row)>>,
    submit: Submit,
) -> impl IntoView {
    let (words, form) = (use_text::<ServicingWords>(), use_text::<FormWords>());
    let spec = sheet.spec(&key)?;
    let own = key.clone();
    let row = Memo::new(move |_| {
        rows.with(|rows| rows.iter().find(|(key, _)| *key == own).map_or(Row::Open, |(_, row)| *row))
    });
    // A value half typed is not yet another one: it is compared once the person has left it.
    let pointer = format!("/{key}");
    let seen = Memo::new(move |_| submit.tried() || sheet.was_left(&pointer));
    let asks_again =
        Memo::new(move |_| seen.get() && matches!(row.get(), Row::Differs | Row::Twice | Row::AgainDiffers));
    let name = move || label(&spec.label, form.locale());
    let second = key.clone();
    Some(view! {
        <tr data-s=move || asks_again.get().then_some("soon")>
            <th scope="row">{name}</th>
            <td>
                <Bare sheet=sheet key=key/>
                {move || {
                    let second = second.clone();
                    asks_again
                        .get()
                        .then(|| {
                            view! {
                                <p class="t-soon sm">{move || words.get().not_as_entered}</p>
                                <Bare sheet=again key=second/>
                            }
                        })
                }}
            </td>
            <td>
                {move || match row.get() {
                    Row::Equal if seen.get() => {
                        view! {
                            <span class="t-ok row sm" data-tip=words.get().as_entered>
                                <Icon name=IconName::StateDone/>
                                {form.get().agrees}
                            </span>
                        }
                        .into_any()
                    }
                    Row::Twice => view! { <span class="t-soon sm">{words.get().keyed_twice}</span> }.into_any(),
                    Row::AgainDiffers => {
                        view! { <span class="t-over sm">{words.get().again_differs}</span> }.into_any()
                    }
                    Row::Differs if seen.get() => {
                        view! { <span class="t-soon sm">{form.get().differs}</span> }.into_any()
                    }
                    _ => view! { <span class="dim sm">{form.get().to_key}</span> }.into_any(),
                }}
            </td>
        </tr>
    })
}

/// A recorded result, with its differences from what was entered.
#[component]
fn Recorded(no: u8) -> impl IntoView {
    let (desk, words, form) = (use_desk(), use_text::<ServicingWords>(), use_text::<FormWords>());
    let mark = move || {
        let (done, state) = desk.bench.opened.with(|opened| {
            let core = opened.as_ref()?.case.item(no)?.core.as_ref()?;
            Some((core.done.clone(), core.state))
        })?;
        let terms = Terms::in_locale(desk.bench.locale());
        let (icon, tag) = match state {
            CoreState::Pending => (IconName::StateWait, State::Wait),
            CoreState::Effective => (IconName::StateDone, State::Ok),
        };
        let words = terms.core_state(state);
        let by = desk.bench.say(|_, wording| {
            (form.get().done_by)(
                &wording.by(&done.by),
                &crate::format::moment(done.at, desk.bench.clock().now()),
            )
        });
        Some(view! {
            <Tag state=tag icon=icon>{words}</Tag>
            <span class="sub">{by}</span>
        })
    };
    let sub = move || {
        let reference = desk
            .bench
            .opened
            .with(|opened| Some(opened.as_ref()?.case.item(no)?.core.as_ref()?.reference.clone()));
        reference.map(|reference| (words.get().reference_is)(&reference)).unwrap_or_default()
    };
    let rows = move || {
        let locale = desk.bench.locale();
        let opened = desk.bench.opened.get()?;
        let wording = opened.wording(locale);
        let item = opened.case.item(no)?;
        let entry = opened.catalogue.item(&item.code)?;
        let core = item.core.as_ref()?;
        let entered = &item.entered.as_ref()?.fields;
        let rows = entry
            .fields
            .iter()
            .filter_map(|spec| {
                let shown = core.fields.get(&spec.key)?;
                let same = entered.get(&spec.key).and_then(|entered| entered.same(shown)) == Some(true);
                let end = if same {
                    view! { <span class="t-ok"><Icon name=IconName::StateDone/></span> }.into_any()
                } else {
                    view! { <span class="t-soon sm">{form.get().differs}</span> }.into_any()
                };
                Some(view! {
                    <tr data-s=(!same).then_some("soon")>
                        <th scope="row">{wording.label(&spec.label)}</th>
                        <td>{full(shown, Some(spec), &wording)}</td>
                        <td>{end}</td>
                    </tr>
                })
            })
            .collect_view();
        Some(rows)
    };
    view! {
        <Section title=move || words.get().core sub=sub controls=mark>
            <table class="tbl core">
                <caption class="vh">{move || words.get().core}</caption>
                <tbody>{rows}</tbody>
            </table>
            <Cancelling no=no/>
        </Section>
    }
}

/// Recording that the core has cancelled its result.
#[component]
fn Cancelling(no: u8) -> impl IntoView {
    let (desk, words, form) = (use_desk(), use_text::<ServicingWords>(), use_text::<FormWords>());
    let open = RwSignal::new(false);
    let reference = desk.bench.of(move |opened| {
        opened.case.item(no).and_then(|item| item.core.as_ref()).map(|core| core.reference.clone())
    });
    let part = format!("core-cancel-{no}");
    let reason = desk.draft(&part, String::new);
    let submit = Submit::new(
        desk,
        move || {
            let reference = reference.get().flatten()?;
            Some(Command::CancelCoreResult { item: no, reference, reason: reason.get() })
        },
        || None,
    )
    .then(move || {
        desk.sent(&part);
        open.try_set(false);
    });
    // What is in force is cancelled with a manager's approval that names the item.
    let needed = move || matches!(submit.refusal(), Some(Refusal::ApprovalNeeded { .. }));
    let asked = desk.bench.of(move |opened| {
        opened.case.approvals.iter().any(|approval| {
            approval.matter == Matter::CancelEffective { item: no } && approval.state == ApprovalState::Open
        })
    });
    let ask = Signal::derive(move || {
        let reason = reason.get();
        let matter = Matter::CancelEffective { item: no };
        (!reason.trim().is_empty()).then_some(Command::RequestApproval { matter, reason })
    });
    view! {
        <Show
            when=move || open.get()
            fallback=move || {
                view! {
                    <Show when=move || !desk.closed.get()>
                        <div class="acts">
                            <Button
                                variant=ButtonVariant::Quiet
                                size=ButtonSize::Small
                                icon=IconName::Undo
                                on_press=Callback::new(move |()| open.set(true))
                            >
                                {move || words.get().cancel}
                            </Button>
                        </div>
                    </Show>
                }
            }
        >
            <SubmitForm submit=submit label=move || words.get().cancel>
                <TextSlot
                    label=move || words.get().cancel_reason
                    value=reason
                    on_input=Callback::new(move |text| reason.set(text))
                    submit=submit
                    item=no
                    pointer="/cancel_core_result/reason"
                    hint=Signal::derive(move || {
                        reference.get().flatten().map(|reference| (words.get().cancel_hint)(&reference))
                    })
                    span=12
                />
                <div class="wide acts">
                    <Button on_press=Callback::new(move |()| open.set(false))>{move || form.get().keep}</Button>
                    {move || {
                        if asked.get() == Some(true) {
                            view! { <span class="mut sm">{move || words.get().cancel_asked}</span> }.into_any()
                        } else if needed() {
                            view! { <Act command=ask>{move || words.get().ask}</Act> }.into_any()
                        } else {
                            ().into_any()
                        }
                    }}
                    <SubmitButton submit=submit variant=ButtonVariant::Danger icon=IconName::Undo>
                        {move || words.get().cancel_do}
                    </SubmitButton>
                </div>
            </SubmitForm>
        </Show>
    }
}
