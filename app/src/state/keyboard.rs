//! Who hears a key: the newest part of the page that has a meaning for it.

use crate::keys::{Scan, Shortcut};
use leptos::prelude::*;

#[derive(Debug, Clone, Copy)]
struct Hearer {
    id: u64,
    shortcut: Option<Callback<Shortcut, bool>>,
    scan: Option<Callback<Scan, bool>>,
}

/// The parts of the page that hear keys and scans, oldest first.
#[derive(Debug, Clone, Copy)]
pub struct Keyboard {
    hearers: StoredValue<Vec<Hearer>>,
    next: StoredValue<u64>,
}

impl Default for Keyboard {
    fn default() -> Self {
        Self { hearers: StoredValue::new(Vec::new()), next: StoredValue::new(0) }
    }
}

impl Keyboard {
    /// Hears shortcuts for the life of the calling owner; `hear` says whether it had a meaning for one.
    pub fn on_shortcut(self, hear: impl Fn(Shortcut) -> bool + Send + Sync + 'static) {
        self.join(Some(Callback::new(hear)), None);
    }

    /// Hears scans for the life of the calling owner.
    pub fn on_scan(self, hear: impl Fn(Scan) -> bool + Send + Sync + 'static) {
        self.join(None, Some(Callback::new(hear)));
    }

    /// Gives a shortcut to the newest part with a meaning for it.
    pub fn tell(self, shortcut: Shortcut) {
        self.first(|hearer| hearer.shortcut.and_then(|hear| hear.try_run(shortcut)));
    }

    /// Gives a scan to the newest part with a meaning for it.
    pub fn tell_scan(self, scan: &Scan) {
        self.first(|hearer| hearer.scan.and_then(|hear| hear.try_run(scan.clone())));
    }

    /// The list is copied first: whoever hears may join or leave.
    fn first(self, hear: impl Fn(&Hearer) -> Option<bool>) {
        let hearers = self.hearers.get_value();
        for hearer in hearers.iter().rev() {
            if hear(hearer) == Some(true) {
                return;
            }
        }
    }

    fn join(self, shortcut: Option<Callback<Shortcut, bool>>, scan: Option<Callback<Scan, bool>>) {
        let Some(id) = self.next.try_update_value(|next| {
            *next += 1;
            *next
        }) else {
            return;
        };
        self.hearers.update_value(|hearers| hearers.push(Hearer { id, shortcut, scan }));
        on_cleanup(move || {
            self.hearers.try_update_value(|hearers| hearers.retain(|hearer| hearer.id != id));
        });
    }
}

/// The keyboard of the calling owner.
pub fn use_keyboard() -> Keyboard {
    expect_context::<Keyboard>()
}
