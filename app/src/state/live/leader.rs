//! Which tab holds the stream, and how it passes on what it hears.

use super::stream::Stream;
use super::wire::{Heard, Said};
use js_sys::{Function, Promise, Reflect};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

/// Name of the lock and of the channel.
const NAME: &str = "plumbline.live";

/// A closure the browser calls, kept as long as the line.
type Kept<F> = RefCell<Option<Closure<F>>>;

/// This tab's end of the line.
pub struct Line(Rc<Inner>);

struct Inner {
    hear: Box<dyn Fn(Heard)>,
    channel: Option<BroadcastChannel>,
    stream: RefCell<Option<Rc<Stream>>>,
    /// The stream is open, as far as this tab knows.
    open: Cell<bool>,
    closed: Cell<bool>,
    /// Lets the lock go.
    release: RefCell<Option<Function>>,
    /// What the browser calls; kept as long as the line.
    on_message: Kept<dyn FnMut(MessageEvent)>,
}

impl Line {
    /// Joins the line: hears through another tab, or holds the stream itself.
    pub fn open(hear: impl Fn(Heard) + 'static) -> Self {
        let channel = BroadcastChannel::new(NAME).ok();
        let inner = Rc::new(Inner {
            hear: Box::new(hear),
            channel,
            stream: RefCell::new(None),
            open: Cell::new(false),
            closed: Cell::new(false),
            release: RefCell::new(None),
            on_message: RefCell::new(None),
        });
        let shared = inner.channel.is_some() && inner.clone().ask_for_lock();
        if shared {
            inner.clone().listen();
            inner.say(&Said::Hello);
        } else {
            inner.lead(false);
        }
        Self(inner)
    }

    /// Leaves the line.
    pub fn close(&self) {
        let inner = &self.0;
        inner.closed.set(true);
        if let Some(stream) = inner.stream.borrow_mut().take() {
            stream.close();
            inner.say(&Said::Heard(Heard::Cut));
        }
        if let Some(release) = inner.release.borrow_mut().take() {
            // Resolving a promise does not throw.
            let _released = release.call0(&JsValue::UNDEFINED);
        }
        if let Some(channel) = &inner.channel {
            channel.set_onmessage(None);
            channel.close();
        }
    }
}

impl Inner {
    /// Asks for the lock; the browser grants it when no other tab holds it. False where there are no locks.
    fn ask_for_lock(self: Rc<Self>) -> bool {
        let locks = web_sys::window()
            .and_then(|window| Reflect::get(&window.navigator(), &"locks".into()).ok())
            .filter(JsValue::is_object);
        let Some(locks) = locks else { return false };
        let Some(request) =
            Reflect::get(&locks, &"request".into()).ok().and_then(|f| f.dyn_into::<Function>().ok())
        else {
            return false;
        };
        let line = Rc::downgrade(&self);
        // It may be granted when this line has long been closed: whatever the browser then calls must still be there.
        let granted = Closure::once_into_js(move |_lock: JsValue| {
            // The lock is held until the promise ends: when the tab goes, or the line is closed.
            Promise::new(&mut |resolve, _| match line.upgrade().filter(|line| !line.closed.get()) {
                Some(line) => {
                    *line.release.borrow_mut() = Some(resolve);
                    line.lead(true);
                }
                None => {
                    let _ended = resolve.call0(&JsValue::UNDEFINED);
                }
            })
        });
        request.call2(&locks, &NAME.into(), &granted).is_ok()
    }

    /// Holds the stream from now on. `after_another`: notices between the other tab's stream and this one may be
    /// missing, unless this is the first.
    fn lead(self: &Rc<Self>, after_another: bool) {
        let line = Rc::downgrade(self);
        let stream = Stream::open(Rc::new(move |heard: Heard| {
            if let Some(line) = line.upgrade() {
                line.say(&Said::Heard(heard.clone()));
                line.take(heard);
            }
        }));
        *self.stream.borrow_mut() = Some(stream);
        if after_another && self.open.get() {
            (self.hear)(Heard::Resync);
        }
    }

    fn listen(self: Rc<Self>) {
        let line = Rc::downgrade(&self);
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let Some(line) = line.upgrade() else { return };
            match event.data().as_string().as_deref().and_then(Said::parse) {
                Some(Said::Hello) if line.stream.borrow().is_some() => {
                    let heard = if line.open.get() { Heard::Open } else { Heard::Cut };
                    line.say(&Said::Heard(heard));
                }
                Some(Said::Heard(heard)) if line.stream.borrow().is_none() => line.take(heard),
                _ => {}
            }
        });
        if let Some(channel) = &self.channel {
            channel.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        }
        *self.on_message.borrow_mut() = Some(on_message);
    }

    fn take(&self, heard: Heard) {
        match heard {
            Heard::Open => self.open.set(true),
            Heard::Cut => self.open.set(false),
            Heard::Resync | Heard::Ended | Heard::Change(_) => {}
        }
        (self.hear)(heard);
    }

    fn say(&self, said: &Said) {
        if let Some(channel) = &self.channel {
            // A closed channel throws; nobody is there to hear then.
            let _said = channel.post_message(&said.text().into());
        }
    }
}
