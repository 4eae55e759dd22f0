//! What a page is about, kept in its address: filters, sort, tab, selection, period.

use crate::api::load::escape;
use crate::router::{NavigateOptions, Params, use_navigate, use_path, use_query_map};
use leptos::prelude::*;

/// What a page keeps behind the question mark.
pub trait UrlState: Clone + PartialEq + Send + Sync + 'static {
    /// Reads it by name; what is missing or unknown has its usual value.
    fn read(get: &dyn Fn(&str) -> Option<String>) -> Self;
    /// Writes it; what has its usual value is left out.
    fn write(&self) -> Vec<(&'static str, String)>;
}

/// A page's state in its address.
#[derive(Debug)]
pub struct Url<T: UrlState> {
    state: Memo<T>,
    go: Callback<(T, bool)>,
}

#[expect(clippy::expl_impl_clone_on_copy, reason = "a derive would ask that the state itself be `Copy`")]
impl<T: UrlState> Clone for Url<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: UrlState> Copy for Url<T> {}

impl<T: UrlState> Url<T> {
    /// The state; followed.
    pub fn get(self) -> T {
        self.state.get()
    }

    /// The state now.
    pub fn now(self) -> T {
        self.state.get_untracked()
    }

    /// Something of the state; followed.
    pub fn with<U>(self, of: impl FnOnce(&T) -> U) -> U {
        self.state.with(of)
    }

    /// A new entry in the history: Back leads to the state before.
    pub fn push(self, change: impl FnOnce(&mut T)) {
        self.change(change, false);
    }

    /// The same entry in the history: for what changes with every key, such as the selection.
    pub fn replace(self, change: impl FnOnce(&mut T)) {
        self.change(change, true);
    }

    fn change(self, change: impl FnOnce(&mut T), replace: bool) {
        let mut state = self.now();
        change(&mut state);
        if state != self.now() {
            self.go.run((state, replace));
        }
    }
}

/// The state of the page in its address.
pub fn use_url_state<T: UrlState>() -> Url<T> {
    let (map, path, navigate) = (use_query_map(), use_path(), use_navigate());
    let state = Memo::new(move |_| {
        map.with(|map: &Params| {
            T::read(&|name| map.get_str(name).filter(|text| !text.is_empty()).map(str::to_owned))
        })
    });
    let go = Callback::new(move |(state, replace): (T, bool)| {
        let target = address(&path.get_untracked(), &state.write());
        navigate(&target, NavigateOptions { replace, scroll: false });
    });
    Url { state, go }
}

/// A path with what stands behind the question mark.
pub fn address(path: &str, parts: &[(&'static str, String)]) -> String {
    let parts: Vec<String> = parts.iter().map(|(name, value)| format!("{name}={}", escape(value))).collect();
    if parts.is_empty() { path.to_owned() } else { format!("{path}?{}", parts.join("&")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_question_mark_only_where_it_asks() {
        assert_eq!(address("/queues/entry", &[]), "/queues/entry");
        assert_eq!(
            address("/queues/entry", &[("q", "张".into()), ("tab", "mine".into())]),
            "/queues/entry?q=%E5%BC%A0&tab=mine"
        );
    }
}
