//! A field: its label above, its hint or its fault below, its input between them.

use super::icon::{Icon, IconName};
use super::id::unique;
use super::mark::State;
use crate::scope::provide;
use leptos::prelude::*;

/// What an input needs to know of the field it stands in.
#[derive(Clone)]
pub struct FieldContext {
    /// Id the label points at.
    pub id: String,
    /// Id of hint or fault, while there is one.
    pub described_by: Signal<Option<String>>,
    /// Whether the field is at fault.
    pub invalid: Signal<bool>,
    /// Whether it must be filled in.
    pub required: Signal<bool>,
}

impl FieldContext {
    /// The field an input stands in, or one of its own where it stands in none (then its `label` names it).
    pub fn of_input() -> Self {
        use_context().unwrap_or_else(|| Self {
            id: unique("in"),
            described_by: Signal::stored(None),
            invalid: Signal::stored(false),
            required: Signal::stored(false),
        })
    }
}

/// The mark of a field that must be filled in; readers are told by `aria-required`.
pub fn required_mark(required: Signal<bool>) -> AnyView {
    (move || required.get().then(|| view! { <span class="req" aria-hidden="true">"*"</span> })).into_any()
}

/// A labelled field around one input of [`entry`](super::entry).
#[component]
pub fn Field(
    /// The input.
    children: Children,
    /// What is asked for; the unit of an amount stands here.
    #[prop(into)]
    label: TextProp,
    /// What helps to fill it in.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// State whose colour the hint has.
    #[prop(optional)]
    hint_state: State,
    /// What is wrong, by which rule; takes the place of the hint.
    #[prop(optional, into)]
    error: MaybeProp<String>,
    /// Must be filled in.
    #[prop(optional, into)]
    required: Signal<bool>,
    /// Icon after the label: a lock where the value cannot be changed.
    #[prop(optional)]
    icon: Option<IconName>,
    /// Columns of twelve it takes in a form.
    #[prop(optional)]
    span: Option<u8>,
) -> impl IntoView {
    let id = unique("in");
    let note = format!("{id}-note");
    let described = note.clone();
    let invalid = Memo::new(move |_| error.with(Option::is_some));
    let field = FieldContext {
        id: id.clone(),
        described_by: Signal::derive(move || {
            (error.with(Option::is_some) || hint.with(Option::is_some)).then(|| described.clone())
        }),
        invalid: invalid.into(),
        required,
    };
    view! {
        <div class="field" style:--n=span.map(|n| n.to_string())>
            <label for=id>
                {move || label.get()}
                {required_mark(required)}
                {icon.map(|name| view! { <Icon name=name/> })}
            </label>
            {provide(field, children)}
            {move || match (error.get(), hint.get()) {
                (Some(error), _) => {
                    view! {
                        <span class="err" id=note.clone() role="alert">
                            <Icon name=IconName::StateOver/>
                            {error}
                        </span>
                    }
                        .into_any()
                }
                (None, Some(hint)) => {
                    view! {
                        <span class="hint" id=note.clone() data-s=hint_state.attribute()>
                            {hint}
                        </span>
                    }
                        .into_any()
                }
                (None, None) => ().into_any(),
            }}
        </div>
    }
}
