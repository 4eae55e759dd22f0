//! What each person has in hand, and where to see it.

use super::use_board;
use crate::components::{Avatar, ButtonSize, Card, LinkButton, held_still};
use crate::format::count;
use crate::i18n::backlog::BacklogPage as Words;
use crate::i18n::use_text;
use crate::state::session::use_session;
use domain::api::behind::{BehindQuery, Counted, Standing};
use domain::api::dashboard::PersonLoad;
use leptos::html;
use leptos::prelude::*;

/// The card: most in hand first. Its rows keep their order while the hand is on them.
#[component]
pub fn Load() -> impl IntoView {
    let (words, board) = (use_text::<Words>(), use_board());
    let frame = NodeRef::<html::Div>::new();
    let newest = Memo::new(move |_| {
        let post = board.url.with(|url| url.post);
        board.data.with(|data| in_order(&data.load, post))
    });
    let rows = held_still(newest.into(), frame);
    let detail = move || {
        let (people, open) = rows.with(|rows: &Vec<PersonLoad>| {
            let open: i64 = rows.iter().map(|row| i64::from(row.open)).sum();
            (i64::try_from(rows.len()).unwrap_or(i64::MAX), open)
        });
        (words.get().load_detail)(people, open)
    };
    let most =
        Memo::new(move |_| rows.with(|rows| rows.iter().map(|row| row.open).max().unwrap_or(0).max(1)));
    view! {
        <Card title=move || words.get().load detail=detail class="s5">
            <div node_ref=frame class="wl-box">
                {move || {
                    if rows.with(Vec::is_empty) {
                        view! { <p class="dim">{move || words.get().load_none}</p> }.into_any()
                    } else {
                        view! {
                            <ul class="wl-l">
                                <li class="h sm dim" aria-hidden="true">
                                    <span></span>
                                    <span>{move || words.get().person}</span>
                                    <span>{move || words.get().load_bar}</span>
                                    <span class="num">{move || words.get().in_hand_head}</span>
                                    <span class="num">{move || words.get().finished_today_head}</span>
                                    <span></span>
                                </li>
                                <For each=move || rows.get() key=|row| row.person.clone() let(row)>
                                    <Row row=row rows=rows most=most/>
                                </For>
                            </ul>
                        }
                        .into_any()
                    }
                }}
            </div>
        </Card>
    }
}

/// Most in hand first; people of another post left out where one is chosen.
fn in_order(load: &[PersonLoad], post: Option<domain::post::Post>) -> Vec<PersonLoad> {
    let mut rows: Vec<PersonLoad> =
        load.iter().filter(|row| post.is_none_or(|post| row.posts.contains(&post))).cloned().collect();
    rows.sort_by(|a, b| (b.open, b.overdue, &a.person).cmp(&(a.open, a.overdue, &b.person)));
    rows
}

#[component]
fn Row(row: PersonLoad, rows: Signal<Vec<PersonLoad>>, most: Memo<u32>) -> impl IntoView {
    let (words, board, session) = (use_text::<Words>(), use_board(), use_session());
    let id = row.person.clone();
    let (key, first) = (id.clone(), row.clone());
    let now = Memo::new(move |_| {
        rows.with(|rows| rows.iter().find(|row| row.person == key).cloned()).unwrap_or_else(|| first.clone())
    });
    let named = id.clone();
    let name = Memo::new(move |_| board.data.with(|data| session.name(&named, &data.names)));
    let said = move || {
        now.with(|row| (words.get().load_words)(row.open.into(), row.overdue.into(), row.finished.into()))
    };
    let percent = move |n: u32| format!("{}%", n * 100 / most.get().max(1));
    let in_time = move || now.with(|row| percent(row.open.saturating_sub(row.overdue)));
    let late = move || now.with(|row| percent(row.overdue));
    let link = move |counted: Counted, standing: Option<Standing>| {
        now.with(|row| {
            let asked =
                BehindQuery { counted, standing, person: Some(row.person.clone()), ..BehindQuery::default() };
            board.url.with(|url| url.behind(asked))
        })
    };
    let in_hand = move || now.with(|row| row.open > 0).then(|| link(Counted::Open, Some(Standing::Held)));
    let finished = move || now.with(|row| row.finished > 0).then(|| link(Counted::Finished, None));
    view! {
        <li>
            <Avatar name=name person=Signal::stored(id.to_string())/>
            <span class="nm ell">{move || name.get()}</span>
            <span class="bar2" role="img" aria-label=said data-tip=said>
                <i class="ld" style:--w=in_time></i>
                <i class="ex" style:--x=in_time style:--w=late></i>
            </span>
            <span class="num">
                <b>{move || count(now.with(|row| row.open.into()))}</b>
                {move || {
                    let late = now.with(|row| row.overdue);
                    (late > 0).then(|| view! { <small class="t-over sm">" " {count(late.into())}</small> })
                }}
            </span>
            <span class="num dim sm">
                <a href=finished>{move || count(now.with(|row| row.finished.into()))}</a>
            </span>
            <span>
                {move || {
                    in_hand()
                        .map(|href| {
                            view! {
                                <LinkButton href=Signal::stored(href) size=ButtonSize::Small>
                                    {move || words.get().see}
                                    <span class="vh">{move || (words.get().see_cases)(&name.get())}</span>
                                </LinkButton>
                            }
                        })
                }}
            </span>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::post::Post;

    #[test]
    fn most_in_hand_comes_first_and_other_posts_are_left_out() {
        let row = |person: &str, post, open, overdue| PersonLoad {
            person: person.into(),
            posts: vec![post],
            open,
            overdue,
            finished: 0,
        };
        let load =
            [row("SH1", Post::Entry, 3, 0), row("SH3", Post::Recheck, 7, 1), row("SH2", Post::Entry, 3, 2)];
        let order = |post| in_order(&load, post).iter().map(|row| row.person.to_string()).collect::<Vec<_>>();
        assert_eq!(order(None), ["SH3", "SH2", "SH1"]);
        assert_eq!(order(Some(Post::Entry)), ["SH2", "SH1"]);
    }
}
