//! Side panes, and drawers where there is no room for a pane.

use super::dialog::show_while;
use super::icon::IconName;
use super::id::unique;
use super::{Button, ButtonSize, ButtonVariant};
use crate::i18n::use_messages;
use leptos::{ev, html, prelude::*};

/// On which side of the work a pane stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaneSide {
    /// Left: what is given.
    Left,
    /// Right: what happened, what applies.
    Right,
}

/// A side pane that scrolls on its own.
#[component]
pub fn Pane(
    /// Its sections.
    children: Children,
    /// What it is, for readers.
    #[prop(into)]
    label: TextProp,
    /// On which side.
    side: PaneSide,
    /// Its head: a bar that stays in view.
    #[prop(optional, into)]
    head: Option<ViewFn>,
    /// Its foot with the acts.
    #[prop(optional, into)]
    foot: Option<ViewFn>,
) -> impl IntoView {
    view! {
        <aside
            class=match side {
                PaneSide::Left => "pane l",
                PaneSide::Right => "pane r",
            }
            aria-label=move || label.get()
        >
            {head.map(|head| head.run())}
            // What is only read is scrolled by keys too, so it can be reached.
            <div class="scroll" tabindex="0">{children()}</div>
            {foot.map(|foot| view! { <footer class="bar foot">{foot.run()}</footer> })}
        </aside>
    }
}

/// A pane that comes out over the work, on narrow screens and for side questions.
#[component]
pub fn Drawer(
    /// Its sections; made when it opens.
    children: ChildrenFn,
    /// Its title.
    #[prop(into)]
    title: TextProp,
    /// Whether it is out.
    #[prop(into)]
    open: Signal<bool>,
    /// Its foot with the acts.
    #[prop(optional, into)]
    foot: Option<ViewFn>,
    /// Called by Escape and by its cross; the page closes it by `open`.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let t = use_messages();
    let dialog = NodeRef::<html::Dialog>::new();
    let id = unique("drawer");
    let labelled_by = id.clone();
    show_while(dialog, open);
    view! {
        <dialog
            class="drawer"
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
                            <header class="bar">
                                <h2 id=id>{move || title.get()}</h2>
                                <span class="push"></span>
                                <Button
                                    variant=ButtonVariant::Quiet
                                    size=ButtonSize::Small
                                    icon=IconName::Cross
                                    square=true
                                    label=move || t.get().common.close
                                    on_press=on_close
                                />
                            </header>
                            <div class="scroll" tabindex="0">{children()}</div>
                            {foot.map(|foot| view! { <footer class="bar foot">{foot.run()}</footer> })}
                        }
                    })
            }}
        </dialog>
    }
}
