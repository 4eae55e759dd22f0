//! The audit record, for the audit administrator: filters above, newest first, page by page.

use crate::api::account::audit as load;
use crate::components::{
    Button, Choice, DateInput, Empty, Failed, Field, LinkButton, Select, Skeleton, TextInput,
};
use crate::follow::follow;
use crate::format::{DateError, stamp, today};
use crate::i18n::audit::AuditWords;
use crate::i18n::{use_messages, use_text};
use crate::pages::frame::{use_bar, use_title};
use crate::pages::part::want_style;
use crate::query::query_staying;
use crate::routes::AUDIT;
use crate::state::clock::use_clock;
use crate::state::connection::use_connection;
use crate::url_state::{Url, UrlState, address, use_url_state};
use chrono::NaiveDate;
use domain::api::audit::{AuditKind, AuditPage, AuditQuery, AuditRow};
use domain::id::PersonId;
use leptos::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The page.
pub fn audit() -> AnyView {
    view! { <Page/> }.into_any()
}

/// What is asked for, in the address.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Asked(AuditQuery);

impl UrlState for Asked {
    fn read(get: &dyn Fn(&str) -> Option<String>) -> Self {
        Self(AuditQuery {
            person: get("person"),
            kind: get("kind").and_then(|name| AuditKind::parse(&name)),
            from: get("from").and_then(|day| day.parse().ok()),
            to: get("to").and_then(|day| day.parse().ok()),
            after: get("after").and_then(|id| crate::api::key::parse_id(&id)),
        })
    }

