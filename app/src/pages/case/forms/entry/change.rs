//! The change data of an item: its fields by the catalogue, faults as they are made, or what was entered.

use crate::components::{Button, ButtonSize, ButtonVariant, IconName, State, Tag};
use crate::i18n::forms::FormWords;
use crate::i18n::forms::entry::EntryWords;
use crate::i18n::{use_messages, use_text};
use crate::pages::case::bench::Opened;
use crate::pages::case::desk::{Desk, use_desk};
use crate::pages::case::forms::field::{Fields as FieldInputs, Keyed, Purpose, Sheet};
use crate::pages::case::forms::marked::full;
use crate::pages::case::forms::section::{Section, done_mark};
use crate::pages::case::forms::submit::{Submit, SubmitButton, SubmitForm};
use domain::case::item::{Entered, Fields};
use domain::case::{CaseItem, Command, Fact};
use domain::catalogue::Item;
use domain::id::{FieldKey, ItemCode};
use leptos::prelude::*;
use std::sync::Arc;

/// What an item's change data is: to be entered, entered once, entered twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stand {
    Open,
    Entered,
    Confirmed,
}

fn stand(item: &CaseItem) -> Stand {
    match &item.entered {
        None => Stand::Open,
        Some(entered) if entered.confirmed.is_none() => Stand::Entered,
        Some(_) => Stand::Confirmed,
    }
}

/// The name the draft of an item's change data is kept under.
fn part(no: u8) -> String {
    format!("enter-{no}")
}

/// The name the draft of an item's second keying is kept under.
pub fn second_part(no: u8) -> String {
    format!("second-{no}")
}

/// The change data of an item.
#[component]
pub fn Change(
    /// Its number.
    no: u8,
    /// What was entered is being changed.
    editing: RwSignal<bool>,
) -> impl IntoView {
    let desk = use_desk();
    let code = desk.bench.of(move |opened| opened.case.item(no).map(|item| item.code.clone()));
    let stand = desk.bench.of(move |opened| opened.case.item(no).map(stand));
    move || {
        let code = code.get().flatten()?;
        let stand = stand.get().flatten()?;
        Some(if stand == Stand::Open || editing.get() {
            view! { <Open no=no code=code editing=editing/> }.into_any()
        } else {
            view! { <Shown no=no code=code confirmed=stand == Stand::Confirmed editing=editing/> }.into_any()
        })
    }
}

/// What the fields hold at first: what is entered, else what was entered before a return, as far as it may be read.
fn start(opened: &Opened, no: u8, code: &ItemCode) -> (Fields, bool) {
    let item = opened.case.item(no);
    if item.is_some_and(|item| item.blind) {
        // Keyed once and hidden: to mend it is to key it anew.
        return (Fields::new(), false);
    }
    let own = item.and_then(|item| item.entered.as_ref());
    if let Some(Entered { fields, .. }) = own {
        return (fields.clone(), false);
    }
    let last = opened.view.events.iter().rev().find_map(|event| match &event.fact {
        Fact::ChangeEntered { item, fields } if *item == no => Some(fields.clone()),
        _ => None,
    });
    let known = opened.catalogue.item(code).is_some();
    match last.filter(|_| known) {
        Some(fields) => (fields, true),
        None => (Fields::new(), false),
    }
}

#[component]
fn Open(no: u8, code: ItemCode, editing: RwSignal<bool>) -> impl IntoView {
    let desk = use_desk();
    let item = desk.item(&code)?;
    let (before, returned) = desk.opened().map(|opened| start(&opened, no, &code)).unwrap_or_default();
    let keys: Vec<FieldKey> = item.fields.iter().map(|spec| spec.key.clone()).collect();
    let purpose = Purpose { item: no, part: part(no), at: "/enter_change/fields", rules: true };
    let sheet = Sheet::new(desk, item.clone(), &keys, purpose, |spec| {
        before.get(&spec.key).map_or_else(|| Keyed::blank(&spec.kind), |value| Keyed::holding(spec, value))
    });
    Some(view! { <OpenSheet no=no item=item sheet=sheet returned=returned editing=editing/> })
}

