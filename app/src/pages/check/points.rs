//! The check points that apply: each answered by three buttons, by 1 2 3, gone through by the arrows.

use super::draft::{Draft, Lack};
use super::failed::Failed;
use super::sheet::{Sheet, submit, use_sheet};
use crate::components::{Icon, IconName, IconSize, State, Tag, TextInput, VerdictControl, focus_first_fault};
use crate::i18n::checks::Checks as Words;
use crate::i18n::wording::label;
use crate::i18n::{use_locale, use_text};
use crate::keys::{Shortcut, Verdict as Key};
use crate::state::keyboard::use_keyboard;
use domain::quality::points::{CheckPoint, CheckPointSpec, Verdict};
use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// The domain's answer to a key.
pub const fn verdict_of(key: Key) -> Verdict {
    match key {
        Key::Conforms => Verdict::Conforms,
        Key::DoesNot => Verdict::DoesNot,
        Key::NotApplicable => Verdict::NotApplicable,
    }
}

/// The key of the domain's answer.
pub const fn key_of(verdict: Verdict) -> Key {
    match verdict {
        Verdict::Conforms => Key::Conforms,
        Verdict::DoesNot => Key::DoesNot,
        Verdict::NotApplicable => Key::NotApplicable,
    }
}

/// A point's specification as the case's catalogue words it; the shipped one until that is there.
pub fn spec_of(sheet: Sheet, number: u8) -> Option<CheckPointSpec> {
    let point = CheckPoint::new(number)?;
    let worded = sheet
        .catalogue
        .with(|catalogue| catalogue.as_ref().and_then(|catalogue| catalogue.check_point(point).cloned()));
    Some(worded.unwrap_or_else(|| point.spec().clone()))
}

/// The points of a check by stage: number, and of how many of its stage it is the first.
pub fn grouped(applies: &[u8]) -> Vec<(u8, Option<Vec<u8>>)> {
    let stage = |number: u8| CheckPoint::new(number).map(|point| point.spec().stage);
    applies
        .iter()
        .enumerate()
        .map(|(at, number)| {
            let first = at == 0 || stage(applies[at - 1]) != stage(*number);
            let group =
                || applies[at..].iter().copied().take_while(|n| stage(*n) == stage(*number)).collect();
            (*number, first.then(group))
        })
        .collect()
}

/// Gives focus to the answers of the point under the cursor.
fn show_cursor(sheet: Sheet, frame: NodeRef<html::Div>) {
    let number = sheet
        .draft
        .with_untracked(|draft| draft.points.get(sheet.at.get_untracked()).map(|point| point.point));
    let (Some(number), Some(frame)) = (number, frame.get_untracked()) else { return };
    let find = |selector: String| {
        frame.query_selector(&selector).ok().flatten().and_then(|found| found.dyn_into::<HtmlElement>().ok())
    };
    let row = format!("[data-point=\"{number}\"] .tri");
    let found = find(format!("{row} [aria-pressed=true]")).or_else(|| find(format!("{row} button")));
    if let Some(button) = found {
        crate::components::focus::give(&button);
    }
}

/// Leads to what is missing or refused first.
pub fn lead_to_fault(sheet: Sheet, frame: NodeRef<html::Div>) {
    let lack = sheet.draft.with_untracked(|draft| draft.lacks().into_iter().next());
    if let Some(Lack::Verdict(number)) = lack {
        let at =
            sheet.draft.with_untracked(|draft| draft.points.iter().position(|point| point.point == number));
        sheet.at.set(at.unwrap_or_default());
        show_cursor(sheet, frame);
        return;
    }
    if let Some(frame) = frame.get_untracked() {
        let element: &Element = frame.as_ref();
        focus_first_fault(element);
    }
}

