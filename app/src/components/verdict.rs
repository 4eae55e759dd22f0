//! The answer to a check point: conforms, does not, not applicable.

use super::icon::{Icon, IconName};
use crate::i18n::use_messages;
use crate::keys::Verdict;
use leptos::{ev, prelude::*};

const VERDICTS: [(Verdict, &str, IconName); 3] = [
    (Verdict::Conforms, "p", IconName::StateDone),
    (Verdict::DoesNot, "f", IconName::StateCross),
    (Verdict::NotApplicable, "n", IconName::StateNone),
];

/// Three buttons of which one may be pressed; the keys 1 2 3 press them while it has focus.
///
/// Pressing the pressed one takes the answer away. In a narrow place only the pressed one shows its words.
#[component]
pub fn VerdictControl(
    /// The check point, for readers.
    #[prop(into)]
    label: TextProp,
    /// The answer given.
    #[prop(into)]
    value: Signal<Option<Verdict>>,
    /// Only the pressed button shows its words.
    #[prop(optional)]
    terse: bool,
    /// It always applies: there is no third answer.
    #[prop(optional)]
    two: bool,
    /// Why it cannot be answered.
    #[prop(optional, into)]
    disabled: MaybeProp<String>,
    /// Called with the answer, or none when it was taken away.
    #[prop(into)]
    on_change: Callback<Option<Verdict>>,
) -> impl IntoView {
    let t = use_messages();
    let answer = move |verdict: Verdict| {
        if disabled.with_untracked(Option::is_none) {
            let same = value.get_untracked() == Some(verdict);
            on_change.run((!same).then_some(verdict));
        }
    };
    let keys = move |event: ev::KeyboardEvent| {
        let chosen = match event.key().as_str() {
            "1" => Verdict::Conforms,
            "2" => Verdict::DoesNot,
            "3" if !two => Verdict::NotApplicable,
            _ => return,
        };
        event.prevent_default();
        answer(chosen);
    };
    view! {
        <span
            class="tri"
            role="group"
            aria-label=move || label.get()
            data-tip=move || disabled.get()
            on:keydown=keys
        >
            {VERDICTS
                .into_iter()
                .filter(|(verdict, ..)| !two || *verdict != Verdict::NotApplicable)
                .map(|(verdict, code, icon)| {
                    let pressed = Memo::new(move |_| value.get() == Some(verdict));
                    view! {
                        <button
                            type="button"
                            value=code
                            aria-pressed=move || if pressed.get() { "true" } else { "false" }
                            aria-disabled=move || disabled.with(Option::is_some).then_some("true")
                            on:click=move |_| answer(verdict)
                        >
                            <Icon name=icon/>
                            <span class=move || {
                                if terse && !pressed.get() { "vh" } else { "" }
                            }>{move || t.get().case().verdict_name(verdict)}</span>
                        </button>
                    }
                })
                .collect_view()}
        </span>
    }
}
