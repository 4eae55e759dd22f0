//! The whole page: contexts, the first question, and what is shown for its answer.

use crate::api::send::Api;
use crate::api::session::who;
use crate::components::{TipLayer, ToastStack, provide_toasts};
use crate::follow::follow;
use crate::i18n::provide_locale;
use crate::pages::frame::Frame;
use crate::pages::leave::use_leave;
use crate::pages::overlays::{OnDemand, Overlays, OverlaysState};
use crate::pages::shell::Shell;
use crate::pages::sign_in::{SignIn, Unreached};
use crate::query::Queries;
use crate::router::Address;
use crate::state::clock::Clock;
use crate::state::connection::Connection;
use crate::state::drafts::Drafts;
use crate::state::keyboard::Keyboard;
use crate::state::live::Live;
use crate::state::reconnect;
use crate::state::session::{SessionState, Status};
use crate::state::settings::Settings;
use crate::state::windows::{Said, Windows};
use leptos::prelude::*;
use leptos::task::{spawn_local, tick};

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    let settings = Settings::start();
    provide_locale(settings.locale.into());
    let clock = Clock::start();
    let session = SessionState::default();
    let windows = Windows::open();
    let drafts = Drafts::new(windows);
    let connection = Connection::start();
    let queries = Queries::new(clock);
    let live = Live::new(connection, queries, session);
    provide_context(settings);
    provide_context(clock);
    provide_context(session);
    provide_context(connection);
    provide_context(queries);
    provide_context(live);
    provide_context(Api::new(session, connection));
    provide_context(drafts);
    provide_context(windows);
    provide_context(crate::state::given::LastGiven::default());
    provide_context(Keyboard::default());
    provide_context(crate::state::trail::Trail::default());
    provide_context(Frame::default());
    provide_context(Address::start());
    provide_toasts();
    provide_context(OverlaysState::start());

    let leave = use_leave();
    let ask = Callback::new(move |()| {
        spawn_local(async move {
            match who().await {
                Ok(Some(found)) => {
                    clock.set(found.now);
                    let before = session.now().map(|session| session.person.id.clone());
                    if before.is_some_and(|before| before != found.person.id) {
                        // Another person's page is made anew, so the one before has to be gone first.
                        session.signed_out();
                        leave.run().await;
                        tick().await;
                    }
                    session.signed_in(found);
                    queries.invalidate_all();
                }
                Ok(None) => session.signed_out(),
                // Asked anew while somebody works: what is not reached shows itself.
                Err(_) if session.is_signed_in() => {}
                Err(_) => session.unreached(),
            }
        });
    });
    ask.run(());
    windows.hear(move |said| match said {
        Said::Left => {
            session.signed_out();
            spawn_local(leave.run());
        }
        Said::Came => ask.run(()),
        Said::Sent { .. } => {}
    });
    reconnect::watch(connection, queries, session, ask);

    // Live notices belong to whoever is signed in.
    follow(move || match session.status() {
        Status::In if session.sees_cases() => live.start(),
        Status::In | Status::Out => live.stop(),
        Status::Unknown | Status::Steps | Status::Ended | Status::Unreached => {}
    });
    // What index.html shows stays until there is something to show instead, so that the page is never blank.
    follow(move || {
        if session.status() != Status::Unknown
            && let Some(skeleton) = document().get_element_by_id("skeleton")
        {
            skeleton.remove();
        }
    });

    // The end of a session under the work must not take the work away: both are the same view.
    let shown = Memo::new(move |_| match session.status() {
        Status::Ended => Status::In,
        other => other,
    });
    view! {
            {move || match shown.get() {
                Status::Unknown => ().into_any(),
                Status::Out => view! { <SignIn/> }.into_any(),
                Status::Steps => {
                    let make = Callback::new(|part: &Overlays| (part.steps)());
                    view! { <OnDemand open=Signal::stored(true) make=make/> }.into_any()
                }
                Status::Unreached => view! { <Unreached on_retry=ask/> }.into_any(),
                Status::In | Status::Ended => {
                    view! {
                        <Shell/>
                        <OnDemand
                            open=Signal::derive(move || session.status() == Status::Ended)
                            make=Callback::new(move |part: &Overlays| (part.sign_in_again)())
                        />
                    }
                    .into_any()
                }
            }}
            <ToastStack/>
            <TipLayer/>
    }
}
