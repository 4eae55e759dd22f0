//! A wrong result: which error, how bad, why, whose, what it touched.

use super::draft::{FindingDraft, FindingField, Lack};
use super::failed::{cause_of, causes, error_point_name};
use super::proposal::{responsible, workers};
use super::sheet::{Sheet, use_sheet};
use crate::components::segmented::Segment;
use crate::components::{
    AmountInput, Button, ButtonSize, ButtonVariant, Choice, Field, IconName, Note, Segmented, Select, State,
    TextArea,
};
use crate::i18n::checks::Checks as Words;
use crate::i18n::wording::label;
use crate::i18n::{use_locale, use_messages, use_text};
use domain::id::{FieldKey, PersonId};
use domain::quality::points::{ErrorPoint, Severity};
use leptos::prelude::*;

/// The severities as choices, the worst first.
const SEVERITIES: [Severity; 3] = [Severity::Major, Severity::Ordinary, Severity::Minor];

/// The people who worked on the case, with the posts they worked at.
fn people(sheet: Sheet) -> Vec<Choice> {
    sheet.worded(|view, wording| {
        workers(&view.case)
            .into_iter()
            .map(|(id, stages)| {
                let posts: Vec<String> =
                    stages.into_iter().map(|stage| wording.messages().post.stage(stage).to_owned()).collect();
                let name = sheet.name(&id);
                Choice::new(id.to_string(), format!("{name} {}", wording.list(&posts)))
            })
            .collect()
    })
}

/// The fields of an item, as choices.
fn fields(sheet: Sheet, item: Option<u8>) -> Vec<Choice> {
    sheet.worded(|view, wording| {
        let code = item.and_then(|no| view.case.items.iter().find(|one| one.no == no)).map(|one| &one.code);
        let spec = code.and_then(|code| wording.catalogue.and_then(|catalogue| catalogue.item(code)));
        spec.map(|spec| {
            spec.fields
                .iter()
                .map(|field| Choice::new(field.key.to_string(), wording.label(&field.label)))
                .collect()
        })
        .unwrap_or_default()
    })
}

