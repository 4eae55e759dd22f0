//! What the windows of one browser tell each other: that somebody left or came, and what was sent.
//!
//! They share one session, so what one of them ends has ended for all. A window of a browser without channels hears
//! nothing and finds out with its next request.

use serde::{Deserialize, Serialize};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{BroadcastChannel, MessageEvent};

use leptos::prelude::*;

/// Name of the channel.
const NAME: &str = "plumbline.windows";

/// What a window says to the others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    /// Nobody is signed in any more.
    Left {},
    /// Somebody signed in: whoever it is now.
    Came {},
    /// What was kept under this name of the browser's storage was sent.
    Sent {
        /// The name, which begins with the person's.
        stored: String,
    },
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
        // Enums of strings have no failing serialisers, and an open channel takes any text.
        let _said = channel.post_message(&serde_json::to_string(said).unwrap_or_default().into());
    }

    /// Hears the others for the life of the page.
    pub fn hear(self, hear: impl Fn(Said) + 'static) {
        let Some(Some(channel)) = self.channel.try_get_value() else { return };
        let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            // What another version of the app said may be unknown here.
            let said = event.data().as_string().and_then(|text| serde_json::from_str(&text).ok());
            if let Some(said) = said {
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
        for said in [Said::Left {}, Said::Came {}, Said::Sent { stored: "draft.SH1.register".to_owned() }] {
            let text = serde_json::to_string(&said).expect("it is text");
            assert_eq!(serde_json::from_str::<Said>(&text).expect("it is understood"), said);
        }
    }
}
