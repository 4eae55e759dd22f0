//! Requests for approval, and the answer where the person may give one.

use crate::components::{ButtonSize, ButtonVariant, Icon, IconName, State, Tag, TextInput};
use crate::i18n::event::matter;
use crate::i18n::use_messages;
use crate::pages::case::act::{Act, fixed, words as use_words};
use crate::pages::case::bench::use_bench;
use crate::state::session::use_session;
use domain::case::Command;
use domain::case::state::{Approval, ApprovalState};
use leptos::prelude::*;

/// The requests of the case, newest first.
#[component]
pub fn Approvals() -> impl IntoView {
    let (words, bench) = (use_words(), use_bench());
    let list = bench.of(|opened| {
        let mut list = opened.case.approvals.clone();
        list.reverse();
        list
    });
    move || {
        let list = list.get().unwrap_or_default();
        (!list.is_empty()).then(|| {
            view! {
                <section>
                    <h2 class="sec">{move || words.get().approvals}</h2>
                    <ul class="rules">
                        {list.into_iter().map(|approval| view! { <One approval=approval/> }).collect_view()}
                    </ul>
                </section>
            }
        })
    }
}

#[component]
fn One(approval: Approval) -> impl IntoView {
    let (m, words, bench, session) = (use_messages(), use_words(), use_bench(), use_session());
    let why = RwSignal::new(String::new());
    let no = approval.no;
    let asked = approval.matter.clone();
    let title = move || {
        let now = bench.clock().now();
        bench.say(|opened, wording| matter(&asked, wording, Some(&opened.case), now))
    };
    let by = approval.by.clone();
    let detail = {
        let reason = approval.reason.clone();
        move || bench.say(|_, wording| format!("{} {reason}", wording.person(&by)))
    };
    let open = approval.state == ApprovalState::Open;
    let state = approval.state.clone();
    let mark = move || {
        let w = words.get();
        match &state {
            ApprovalState::Open => (State::Soon, w.approval_open.to_owned()),
            ApprovalState::Granted(by) => {
                (State::Ok, bench.say(|_, wording| (w.approval_granted)(&wording.person(by))))
            }
            ApprovalState::Refused { by, reason } => {
                (State::Over, bench.say(|_, wording| (w.approval_refused)(&wording.person(by), reason)))
            }
            ApprovalState::Used => (State::Plain, w.approval_used.to_owned()),
            ApprovalState::Fallen => (State::Plain, w.approval_fallen.to_owned()),
        }
    };
    let answers = session.now().is_some_and(|session| session.person.role.leads()) && open;
    let refuse = Signal::derive(move || {
        let reason = why.get();
        (!reason.trim().is_empty()).then_some(Command::RefuseApproval { approval: no, reason })
    });
    view! {
        <li>
            <Icon name=IconName::Key/>
            <div>
                {title}
                <small>{detail}</small>
                {answers
                    .then(|| {
                        view! {
                            <div class="row wrap">
                                <TextInput
                                    value=why
                                    small=true
                                    label=move || words.get().refuse_why
                                    placeholder=move || words.get().refuse_why
                                    on_input=move |text| why.set(text)
                                />
                                <Act
                                    command=refuse
                                    size=ButtonSize::Small
                                    missing=Signal::derive(move || {
                                        why.get().trim().is_empty().then(|| m.get().field().required.to_owned())
                                    })
                                >
                                    {move || words.get().refuse}
                                </Act>
                                <Act
                                    command=fixed(Command::Approve { approval: no })
                                    variant=ButtonVariant::Primary
                                    size=ButtonSize::Small
                                >
                                    {move || words.get().approve}
                                </Act>
                            </div>
                        }
                    })}
            </div>
            {move || {
                let (state, text) = mark();
                view! { <Tag state=state>{text}</Tag> }
            }}
        </li>
    }
}