#[component]
fn OpenSheet(
    no: u8,
    item: Arc<Item>,
    sheet: Sheet,
    returned: bool,
    editing: RwSignal<bool>,
) -> impl IntoView {
    let (desk, words, form) = (use_desk(), use_text::<EntryWords>(), use_text::<FormWords>());
    let t = use_messages();
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let submit = Submit::new(
        desk,
        move || Some(Command::EnterChange { item: no, fields: sheet.fields() }),
        move || (!sheet.is_read()).then(|| (form.get().to_fill)(number(sheet.wrong()))),
    )
    .of_sheet(sheet)
    .then(move || {
        // Another first value asks for another second keying.
        desk.sent(&second_part(no));
        editing.try_set(false);
    });
    let (code, name) = (item.code.clone(), item.code.clone());
    let title = TextProp::from(move || desk.bench.say(|_, wording| wording.item(&name)));
    let keyed_twice = desk.opened().map_or(0, |opened| opened.catalogue.key_fields(&item).len());
    let sub = move || match keyed_twice {
        0 => String::new(),
        n => (words.get().key_fields)(number(n)),
    };
    let note = item.note.clone();
    let controls = move || {
        editing.get().then(|| {
            view! {
                <span class="sub">{move || words.get().edit_hint}</span>
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
        })
    };
    view! {
        <Section title=title code=code.to_string() sub=sub controls=controls>
            {note
                .map(|note| {
                    let text = move || crate::i18n::wording::label(&note, t.locale());
                    view! { <p class="mut sm">{text}</p> }
                })}
            {returned.then(|| view! { <p class="mut sm">{move || words.get().from_last}</p> })}
            <SubmitForm submit=submit label=move || words.get().enter>
                <FieldInputs sheet=sheet/>
                <div class="wide acts">
                    <SubmitButton submit=submit>{move || words.get().enter}</SubmitButton>
                </div>
            </SubmitForm>
        </Section>
    }
}

/// What was entered: hidden until the second keying agrees, so that it is blind.
#[component]
fn Shown(no: u8, code: ItemCode, confirmed: bool, editing: RwSignal<bool>) -> impl IntoView {
    let (desk, words) = (use_desk(), use_text::<EntryWords>());
    let t = use_messages();
    let name = code.clone();
    let title = TextProp::from(move || desk.bench.say(|_, wording| wording.item(&name)));
    let controls = move || {
        let done = desk.bench.opened.with(|opened| {
            let entered = opened.as_ref()?.case.item(no)?.entered.as_ref()?;
            Some(entered.confirmed.clone().unwrap_or_else(|| entered.done.clone()))
        })?;
        let mark = if confirmed {
            done_mark(desk.bench, words.get().confirmed.to_owned(), &done)
        } else {
            let by = desk.bench.say(|_, wording| {
                (words.get().entered_by)(
                    &wording.by(&done.by),
                    &crate::format::moment(done.at, desk.bench.clock().now()),
                )
            });
            view! {
                <Tag state=State::Line>{move || words.get().entered}</Tag>
                <span class="sub">{by}</span>
            }
            .into_any()
        };
        Some(view! {
            {mark}
            <Show when=move || !desk.closed.get()>
                <Button
                    variant=ButtonVariant::Quiet
                    size=ButtonSize::Small
                    icon=IconName::Fix
                    on_press=Callback::new(move |()| {
                        desk.sent(&second_part(no));
                        editing.set(true);
                    })
                >
                    {move || t.get().common.edit}
                </Button>
            </Show>
        })
    };
    view! {
        <Section title=title code=code.to_string() controls=controls>
            {if confirmed {
                view! { <EnteredFacts no=no/> }.into_any()
            } else {
                view! { <p class="mut sm">{move || words.get().hidden}</p> }.into_any()
            }}
        </Section>
    }
}

/// The entered values of an item, in full where they may be read.
#[component]
pub fn EnteredFacts(
    /// Number of the item.
    no: u8,
) -> impl IntoView {
    let desk: Desk = use_desk();
    let rows = move || {
        let locale = desk.bench.locale();
        let opened = desk.bench.opened.get()?;
        let wording = opened.wording(locale);
        let item = opened.case.item(no)?;
        let entry = opened.catalogue.item(&item.code)?;
        let fields = &item.entered.as_ref()?.fields;
        let rows = entry
            .fields
            .iter()
            .filter_map(|spec| {
                let own = fields.get(&spec.key)?;
                Some(view! {
                    <dt>{wording.label(&spec.label)}</dt>
                    <dd>{full(own, Some(spec), &wording)}</dd>
                })
            })
            .collect_view();
        Some(view! { <dl class="facts ent">{rows}</dl> })
    };
    view! { {rows} }
}
