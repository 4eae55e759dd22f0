//! The command palette: cases, policies, people, pages, commands by a few letters.

use super::dialog::show_while;
use super::focus::arrow_target;
use super::icon::{Icon, IconName};
use super::id::unique;
use super::keycap::Keys;
use crate::i18n::use_messages;
use crate::keys::Shortcut;
use leptos::{ev, html, prelude::*};

/// One thing found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaletteEntry {
    /// What the page knows it by.
    pub id: String,
    /// Icon of its kind.
    pub icon: IconName,
    /// Its name.
    pub label: String,
    /// What tells it from others of the name.
    pub detail: Option<String>,
    /// The shortcut that does the same.
    pub shortcut: Option<Shortcut>,
}

/// Things of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaletteGroup {
    /// The kind.
    pub title: String,
    /// What was found.
    pub entries: Vec<PaletteEntry>,
}

/// The palette. What is found is the page's to say; here are the field, the list and the keys.
#[component]
pub fn Palette(
    /// Whether it is open.
    #[prop(into)]
    open: Signal<bool>,
    /// What is typed.
    #[prop(into)]
    query: Signal<String>,
    /// What was found for it.
    #[prop(into)]
    groups: Signal<Vec<PaletteGroup>>,
    /// The search is under way.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// What is to be known of what was found: that there is more, or that it could not be searched.
    #[prop(optional, into)]
    remark: Signal<Option<String>>,
    /// Called with what is typed.
    #[prop(into)]
    on_query: Callback<String>,
    /// Called with the id of what was chosen; the page closes the palette.
    #[prop(into)]
    on_choose: Callback<String>,
    /// Called by Escape and by pressing outside.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let t = use_messages();
    let dialog = NodeRef::<html::Dialog>::new();
    let list = unique("found");
    let option = {
        let list = list.clone();
        move |i: usize| format!("{list}-{i}")
    };
    let flat = Memo::new(move |_| {
        groups.with(|groups| groups.iter().flat_map(|g| g.entries.clone()).collect::<Vec<_>>())
    });
    let at = RwSignal::new(0_usize);
    // Another list begins at its first entry; the same list keeps its place.
    let current = Memo::new(move |_| at.get().min(flat.with(Vec::len).saturating_sub(1)));
    show_while(dialog, open);
    let keys = {
        let option = option.clone();
        move |event: ev::KeyboardEvent| {
            if event.is_composing() {
                return;
            }
            let count = flat.with_untracked(Vec::len);
            if event.key() == "Enter" {
                event.prevent_default();
                let chosen = flat.with_untracked(|f| f.get(current.get_untracked()).map(|e| e.id.clone()));
                if let Some(id) = chosen {
                    on_choose.run(id);
                }
            } else if matches!(event.key().as_str(), "ArrowDown" | "ArrowUp")
                && let Some(next) = arrow_target(&event.key(), Some(current.get_untracked()), count)
            {
                event.prevent_default();
                at.set(next);
                if let Some(element) = document().get_element_by_id(&option(next)) {
                    let options = web_sys::ScrollIntoViewOptions::new();
                    options.set_block(web_sys::ScrollLogicalPosition::Nearest);
                    element.scroll_into_view_with_scroll_into_view_options(&options);
                }
            }
        }
    };
    let entry = {
        let option = option.clone();
        move |(index, entry): (usize, PaletteEntry)| {
            let PaletteEntry { id, icon, label, detail, shortcut } = entry;
            view! {
                <div
                    id=option(index)
                    role="option"
                    aria-selected=move || if current.get() == index { "true" } else { "false" }
                    on:pointermove=move |_| {
                        if at.get_untracked() != index {
                            at.set(index);
                        }
                    }
                    on:click=move |_| on_choose.run(id.clone())
                >
                    <Icon name=icon/>
                    <span class="ell">{label}</span>
                    {detail.map(|detail| view! { <span class="dim ell">{detail}</span> })}
                    {shortcut.map(|of| view! { <span class="push row"><Keys of=of/></span> })}
                </div>
            }
        }
    };
    let groups_view = move || {
        let mut index = 0;
        groups
            .get()
            .into_iter()
            .map(|group| {
                let entries: Vec<_> = group
                    .entries
                    .into_iter()
                    .map(|e| {
                        index += 1;
                        entry((index - 1, e))
                    })
                    .collect();
                let title = group.title.clone();
                view! {
                    <div role="group" aria-label=title>
                        <div class="grp" aria-hidden="true">{group.title}</div>
                        <div class="menu" role="presentation">{entries}</div>
                    </div>
                }
            })
            .collect_view()
    };
    let said = move || {
        let t = t.get();
        if let Some(remark) = remark.get().filter(|_| !busy.get()) {
            return remark;
        }
        match flat.with(Vec::len) {
            0 if busy.get() => t.palette().searching.to_owned(),
            0 if query.with(|q| !q.trim().is_empty()) => (t.palette().nothing)(query.get().trim()),
            _ => String::new(),
        }
    };
    view! {
        <dialog
            class="pop palette"
            aria-label=move || t.get().palette().title
            node_ref=dialog
            on:cancel=move |event: ev::Event| {
                event.prevent_default();
                on_close.run(());
            }
            on:click=move |event: ev::MouseEvent| {
                // Only a press on the backdrop has the dialog itself as its target.
                if event.target() == event.current_target() {
                    on_close.run(());
                }
            }
        >
            <div class="q">
                <Icon name=IconName::Search/>
                <input
                    class="bare"
                    type="text"
                    role="combobox"
                    autocomplete="off"
                    spellcheck="false"
                    aria-expanded="true"
                    aria-autocomplete="list"
                    aria-controls=list.clone()
                    aria-activedescendant=move || flat.with(|f| !f.is_empty()).then(|| option(current.get()))
                    aria-label=move || t.get().palette().placeholder
                    placeholder=move || t.get().palette().placeholder
                    prop:value=move || query.get()
                    on:input=move |event| {
                        at.set(0);
                        on_query.run(event_target_value(&event));
                    }
                    on:keydown=keys
                />
                <kbd aria-hidden="true">"Esc"</kbd>
            </div>
            <div class="scroll found" role="listbox" id=list aria-label=move || t.get().palette().results>
                {groups_view}
            </div>
            <p class="said sm dim" role="status">{said}</p>
        </dialog>
    }
}
