//! Beneficiaries: one row each, shares of an order making the whole.

use super::document::{DocumentKindInput, ExpiryInput, check_words};
use super::keyed::{Keyed, KeyedBeneficiaries, KeyedBeneficiary};
use super::sheet::{Sheet, Shown};
use super::value::ChoiceInput;
use crate::components::field::FieldContext;
use crate::components::focus::give;
use crate::components::id::unique;
use crate::components::segmented::Segment;
use crate::components::{Button, ButtonSize, ButtonVariant, Icon, IconName, IconSize, Segmented, TextInput};
use crate::i18n::forms::FormWords;
use crate::i18n::use_text;
use domain::catalogue::FieldSpec;
use leptos::context::Provider;
use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;

/// The table of a beneficiaries field.
#[component]
pub(super) fn BeneficiaryTable(sheet: Sheet, spec: FieldSpec) -> impl IntoView {
    let words = use_text::<FormWords>();
    let cell = sheet.cell(&spec.key)?;
    let closed: Signal<bool> = sheet.desk().closed.into();
    let at = StoredValue::new(format!("/{}", spec.key));
    let table = NodeRef::<html::Table>::new();
    let note = StoredValue::new(unique("shares"));
    let keyed = Memo::new(move |_| match cell.get() {
        Keyed::Beneficiaries(keyed) => keyed,
        _ => KeyedBeneficiaries::default(),
    });
    let update = move |change: &dyn Fn(&mut KeyedBeneficiaries)| {
        cell.update(|keyed| {
            if let Keyed::Beneficiaries(keyed) = keyed {
                change(keyed);
            }
        });
    };
    let statutory = Memo::new(move |_| keyed.with(|keyed| keyed.statutory));
    let rows =
        Memo::new(move |_| keyed.with(|keyed| keyed.list.iter().map(|one| one.row).collect::<Vec<_>>()));
    let manners = move || {
        let words = words.get();
        vec![Segment::new(false, words.named), Segment::new(true, words.statutory)]
    };
    let add = Callback::new(move |()| {
        update(&|keyed| {
            keyed.add();
        });
        // The new row is on the page after this turn.
        request_animation_frame(move || {
            let last = table.try_get_untracked().flatten().and_then(|table| {
                let found = table.query_selector("tbody tr:last-child input").ok().flatten()?;
                found.dyn_into::<web_sys::HtmlElement>().ok()
            });
            if let Some(input) = last {
                give(&input);
            }
        });
    });
    let faults = Signal::derive(move || at.with_value(|at| sheet.below(at)));
    Some(view! {
        <div class="row ben-bar">
            <Segmented
                label=move || words.get().manner
                segments=Signal::derive(manners)
                value=statutory
                small=true
                on_change=Callback::new(move |statutory: bool| {
                    if !closed.get_untracked() {
                        update(&|keyed| keyed.statutory = statutory);
                    }
                })
            />
            <Show when=move || statutory.get()>
                <span class="dim sm">{move || words.get().statutory_hint}</span>
            </Show>
            <Show when=move || !statutory.get() && !closed.get()>
                <Button size=ButtonSize::Small icon=IconName::Plus on_press=add>
                    {move || words.get().beneficiary}
                </Button>
            </Show>
        </div>
        <Show when=move || !statutory.get()>
            <table class="tbl ben" node_ref=table>
                <caption class="vh">{move || words.get().beneficiaries}</caption>
                <thead>
                    <tr>
                        <th scope="col" class="c-o">{move || words.get().order}</th>
                        <th scope="col" class="c-nm">{move || words.get().name}</th>
                        <th scope="col" class="c-r">{move || words.get().relation}</th>
                        <th scope="col" class="c-k">{move || words.get().document}</th>
                        <th scope="col" class="c-i"><KeyHead text=|w| w.number/></th>
                        <th scope="col" class="c-d">{move || words.get().expires}</th>
                        <th scope="col" class="c-p"><KeyHead text=|w| w.share/></th>
                        <td class="c-x"></td>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || rows.get() key=|row| *row let(row)>
                        <OneRow sheet=sheet keyed=keyed row=row at=at note=note update=Callback::new(move |one: KeyedBeneficiary| {
                            update(&|keyed| {
                                if let Some(own) = keyed.list.iter_mut().find(|own| own.row == one.row) {
                                    own.clone_from(&one);
                                }
                            });
                        }) on_remove=Callback::new(move |row: u32| update(&|keyed| keyed.remove(row)))/>
                    </For>
                </tbody>
                <tfoot>
                    <tr>
                        <td colspan="8">
                            <div class="ben-err" id=note.get_value() role="status">
                                {move || {
                                    let faults = faults.get();
                                    (!faults.is_empty())
                                        .then(|| {
                                            let lines = faults
                                                .into_iter()
                                                .map(|fault| one_fault(&fault, words.get()))
                                                .collect_view();
                                            view! { <ul>{lines}</ul> }
                                        })
                                }}
                            </div>
                        </td>
                    </tr>
                </tfoot>
            </table>
        </Show>
    })
}

