//! Tabs with their counts.

use super::desk::use_desk;
use crate::components::Tabs;
use crate::components::tabs::Tab as TabItem;
use crate::i18n::use_messages;
use crate::pages::shell::use_counts;
use domain::api::queue::Tab;
use leptos::prelude::*;

/// The tabs of the queue.
#[component]
pub fn QueueTabs() -> impl IntoView {
    let (t, desk) = (use_messages(), use_desk());
    let counts = use_counts();
    let name = move |tab: Tab| {
        let t = t.get().queue;
        match tab {
            Tab::Todo => t.to_do,
            Tab::Mine => t.mine,
            Tab::Waiting => t.waiting,
            Tab::Returned => t.returned,
            Tab::Receive => t.to_receive,
            Tab::Done => t.done_today,
        }
    };
    let tabs = Signal::derive(move || {
        let own = counts
            .get()
            .and_then(|all| all.queues.iter().find(|one| one.queue == desk.queue).map(|one| one.tabs));
        Tab::ALL
            .into_iter()
            .enumerate()
            .map(|(index, tab)| {
                let item = TabItem::new(tab, TextProp::from(move || name(tab)));
                match own {
                    Some(own) => item.counting(own[index].cast_signed()),
                    None => item,
                }
            })
            .collect::<Vec<_>>()
    });
    view! {
        <Tabs
            label=move || t.get().queue.lists
            tabs=tabs
            value=Signal::derive(move || desk.url.with(|url| url.query.tab))
            on_change=Callback::new(move |tab| {
                desk.url.push(|url| {
                    url.query.tab = tab;
                    url.query.band = None;
                    url.case = None;
                });
            })
        />
    }
}
