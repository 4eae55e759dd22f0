//! The application's key fields, keyed without seeing what was entered.

use super::asked_row::{AskedTyped, Row, is_keyed, keys, row};
use crate::components::entry::Choice;
use crate::components::segmented::Segment;
use crate::components::{Button, ButtonSize, ButtonVariant, Icon, IconName, Segmented, Select, State, Tag};
use crate::i18n::forms::FormWords;
use crate::i18n::forms::recheck::RecheckWords;
use crate::i18n::wording::label;
use crate::i18n::{use_messages, use_text};
use crate::pages::case::desk::use_desk;
use crate::pages::case::forms::field::{Bare, Keyed, Purpose, Sheet, Shown, Slot};
use crate::pages::case::forms::section::Section;
use crate::pages::case::forms::submit::{Submit, SubmitButton, SubmitForm};
use crate::pages::case::forms::text_slot::told_at;
use domain::case::Command;
use domain::case::item::Asked;
use domain::id::FieldKey;
use leptos::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What stands beside the values.
type Silences = BTreeMap<FieldKey, AskedTyped>;

/// The application of an item: open until it is keyed, or while it is changed.
#[component]
pub fn AskedForm(
    /// Number of the item.
    no: u8,
) -> impl IntoView {
    let desk = use_desk();
    let done = desk.bench.of(move |opened| {
        let item = opened.case.item(no)?;
        let entry = opened.catalogue.item(&item.code)?;
        Some((is_keyed(item, entry, &opened.catalogue), keys(entry, &opened.catalogue).len()))
    });
    let editing = RwSignal::new(false);
    move || {
        let (done, of) = done.get().flatten()?;
        Some(if done && !editing.get() {
            view! { <Done no=no of=of editing=editing/> }.into_any()
        } else {
            view! { <Open no=no editing=editing/> }.into_any()
        })
    }
}

#[component]
fn Open(no: u8, editing: RwSignal<bool>) -> impl IntoView {
    let (desk, words, form) = (use_desk(), use_text::<RecheckWords>(), use_text::<FormWords>());
    let opened = desk.opened()?;
    let case_item = opened.case.item(no)?.clone();
    let item = Arc::new(opened.catalogue.item(&case_item.code)?.clone());
    let all = keys(&item, &opened.catalogue);
    let (part, beside) = (format!("asked-{no}"), format!("asked-silent-{no}"));
    let purpose = Purpose { item: no, part, at: "/key_asked/asked", rules: false };
    // What was keyed in an earlier round stands while its paper is unchanged.
    let stored = case_item.asked;
    let sheet = Sheet::new(desk, item.clone(), &all, purpose, |spec| match stored.get(&spec.key) {
        Some(Asked::Stated(value)) => Keyed::holding(spec, value),
        _ => Keyed::blank(&spec.kind),
    });
    let silences = desk.draft::<Silences>(&beside, || {
        stored
            .iter()
            .filter_map(|(key, asked)| match asked {
                Asked::ByRule(rule) => Some((key.clone(), AskedTyped { silent: true, rule: rule.clone() })),
                Asked::Stated(_) => None,
            })
            .collect()
    });
    let rows = Memo::new(move |_| {
        sheet
            .keys()
            .into_iter()
            .filter_map(|key| {
                let typed = silences.with(|silences| silences.get(&key).cloned().unwrap_or_default());
                sheet.spec(&key)?;
                let row = row(&sheet.read(&key), &typed);
                Some((key, row))
            })
            .collect::<Vec<(FieldKey, Row)>>()
    });
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let keyed = move || rows.with(|rows| rows.iter().filter(|(_, row)| matches!(row, Row::Keyed(_))).count());
    let open =
        move || rows.with(|rows| rows.iter().filter(|(_, row)| matches!(row, Row::Open | Row::Half)).count());
    let submit = Submit::new(
        desk,
        move || {
            let asked: BTreeMap<FieldKey, Asked> = rows.with(|rows| {
                let keyed = rows.iter().filter_map(|(key, row)| match row {
                    Row::Keyed(asked) => Some((key.clone(), asked.clone())),
                    _ => None,
                });
                keyed.collect()
            });
            Some(Command::KeyAsked { item: no, asked })
        },
        move || match open() {
            0 => None,
            n => Some((form.get().to_fill)(number(n))),
        },
    )
    .of_sheet(sheet)
    .then(move || {
        desk.sent(&beside);
        editing.try_set(false);
    });
    let of = all.len();
    let code = item.code.clone();
    let name = code.clone();
    let item_name = move || desk.bench.say(|_, wording| wording.item(&name));
    let title = move || (words.get().asked_of)(&item_name());
    let controls = move || {
        view! {
            <span class="mut sm">{move || (words.get().keyed_of)(number(keyed()), number(of))}</span>
            {editing
                .get()
                .then(|| {
                    view! {
                        <Button
                            variant=ButtonVariant::Quiet
                            size=ButtonSize::Small
                            on_press=Callback::new(move |()| {
                                sheet.sent();
                                editing.set(false);
                            })
                        >
                            {move || form.get().keep}
                        </Button>
                    }
                })}
        }
    };
    let title_text = TextProp::from(title);
    Some(view! {
        <Section
            title=title_text.clone()
            code=code.to_string()
            sub=move || words.get().asked_sub
            controls=controls
        >
            <SubmitForm submit=submit label=title_text>
                <table class="tbl core ask wide">
                    <caption class="vh">{move || words.get().asked}</caption>
                    <thead class="vh">
                        <tr>
                            <th scope="col">{move || form.get().field}</th>
                            <th scope="col">{move || words.get().on_paper}</th>
                            <th scope="col">{move || form.get().result}</th>
                        </tr>
                    </thead>
                    <tbody>
                        {all
                            .into_iter()
                            .map(|key| {
                                view! { <OneRow no=no key=key sheet=sheet silences=silences rows=rows submit=submit/> }
                            })
                            .collect_view()}
                    </tbody>
                </table>
                <div class="wide acts">
                    <SubmitButton submit=submit>{move || words.get().record}</SubmitButton>
                </div>
            </SubmitForm>
        </Section>
    })
}

