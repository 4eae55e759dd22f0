//! Change items: found by code, pinyin or name.

use super::sheet::use_sheet;
use crate::components::id::unique;
use crate::components::{Button, ButtonSize, ButtonVariant, Icon, IconName};
use crate::i18n::intake::Intake as Words;
use crate::i18n::use_text;
use domain::catalogue::{Item, conflicts};
use domain::id::ItemCode;
use leptos::ev;
use leptos::html;
use leptos::prelude::*;

/// Their place in the registration.
const AT: &str = "/registration/items";

/// Most items offered at once.
const OFFERED: usize = 8;

/// The items chosen, and the field that finds more.
#[component]
pub fn ItemsForm() -> impl IntoView {
    let (words, sheet) = (use_text::<Words>(), use_sheet());
    let number = move || {
        let n = sheet.form.with(|form| form.items.len());
        (words.get().items_count)(i64::try_from(n).unwrap_or(i64::MAX))
    };
    let chosen = Memo::new(move |_| sheet.form.with(|form| form.items.clone()));
    view! {
        <section>
            <h2 class="sec">
                {move || words.get().items}
                <span class="req" aria-hidden="true">"*"</span>
                <span class="sub">{number}</span>
            </h2>
            <PlaceFault at=AT/>
            <div class="pick">
                <ul class="its">
                    <For each=move || chosen.get() key=Clone::clone let:code>
                        <Chosen code=code/>
                    </For>
                </ul>
                <Finder/>
            </div>
        </section>
    }
}

/// What is wrong with a place that is no single input.
#[component]
pub fn PlaceFault(at: &'static str) -> impl IntoView {
    let sheet = use_sheet();
    move || {
        sheet.fault_at(at).map(|fault| {
            view! {
                <p class="row t-over sm" role="alert">
                    <Icon name=IconName::StateOver/>
                    {fault.text}
                </p>
            }
        })
    }
}

/// One item chosen, with how its rules stand.
#[component]
fn Chosen(code: ItemCode) -> impl IntoView {
    let (words, sheet) = (use_text::<Words>(), use_sheet());
    let (own, named, ruled, removed) = (code.clone(), code.clone(), code.clone(), code.clone());
    let name = Memo::new(move |_| sheet.say(|wording| wording.item(&named)));
    let excluded = Memo::new(move |_| {
        let items = sheet.items();
        let items: Vec<&Item> = items.iter().collect();
        conflicts(&items).into_iter().find_map(|(one, other)| {
            if one == own {
                Some(other)
            } else if other == own {
                Some(one)
            } else {
                None
            }
        })
    });
    let state = move || {
        let w = words.get();
        if let Some(other) = excluded.get() {
            let other = sheet.say(|wording| wording.item(&other));
            return fault((w.conflict)(&other));
        }
        let Some((_, lines)) = sheet.rules().into_iter().find(|(code, _)| *code == ruled) else {
            return view! { <small class="dim">{w.check_waits}</small> }.into_any();
        };
        let failing = lines.iter().filter(|line| !line.holds).count();
        let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        if failing == 0 {
            view! { <small class="dim">{(w.all_hold)(number(lines.len()))}</small> }.into_any()
        } else {
            fault((w.failing)(number(failing)))
        }
    };
    let own = removed.clone();
    let stays = sheet.case.is_some_and(|amends| {
        sheet.form.with_untracked(|form| form.items.iter().take(amends.items).any(|code| *code == own))
    });
    let remove = Callback::new(move |()| {
        sheet.edit(AT, |form| form.items.retain(|code| *code != removed));
    });
    view! {
        <li>
            <span class="dim sm">{code.to_string()}</span>
            <div>
                <b class="med">{move || name.get()}</b>
                {state}
            </div>
            // An item that is there leaves a case by being dropped or declined, never by an amendment.
            {(!stays)
                .then(|| {
                    view! {
                        <Button
                            square=true
                            variant=ButtonVariant::Quiet
                            size=ButtonSize::Small
                            icon=IconName::Cross
                            label=move || (words.get().remove)(&name.get())
                            on_press=remove
                        />
                    }
                })}
        </li>
    }
}

