//! Navigation: full, rail or bottom bar by width; the plumb line marks where one is.

use super::place::{Group, Place, places};
use super::use_counts;
use crate::components::{Icon, IconName};
use crate::format::count;
use crate::i18n::use_messages;
use crate::router::{use_path, use_query_map};
use crate::routes::HOME;
use crate::state::session::use_session;
use leptos::prelude::*;

/// Most entries of the bottom bar.
const BAR: usize = 5;

/// Navigation.
#[component]
pub fn Nav() -> impl IntoView {
    let (t, session) = (use_messages(), use_session());
    let list = Memo::new(move |_| session.get().map(|session| places(&session)).unwrap_or_default());
    let group = move |group: Group| {
        let own: Vec<(usize, Place)> =
            list.get().into_iter().enumerate().filter(|(_, place)| place.group() == group).collect();
        (!own.is_empty()).then(|| {
            view! {
                <li class="grp"><span>{move || group.name(t.get())}</span></li>
                {own
                    .into_iter()
                    .map(|(index, place)| view! { <Entry place=place main=index < BAR/> })
                    .collect_view()}
            }
        })
    };
    view! {
        <nav class="nav" aria-label=move || t.get().shell.main_navigation>
            <a class="brand" href=HOME data-tip=move || t.get().shell.home>
                <Icon name=IconName::Mark/>
                <span>
                    {move || t.get().shell.product} " "
                    <small lang="en">{move || t.get().shell.product_other}</small>
                </span>
            </a>
            <ul>{move || Group::ALL.into_iter().map(group).collect_view()}</ul>
        </nav>
    }
}

#[component]
fn Entry(place: Place, main: bool) -> impl IntoView {
    let (t, counts) = (use_messages(), use_counts());
    let (path, map) = (use_path(), use_query_map());
    let current = Memo::new(move |_| {
        let tab = map.with(|map| map.get_str("tab").map(str::to_owned));
        path.with(|path| place.holds(path, tab.as_deref()))
    });
    let number = Memo::new(move |_| counts.get().and_then(|queues| place.count(&queues)));
    // What could not be read is not none.
    let unknown =
        Memo::new(move |_| place.is_counted() && counts.get().is_none() && counts.failure().is_some());
    view! {
        <li data-m=main.then_some("")>
            <a
                href=place.href()
                aria-current=move || current.get().then_some("page")
                data-tip=move || place.name(t.get())
            >
                <Icon name=place.icon()/>
                <span class="t">{move || place.name(t.get())}</span>
                {move || number.get().map(|n| view! { <span class="n">{count(n.cast_signed())}</span> })}
                {move || {
                    unknown.get().then(|| view! { <span class="n">{t.get().common.empty_value}</span> })
                }}
            </a>
        </li>
    }
}
