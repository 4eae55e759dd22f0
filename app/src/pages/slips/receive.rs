//! Receiving, reporting and taking back, case by case.

use super::slip::Bench;
use crate::api::{Failure, Tag, use_api};
use crate::components::{Toast, use_toasts};
use crate::i18n::failure::word_failure;
use crate::i18n::slips::SlipWords;
use crate::i18n::wording::Wording;
use crate::i18n::{use_locale, use_text};
use crate::query::use_queries;
use crate::state::clock::use_clock;
use crate::state::session::use_session;
use domain::api::slip::{LineKey, LineState, SlipLine};
use domain::case::Command;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Receiving {
    /// Everything that is counted.
    Everything,
    /// One line: this command.
    One(LineKey, Command),
}

/// Receives; what was refused is said, what differed is counted anew.
pub fn receive_all(bench: Bench) -> Callback<Receiving> {
    let (words, api, toasts, queries) = (use_text::<SlipWords>(), use_api(), use_toasts(), use_queries());
    let (locale, session, clock) = (use_locale(), use_session(), use_clock());
    let say = move |failure: &Failure| {
        let names = session.now().map(|session| session.names.clone()).unwrap_or_default();
        let wording = Wording { locale: locale.get_untracked(), names: &names, catalogue: None };
        word_failure(failure, &wording, None, clock.exact())
    };
    Callback::new(move |what: Receiving| {
        if bench.busy.get_untracked() {
            return;
        }
        let lines = untrack(|| bench.lines());
        let transfer = untrack(|| bench.is_transfer());
        let counts = bench.counts.get_untracked();
        let jobs: Vec<(SlipLine, Command)> = match &what {
            Receiving::One(key, command) => lines
                .into_iter()
                .filter(|line| line.key() == *key)
                .map(|line| (line, command.clone()))
                .collect(),
            Receiving::Everything => lines
                .into_iter()
                .filter(|line| line.state == LineState::Open)
                .filter_map(|line| {
                    let command = if transfer {
                        Command::ConfirmTransfer {}
                    } else {
                        Command::ConfirmReceipt { counted: counts.complete(&line)? }
                    };
                    Some((line, command))
                })
                .collect(),
        };
        if jobs.is_empty() {
            return;
        }
        bench.busy.set(true);
        spawn_local(async move {
            let mut done = 0_i64;
            for (line, command) in jobs {
                match api.case_command(line.case, line.version, &command).await {
                    Ok(after) => {
                        // A count that differs leaves the case on its slip.
                        let still_there = after.case.case.line().is_some();
                        let counts = matches!(command, Command::ConfirmReceipt { .. });
                        if counts && still_there {
                            toasts.show(Toast::failed((words.now().differs_now)(&line.number)));
                        } else {
                            done += 1;
                        }
                        bench.counts.try_update(|counts| counts.clear(line.case));
                        queries.stale(Tag::Case(line.case));
                        match command {
                            Command::TakeBack {} => {
                                toasts.show(Toast::done((words.now().taken_back)(&line.number)));
                            }
                            Command::ReportDifference { .. } => {
                                toasts.show(Toast::done(words.now().different));
                            }
                            _ => {}
                        }
                    }
                    Err(failure) => {
                        toasts.show(Toast::failed(format!("{} {}", line.number, say(&failure))));
                        // Offline or signed out: the rest would only fail likewise.
                        if matches!(failure, Failure::Network | Failure::SignedOut) {
                            break;
                        }
                    }
                }
            }
            bench.busy.try_set(false);
            if done > 0 && what == Receiving::Everything {
                toasts.show(Toast::done((words.now().received)(done)));
            }
            bench.slip.refetch();
            for tag in [Tag::Slips, Tag::Counts] {
                queries.invalidate(tag);
            }
            for queue in domain::post::Queue::ALL {
                queries.stale(Tag::Queue(queue));
            }
        });
    })
}
