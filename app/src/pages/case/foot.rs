//! The foot: what is still open, and the acts. The next step of the work is the one primary button.

use super::act::{Act, fixed, words as use_words};
use super::bench::{Bench, Opened, use_bench};
use super::dialogs::{Asking, use_asking};
use crate::components::place::Side;
use crate::components::{Button, ButtonVariant, Icon, IconName, LinkButton, Menu, MenuItem};
use crate::format::second_time;
use crate::i18n::use_messages;
use crate::keys::Shortcut;
use crate::routes::slip_path;
use crate::state::drafts::use_drafts;
use crate::state::session::use_session;
use domain::case::list::open_lines;
use domain::case::{Command, Status};
use domain::post::{Post, Stage};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Where a complete case goes from here; none where it does not move on by a hand-over.
fn goes_to(opened: &Opened) -> Option<Stage> {
    match opened.case.stage()? {
        // From binding a case is released, which its form does.
        Stage::Binding | Stage::FinalCheck => None,
        // A proposal to decline goes to recheck alone; at recheck it is answered.
        Stage::Recheck if opened.case.proposal.is_some() => None,
        _ if opened.case.proposal.is_some() => Some(Stage::Recheck),
        stage => stage.next(),
    }
}

/// Hands the case over where its list is complete; true where it could be.
pub fn hand_over(bench: Bench) -> impl Fn() -> bool + Clone + Send + Sync + 'static {
    move || {
        let command = Command::HandOver {};
        let can = untrack(|| bench.holds() && bench.why_not(&command).is_none());
        if can {
            spawn_local(async move {
                bench.send(command).await;
            });
        }
        can
    }
}

/// The foot of the workbench.
#[component]
pub fn Foot() -> impl IntoView {
    let bench = use_bench();
    let who = bench.of(|opened| match opened.case.status() {
        None => Place::Ended,
        Some(Status::Ready) => Place::Pool,
        Some(Status::Claimed(_)) => Place::Held,
        Some(Status::Waiting { .. }) => Place::Waiting,
        Some(Status::HandedOver(line)) => Place::Slip(line.slip),
    });
    view! {
        <footer class="bar foot">
            <Open/>
            {move || match who.get() {
                Some(Place::Pool) => view! { <PoolActs/> }.into_any(),
                Some(Place::Held) => view! { <HeldActs/> }.into_any(),
                Some(Place::Waiting) => view! { <WaitingActs/> }.into_any(),
                Some(Place::Slip(slip)) => view! { <SlipActs slip=slip/> }.into_any(),
                Some(Place::Ended) | None => view! { <NoteButton/> }.into_any(),
            }}
        </footer>
    }
}

/// Where a case is, as far as its acts go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Pool,
    Held,
    Waiting,
    Slip(domain::id::SlipId),
    Ended,
}

/// What is still open at the post, and when the draft was kept.
#[component]
fn Open() -> impl IntoView {
    let (words, bench, drafts) = (use_words(), use_bench(), use_drafts());
    let lines = Memo::new(move |_| {
        let locale = bench.locale();
        bench.opened.with(|opened| {
            let opened = opened.as_deref()?;
            let stage = opened.case.stage()?;
            let several = opened.case.open_items().count() > 1;
            let wording = opened.wording(locale);
            let terms = <crate::i18n::terms::Terms as crate::i18n::Localised>::in_locale(locale);
            let lines: Vec<String> = open_lines(&opened.case, stage, &opened.catalogue)
                .into_iter()
                .map(|line| {
                    let name = terms.list_line(line.line).to_owned();
                    match opened.case.item(line.item).filter(|_| several) {
                        Some(item) => format!("{} {name}", wording.item(&item.code)),
                        None => name,
                    }
                })
                .collect();
            Some((stage, lines))
        })
    });
    let kept = move || drafts.newest(&bench.draft(""));
    view! {
        <div class="why" id="why" role="status" data-s=move || {
            lines.get().map(|(_, lines)| if lines.is_empty() { "ok" } else { "soon" })
        }>
            {move || {
                let (stage, lines) = lines.get()?;
                let w = words.get();
                Some(if lines.is_empty() && stage != Stage::Intake {
                    view! {
                        <b>
                            <Icon name=IconName::StateDone/>
                            {w.list_done}
                        </b>
                    }
                    .into_any()
                } else if lines.is_empty() {
                    ().into_any()
                } else {
                    let n = i64::try_from(lines.len()).unwrap_or(i64::MAX);
                    let rest = lines.len().saturating_sub(3);
                    let shown = lines.into_iter().take(3).map(|line| view! { <span>{line}</span> }).collect_view();
                    view! {
                        <b>
                            <Icon name=IconName::StateSoon/>
                            {(w.still_open)(n)}
                        </b>
                        {shown}
                        {(rest > 0).then(|| view! { <span>"…"</span> })}
                    }
                    .into_any()
                })
            }}
            {move || {
                kept()
                    .map(|at| view! { <span class="dim">{(words.get().draft_kept)(&second_time(at))}</span> })
            }}
        </div>
    }
}

