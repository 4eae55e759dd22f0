//! Dialogs: only when the work cannot go on without the answer.

use super::id::unique;
use crate::follow::follow;
use leptos::{ev, html, prelude::*};

/// A modal dialog on the browser's own `<dialog>`: it keeps focus in, answers Escape and gives focus back.
#[component]
pub fn Dialog(
    /// What it says and asks; made when it opens.
    children: ChildrenFn,
    /// Its buttons, the one that goes on last.
    #[prop(optional, into)]
    foot: Option<ViewFn>,
    /// Whether it is open.
    #[prop(into)]
    open: Signal<bool>,
    /// Its title.
    #[prop(into)]
    title: TextProp,
    /// Called by Escape; the page closes it by `open`.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let id = unique("dialog");
    let labelled_by = id.clone();
    show_while(dialog, open);
    view! {
        <dialog
            class="pop dialog"
            aria-labelledby=labelled_by
            node_ref=dialog
            on:cancel=move |event: ev::Event| {
                event.prevent_default();
                on_close.run(());
            }
        >
            {move || {
                let (id, title, foot) = (id.clone(), title.clone(), foot.clone());
                open.get()
                    .then(|| {
                        view! {
                            <header id=id>{move || title.get()}</header>
                            <div class="body">{children()}</div>
                            {foot.map(|foot| view! { <footer>{foot.run()}</footer> })}
                        }
                    })
            }}
        </dialog>
    }
}

/// Opens and closes a `<dialog>` as a signal says.
pub(super) fn show_while(dialog: NodeRef<html::Dialog>, open: Signal<bool>) {
    follow(move || {
        let Some(element) = dialog.get() else { return };
        if !open.get() {
            element.close();
        } else if !element.open()
            && let Err(error) = element.show_modal()
        {
            leptos::logging::error!("a dialog could not be shown: {error:?}");
        }
    });
}
