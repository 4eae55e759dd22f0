//! Materials: those the items need, and whatever else was handed in.

use super::form::Paper;
use super::items::PlaceFault;
use super::sheet::{Sheet, use_sheet};
use crate::components::entry::Choice;
use crate::components::field::FieldContext;
use crate::components::id::unique;
use crate::components::segmented::Segment;
use crate::components::{Checkbox, Icon, IconName, Segmented, Select, State, Tag, TextInput};
use crate::follow::follow;
use crate::format::parse_count;
use crate::i18n::intake::Intake as Words;
use crate::i18n::use_text;
use domain::case::registration::Shortfall;
use domain::catalogue::{MaterialForm, MaterialWhen, Missing};
use domain::id::MaterialKind;
use leptos::context::Provider;
use leptos::prelude::*;

/// Puts a line for every material the chosen items need that has none yet.
pub fn offer(sheet: Sheet) {
    let needed = untrack(|| {
        let by_agent = sheet.form.with(|form| form.by_agent);
        let catalogue = sheet.catalogue.get();
        let mut needed: Vec<Paper> = Vec::new();
        for item in sheet.items() {
            for need in &item.materials {
                if need.when == MaterialWhen::ByAgent && !by_agent {
                    continue;
                }
                if needed.iter().any(|paper| paper.kind == need.kind) {
                    continue;
                }
                let back = catalogue
                    .as_ref()
                    .and_then(|catalogue| catalogue.material(&need.kind))
                    .is_some_and(|spec| spec.returned && need.form == MaterialForm::Original);
                needed.push(Paper {
                    kind: need.kind.clone(),
                    form: need.form,
                    copies: "1".to_owned(),
                    pages: String::new(),
                    back,
                });
            }
        }
        needed
    });
    // Nothing is told where nothing is added: whoever follows the form would be asked again without end.
    sheet.form.maybe_update(|form| {
        let before = form.papers.len();
        for paper in needed {
            if !form.papers.iter().any(|known| known.kind == paper.kind) {
                form.papers.push(paper);
            }
        }
        form.papers.len() > before
    });
}

/// The table of materials.
#[component]
pub fn MaterialsForm() -> impl IntoView {
    let (words, sheet) = (use_text::<Words>(), use_sheet());
    // Who acts for the applicant brings papers of his own.
    let by_agent = Memo::new(move |_| sheet.form.with(|form| form.by_agent));
    follow(move || {
        by_agent.track();
        sheet.catalogue.track();
        offer(sheet);
    });
    let sum = move || {
        let (kinds, pages) = sheet.form.with(|form| {
            let given = form.papers.iter().filter(|paper| paper.is_given());
            let pages: i64 = given.clone().filter_map(|paper| parse_count(&paper.pages)).map(i64::from).sum();
            (given.count(), pages)
        });
        let missing = sheet.missing().len();
        let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        (words.get().materials_sum)(number(kinds), pages, number(missing))
    };
    let count = Memo::new(move |_| sheet.form.with(|form| form.papers.len()));
    let kinds = Signal::derive(move || {
        let chosen: Vec<MaterialKind> =
            sheet.form.with(|form| form.papers.iter().map(|paper| paper.kind.clone()).collect());
        let Some(catalogue) = sheet.catalogue.get() else { return Vec::new() };
        catalogue
            .materials
            .iter()
            .filter(|spec| !chosen.contains(&spec.kind))
            .map(|spec| Choice::new(spec.kind.as_str(), sheet.say(|wording| wording.label(&spec.label))))
            .collect::<Vec<_>>()
    });
    let add = Callback::new(move |kind: String| {
        if kind.is_empty() {
            return;
        }
        sheet.edit("/registration/materials", |form| {
            form.papers.push(Paper {
                kind: MaterialKind(kind),
                form: MaterialForm::Original,
                copies: "1".to_owned(),
                pages: String::new(),
                back: false,
            });
        });
    });
    view! {
        <section>
            <h2 class="sec">
                {move || words.get().materials}
                <span class="req" aria-hidden="true">"*"</span>
                <span class="sub">{sum}</span>
                <span class="push"></span>
                <Select
                    value=Signal::stored(String::new())
                    choices=kinds
                    none=move || words.get().add_material
                    label=move || words.get().add_material
                    small=true
                    on_change=add
                />
            </h2>
            <PlaceFault at="/registration/materials"/>
            <table class="tbl mats stk" data-at="/registration/materials">
                <caption class="vh">{move || words.get().materials}</caption>
                <thead>
                    <tr>
                        <th scope="col">{move || words.get().material}</th>
                        <th scope="col" class="c-for">{move || words.get().used_for}</th>
                        <th scope="col">{move || words.get().form}</th>
                        <th scope="col" class="num c-n">{move || words.get().copies}</th>
                        <th scope="col" class="num c-n">{move || words.get().pages}</th>
                        <th scope="col" class="c-b">{move || words.get().back}</th>
                        <th scope="col" class="c-s">{move || words.get().state}</th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || 0..count.get() key=|index| *index let:index>
                        <Line index=index/>
                    </For>
                </tbody>
            </table>
        </section>
    }
}

/// Tells an input whether its place is at fault; what is wrong stands in the state of its row.
fn faulty(sheet: Sheet, at: StoredValue<String>) -> FieldContext {
    FieldContext {
        id: unique("in"),
        described_by: Signal::stored(None),
        invalid: Signal::derive(move || at.with_value(|at| sheet.fault_at(at)).is_some()),
        required: Signal::stored(false),
    }
}

