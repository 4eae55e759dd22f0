//! The whole page: contexts, the first question, and what is shown for its answer.

use crate::api::send::Api;
use crate::api::session::who;
use crate::components::{TipLayer, ToastStack, provide_toasts};
use crate::follow::follow;
use crate::i18n::provide_locale;
use crate::pages::frame::Frame;
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
use crate::state::session::{SessionState, Status};
use crate::state::settings::Settings;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    let settings = Settings::start();
    provide_locale(settings.locale.into());
    let clock = Clock::start();
    let session = SessionState::default();
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
    provide_context(Drafts::default());
    provide_context(crate::state::given::LastGiven::default());
    provide_context(Keyboard::default());
    provide_context(crate::state::trail::Trail::default());
    provide_context(Frame::default());
    provide_context(Address::start());
    provide_toasts();
    provide_context(OverlaysState::start());

    let ask = Callback::new(move |()| {
        spawn_local(async move {
            match who().await {
                Ok(Some(found)) => {
                    clock.set(found.now);
                    session.signed_in(found);
                }
                Ok(None) => session.signed_out(),
                Err(_) => session.unreached(),
            }
        });
    });
    ask.run(());

    // Live notices belong to whoever is signed in.
    follow(move || match session.status() {
        Status::In => live.start(),
        Status::Out => live.stop(),
        Status::Unknown | Status::Ended | Status::Unreached => {}
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
