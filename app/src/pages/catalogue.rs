//! The catalogue a page words and decides with.

use crate::i18n::wording::label;
use crate::i18n::{Locale, Messages};
use crate::query::query;
use crate::state::session::use_session;
use domain::api::catalogue::ItemName;
use domain::catalogue::{Catalogue, CatalogueVersion};
use domain::id::ItemCode;
use leptos::prelude::*;
use std::sync::Arc;

/// The catalogue in force; none until it is there.
pub fn use_catalogue() -> Signal<Option<Arc<Catalogue>>> {
    let session = use_session();
    use_catalogue_of(Signal::derive(move || session.get().map(|session| session.catalogue)))
}

/// A version of the catalogue; none until it is there.
pub fn use_catalogue_of(version: Signal<Option<CatalogueVersion>>) -> Signal<Option<Arc<Catalogue>>> {
    let found = query(move || version.get().map(crate::api::case::catalogue));
    Signal::derive(move || found.get())
}

/// The names of the items in force; none until they are there.
pub fn use_item_names() -> Signal<Option<Arc<Vec<ItemName>>>> {
    let session = use_session();
    let found = query(move || session.get().map(|session| crate::api::case::item_names(session.catalogue)));
    Signal::derive(move || found.get())
}

/// The name of an item, or its code.
pub fn item_name(names: Option<&Vec<ItemName>>, code: &ItemCode, locale: Locale) -> String {
    names
        .and_then(|names| names.iter().find(|item| item.code == *code))
        .map_or_else(|| code.to_string(), |item| label(&item.name, locale))
}

/// Several items by the name of the first.
pub fn items_name(names: Option<&Vec<ItemName>>, codes: &[ItemCode], t: &Messages, locale: Locale) -> String {
    let Some(first) = codes.first() else { return String::new() };
    let first = item_name(names, first, locale);
    match codes.len() {
        1 => first,
        n => (t.queue.and_others)(&first, i64::try_from(n).unwrap_or(i64::MAX)),
    }
}
