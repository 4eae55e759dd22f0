//! The quality dashboard: rates with intervals, their course, which errors, where.

mod groups;
mod pareto;
mod pareto_figures;
mod period;
mod tiles;
mod trend;
mod trend_figures;
mod url;

use crate::api::dashboard::quality;
use crate::components::Segmented;
use crate::components::segmented::Segment;
use crate::follow::follow;
use crate::format::{full_date, second_time, today};
use crate::i18n::quality::QualityPage as Words;
use crate::i18n::{use_messages, use_text};
use crate::pages::frame::{use_bar, use_title};
use crate::pages::loaded::Loaded;
use crate::pages::part::Make;
use crate::pages::shell::UnitSwitch;
use crate::query::query_staying;
use crate::scope::provide;
use crate::state::clock::use_clock;
use crate::state::connection::use_connection;
use crate::url_state::{Url, use_url_state};
use chrono::NaiveDate;
use domain::api::dashboard::{Quality, Series};
use domain::post::Post;
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use std::sync::Arc;
use url::{QualityUrl, Source};

/// The quality dashboard.
#[wasm_split(dashboards, wasm_split_path = leptos::wasm_split, fallible)]
pub fn quality_page() -> Result<Make, SplitLoaderError> {
    Ok(|| view! { <QualityPage/> }.into_any())
}

/// What the cards of the dashboard share.
#[derive(Debug, Clone, Copy)]
struct Board {
    data: Signal<Arc<Quality>>,
    url: Url<QualityUrl>,
}

impl Board {
    /// Something of the series chosen; followed.
    fn series<T>(self, of: impl FnOnce(&Series) -> T) -> T {
        let source = self.url.with(|url| url.source);
        self.data.with(|data| match source {
            Source::Samples => of(&data.samples),
            Source::Recheck => of(&data.recheck),
        })
    }
}

/// The dashboard above.
fn use_board() -> Board {
    expect_context::<Board>()
}

/// The dashboard of the address.
#[component]
fn QualityPage() -> impl IntoView {
    let (t, clock, connection) = (use_messages(), use_clock(), use_connection());
    let url = use_url_state::<QualityUrl>();
    let day = Memo::new(move |_| today(clock.now()));
    let asked = Memo::new(move |_| url.with(|url| url.query(day.get())));
    let query = query_staying(move || Some(quality(&asked.get())));
    follow(move || {
        if let Some(data) = query.get() {
            connection.data(data.as_of);
        }
    });
    use_title(|t| t.shell.quality.to_owned());
    use_bar(move || view! { <Bar url=url/> }.into_any());
    view! {
        <main class="sheet bare">
            <h1 class="vh">{move || t.get().shell.quality}</h1>
            <div class="scroll">
                <Loaded query=query at=|data: &Quality| data.as_of lines=14 let:data>
                    {provide(Board { data, url }, move || view! { <Cards day=day/> })}
                </Loaded>
            </div>
        </main>
    }
}

/// Title, unit and period.
#[component]
fn Bar(url: Url<QualityUrl>) -> impl IntoView {
    let (t, words) = (use_messages(), use_text::<Words>());
    let beside = move || period::name(&url.with(|url| url.period.clone()), words.get());
    view! {
        <span class="ttl">{move || t.get().shell.quality}</span>
        <UnitSwitch beside=beside/>
        <span data-on="wide" class="row">
            <period::PeriodChoice url=url/>
        </span>
    }
}

#[component]
fn Cards(day: Memo<NaiveDate>) -> impl IntoView {
    let board = use_board();
    let samples = Memo::new(move |_| board.url.with(|url| url.source == Source::Samples));
    view! {
        <div class="bd quality">
            <Choices day=day/>
            <tiles::Tiles/>
            <pareto::Pareto/>
            <trend::Trend/>
            {move || samples.get().then(|| view! { <groups::CheckPoints/> })}
            <groups::Posts wide=Signal::derive(move || !samples.get())/>
            <groups::Units/>
        </div>
    }
}

/// Series, post, the period's days, and the time of the data.
#[component]
fn Choices(day: Memo<NaiveDate>) -> impl IntoView {
    let (t, words, board) = (use_messages(), use_text::<Words>(), use_board());
    let source_name = move |source: Source| match source {
        Source::Samples => words.get().samples,
        Source::Recheck => words.get().recheck,
    };
    let sources = Signal::derive(move || {
        [Source::Samples, Source::Recheck]
            .map(|source| Segment::new(source, TextProp::from(move || source_name(source))))
            .to_vec()
    });
    let posts = Signal::derive(move || {
        std::iter::once(None)
            .chain(Post::ALL.map(Some))
            .map(|post| {
                let name = TextProp::from(move || match post {
                    Some(post) => t.get().post.short(post),
                    None => words.get().all_posts,
                });
                Segment::new(post, name)
            })
            .collect::<Vec<_>>()
    });
    let what = move || match board.url.with(|url| url.source) {
        Source::Samples => words.get().samples_long,
        Source::Recheck => words.get().recheck_long,
    };
    let as_of = move || {
        board.data.with(|data| {
            (words.get().as_of)(&full_date(data.from), &full_date(data.to), &second_time(data.as_of))
        })
    };
    view! {
        <div class="bd-bar">
            <Segmented
                label=move || words.get().series
                segments=sources
                value=Signal::derive(move || board.url.with(|url| url.source))
                on_change=Callback::new(move |source| board.url.push(|url| url.source = source))
            />
            <span class="dim sm" data-tip=move || words.get().apart>{what}</span>
            <span class="slide">
                <Segmented
                    label=move || words.get().post_filter
                    segments=posts
                    value=Signal::derive(move || board.url.with(|url| url.post))
                    on_change=Callback::new(move |post| board.url.push(|url| url.post = post))
                />
            </span>
            <span data-on="narrow" class="slide">
                <period::PeriodChoice url=board.url/>
            </span>
            <period::Days url=board.url day=day/>
            <span class="push"></span>
            <span class="dim sm">{as_of}</span>
        </div>
    }
}