#[component]
fn Line(index: usize) -> impl IntoView {
    let (words, sheet) = (use_text::<Words>(), use_sheet());
    let paper = Memo::new(move |_| sheet.form.with(|form| form.papers.get(index).cloned()));
    let kind = Memo::new(move |_| paper.get().map(|paper| paper.kind));
    let name = Memo::new(move |_| {
        sheet.say(|wording| kind.get().map_or_else(String::new, |kind| wording.material(&kind)))
    });
    let change = move |change: &dyn Fn(&mut Paper)| {
        sheet.edit(&format!("/registration/materials/{index}"), |form| {
            if let Some(paper) = form.papers.get_mut(index) {
                change(paper);
            }
        });
    };
    let copies_at = StoredValue::new(format!("/registration/materials/{index}/copies"));
    let pages_at = StoredValue::new(format!("/registration/materials/{index}/pages"));
    let fault = Memo::new(move |_| {
        let at = |place: StoredValue<String>| place.with_value(|at| sheet.fault_at(at));
        at(copies_at)
            .or_else(|| at(pages_at))
            .or_else(|| sheet.fault_at(&format!("/registration/materials/{index}")))
    });
    // Taken out of the page a place is left too, and is no more.
    let leave = move |place: StoredValue<String>| {
        place.try_with_value(|at| sheet.leave(at));
    };
    let used_for = move || {
        let kind = kind.get();
        let codes: Vec<String> = sheet
            .items()
            .iter()
            .filter(|item| item.materials.iter().any(|need| Some(&need.kind) == kind.as_ref()))
            .map(|item| item.code.to_string())
            .collect();
        codes.join(" ")
    };
    let missing = Memo::new(move |_| {
        let kind = kind.get();
        sheet.missing().into_iter().find(|missing| Some(&missing.kind) == kind.as_ref())
    });
    let forms = Signal::derive(move || {
        vec![
            Segment::new(MaterialForm::Original, TextProp::from(move || words.get().original)),
            Segment::new(MaterialForm::Copy, TextProp::from(move || words.get().copy)),
        ]
    });
    let text = move |of: fn(&Paper) -> &String| {
        Signal::derive(move || {
            paper.with(|paper| paper.as_ref().map(|paper| of(paper).clone()).unwrap_or_default())
        })
    };
    view! {
        <tr data-s=move || {
            (missing.get().is_some() || fault.get().is_some()).then_some("over")
        }>
            <td class="ell" data-tip=move || name.get()>{move || name.get()}</td>
            <td class="dim sm c-for">{used_for}</td>
            <td>
                <Segmented
                    label=move || (words.get().form_of)(&name.get())
                    segments=forms
                    value=Signal::derive(move || {
                        paper.with(|paper| paper.as_ref().map_or(MaterialForm::Original, |paper| paper.form))
                    })
                    small=true
                    on_change=Callback::new(move |form| change(&|paper| paper.form = form))
                />
            </td>
            <td class="num c-n" data-at=copies_at.get_value() on:focusout=move |_| leave(copies_at)>
                <Provider value=faulty(sheet, copies_at)>
                    <TextInput
                        value=text(|paper| &paper.copies)
                        small=true
                        numeric=true
                        input_mode="numeric"
                        max_length=3
                        label=move || (words.get().copies_of)(&name.get())
                        on_input=move |typed: String| change(&|paper| typed.clone_into(&mut paper.copies))
                    />
                </Provider>
            </td>
            <td class="num c-n" data-at=pages_at.get_value() on:focusout=move |_| leave(pages_at)>
                <Provider value=faulty(sheet, pages_at)>
                    <TextInput
                        value=text(|paper| &paper.pages)
                        small=true
                        numeric=true
                        input_mode="numeric"
                        max_length=4
                        label=move || (words.get().pages_of)(&name.get())
                        on_input=move |typed: String| change(&|paper| typed.clone_into(&mut paper.pages))
                    />
                </Provider>
            </td>
            <td class="c-b">
                <Checkbox
                    label=move || (words.get().back_of)(&name.get())
                    checked=Signal::derive(move || {
                        paper.with(|paper| paper.as_ref().is_some_and(|paper| paper.back))
                    })
                    on_change=Callback::new(move |on| change(&|paper| paper.back = on))
                />
            </td>
            <td class="c-s">
                {move || {
                    if let Some(fault) = fault.get() {
                        view! {
                            <span class="row t-over sm">
                                <Icon name=IconName::StateOver/>
                                {fault.text}
                            </span>
                        }
                        .into_any()
                    } else if let Some(missing) = missing.get() {
                        view! { <Lack kind=missing.kind lack=missing.missing/> }.into_any()
                    } else {
                        let given = paper.with(|paper| paper.as_ref().is_some_and(Paper::is_given));
                        given
                            .then(|| {
                                view! {
                                    <span class="row t-ok sm">
                                        <Icon name=IconName::StateDone/>
                                        {move || words.get().received}
                                    </span>
                                }
                            })
                            .into_any()
                    }
                }}
            </td>
        </tr>
    }
}

/// A missing paper must be acknowledged.
#[component]
fn Lack(kind: MaterialKind, lack: Missing) -> impl IntoView {
    let (words, sheet) = (use_text::<Words>(), use_sheet());
    let shortfall = Shortfall::Missing { material: kind.clone() };
    let known = shortfall.clone();
    let name = move || sheet.say(|wording| wording.material(&kind));
    view! {
        <span class="row sm">
            <Tag state=State::Over icon=IconName::StateOver>
                {move || match lack {
                    Missing::Absent => words.get().missing,
                    Missing::CopyOnly => words.get().copy_only,
                }}
            </Tag>
            <Checkbox
                label=move || (words.get().acknowledge_of)(&name())
                checked=Signal::derive(move || sheet.form.with(|form| form.acknowledged.contains(&known)))
                on_change=Callback::new(move |on| sheet.acknowledge(shortfall.clone(), on))
            />
            <span class="dim">{move || words.get().acknowledge}</span>
        </span>
    }
}
