//! The keys of the workbench.

use super::bench::Bench;
use super::dialogs::{Asking, use_asking};
use super::foot::hand_over;
use super::head::{Side, back_href};
use crate::keys::Shortcut;
use crate::pages::queue::acts::get_next;
use crate::router::{NavigateOptions, use_navigate};
use crate::routes::{SLIPS, case_path};
use crate::state::keyboard::use_keyboard;
use crate::state::session::use_session;
use crate::state::trail::use_trail;
use domain::case::Command;
use domain::case::Status;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Hears the keys of the workbench for the life of the calling owner.
pub fn hear(bench: Bench) {
    let (asking, trail, navigate, session) = (use_asking(), use_trail(), use_navigate(), use_session());
    let get_next = get_next();
    let side = expect_context::<RwSignal<Side>>();
    let back = back_href();
    let hand_over = hand_over(bench);
    let send = move |command: Command| {
        let allowed = untrack(|| bench.allows(&command));
        if allowed {
            spawn_local(async move {
                bench.send(command).await;
            });
        }
        allowed
    };
    use_keyboard().on_shortcut(move |shortcut| {
        match shortcut {
            Shortcut::Back => {
                if side.get_untracked() == Side::None {
                    navigate(&back.get_untracked(), NavigateOptions::default());
                } else {
                    side.set(Side::None);
                }
            }
            Shortcut::Next | Shortcut::Previous => {
                let by = if shortcut == Shortcut::Next { 1 } else { -1 };
                let Some(next) = trail.step(bench.id, by) else { return false };
                navigate(&case_path(next), NavigateOptions::default());
            }
            Shortcut::Claim => return send(Command::Claim {}),
            Shortcut::Unclaim => return send(Command::Unclaim {}),
            Shortcut::Hold => {
                let waiting = bench.opened.with_untracked(|opened| {
                    opened
                        .as_ref()
                        .is_some_and(|opened| matches!(opened.case.status(), Some(Status::Waiting { .. })))
                });
                if waiting {
                    return send(Command::Resume {});
                }
                if !untrack(|| bench.holds()) {
                    return false;
                }
                asking.set(Some(Asking::Hold));
            }
            Shortcut::Note => asking.set(Some(Asking::Note)),
            Shortcut::Return => {
                if !untrack(|| bench.holds()) {
                    return false;
                }
                asking.set(Some(Asking::Return));
            }
            Shortcut::Assign => {
                if !session.now().is_some_and(|session| session.person.role.leads()) {
                    return false;
                }
                asking.set(Some(Asking::Assign));
            }
            Shortcut::Slip => navigate(SLIPS, NavigateOptions::default()),
            Shortcut::Pass | Shortcut::Submit => return hand_over(),
            Shortcut::PreviousPane => {
                side.update(|side| *side = if *side == Side::Papers { Side::None } else { Side::Papers });
            }
            Shortcut::NextPane => {
                side.update(|side| *side = if *side == Side::Timeline { Side::None } else { Side::Timeline });
            }
            Shortcut::GetNext => {
                let stage = bench.opened.with_untracked(|o| o.as_ref().and_then(|o| o.case.stage()));
                let queues = untrack(|| session.queues());
                let own = stage.map(domain::post::Stage::queue).filter(|queue| queues.contains(queue));
                let Some(queue) = own.or(queues.first().copied()) else { return false };
                get_next.run(queue);
            }
            _ => return false,
        }
        true
    });
}
