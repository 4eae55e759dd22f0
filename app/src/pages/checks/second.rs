//! Steps that must be checked again: a release waits for them.

use super::use_desk;
use crate::api::{Failure, Tag, use_api};
use crate::components::{Button, ButtonSize, IconName, State, Tag as Mark};
use crate::i18n::checks::Checks as Words;
use crate::i18n::{use_messages, use_text};
use crate::pages::loaded::use_why;
use crate::query::use_queries;
use crate::router::{NavigateOptions, use_navigate};
use crate::routes::check_path;
use domain::api::check::CheckRow;
use domain::id::CheckId;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Makes the second check of a step and goes there; why not is said where it was asked for.
pub fn second_check(busy: RwSignal<bool>, refused: RwSignal<Option<String>>) -> Callback<CheckId> {
    let (api, queries, navigate, why) = (use_api(), use_queries(), use_navigate(), use_why());
    Callback::new(move |of: CheckId| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        refused.set(None);
        spawn_local(async move {
            let answer = api.second_check(of).await;
            busy.try_set(false);
            match answer {
                Ok(view) => {
                    queries.invalidate(Tag::Checks);
                    queries.invalidate(Tag::Counts);
                    navigate(&check_path(view.row.id), NavigateOptions::default());
                }
                Err(Failure::SignedOut) => {}
                Err(failure) => {
                    refused.try_set(Some(why.run(failure)));
                }
            }
        });
    })
}

/// The list; nothing stands here where nothing is due.
#[component]
pub fn SecondDue() -> impl IntoView {
    let (words, desk) = (use_text::<Words>(), use_desk());
    let due = Memo::new(move |_| desk.data.with(|data| data.second_due.clone()));
    view! {
        {move || {
            (!due.with(Vec::is_empty))
                .then(|| {
                    view! {
                        <section>
                            <h2 class="sec">
                                {move || words.get().second_due}
                                <span class="push"></span>
                                <Mark state=State::Over icon=IconName::StateOver>
                                    {move || due.with(Vec::len).to_string()}
                                </Mark>
                            </h2>
                            <p class="dim sm">{move || words.get().second_due_hint}</p>
                            <ul class="due-l">
                                <For each=move || due.get() key=|row| row.id let(row)>
                                    <One row=row/>
                                </For>
                            </ul>
                        </section>
                    }
                })
        }}
    }
}

#[component]
fn One(row: CheckRow) -> impl IntoView {
    let (t, words) = (use_messages(), use_text::<Words>());
    let busy = RwSignal::new(false);
    let refused = RwSignal::new(None::<String>);
    let make = second_check(busy, refused);
    let id = row.id;
    view! {
        <li>
            <span class="row">
                <a class="med nw" href=check_path(id)>{row.number}</a>
                <span class="mut">{move || t.get().post.short(row.stage.post())}</span>
                <span class="push"></span>
                <Button
                    size=ButtonSize::Small
                    icon=IconName::Sample
                    busy=busy
                    on_press=Callback::new(move |()| make.run(id))
                >
                    {move || words.get().do_second}
                </Button>
            </span>
            {move || refused.get().map(|why| view! { <span class="t-over sm" role="alert">{why}</span> })}
        </li>
    }
}
