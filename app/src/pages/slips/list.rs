//! Slips to receive and slips given.

use crate::components::{Clock, ClockState, Failed, Pane, PaneSide, Skeleton};
use crate::follow::follow;
use crate::format::short_number;
use crate::i18n::slips::SlipWords;
use crate::i18n::wording::unit_name;
use crate::i18n::{use_locale, use_messages, use_text};
use crate::query::query;
use crate::routes::slip_path;
use crate::state::clock::use_clock;
use crate::state::connection::use_connection;
use crate::state::session::use_session;
use domain::api::slip::SlipSummary;
use domain::id::{SlipId, UnitId};
use domain::post::Stage;
use domain::time::Calendar;
use leptos::prelude::*;
use std::collections::BTreeMap;

/// Target of a hand-over, business minutes (process §5, company-set).
pub const TRANSIT: i64 = 60;

/// The slips of the person's posts.
#[component]
pub fn SlipList(#[prop(into)] chosen: Signal<Option<SlipId>>) -> impl IntoView {
    let (t, words, connection) = (use_messages(), use_text::<SlipWords>(), use_connection());
    let slips = query(|| Some(crate::api::slip::list()));
    follow(move || {
        if let Some(slips) = slips.get() {
            connection.data(slips.as_of);
        }
    });
    let part = move |title: fn(&SlipWords) -> &'static str,
                     none: fn(&SlipWords) -> &'static str,
                     of: fn(&domain::api::slip::Slips) -> &Vec<SlipSummary>| {
        move || {
            let known = slips.get().map(|slips| of(&slips).clone());
            let empty = known.as_ref().is_some_and(Vec::is_empty);
            let number = known.as_ref().map_or_else(
                || t.get().common.empty_value.to_owned(),
                |list| crate::format::count(i64::try_from(list.len()).unwrap_or(i64::MAX)),
            );
            let list = known.unwrap_or_default();
            view! {
                <h2 class="sec">
                    {move || title(words.get())}
                    <span class="sub">{number}</span>
                </h2>
                {list.into_iter().map(|slip| view! { <One slip=slip chosen=chosen/> }).collect_view()}
                {empty.then(|| view! { <section><p class="dim">{move || none(words.get())}</p></section> })}
            }
        }
    };
    view! {
        <Pane label=move || words.get().title side=PaneSide::Left>
            <div class="slips">
                {move || {
                    if slips.get().is_none() {
                        if slips.failure().is_some() {
                            view! { <Failed on_retry=Callback::new(move |()| slips.refetch())/> }.into_any()
                        } else {
                            view! { <Skeleton lines=6/> }.into_any()
                        }
                    } else {
                        ().into_any()
                    }
                }}
                {part(|w| w.incoming, |w| w.none_incoming, |slips| &slips.incoming)}
                {part(|w| w.outgoing, |w| w.none_outgoing, |slips| &slips.outgoing)}
                <Show when=move || slips.get().is_some_and(|slips| !slips.own.is_empty())>
                    {part(|w| w.own, |w| w.none_outgoing, |slips| &slips.own)}
                </Show>
            </div>
        </Pane>
    }
}

/// Stage and unit in a few words.
pub fn place(at: (Stage, UnitId)) -> impl Fn() -> String + Clone + Send + Sync + 'static {
    let (t, locale, session) = (use_messages(), use_locale(), use_session());
    move || {
        let unit = unit_name(session.unit(&at.1).as_ref(), &at.1, locale.get());
        format!("{unit} {}", t.get().post.stage(at.0))
    }
}

#[component]
fn One(slip: SlipSummary, chosen: Signal<Option<SlipId>>) -> impl IntoView {
    let (words, clock, session) = (use_text::<SlipWords>(), use_clock(), use_session());
    let calendar = Calendar::national();
    let id = slip.id;
    let since = slip.since;
    let state = Signal::derive(move || {
        let used = calendar.minutes_between(since, clock.now()).get().max(0);
        ClockState::of(used, TRANSIT)
    });
    let (from, to) = (place(slip.from.clone()), place(slip.to.clone()));
    let person = slip.to_person.clone();
    let where_to = move || match &person {
        Some(person) => (words.get().to_person)(&session.name(person, &BTreeMap::new())),
        None => (words.get().from_to)(&from(), &to()),
    };
    let said = where_to.clone();
    view! {
        <a
            href=slip_path(id)
            aria-current=move || (chosen.get() == Some(id)).then_some("true")
        >
            <b>{short_number(&slip.number).to_owned()}</b>
            <Clock state=state filled=true/>
            <small class="ell" data-tip=said>{where_to}</small>
            <small>
                {move || (words.get().lines)(i64::from(slip.open), i64::from(slip.lines))}
            </small>
        </a>
    }
}