#[component]
fn KeyHead(text: fn(&FormWords) -> &'static str) -> impl IntoView {
    let words = use_text::<FormWords>();
    view! {
        <span class="row" data-tip=move || words.get().key_field>
            {move || text(words.get())} <Icon name=IconName::Key size=IconSize::Small/>
        </span>
    }
}

/// A fault with the person it is about.
fn one_fault(fault: &Shown, words: &FormWords) -> AnyView {
    let text = match place(&fault.pointer) {
        Some((index, Some(part))) => {
            let what = part_name(part, words);
            format!("{} {}", (words.of_person)(index + 1, what), fault.text)
        }
        Some((index, None)) => (words.of_person)(index + 1, &fault.text),
        None => fault.text.clone(),
    };
    let (class, icon) =
        if fault.warns { ("t-soon", IconName::StateSoon) } else { ("t-over", IconName::StateOver) };
    view! {
        <li class=class>
            <Icon name=icon/>
            {text}
        </li>
    }
    .into_any()
}

/// Whom a pointer is about, from 0, and which part of him; shares are about the order and name nobody.
fn place(pointer: &str) -> Option<(i64, Option<&str>)> {
    let (_, rest) = pointer.split_once("/beneficiaries/named/")?;
    let (index, part) = rest.split_once('/').map_or((rest, None), |(index, part)| (index, Some(part)));
    if part == Some("share_ppm") {
        return None;
    }
    Some((index.parse().ok()?, part))
}

fn part_name(part: &str, words: &FormWords) -> &'static str {
    match part {
        "name" => words.name,
        "relation" => words.relation,
        "order" => words.order,
        "document/number" => words.number,
        "document/expires" => words.expires,
        _ => words.document,
    }
}

