//! A post's queue: tabs, filters, rows, preview, get-next.

pub(super) mod acts;
pub(super) mod assign;
pub(super) mod bulk;
mod columns;
mod desk;
pub mod figures;
pub(super) mod filter;
pub(super) mod filters;
pub(super) mod in_force;
mod list;
mod preview;
mod rows;
mod tabs;
pub mod url;

use crate::components::{Button, ButtonSize, ButtonVariant, Empty, IconName};
use crate::i18n::{use_messages, use_text};
use crate::keys::Shortcut;
use crate::pages::frame::{use_bar, use_title};
use crate::pages::overlays::{OnDemand, Overlays};
use crate::pages::shell::UnitAndPost;
use crate::router::use_params_map;
use crate::routes::REGISTER;
use crate::scope::provide;
use crate::state::given::use_given;
use crate::state::session::use_session;
use desk::{Desk, use_desk};
use domain::post::{Post, Queue};
use leptos::prelude::*;

/// The queue of the address.
#[component]
pub fn QueuePage() -> impl IntoView {
    let (t, session, params) = (use_messages(), use_session(), use_params_map());
    // A queue of its own kind has a page of its own; approvals are asked for by another address.
    let queue = Memo::new(move |_| {
        params
            .with(|params| params.get_str("queue").and_then(Queue::parse))
            .filter(|queue| *queue != Queue::Approval && session.queues().contains(queue))
    });
    view! {
        {move || match queue.get() {
            Some(queue) => provide(Desk::open(queue), move || view! { <PostQueue queue=queue/> }),
            None => {
                view! {
                    <main class="sheet">
                        <Empty
                            page=true
                            title=move || t.get().shell.page_missing
                            hint=move || t.get().shell.page_missing_hint
                        />
                    </main>
                }
                .into_any()
            }
        }}
    }
}

/// One queue, for as long as it is the one shown.
#[component]
fn PostQueue(queue: Queue) -> impl IntoView {
    let (t, desk) = (use_messages(), use_desk());
    use_title(move |t| (t.post.queue_of)(t.post.queue(queue)));
    use_bar(move || view! { <UnitAndPost queue=Signal::stored(Some(queue))/> }.into_any());
    acts::hear_keys(desk);
    view! {
        <main class="sheet queue" data-preview=move || desk.preview.get().then_some("")>
            <h1 class="vh">{move || (t.get().post.queue_of)(t.get().post.queue(queue))}</h1>
            <div class="bar">
                <tabs::QueueTabs/>
                <span class="push"></span>
                <Primary/>
            </div>
            <filters::Filters/>
            <div class="q-tab">
                <rows::Rows/>
                <OnDemand
                    open=Signal::derive(move || desk.chosen.with(|chosen| !chosen.is_empty()))
                    make=Callback::new(move |part: &Overlays| (part.bulk_bar)())
                />
            </div>
            <Foot/>
            <preview::PreviewPane/>
        </main>
        <OnDemand
            open=Signal::derive(move || desk.assigning.with(Option::is_some))
            make=Callback::new(move |part: &Overlays| (part.assign)())
        />
        <OnDemand
            open=Signal::derive(move || desk.results.with(Option::is_some))
            make=Callback::new(move |part: &Overlays| (part.results)())
        />
    }
}

/// Get-next; at intake, where cases begin, also registering one.
#[component]
fn Primary() -> impl IntoView {
    let (t, words, session) =
        (use_messages(), use_text::<crate::i18n::queue_page::QueuePage>(), use_session());
    let desk = expect_context::<Desk>();
    let registers =
        desk.queue == Queue::Intake && session.now().is_some_and(|s| s.person.holds(Post::Intake));
    let next = acts::get_next();
    view! {
        {registers
            .then(|| {
                view! {
                    <crate::components::LinkButton
                        href=Signal::stored(REGISTER.to_owned())
                        size=ButtonSize::Large
                        icon=IconName::Plus
                    >
                        {move || words.get().register}
                    </crate::components::LinkButton>
                }
            })}
        <Button
            variant=ButtonVariant::Primary
            size=ButtonSize::Large
            icon=IconName::Next
            shortcut=Shortcut::GetNext
            busy=use_given().giving()
            on_press=Callback::new(move |()| next.run(desk.queue))
        >
            {move || t.get().queue.get_next}
        </Button>
    }
}

/// How many there are, and the keys.
#[component]
fn Foot() -> impl IntoView {
    let (t, words) = (use_messages(), use_text::<crate::i18n::queue_page::QueuePage>());
    let desk = expect_context::<Desk>();
    let total = move || match desk.list.with(|list| list.as_ref().map(list::List::len)) {
        Some(n) => (words.get().total)(i64::try_from(n).unwrap_or(i64::MAX)),
        None => words.get().total_unknown.to_owned(),
    };
    let key = move |shortcut: Shortcut, name: TextProp| {
        view! {
            <span>
                <crate::components::Keys of=shortcut/>
                {move || name.get()}
            </span>
        }
    };
    view! {
        <div class="bar q-foot sm dim">
            <span role="status">{total}</span>
            <span class="row keys push" aria-hidden="true">
                <span>
                    <kbd>"J"</kbd>
                    <kbd>"K"</kbd>
                    {move || words.get().up_down}
                </span>
                {key(Shortcut::Select, (move || words.get().select).into())}
                {key(Shortcut::Claim, (move || t.get().queue.claim).into())}
                {key(Shortcut::Open, (move || t.get().common.open).into())}
                {key(Shortcut::Help, (move || t.get().shell.all_keys).into())}
            </span>
        </div>
    }
}
