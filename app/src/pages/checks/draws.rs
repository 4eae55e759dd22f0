//! What was drawn, and how anyone can follow it.

use super::url::Show;
use super::use_desk;
use crate::api::{Failure, use_api};
use crate::components::{Button, ButtonSize, ButtonVariant, IconName, Meter, State, Tag, Toast, use_toasts};
use crate::format::{count, moment};
use crate::i18n::checks::Checks as Words;
use crate::i18n::wording::unit_name;
use crate::i18n::{use_locale, use_messages, use_text};
use crate::pages::loaded::use_why;
use crate::state::clock::use_clock;
use crate::state::session::use_session;
use domain::api::Slug;
use domain::api::check::DrawView;
use domain::id::DrawId;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The draws of the day.
#[component]
pub fn Draws() -> impl IntoView {
    let (words, desk) = (use_text::<Words>(), use_desk());
    let ids =
        Memo::new(move |_| desk.data.with(|data| data.draws.iter().map(|draw| draw.id).collect::<Vec<_>>()));
    view! {
        <section>
            <h2 class="sec">
                {move || words.get().draws}
                <span class="push"></span>
                <span class="sub">{move || ids.with(Vec::len).to_string()}</span>
            </h2>
            {move || {
                ids.with(Vec::is_empty)
                    .then(|| view! { <p class="dim">{move || words.get().draws_none}</p> })
            }}
            <For each=move || ids.get() key=|id| *id let(id)>
                <OneDraw id=id/>
            </For>
        </section>
    }
}

/// One draw, with its checks as a filter of the list.
#[component]
fn OneDraw(id: DrawId) -> impl IntoView {
    let (words, desk) = (use_text::<Words>(), use_desk());
    let draw =
        Memo::new(move |_| desk.data.with(|data| data.draws.iter().find(|draw| draw.id == id).cloned()));
    let names = Signal::derive(move || desk.data.with(|data| data.names.clone()));
    let only = Memo::new(move |_| desk.url.with(|url| url.draw == Some(id)));
    view! {
        {move || {
            draw.get()
                .map(|draw| {
                    view! {
                        <Provenance
                            draw=draw
                            names=names
                            on_verified=Callback::new(move |draw: DrawView| {
                                let mut data = desk.data.with_untracked(|data| (**data).clone());
                                data.draws.iter_mut().filter(|one| one.id == draw.id).for_each(|one| {
                                    *one = draw.clone();
                                });
                                desk.query.set(data);
                            })
                        >
                            <Button
                                variant=ButtonVariant::Quiet
                                size=ButtonSize::Small
                                icon=IconName::Filter
                                pressed=Signal::derive(move || Some(only.get()))
                                on_press=Callback::new(move |()| {
                                    desk.url
                                        .push(|url| {
                                            url.draw = if url.draw == Some(id) { None } else { Some(id) };
                                            url.show = if url.draw.is_some() { Show::All } else { Show::Open };
                                        });
                                })
                            >
                                {move || words.get().only_draw}
                            </Button>
                        </Provenance>
                    }
                })
        }}
    }
}