#[component]
fn OneRow(
    sheet: Sheet,
    keyed: Memo<KeyedBeneficiaries>,
    row: u32,
    at: StoredValue<String>,
    note: StoredValue<String>,
    update: Callback<KeyedBeneficiary>,
    on_remove: Callback<u32>,
) -> impl IntoView {
    let words = use_text::<FormWords>();
    let desk = sheet.desk();
    let closed: Signal<bool> = desk.closed.into();
    let index = Memo::new(move |_| keyed.with(|keyed| keyed.at(row).unwrap_or_default()));
    let number = move || i64::try_from(index.get() + 1).unwrap_or(i64::MAX);
    let one = Memo::new(move |_| keyed.with(|keyed| keyed.list.iter().find(|one| one.row == row).cloned()));
    let text = move |of: fn(&KeyedBeneficiary) -> &String| {
        Signal::derive(move || one.with(|one| one.as_ref().map(|one| of(one).clone()).unwrap_or_default()))
    };
    let pointer = move |part: &str| {
        at.with_value(|at| format!("{at}/beneficiaries/named/{}/{part}", index.get_untracked()))
    };
    let set = move |part: &'static str, change: &dyn Fn(&mut KeyedBeneficiary)| {
        if let Some(mut changed) = one.get_untracked() {
            change(&mut changed);
            update.run(changed);
            sheet.touch(&pointer(part));
        }
    };
    let named = move |of: fn(&FormWords) -> &'static str| {
        TextProp::from(move || (words.get().of_person)(number(), of(words.get())))
    };
    // Each cell tells its input whether it is at fault; what is wrong is said below the table.
    let cell = move |part: &'static str,
                     class: &'static str,
                     head: fn(&FormWords) -> &'static str,
                     input: AnyViewOnce| {
        let fault = Signal::derive(move || {
            index.track();
            sheet.at(&pointer(part))
        });
        view! {
            <td
                class=class
                data-l=move || head(words.get())
                data-tip=move || fault.get().map(|fault| fault.text)
                on:focusout=move |_| sheet.leave(&pointer(part))
            >
                <Within fault=fault note=note input=input/>
            </td>
        }
    };
    let relations = desk.opened().map(|opened| opened.catalogue.relations.clone()).unwrap_or_default();
    let fits = Signal::derive(move || {
        one.with(|one| one.as_ref().and_then(|one| check_words(&one.document, desk.today.get(), words.get())))
    });
    view! {
        <tr>
            {cell("order", "c-o", |w| w.order, Box::new(move || {
                let put = Callback::new(move |typed: String| set("order", &|one| one.order.clone_from(&typed)));
                view! {
                    <TextInput value=text(|one| &one.order) on_input=put label=named(|w| w.order) input_mode="numeric"
                        numeric=true small=true disabled=closed/>
                }.into_any()
            }))}
            {cell("name", "c-nm", |w| w.name, Box::new(move || {
                let put = Callback::new(move |typed: String| set("name", &|one| one.name.clone_from(&typed)));
                view! {
                    <TextInput value=text(|one| &one.name) on_input=put label=named(|w| w.name) small=true disabled=closed/>
                }.into_any()
            }))}
            {cell("relation", "c-r", |w| w.relation, Box::new(move || {
                let put = Callback::new(move |code: String| set("relation", &|one| one.relation.clone_from(&code)));
                view! {
                    <ChoiceInput value=text(|one| &one.relation) offered=relations label=named(|w| w.relation)
                        disabled=closed small=true on_change=put/>
                }.into_any()
            }))}
            {cell("document/kind", "c-k", |w| w.document, Box::new(move || {
                let kind = Signal::derive(move || {
                    one.with(|one| one.as_ref().map_or(domain::value::DocumentKind::ResidentId, |one| one.document.kind))
                });
                let put = Callback::new(move |kind| set("document/kind", &|one| one.document.kind = kind));
                view! { <DocumentKindInput value=kind disabled=closed label=named(|w| w.document) small=true on_change=put/> }.into_any()
            }))}
            {cell("document/number", "c-i", |w| w.number, Box::new(move || {
                let put = Callback::new(move |typed: String| {
                    set("document/number", &|one| one.document.number.clone_from(&typed));
                });
                view! {
                    <span data-tip=move || fits.get() class="fit" data-s=move || fits.with(Option::is_some).then_some("ok")>
                        <TextInput value=text(|one| &one.document.number) on_input=put label=named(|w| w.number) small=true
                            disabled=closed/>
                    </span>
                }.into_any()
            }))}
            {cell("document/expires", "c-d", |w| w.expires, Box::new(move || {
                let put = Callback::new(move |typed: String| {
                    set("document/expires", &|one| one.document.expires.clone_from(&typed));
                });
                view! {
                    <ExpiryInput value=text(|one| &one.document.expires) today=desk.today disabled=closed
                        label=named(|w| w.expires) small=true on_change=put/>
                }.into_any()
            }))}
            {cell("share_ppm", "c-p", |w| w.share, Box::new(move || {
                let put = Callback::new(move |typed: String| set("share_ppm", &|one| one.share.clone_from(&typed)));
                view! {
                    <TextInput value=text(|one| &one.share) on_input=put label=named(|w| w.share) input_mode="decimal"
                        placeholder=move || words.get().equal_shares numeric=true small=true disabled=closed/>
                }.into_any()
            }))}
            <td class="c-x">
                <Show when=move || !closed.get() && keyed.with(|keyed| keyed.list.len() > 1)>
                    <Button
                        variant=ButtonVariant::Quiet
                        size=ButtonSize::Small
                        icon=IconName::Cross
                        square=true
                        label=move || (words.get().remove_person)(number())
                        on_press=Callback::new(move |()| on_remove.run(row))
                    />
                </Show>
            </td>
        </tr>
    }
}

/// An input, made once in the cell it stands in.
type AnyViewOnce = Box<dyn FnOnce() -> AnyView + Send>;

/// Tells an input whether its place is at fault.
#[component]
fn Within(fault: Signal<Option<Shown>>, note: StoredValue<String>, input: AnyViewOnce) -> impl IntoView {
    let context = FieldContext {
        id: unique("in"),
        described_by: Signal::derive(move || fault.with(Option::is_some).then(|| note.get_value())),
        invalid: Signal::derive(move || fault.with(|fault| fault.as_ref().is_some_and(|fault| !fault.warns))),
        required: Signal::stored(false),
    };
    view! { <Provider value=context>{input()}</Provider> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pointer_names_the_person_and_the_part() {
        assert_eq!(place("/b/beneficiaries/named/1/document/number"), Some((1, Some("document/number"))));
        assert_eq!(place("/b/beneficiaries/named/0"), Some((0, None)));
        assert_eq!(place("/b/beneficiaries/named/0/share_ppm"), None);
        assert_eq!(place("/b/beneficiaries/named"), None);
    }
}
