//! A gate that requests wait at while nobody is signed in.

use std::cell::RefCell;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

/// How a wait ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Open,
    Shut,
    Given,
}

/// Shut when the session ends, opened by a new sign-in, given up by leaving.
#[derive(Debug, Clone)]
pub struct Gate(Rc<RefCell<(State, u32, Vec<Waker>)>>);

impl Default for Gate {
    fn default() -> Self {
        Self(Rc::new(RefCell::new((State::Open, 0, Vec::new()))))
    }
}

impl Gate {
    /// Shuts it.
    pub fn shut(&self) {
        self.0.borrow_mut().0 = State::Shut;
    }

    /// Opens it: whoever waits goes on.
    pub fn open(&self) {
        self.end(State::Open);
    }

    /// Gives up: whoever waits is told so.
    pub fn give_up(&self) {
        self.end(State::Given);
    }

    /// Waits until it is opened; false where it was given up.
    pub async fn pass(&self) -> bool {
        let round = self.0.borrow().1;
        poll_fn(|context| {
            let mut gate = self.0.borrow_mut();
            // A later round means that this one ended, whatever happened since.
            if gate.1 != round && gate.0 == State::Shut {
                return Poll::Ready(true);
            }
            match gate.0 {
                State::Open => Poll::Ready(true),
                State::Given => Poll::Ready(false),
                State::Shut => {
                    gate.2.push(context.waker().clone());
                    Poll::Pending
                }
            }
        })
        .await
    }

    fn end(&self, state: State) {
        let waiting = {
            let mut gate = self.0.borrow_mut();
            gate.0 = state;
            gate.1 += 1;
            std::mem::take(&mut gate.2)
        };
        for waker in waiting {
            waker.wake();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::pin::pin;
    use std::task::Context;

    #[test]
    fn whoever_waits_goes_on_when_it_opens() {
        let gate = Gate::default();
        gate.shut();
        let mut context = Context::from_waker(Waker::noop());
        let mut pass = pin!(gate.pass());
        assert!(pass.as_mut().poll(&mut context).is_pending());
        gate.open();
        assert_eq!(pass.as_mut().poll(&mut context), Poll::Ready(true));
    }

    #[test]
    fn leaving_ends_the_wait() {
        let gate = Gate::default();
        gate.shut();
        let mut context = Context::from_waker(Waker::noop());
        let mut pass = pin!(gate.pass());
        assert!(pass.as_mut().poll(&mut context).is_pending());
        gate.give_up();
        assert_eq!(pass.as_mut().poll(&mut context), Poll::Ready(false));
    }
}
