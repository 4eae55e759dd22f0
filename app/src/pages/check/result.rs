//! A check that was submitted: verdicts and findings as they stand.

use super::failed::error_point_name;
use super::points::{grouped, spec_of};
use super::sheet::use_sheet;
use crate::components::{IconName, State, Tag};
use crate::format::amount;
use crate::i18n::checks::Checks as Words;
use crate::i18n::wording::label;
use crate::i18n::{use_locale, use_text};
use domain::api::check::FindingView;
use domain::quality::points::{Severity, Verdict};
use leptos::prelude::*;

/// The mark of a severity: major filled, ordinary outlined, minor plain.
pub fn severity_tag(severity: Severity, locale: crate::i18n::Locale) -> AnyView {
    let text = label(&severity.label(), locale);
    match severity {
        Severity::Major => view! { <Tag state=State::Over icon=IconName::StateOver>{text}</Tag> }.into_any(),
        Severity::Ordinary => view! { <Tag state=State::Line>{text}</Tag> }.into_any(),
        Severity::Minor => view! { <Tag>{text}</Tag> }.into_any(),
    }
}

/// Verdicts and findings.
#[component]
pub fn Result() -> impl IntoView {
    let (words, sheet) = (use_text::<Words>(), use_sheet());
    let rows = Memo::new(move |_| sheet.view.with(|view| grouped(&view.applies)));
    let findings = Memo::new(move |_| sheet.view.with(|view| view.findings.clone()));
    let caption =
        move || (words.get().points_caption)(rows.with(|rows| i64::try_from(rows.len()).unwrap_or(i64::MAX)));
    view! {
        <table class="tbl grid pc">
            <caption class="vh">{caption}</caption>
            <thead>
                <tr>
                    <th scope="col">{move || words.get().stage}</th>
                    <th scope="col" class="num">{move || words.get().no}</th>
                    <th scope="col">{move || words.get().check_point}</th>
                    <th scope="col">{move || words.get().basis}</th>
                    <th scope="col">{move || words.get().evidence}</th>
                    <th scope="col" class="num">{move || words.get().verdict}</th>
                </tr>
            </thead>
            <tbody>
                {move || {
                    rows.get()
                        .into_iter()
                        .map(|(number, group)| view! { <Point number=number group=group/> })
                        .collect_view()
                }}
            </tbody>
        </table>
        {move || {
            (!findings.with(Vec::is_empty))
                .then(|| {
                    view! {
                        <section class="fd-l">
                            <h2 class="sec">{move || words.get().finding}</h2>
                            {findings
                                .get()
                                .into_iter()
                                .map(|finding| view! { <One finding=finding/> })
                                .collect_view()}
                        </section>
                    }
                })
        }}
    }
}

#[component]
fn Point(number: u8, group: Option<Vec<u8>>) -> impl IntoView {
    let (words, locale, sheet) = (use_text::<Words>(), use_locale(), use_sheet());
    let spec = Memo::new(move |_| spec_of(sheet, number));
    let given = Memo::new(move |_| {
        sheet.view.with(|view| view.points.iter().find(|point| point.point == number).cloned())
    });
    let said = move |of: fn(&domain::quality::points::CheckPointSpec) -> domain::catalogue::Label| {
        move || spec.with(|spec| spec.as_ref().map(|spec| label(&of(spec), locale.get())).unwrap_or_default())
    };
    let clause = move || {
        spec.with(|spec| {
            spec.as_ref()
                .map(|spec| (words.get().clause)(spec.document.as_str(), &spec.clause))
                .unwrap_or_default()
        })
    };
    let wording = move || spec.with(|spec| spec.as_ref().map(|spec| spec.wording.to_string()));
    let fails = move || given.with(|given| given.as_ref().is_some_and(|g| g.verdict == Verdict::DoesNot));
    let evidence = move || {
        let locale = locale.get();
        given.with(|given| {
            given.as_ref().map(|given| match given.cause {
                Some(cause) => format!("{} · {}", given.evidence, label(&cause.label(), locale)),
                None => given.evidence.clone(),
            })
        })
    };
    let verdict = move || {
        let locale = locale.get();
        given.get().map(|given| {
            let text = label(&given.verdict.label(), locale);
            match given.verdict {
                Verdict::Conforms => {
                    view! { <Tag state=State::Ok icon=IconName::StateDone>{text}</Tag> }.into_any()
                }
                Verdict::DoesNot => {
                    view! { <Tag state=State::Over icon=IconName::StateCross>{text}</Tag> }.into_any()
                }
                Verdict::NotApplicable => view! { <Tag icon=IconName::StateNone>{text}</Tag> }.into_any(),
            }
        })
    };
    let first = group.is_some();
    view! {
        <tr data-s=move || fails().then_some("over") class=first.then_some("g1")>
            {group
                .map(|group| {
                    view! {
                        <th class="stg" scope="rowgroup" rowspan=group.len().to_string()>
                            {said(|spec| spec.stage.label())}
                        </th>
                    }
                })}
            <td class="dim num">{number.to_string()}</td>
            <td class="med" data-tip=wording>{said(|spec| spec.label.clone())}</td>
            <td class="nw" data-tip=wording>
                <Tag state=State::Line>{said(|spec| spec.basis.label())}</Tag>
                " "
                <span class="dim sm">{clause}</span>
            </td>
            <td class="mut ell ev" data-tip=evidence>{evidence}</td>
            <td class="num">{verdict}</td>
        </tr>
    }
}

#[component]
fn One(finding: FindingView) -> impl IntoView {
    let (words, locale, sheet) = (use_text::<Words>(), use_locale(), use_sheet());
    let FindingView { finding, .. } = finding;
    let (point, severity, cause) = (finding.error_point, finding.severity, finding.cause);
    let person = finding.responsible.clone();
    let (item, field) = (finding.item, finding.field.clone());
    let about = move || {
        sheet.worded(|view, wording| {
            let Some(item) = item.and_then(|no| view.case.items.iter().find(|one| one.no == no)) else {
                return words.get().whole_case.to_owned();
            };
            let name = wording.item(&item.code);
            match &field {
                Some(key) => format!("{name} {}", wording.field(&item.code, key)),
                None => name,
            }
        })
    };
    view! {
        <div class="fd">
            <p class="row">
                <b>{move || error_point_name(point, words.get(), locale.get())}</b>
                {move || severity_tag(severity, locale.get())}
            </p>
            <p>{finding.evidence}</p>
            <dl class="facts sm">
                <dt>{move || words.get().responsible}</dt>
                <dd>{move || sheet.name(&person)}</dd>
                <dt>{move || words.get().cause}</dt>
                <dd>{move || label(&cause.label(), locale.get())}</dd>
                <dt>{move || words.get().item_concerned}</dt>
                <dd>{about}</dd>
                {(finding.affected_minor != 0)
                    .then(|| {
                        view! {
                            <dt>{move || words.get().affected}</dt>
                            <dd>{amount(finding.affected_minor)}</dd>
                        }
                    })}
            </dl>
        </div>
    }
}
