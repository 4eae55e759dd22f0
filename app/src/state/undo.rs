//! The last act that can be taken back.

use leptos::prelude::*;

/// The last act that can be taken back, by `Z`.
#[derive(Debug, Clone, Copy)]
pub struct Undo(StoredValue<Option<Callback<()>>>);

impl Default for Undo {
    fn default() -> Self {
        Self(StoredValue::new(None))
    }
}

impl Undo {
    /// Remembers how to take the act just done back.
    pub fn offer(self, back: Callback<()>) {
        self.0.set_value(Some(back));
    }

    /// The last act can no longer be taken back.
    pub fn forget(self) {
        self.0.set_value(None);
    }

    /// Takes the last act back, if there is one.
    pub fn run(self) -> bool {
        let back = self.0.try_update_value(Option::take).flatten();
        back.is_some_and(|back| back.try_run(()).is_some())
    }
}

/// The undo of the calling owner.
pub fn use_undo() -> Undo {
    expect_context::<Undo>()
}