    fn write(&self) -> Vec<(&'static str, String)> {
        let AuditQuery { person, kind, from, to, after } = &self.0;
        [
            ("person", person.clone()),
            ("kind", kind.map(|kind| kind.as_str().to_owned())),
            ("from", from.map(|day| day.to_string())),
            ("to", to.map(|day| day.to_string())),
            ("after", after.map(|id| id.to_string())),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
    }
}

#[component]
fn Page() -> impl IntoView {
    want_style();
    let (t, connection) = (use_text::<AuditWords>(), use_connection());
    let url = use_url_state::<Asked>();
    let query = query_staying(move || Some(load(&url.get().0)));
    follow(move || {
        if let Some(page) = query.get() {
            connection.data(page.as_of);
        }
    });
    use_title(|t| t.shell.audit.to_owned());
    use_bar(move || view! { <span class="ttl">{move || t.get().title}</span> }.into_any());
    view! {
        <main class="sheet audit">
            <h1 class="vh">{move || t.get().title}</h1>
            <Filters url=url/>
            {move || {
                // What did not come is not hidden by what was there before: it answers another question.
                if query.failure().is_some() {
                    view! { <Failed on_retry=Callback::new(move |()| query.refetch())/> }.into_any()
                } else if let Some(page) = query.get() {
                    view! { <List page=page url=url/> }.into_any()
                } else {
                    view! { <Skeleton lines=12/> }.into_any()
                }
            }}
        </main>
    }
}

/// A filter changed: what is asked for begins at its newest again.
fn narrow(url: Url<Asked>, change: impl FnOnce(&mut AuditQuery)) {
    url.push(|asked| {
        change(&mut asked.0);
        asked.0.after = None;
    });
}

#[component]
fn Filters(url: Url<Asked>) -> impl IntoView {
    let (t, m, clock) = (use_text::<AuditWords>(), use_messages(), use_clock());
    let now = Memo::new(move |_| today(clock.now()));
    let person = RwSignal::new(url.now().0.person.unwrap_or_default());
    let kinds = Signal::derive(move || {
        let words = t.get();
        AuditKind::ALL
            .into_iter()
            .map(|kind| Choice::new(kind.as_str(), words.kind(kind)))
            .collect::<Vec<_>>()
    });
    let wrong_from = RwSignal::new(None::<String>);
    let wrong_to = RwSignal::new(None::<String>);
    let day = move |wrong: RwSignal<Option<String>>, put: fn(&mut AuditQuery, Option<NaiveDate>)| {
        Callback::new(move |read: Result<Option<NaiveDate>, DateError>| match read {
            Ok(day) => {
                wrong.set(None);
                narrow(url, |query| put(query, day));
            }
            Err(error) => wrong.set(Some(m.now().field().date(error).to_owned())),
        })
    };
    view! {
        <div class="bar filters" role="search">
            <Field label=move || t.get().person>
                <TextInput
                    value=person
                    on_input=move |text| person.set(text)
                    on_commit=Callback::new(move |text: String| {
                        let wanted = Some(text.trim().to_uppercase()).filter(|text| !text.is_empty());
                        narrow(url, |query| query.person = wanted);
                    })
                />
            </Field>
            <Field label=move || t.get().kind_label>
                <Select
                    value=Signal::derive(move || {
                        url.with(|asked| asked.0.kind.map_or("", AuditKind::as_str).to_owned())
                    })
                    choices=kinds
                    none=move || t.get().any_kind
                    on_change=Callback::new(move |name: String| {
                        narrow(url, |query| query.kind = AuditKind::parse(&name));
                    })
                />
            </Field>
            <Field label=move || t.get().from error=wrong_from>
                <DateInput
                    value=Signal::derive(move || url.with(|asked| asked.0.from))
                    today=now
                    on_change=day(wrong_from, |query, day| query.from = day)
                />
            </Field>
            <Field label=move || t.get().to error=wrong_to>
                <DateInput
                    value=Signal::derive(move || url.with(|asked| asked.0.to))
                    today=now
                    on_change=day(wrong_to, |query, day| query.to = day)
                />
            </Field>
        </div>
    }
}

#[component]
fn List(page: Arc<AuditPage>, url: Url<Asked>) -> impl IntoView {
    let t = use_text::<AuditWords>();
    let further = page.next;
    let deep = Memo::new(move |_| url.with(|asked| asked.0.after.is_some()));
    let newest =
        Signal::derive(move || address(AUDIT, &Asked(AuditQuery { after: None, ..url.get().0 }).write()));
    let rows = if page.items.is_empty() {
        view! { <Empty title=move || t.get().none hint=move || t.get().none_hint/> }.into_any()
    } else {
        view! {
            <table class="tbl">
                <thead>
                    <tr>
                        <th scope="col">{move || t.get().at}</th>
                        <th scope="col">{move || t.get().what}</th>
                        <th scope="col">{move || t.get().who}</th>
                        <th scope="col">{move || t.get().about}</th>
                        <th scope="col">{move || t.get().address}</th>
                        <th scope="col">{move || t.get().subject}</th>
                    </tr>
                </thead>
                <tbody>
                    {move || page.items.iter().map(|row| entry(row, &page.names, t.get())).collect_view()}
                </tbody>
            </table>
        }
        .into_any()
    };
    view! {
        <div class="scroll" tabindex="0" role="group" aria-label=move || t.get().table>
            {rows}
        </div>
        <footer class="bar">
            {move || deep.get().then(|| view! {
                <LinkButton href=newest>{move || t.get().newest}</LinkButton>
            })}
            <span class="push"></span>
            {further.map(|next| {
                let older = Callback::new(move |()| url.push(|asked| asked.0.after = Some(next)));
                view! { <Button on_press=older>{move || t.get().older}</Button> }
            })}
        </footer>
    }
}

fn entry(
    row: &AuditRow,
    names: &BTreeMap<PersonId, String>,
    words: &'static AuditWords,
) -> impl IntoView + use<> {
    let called = |id: &PersonId| match names.get(id) {
        Some(name) => format!("{name} {id}"),
        None => id.to_string(),
    };
    let by_hand = row.subject.as_deref() == Some("command line");
    let who = match &row.actor {
        Some(actor) => called(actor),
        None if by_hand => words.command_line.to_owned(),
        None => String::new(),
    };
    let subject = row.subject.clone().filter(|_| !by_hand).unwrap_or_default();
    view! {
        <tr>
            <td class="num">{stamp(row.at)}</td>
            <th scope="row">{words.kind(row.kind)}</th>
            <td>{who}</td>
            <td>{row.person.as_ref().map(called)}</td>
            <td class="num">{row.address.clone()}</td>
            <td class="wrap">{subject}</td>
        </tr>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_is_in_the_address_and_back() {
        let asked = Asked(AuditQuery {
            person: Some("SH2001".to_owned()),
            kind: Some(AuditKind::ExactSearch),
            from: NaiveDate::from_ymd_opt(2026, 3, 1),
            to: None,
            after: Some(uuid::Uuid::from_u128(7)),
        });
        let parts = asked.write();
        let read =
            Asked::read(&|name| parts.iter().find(|(own, _)| *own == name).map(|(_, value)| value.clone()));
        assert_eq!(read, asked);
    }
}
