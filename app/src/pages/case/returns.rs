//! Sending a case back: to which post, which items, on what grounds, in words.

mod grounds;

use super::act::{Act, words as use_words};
use super::bench::use_bench;
use super::dialogs::{Asking, ReturnTo, asked};
use crate::components::segmented::Segment;
use crate::components::{Button, ButtonVariant, Checkbox, Drawer, Field, Segmented, TextArea};
use crate::follow::follow;
use crate::i18n::use_messages;
use crate::state::clock::use_clock;
use crate::state::drafts::use_drafts;
use domain::case::returns::Ground;
use domain::case::state::Matter;
use domain::case::{CaseItem, Command};
use domain::post::Stage;
use grounds::GroundsForm;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What was filled in and not sent.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
struct Draft {
    stage: Option<Stage>,
    left_out: BTreeSet<u8>,
    grounds: Vec<Ground>,
    reason: String,
}

/// A return as the drawer gives it: where to, which items, on what grounds, why.
type Filled = (Stage, Vec<u8>, Vec<Ground>, String);

/// The return form, drawn out over the work.
#[component]
pub fn ReturnDrawer() -> impl IntoView {
    let (t, words, bench) = (use_messages(), use_words(), use_bench());
    let (drafts, clock) = (use_drafts(), use_clock());
    let (open, close) = asked(Asking::Return);
    let name = StoredValue::new(bench.draft("return"));
    let draft = RwSignal::new(drafts.find::<Draft>(&name.get_value()).unwrap_or_default());
    Effect::new(move |before: Option<()>| {
        let now = draft.get();
        if before.is_some() {
            if now == Draft::default() {
                drafts.sent(&name.get_value());
            } else {
                drafts.keep(&name.get_value(), &now, clock.exact());
            }
        }
    });
    let begins = expect_context::<ReturnTo>();
    follow(move || {
        if let Some(stage) = begins.0.get() {
            draft.update(|draft| draft.stage = Some(stage));
            begins.0.set(None);
        }
    });
    let from = bench.of(|opened| opened.case.stage());
    let earlier = Memo::new(move |_| {
        let from = from.get().flatten();
        Stage::ALL
            .into_iter()
            .filter(|stage| *stage != Stage::FinalCheck && from.is_some_and(|from| *stage < from))
            .collect::<Vec<_>>()
    });
    // The post before is where most returns go.
    let stage = Memo::new(move |_| draft.get().stage.or_else(|| earlier.get().last().copied()));
    let items = bench
        .of(|opened| opened.case.open_items().map(|item| (item.no, item.code.clone())).collect::<Vec<_>>());
    let last_there = bench.of(|opened| opened.case.last_done.clone());
    let segments = Signal::derive(move || {
        earlier
            .get()
            .into_iter()
            .map(|stage| {
                let label = move || {
                    let post = t.get().post.short(stage.post());
                    let who = last_there.get().and_then(|last| last.get(&stage).cloned());
                    match who {
                        Some(who) => format!("{post} {}", bench.say(|_, wording| wording.person(&who))),
                        None => post.to_owned(),
                    }
                };
                Segment::new(Some(stage), TextProp::from(label))
            })
            .collect::<Vec<_>>()
    });
    let filled = move || -> Result<Filled, &'static str> {
        let (m, draft) = (words.get(), draft.get());
        let stage = stage.get().ok_or(m.return_no_stage)?;
        let items: Vec<u8> = items
            .get()
            .unwrap_or_default()
            .into_iter()
            .map(|(no, _)| no)
            .filter(|no| !draft.left_out.contains(no))
            .collect();
        if items.is_empty() {
            return Err(m.return_no_item);
        }
        if draft.grounds.is_empty() {
            return Err(m.return_no_ground);
        }
        if draft.reason.trim().is_empty() {
            return Err(m.return_no_reason);
        }
        Ok((stage, items, draft.grounds, draft.reason))
    };
    let command = Signal::derive(move || {
        let (stage, items, grounds, reason) = filled().ok()?;
        Some(Command::ReturnTo { stage, items, grounds, reason })
    });
    let missing = Signal::derive(move || filled().err().map(str::to_owned));
    let ask = Signal::derive(move || {
        let (to, mut items, _, reason) = filled().ok()?;
        // The approval names what is in force.
        bench.opened.with(|opened| {
            let case = opened.as_ref().map(|opened| &opened.case);
            items.retain(|no| case.and_then(|case| case.item(*no)).is_some_and(CaseItem::core_effective));
        });
        Some(Command::RequestApproval { matter: Matter::ReturnEffective { to, items }, reason })
    });
    let needs_approval = move || {
        command.get().is_some_and(|command| {
            matches!(bench.decide(&command), Some(Err(domain::case::Refusal::ApprovalNeeded { .. })))
        })
    };
    let done = Callback::new(move |()| {
        draft.set(Draft::default());
        close.run(());
    });
    let label = move || {
        let to = stage.get()?;
        Some((t.get().post.return_to)(t.get().post.stage(to)))
    };
    view! {
        <Drawer
            title=move || words.get().return_
            open=open
            on_close=close
            foot=move || {
                view! {
                    <Button on_press=close>{move || t.get().common.cancel}</Button>
                    <span class="push"></span>
                    {move || {
                        needs_approval()
                            .then(|| view! { <Act command=ask>{move || words.get().ask_approval}</Act> })
                    }}
                    <Act
                        command=command
                        missing=missing
                        variant=ButtonVariant::Return
                        icon=crate::components::IconName::Return
                        on_done=done
                    >
                        {label}
                    </Act>
                }
            }
        >
            <section>
                <Segmented
                    label=move || words.get().return_to
                    segments=segments
                    value=stage
                    on_change=Callback::new(move |to| draft.update(|draft| draft.stage = to))
                />
            </section>
            <section>
                <fieldset class="bare col">
                    <legend class="sm mut">{move || words.get().return_items}</legend>
                    {move || {
                        items
                            .get()
                            .unwrap_or_default()
                            .into_iter()
                            .map(|(no, code)| {
                                view! {
                                    <Checkbox
                                        checked=Signal::derive(move || {
                                            draft.with(|draft| !draft.left_out.contains(&no))
                                        })
                                        on_change=Callback::new(move |on: bool| {
                                            draft
                                                .update(|draft| {
                                                    if on {
                                                        draft.left_out.remove(&no);
                                                    } else {
                                                        draft.left_out.insert(no);
                                                    }
                                                });
                                        })
                                    >
                                        {move || bench.say(|_, wording| wording.item(&code))}
                                    </Checkbox>
                                }
                            })
                            .collect_view()
                    }}
                </fieldset>
            </section>
            <GroundsForm
                grounds=Signal::derive(move || draft.with(|draft| draft.grounds.clone()))
                on_change=Callback::new(move |grounds| draft.update(|draft| draft.grounds = grounds))
            />
            <section>
                <Field label=move || words.get().return_reason required=Signal::stored(true)>
                    <TextArea
                        value=Signal::derive(move || draft.with(|draft| draft.reason.clone()))
                        rows=4
                        max_length=2000
                        on_input=move |typed| draft.update(|draft| draft.reason = typed)
                    />
                </Field>
            </section>
        </Drawer>
    }
}