#[component]
fn PoolActs() -> impl IntoView {
    let words = use_words();
    view! {
        <More/>
        <Act
            command=fixed(Command::Claim {})
            variant=ButtonVariant::Primary
            icon=IconName::Claim
            shortcut=Shortcut::Claim
        >
            {move || words.get().claim}
        </Act>
    }
}

#[component]
fn HeldActs() -> impl IntoView {
    let (words, bench, session) = (use_words(), use_bench(), use_session());
    let posts = use_messages();
    let asking = use_asking();
    let transfer_to_me = Memo::new(move |_| {
        let me = session.person()?.id;
        bench.opened.with(|opened| {
            let holding = opened.as_ref()?.case.holding()?;
            holding.transfer.as_ref().filter(|transfer| transfer.to == me).map(|_| ())
        })
    });
    let returns = bench.of(|opened| opened.case.stage().is_some_and(|stage| stage > Stage::Intake));
    let to = bench.of(goes_to);
    let label = move || {
        let to = to.get().flatten()?;
        Some((words.get().hand_over)(posts.get().post.stage(to)))
    };
    let proposed =
        bench.of(|opened| opened.case.proposal.is_some() && opened.case.stage() == Some(Stage::Recheck));
    view! {
        <More/>
        {move || {
            (transfer_to_me.get().is_some())
                .then(|| {
                    view! {
                        <Act command=fixed(Command::ConfirmTransfer {}) variant=ButtonVariant::Primary>
                            {move || words.get().confirm_transfer}
                        </Act>
                    }
                })
        }}
        {move || {
            bench
                .holds()
                .then(|| {
                    view! {
                        <Button
                            icon=IconName::Pause
                            shortcut=Shortcut::Hold
                            on_press=Callback::new(move |()| asking.set(Some(Asking::Hold)))
                        >
                            {move || words.get().hold}
                        </Button>
                        {(returns.get() == Some(true))
                            .then(|| {
                                view! {
                                    <Button
                                        variant=ButtonVariant::Return
                                        icon=IconName::Return
                                        shortcut=Shortcut::Return
                                        on_press=Callback::new(move |()| asking.set(Some(Asking::Return)))
                                    >
                                        {move || words.get().return_}
                                    </Button>
                                }
                            })}
                        {(proposed.get() == Some(true)).then(|| view! { <ProposalActs/> })}
                        {to.get()
                            .flatten()
                            .map(|_| {
                                view! {
                                    <Act
                                        command=fixed(Command::HandOver {})
                                        variant=ButtonVariant::Primary
                                        icon=IconName::Next
                                        shortcut=Shortcut::Pass
                                    >
                                        {label}
                                    </Act>
                                }
                            })}
                    }
                })
        }}
    }
}

/// What a rechecker answers a proposal to decline with.
#[component]
fn ProposalActs() -> impl IntoView {
    let (words, bench, asking) = (use_words(), use_bench(), use_asking());
    view! {
        <Button on_press=Callback::new(move |()| asking.set(Some(Asking::RefuseProposal)))>
            {move || words.get().refuse_proposal}
        </Button>
        <Button
            variant=ButtonVariant::Danger
            disabled=Signal::derive(move || bench.why_not(&Command::Decline {}))
            on_press=Callback::new(move |()| asking.set(Some(Asking::Decline)))
        >
            {move || words.get().decline}
        </Button>
    }
}

#[component]
fn WaitingActs() -> impl IntoView {
    let words = use_words();
    view! {
        <More/>
        <Act
            command=fixed(Command::Resume {})
            variant=ButtonVariant::Primary
            shortcut=Shortcut::Hold
        >
            {move || words.get().resume}
        </Act>
    }
}

