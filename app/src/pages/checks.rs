//! Sample checks: what is to be checked, how it was drawn, what must be checked again.

mod draw_form;
mod draws;
mod sample;
pub mod sample_rows;
pub mod second;
mod url;

pub use draws::Provenance;
pub use sample::verdict_tag as sample_verdict;

use crate::api::check::list;
use crate::components::segmented::Segment;
use crate::components::{Button, ButtonSize, ButtonVariant, Drawer, IconName, Pane, PaneSide, Segmented};
use crate::follow::follow;
use crate::format::{date, today};
use crate::i18n::checks::Checks as Words;
use crate::i18n::{use_messages, use_text};
use crate::keys::Shortcut;
use crate::pages::frame::{use_bar, use_title};
use crate::pages::loaded::Loaded;
use crate::pages::part::Make;
use crate::pages::shell::UnitSwitch;
use crate::query::{Query, query_staying};
use crate::router::{NavigateOptions, use_navigate};
use crate::routes::check_path;
use crate::scope::provide;
use crate::state::clock::use_clock;
use crate::state::connection::use_connection;
use crate::state::keyboard::use_keyboard;
use crate::url_state::{Url, use_url_state};
use chrono::NaiveDate;
use domain::api::check::Checks;
use domain::time::Calendar;
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use std::sync::Arc;
use url::{ChecksUrl, Show};

/// Sample checks.
#[wasm_split(sampling, wasm_split_path = leptos::wasm_split, fallible)]
pub fn checks_page() -> Result<Make, SplitLoaderError> {
    Ok(|| view! { <ChecksPage/> }.into_any())
}

/// What the parts of the page share.
#[derive(Debug, Clone, Copy)]
struct Desk {
    data: Signal<Arc<Checks>>,
    query: Query<Checks>,
    url: Url<ChecksUrl>,
    /// The business date of today.
    today: Memo<NaiveDate>,
    /// The day that is meant where none is named: the last working day, which at weekends is not today.
    usual: Memo<NaiveDate>,
}

impl Desk {
    /// The day looked at; followed.
    fn day(self) -> NaiveDate {
        self.url.with(|url| url.day).unwrap_or_else(|| self.usual.get())
    }
}

/// The desk above.
fn use_desk() -> Desk {
    expect_context::<Desk>()
}

/// The list of the address.
#[component]
fn ChecksPage() -> impl IntoView {
    let (t, clock, connection) = (use_messages(), use_clock(), use_connection());
    let url = use_url_state::<ChecksUrl>();
    let day = Memo::new(move |_| today(clock.now()));
    let usual = Memo::new(move |_| Calendar::national().last_working_day(day.get()));
    let asked = Memo::new(move |_| url.with(|url| url.query(usual.get())));
    let query = query_staying(move || Some(list(&asked.get())));
    follow(move || {
        if let Some(data) = query.get() {
            connection.data(data.as_of);
        }
    });
    use_title(|t| t.shell.checks.to_owned());
    use_bar(move || {
        view! {
            <span class="ttl">{move || t.get().shell.checks}</span>
            <UnitSwitch/>
        }
        .into_any()
    });
    view! {
        <main class="sheet one">
            <Loaded query=query at=|data: &Checks| data.as_of lines=12 let:data>
                {provide(Desk { data, query, url, today: day, usual }, || view! { <Page/> })}
            </Loaded>
        </main>
    }
}

#[component]
fn Page() -> impl IntoView {
    let (words, navigate, desk) = (use_text::<Words>(), use_navigate(), use_desk());
    let sampling = RwSignal::new(false);
    let title = move || {
        let (day, today) = (desk.day(), desk.today.get());
        if day == today {
            words.get().today_sample.to_owned()
        } else {
            (words.get().sample_of)(&date(day, today))
        }
    };
    let next = Memo::new(move |_| desk.data.with(|data| sample_rows::next_open(&data.checks, None)));
    let start = Callback::new(move |()| {
        if let Some(id) = next.get_untracked() {
            navigate(&check_path(id), NavigateOptions::default());
        }
    });
    use_keyboard().on_shortcut(move |shortcut| {
        let meant = shortcut == Shortcut::GetNext && next.get_untracked().is_some();
        if meant {
            start.run(());
        }
        meant
    });
    view! {
        <div class="smp">
        <div class="bar">
            <h1>{title}</h1>
            <ShowChoice/>
            <span class="push"></span>
            <span class="nar">
                <Button
                    icon=IconName::Sample
                    popup="dialog"
                    on_press=Callback::new(move |()| sampling.set(true))
                >
                    {move || words.get().sampling}
                </Button>
            </span>
            <Button
                variant=ButtonVariant::Primary
                size=ButtonSize::Large
                icon=IconName::Next
                shortcut=Shortcut::GetNext
                disabled=Signal::derive(move || {
                    next.get().is_none().then(|| words.get().nothing_open.to_owned())
                })
                on_press=start
            >
                {move || words.get().start_next}
            </Button>
        </div>
        <div class="smp-list">
            <sample::Sample/>
        </div>
        <Pane label=move || words.get().sampling side=PaneSide::Right>
            <Sampling/>
        </Pane>
        </div>
        <Drawer
            title=move || words.get().sampling
            open=sampling
            on_close=Callback::new(move |()| sampling.set(false))
        >
            <Sampling/>
        </Drawer>
    }
}

/// To be checked, checked, or both.
#[component]
fn ShowChoice() -> impl IntoView {
    let (words, desk) = (use_text::<Words>(), use_desk());
    let counts = Memo::new(move |_| desk.data.with(|data| sample_rows::counts(&data.checks)));
    let name = move |show: Show| match show {
        Show::Open => words.get().to_check,
        Show::Done => words.get().done,
        Show::All => words.get().all,
    };
    let segments = Signal::derive(move || {
        let counts = counts.get();
        [(Show::Open, counts.0), (Show::Done, counts.1), (Show::All, counts.0 + counts.1)]
            .map(|(show, n)| Segment::new(show, TextProp::from(move || name(show))).counting(n))
            .to_vec()
    });
    view! {
        <Segmented
            label=move || words.get().show
            segments=segments
            value=Signal::derive(move || desk.url.with(|url| url.show))
            on_change=Callback::new(move |show| desk.url.push(|url| url.show = show))
        />
    }
}

/// What must be checked again, drawing a sample, and what was drawn.
#[component]
fn Sampling() -> impl IntoView {
    view! {
        <second::SecondDue/>
        <draw_form::DrawForm/>
        <draws::Draws/>
    }
}
