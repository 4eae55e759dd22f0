//! What the preview shows of a case, and its acts.

use crate::components::{
    Button, ButtonSize, ButtonVariant, Clock, Cycle, Failed, IconName, Moment, Skeleton, Timeline, Toast,
    use_toasts,
};
use crate::format::{date, moment};
use crate::i18n::case_page::CasePage as Words;
use crate::i18n::queue_page::QueuePage;
use crate::i18n::terms::Terms;
use crate::i18n::{Localised, use_messages, use_text};
use crate::keys::Shortcut;
use crate::pages::case::act::{Act, fixed};
use crate::pages::case::bench::Bench;
use crate::pages::case::head::post_clock;
use crate::pages::case::timeline::{ClocksSection, moments};
use crate::pages::queue::desk::use_desk;
use crate::pages::queue::figures::cycle;
use crate::router::{NavigateOptions, use_navigate};
use crate::routes::case_path;
use crate::scope::provide;
use domain::case::Command;
use domain::id::CaseId;
use domain::time::local_date;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Entries of the timeline shown.
const RECENT: usize = 4;

/// The content for whichever case the signal names.
pub fn content(id: Signal<Option<CaseId>>) -> AnyView {
    view! { {move || id.get().map(|id| provide(Bench::open(id), || view! { <OneCase/> }))} }.into_any()
}

#[component]
fn OneCase() -> impl IntoView {
    let (t, desk, bench) = (use_messages(), use_desk(), expect_context::<Bench>());
    let number = move || {
        bench.shown.get().map(|shown| match shown.as_ref() {
            crate::api::case::Shown::Own(view) => view.case.number.clone(),
            crate::api::case::Shown::Imported(view) => view.imported.number.clone(),
        })
    };
    let there = Memo::new(move |_| bench.opened.with(Option::is_some));
    let imported = Memo::new(move |_| {
        matches!(bench.shown.get().as_deref(), Some(crate::api::case::Shown::Imported(_)))
    });
    view! {
        <header class="bar">
            <b class="nw">{number}</b>
            <span class="push"></span>
            <CopyNumber/>
            <Button
                square=true
                size=ButtonSize::Small
                variant=ButtonVariant::Quiet
                icon=IconName::Cross
                label=move || t.get().queue.close_preview
                on_press=Callback::new(move |()| desk.preview.set(false))
            />
        </header>
        {move || {
            if there.get() {
                view! {
                    <div class="scroll" tabindex="0">
                        <Facts/>
                        <Clocks/>
                        <ClocksSection/>
                        <Recent/>
                    </div>
                    <Acts/>
                }
                    .into_any()
            } else if imported.get() {
                view! { <OpenOnly/> }.into_any()
            } else if bench.shown.failure().is_some() {
                view! { <Failed on_retry=Callback::new(move |()| bench.shown.refetch())/> }.into_any()
            } else {
                view! { <Skeleton lines=8/> }.into_any()
            }
        }}
    }
}

#[component]
fn CopyNumber() -> impl IntoView {
    let (t, toasts) = (use_messages(), use_toasts());
    let bench = expect_context::<Bench>();
    let copy = Callback::new(move |()| {
        let Some(number) = bench.opened.with_untracked(|o| o.as_ref().map(|o| o.case.number.clone())) else {
            return;
        };
        let Some(clipboard) = web_sys::window().map(|window| window.navigator().clipboard()) else { return };
        spawn_local(async move {
            let written = wasm_bindgen_futures::JsFuture::from(clipboard.write_text(&number)).await;
            // A page without the right to write says nothing was copied by saying nothing.
            if written.is_ok() {
                toasts.show(Toast::done(t.now().case().number_copied));
            }
        });
    });
    view! {
        <Button
            square=true
            size=ButtonSize::Small
            variant=ButtonVariant::Quiet
            icon=IconName::Copy
            label=move || (t.get().common.copy_of)(t.get().queue.number)
            on_press=copy
        />
    }
}