#[component]
fn SlipActs(slip: domain::id::SlipId) -> impl IntoView {
    let (words, bench) = (use_words(), use_bench());
    let gives = move || bench.allows(&Command::TakeBack {});
    let receives = bench.of(|opened| opened.case.line().map(|line| line.to.post()));
    let session = use_session();
    let mine = move || {
        let post: Option<Post> = receives.get().flatten();
        post.is_some_and(|post| session.person().is_some_and(|person| person.holds(post)))
    };
    view! {
        <NoteButton/>
        {move || {
            gives()
                .then(|| {
                    view! {
                        <Act command=fixed(Command::TakeBack {}) icon=IconName::Undo>
                            {move || words.get().take_back}
                        </Act>
                    }
                })
        }}
        {move || {
            mine()
                .then(|| {
                    view! {
                        <LinkButton
                            href=Signal::stored(slip_path(slip))
                            variant=ButtonVariant::Primary
                            icon=IconName::HandOver
                        >
                            {move || words.get().receive}
                        </LinkButton>
                    }
                })
        }}
    }
}

#[component]
fn NoteButton() -> impl IntoView {
    let (words, asking) = (use_words(), use_asking());
    view! {
        <Button
            icon=IconName::Document
            shortcut=Shortcut::Note
            on_press=Callback::new(move |()| asking.set(Some(Asking::Note)))
        >
            {move || words.get().note}
        </Button>
    }
}

/// The rarer acts. Each says itself why it cannot be done; what can never be done here is not offered.
#[component]
fn More() -> impl IntoView {
    let (t, words, bench, asking) = (use_messages(), use_words(), use_bench(), use_asking());
    let session = use_session();
    let anchor = NodeRef::<html::Button>::new();
    let open = RwSignal::new(false);
    let item = move |label: fn(&crate::i18n::case_page::CasePage) -> &'static str, ask: Asking| {
        MenuItem::new(TextProp::from(move || label(words.get())), move || asking.set(Some(ask)))
    };
    let items = Signal::derive(move || {
        let leads = session.role().is_some_and(domain::actor::Role::leads);
        let (stage, paper) = bench.opened.with(|opened| {
            let case = opened.as_ref().map(|opened| &opened.case);
            (case.and_then(domain::case::Case::stage), case.is_some_and(|case| case.paper))
        });
        let posts = session.person().map(|person| person.posts).unwrap_or_default();
        let holds = bench.holds();
        let works = bench.works();
        let mut items =
            vec![item(|w| w.note, Asking::Note).with_icon(IconName::Document).with_shortcut(Shortcut::Note)];
        if works || (leads && stage.is_some()) {
            items.push(item(|w| w.transfer, Asking::Transfer).with_icon(IconName::Users));
        }
        if leads && stage.is_some() {
            items.push(
                item(|w| w.assign, Asking::Assign)
                    .with_icon(IconName::Assign)
                    .with_shortcut(Shortcut::Assign),
            );
            items.push(item(|w| w.set_priority, Asking::Priority).with_icon(IconName::Flag));
        }
        if works {
            let unclaim = Command::Unclaim {};
            let why = bench.why_not(&unclaim);
            items.push(
                MenuItem::new(TextProp::from(move || words.get().unclaim), move || {
                    spawn_local(async move {
                        bench.send(Command::Unclaim {}).await;
                    });
                })
                .with_icon(IconName::Undo)
                .with_shortcut(Shortcut::Unclaim)
                .disabled(why),
            );
            if paper {
                items.push(item(|w| w.amend_count, Asking::Count).with_icon(IconName::Fix));
            }
        }
        if posts.contains(&Post::Intake) || posts.contains(&Post::Binding) {
            items.push(item(|w| w.receive_material, Asking::Material).with_icon(IconName::Inbox));
        }
        if works && matches!(stage, Some(Stage::Entry | Stage::Servicing)) {
            items.push(item(|w| w.propose_decline, Asking::Propose).with_icon(IconName::Cross));
        }
        if holds && bench.allows(&Command::CancelProposal {}) {
            items.push(
                MenuItem::new(TextProp::from(move || words.get().cancel_proposal), move || {
                    spawn_local(async move {
                        bench.send(Command::CancelProposal {}).await;
                    });
                })
                .with_icon(IconName::Undo),
            );
        }
        if works && matches!(stage, Some(Stage::Intake | Stage::Entry)) {
            items.push(item(|w| w.withdraw, Asking::Withdraw).with_icon(IconName::Out));
        }
        items
    });
    view! {
        <Button
            icon=IconName::Dots
            square=true
            variant=ButtonVariant::Quiet
            label=move || words.get().more
            popup="menu"
            expanded=Signal::derive(move || open.get())
            node_ref=anchor
            on_press=Callback::new(move |()| open.update(|open| *open = !*open))
        />
        <Menu anchor=anchor open=open label=move || t.get().common.more items=items side=Side::AboveCentre/>
    }
}
