//! Dates: typed in short or picked from a calendar.

use crate::components::calendar::{Calendar, DayMark};
use crate::components::field::FieldContext;
use crate::components::icon::{Icon, IconName};
use crate::components::popover::Popover;
use crate::format::{DateError, full_date, parse_date};
use crate::i18n::use_messages;
use chrono::NaiveDate;
use leptos::{ev, html, prelude::*};

/// A date: `0318` is of this year. Arrow down opens the calendar with rest days and make-up days.
#[component]
pub fn DateInput(
    /// What it holds; none when empty.
    #[prop(into)]
    value: Signal<Option<NaiveDate>>,
    /// The business date of today.
    #[prop(into)]
    today: Signal<NaiveDate>,
    /// Called when a date has been typed to its end or picked; the error is worded by
    /// [`Fields::date`](crate::i18n::field::Fields::date).
    #[prop(into)]
    on_change: Callback<Result<Option<NaiveDate>, DateError>>,
    /// What a day is in the unit's calendar.
    #[prop(optional, into)]
    marks: Option<Callback<NaiveDate, DayMark>>,
    /// Name, where it stands in no field.
    #[prop(optional, into)]
    label: Option<TextProp>,
    /// Cannot be changed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let t = use_messages();
    let field = FieldContext::of_input();
    let input = NodeRef::<html::Input>::new();
    let open = RwSignal::new(false);
    let (draft, set_draft) = signal(None::<String>);
    let shown = move || draft.get().unwrap_or_else(|| value.get().map(full_date).unwrap_or_default());
    // What is half typed is not yet wrong: it is read when the person leaves the field or presses Enter.
    let read = move || {
        // Leaving the field because the page is left: nobody listens any more.
        let Some(Some(text)) = draft.try_get_untracked() else { return };
        let result = match text.trim() {
            "" => Ok(None),
            text => parse_date(text, today.get_untracked()).map(Some),
        };
        if result.is_ok() {
            set_draft.set(None);
        }
        on_change.run(result);
    };
    let pick = move |day: NaiveDate| {
        set_draft.set(None);
        open.set(false);
        on_change.run(Ok(Some(day)));
    };
    let keys = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "Enter" => read(),
        "ArrowDown" if !disabled.get_untracked() => {
            event.prevent_default();
            open.set(true);
        }
        _ => {}
    };
    view! {
        <div class="ing">
            <input
                class="in"
                id=field.id
                type="text"
                inputmode="numeric"
                autocomplete="off"
                aria-label=label.map(|label| move || label.get())
                aria-describedby=move || field.described_by.get()
                aria-invalid=move || field.invalid.get().then_some("true")
                aria-required=move || field.required.get().then_some("true")
                disabled=move || disabled.get()
                prop:value=shown
                node_ref=input
                on:input=move |event| set_draft.set(Some(event_target_value(&event)))
                on:blur=move |_| read()
                on:keydown=keys
            />
            <button
                type="button"
                class="pick"
                tabindex="-1"
                aria-label=move || t.get().field().pick_date
                data-tip=move || t.get().field().pick_date
                disabled=move || disabled.get()
                on:click=move |_| open.update(|open| *open = !*open)
            >
                <Icon name=IconName::Calendar/>
            </button>
            <Popover anchor=input open=open label=move || t.get().field().pick_date>
                <Calendar value=value today=today marks=marks on_pick=pick/>
            </Popover>
        </div>
    }
}
