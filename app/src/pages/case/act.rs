//! A button that sends a command: it asks the rules whether it may, and says why not.

use super::bench::{Bench, use_bench};
use crate::components::button::ButtonProps;
use crate::components::{Button, ButtonSize, ButtonVariant, IconName, Toast};
use crate::i18n::case_page::CasePage as Words;
use crate::i18n::{Localised, Messages, use_messages, use_text};
use crate::keys::Shortcut;
use domain::case::Command;
use domain::id::PersonId;
use domain::post::Stage;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// A button that sends a command of the case.
#[component]
pub fn Act(
    /// Its words.
    children: Children,
    /// The command, as the form has it now; none where the form is not filled.
    #[prop(into)]
    command: Signal<Option<Command>>,
    /// Why the form is not filled, in words.
    #[prop(optional, into)]
    missing: MaybeProp<String>,
    /// What it is for.
    #[prop(optional)]
    variant: ButtonVariant,
    /// How high it is.
    #[prop(optional)]
    size: ButtonSize,
    /// Icon before the words.
    #[prop(optional)]
    icon: Option<IconName>,
    /// The shortcut drawn on it; the page hears it.
    #[prop(optional)]
    shortcut: Option<Shortcut>,
    /// Called when it was done.
    #[prop(optional, into)]
    on_done: Option<Callback<()>>,
) -> impl IntoView {
    let bench = use_bench();
    let disabled = why(bench, command, missing);
    let press = Callback::new(move |()| send(bench, command, on_done));
    Button(ButtonProps {
        children: Some(children),
        label: None,
        variant,
        size,
        icon,
        square: false,
        shortcut,
        busy: bench.busy.into(),
        disabled: disabled.into(),
        pressed: MaybeProp::default(),
        popup: None,
        expanded: MaybeProp::default(),
        submit: false,
        node_ref: NodeRef::new(),
        on_press: Some(press),
    })
}

/// Why a command cannot be sent; none where it can.
pub fn why(
    bench: Bench,
    command: Signal<Option<Command>>,
    missing: MaybeProp<String>,
) -> Signal<Option<String>> {
    let m = use_messages();
    Signal::derive(move || match command.get() {
        Some(command) => missing.get().or_else(|| bench.why_not(&command)),
        None => Some(missing.get().unwrap_or_else(|| m.get().field().required.to_owned())),
    })
}

/// Sends the command as it is now.
pub fn send(bench: Bench, command: Signal<Option<Command>>, on_done: Option<Callback<()>>) {
    let Some(command) = command.get_untracked() else { return };
    spawn_local(async move {
        if bench.send(command).await
            && let Some(on_done) = on_done
        {
            on_done.try_run(());
        }
    });
}

/// A command that is always the same.
pub fn fixed(command: Command) -> Signal<Option<Command>> {
    Signal::stored(Some(command))
}

/// What a command that was carried out did, in words: with a tick where that is what was wanted.
pub fn done(command: &Command, bench: Bench) -> Toast {
    let t = use_words_now(bench);
    let item_now = |no: u8| bench.now().and_then(|opened| opened.case.item(no).cloned());
    match command {
        Command::ConfirmEntry { item, .. }
            if item_now(*item)
                .and_then(|item| item.entered)
                .is_some_and(|entered| entered.confirmed.is_none()) =>
        {
            Toast::told(t.done_differs)
        }
        // A core value that differs is a new difference: it takes the pass away instead of taking effect.
        Command::ConfirmCore { item, .. }
            if item_now(*item).and_then(|item| item.core).is_some_and(|core| core.effective_at.is_none()) =>
        {
            Toast::failed(t.done_core_differs)
        }
        _ => Toast::done(words_of(command, bench, t)),
    }
}

fn words_of(command: &Command, bench: Bench, t: &Words) -> String {
    let posts = Messages::in_locale(bench.locale.get_untracked()).post;
    let name = |of: &PersonId| {
        let known = bench.now().and_then(|opened| opened.names.get(of).cloned());
        known.unwrap_or_else(|| of.to_string())
    };
    match command {
        Command::Claim {} => t.done_claim.into(),
        Command::Unclaim {} => t.done_unclaim.into(),
        Command::HandOver {} => {
            let to = bench.now().and_then(|opened| next_of(&opened.case));
            to.map_or_else(|| t.done_other.into(), |to| (t.done_hand_over)(posts.stage(to)))
        }
        Command::ReturnTo { stage, .. } => (t.done_return)(posts.stage(*stage)),
        Command::PutOnHold { .. } => t.done_hold.into(),
        Command::Resume {} => t.done_resume.into(),
        Command::AddNote { .. } => t.done_note.into(),
        Command::TransferHolding { to } => (t.done_transfer)(&name(to)),
        Command::Assign { to } => (t.done_assign)(&name(to)),
        Command::ConfirmTransfer {} => t.done_taken_over.into(),
        Command::ConfirmReceipt { .. } => t.done_received.into(),
        Command::ReportDifference { .. } => t.done_reported.into(),
        Command::TakeBack {} => t.done_take_back.into(),
        Command::CancelCoreResult { .. } => t.done_cancel_core.into(),
        Command::ProposeDecline { .. } => t.done_propose.into(),
        Command::CancelProposal {} => t.done_cancel_proposal.into(),
        Command::RefuseProposal { .. } => t.done_refuse_proposal.into(),
        Command::Approve { .. } => t.done_approve.into(),
        Command::RefuseApproval { .. } => t.done_refuse_approval.into(),
        Command::Withdraw { .. } => t.done_withdraw.into(),
        Command::Decline {} => t.done_decline.into(),
        Command::Release { .. } => t.done_release.into(),
        Command::CompleteReview { .. } => t.done_review.into(),
        Command::EnterChange { .. } => t.done_enter.into(),
        Command::ConfirmEntry { .. } => t.done_confirm.into(),
        Command::CompletePreparation { .. } => t.done_prepare.into(),
        Command::RecordCoreResult { .. } => t.done_core.into(),
        Command::SettleFee { .. } => t.done_fees.into(),
        Command::Endorse { .. } => t.done_endorse.into(),
        Command::KeyAsked { .. } => t.done_asked.into(),
        Command::PassRecheck { .. } => t.done_pass.into(),
        Command::ConfirmCore { .. } => t.done_effective.into(),
        Command::Bind { .. } => t.done_bind.into(),
        Command::SetPriority { .. } => t.done_priority.into(),
        Command::ReceiveMaterial { .. } => t.done_material.into(),
        Command::AmendCount { .. } => t.done_count.into(),
        Command::AmendRegistration { .. } => t.done_registration.into(),
        Command::RequestApproval { .. } => t.approval_sent.into(),
        // The system's own: no button sends them.
        Command::ExpireLease {} | Command::BarRelease { .. } | Command::LiftBar { .. } => t.done_other.into(),
    }
}

/// Where the case went, or is going.
fn next_of(case: &domain::case::Case) -> Option<Stage> {
    match case.line() {
        Some(line) => Some(line.to),
        None => case.stage(),
    }
}

fn use_words_now(bench: Bench) -> &'static Words {
    Words::in_locale(bench.locale.get_untracked())
}

/// The words of the workbench.
pub fn words() -> crate::i18n::Text<Words> {
    use_text()
}
