//! The backlog dashboard: where work stands, what is late, who has how much.

mod ageing;
mod ageing_figures;
pub mod behind;
mod behind_url;
mod flow;
mod flow_figures;
mod late;
mod load;
mod matrix;
mod matrix_figures;
mod stuck;
mod tiles;
pub mod url;

use crate::api::dashboard::backlog;
use crate::components::segmented::Segment;
use crate::components::{Empty, Segmented};
use crate::follow::follow;
use crate::format::second_time;
use crate::i18n::backlog::BacklogPage as Words;
use crate::i18n::{use_messages, use_text};
use crate::pages::frame::{use_bar, use_title};
use crate::pages::loaded::Loaded;
use crate::pages::part::Make;
use crate::pages::shell::UnitSwitch;
use crate::query::query_staying;
use crate::scope::provide;
use crate::state::connection::use_connection;
use crate::state::timer::every;
use crate::url_state::{Url, use_url_state};
use domain::api::dashboard::Backlog;
use domain::post::Post;
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use std::sync::Arc;
use std::time::Duration;
use url::BacklogUrl;

/// How often figures are read anew that change by time alone: what is due becomes overdue without a notice.
const BEAT: Duration = Duration::from_mins(1);

/// The backlog dashboard.
#[wasm_split(dashboards, wasm_split_path = leptos::wasm_split, fallible)]
pub fn backlog_page() -> Result<Make, SplitLoaderError> {
    Ok(|| view! { <BacklogPage/> }.into_any())
}

/// What the cards of the dashboard share.
#[derive(Debug, Clone, Copy)]
struct Board {
    data: Signal<Arc<Backlog>>,
    url: Url<BacklogUrl>,
}

/// The dashboard above.
fn use_board() -> Board {
    expect_context::<Board>()
}

/// The dashboard of the address.
#[component]
fn BacklogPage() -> impl IntoView {
    let (t, connection) = (use_messages(), use_connection());
    let url = use_url_state::<BacklogUrl>();
    let asked = Memo::new(move |_| url.with(BacklogUrl::query));
    let query = query_staying(move || Some(backlog(&asked.get())));
    every(BEAT, move || query.refetch());
    follow(move || {
        if let Some(data) = query.get() {
            connection.data(data.as_of);
        }
    });
    use_title(|t| t.shell.backlog.to_owned());
    use_bar(move || view! { <Bar url=url/> }.into_any());
    view! {
        <main class="sheet bare">
            <h1 class="vh">{move || t.get().shell.backlog}</h1>
            <div class="scroll">
                <Loaded query=query at=|data: &Backlog| data.as_of lines=14 let:data>
                    {provide(Board { data, url }, || view! { <Cards/> })}
                </Loaded>
            </div>
        </main>
    }
}

/// Title, unit and post.
#[component]
fn Bar(url: Url<BacklogUrl>) -> impl IntoView {
    let (t, words) = (use_messages(), use_text::<Words>());
    let name = move |post: Option<Post>| match post {
        Some(post) => t.get().post.short(post),
        None => words.get().all_posts,
    };
    let segments = Signal::derive(move || {
        std::iter::once(None)
            .chain(Post::ALL.map(Some))
            .map(|post| Segment::new(post, TextProp::from(move || name(post))))
            .collect::<Vec<_>>()
    });
    view! {
        <span class="ttl">{move || t.get().shell.backlog}</span>
        <UnitSwitch beside=move || name(url.with(|url| url.post))/>
        <span data-on="wide" class="row">
            <Segmented
                label=move || words.get().post_filter
                segments=segments
                value=Signal::derive(move || url.with(|url| url.post))
                on_change=Callback::new(move |post| url.push(|url| url.post = post))
            />
        </span>
    }
}

#[component]
fn Cards() -> impl IntoView {
    let (words, board) = (use_text::<Words>(), use_board());
    let is_empty = Memo::new(move |_| board.data.with(|data| data.rows.is_empty()));
    let rest = move || {
        if is_empty.get() {
            view! {
                <section class="card s12">
                    <Empty
                        title=move || words.get().nothing_open
                        hint=move || words.get().nothing_open_hint
                    />
                    <AsOf/>
                </section>
            }
            .into_any()
        } else {
            view! {
                <matrix::Matrix/>
                <late::LateCells/>
                <flow::Flow/>
                <ageing::Ageing/>
                <load::Load/>
                <stuck::StuckCases/>
            }
            .into_any()
        }
    };
    view! {
        <div class="bd backlog">
            <tiles::Tiles/>
            <PostOnPhone/>
            {rest}
        </div>
    }
}

/// The post, where the top bar has no room for it.
#[component]
fn PostOnPhone() -> impl IntoView {
    let (t, words, board) = (use_messages(), use_text::<Words>(), use_board());
    let segments = Signal::derive(move || {
        std::iter::once(None)
            .chain(Post::ALL.map(Some))
            .map(|post| {
                let name = TextProp::from(move || match post {
                    Some(post) => t.get().post.short(post),
                    None => words.get().open,
                });
                Segment::new(post, name)
            })
            .collect::<Vec<_>>()
    });
    view! {
        <div class="bd-post slide" data-on="narrow">
            <Segmented
                label=move || words.get().post_filter
                segments=segments
                value=Signal::derive(move || board.url.with(|url| url.post))
                on_change=Callback::new(move |post| board.url.push(|url| url.post = post))
            />
        </div>
    }
}

/// The time of the data, and what is counted apart.
#[component]
fn AsOf() -> impl IntoView {
    let (words, board) = (use_text::<Words>(), use_board());
    let text = move || {
        let words = words.get();
        board.data.with(|data| {
            let time = (words.as_of)(&second_time(data.as_of));
            if data.imported_open > 0 {
                (words.two)(&time, &(words.imported)(data.imported_open.into()))
            } else {
                time
            }
        })
    };
    view! { <span class="dim sm">{text}</span> }
}
