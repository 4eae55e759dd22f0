//! What is heard wherever one is: the keyboard, the scanner, live notices, leaving with something unsent.

use super::place::{Place, places};
use crate::api::{Tag, use_api};
use crate::components::use_toasts;
use crate::i18n::use_messages;
use crate::keys::{self, Place as Goal, Scan, Shortcut};
use crate::pages::overlays::use_overlays;
use crate::query::use_queries;
use crate::router::{NavigateOptions, use_navigate};
use crate::routes::case_path;
use crate::state::drafts::use_drafts;
use crate::state::keyboard::use_keyboard;
use crate::state::live::use_live;
use crate::state::session::use_session;
use crate::state::settings::use_settings;
use crate::state::timer::pause;
use domain::id::{CaseId, CheckId, SlipId};
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Shortest time between two fetches of counts and dashboards that notices ask for, in milliseconds.
const CALM: i32 = 1_500;

/// Listens for the life of the calling owner.
pub fn watch(palette: RwSignal<bool>, help: RwSignal<bool>) {
    keyboard(palette, help);
    notices();
    leaving();
}

fn keyboard(palette: RwSignal<bool>, help: RwSignal<bool>) {
    let (hearers, settings, session) = (use_keyboard(), use_settings(), use_session());
    let (navigate, toasts, api, t) = (use_navigate(), use_toasts(), use_api(), use_messages());
    let overlays = use_overlays();
    let go = {
        move |goal: Goal| {
            let Some(session) = session.now() else { return false };
            let found = places(&session).into_iter().find(|place| {
                matches!(
                    (goal, place),
                    (Goal::Queue, Place::Queue(_))
                        | (Goal::Checks, Place::Checks)
                        | (Goal::Backlog, Place::Backlog)
                        | (Goal::Quality, Place::Quality)
                )
            });
            if let Some(place) = found {
                navigate(&place.href(), NavigateOptions::default());
            }
            found.is_some()
        }
    };
    hearers.on_shortcut(move |shortcut| match shortcut {
        Shortcut::Palette => {
            palette.update(|open| *open = !*open);
            true
        }
        Shortcut::Help => {
            help.update(|open| *open = !*open);
            true
        }
        Shortcut::Undo => toasts.undo_last(),
        Shortcut::Go(goal) => go(goal),
        _ => false,
    });
    let open = Callback::new(move |case| navigate(&case_path(case), NavigateOptions::default()));
    // A scanned code opens the case it names, unless the page has a use of its own for it.
    hearers.on_scan(move |scan| {
        overlays.with(move |part| (part.scanned)(api, toasts, t, open, scan.text));
        true
    });
    keys::listen(
        // What is typed on the way to the palette's field is not meant as letters alone.
        Signal::derive(move || settings.single_letters.get() && !overlays.coming()),
        Callback::new(move |shortcut| hearers.tell(shortcut)),
        Callback::new(move |scan: Scan| {
            if !scan.into_field {
                hearers.tell_scan(&scan);
            }
        }),
    );
}

/// Notices make what they are about stale. Counts and dashboards are fetched anew at once, but calmly; rows of a
/// queue wait behind 更新, and a case is the business of the page that shows it.
fn notices() {
    let (live, queries) = (use_live(), use_queries());
    let asked = StoredValue::new(false);
    live.on_notice(move |notice| {
        match notice.aggregate.as_str() {
            "case" => queries.stale(Tag::Case(CaseId(notice.id))),
            "slip" => queries.stale(Tag::Slip(SlipId(notice.id))),
            "check" => queries.stale(Tag::Check(CheckId(notice.id))),
            _ => {}
        }
        for queue in &notice.queues {
            queries.stale(Tag::Queue(*queue));
        }
        if !asked.get_value() {
            asked.set_value(true);
            spawn_local(async move {
                pause(CALM).await;
                asked.try_set_value(false);
                for tag in [Tag::Counts, Tag::Slips, Tag::Checks, Tag::Dashboards] {
                    queries.invalidate(tag);
                }
            });
        }
    });
}

/// Leaving the tab asks first where something typed is not saved.
fn leaving() {
    let drafts = use_drafts();
    let handle = window_event_listener(ev::beforeunload, move |event| {
        if drafts.would_lose() {
            event.prevent_default();
        }
    });
    on_cleanup(move || handle.remove());
}
