//! The stream of server-sent events.

use super::wire::Heard;
use crate::api::live::URL;
use crate::state::timer::pause;
use leptos::task::spawn_local;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, EventSource, MessageEvent};

/// Wait before the stream is opened again where the browser has given it up, in milliseconds.
const AGAIN: i32 = 5_000;

type Hear = Rc<dyn Fn(Heard)>;
type Listener = Closure<dyn FnMut(Event)>;

/// An open stream; closed when dropped.
pub struct Stream {
    source: RefCell<Option<(EventSource, Vec<Listener>)>>,
    hear: Hear,
    closed: Cell<bool>,
}

impl Stream {
    /// Opens it, and again whenever it is given up.
    pub fn open(hear: Hear) -> Rc<Self> {
        let stream = Rc::new(Self { source: RefCell::new(None), hear, closed: Cell::new(false) });
        stream.clone().connect(false);
        stream
    }

    /// Closes it for good.
    pub fn close(&self) {
        self.closed.set(true);
        if let Some((source, _listeners)) = self.source.borrow_mut().take() {
            source.close();
        }
    }

    /// `again`: notices may have been missed since the last one.
    fn connect(self: Rc<Self>, again: bool) {
        let Ok(source) = EventSource::new(URL) else { return };
        let listeners = vec![
            listen(&source, "open", {
                let hear = self.hear.clone();
                let first = Cell::new(again);
                move |_| {
                    hear(Heard::Open);
                    if first.take() {
                        hear(Heard::Resync);
                    }
                }
            }),
            listen(&source, "resync", {
                let hear = self.hear.clone();
                move |_| hear(Heard::Resync)
            }),
            listen(&source, "ended", {
                let hear = self.hear.clone();
                move |_| hear(Heard::Ended)
            }),
            listen(&source, "change", {
                let hear = self.hear.clone();
                move |event| {
                    let data = event.dyn_ref::<MessageEvent>().and_then(|event| event.data().as_string());
                    hear(data.map_or(Heard::Resync, Heard::Change));
                }
            }),
            listen(&source, "error", {
                let stream = Rc::downgrade(&self);
                move |_| {
                    if let Some(stream) = stream.upgrade() {
                        stream.cut();
                    }
                }
            }),
        ];
        *self.source.borrow_mut() = Some((source, listeners));
    }

    /// The browser connects again by itself unless the answer was an error: then the stream is closed.
    fn cut(self: Rc<Self>) {
        (self.hear)(Heard::Cut);
        let given_up = self
            .source
            .borrow()
            .as_ref()
            .is_some_and(|(source, _)| source.ready_state() == EventSource::CLOSED);
        if given_up && !self.closed.get() {
            spawn_local(async move {
                pause(AGAIN).await;
                if !self.closed.get() {
                    self.connect(true);
                }
            });
        }
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.close();
    }
}

fn listen(source: &EventSource, name: &str, act: impl FnMut(Event) + 'static) -> Listener {
    let listener = Closure::<dyn FnMut(Event)>::new(act);
    // Adding a listener fails for no name and no function.
    let _added = source.add_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
    listener
}
