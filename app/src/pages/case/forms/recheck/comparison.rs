//! The three-way comparison of all items keyed, and the differences explained.

use super::asked_row::is_keyed;
use super::compared_rows::rows as rows_of;
use crate::components::{Comparison, State, Tag, TextInput};
use crate::format::moment;
use crate::i18n::forms::FormWords;
use crate::i18n::forms::recheck::RecheckWords;
use crate::i18n::{Localised, use_messages, use_text};
use crate::pages::case::bench::Opened;
use crate::pages::case::desk::{Desk, use_desk};
use crate::pages::case::forms::field::Slot;
use crate::pages::case::forms::section::Section;
use domain::case::compare::{self, DifferenceKind, compare};
use domain::case::item::Explained;
use domain::id::FieldKey;
use leptos::prelude::*;
use std::collections::BTreeMap;

/// Explanations typed, by item and field.
pub type Explanations = BTreeMap<u8, BTreeMap<FieldKey, String>>;

/// The name their draft is kept under.
pub const DRAFT: &str = "explained";

/// What is typed as explanations.
pub fn explanations(desk: Desk) -> RwSignal<Explanations> {
    desk.draft(DRAFT, Explanations::new)
}

/// Explanations as the pass carries them: those of differences that are there.
pub fn carried(opened: &Opened, typed: &Explanations) -> BTreeMap<u8, Vec<Explained>> {
    let mut carried: BTreeMap<u8, Vec<Explained>> = BTreeMap::new();
    for (no, difference) in differing(opened) {
        let spec =
            opened.case.item(no).and_then(|item| opened.catalogue.item(&item.code)?.field(&difference.field));
        let passed = opened.case.item(no).is_some_and(|item| item.pass.is_some());
        if passed || !spec.is_some_and(|spec| difference.may_be_explained(spec)) {
            continue;
        }
        let reason = typed.get(&no).and_then(|fields| fields.get(&difference.field));
        let reason = reason.map(|text| text.trim()).unwrap_or_default();
        if !reason.is_empty() {
            let explained = Explained { field: difference.field, reason: reason.to_owned() };
            carried.entry(no).or_default().push(explained);
        }
    }
    carried
}

/// Every field of the items keyed, compared.
fn compared(opened: &Opened) -> Vec<(u8, compare::Difference)> {
    opened
        .case
        .open_items()
        .filter_map(|item| Some((item, opened.catalogue.item(&item.code)?)))
        .filter(|(item, entry)| is_keyed(item, entry, &opened.catalogue))
        .flat_map(|(item, entry)| compare(item, entry).into_iter().map(move |row| (item.no, row)))
        .collect()
}

/// Those that differ.
pub fn differing(opened: &Opened) -> Vec<(u8, compare::Difference)> {
    compared(opened).into_iter().filter(|(_, row)| row.kind.is_some()).collect()
}

/// The comparison, and below it the differences with their explanations.
#[component]
pub fn ThreeWay(
    /// Explanations typed.
    explained: RwSignal<Explanations>,
) -> impl IntoView {
    let (desk, words) = (use_desk(), use_text::<RecheckWords>());
    let only = RwSignal::new(false);
    let waits = desk.bench.of(|opened| compared(opened).is_empty());
    let rows = Memo::new(move |_| {
        let locale = desk.bench.locale();
        desk.bench.opened.with(|opened| {
            let Some(opened) = opened else { return Vec::new() };
            let wording = opened.wording(locale);
            compared(opened)
                .into_iter()
                .flat_map(|(no, row)| {
                    let note = note(opened, no, &row.field);
                    rows_of(opened, no, &row, note.as_deref(), &wording)
                })
                .collect()
        })
    });
    let entered_by = move || {
        desk.bench.say(|opened, wording| {
            let done =
                opened.case.open_items().find_map(|item| item.entered.as_ref().map(|entered| &entered.done));
            let now = desk.bench.clock().now();
            done.map(|done| {
                let t = FormWords::in_locale(wording.locale);
                (t.done_by)(&wording.by(&done.by), &moment(done.at, now))
            })
            .unwrap_or_default()
        })
    };
    let core_at = move || {
        desk.bench.say(|opened, _| {
            let done =
                opened.case.open_items().filter_map(|item| item.core.as_ref()).map(|core| core.done.at).max();
            done.map(|at| moment(at, desk.bench.clock().now())).unwrap_or_default()
        })
    };
    view! {
        <Show
            when=move || waits.get() == Some(false)
            fallback=move || view! { <p class="hintline mut sm">{move || words.get().not_compared}</p> }
        >
            <Comparison
                rows=rows
                entered_by=entered_by
                core_at=core_at
                only_differences=only
                on_filter=Callback::new(move |now: bool| only.set(now))
            />
            <Explaining explained=explained/>
        </Show>
    }
}