#[component]
fn OneRow(
    no: u8,
    key: FieldKey,
    sheet: Sheet,
    silences: RwSignal<Silences>,
    rows: Memo<Vec<(FieldKey, Row)>>,
    submit: Submit,
) -> impl IntoView {
    let (desk, words, form, t) =
        (use_desk(), use_text::<RecheckWords>(), use_text::<FormWords>(), use_messages());
    let spec = sheet.spec(&key)?;
    let own = StoredValue::new(key.clone());
    let typed = Memo::new(move |_| {
        silences.with(|silences| own.with_value(|key| silences.get(key).cloned().unwrap_or_default()))
    });
    let standing = Memo::new(move |_| {
        rows.with(|rows| {
            own.with_value(|key| {
                rows.iter().find(|(own, _)| own == key).map_or(Row::Open, |(_, row)| row.clone())
            })
        })
    });
    let change = move |change: &dyn Fn(&mut AskedTyped)| {
        silences.update(|silences| change(silences.entry(own.get_value()).or_default()));
    };
    let ways = Signal::derive(move || {
        let words = words.get();
        vec![Segment::new(false, words.stated), Segment::new(true, words.not_stated)]
    });
    // A required field is stated; of another the catalogue names the rules that may hold instead.
    let required = spec.required;
    let rules = spec.when_silent.clone();
    let only = match rules.as_slice() {
        [rule] => Some(rule.code.to_string()),
        _ => None,
    };
    let choices = Signal::derive(move || {
        rules
            .iter()
            .map(|rule| Choice::new(rule.code.to_string(), label(&rule.label, form.locale())))
            .collect::<Vec<_>>()
    });
    let name = spec.label.clone();
    let name = TextProp::from(move || label(&name, form.locale()));
    let (row_name, rule_name) = (name.clone(), name.clone());
    let silent = Memo::new(move |_| typed.with(|typed| typed.silent));
    let rule_fault = Signal::derive(move || {
        let pointer = own.with_value(|key| format!("/key_asked/asked/{key}"));
        let missing = submit.tried() && typed.with(|typed| typed.silent && typed.rule.trim().is_empty());
        told_at(desk, Some(no), &pointer).or_else(|| {
            missing.then(|| Shown { pointer, text: t.get().field().required.to_owned(), warns: false })
        })
    });
    Some(view! {
        <tr>
            <th scope="row">{move || row_name.get()}</th>
            <td>
                <div class="says">
                    {(!required)
                        .then(|| {
                            let only = only.clone();
                            view! {
                                <Segmented
                                    label=name
                                    segments=ways
                                    value=silent
                                    small=true
                                    on_change=Callback::new(move |silent: bool| {
                                        if !desk.closed.get_untracked() {
                                            let rule = only.clone().unwrap_or_default();
                                            change(&|typed| {
                                                typed.silent = silent;
                                                if typed.rule.is_empty() {
                                                    typed.rule.clone_from(&rule);
                                                }
                                            });
                                        }
                                    })
                                />
                            }
                        })}
                    {move || {
                        let rule_name = rule_name.clone();
                        if silent.get() {
                            view! {
                                <Slot fault=rule_fault>
                                    <Select
                                        value=Signal::derive(move || typed.with(|typed| typed.rule.clone()))
                                        choices=choices
                                        none=move || words.get().choose_rule
                                        on_change=Callback::new(move |code: String| {
                                            change(&|typed| typed.rule.clone_from(&code));
                                        })
                                        label=move || format!("{} {}", rule_name.get(), words.get().rule)
                                        disabled=desk.closed
                                        small=true
                                    />
                                </Slot>
                            }
                            .into_any()
                        } else {
                            view! { <Bare sheet=sheet key=own.get_value()/> }.into_any()
                        }
                    }}
                </div>
            </td>
            <td class="dim sm">
                {move || match standing.get() {
                    Row::Keyed(_) => {
                        view! {
                            <span class="row">
                                <Icon name=IconName::StateDone/>
                                {form.get().keyed}
                            </span>
                        }
                        .into_any()
                    }
                    Row::Open | Row::Half => form.get().to_key.into_any(),
                }}
            </td>
        </tr>
    })
}

#[component]
fn Done(no: u8, of: usize, editing: RwSignal<bool>) -> impl IntoView {
    let (desk, words, t) = (use_desk(), use_text::<RecheckWords>(), use_messages());
    let code = desk.opened().and_then(|opened| Some(opened.case.item(no)?.code.clone()));
    let keyed = desk.bench.of(move |opened| opened.case.item(no).map_or(0, |item| item.asked.len()));
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let own = code.clone();
    let title = move || {
        let item = own.as_ref().map(|code| desk.bench.say(|_, wording| wording.item(code)));
        (words.get().asked_of)(&item.unwrap_or_default())
    };
    let controls = move || {
        if of == 0 {
            return view! { <span class="sub">{words.get().nothing_to_key}</span> }.into_any();
        }
        view! {
            <Tag state=State::Ok icon=IconName::StateDone>{words.get().asked_done}</Tag>
            <span class="sub">
                {(words.get().keyed_of)(number(keyed.get().unwrap_or_default()), number(of))}
            </span>
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
        .into_any()
    };
    view! {
        <Section title=title code=code.map(|code| code.to_string()).unwrap_or_default() controls=controls/>
    }
}
