//! Drawing a sample: day, unit, post, how many.

use super::use_desk;
use crate::api::{Failure, Tag, use_api};
use crate::components::Segmented;
use crate::components::segmented::Segment;
use crate::components::{
    Button, ButtonVariant, Choice, DateInput, Field, Form, IconName, Select, TextInput, Toast, use_toasts,
};
use crate::format::parse_count;
use crate::i18n::checks::Checks as Words;
use crate::i18n::wording::unit_name;
use crate::i18n::{use_locale, use_messages, use_text};
use crate::pages::loaded::use_why;
use crate::query::use_queries;
use crate::state::session::use_session;
use chrono::NaiveDate;
use domain::api::check::{Checks, DrawRequest};
use domain::id::UnitId;
use domain::post::Post;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Most steps of one draw, as the server sets it.
const MOST: u16 = 500;

/// What is wrong with a draw asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Not a number from one to the most.
    Count,
    /// Nothing to draw from.
    Empty,
    /// The day lies ahead.
    Future,
}

/// Reads the form.
fn read(count: &str, day: NaiveDate, today: NaiveDate, frame: u32) -> Result<u16, Fault> {
    if day > today {
        return Err(Fault::Future);
    }
    if frame == 0 {
        return Err(Fault::Empty);
    }
    parse_count(count).filter(|n| (1..=MOST).contains(n)).ok_or(Fault::Count)
}

