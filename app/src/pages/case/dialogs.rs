//! Questions the work cannot go on without: one at a time.

mod count;
mod decline;
mod hold;
mod material;
mod note;
mod people;
mod priority;
mod withdraw;

use super::desk::Ways;
use crate::follow::follow;
use crate::scope::provide;
use domain::post::Stage;
use leptos::prelude::*;

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asking {
    /// Why and until when it is put on hold.
    Hold,
    /// A note.
    Note,
    /// To whom the holding goes.
    Transfer,
    /// Whom a lead gives it to.
    Assign,
    /// The priority.
    Priority,
    /// A page count.
    Count,
    /// A document that came later.
    Material,
    /// Where it goes back, and on what grounds.
    Return,
    /// The customer takes it back.
    Withdraw,
    /// Why it should be declined.
    Propose,
    /// Whether it is declined.
    Decline,
    /// Why the proposal is refused.
    RefuseProposal,
}

/// What is asked now.
#[derive(Debug, Clone, Copy)]
struct Now(RwSignal<Option<Asking>>);

/// What is asked now; setting it asks.
pub fn use_asking() -> RwSignal<Option<Asking>> {
    expect_context::<Now>().0
}

/// Where the return form begins, when a stage's form leads to it.
#[derive(Debug, Clone, Copy)]
pub struct ReturnTo(pub RwSignal<Option<Stage>>);

/// Makes a page with room for questions, which its forms lead to.
pub fn with_room<V: IntoView + 'static>(make: impl FnOnce() -> V) -> AnyView {
    let (asking, ways, to) = (RwSignal::new(None), Ways::default(), ReturnTo(RwSignal::new(None)));
    follow_forms(asking, ways, to);
    provide(Now(asking), || provide(ways, || provide(to, make)))
}

/// Opens what the forms of the stages lead to.
fn follow_forms(asking: RwSignal<Option<Asking>>, ways: Ways, to: ReturnTo) {
    follow(move || {
        if let Some(stage) = ways.ask_return.get() {
            to.0.set(Some(stage));
            asking.set(Some(Asking::Return));
            ways.ask_return.set(None);
        }
    });
    follow(move || {
        if ways.ask_decline.get() {
            asking.set(Some(Asking::Propose));
            ways.ask_decline.set(false);
        }
    });
}

/// Whether this is asked, and how to stop asking.
pub fn asked(which: Asking) -> (Signal<bool>, Callback<()>) {
    let asking = use_asking();
    (
        Signal::derive(move || asking.get() == Some(which)),
        Callback::new(move |()| {
            asking.try_update(|asking| {
                if *asking == Some(which) {
                    *asking = None;
                }
            });
        }),
    )
}

/// All questions; each opens when it is asked.
#[component]
pub fn Dialogs() -> impl IntoView {
    view! {
        <hold::HoldDialog/>
        <note::NoteDialog/>
        <people::TransferDialog/>
        <people::AssignDialog/>
        <priority::PriorityDialog/>
        <count::CountDialog/>
        <material::MaterialDialog/>
        <withdraw::WithdrawDialog/>
        <decline::ProposeDialog/>
        <decline::DeclineDialog/>
        <decline::RefuseDialog/>
        <super::returns::ReturnDrawer/>
    }
}