#[component]
fn Facts() -> impl IntoView {
    let bench = expect_context::<Bench>();
    move || {
        let locale = bench.locale();
        let now = bench.clock().now();
        let opened = bench.opened.get()?;
        let wording = opened.wording(locale);
        let (w, terms, m) = (Words::in_locale(locale), Terms::in_locale(locale), wording.messages());
        let names: Vec<String> = opened.case.open_items().map(|item| wording.item(&item.code)).collect();
        let registration = &opened.case.registration;
        let pages: i64 = opened.case.materials.iter().map(|m| i64::from(m.pages)).sum();
        let papers = i64::try_from(opened.case.materials.len()).unwrap_or(i64::MAX);
        let status = match opened.holder() {
            Some(holder) => (w.held_by)(&wording.person(holder)),
            None if opened.case.line().is_some() => {
                (w.on_slip)(opened.view.slip_number.as_deref().unwrap_or_default())
            }
            None => w.ready.to_owned(),
        };
        Some(view! {
            <section>
                <h2>{wording.list(&names)}</h2>
                <p class="mut">{status}</p>
            </section>
            <section>
                <dl class="facts">
                    <dt>{m.queue.policy}</dt>
                    <dd>{registration.policy.policy_no.to_string()}</dd>
                    <dt>{w.product}</dt>
                    <dd>{registration.policy.product.clone()}</dd>
                    <dt>{w.applicant}</dt>
                    <dd>
                        {registration.applicant.clone()} " "
                        <span class="dim">{registration.mobile.masked()}</span>
                    </dd>
                    <dt>{w.applied}</dt>
                    <dd>
                        {moment(registration.received_at, now)} " "
                        <span class="dim">{terms.channel(registration.channel)}</span>
                    </dd>
                    <dt>{m.case().materials}</dt>
                    <dd>
                        {if pages == 0 {
                            (m.common.papers)(papers)
                        } else {
                            (m.case().pages_of)(papers, pages)
                        }}
                    </dd>
                </dl>
            </section>
        })
    }
}

#[component]
fn Clocks() -> impl IntoView {
    let (t, queue_words) = (use_messages(), use_text::<QueuePage>());
    let bench = expect_context::<Bench>();
    move || {
        let (now, hold) = (bench.clock().now(), queue_words.get().hold_why);
        let opened = bench.opened.get()?;
        let case = &opened.case;
        let post = post_clock(case, &opened.calendar, now, hold)?;
        let due = (t.get().clock.due)(&moment(case.due_at, now));
        let whole = cycle(case.registration.received_at, case.breach_at, &opened.calendar, now);
        Some(view! {
            <section class="clk">
                <div class="row">
                    <span class="dim sm">{t.get().clock.post_clock}</span>
                    <Clock state=Signal::stored(post) filled=true/>
                    <span class="sm dim">{due}</span>
                </div>
                {whole
                    .map(|whole| {
                        view! {
                            <div class="row">
                                <span class="dim sm">{t.get().clock.cycle_clock}</span>
                                <Cycle
                                    day=Signal::stored(whole.day)
                                    of=Signal::stored(whole.of)
                                    state=Signal::stored(whole.state)
                                    due=(t.get().clock.cycle_day)(whole.day, whole.of)
                                />
                                <span class="sm dim">
                                    {(t.get().clock.due)(&date(whole.due, local_date(now)))}
                                </span>
                            </div>
                        }
                    })}
            </section>
        })
    }
}

#[component]
fn Recent() -> impl IntoView {
    let t = use_messages();
    let bench = expect_context::<Bench>();
    let entries = Memo::new(move |_| {
        let (locale, now) = (bench.locale(), bench.clock().now());
        let mut entries: Vec<Moment> = bench
            .opened
            .with(|opened| opened.as_deref().map(|opened| moments(opened, locale, now)).unwrap_or_default());
        entries.truncate(RECENT);
        entries
    });
    view! {
        <section>
            <h3>{move || t.get().case().latest}</h3>
            <Timeline moments=entries label=move || t.get().case().timeline/>
        </section>
    }
}

#[component]
fn OpenButton() -> impl IntoView {
    let (t, navigate) = (use_messages(), use_navigate());
    let bench = expect_context::<Bench>();
    let open = Callback::new(move |()| navigate(&case_path(bench.id), NavigateOptions::default()));
    view! {
        <Button variant=ButtonVariant::Primary shortcut=Shortcut::Open on_press=open>
            {move || t.get().common.open}
        </Button>
    }
}

#[component]
fn OpenOnly() -> impl IntoView {
    view! {
        <footer class="bar foot">
            <OpenButton/>
        </footer>
    }
}

/// What can be done from here, by the rules themselves.
#[component]
fn Acts() -> impl IntoView {
    let (t, desk) = (use_messages(), use_desk());
    let bench = expect_context::<Bench>();
    let held = Memo::new(move |_| bench.holds());
    let reload = Callback::new(move |()| desk.page.refetch());
    view! {
        <footer class="bar foot">
            <OpenButton/>
            {move || {
                if held.get() {
                    view! {
                        <Act
                            command=fixed(Command::Unclaim {})
                            shortcut=Shortcut::Unclaim
                            on_done=reload
                        >
                            {move || t.get().queue.unclaim}
                        </Act>
                    }
                        .into_any()
                } else {
                    view! {
                        <Act command=fixed(Command::Claim {}) shortcut=Shortcut::Claim on_done=reload>
                            {move || t.get().queue.claim}
                        </Act>
                    }
                        .into_any()
                }
            }}
        </footer>
    }
}
