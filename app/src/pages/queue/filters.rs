//! The row of filters: order, bands with counts, the filters in force, what waits to be shown.

use super::desk::use_desk;
use super::url::SORTS;
use crate::components::place::Side;
use crate::components::{Chip, IconName, Menu, MenuItem, State};
use crate::format::count;
use crate::i18n::queue_page::QueuePage as Words;
use crate::i18n::{use_messages, use_text};
use crate::keys::Shortcut;
use crate::pages::overlays::{OnDemand, Overlays};
use domain::api::queue::{Band, Sort, Tab};
use leptos::html;
use leptos::prelude::*;

/// Order, bands, filters, updates.
#[component]
pub fn Filters() -> impl IntoView {
    let (t, words, desk) = (use_messages(), use_text::<Words>(), use_desk());
    let sort_anchor = NodeRef::<html::Button>::new();
    let sorting = RwSignal::new(false);
    let filter_anchor = NodeRef::<html::Button>::new();
    let filtering = RwSignal::new(false);
    crate::state::keyboard::use_keyboard().on_shortcut(move |shortcut| {
        let asked = shortcut == Shortcut::Filter;
        if asked {
            filtering.set(true);
        }
        asked
    });
    let waiting = move || desk.updates.with(Vec::len);
    view! {
        <div class="bar q-filt slide">
            <Chip
                label=move || sort_words(words.get(), desk.url.with(|url| url.query.sort))
                icon=IconName::Star
                popup="menu"
                expanded=sorting
                node_ref=sort_anchor
                on_press=Callback::new(move |()| sorting.update(|open| *open = !*open))
            />
            <OnDemand
                open=sorting
                make=Callback::new(move |part: &Overlays| (part.sort)(sort_anchor, sorting))
            />
            <span class="vr"></span>
            {Band::ALL
                .into_iter()
                .enumerate()
                .map(|(index, band)| view! { <BandChip band=band index=index/> })
                .collect_view()}
            <span class="vr"></span>
            <OnDemand
                open=Signal::derive(move || desk.url.with(|url| url.filters() > 0))
                make=Callback::new(move |part: &Overlays| (part.in_force)())
            />
            <Chip
                label=move || words.get().filters
                icon=IconName::Plus
                dashed=true
                shortcut=Shortcut::Filter
                popup="dialog"
                expanded=filtering
                node_ref=filter_anchor
                on_press=Callback::new(move |()| filtering.update(|open| *open = !*open))
            />
            <OnDemand
                open=filtering
                make=Callback::new(move |part: &Overlays| (part.filters)(filter_anchor, filtering))
            />
            <span class="push"></span>
            <span aria-live="polite">
                {move || {
                    (waiting() > 0)
                        .then(|| {
                            view! {
                                <Chip
                                    label=move || {
                                        (t.get().banner.show_updates)(
                                            i64::try_from(waiting()).unwrap_or(i64::MAX),
                                        )
                                    }
                                    icon=IconName::Refresh
                                    shortcut=Shortcut::ShowUpdates
                                    on_press=Callback::new(move |()| desk.show_updates())
                                />
                            }
                        })
                }}
            </span>
        </div>
    }
}

/// The menu of orders.
pub fn sort_menu(anchor: NodeRef<html::Button>, open: RwSignal<bool>) -> AnyView {
    let (words, desk) = (use_text::<Words>(), use_desk());
    let items = Signal::derive(move || {
        let now = desk.url.with(|url| url.query.sort);
        SORTS
            .into_iter()
            .map(|(sort, _)| {
                MenuItem::new(TextProp::from(move || sort_words(words.get(), sort)), move || {
                    desk.url.push(|url| url.query.sort = sort);
                })
                .checked(now == sort)
            })
            .collect::<Vec<_>>()
    });
    view! {
        <Menu anchor=anchor open=open label=move || words.get().sort items=items side=Side::Below/>
    }
    .into_any()
}

/// The name of an order.
pub fn sort_words(words: &Words, sort: Sort) -> &'static str {
    match sort {
        Sort::Due => words.by_due,
        Sort::Arrived => words.by_arrival,
        Sort::Amount => words.by_amount,
        Sort::Number => words.by_number,
    }
}

/// One band with how many stand in it; pressed it filters.
#[component]
fn BandChip(band: Band, index: usize) -> impl IntoView {
    let (t, desk) = (use_messages(), use_desk());
    let (state, icon) = match band {
        Band::Overdue => (State::Over, IconName::StateOver),
        Band::Soon => (State::Soon, IconName::StateSoon),
        Band::Today | Band::Later => (State::Ok, IconName::StateOk),
    };
    let name = move || {
        let t = t.get().queue;
        match band {
            Band::Overdue => t.band_overdue,
            Band::Soon => t.band_two_hours,
            Band::Today => t.band_today,
            Band::Later => t.band_later,
        }
    };
    let number = desk.page.map(move |page| page.band_counts[index]);
    let press = Callback::new(move |()| {
        desk.url.push(|url| {
            url.query.band = if url.query.band == Some(band) { None } else { Some(band) };
            url.case = None;
        });
    });
    // What is finished has no time left to sort by.
    view! {
        {move || {
            (desk.url.with(|url| url.query.tab != Tab::Done))
                .then(|| {
                    view! {
                        <Chip
                            label=name
                            value=move || match number.get() {
                                Some(number) => count(number.cast_signed()),
                                None => t.get().common.empty_value.to_owned(),
                            }
                            pressed=Signal::derive(move || {
                                desk.url.with(|url| url.query.band == Some(band))
                            })
                            state=state
                            icon=icon
                            on_press=press
                        />
                    }
                })
        }}
    }
}