/// What a difference was explained by in the pass.
fn note(opened: &Opened, no: u8, field: &FieldKey) -> Option<String> {
    let pass = opened.case.item(no)?.pass.as_ref()?;
    pass.explained
        .iter()
        .find(|explained| explained.field == *field)
        .map(|explained| explained.reason.clone())
}

/// One line per difference of the items not passed: which pair, and why it is right as it is.
#[component]
fn Explaining(explained: RwSignal<Explanations>) -> impl IntoView {
    let (desk, words) = (use_desk(), use_text::<RecheckWords>());
    let rows = desk.bench.of(|opened| {
        differing(opened)
            .into_iter()
            .filter(|(no, _)| opened.case.item(*no).is_some_and(|item| item.pass.is_none()))
            .filter_map(|(no, row)| {
                let spec = opened.catalogue.item(&opened.case.item(no)?.code)?.field(&row.field)?;
                let may = row.may_be_explained(spec);
                Some((no, row.field, row.kind, may))
            })
            .collect::<Vec<_>>()
    });
    let rows = Memo::new(move |_| rows.get().unwrap_or_default());
    view! {
        <Show when=move || rows.with(|rows| !rows.is_empty())>
            <Section title=move || words.get().explain sub=move || words.get().explain_sub>
                <table class="tbl expl">
                    <caption class="vh">{move || words.get().explain}</caption>
                    <tbody>
                        <For each=move || rows.get() key=Clone::clone let((no, field, kind, may))>
                            <OneExplanation no=no field=field kind=kind may=may explained=explained/>
                        </For>
                    </tbody>
                </table>
            </Section>
        </Show>
    }
}

#[component]
fn OneExplanation(
    no: u8,
    field: FieldKey,
    kind: Option<DifferenceKind>,
    /// It may be explained where it is; else it is returned.
    may: bool,
    explained: RwSignal<Explanations>,
) -> impl IntoView {
    let (desk, words, t) = (use_desk(), use_text::<RecheckWords>(), use_messages());
    let own = StoredValue::new((no, field));
    let name = move || {
        own.with_value(|(no, field)| {
            desk.bench.say(|opened, wording| {
                opened.case.item(*no).map(|item| wording.field(&item.code, field)).unwrap_or_default()
            })
        })
    };
    let (state, word): (State, fn(&crate::i18n::case::CaseWords) -> &'static str) = match kind {
        Some(DifferenceKind::Entry) | None => (State::Over, |words| words.entry_difference),
        Some(DifferenceKind::Core) => (State::Over, |words| words.core_difference),
        Some(DifferenceKind::Rule) => (State::Soon, |words| words.rule_difference),
    };
    let way = move || match kind {
        Some(DifferenceKind::Core) => words.get().goes_to_servicing,
        _ => words.get().goes_to_entry,
    };
    if !may {
        return view! {
            <tr>
                <th scope="row">{name}</th>
                <td class="c-k"><Tag state=state>{move || word(t.get().case())}</Tag></td>
                <td class="t-over sm">{way}</td>
            </tr>
        }
        .into_any();
    }
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td class="c-k"><Tag state=state>{move || word(t.get().case())}</Tag></td>
            <td>
                <Slot fault=Signal::stored(None)>
                    <TextInput
                        value=Signal::derive(move || {
                            explained.with(|explained| own.with_value(|(no, field)| explained.get(no)?.get(field).cloned())).unwrap_or_default()
                        })
                        on_input=Callback::new(move |text: String| {
                            let (no, field) = own.get_value();
                            explained.update(|explained| {
                                explained.entry(no).or_default().insert(field, text);
                            });
                        })
                        label=move || (words.get().explanation_of)(&name())
                        placeholder=move || words.get().explain_hint
                        disabled=desk.closed
                        small=true
                    />
                </Slot>
            </td>
        </tr>
    }
    .into_any()
}
