//! Who is signed in.

use super::gate::Gate;
use domain::actor::{Actor, Person, Role};
use domain::api::session::Session;
use domain::id::{PersonId, UnitId};
use domain::post::Queue;
use domain::time::Timestamp;
use domain::unit::{Unit, UnitTree};
use leptos::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How far the sign-in is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// The server has not said yet.
    Unknown,
    /// Nobody is signed in: the sign-in page.
    Out,
    /// Somebody gave the right password and has a step still to do.
    Steps,
    /// Somebody is.
    In,
    /// The session ended under the work: sign in on top of it.
    Ended,
    /// The server was not reached at the first question.
    Unreached,
}

/// Who is signed in.
#[derive(Debug, Clone, Copy)]
pub struct SessionState {
    status: RwSignal<Status>,
    session: RwSignal<Option<Arc<Session>>>,
    /// What the server says of a sign-in with a step still to do.
    pending: RwSignal<Option<Arc<Session>>>,
    units: RwSignal<Arc<UnitTree>>,
    /// Browser time of the last answered request, milliseconds: idle time counts from there.
    touched: StoredValue<f64>,
    gate: StoredValue<Gate, LocalStorage>,
}

impl Default for SessionState {
    fn default() -> Self {
        Self {
            status: RwSignal::new(Status::Unknown),
            session: RwSignal::new(None),
            pending: RwSignal::new(None),
            units: RwSignal::new(Arc::default()),
            touched: StoredValue::new(0.0),
            gate: StoredValue::new_local(Gate::default()),
        }
    }
}

impl SessionState {
    /// How far the sign-in is.
    pub fn status(self) -> Status {
        self.status.get()
    }

    /// Whether somebody is signed in or was until just now.
    pub fn is_signed_in(self) -> bool {
        matches!(self.status.get_untracked(), Status::In | Status::Ended)
    }

    /// The session; followed.
    pub fn get(self) -> Option<Arc<Session>> {
        self.session.get()
    }

    /// Whether whoever is signed in sees cases; followed.
    pub fn sees_cases(self) -> bool {
        self.session.with(|session| session.as_ref().is_some_and(|session| session.person.role.sees_cases()))
    }

    /// The session now.
    pub fn now(self) -> Option<Arc<Session>> {
        self.session.get_untracked()
    }

    /// A sign-in with a step still to do; followed.
    pub fn pending(self) -> Option<Arc<Session>> {
        self.pending.get()
    }

    /// Somebody signed in, perhaps with a step still to do: until then the work behind it stays.
    pub fn signed_in(self, session: Session) {
        if session.step.is_some() {
            self.pending.set(Some(Arc::new(session)));
            if self.status.get_untracked() != Status::Ended {
                self.status.set(Status::Steps);
            }
            return;
        }
        self.pending.set(None);
        let other = self
            .session
            .with_untracked(|old| old.as_ref().is_some_and(|old| old.person.id != session.person.id));
        if other {
            // Another person's requests must not be sent in this person's name.
            self.gate.with_value(Gate::give_up);
        }
        self.units.set(Arc::new(UnitTree::new(session.units.iter().cloned())));
        self.session.set(Some(Arc::new(session)));
        self.status.set(Status::In);
        self.touched();
        self.gate.with_value(Gate::open);
    }

    /// Nobody is signed in.
    pub fn signed_out(self) {
        self.gate.with_value(Gate::give_up);
        self.pending.set(None);
        self.session.set(None);
        self.status.set(Status::Out);
    }

    /// The first question was not answered.
    pub fn unreached(self) {
        self.status.set(Status::Unreached);
    }

    /// The session ended under the work.
    pub fn ended(self) {
        if self.status.get_untracked() == Status::In {
            self.gate.with_value(Gate::shut);
            self.status.set(Status::Ended);
        }
    }

    /// The server knows the session no more: sign in on top of the work, or from the beginning where there is none yet.
    pub fn lost(self) {
        match self.status.get_untracked() {
            Status::In => self.ended(),
            Status::Ended => self.pending.set(None),
            Status::Steps => self.signed_out(),
            Status::Unknown | Status::Out | Status::Unreached => {}
        }
    }

    /// Waits for a new sign-in; false where the person left.
    pub async fn wait(self) -> bool {
        let gate = self.gate.with_value(Clone::clone);
        gate.pass().await
    }

    /// A request was answered: idle time begins anew.
    #[expect(
        clippy::disallowed_methods,
        reason = "idle time is the browser's own, whatever the server's clock says"
    )]
    pub fn touched(self) {
        self.touched.set_value(js_sys::Date::now());
    }

    /// Milliseconds until the session ends, by idle time or at the latest; none while nobody is signed in.
    pub fn ends_in(self, now: Timestamp) -> Option<i64> {
        let session = self.now()?;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::disallowed_methods,
            reason = "milliseconds since 1970 fit; idle time is the browser's own"
        )]
        let idle = (js_sys::Date::now() - self.touched.get_value()) as i64;
        let idle_left = i64::from(session.idle_minutes) * 60_000 - idle;
        Some(idle_left.min((session.ends_at - now).num_milliseconds()))
    }

    /// The person; followed.
    pub fn person(self) -> Option<Person> {
        self.session.with(|session| session.as_ref().map(|session| session.person.clone()))
    }

    /// The person as the rules see one.
    pub fn actor(self) -> Option<Actor> {
        self.now().map(|session| Actor::Person(session.person.clone()))
    }

    /// The person's role; followed.
    pub fn role(self) -> Option<Role> {
        self.session.with(|session| session.as_ref().map(|session| session.person.role))
    }

    /// The queues the person may open; followed.
    pub fn queues(self) -> Vec<Queue> {
        self.session
            .with(|session| session.as_ref().map(|session| session.queues.clone()).unwrap_or_default())
    }

    /// The units in scope and above; followed.
    pub fn units(self) -> Arc<UnitTree> {
        self.units.get()
    }

    /// A unit; followed.
    pub fn unit(self, id: &UnitId) -> Option<Unit> {
        self.units.with(|units| units.get(id).cloned())
    }

    /// A person's name: as given with the data at hand, else as the session knows it, else the number.
    pub fn name(self, id: &PersonId, given: &BTreeMap<PersonId, String>) -> String {
        given.get(id).cloned().unwrap_or_else(|| {
            self.session.with(|session| {
                session
                    .as_ref()
                    .and_then(|session| session.names.get(id).cloned())
                    .unwrap_or_else(|| id.to_string())
            })
        })
    }
}

/// Who is signed in, for the calling owner.
pub fn use_session() -> SessionState {
    expect_context::<SessionState>()
}