fn fault(text: String) -> AnyView {
    view! {
        <small class="t-over">
            <Icon name=IconName::StateCross/>
            {text}
        </small>
    }
    .into_any()
}

/// Finds items: arrows move, Enter takes.
#[component]
fn Finder() -> impl IntoView {
    let (words, sheet) = (use_text::<Words>(), use_sheet());
    let typed = RwSignal::new(String::new());
    let at = RwSignal::new(0_usize);
    let open = RwSignal::new(false);
    let input = NodeRef::<html::Input>::new();
    let list = unique("items");
    let option = {
        let list = list.clone();
        move |index: usize| format!("{list}-{index}")
    };
    let found = Memo::new(move |_| {
        let typed = typed.get();
        let chosen = sheet.form.with(|form| form.items.clone());
        sheet.catalogue.get().map_or_else(Vec::new, |catalogue| {
            catalogue
                .search(&typed)
                .into_iter()
                .filter(|item| !chosen.contains(&item.code))
                .take(OFFERED)
                .map(|item| (item.code.clone(), item.name.clone()))
                .collect::<Vec<_>>()
        })
    });
    let take = move |index: usize| {
        let Some((code, _)) = found.get_untracked().get(index).cloned() else { return };
        sheet.edit(AT, |form| form.items.push(code));
        super::materials::offer(sheet);
        typed.set(String::new());
        at.set(0);
    };
    let keys = move |event: ev::KeyboardEvent| {
        if event.is_composing() {
            return;
        }
        let n = found.with_untracked(Vec::len);
        match event.key().as_str() {
            "ArrowDown" if n > 0 => {
                event.prevent_default();
                open.set(true);
                at.update(|at| *at = (*at + 1) % n);
            }
            "ArrowUp" if n > 0 => {
                event.prevent_default();
                at.update(|at| *at = (*at + n - 1) % n);
            }
            "Enter" if open.get_untracked() && n > 0 => {
                event.prevent_default();
                take(at.get_untracked().min(n - 1));
            }
            "Escape" if open.get_untracked() => {
                event.prevent_default();
                open.set(false);
            }
            _ => {}
        }
    };
    let rows = {
        let option = option.clone();
        move || {
            found
                .get()
                .into_iter()
                .enumerate()
                .map(|(index, (code, name))| {
                    let name = sheet.say(|wording| wording.label(&name));
                    view! {
                        <li
                            role="option"
                            id=option(index)
                            aria-selected=move || if at.get() == index { "true" } else { "false" }
                            data-focus=move || (at.get() == index).then_some("")
                            on:pointerdown=move |event: ev::PointerEvent| {
                                event.prevent_default();
                                take(index);
                            }
                        >
                            <span class="dim sm">{code.to_string()}</span>
                            <span>{name}</span>
                        </li>
                    }
                })
                .collect_view()
        }
    };
    let listed = list.clone();
    view! {
        <div data-at=AT>
            <div class="ing">
                <Icon name=IconName::Search/>
                <input
                    class="in"
                    type="text"
                    role="combobox"
                    autocomplete="off"
                    spellcheck="false"
                    node_ref=input
                    aria-label=move || words.get().add_item
                    aria-expanded=move || if open.get() { "true" } else { "false" }
                    aria-controls=list.clone()
                    aria-activedescendant=move || {
                        (open.get() && found.with(|found| !found.is_empty())).then(|| option(at.get()))
                    }
                    placeholder=move || words.get().add_item_hint
                    prop:value=move || typed.get()
                    on:focus=move |_| open.set(true)
                    on:blur=move |_| {
                        open.try_set(false);
                    }
                    on:input=move |event| {
                        at.set(0);
                        open.set(true);
                        typed.set(event_target_value(&event));
                    }
                    on:keydown=keys
                />
            </div>
            <ul
                class="menu"
                role="listbox"
                id=listed
                aria-label=move || words.get().items
                hidden=move || !open.get() || found.with(Vec::is_empty)
            >
                {rows}
            </ul>
            {move || {
                (found.with(Vec::is_empty) && typed.with(|typed| !typed.trim().is_empty()))
                    .then(|| view! { <p class="sm dim">{move || words.get().no_item_found}</p> })
            }}
        </div>
    }
}