/// Answers a point; what conforms leads on to the next without an answer, what does not to its evidence.
fn answer(sheet: Sheet, frame: NodeRef<html::Div>, at: usize, verdict: Option<Verdict>) {
    let Some(number) = sheet.draft.with_untracked(|draft| draft.points.get(at).map(|point| point.point))
    else {
        return;
    };
    sheet.edit(|draft| {
        if let Some(point) = draft.point_mut(number) {
            point.verdict = verdict;
        }
    });
    sheet.at.set(at);
    match verdict {
        None => {}
        Some(Verdict::DoesNot) => {
            // Its form is on the page after this turn.
            request_animation_frame(move || {
                let Some(frame) = frame.try_get_untracked().flatten() else { return };
                let field = frame
                    .query_selector(&format!("[data-evidence=\"{number}\"] textarea"))
                    .ok()
                    .flatten()
                    .and_then(|found| found.dyn_into::<HtmlElement>().ok());
                if let Some(field) = field {
                    crate::components::focus::give(&field);
                }
            });
        }
        Some(Verdict::Conforms | Verdict::NotApplicable) => {
            if let Some(next) = sheet.draft.with_untracked(|draft: &Draft| draft.next_open(at)) {
                sheet.at.set(next);
                show_cursor(sheet, frame);
            }
        }
    }
}

/// The form.
#[component]
pub fn Points(
    /// The work's element, in which fields are looked for.
    frame: NodeRef<html::Div>,
) -> impl IntoView {
    let (words, sheet, keyboard) = (use_text::<Words>(), use_sheet(), use_keyboard());
    let marked = Callback::new(move |()| lead_to_fault(sheet, frame));
    let send = submit(sheet, marked);
    let go = move |by: isize| {
        let last = sheet.draft.with_untracked(|draft| draft.points.len().saturating_sub(1));
        sheet.at.update(|at| *at = at.saturating_add_signed(by).min(last));
        show_cursor(sheet, frame);
    };
    keyboard.on_shortcut(move |shortcut| match shortcut {
        Shortcut::Next => {
            go(1);
            true
        }
        Shortcut::Previous => {
            go(-1);
            true
        }
        Shortcut::Judge(key) => {
            if untrack(|| sheet.barrier()).is_none() {
                answer(sheet, frame, sheet.at.get_untracked(), Some(verdict_of(key)));
            }
            true
        }
        Shortcut::Submit => {
            send.run(());
            true
        }
        _ => false,
    });
    let keys = move |event: ev::KeyboardEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let in_answers = target.is_some_and(|target| target.closest(".tri").ok().flatten().is_some());
        let by = match event.key().as_str() {
            "ArrowDown" => 1,
            "ArrowUp" => -1,
            _ => return,
        };
        if in_answers && !event.default_prevented() {
            event.prevent_default();
            go(by);
        }
    };
    let rows = Memo::new(move |_| sheet.view.with(|view| grouped(&view.applies)));
    let caption =
        move || (words.get().points_caption)(rows.with(|rows| i64::try_from(rows.len()).unwrap_or(i64::MAX)));
    view! {
        <table class="tbl grid pc" on:keydown=keys>
            <caption class="vh">{caption}</caption>
            <thead>
                <tr>
                    <th scope="col">{move || words.get().stage}</th>
                    <th scope="col" class="num">{move || words.get().no}</th>
                    <th scope="col">{move || words.get().check_point}</th>
                    <th scope="col">{move || words.get().basis}</th>
                    <th scope="col">{move || words.get().evidence}</th>
                    <th scope="col" class="num">
                        <span class="row end">
                            <kbd aria-hidden="true">"1"</kbd>
                            <kbd aria-hidden="true">"2"</kbd>
                            <kbd aria-hidden="true">"3"</kbd>
                            {move || words.get().verdict}
                        </span>
                    </th>
                </tr>
            </thead>
            <tbody>
                {move || {
                    rows.get()
                        .into_iter()
                        .enumerate()
                        .map(|(at, (number, group))| {
                            view! { <Point at=at number=number group=group frame=frame/> }
                        })
                        .collect_view()
                }}
            </tbody>
        </table>
    }
}

