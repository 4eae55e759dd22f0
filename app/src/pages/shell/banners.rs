//! Under the top bar: offline, session about to end.

use crate::api::use_api;
use crate::components::{Banner, Button, ButtonSize, IconName, State, Toast, use_toasts};
use crate::follow::follow;
use crate::format::clock_time;
use crate::i18n::use_messages;
use crate::query::use_queries;
use crate::state::clock::use_clock;
use crate::state::connection::use_connection;
use crate::state::drafts::{Elsewhere, Trouble, use_drafts};
use crate::state::session::{Status, use_session};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// How long before its end the session's end is told, in milliseconds.
const WARNING: i64 = 120_000;

/// What everybody must know wherever one is.
#[component]
pub fn Banners() -> impl IntoView {
    let (t, session, clock, connection) = (use_messages(), use_session(), use_clock(), use_connection());
    let (api, queries, drafts, toasts) = (use_api(), use_queries(), use_drafts(), use_toasts());
    let ends_in = Memo::new(move |_| {
        let now = clock.now();
        let left = session.ends_in(now).filter(|_| session.status() == Status::In)?;
        (left <= WARNING).then(|| (left / 60_000 + 1).clamp(1, 2))
    });
    let renew = Callback::new(move |()| {
        spawn_local(async move {
            // A failure shows itself: offline as a banner, an ended session as the sign-in on top.
            if let Ok(renewed) = api.renew().await {
                clock.set(renewed.now);
            }
        });
    });
    let offline = move || {
        let at = connection.data_at().map_or_else(|| clock_time(clock.now()), clock_time);
        (t.get().banner.offline)(&at, connection.pending())
    };
    follow(move || {
        let text = match drafts.elsewhere() {
            None => return,
            Some(Elsewhere::Typed) => t.now().banner.typed_elsewhere,
            Some(Elsewhere::Sent) => t.now().banner.sent_elsewhere,
        };
        toasts.show(Toast::failed(text));
    });
    let unsaved = move || {
        let words = t.get().banner;
        drafts.trouble().map(|trouble| match trouble {
            Trouble::Nowhere => words.drafts_nowhere,
            Trouble::Full => words.drafts_full,
        })
    };
    let unsaved = Memo::new(move |_| unsaved());
    view! {
        {move || {
            unsaved
                .get()
                .map(|text| view! { <Banner state=State::Over icon=IconName::Warning text=text/> })
        }}
        {move || {
            connection
                .is_offline()
                .then(|| {
                    view! {
                        <Banner state=State::Over icon=IconName::Offline text=offline>
                            <Button
                                size=ButtonSize::Small
                                on_press=Callback::new(move |()| queries.invalidate_all())
                            >
                                {move || t.get().banner.reconnect}
                            </Button>
                        </Banner>
                    }
                })
        }}
        {move || {
            ends_in
                .get()
                .map(|minutes| {
                    view! {
                        <Banner
                            state=State::Soon
                            icon=IconName::Clock
                            text=move || (t.get().banner.session_ends)(minutes)
                        >
                            <Button size=ButtonSize::Small on_press=renew>
                                {move || t.get().banner.renew}
                            </Button>
                        </Banner>
                    }
                })
        }}
    }
}
