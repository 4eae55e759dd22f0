//! What stands around every page: navigation, top bar, banners, palette, help.

mod banners;
mod help;
mod home;
mod nav;
mod palette;
mod person;
mod place;
mod switch;
mod top_bar;
mod watch;

pub use home::{Home, Missing};
pub use place::{Place, places};
pub use switch::{UnitAndPost, UnitSwitch, use_unit};

use crate::i18n::use_messages;
use crate::query::query;
use crate::routes::{Pages, needs_width};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// Navigation, top bar and the page.
#[component]
pub fn Shell() -> impl IntoView {
    let t = use_messages();
    let path = use_location().pathname;
    let counts = query(|| Some(crate::api::queue::counts()));
    let palette = RwSignal::new(false);
    let help = RwSignal::new(false);
    watch::watch(palette, help);
    let rail = Memo::new(move |_| path.with(|path| needs_width(path)));
    view! {
        <a class="skip" href="#main">{move || t.get().shell.skip}</a>
        <div class="app" data-nav=move || rail.get().then_some("rail")>
            <nav::Nav counts=counts/>
            <top_bar::TopBar counts=counts palette=palette help=help/>
            <div class="stage" id="main" tabindex="-1">
                <banners::Banners/>
                <Pages/>
            </div>
        </div>
        <palette::CommandPalette open=palette help=help/>
        <help::KeyHelp open=help/>
        <person::Watermark/>
    }
}
