//! Effects that are compiled once.

use leptos::prelude::*;

/// Runs whenever what it read changes, for the life of the calling owner. The same as `Effect::new`, but its machinery
/// is not compiled, and downloaded, anew for every closure.
pub fn follow(run: impl FnMut() + 'static) {
    start(Box::new(run));
}

fn start(run: Box<dyn FnMut()>) {
    Effect::new(run);
}