/// One point, and what did not conform under it.
#[component]
fn Point(at: usize, number: u8, group: Option<Vec<u8>>, frame: NodeRef<html::Div>) -> impl IntoView {
    let (words, locale, sheet) = (use_text::<Words>(), use_locale(), use_sheet());
    let spec = Memo::new(move |_| spec_of(sheet, number));
    let said = move |of: fn(&CheckPointSpec) -> domain::catalogue::Label| {
        move || spec.with(|spec| spec.as_ref().map(|spec| label(&of(spec), locale.get())).unwrap_or_default())
    };
    let name = said(|spec| spec.label.clone());
    let verdict =
        Memo::new(move |_| sheet.draft.with(|draft| draft.point(number).and_then(|point| point.verdict)));
    let fails = Memo::new(move |_| verdict.get() == Some(Verdict::DoesNot));
    let evidence = Memo::new(move |_| {
        sheet.draft.with(|draft| draft.point(number).map(|point| point.evidence.clone()).unwrap_or_default())
    });
    let first = group.is_some();
    // A stage's name spans its points, and the forms below those that do not conform.
    let span = move || {
        let group = group.clone().unwrap_or_default();
        let forms = sheet.draft.with(|draft| {
            group.iter().filter(|n| draft.point(**n).is_some_and(super::draft::PointDraft::fails)).count()
        });
        (group.len() + forms).to_string()
    };
    let missing = Memo::new(move |_| {
        sheet.fault_at(
            sheet.draft.with(|d| d.pointer_of_point(number, "point")).as_deref(),
            Lack::Verdict(number),
        )
    });
    let wording = move || spec.with(|spec| spec.as_ref().map(|spec| spec.wording.to_string()));
    let clause = move || {
        spec.with(|spec| {
            spec.as_ref()
                .map(|spec| (words.get().clause)(spec.document.as_str(), &spec.clause))
                .unwrap_or_default()
        })
    };
    let evidence_label = move || (words.get().evidence_of)(&name());
    view! {
        <tr
            data-point=number.to_string()
            data-s=move || (fails.get() || missing.get().is_some()).then_some("over")
            data-cursor=move || (sheet.at.get() == at).then_some("")
            class=first.then_some("g1")
        >
            {first
                .then(|| {
                    view! {
                        <th class="stg" scope="rowgroup" rowspan=span>
                            {said(|spec| spec.stage.label())}
                        </th>
                    }
                })}
            <td class="dim num">{number.to_string()}</td>
            <td class="med" data-tip=wording>
                {name}
                {move || {
                    spec.with(|spec| spec.as_ref().is_some_and(|spec| spec.critical))
                        .then(|| {
                            view! {
                                " "
                                <span class="crit" data-tip=move || words.get().critical_hint>
                                    {move || words.get().critical}
                                </span>
                            }
                        })
                }}
            </td>
            <td class="nw" data-tip=wording>
                <Tag state=State::Line>{said(|spec| spec.basis.label())}</Tag>
                " "
                <span class="dim sm">{clause}</span>
            </td>
            <td class="ev">
                {move || {
                    if fails.get() {
                        view! { <span class="t-over ell" data-tip=move || evidence.get()>{move || evidence.get()}</span> }
                            .into_any()
                    } else {
                        view! {
                            <TextInput
                                label=evidence_label
                                value=evidence
                                small=true
                                max_length=2000
                                disabled=Signal::derive(move || sheet.barrier().is_some())
                                on_input=Callback::new(move |text: String| {
                                    sheet.edit(|draft| {
                                        if let Some(point) = draft.point_mut(number) {
                                            point.evidence = text;
                                        }
                                    });
                                })
                            />
                        }
                        .into_any()
                    }
                }}
            </td>
            <td class="num">
                {move || {
                    missing
                        .get()
                        .map(|why| {
                            view! {
                                <span class="t-over sm miss">
                                    <Icon name=IconName::StateOver size=IconSize::Small/>
                                    {why}
                                </span>
                            }
                        })
                }}
                <VerdictControl
                    label=name
                    value=Signal::derive(move || verdict.get().map(key_of))
                    terse=true
                    disabled=Signal::derive(move || sheet.barrier())
                    on_change=Callback::new(move |key: Option<Key>| {
                        answer(sheet, frame, at, key.map(verdict_of));
                    })
                />
            </td>
        </tr>
        {move || fails.get().then(|| view! { <Failed number=number/> })}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_stand_under_the_stage_they_belong_to() {
        let groups = grouped(&[6, 7, 8, 16, 17]);
        let heads: Vec<(u8, usize)> =
            groups.iter().filter_map(|(n, group)| group.as_ref().map(|group| (*n, group.len()))).collect();
        assert_eq!(heads, [(6, 3), (16, 1), (17, 1)]);
        assert!(grouped(&[]).is_empty());
    }

    #[test]
    fn keys_and_answers_are_the_same() {
        for verdict in Verdict::ALL {
            assert_eq!(verdict_of(key_of(verdict)), verdict);
        }
    }
}