/// The form. Day and unit are those of the page, so that what is drawn from is what is seen.
#[component]
pub fn DrawForm() -> impl IntoView {
    let (t, words, locale, session) = (use_messages(), use_text::<Words>(), use_locale(), use_session());
    let (desk, api, queries, toasts, why) = (use_desk(), use_api(), use_queries(), use_toasts(), use_why());
    let post = RwSignal::new(Post::Recheck);
    let number = RwSignal::new("10".to_owned());
    let busy = RwSignal::new(false);
    let tried = RwSignal::new(false);
    let refused = RwSignal::new(None::<Failure>);
    let day_fault = RwSignal::new(None::<String>);
    let form = NodeRef::<html::Form>::new();

    let of_post = move |post: Post, of: fn(&Checks) -> [u32; 5]| {
        let at = Post::ALL.into_iter().position(|one| one == post).unwrap_or_default();
        desk.data.with(|data| of(data).get(at).copied().unwrap_or_default())
    };
    let frame_of = move |post: Post| of_post(post, |data| data.frames);
    let frame = Memo::new(move |_| frame_of(post.get()));
    let found =
        Memo::new(move |_| number.with(|number| read(number, desk.day(), desk.today.get(), frame.get())));
    let units = Memo::new(move |_| {
        let (tree, locale) = (session.units(), locale.get());
        let scope = session.person().map(|person| person.scope).unwrap_or_default();
        let mut rows: Vec<(String, UnitId, String)> = scope
            .iter()
            .map(|id| {
                let above = tree.upwards(id);
                let path: Vec<String> = above.iter().rev().map(|unit| unit.id.to_string()).collect();
                (path.join("/"), id.clone(), unit_name(tree.get(id), id, locale))
            })
            .collect();
        rows.sort();
        rows
    });
    // Without a unit chosen the draw is over the highest unit in scope: the whole of it.
    let unit = Memo::new(move |_| {
        desk.url
            .with(|url| url.unit.clone())
            .or_else(|| units.with(|units| units.first().map(|(_, id, _)| id.clone())))
    });
    let fault_words = move |fault: Fault| match fault {
        Fault::Count => words.get().count_form.to_owned(),
        Fault::Empty => words.get().frame_none.to_owned(),
        Fault::Future => words.get().day_future.to_owned(),
    };
    // A pointer of the server names the field its answer is about.
    let said_at = move |pointer: &str| {
        refused.get().and_then(|failure| match failure {
            Failure::Problem(problem) => problem
                .errors
                .iter()
                .any(|error| error.pointer == pointer)
                .then(|| words.get().no_seed.to_owned()),
            _ => None,
        })
    };
    let count_fault =
        move || found.get().err().filter(|fault| *fault == Fault::Count && tried.get()).map(fault_words);
    let frame_words = move || {
        let n = frame.get();
        let asked = number.with(|number| parse_count(number).map(u32::from).unwrap_or_default());
        let words = words.get();
        if n == 0 {
            words.frame_none.to_owned()
        } else if asked > n {
            words.frame_all.to_owned()
        } else {
            match of_post(post.get(), |data| data.drawn_already) {
                0 => (words.frame_of)(n.into()),
                drawn => (words.frame_of_drawn)(n.into(), drawn.into()),
            }
        }
    };
    let refusal = move || {
        let failure = refused.get()?;
        let at_field = said_at("/day").is_some() || said_at("/count").is_some();
        (!at_field).then(|| why.run(failure))
    };
    let submit = Callback::new(move |()| {
        tried.set(true);
        refused.set(None);
        let (Ok(count), Some(unit)) = (found.get_untracked(), unit.get_untracked()) else {
            request_animation_frame(move || {
                if let Some(form) = form.try_get_untracked().flatten() {
                    crate::components::focus_first_fault(&form);
                }
            });
            return;
        };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let day = untrack(|| desk.day());
        let request = DrawRequest { day, unit, post: post.get_untracked(), count };
        spawn_local(async move {
            let answer = api.draw(&request).await;
            busy.try_set(false);
            match answer {
                Ok(draw) => {
                    let words = words.now();
                    let text = (words.drawn)(&draw.number, draw.drawn.into(), draw.frame_size.into());
                    toasts.show(Toast::done(match draw.repeated {
                        0 => text,
                        n => format!("{text}{}", (words.drawn_repeated)(n.into())),
                    }));
                    tried.try_set(false);
                    queries.invalidate(Tag::Checks);
                    queries.invalidate(Tag::Counts);
                }
                Err(Failure::SignedOut) => {}
                Err(failure) => {
                    refused.try_set(Some(failure));
                }
            }
        });
    });
    let posts = Signal::derive(move || {
        Post::ALL
            .map(|post| {
                Segment::new(post, TextProp::from(move || t.get().post.short(post)))
                    .counting(frame_of(post).into())
            })
            .to_vec()
    });
    let choices = Signal::derive(move || {
        units.with(|units| {
            units.iter().map(|(_, id, name)| Choice::new(id.to_string(), name.clone())).collect::<Vec<_>>()
        })
    });
    view! {
        <section>
            <h2 class="sec">{move || words.get().draw_form}</h2>
            <Form label=move || words.get().draw_form node_ref=form on_submit=submit>
                <Field
                    label=move || words.get().draw_day
                    span=6
                    error=Signal::derive(move || day_fault.get().or_else(|| said_at("/day")))
                >
                    <DateInput
                        value=Signal::derive(move || Some(desk.day()))
                        today=desk.today
                        on_change=Callback::new(move |read| match read {
                            Ok(Some(day)) => {
                                refused.set(None);
                                let future = day > desk.today.get_untracked();
                                day_fault.set(future.then(|| fault_words(Fault::Future)));
                                if !future {
                                    let usual = desk.usual.get_untracked();
                                    desk.url.push(|url| url.day = (day != usual).then_some(day));
                                }
                            }
                            Ok(None) => desk.url.push(|url| url.day = None),
                            Err(error) => day_fault.set(Some(t.now().field().date(error).to_owned())),
                        })
                    />
                </Field>
                <Field label=move || words.get().draw_unit span=6>
                    <Select
                        value=Signal::derive(move || {
                            unit.with(|unit| unit.as_ref().map(ToString::to_string).unwrap_or_default())
                        })
                        choices=choices
                        on_change=Callback::new(move |code: String| {
                            refused.set(None);
                            desk.url.push(|url| url.unit = Some(UnitId(code)));
                        })
                    />
                </Field>
                <div class="field" style:--n="12">
                    <span class="lbl">{move || words.get().frames_label}</span>
                    <span class="slide">
                        <Segmented
                            label=move || words.get().draw_post
                            segments=posts
                            value=post
                            small=true
                            on_change=Callback::new(move |value| {
                                refused.set(None);
                                post.set(value);
                            })
                        />
                    </span>
                </div>
                <Field
                    label=move || words.get().draw_count
                    span=6
                    hint=Signal::derive(move || Some(frame_words()))
                    error=Signal::derive(move || count_fault().or_else(|| said_at("/count")))
                >
                    <TextInput
                        value=number
                        on_input=Callback::new(move |text| {
                            refused.set(None);
                            number.set(text);
                        })
                        input_mode="numeric"
                        max_length=3
                        numeric=true
                    />
                </Field>
                <div class="field end" style:--n="6">
                    <Button
                        variant=ButtonVariant::Normal
                        icon=IconName::Sample
                        submit=true
                        busy=busy
                        disabled=Signal::derive(move || {
                            found.get().err().filter(|fault| *fault != Fault::Count).map(fault_words)
                        })
                    >
                        {move || words.get().draw}
                    </Button>
                </div>
                {move || {
                    refusal().map(|why| view! { <p class="t-over sm" role="alert" style:--n="12">{why}</p> })
                }}
            </Form>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draw_needs_a_number_a_frame_and_a_day_that_has_begun() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a date");
        let today = day("2026-03-18");
        let of = |count, at, frame| read(count, day(at), today, frame);
        assert_eq!(of(" 12 ", "2026-03-18", 80), Ok(12));
        // More than there are is allowed: all are drawn.
        assert_eq!(of("500", "2026-03-17", 80), Ok(500));
        assert_eq!(of("501", "2026-03-17", 800), Err(Fault::Count));
        assert_eq!(of("0", "2026-03-17", 80), Err(Fault::Count));
        assert_eq!(of("ten", "2026-03-17", 80), Err(Fault::Count));
        assert_eq!(of("12", "2026-03-19", 80), Err(Fault::Future));
        assert_eq!(of("12", "2026-03-18", 0), Err(Fault::Empty));
    }
}
