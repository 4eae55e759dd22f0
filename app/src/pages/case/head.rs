//! The head: number, items, marks, clocks, the way back and to the next case.

use super::bench::{Opened, use_bench};
use crate::components::{
    Button, ButtonSize, ButtonVariant, Clock, ClockState, Cycle, Icon, IconName, Keys, Note, State, Tag,
};
use crate::format::{date, moment, short_number};
use crate::i18n::case_page::CasePage as Words;
use crate::i18n::queue_page::QueuePage;
use crate::i18n::terms::Terms;
use crate::i18n::{Localised, use_messages, use_text};
use crate::keys::Shortcut;
use crate::pages::queue::figures::cycle;
use crate::router::{NavigateOptions, use_navigate};
use crate::routes::{HOME, queue_path};
use crate::state::given::use_given;
use crate::state::trail::use_trail;
use domain::api::queue::Reason;
use domain::case::state::{Priority, State as CaseState};
use domain::case::{Case, Status};
use domain::post::Stage;
use domain::time::{Timestamp, local_date};
use leptos::prelude::*;

/// Which side pane is out, where there is no room for both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Side {
    /// None.
    #[default]
    None,
    /// Facts and papers.
    Papers,
    /// What happened.
    Timeline,
}

/// The head of a case.
#[component]
pub fn Head() -> impl IntoView {
    let (t, words, bench) = (use_messages(), use_text::<Words>(), use_bench());
    let (trail, navigate) = (use_trail(), use_navigate());
    let side = expect_context::<RwSignal<Side>>();
    let back = back_href();
    let go_back = { Callback::new(move |()| navigate(&back.get_untracked(), NavigateOptions::default())) };
    let number = move || {
        bench.opened.with(|opened| {
            opened.as_ref().map_or_else(String::new, |opened| short_number(&opened.case.number).to_owned())
        })
    };
    let full = move || {
        bench.opened.with(|opened| opened.as_ref().map_or_else(String::new, |o| o.case.number.clone()))
    };
    let items = move || {
        bench.say(|opened, wording| {
            let names: Vec<String> = opened.case.open_items().map(|item| wording.item(&item.code)).collect();
            wording.list(&names)
        })
    };
    let position = move || {
        let (at, of) = trail.position(bench.id)?;
        let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        let text = (words.get().position)(number(at), number(of));
        Some(view! {
            <span class="row dim sm nw opt">
                {text}
                <Keys of=Shortcut::Previous/>
                <Keys of=Shortcut::Next/>
            </span>
        })
    };
    let toggle = move |which: Side| {
        Callback::new(move |()| side.update(|side| *side = if *side == which { Side::None } else { which }))
    };
    view! {
        <header class="bar">
            <Button
                square=true
                variant=ButtonVariant::Quiet
                icon=IconName::Left
                label=move || words.get().back
                on_press=go_back
            />
            <h1 class="nw" data-tip=full>{number}</h1>
            <span class="med ell" data-tip=items>{items}</span>
            {move || marks(bench.opened.get(), bench.locale(), bench.clock().now())}
            <span class="push"></span>
            <span class="nar">
                <Button size=ButtonSize::Small on_press=toggle(Side::Papers)>
                    {move || words.get().papers_pane}
                </Button>
            </span>
            <span class="nar">
                <Button size=ButtonSize::Small on_press=toggle(Side::Timeline)>
                    {move || words.get().timeline_pane}
                </Button>
            </span>
            {position}
            <span class="vr opt"></span>
            <Clocks/>
        </header>
        <Reasons/>
        <span class="vh" role="status">{move || if bench.busy.get() { t.get().common.working } else { "" }}</span>
    }
}

/// Where the case was opened from; else the queue it stands in.
pub fn back_href() -> Signal<String> {
    let (trail, bench) = (use_trail(), use_bench());
    Signal::derive(move || {
        trail.href().unwrap_or_else(|| {
            let stage = bench.opened.with(|opened| opened.as_ref().and_then(|opened| opened.case.stage()));
            stage.map_or_else(|| HOME.to_owned(), |stage| queue_path(stage.queue()))
        })
    })
}

/// What stands out about a case, in words.
fn marks(opened: Option<std::sync::Arc<Opened>>, locale: crate::i18n::Locale, now: Timestamp) -> AnyView {
    let Some(opened) = opened else { return ().into_any() };
    let (w, terms) = (Words::in_locale(locale), Terms::in_locale(locale));
    let messages = crate::i18n::Messages::in_locale(locale);
    let wording = opened.wording(locale);
    let case = &opened.case;
    let mut marks: Vec<(State, Option<IconName>, String)> = Vec::new();
    match &case.state {
        CaseState::Ended { ending, .. } => {
            marks.push((State::Plain, Some(IconName::StateDone), terms.ending(*ending).to_owned()));
        }
        CaseState::Open { status, .. } => match status {
            Status::Ready => marks.push((State::Line, None, w.ready.to_owned())),
            Status::Claimed(holding) => {
                marks.push((State::Line, None, (w.held_by)(&wording.person(&holding.by))));
                if let Some(transfer) = &holding.transfer {
                    marks.push((State::Wait, None, (w.transfer_to)(&wording.person(&transfer.to))));
                }
            }
            Status::Waiting { hold, .. } => marks.push((
                State::Wait,
                Some(IconName::StateWait),
                (w.on_hold)(&date(local_date(hold.until), local_date(now))),
            )),
            Status::HandedOver(_) => {
                let number = opened.view.slip_number.clone().unwrap_or_default();
                marks.push((State::Wait, Some(IconName::HandOver), (w.on_slip)(&number)));
            }
        },
    }
    if case.returned.is_some() {
        let times = u32::from(case.returns.max(1));
        marks.push((State::Back, Some(IconName::StateBack), (messages.clock.returned)(times)));
    }
    match case.priority {
        Priority::None => {}
        priority => marks.push((State::Accent, None, terms.priority(priority).to_owned())),
    }
    marks
        .into_iter()
        .map(|(state, icon, text)| match icon {
            Some(icon) => view! { <Tag state=state icon=icon>{text}</Tag> }.into_any(),
            None => view! { <Tag state=state>{text}</Tag> }.into_any(),
        })
        .collect_view()
        .into_any()
}