/// The form of a finding.
#[component]
pub fn Finding(id: u32) -> impl IntoView {
    let (t, words, locale, sheet) = (use_messages(), use_text::<Words>(), use_locale(), use_sheet());
    let of = move |read: fn(&FindingDraft) -> String| {
        Signal::derive(move || sheet.draft.with(|draft| draft.finding(id).map(read).unwrap_or_default()))
    };
    let edit = move |change: &dyn Fn(&mut FindingDraft)| {
        sheet.edit(|draft| {
            if let Some(finding) = draft.finding_mut(id) {
                change(finding);
            }
        });
    };
    let pointer = move |field: &str| sheet.draft.with(|draft| draft.pointer_of_finding(id, field));
    let at = move |field: &'static str, lack: FindingField| {
        Signal::derive(move || sheet.fault_at(pointer(field).as_deref(), Lack::Finding(id, lack)))
    };
    // A rule on a field that is never missing: one fact given twice, an unknown item.
    let rule_at = move |field: &'static str| {
        Signal::derive(move || {
            sheet.fault_at(pointer(field).as_deref(), Lack::Finding(u32::MAX, FindingField::Evidence))
        })
    };
    let error_point = Memo::new(move |_| sheet.draft.with(|draft| draft.finding(id).map(|f| f.error_point)));
    let severity = Memo::new(move |_| sheet.draft.with(|draft| draft.finding(id).map(|f| f.severity)));
    let item = Memo::new(move |_| sheet.draft.with(|draft| draft.finding(id).and_then(|f| f.item)));
    let whose =
        Memo::new(move |_| sheet.draft.with(|draft| draft.finding(id).and_then(|f| f.responsible.clone())));
    let proposal = Memo::new(move |_| {
        let point = error_point.get()?;
        Some(sheet.view.with(|view| responsible(view, point)))
    });
    let points = Signal::derive(move || {
        let (words, locale) = (words.get(), locale.get());
        ErrorPoint::ALL
            .map(|point| Choice::new(point.as_str(), error_point_name(point, words, locale)))
            .to_vec()
    });
    let severities = Signal::derive(move || {
        let locale = locale.get();
        SEVERITIES.map(|severity| Segment::new(Some(severity), label(&severity.label(), locale))).to_vec()
    });
    let items = Signal::derive(move || {
        sheet.worded(|view, wording| {
            let open = view.case.items.iter().filter(|item| item.is_open());
            open.map(|item| Choice::new(item.no.to_string(), wording.item(&item.code))).collect::<Vec<_>>()
        })
    });
    let code = move || error_point.get().map_or("", ErrorPoint::as_str);
    let affected = Signal::derive(move || {
        sheet.draft.with(|draft| draft.finding(id).and_then(|f| f.affected.ok()).flatten())
    });
    let affected_fault = Signal::derive(move || {
        let read = sheet.draft.with(|draft| draft.finding(id).map(|f| f.affected));
        match read {
            Some(Err(error)) => Some(t.get().field().amount(error).to_owned()),
            Some(Ok(Some(minor))) if minor < 0 => Some(words.get().amount_negative.to_owned()),
            _ => sheet.fault_at(
                pointer("affected_minor").as_deref(),
                Lack::Finding(u32::MAX, FindingField::Affected),
            ),
        }
    });
    let hint = Signal::derive(move || {
        (whose.get().is_some() && whose.get() == proposal.get()).then(|| words.get().proposed.to_owned())
    });
    let said = move || (words.get().finding_of)(code());
    view! {
        <fieldset class="fd">
            <legend class="row">
                <b>{said}</b>
                <span class="push"></span>
                <Button
                    variant=ButtonVariant::Quiet
                    size=ButtonSize::Small
                    icon=IconName::Cross
                    square=true
                    label=move || (words.get().remove_finding)(code())
                    on_press=Callback::new(move |()| sheet.edit(|draft| draft.remove_finding(id)))
                />
            </legend>
            <div class="fx">
                <Field label=move || words.get().error_point error=rule_at("error_point")>
                    <Select
                        value=of(|finding| finding.error_point.as_str().to_owned())
                        choices=points
                        on_change=Callback::new(move |code: String| {
                            let Some(point) = ErrorPoint::parse(&code) else { return };
                            let before = proposal.get_untracked();
                            let now = sheet.view.with_untracked(|view| responsible(view, point));
                            edit(&move |finding| {
                                // What was only proposed follows; what somebody chose stays.
                                if finding.severity == finding.error_point.spec().severity {
                                    finding.severity = point.spec().severity;
                                }
                                if finding.responsible == before {
                                    finding.responsible = Some(now.clone());
                                }
                                finding.error_point = point;
                            });
                        })
                    />
                </Field>
                <div class="field">
                    <span class="lbl">{move || words.get().severity}</span>
                    <Segmented
                        label=move || words.get().severity
                        segments=severities
                        value=severity
                        on_change=Callback::new(move |value: Option<Severity>| {
                            if let Some(severity) = value {
                                edit(&move |finding| finding.severity = severity);
                            }
                        })
                    />
                </div>
                <Field label=move || words.get().cause required=true error=at("cause", FindingField::Cause)>
                    <Select
                        value=of(|f| f.cause.map(|cause| cause.as_str().to_owned()).unwrap_or_default())
                        none=move || words.get().choose
                        choices=Signal::derive(move || causes(locale.get()))
                        on_change=Callback::new(move |name: String| {
                            edit(&move |finding| finding.cause = cause_of(&name));
                        })
                    />
                </Field>
                <Field label=move || words.get().item_concerned error=rule_at("item")>
                    <Select
                        value=of(|finding| finding.item.map(|no| no.to_string()).unwrap_or_default())
                        none=move || words.get().whole_case
                        choices=items
                        on_change=Callback::new(move |no: String| {
                            edit(&move |finding| {
                                finding.item = no.parse().ok();
                                finding.field = None;
                            });
                        })
                    />
                </Field>
                <Field label=move || words.get().field_concerned error=rule_at("field")>
                    <Select
                        value=of(|f| f.field.as_ref().map(ToString::to_string).unwrap_or_default())
                        none=move || words.get().no_field
                        choices=Signal::derive(move || fields(sheet, item.get()))
                        disabled=Signal::derive(move || item.get().is_none())
                        on_change=Callback::new(move |key: String| {
                            edit(&move |finding| {
                                finding.field = Some(key.clone()).filter(|key| !key.is_empty()).map(FieldKey);
                            });
                        })
                    />
                </Field>
                <Field
                    label=move || words.get().responsible
                    required=true
                    hint=hint
                    error=at("responsible", FindingField::Responsible)
                >
                    <Select
                        value=of(|f| f.responsible.as_ref().map(ToString::to_string).unwrap_or_default())
                        none=move || words.get().choose
                        choices=Signal::derive(move || people(sheet))
                        on_change=Callback::new(move |number: String| {
                            edit(&move |finding| {
                                finding.responsible =
                                    Some(number.clone()).filter(|n| !n.is_empty()).map(PersonId);
                            });
                        })
                    />
                </Field>
                <div class="nt">
                    <Field
                        label=move || words.get().evidence
                        required=true
                        error=at("evidence", FindingField::Evidence)
                    >
                        <TextArea
                            value=of(|finding| finding.evidence.clone())
                            max_length=2000
                            on_input=Callback::new(move |text: String| {
                                edit(&move |finding| finding.evidence.clone_from(&text));
                            })
                        />
                    </Field>
                </div>
                <Field label=move || words.get().affected error=affected_fault>
                    <AmountInput
                        value=affected
                        on_change=Callback::new(move |read| {
                            edit(&move |finding| finding.affected = read);
                        })
                    />
                </Field>
            </div>
            {move || {
                (severity.get() == Some(Severity::Major) && sheet.view.with(|view| view.in_house))
                    .then(|| {
                        view! {
                            <Note state=State::Over icon=IconName::Warning>{move || words.get().major_bars}</Note>
                        }
                    })
            }}
        </fieldset>
    }
}
