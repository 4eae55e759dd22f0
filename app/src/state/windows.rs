//! What the windows of one browser tell each other: that somebody left or came, and what was sent.
//!
//! They share one session, so what one of them ends has ended for all. A window of a browser without channels hears
//! nothing and finds out with its next request.

use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{BroadcastChannel, MessageEvent};

use leptos::prelude::*;

/// Name of the channel.
const NAME: &str = "plumbline.windows";

/// What a window says to the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// Nobody is signed in any more.
    Left,
    /// Somebody signed in: whoever it is now.
    Came,
    /// What was kept under this name of the browser's storage was sent.
    Sent {
        /// The name, which begins with the person's.
        stored: String,
    },
}

impl Said {
    /// As text for the channel.
    fn text(&self) -> String {
        match self {
            Self::Left => "left".to_owned(),
            Self::Came => "came".to_owned(),
            Self::Sent { stored } => ["sent ", stored].concat(),
        }
    }

    /// From the channel; none for what another version of the app said.
    fn parse(text: &str) -> Option<Self> {
        match text {
            "left" => Some(Self::Left),
            "came" => Some(Self::Came),
            _ => text.strip_prefix("sent ").map(|stored| Self::Sent { stored: stored.to_owned() }),
        }
    }
}

/// The other windows of this browser. A handle: copies are the same channel.
#[derive(Debug, Clone, Copy)]
pub struct Windows {
    channel: StoredValue<Option<Rc<BroadcastChannel>>, LocalStorage>,
}

impl Windows {
    /// Opens the channel for the life of the calling owner.
    pub fn open() -> Self {
        let channel = BroadcastChannel::new(NAME).ok().map(Rc::new);
        let kept = StoredValue::new_local(channel);
        on_cleanup(move || {
            if let Some(Some(channel)) = kept.try_update_value(Option::take) {
                channel.close();
            }
        });
        Self { channel: kept }
    }

    /// Tells the others.
    pub fn say(self, said: &Said) {
        let Some(Some(channel)) = self.channel.try_get_value() else { return };
        // An open channel takes any text.
        let _said = channel.post_message(&said.text().into());
    }

    /// Hears the others for the life of the page.
    pub fn hear(self, hear: impl Fn(Said) + 'static) {
        let Some(Some(channel)) = self.channel.try_get_value() else { return };
        let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(said) = event.data().as_string().as_deref().and_then(Said::parse) {
                hear(said);
            }
        });
        // A channel calls its listener for as long as it is open, which is as long as the page.
        let _added = channel.add_event_listener_with_callback("message", heard.as_ref().unchecked_ref());
        heard.forget();
    }
}

/// The other windows, for the calling owner.
pub fn use_windows() -> Windows {
    expect_context::<Windows>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_is_understood() {
        for said in [Said::Left, Said::Came, Said::Sent { stored: "draft.SH1.register".to_owned() }] {
            assert_eq!(Said::parse(&said.text()), Some(said));
        }
        assert_eq!(Said::parse("{\"later\":1}"), None);
    }
}