/// The clock of the post a case stands at; none once it has ended.
pub fn post_clock(
    case: &Case,
    calendar: &domain::time::Calendar,
    now: Timestamp,
    hold: &str,
) -> Option<ClockState> {
    if let Status::Waiting { .. } = case.status()? {
        return Some(ClockState::Wait { why: hold.to_owned() });
    }
    let target = calendar.minutes_between(case.arrived_at, case.due_at).get();
    let used = calendar.minutes_between(case.arrived_at, now).get();
    Some(ClockState::of(used, target))
}

#[component]
fn Clocks() -> impl IntoView {
    let (t, bench) = (use_messages(), use_bench());
    let queue_words = use_text::<QueuePage>();
    let post = Memo::new(move |_| {
        let now = bench.clock().now();
        let hold = queue_words.get().hold_why;
        bench.opened.with(|opened| {
            let opened = opened.as_ref()?;
            post_clock(&opened.case, &opened.calendar, now, hold)
        })
    });
    let whole = Memo::new(move |_| {
        let now = bench.clock().now();
        bench.opened.with(|opened| {
            let opened = opened.as_ref()?;
            let case = &opened.case;
            case.stage()?;
            cycle(case.registration.received_at, case.breach_at, &opened.calendar, now)
                .map(|c| (c.day, c.of, c.state, c.due))
        })
    });
    view! {
        {move || {
            post.get()
                .map(|state| {
                    view! {
                        <span class="row nw">
                            <span class="dim sm">{move || t.get().clock.post_clock}</span>
                            <Clock state=Signal::stored(state) filled=true/>
                        </span>
                    }
                })
        }}
        {move || {
            whole
                .get()
                .map(|(day, of, state, due)| {
                    let due = date(due, local_date(bench.clock().now()));
                    view! {
                        <span class="row nw opt">
                            <span class="dim sm">{move || t.get().clock.cycle_clock}</span>
                            <Cycle
                                day=Signal::stored(day)
                                of=Signal::stored(of)
                                state=Signal::stored(state)
                                due=due
                            />
                        </span>
                    }
                })
        }}
    }
}

/// Why get-next gave this case, in the order of the rule.
pub fn reason_words(reason: &Reason, words: &QueuePage, now: Timestamp) -> String {
    use domain::api::queue::Band;
    match reason {
        Reason::ReturnedToYou => words.reason_returned_to_you.into(),
        Reason::Band(Band::Overdue) => words.reason_overdue.into(),
        Reason::Band(Band::Soon) => words.reason_soon.into(),
        Reason::Band(Band::Today) => words.reason_today.into(),
        Reason::Band(Band::Later) => words.reason_later.into(),
        Reason::Returned => words.reason_returned.into(),
        Reason::Priority(Priority::Complaint) => words.reason_complaint.into(),
        Reason::Priority(Priority::Vip) => words.reason_vip.into(),
        Reason::Priority(Priority::None) => words.reason_no_priority.into(),
        Reason::PostDue(at) => (words.reason_post_due)(&moment(*at, now)),
        Reason::Promised(end) => (words.reason_promised)(&date(end.last_day(), local_date(now))),
        Reason::BeforeOthers(n) => (words.reason_before)(n.cast_signed()),
    }
}

/// What must be read before working: why this case, why it came back, what bars it.
#[component]
fn Reasons() -> impl IntoView {
    let (words, queue_words, bench) = (use_text::<Words>(), use_text::<QueuePage>(), use_bench());
    let given = use_given();
    let why_given = move || {
        let given = given.of(bench.id)?;
        let (words, now) = (queue_words.get(), bench.clock().now());
        let reasons: Vec<String> =
            given.reason.iter().map(|reason| reason_words(reason, words, now)).collect();
        (!reasons.is_empty()).then(|| reasons.join(" → "))
    };
    let remarks = move || {
        let w = words.get();
        let mut remarks: Vec<(State, IconName, String)> = Vec::new();
        bench.opened.with(|opened| {
            let Some(opened) = opened else { return };
            let case = &opened.case;
            let messages = crate::i18n::Messages::in_locale(bench.locale());
            if let Some(stage) = bench.nobody(opened) {
                remarks.push((State::Over, IconName::Warning, (w.nobody)(messages.post.stage(stage))));
            }
            if let Some(returned) = &case.returned {
                remarks.push((State::Back, IconName::Return, (w.returned_because)(&returned.reason)));
            }
            if let Some(proposal) = &case.proposal {
                remarks.push((State::Soon, IconName::Warning, (w.proposal)(&proposal.reason)));
            }
            for bar in &case.bars {
                let stage: Stage = bar.stage;
                remarks.push((State::Over, IconName::Flag, (w.barred)(messages.post.stage(stage))));
            }
        });
        remarks
            .into_iter()
            .map(|(state, icon, text)| view! { <Note state=state icon=icon><span>{text}</span></Note> })
            .collect_view()
    };
    view! {
        <div class="remarks">
            {move || {
                why_given()
                    .map(|why| {
                        view! {
                            <p class="sm dim row">
                                <Icon name=IconName::Info/>
                                <b class="mut">{move || words.get().why_given}</b>
                                <span>{why}</span>
                            </p>
                        }
                    })
            }}
            {remarks}
        </div>
    }
}
