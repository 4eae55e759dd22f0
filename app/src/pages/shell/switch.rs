//! Which unit and which post one looks at.

use super::use_counts;
use crate::components::place::Side;
use crate::components::segmented::Segment;
use crate::components::{Icon, IconName, IconSize, Menu, MenuItem, Segmented};
use crate::i18n::wording::unit_name;
use crate::i18n::{use_locale, use_messages};
use crate::pages::overlays::{OnDemand, Overlays};
use crate::router::{NavigateOptions, use_navigate, use_path, use_query_map};
use crate::routes::queue_path;
use crate::state::session::{SessionState, use_session};
use crate::url_state::address;
use domain::id::UnitId;
use domain::post::Queue;
use leptos::html;
use leptos::prelude::*;

/// The unit of the address; none = the whole scope.
pub fn use_unit() -> Memo<Option<UnitId>> {
    let map = use_query_map();
    Memo::new(move |_| map.with(|map| map.get_str("unit").map(UnitId::from)))
}

/// The unit: a menu of those in scope, indented by their place in the tree.
#[component]
pub fn UnitSwitch(
    /// Further words beside it on narrow screens: the post and its count.
    #[prop(optional, into)]
    beside: Option<TextProp>,
) -> impl IntoView {
    let (t, locale, session) = (use_messages(), use_locale(), use_session());
    let unit = use_unit();
    let anchor = NodeRef::<html::Button>::new();
    let open = RwSignal::new(false);
    let words = move || match unit.get().or_else(|| branch(session)) {
        Some(id) => unit_name(session.unit(&id).as_ref(), &id, locale.get()),
        None => t.get().shell.all_units.to_owned(),
    };
    view! {
        <button
            class="btn"
            type="button"
            data-v="quiet"
            aria-haspopup="listbox"
            aria-expanded=move || if open.get() { "true" } else { "false" }
            aria-label=move || format!("{} {}", t.get().shell.unit, words())
            node_ref=anchor
            on:click=move |_| open.update(|open| *open = !*open)
        >
            <Icon name=IconName::Branch/>
            <span class="med">{words}</span>
            {beside.map(|beside| view! { <span data-on="narrow">{move || beside.get()}</span> })}
            <Icon name=IconName::Down size=IconSize::Small/>
        </button>
        <OnDemand
            open=open
            make=Callback::new(move |part: &Overlays| (part.units)(anchor, open))
        />
    }
}

/// The branch whose units are all the person sees: the whole scope has its name. None where that is several branches, or
/// the whole department. Followed.
fn branch(session: SessionState) -> Option<UnitId> {
    let (units, scope) = (session.units(), session.person()?.scope);
    let mut tops =
        scope.iter().filter(|id| !units.upwards(id).iter().skip(1).any(|above| scope.contains(&above.id)));
    let top = tops.next()?;
    (tops.next().is_none() && units.upwards(top).len() > 1).then(|| top.clone())
}

