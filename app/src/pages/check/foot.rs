//! What is missing, when it was kept, and submitting.

use super::draft::{Draft, Lack};
use super::points::lead_to_fault;
use super::sheet::{draft_name, submit, use_sheet};
use crate::components::{Button, ButtonVariant, IconName, LinkButton};
use crate::format::second_time;
use crate::i18n::checks::Checks as Words;
use crate::i18n::{use_messages, use_text};
use crate::keys::Shortcut;
use crate::routes::{CHECKS, check_path};
use crate::state::drafts::use_drafts;
use leptos::html;
use leptos::prelude::*;

/// What a draft still needs, in words.
fn missing(draft: &Draft, words: &Words) -> String {
    let lacks = draft.lacks();
    let points = lacks.iter().filter(|lack| matches!(lack, Lack::Verdict(_))).count();
    let fields = lacks.len() - points;
    let of = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    match (points, fields) {
        (0, 0) => words.ready.to_owned(),
        (points, 0) => (words.open_points)(of(points)),
        (0, fields) => (words.open_fields)(of(fields)),
        (points, fields) => (words.both)(&(words.open_points)(of(points)), &(words.open_fields)(of(fields))),
    }
}

/// The foot.
#[component]
pub fn Foot(
    /// The work's element, in which fields are looked for.
    frame: NodeRef<html::Div>,
) -> impl IntoView {
    let (t, words, sheet, drafts) = (use_messages(), use_text::<Words>(), use_sheet(), use_drafts());
    let done = Memo::new(move |_| sheet.is_done());
    let tally = move || {
        let (yes, no, na) = sheet.draft.with(Draft::tally);
        (words.get().tally)(yes, no, na)
    };
    let lacks = move || sheet.draft.with(|draft| missing(draft, words.get()));
    let kept = move || {
        drafts.kept_at(&draft_name(sheet.id)).map(|at| (t.get().field().draft_saved)(&second_time(at)))
    };
    let send = submit(sheet, Callback::new(move |()| lead_to_fault(sheet, frame)));
    let next = Memo::new(move |_| {
        sheet.checks.get();
        sheet.next()
    });
    view! {
        <footer class="bar foot">
            {move || {
                if done.get() {
                    let href = next.get().map_or_else(|| CHECKS.to_owned(), check_path);
                    let last = next.get().is_none();
                    view! {
                        <span class="mut sm">{move || words.get().read_only_done}</span>
                        <span class="push"></span>
                        <LinkButton
                            href=Signal::stored(href)
                            variant=ButtonVariant::Primary
                            icon=IconName::Next
                        >
                            {move || if last { words.get().back_to_list } else { words.get().next }}
                        </LinkButton>
                    }
                    .into_any()
                } else {
                    view! {
                        <span class="mut sm" role="status">{tally} " · " {lacks}</span>
                        {move || {
                            sheet
                                .refused
                                .get()
                                .map(|why| view! { <span class="why t-over sm" role="alert">{why}</span> })
                        }}
                        <span class="push"></span>
                        <span class="dim sm nw">{kept}</span>
                        {move || {
                            sheet
                                .previous()
                                .map(|id| {
                                    view! {
                                        <LinkButton href=Signal::stored(check_path(id)) icon=IconName::Left>
                                            {move || words.get().previous}
                                        </LinkButton>
                                    }
                                })
                        }}
                        <Button
                            variant=ButtonVariant::Primary
                            icon=IconName::Next
                            shortcut=Shortcut::Submit
                            busy=sheet.busy
                            disabled=Signal::derive(move || sheet.barrier())
                            on_press=send
                        >
                            {move || words.get().submit}
                        </Button>
                    }
                    .into_any()
                }
            }}
        </footer>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::quality::points::Verdict;

    #[test]
    fn what_is_missing_is_said_in_numbers() {
        let mut draft = Draft::new(&[4, 5]);
        assert_eq!(missing(&draft, &Words::ZH), "未答 2 项");
        draft.points[0].verdict = Some(Verdict::DoesNot);
        assert_eq!(missing(&draft, &Words::ZH), "未答 1 项，缺 2 处");
        draft.points[0].verdict = Some(Verdict::Conforms);
        draft.points[1].verdict = Some(Verdict::NotApplicable);
        assert_eq!(missing(&draft, &Words::EN), "Complete; ready to submit");
    }
}
