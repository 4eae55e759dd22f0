//! What stands around every page: navigation, top bar, banners, palette, help.

mod banners;
pub(super) mod help;
mod home;
mod nav;
pub(super) mod palette;
pub(super) mod person;
mod place;
pub(super) mod switch;
pub(super) mod top_bar;
mod watch;

pub use home::{Home, Missing};
pub use place::{Place, places};
pub use switch::{UnitAndPost, UnitSwitch, use_unit};

use super::overlays::{OnDemand, Overlays};
use crate::i18n::use_messages;
use crate::query::{Query, query_staying};
use crate::router::use_path;
use crate::routes::{Pages, needs_width};
use crate::scope::provide;
use crate::state::session::use_session;
use domain::api::queue::Queues;
use leptos::prelude::*;

/// The counts of the person's queues, one read for everything within the shell.
pub fn use_counts() -> Query<Queues> {
    expect_context()
}

/// Navigation, top bar and the page.
#[component]
pub fn Shell() -> impl IntoView {
    let t = use_messages();
    let path = use_path();
    // Tabs and badges count what the lists beside them show: the unit of the address.
    let (unit, session) = (use_unit(), use_session());
    let counts = query_staying(move || session.sees_cases().then(|| crate::api::queue::counts(unit.get())));
    let palette = RwSignal::new(false);
    let help = RwSignal::new(false);
    watch::watch(palette, help);
    let rail = Memo::new(move |_| path.with(|path| needs_width(path)));
    let parts = move || {
        view! {
            <a class="skip" href="#main">{move || t.get().shell.skip}</a>
            <div class="app" data-nav=move || rail.get().then_some("rail")>
                <nav::Nav/>
                <top_bar::TopBar palette=palette help=help/>
                <div class="stage" id="main" tabindex="-1">
                    <banners::Banners/>
                    <Pages/>
                </div>
            </div>
            <OnDemand open=palette make=Callback::new(move |part: &Overlays| (part.palette)(palette, help))/>
            <OnDemand open=help make=Callback::new(move |part: &Overlays| (part.keys)(help))/>
            <person::Watermark/>
        }
    };
    provide(counts, parts)
}