/// Where a sample comes from: frame, commitment, seed, who and when; whether it was drawn again with the same result.
#[component]
pub fn Provenance(
    /// The draw.
    draw: DrawView,
    /// Names of people.
    #[prop(into)]
    names: Signal<std::collections::BTreeMap<domain::id::PersonId, String>>,
    /// Called with the draw once it was drawn again.
    on_verified: Callback<DrawView>,
    /// Further buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let (t, words, locale, clock, session) =
        (use_messages(), use_text::<Words>(), use_locale(), use_clock(), use_session());
    let verified = draw.verified_at;
    let busy = RwSignal::new(false);
    let wrong = RwSignal::new(None::<String>);
    let verify = verify(&draw, busy, wrong, on_verified);
    let unit = draw.unit.clone();
    let frame = move || {
        let words = words.get();
        format!(
            "{} {} {} {}",
            draw.day,
            unit_name(session.unit(&unit).as_ref(), &unit, locale.get()),
            t.get().post.short(draw.post),
            (words.steps)(draw.frame_size.into())
        )
    };
    let by = draw.by.clone();
    let drawn_by = move || {
        let who = names.with(|names| session.name(&by, names));
        (words.get().drawn_by)(&who, &moment(draw.at, clock.now()))
    };
    let share = f64::from(draw.done) / f64::from(draw.drawn.max(1));
    let checked = move || (words.get().checked_of)(draw.done.into(), draw.drawn.into());
    view! {
        <div class="prov-card">
            <h3 class="sec">
                {draw.number.clone()}
                <span class="push"></span>
                {match verified {
                    Some(at) => {
                        view! {
                            <span data-tip=move || (words.get().repeatable_at)(&moment(at, clock.now()))>
                                <Tag state=State::Ok icon=IconName::StateDone>
                                    {move || words.get().repeatable}
                                </Tag>
                            </span>
                        }
                        .into_any()
                    }
                    None => view! { <span class="dim sm">{move || words.get().not_verified}</span> }.into_any(),
                }}
            </h3>
            <dl class="facts sm">
                <dt>{move || words.get().frame}</dt>
                <dd>{frame}</dd>
                <dt>{move || words.get().sample_size}</dt>
                <dd>{move || (words.get().pi)(&count(draw.drawn.into()), &count(draw.frame_size.into()))}</dd>
                <dt>{move || words.get().frame_hash}</dt>
                <dd><Hash text=draw.frame_hash.clone()/></dd>
                <dt>{move || words.get().commitment}</dt>
                <dd><Hash text=draw.seed_commitment.clone()/></dd>
                <dt>{move || words.get().seed}</dt>
                <dd><Hash text=draw.seed.clone()/></dd>
                <dt>{move || words.get().drawn_by_head}</dt>
                <dd>{drawn_by}</dd>
            </dl>
            <div class="row sm">
                <span class="grow"><Meter share=Signal::stored(share) label=checked/></span>
                <span class="mut nw">{checked}</span>
            </div>
            <div class="row">
                <Button size=ButtonSize::Small icon=IconName::Refresh busy=busy on_press=verify>
                    {move || words.get().verify}
                </Button>
                {children.map(|children| children())}
            </div>
            {move || wrong.get().map(|why| view! { <p class="t-over sm" role="alert">{why}</p> })}
        </div>
    }
}

/// Does a draw again; the mark is given by the server's answer alone.
fn verify(
    draw: &DrawView,
    busy: RwSignal<bool>,
    wrong: RwSignal<Option<String>>,
    on_verified: Callback<DrawView>,
) -> Callback<()> {
    let (words, api, toasts, why) = (use_text::<Words>(), use_api(), use_toasts(), use_why());
    let id = draw.id;
    Callback::new(move |()| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        wrong.set(None);
        spawn_local(async move {
            let answer = api.verify_draw(id).await;
            busy.try_set(false);
            match answer {
                Ok(draw) => {
                    toasts.show(Toast::done((words.now().verified)(&draw.number)));
                    on_verified.try_run(draw);
                }
                Err(Failure::SignedOut) => {}
                Err(failure) if failure.slug() == Some(Slug::Invalid) => {
                    // What does not agree is said in the server's own words: it is for who looks into it.
                    let detail = match &failure {
                        Failure::Problem(problem) => problem.errors.first().map(|error| error.detail.clone()),
                        _ => None,
                    };
                    let text = words.now().not_repeatable;
                    wrong.try_set(Some(
                        detail.map_or_else(|| text.to_owned(), |detail| format!("{text}: {detail}")),
                    ));
                }
                Err(failure) => {
                    wrong.try_set(Some(why.run(failure)));
                }
            }
        });
    })
}

/// A hash by its ends; the whole of it on hover and when selected.
#[component]
fn Hash(text: String) -> impl IntoView {
    let short = shorten(&text);
    view! {
        <code class="hash" data-tip=text.clone() tabindex="0" aria-label=text>
            {short}
        </code>
    }
}

/// The first and last characters of a long hash.
fn shorten(text: &str) -> String {
    let (head, tail) = (8, 4);
    let n = text.chars().count();
    if n <= head + tail + 1 {
        return text.to_owned();
    }
    let first: String = text.chars().take(head).collect();
    let last: String = text.chars().skip(n - tail).collect();
    format!("{first}…{last}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_shown_by_its_ends() {
        assert_eq!(shorten("9f3c0a1b22222222222222222222a71e"), "9f3c0a1b…a71e");
        assert_eq!(shorten("9f3c"), "9f3c");
    }
}
