//! What did not conform: why, what was seen, and whether a result was wrong too.

use super::draft::{Lack, PointDraft};
use super::finding::Finding;
use super::points::spec_of;
use super::proposal::finding as proposed;
use super::sheet::use_sheet;
use crate::components::{Chip, Choice, Field, IconName, Select, TextArea};
use crate::i18n::checks::Checks as Words;
use crate::i18n::wording::label;
use crate::i18n::{use_locale, use_text};
use domain::quality::points::{Cause, ErrorPoint};
use leptos::prelude::*;

/// The causes, as choices.
pub fn causes(locale: crate::i18n::Locale) -> Vec<Choice> {
    Cause::ALL.map(|cause| Choice::new(cause.as_str(), label(&cause.label(), locale))).to_vec()
}

/// The cause of that name.
pub fn cause_of(name: &str) -> Option<Cause> {
    Cause::ALL.into_iter().find(|cause| cause.as_str() == name)
}

/// The name of an error point, with its code.
pub fn error_point_name(point: ErrorPoint, words: &Words, locale: crate::i18n::Locale) -> String {
    (words.add_finding)(point.as_str(), &label(&point.spec().label, locale))
}

/// The form below a point that does not conform.
#[component]
pub fn Failed(number: u8) -> impl IntoView {
    let (words, locale, sheet) = (use_text::<Words>(), use_locale(), use_sheet());
    let of = move |read: fn(&PointDraft) -> String| {
        Signal::derive(move || sheet.draft.with(|draft| draft.point(number).map(read).unwrap_or_default()))
    };
    let pointer = move |field: &str| sheet.draft.with(|draft| draft.pointer_of_point(number, field));
    let keys = Memo::new(move |_| {
        sheet.draft.with(|draft| {
            draft
                .point(number)
                .map(|point| point.findings.iter().map(|finding| finding.key).collect::<Vec<_>>())
                .unwrap_or_default()
        })
    });
    let suggests =
        Memo::new(move |_| spec_of(sheet, number).map(|spec| spec.suggests.to_vec()).unwrap_or_default());
    let add = move |error_point: ErrorPoint| {
        let (view, evidence) = (
            sheet.view.get_untracked(),
            sheet.draft.with_untracked(|draft| draft.point(number).map(|p| p.evidence.clone())),
        );
        sheet.edit(|draft| {
            draft.add_finding(number, |key| {
                proposed(&view, error_point, evidence.as_deref().unwrap_or_default(), key)
            });
        });
    };
    let others = Signal::derive(move || {
        let (words, locale) = (words.get(), locale.get());
        let suggested = suggests.get();
        ErrorPoint::ALL
            .into_iter()
            .filter(|point| !suggested.contains(point))
            .map(|point| Choice::new(point.as_str(), error_point_name(point, words, locale)))
            .collect::<Vec<_>>()
    });
    view! {
        <tr class="exp" data-s="over" data-evidence=number.to_string()>
            <td></td>
            <td colspan="4">
                <div class="fx">
                    <Field
                        label=move || words.get().cause
                        required=true
                        error=Signal::derive(move || sheet.fault_at(pointer("cause").as_deref(), Lack::Cause(number)))
                    >
                        <Select
                            value=of(|point| point.cause.map(|cause| cause.as_str().to_owned()).unwrap_or_default())
                            none=move || words.get().choose
                            choices=Signal::derive(move || causes(locale.get()))
                            on_change=Callback::new(move |name: String| {
                                sheet.edit(|draft| {
                                    if let Some(point) = draft.point_mut(number) {
                                        point.cause = cause_of(&name);
                                    }
                                });
                            })
                        />
                    </Field>
                    <div class="nt">
                        <Field
                            label=move || words.get().evidence
                            required=true
                            hint=Signal::derive(move || Some(words.get().evidence_hint.to_owned()))
                            error=Signal::derive(move || {
                                sheet.fault_at(pointer("evidence").as_deref(), Lack::Evidence(number))
                            })
                        >
                            <TextArea
                                value=of(|point| point.evidence.clone())
                                max_length=2000
                                on_input=Callback::new(move |text: String| {
                                    sheet.edit(|draft| {
                                        if let Some(point) = draft.point_mut(number) {
                                            point.evidence = text;
                                        }
                                    });
                                })
                            />
                        </Field>
                    </div>
                    <div class="sug">
                        <span class="lbl">{move || words.get().wrong_result}</span>
                        {move || {
                            let (words, locale) = (words.get(), locale.get());
                            suggests
                                .get()
                                .into_iter()
                                .map(|point| {
                                    view! {
                                        <Chip
                                            label=error_point_name(point, words, locale)
                                            icon=IconName::Plus
                                            dashed=true
                                            on_press=Callback::new(move |()| add(point))
                                        />
                                    }
                                })
                                .collect_view()
                        }}
                        <Select
                            label=move || words.get().other_error_point
                            value=Signal::stored(String::new())
                            none=move || words.get().other_error_point
                            choices=others
                            small=true
                            on_change=Callback::new(move |code: String| {
                                if let Some(point) = ErrorPoint::parse(&code) {
                                    add(point);
                                }
                            })
                        />
                    </div>
                </div>
                <For each=move || keys.get() key=|key| *key let(key)>
                    <Finding id=key/>
                </For>
            </td>
        </tr>
    }
}
