//! The right pane: clocks, timeline, approvals, notes.

mod approvals;
mod clocks;
mod moments;

use super::act::words as use_words;
use super::bench::use_bench;
use super::head::Side;
use crate::components::{Drawer, Pane, PaneSide, Timeline};
use crate::i18n::use_messages;
use leptos::prelude::*;

pub use approvals::Approvals;
pub use clocks::ClocksSection;
pub use moments::moments;

/// What happened: beside the work where there is room, else drawn out.
#[component]
pub fn TimelinePane() -> impl IntoView {
    let words = use_words();
    let side = expect_context::<RwSignal<Side>>();
    let open = Signal::derive(move || side.get() == Side::Timeline);
    view! {
        <Pane label=move || words.get().timeline_pane side=PaneSide::Right>
            <History/>
        </Pane>
        <Drawer
            title=move || words.get().timeline_pane
            open=open
            on_close=Callback::new(move |()| side.set(Side::None))
        >
            <History/>
        </Drawer>
    }
}

/// Clocks, approvals, timeline.
#[component]
pub fn History(
    /// Whether requests for approval stand in it: not where the page is about them.
    #[prop(default = true)]
    approvals: bool,
) -> impl IntoView {
    let (t, bench) = (use_messages(), use_bench());
    let entries = Memo::new(move |_| {
        let (locale, now) = (bench.locale(), bench.clock().now());
        bench
            .opened
            .with(|opened| opened.as_deref().map(|opened| moments(opened, locale, now)).unwrap_or_default())
    });
    view! {
        <ClocksSection/>
        {approvals.then(|| view! { <Approvals/> })}
        <section>
            <Timeline moments=entries label=move || t.get().case().timeline/>
        </section>
    }
}