/// Its menu.
pub fn units(anchor: NodeRef<html::Button>, open: RwSignal<bool>) -> AnyView {
    let (t, locale, session) = (use_messages(), use_locale(), use_session());
    let (map, path, navigate) = (use_query_map(), use_path(), use_navigate());
    let unit = use_unit();
    let choose = Callback::new(move |unit: Option<UnitId>| {
        // What is selected belongs to the unit it was selected in.
        let mut parts: Vec<(String, String)> = map.with_untracked(|map| {
            map.iter()
                .map(|(name, value)| (name.to_string(), value.to_owned()))
                .filter(|(name, _)| name != "unit" && name != "case")
                .collect()
        });
        if let Some(unit) = unit {
            parts.push(("unit".to_owned(), unit.to_string()));
        }
        let query: Vec<String> =
            parts.iter().map(|(name, value)| format!("{name}={}", crate::api::load::escape(value))).collect();
        let target = if query.is_empty() {
            path.get_untracked()
        } else {
            format!("{}?{}", path.get_untracked(), query.join("&"))
        };
        navigate(&target, NavigateOptions { scroll: false, ..NavigateOptions::default() });
    });
    let items = Signal::derive(move || {
        let (units, locale, chosen) = (session.units(), locale.get(), unit.get());
        let scope = session.person().map(|person| person.scope).unwrap_or_default();
        let branch = branch(session);
        let mut items = Vec::new();
        if branch.is_none() {
            let whole = TextProp::from(move || t.get().shell.all_units);
            items.push(MenuItem::new(whole, move || choose.run(None)).checked(chosen.is_none()));
        }
        let mut rows: Vec<(String, UnitId, usize)> = units
            .iter()
            .filter(|unit| scope.contains(&unit.id))
            .map(|unit| {
                let above = units.upwards(&unit.id);
                let key: Vec<String> = above.iter().rev().map(|unit| unit.id.to_string()).collect();
                (key.join("/"), unit.id.clone(), above.len())
            })
            .collect();
        rows.sort();
        let top = rows.iter().map(|(_, _, depth)| *depth).min().unwrap_or(0);
        for (_, id, depth) in rows {
            let name = unit_name(units.get(&id), &id, locale);
            let indent = "\u{2003}".repeat(depth - top);
            // The branch itself is the whole scope: the address need not name it.
            let is_whole = branch.as_ref() == Some(&id);
            let is_chosen = chosen.as_ref() == Some(&id) || (is_whole && chosen.is_none());
            items.push(
                MenuItem::new(TextProp::from(format!("{indent}{name}")), move || {
                    choose.run(Some(id.clone()).filter(|_| !is_whole));
                })
                .checked(is_chosen),
            );
        }
        items
    });
    view! {
        <Menu anchor=anchor open=open label=move || t.get().shell.unit items=items side=Side::Below/>
    }
    .into_any()
}

/// Unit and post of a queue or a case.
#[component]
pub fn UnitAndPost(
    /// The queue one is at.
    #[prop(into)]
    queue: Signal<Option<Queue>>,
) -> impl IntoView {
    let (t, session, navigate) = (use_messages(), use_session(), use_navigate());
    let unit = use_unit();
    let counts = use_counts();
    // None while it is not known: no number is not none.
    let todo = move |queue: Queue| -> Option<i64> {
        let all = counts.get()?;
        all.queues.iter().find(|one| one.queue == queue).map(|one| one.tabs[0].cast_signed())
    };
    let segments = Signal::derive(move || {
        session
            .queues()
            .into_iter()
            .filter(|queue| *queue != Queue::Approval)
            .map(|queue| {
                let segment = Segment::new(queue, TextProp::from(move || t.get().post.queue(queue)));
                Segment { count: todo(queue), ..segment }
            })
            .collect::<Vec<_>>()
    });
    let choose = Callback::new(move |queue: Option<Queue>| {
        let Some(queue) = queue else { return };
        let parts: Vec<(&'static str, String)> =
            unit.get_untracked().map(|unit| ("unit", unit.to_string())).into_iter().collect();
        navigate(&address(&queue_path(queue), &parts), NavigateOptions::default());
    });
    let beside = move || {
        queue.get().map_or_else(String::new, |queue| {
            let t = t.get();
            let number = todo(queue).map_or_else(|| t.common.empty_value.to_owned(), crate::format::count);
            format!("{} {number}", t.post.queue(queue))
        })
    };
    let segments = Signal::derive(move || {
        segments
            .get()
            .into_iter()
            .map(|segment| Segment { value: Some(segment.value), label: segment.label, count: segment.count })
            .collect::<Vec<_>>()
    });
    view! {
        <UnitSwitch beside=beside/>
        <span data-on="wide" class="row">
            <Segmented
                label=move || t.get().shell.post
                segments=segments
                value=queue
                on_change=choose
            />
        </span>
    }
}
