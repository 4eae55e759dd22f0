//! The filters in force.

use super::desk::use_desk;
use super::url::QueueUrl;
use crate::components::{Icon, IconName, IconSize};
use crate::format::amount;
use crate::i18n::queue_page::QueuePage as Words;
use crate::i18n::terms::Terms;
use crate::i18n::wording::label;
use crate::i18n::{use_locale, use_text};
use crate::pages::catalogue::{item_name, use_item_names};
use crate::state::session::use_session;
use leptos::prelude::*;
use std::collections::BTreeMap;

/// A filter in force: its words, and what takes it away.
type Removable = (String, fn(&mut QueueUrl));

/// The filters in force, each with a cross.
pub fn in_force() -> AnyView {
    let (words, terms, desk) = (use_text::<Words>(), use_text::<Terms>(), use_desk());
    let (locale, session, names) = (use_locale(), use_session(), use_item_names());
    let chips = move || {
        let url = desk.url.get();
        let (w, terms, locale) = (words.get(), terms.get(), locale.get());
        let query = url.query;
        let mut chips: Vec<Removable> = Vec::new();
        if let Some(text) = &query.search {
            chips.push((text.clone(), |url| url.query.search = None));
        }
        if let Some(item) = &query.item {
            let names = names.get();
            chips.push((item_name(names.as_deref(), item, locale), |url| url.query.item = None));
        }
        if let Some(class) = query.class {
            chips.push((label(&class.label(), locale), |url| url.query.class = None));
        }
        if let Some(channel) = query.channel {
            chips.push((terms.channel(channel).to_owned(), |url| url.query.channel = None));
        }
        if let Some(holder) = &query.holder {
            chips.push((session.name(holder, &BTreeMap::new()), |url| url.query.holder = None));
        }
        if query.returned == Some(true) {
            chips.push((w.only_returned.to_owned(), |url| url.query.returned = None));
        }
        if let Some(priority) = query.priority {
            chips.push((terms.priority(priority).to_owned(), |url| url.query.priority = None));
        }
        if let Some(minor) = query.amount_from {
            chips.push((format!("≥ {}", amount(minor)), |url| url.query.amount_from = None));
        }
        chips
            .into_iter()
            .map(|(name, clear)| {
                let said = name.clone();
                view! {
                    <button
                        class="chip"
                        type="button"
                        aria-pressed="true"
                        aria-label=move || (words.get().without)(&said)
                        on:click=move |_| desk.url.push(clear)
                    >
                        {name}
                        <Icon
                            name=IconName::Cross
                            size=IconSize::Small
                        />
                    </button>
                }
            })
            .collect_view()
    };
    view! { {chips} }.into_any()
}
