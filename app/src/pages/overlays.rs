//! What is opened now and then – menus, palette, keys, filters, the dialogs of a list – as one part of the app, fetched
//! when the first of it is opened.

use super::part::Make;
use super::queue::acts::Hands;
use super::{account, audit, queue, shell, sign_in};
use crate::api::Api;
use crate::api::queue::ListAct;
use crate::components::{Toast, Toasts, use_toasts};
use crate::follow::follow;
use crate::i18n::{Messages, Text, use_messages};
use domain::api::queue::QueueRow;
use domain::id::CaseId;
use leptos::html::Button;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

/// Opened at that button while the signal says so.
type AtButton = fn(NodeRef<Button>, RwSignal<bool>) -> AnyView;

/// What the part holds. Its makers are reached through it alone, so that nothing of them is in the first download.
#[derive(Debug)]
pub struct Overlays {
    /// The command palette; it can open the keys.
    pub palette: fn(RwSignal<bool>, RwSignal<bool>) -> AnyView,
    /// All keys.
    pub keys: fn(RwSignal<bool>) -> AnyView,
    /// The person's menu; it can open the keys.
    pub person: fn(NodeRef<Button>, RwSignal<bool>, RwSignal<bool>) -> AnyView,
    /// What a narrow top bar has no room for; it can open the keys.
    pub more: fn(NodeRef<Button>, RwSignal<bool>, RwSignal<bool>) -> AnyView,
    /// The units of the person's scope.
    pub units: AtButton,
    /// The orders of a queue.
    pub sort: AtButton,
    /// The rarer filters of a queue.
    pub filters: AtButton,
    /// Asks to whom cases are given.
    pub assign: fn() -> AnyView,
    /// What an act on several cases did.
    pub results: fn() -> AnyView,
    /// The acts on the rows selected.
    pub bulk_bar: fn() -> AnyView,
    /// The filters in force.
    pub in_force: fn() -> AnyView,
    /// What a sign-in has still to do.
    pub steps: fn() -> AnyView,
    /// One's own account.
    pub account: Make,
    /// The audit record.
    pub audit: Make,
    /// Signing in again on top of the work.
    pub sign_in_again: fn() -> AnyView,
    /// Opens the case a scanned code names.
    pub scanned: fn(Api, Toasts, Text<Messages>, Callback<CaseId>, String),
    /// Does an act on several cases.
    pub bulk: fn(Hands, Vec<QueueRow>, ListAct),
}

#[wasm_split(overlays, wasm_split_path = leptos::wasm_split, fallible)]
fn fetch() -> Result<&'static Overlays, SplitLoaderError> {
    static OVERLAYS: Overlays = Overlays {
        palette: shell::palette::palette,
        keys: shell::help::keys,
        person: shell::person::menu,
        more: shell::top_bar::more,
        units: shell::switch::units,
        sort: queue::filters::sort_menu,
        filters: queue::filter::filters,
        assign: queue::assign::dialog,
        results: queue::bulk::results,
        bulk_bar: queue::bulk::bar,
        in_force: queue::in_force::in_force,
        steps: sign_in::steps::steps,
        account: account::account,
        audit: audit::audit,
        sign_in_again: sign_in::again::sign_in_again,
        scanned: shell::palette::scanned,
        bulk: queue::bulk::run,
    };
    Ok(&OVERLAYS)
}

/// One's own account, as a page.
pub async fn account_page() -> Result<Make, SplitLoaderError> {
    fetch().await.map(|part| part.account)
}

/// The audit record, as a page.
pub async fn audit_page() -> Result<Make, SplitLoaderError> {
    fetch().await.map(|part| part.audit)
}

/// The part, as far as it was fetched.
#[derive(Debug, Clone, Copy)]
pub struct OverlaysState {
    there: RwSignal<Option<&'static Overlays>>,
    coming: RwSignal<bool>,
    toasts: Toasts,
    t: Text<Messages>,
}

impl OverlaysState {
    /// None of it is there; for the life of the calling owner.
    pub fn start() -> Self {
        Self {
            there: RwSignal::new(None),
            coming: RwSignal::new(false),
            toasts: use_toasts(),
            t: use_messages(),
        }
    }

    /// Whether something was asked for and is on its way; followed.
    pub fn coming(self) -> bool {
        self.coming.get()
    }

    /// The part, fetched where it is not there yet; a failure says so and leaves it to be asked for again.
    pub fn with(self, act: impl FnOnce(&'static Overlays) + 'static) {
        if let Some(overlays) = self.there.get_untracked() {
            act(overlays);
            return;
        }
        self.coming.set(true);
        spawn_local(async move {
            let fetched = fetch().await;
            self.coming.set(false);
            match fetched {
                Ok(overlays) => {
                    self.there.set(Some(overlays));
                    act(overlays);
                }
                Err(_) => self.toasts.show(Toast::failed(self.t.now().state.failed.to_owned())),
            }
        });
    }
}

/// The part of the calling owner's page.
pub fn use_overlays() -> OverlaysState {
    expect_context::<OverlaysState>()
}

/// One of them: made when it is first opened, and kept.
#[component]
pub fn OnDemand(
    /// Whether it is open.
    #[prop(into)]
    open: Signal<bool>,
    /// Makes it.
    make: Callback<&'static Overlays, AnyView>,
) -> impl IntoView {
    let overlays = use_overlays();
    let wanted = Memo::new(move |before: Option<&bool>| before.is_some_and(|before| *before) || open.get());
    follow(move || {
        if open.get() {
            overlays.with(|_| ());
        }
    });
    move || {
        let overlays = wanted.get().then(|| overlays.there.get()).flatten();
        overlays.map(|overlays| make.run(overlays))
    }
}
